"""Which encoding bytes are in that are all in one, and their text."""

from __future__ import annotations

import re

from jiaokan.decoding import detection, modal
from jiaokan.decoding.exact import CP936, ESCAPES, decode_exactly, is_modal
from jiaokan.decoding.names import UnknownEncoding, known_encoding
from jiaokan.language_model import LanguageModel

# A sequence of UTF-8 of more than one byte comes about by chance once in six times or less, so that many bytes beyond
# the first ones of their sequences prove it.
_PROOF_OF_UTF8 = 16
# Below this, or with more undecodable bytes than this, the other detector is asked too, about so many bytes.
DOUBT = 0.97
HEAD = 8192
_MOST_ESCAPES = 0.02
HARDLY = 0.001

# Text in UTF-16 whose bytes all happen to be ASCII has controls among them; shorter than this it may have no NULs.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SHORT = 64
_CONTROLS_EACH = 8
# More NULs than stand together in any text; they tell nothing.
_LONGEST_NULS = 4
_PADDING = re.compile(rb"\0{%d,}" % _LONGEST_NULS)

Ranking = list[tuple[str, float]]
"""Names of encodings with their probabilities (0 to 1), the likeliest first."""

VALID_UTF8: Ranking = [("utf-8", 1.0)]

_EURO_IN_CONTEXT = re.compile("\udc80(?=[ \u00a0]?[0-9])|(?<=[0-9])\udc80|(?<=[0-9] )\udc80")
# Read by "big5hkscs" from codes that Windows' code page 950 reads as full-width signs; and its € and ▓.
_SIGNS_OF_CP950 = re.compile("[•､‾∼♁☉¥¢£]|\udca3\udce1")


def detect(data: bytes, marked: str) -> tuple[str, Ranking]:
    """Return the text of ``data``, before which stood the byte order mark of ``marked`` or none, and the ranking."""
    if marked not in ("", "utf-8"):
        return decode_exactly(data, marked), [(marked, 1.0)]
    if _has_escapes(data) and (name := modal.recognised(data, LanguageModel.load())):
        return decode_exactly(data, name), [(name, 1.0)]
    text = _proven_utf8(data, bool(marked))
    if text is not None:
        return text, VALID_UTF8
    model = LanguageModel.load()
    priors = dict(detection.PRIORS)
    if marked:
        priors[marked] += detection.MARK
    telling = _PADDING.sub(b"", data) if bytes(_LONGEST_NULS) in data else data
    ranking = detection.rank(telling, model, priors)
    if ranking[0][1] < DOUBT or _reads_badly(data, ranking[0][0]):
        voted = _vote(data)
        if voted:
            priors[voted] = priors.get(voted, detection.PRIOR_OF_OTHERS) + detection.VOTE
            ranking = detection.rank(telling, model, priors)
    (name, confidence), *others = ranking
    name, text = refined(decode_exactly(data, name), data, name)
    return text, [(name, confidence), *others]


def _proven_utf8(data: bytes, marked: bool) -> str | None:
    """Return the text of ``data`` if it can be nothing but UTF-8 (or ASCII, which UTF-8 contains), else None."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    controls = len(_CONTROLS.findall(text, 0, HEAD))
    if controls and (len(text) < _SHORT or controls * _CONTROLS_EACH > min(len(text), HEAD)):
        return None
    proven = marked or text.isascii() or len(data) - len(text) >= _PROOF_OF_UTF8
    return text if proven else None


def _has_escapes(data: bytes) -> bool:
    """Return whether ``data`` is ASCII and has what begins other characters in HZ, ISO-2022 or UTF-7."""
    return data.isascii() and any(sign in data for sign in (b"~{", b"\x1b", b"+"))


def _reads_badly(data: bytes, name: str) -> bool:
    """Return whether so much is undecodable that an encoding which is no candidate may be the right one."""
    text = decode_exactly(data[:HEAD], name)
    return escape_count(text) > _MOST_ESCAPES * len(text)


# Kin of candidates, told apart afterwards if at all.
_CANDIDATES_OF_KIN = {
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis_2004": "cp932",
    "shift_jisx0213": "cp932",
    "euc_jis_2004": "euc_jp",
    "euc_jisx0213": "euc_jp",
}


def _vote(data: bytes) -> str | None:
    """Return what charset-normalizer takes the head of ``data`` for, if anything."""
    # Imported here because it takes longer than everything else and is seldom needed.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:HEAD]).best()
    if best is None:
        return None
    try:
        name = known_encoding(best.encoding)
    except UnknownEncoding:
        return None
    # It takes debris for EBCDIC, in which nobody's text files are; and of modal encodings not every byte comes back.
    if name not in detection.PRIORS and (is_modal(name) or b"Aa1".decode(name, "replace") != "Aa1"):
        return None
    return _CANDIDATES_OF_KIN.get(name, name)


def refined(text: str, data: bytes, name: str) -> tuple[str, str]:
    """Choose among close relatives of the encoding ``name``, in which ``data`` reads ``text``; return name and text.

    They differ in a few signs only, which the samples need not hold.
    """
    if name == "gb18030" and "\udc80" in text and len(_EURO_IN_CONTEXT.findall(text)) == text.count("\udc80"):
        return CP936, decode_exactly(data, CP936)
    if name == "big5hkscs" and _SIGNS_OF_CP950.search(text):
        other = decode_exactly(data, "cp950")
        if escape_count(other) <= escape_count(text):
            return "cp950", other
    return name, text


def read_in(data: bytes, name: str) -> tuple[str, Ranking]:
    """Return the text of ``data`` in the encoding ``name`` and what that is called exactly, as :func:`detect` does."""
    if name in ("utf-16", "utf-32"):
        name = detection.rank(data, LanguageModel.load(), {f"{name}-le": 0.0, f"{name}-be": -1.0})[0][0]
    if name == "big5":
        name, text = refined(decode_exactly(data, "big5hkscs"), data, "big5hkscs")
        return text, [(name, 1.0)]
    return decode_exactly(data, name), [(name, 1.0)]


def escape_count(text: str) -> int:
    """Return how many undecodable bytes stand in ``text``."""
    return sum(len(run) for run in ESCAPES.findall(text))
