"""From the bytes of a file to its text: which encoding, how sure, and nothing lost.

    decoded = decode(data)
    encode(decoded.text, decoded.encoding, decoded.bom) == data

Bytes that are no text in the encoding stand in the text as escapes, one lone surrogate U+DC00 + *b* for each byte *b*.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from jiaokan.decoding import detection, modal
from jiaokan.decoding.exact import CP936, ESCAPES, decode_exactly, encode_exactly, is_modal
from jiaokan.language_model import LanguageModel

__all__ = ["Decoded", "UnknownEncoding", "decode", "encode", "known_encoding"]

# Longest first: the mark of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Files that are labelled with the left name are commonly in the right one, which contains it.
# Source: the labels of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252",
}
_CP936_NAMES = frozenset(("936", "cp936", "ms936", "windows_936"))
# Text encodings of Python that are no encodings of files.
_NOT_OF_FILES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"))

# A sequence of UTF-8 of more than one byte comes about by chance once in six times or less, so that many bytes beyond
# the first ones of their sequences prove it.
_PROOF_OF_UTF8 = 16
# Below this, or with more undecodable bytes than this, the other detector is asked too, about so many bytes.
_DOUBT = 0.97
_HEAD_TO_VOTE_ON = 8192
_MOST_ESCAPES = 0.02
_HARDLY = 0.001

# Text in UTF-16 whose bytes all happen to be ASCII has controls among them; shorter than this it may have no NULs.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SHORT = 64

_VALID_UTF8 = [("utf-8", 1.0)]
_ASCII = bytes(range(0x80))

_EURO_IN_CONTEXT = re.compile("\udc80(?=[ \u00a0]?[0-9])|(?<=[0-9])\udc80|(?<=[0-9] )\udc80")
# Read by "big5hkscs" from codes that Windows' code page 950 reads as full-width signs; and its € and ▓.
_SIGNS_OF_CP950 = re.compile("[•､‾∼♁☉¥¢£]|\udca3\udce1")


class UnknownEncoding(LookupError):
    """No encoding of files has this name; the message says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of a file and how it was read.

    Attributes:
        text: The text with its line ends as they are, without the byte order mark.
        encoding: The name of Python's codec (and "cp936", which has € at 80); never an alias.
        confidence: 0 to 1: the probability that the encoding is right, times the share of the bytes beyond ASCII that
            are text in it; 1 where it was given.
        candidates: The other candidates with their probabilities, the likeliest first.
        bom: The byte order mark at the file's start, or nothing.
        newline: The line end that most lines have; "\n" if there is none.
        undecodable: How many bytes are no text in the encoding; each is an escape in the text.
        likelier: Where the encoding was given: the one that is likelier by far, if there is one.
    """

    text: str
    encoding: str
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    bom: bytes
    newline: str
    undecodable: int = 0
    likelier: str = ""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of ``data``, in ``encoding`` or, if that is None, in the one that makes the likeliest text.

    Raises:
        UnknownEncoding: There is no encoding named ``encoding``.
    """
    bom, marked = _byte_order_mark(data)
    likelier = ""
    if encoding is None:
        text, ranking = _detect(data[len(bom) :], marked)
    else:
        name = known_encoding(encoding)
        name = marked if name in ("utf-16", "utf-32") and marked.startswith(name) else name
        bom = bom if marked == name else b""
        text, ranking = _given(data[len(bom) :], name)
        likelier = _likelier(data, ranking[0][0])
    (name, confidence), *others = ranking
    # Nothing stands beside UTF-8 only where all of the file is valid; there is nothing to count there, which takes long.
    undecodable = 0 if ranking == _VALID_UTF8 and encoding is None else _escape_count(text)
    if undecodable and encoding is None:
        confidence *= 1 - min(1.0, undecodable / max(1, len(data.translate(None, _ASCII))))
    return Decoded(text, name, confidence, tuple(others), bom, _newline(text), undecodable, likelier)


def encode(text: str, encoding: str, bom: bytes = b"") -> bytes:
    """Return the bytes of a file with ``text``; for what :func:`decode` gave, exactly the bytes that it was given.

    Raises:
        LookupError: There is no encoding named ``encoding``.
        UnicodeEncodeError: ``text`` has a character that ``encoding`` has not.
    """
    return bom + encode_exactly(text, encoding)


def known_encoding(name: str) -> str:
    """Return the name of the codec for ``name``; of a charset that is commonly extended, the extended one.

    Raises:
        UnknownEncoding: There is no encoding of files with this name.
    """
    if name.strip().lower().replace("-", "_") in _CP936_NAMES:
        return CP936
    try:
        codec = codecs.lookup(name.strip()).name
        b"text".decode(codec, "replace")
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec in _NOT_OF_FILES:
        raise UnknownEncoding(f"there is no encoding named “{name}”; try utf-8, gb18030, big5 or utf-16")
    return _SUPERSETS.get(codec, codec)


