"""What escapes stand for: code points or bytes in a row, and the spans of the text that spell them.

Sources: RFC 3629 (UTF-8), RFC 2781 (surrogate pairs); GB 18030 and Big5 as Python's codecs have them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jiaokan.characters import has_hanzi
from jiaokan.language_model import LanguageModel

CHARSETS = ("utf-8", "gb18030", "big5hkscs")
"""The charsets that bytes are read in; which of the last two it is, only the language tells."""

# By how many nats one charset must be likelier than another before nothing else is plausible.
_MARGIN = 12.0
# A share of bytes that cannot be read besides those of two characters that were cut off, each of at most so many bytes.
_BROKEN = 0.1
_LONGEST_CUT = 2
# Characters of two bytes that are UTF-8 by accident are fewer: 联通 in GBK is two of them.
_MANY_SHORT = 4

# What no escape stands for: controls, line ends, surrogates and private-use characters, U+FFFD, noncharacters. The controls
# from 80 to 9F are text here: they stand in what was misread before it was escaped.
_NO_TEXT = "\x00-\x1f\x7f\u2028\u2029\ud800-\uf8ff\ufffd-\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 14)
)
_TEXT = re.compile(f"[^{_NO_TEXT}\U000e0000-\U0010ffff]+")
_EVERYTHING_ELSE = re.compile(f"([{_NO_TEXT}\U000e0000-\U0010ffff]+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the span ``[start, end)`` of a text stands for.

    Attributes:
        start: Where the span starts (code points).
        end: Where it ends.
        text: The characters that it spells.
        charset: What the bytes were written in, "" where code points are given and not bytes.
        certain: Whether nothing else is plausible.

    """

    start: int
    end: int
    text: str
    charset: str = ""
    certain: bool = True


def is_text(text: str) -> bool:
    """Return whether escapes can stand for ``text``."""
    return _TEXT.fullmatch(text) is not None


def of_code_points(points: Iterable[tuple[int, int, int]]) -> Iterator[Reading]:
    """Yield the readings of code points or UTF-16 code units (start, end, number), split at what is no text."""
    codes = array("I")
    first = last = 0
    high: tuple[int, int] | None = None  # where an unpaired high surrogate starts, and its number
    for begin, end, unit in points:
        start, number = begin, unit
        if high and 0xDC00 <= unit < 0xE000:
            start, number = high[0], 0x10000 + ((high[1] - 0xD800) << 10) + unit - 0xDC00
        high = (start, number) if 0xD800 <= number < 0xDC00 else None
        if number > 0x10FFFF or not is_text(chr(number)):
            continue
        if codes and start != last:
            yield Reading(first, last, _text(codes))
            codes = array("I")
        if not codes:
            first = start
        codes.append(number)
        last = end
    if codes:
        yield Reading(first, last, _text(codes))


def _text(codes: array[int]) -> str:
    return "".join(map(chr, codes))


def of_bytes(values: bytes, starts: Sequence[int], charset: str = "") -> Iterator[Reading]:
    """Yield the readings of bytes: in ``charset``, if the document is known to be in it, else in what makes them text.

    That is UTF-8 if they are, and otherwise the charset in which they make the likelier text.

    Args:
        values: The bytes.
        starts: Where each byte starts in the text, and behind the last one where it ends.
        charset: One of :data:`CHARSETS`, or "".

    """
    if values.isascii() or charset:
        yield from _split(values, starts, charset or "ascii")
        return
    readings = [list(_split(values, starts, each)) for each in CHARSETS]
    if _is_utf8(readings[0], values):
        yield from readings[0]
        return
    # Bytes cut off before or behind can be missing; elsewhere a charset that cannot read them is not theirs.
    whole = [found[0] for found in readings[1:] if len(found) == 1 and has_hanzi(found[0].text)]
    if not whole:
        return
    score = LanguageModel.load().score
    ranked = sorted(((score(reading.text), reading) for reading in whole), key=lambda each: -each[0])
    best = ranked[0][1]
    certain = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _MARGIN
    yield Reading(best.start, best.end, best.text, best.charset, certain)


def _is_utf8(readings: Sequence[Reading], values: bytes) -> bool:
    """Return whether (nearly) all bytes beyond ASCII are UTF-8 of such length that nothing else is so by accident."""
    sizes = [len(character.encode()) for reading in readings for character in reading.text if not character.isascii()]
    missing = sum(value >= 0x80 for value in values) - sum(sizes)
    if max(sizes, default=0) <= 2:
        return not missing and len(sizes) >= _MANY_SHORT
    return missing <= _BROKEN * sum(sizes) + 2 * _LONGEST_CUT


def _split(values: bytes, starts: Sequence[int], charset: str) -> Iterator[Reading]:
    """Yield what the bytes spell in ``charset``, split at those that spell nothing."""
    position = 0
    for index, piece in enumerate(_EVERYTHING_ELSE.split(values.decode(charset, "surrogateescape"))):
        end = position + len(piece.encode(charset, "surrogateescape"))
        if piece and index % 2 == 0:
            yield Reading(starts[position], starts[end], piece, charset)
        position = end
