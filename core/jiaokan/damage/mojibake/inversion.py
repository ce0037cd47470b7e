"""Intact bytes: what was read is written again in the charset it was read in, and read in the one it was written in.

Every pair of charsets is tried, through up to three layers, and the language model says which text is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaokan.characters import count_hanzi
from jiaokan.damage.mojibake.charsets import FILE, NARROW, SHIFT_JIS, SHIFT_JIS_TOO, UTF_8, WIDE, WRITTEN, Charset
from jiaokan.damage.mojibake.plainness import reads_as_chinese
from jiaokan.damage.mojibake.spans import MARK, is_foreign
from jiaokan.language_model import LanguageModel
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair

_LAYERS = 3
# By how many nats the decoded text must be likelier than the text as it stands, in all and per code point of the latter;
# where that holds controls, something is wrong with it anyway: per code point of the former.
_MARGIN = 12.0
_MARGIN_EACH = 1.5
# Fewer hanzi than this are no evidence; fewer than the second are never certain.
_FEWEST = 2
_FEWEST_CERTAIN = 4
# Nor so many, where the text may be one in Korean or another script.
_FEWEST_FOREIGN = 7
# Of the characters of a text so many are question marks at most.
_MOST_MARKS = 0.08
# Decodings that are less likely by so many nats are no rivals.
_NEAR = 8.0
# By how many nats it is less likely that bytes are UTF-8 by accident than that they are of another charset.
_UTF_8_BY_ACCIDENT = 6.0
# Decodings followed into the next layer.
_BEAM = 3
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_INDENTATION = "\u3000"
_LOSS_SIGN = re.compile("[?□]")
# What can stand between two layers, but not in what was written: controls, private use, halves of pairs, line ends.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff]")

Path = tuple[tuple[Charset, Charset], ...]
"""The charsets passed through, the first misreading first: read in, written in."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """One way to read a span, and how likely its text is."""

    text: str
    path: Path
    score: float


def invert(text: str, start: int, end: int) -> Repair | None:
    """Return the repair of ``text[start:end]`` (code points) as mojibake without loss; None if it is none."""
    # An indentation tells nothing, whatever bytes it is; a plain blank may be a byte of a pair.
    span = text[start:end].strip(_INDENTATION)
    start = text.find(span, start, end)
    end = start + len(span)
    marks = len(MARK.findall(span))
    if "\ufffd" in span or marks > _MOST_MARKS * len(span):  # bytes are lost
        return None
    found = _believable(span)
    if found is None:
        return None
    best, *rivals = found
    # Candidates are of the whole span.
    head = 0 if rivals else len(_shared_ascii(span, best.text))
    tail = 0 if rivals else len(_shared_ascii(span[head:][::-1], best.text[head:][::-1]))
    after = best.text[head : len(best.text) - tail]
    steps = ", then ".join(f"{written.name} text was read as {read.name}" for read, written in best.path)
    # A question mark or a box within what was misread can be a sign of loss.
    whole = not rivals and _LOSS_SIGN.search(span) is None
    exact = count_hanzi(after) >= _FEWEST_CERTAIN and whole and _replays(span, best)
    certainty = Certainty.CERTAIN if exact else Certainty.PROBABLE
    candidates = tuple(Candidate(rival.text, rival.score - best.score) for rival in (best, *rivals) if rivals)
    evidence = Evidence("mojibake.inverted", f"Decoded again, it is plain text: {steps}.")
    return Repair.of(text, start + head, end - tail, after, Kind.MOJIBAKE, certainty, evidence, candidates)


def inverted(span: str) -> Decoding | None:
    """Return how a span was written, if it is mojibake without loss and nothing else comes near."""
    found = None if MARK.search(span) else _believable(span)
    return found[0] if found and len(found) == 1 else None


def _believable(span: str) -> list[Decoding] | None:
    """Return the likeliest decoding of a span and those near it; None if the span as it stands is likely enough."""
    origin = Decoding(span, (), LanguageModel.load().score(span))
    ranked = _ranked(origin)
    best = ranked[0]
    gain = best.score - origin.score
    length = len(best.text if _CONTROL.search(span) else span)
    if gain < max(_MARGIN, _MARGIN_EACH * length) or not _is_plain(origin, best):
        return None
    return ranked


def _replays(span: str, decoding: Decoding) -> bool:
    """Return whether the decoded text, written and read in the same charsets again, gives the span.

    A NUL at an end of the span is half of the line end beside it, in UTF-16, and does not come back. What has characters
    with two pairs of bytes in it could have been another text as well.
    """
    if decoding.path[-1][0] in (SHIFT_JIS, SHIFT_JIS_TOO) and SHIFT_JIS.encode(span) != SHIFT_JIS_TOO.encode(span):
        return False
    text = decoding.text
    for read, written in decoding.path:
        data = written.encode(text)
        misread = None if data is None else read.decode(data)
        if misread is None:
            return False
        text = misread
    return text == span or (len(text) == len(span) - 1 and text in (span.removeprefix("\0"), span.removesuffix("\0")))


def _is_plain(origin: Decoding, decoding: Decoding) -> bool:
    """Return whether a decoding can be what was written: hanzi in number, and likely as Chinese goes."""
    if count_hanzi(decoding.text) < (_FEWEST_FOREIGN if is_foreign(origin.text) else _FEWEST):
        return False
    return reads_as_chinese(decoding.text)


def _shared_ascii(first: str, second: str) -> str:
    """Return the ASCII text with which both begin."""
    length = 0
    for left, right in zip(first, second, strict=False):
        if left != right or not left.isascii():
            break
        length += 1
    return first[:length]


def _ranked(origin: Decoding) -> list[Decoding]:
    """Return the likeliest decoding through up to three layers, or ``origin`` itself, then those that come near it."""
    best, plain = origin, list[Decoding]()
    layer = [origin]
    for _ in range(_LAYERS):
        every = [found for decoding in layer for found in _decodings(decoding)]
        # Who makes a mistake three times mostly makes the same one, however unlike a text it looks in between.
        every += [found for decoding in every if len(decoding.path) == 1 for found in _again(decoding)]
        layer = sorted(every, key=lambda found: -found.score)
        plain += [found for found in layer if not _IMPOSSIBLE.search(found.text)]
        best = max((best, *plain), key=lambda found: found.score)
        if best is not origin and reads_as_chinese(best.text):
            break  # What is sound is decoded no further: a character of it would be exchanged.
        layer = layer[:_BEAM]
    near = {found.text: found for found in plain if found.text != best.text and found.score > best.score - _NEAR}
    return [best, *sorted(near.values(), key=lambda found: -found.score)]


def _decodings(decoding: Decoding) -> Iterator[Decoding]:
    """Yield what the text is if it was read in one charset and written in another."""
    seen: set[str] = {decoding.text}
    kept = (FILE,) if _ESCAPED.search(decoding.text) else ()
    for read in (*kept, *NARROW, *WIDE):
        data = read.encode(decoding.text)
        if data is None:
            continue
        for written in WRITTEN:
            text = written.decode(data)
            if text and text not in seen:
                seen.add(text)
                score = LanguageModel.load().score(text) + (_UTF_8_BY_ACCIDENT if written is UTF_8 else 0.0)
                yield Decoding(text, ((read, written), *decoding.path), score)


def _again(decoding: Decoding) -> Iterator[Decoding]:
    """Yield what the text is if it went through the same two charsets more often."""
    ((read, written),) = decoding.path
    for layers in range(2, _LAYERS + 1):
        data = read.encode(decoding.text)
        text = None if data is None else written.decode(data)
        if not text or text == decoding.text:
            return
        decoding = Decoding(text, ((read, written),) * layers, LanguageModel.load().score(text))
        yield decoding