def _byte_order_mark(data: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def _given(data: bytes, name: str) -> tuple[str, list[tuple[str, float]]]:
    if name in ("utf-16", "utf-32"):
        name = detection.rank(data, LanguageModel.load(), {f"{name}-le": 0.0, f"{name}-be": -1.0})[0][0]
    if name == "big5":
        name, text = _refined(decode_exactly(data, "big5hkscs"), data, "big5hkscs")
        return text, [(name, 1.0)]
    return decode_exactly(data, name), [(name, 1.0)]


def _likelier(data: bytes, name: str) -> str:
    """Return the encoding that the head of ``data`` is in if that can hardly be ``name``."""
    head = data[:_HEAD_TO_VOTE_ON]
    found = decode(head)
    if found.encoding == name or decode_exactly(head[len(found.bom) :], name) == found.text:
        return ""
    share = dict(found.candidates).get(name, 0.0)
    return found.encoding if found.confidence > _DOUBT and share < _HARDLY else ""


def _detect(data: bytes, marked: str) -> tuple[str, list[tuple[str, float]]]:
    """Return the text of ``data``, before which stood the byte order mark of ``marked`` or none, and the ranking."""
    if marked not in ("", "utf-8"):
        return decode_exactly(data, marked), [(marked, 1.0)]
    if _has_escapes(data) and (name := modal.recognised(data, LanguageModel.load())):
        return decode_exactly(data, name), [(name, 1.0)]
    text = _proven_utf8(data, bool(marked))
    if text is not None:
        return text, _VALID_UTF8
    model = LanguageModel.load()
    priors = dict(detection.PRIORS)
    if marked:
        priors[marked] += detection.MARK
    ranking = detection.rank(data, model, priors)
    if ranking[0][1] < _DOUBT or _reads_badly(data, ranking[0][0]):
        voted = _vote(data)
        if voted:
            priors[voted] = priors.get(voted, detection.PRIOR_OF_OTHERS) + detection.VOTE
            ranking = detection.rank(data, model, priors)
    (name, confidence), *others = ranking
    name, text = _refined(decode_exactly(data, name), data, name)
    return text, [(name, confidence), *others]


def _proven_utf8(data: bytes, marked: bool) -> str | None:
    """Return the text of ``data`` if it can be nothing but UTF-8 (or ASCII, which UTF-8 contains), else None."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _CONTROLS.search(text, 0, _HEAD_TO_VOTE_ON) and (len(text) < _SHORT or text.count("\0") * 8 > len(text)):
        return None
    proven = marked or text.isascii() or len(data) - len(text) >= _PROOF_OF_UTF8
    return text if proven else None


def _has_escapes(data: bytes) -> bool:
    """Return whether ``data`` is ASCII and has what begins other characters in HZ, ISO-2022 or UTF-7."""
    return data.isascii() and any(sign in data for sign in (b"~{", b"\x1b", b"+"))


def _reads_badly(data: bytes, name: str) -> bool:
    """Return whether so much is undecodable that an encoding which is no candidate may be the right one."""
    text = decode_exactly(data[:_HEAD_TO_VOTE_ON], name)
    return _escape_count(text) > _MOST_ESCAPES * len(text)


def _vote(data: bytes) -> str | None:
    """Return what charset-normalizer takes the head of ``data`` for, if anything."""
    # Imported here because it takes longer than everything else and is seldom needed.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_HEAD_TO_VOTE_ON]).best()
    if best is None:
        return None
    try:
        name = known_encoding(best.encoding)
    except UnknownEncoding:
        return None
    # It takes debris for EBCDIC, in which nobody's text files are; and of modal encodings not every byte comes back.
    if name not in detection.PRIORS and (is_modal(name) or b"Aa1".decode(name, "replace") != "Aa1"):
        return None
    return "big5hkscs" if name in ("big5", "cp950") else name


def _refined(text: str, data: bytes, name: str) -> tuple[str, str]:
    """Choose among close relatives of the encoding ``name``, in which ``data`` reads ``text``; return name and text.

    They differ in a few signs only, which the samples need not hold.
    """
    if name == "gb18030" and "\udc80" in text and len(_EURO_IN_CONTEXT.findall(text)) == text.count("\udc80"):
        return CP936, decode_exactly(data, CP936)
    if name == "big5hkscs" and _SIGNS_OF_CP950.search(text):
        other = decode_exactly(data, "cp950")
        if _escape_count(other) <= _escape_count(text):
            return "cp950", other
    return name, text


def _escape_count(text: str) -> int:
    return sum(len(run) for run in ESCAPES.findall(text))


def _newline(text: str) -> str:
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda end: counts[end])
