"""Where a file changes between bytes and wider units: files that were joined, lines that another program appended.

UTF-16 in a file in UTF-8 or GBK (or the reverse), UTF-16 of both byte orders, and UTF-32 behind its byte order mark.
The bytes are looked at in small blocks. In UTF-16 every other byte, the high one, has few values; whether a stretch of
such blocks really is UTF-16 the likelihood of its text decides, and where it starts and ends byte order marks and line
ends tell.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import NamedTuple

from jiaokan.decoding.plausibility import Model, plausibility
from jiaokan.decoding.tolerance import best_reading
from jiaokan.decoding.ways import likeliest_way

BYTES = "bytes"
"""What stands for an encoding of bytes, whichever it is."""

_ORDERS = ("utf-16-le", "utf-16-be")
_OF_BYTES = ("utf-8", "gb18030", "big5hkscs")

# The high bytes of what most text is made of: ASCII, punctuation, kana, hanzi, full-width signs.
_HIGH = bytes((0x00, 0x20, 0x25, 0x30, *range(0x4E, 0xA0), 0xFF))
# Bytes that are looked at together; first many, and where these are not all of one kind, few.
_LARGE, _SMALL = 1024, 16
# Nats: what a change costs. Few characters may read well in the other order of bytes by chance, and it is rare.
_COST_OF_CHANGE = 10.0
_COST_OF_OTHER_ORDER = 50.0
# The bytes of a stretch that are judged, and what one costs that is not read.
_JUDGED = 240
_COST_OF_BYTE = 8.0
# So many runs are asked whether they are text before all are judged, and what a byte of it costs at most (2 to 3 do).
_PROBES = 24
_COST_OF_TEXT = 3.6
# What a byte of UTF-32 costs at most, and how many bytes of it there must be.
_COST_OF_UTF32 = 1.8
_FEWEST_IN_UTF32 = 48

_MARK = re.compile(b"|".join(map(re.escape, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8))))
# Units of UTF-32 have two NULs in common; not all of them are NUL.
_NULS_OF_UTF32 = re.compile(rb"\0\0(?!\0\0)..\0\0(?!\0\0)..\0\0", re.DOTALL)
_UTF32 = (
    ("utf-32-le", re.compile(rb"(?:(?!\0\0)..[\0-\x10]\0){4,}+", re.DOTALL)),
    ("utf-32-be", re.compile(rb"(?:\0[\0-\x10](?!\0\0)..){4,}+", re.DOTALL)),
)
# More NULs than stand together in UTF-16 are no text.
_PADDING = re.compile(rb"\0{4,}")
_LINE_ENDS = {
    BYTES: re.compile(rb"\r?\n|\r(?!\n)"),
    "utf-16-le": re.compile(rb"\n\0"),
    "utf-16-be": re.compile(rb"\0\n"),
}
# Bytes on either side of the places where a cut may be that are looked at too.
_AROUND = 64


class Stretch(NamedTuple):
    """A part of a file: where it starts and ends (bytes), and its encoding or :data:`BYTES`."""

    start: int
    end: int
    encoding: str


def may_change(data: bytes) -> bool:
    """Return whether ``data`` has what every file has that changes between bytes and wider units: NULs, or a mark."""
    # One byte is found faster than two, and FF stands in no text in UTF-8, GBK or Big5.
    return b"\0" in data or (b"\xff" in data and (codecs.BOM_UTF16_LE in data or codecs.BOM_UTF16_BE in data))


def stretches_of_one_width(data: bytes, model: Model) -> list[Stretch]:
    """Return the stretches that ``data`` consists of, in order; neighbours differ in their encodings."""
    found: list[Stretch] = []
    position = 0
    for stretch in [*_in_utf32(data, model), Stretch(len(data), len(data), "")]:
        if found and stretch.start - position < 4:
            # Part of a unit.
            found[-1] = found[-1]._replace(end=stretch.start)
        elif position < stretch.start:
            found += _in_utf16_or_bytes(data, position, stretch.start, model)
        if stretch.start < stretch.end:
            found.append(stretch)
        position = stretch.end
    return found


def _in_utf32(data: bytes, model: Model) -> Iterator[Stretch]:
    position = 0
    while nuls := _NULS_OF_UTF32.search(data, position):
        found: list[tuple[float, Stretch]] = []
        low = max(position, nuls.start() - 3)
        for start, (name, pattern) in product(range(low, nuls.start() + 3), _UTF32):
            if match := pattern.match(data, start):
                end = min(match.end(), low + _JUDGED)
                # ASCII reads the same in the other order, but for bytes that are left over.
                left = _JUDGED - (end - start)
                score = sum(plausibility(data[start:end].decode(name, "replace"), model))
                if score > -_COST_OF_UTF32 * (end - start) and end - start >= _FEWEST_IN_UTF32:
                    found.append((score - left * _COST_OF_BYTE, Stretch(start, match.end(), name)))
        if found:
            yield max(found)[1]
        position = max(found)[1].end if found else nuls.end() - 2


def _in_utf16_or_bytes(data: bytes, start: int, end: int, model: Model) -> list[Stretch]:
    runs = list(_runs(data, start, end))
    if not _are_text(data, runs, model):
        return [Stretch(start, end, BYTES)]
    names = likeliest_way((_scores(_sample(data, run), model) for run in runs), _cost_of_change)
    merged: list[Stretch] = []
    for (first, last), name in zip(runs, names, strict=True):
        if merged and merged[-1].encoding == name:
            merged[-1] = merged[-1]._replace(end=last)
        else:
            merged.append(Stretch(first, last, name))
    cuts = [start]
    for before, behind in pairwise(merged):
        cuts.append(_cut(data, before._replace(start=cuts[-1]), behind, model))
    cuts.append(end)
    places = zip(pairwise(cuts), merged, strict=True)
    return [Stretch(first, last, part.encoding) for (first, last), part in places if first < last]


def _runs(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of blocks in which the same bytes, or none, are the high ones of UTF-16."""
    first, last_kind = start, None
    for position, kind in _kinds(data, start, end):
        if last_kind is not None and kind != last_kind:
            yield first, position
            first = position
        last_kind = kind
    yield first, end


def _kinds(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each block starts, and where the high bytes are: at even offsets (0), at odd ones (1), nowhere (2)."""
    for large in range(start, end, _LARGE):
        block = data[large : min(large + _LARGE, end)]
        kind = _kind(block, large, len(block) // 64)
        if kind < 2 or (b"\0" not in block and not _MARK.search(block)):
            yield large, kind
            continue
        for small in range(0, len(block), _SMALL):
            yield large + small, _kind(block[small : small + _SMALL], large + small, 0)


def _kind(block: bytes, offset: int, exceptions: int) -> int:
    for parity in (0, 1):
        high, low = block[parity::2], block[1 - parity :: 2]
        if len(high.translate(None, _HIGH)) > exceptions:
            continue
        letters = 2 * high.count(0) >= len(high) and 2 * low.count(0) <= len(low)
        if letters or 4 * len(low.translate(None, _HIGH)) >= len(low) > 0:
            return (parity + offset) % 2
    return 2


def _are_text(data: bytes, runs: list[tuple[int, int]], model: Model) -> bool:
    """Return whether some of the runs, spread over all of them, are text in whatever encoding reads them best."""
    samples = [_sample(data, run) for run in runs[:: max(1, len(runs) // _PROBES)]]
    cost = -sum(max(_scores(sample, model).values()) for sample in samples)
    return cost <= _COST_OF_TEXT * sum(len(sample) - sample.count(0) for sample in samples)


def _sample(data: bytes, run: tuple[int, int]) -> bytes:
    start, end = run
    return _PADDING.sub(b"", data[start : min(end, start + 2 * _JUDGED)])[:_JUDGED]


def _scores(sample: bytes, model: Model) -> dict[str, float]:
    scores = {name: best_reading(sample, name, model) for name in _ORDERS}
    scores[BYTES] = max(best_reading(sample, name, model) for name in _OF_BYTES)
    return scores


def _cost_of_change(before: str, behind: str) -> float:
    return _COST_OF_CHANGE if BYTES in (before, behind) else _COST_OF_OTHER_ORDER


def _cut(data: bytes, before: Stretch, behind: Stretch, model: Model) -> int:
    """Return where one stretch ends and the next one starts; ``behind.start`` is that but for two small blocks."""
    low = max(before.start, behind.start - 2 * _SMALL)
    high = max(low, min(behind.end, behind.start + 2 * _SMALL))
    places = [match.start() for match in _MARK.finditer(data, low, high + 3)]
    line_ends = _LINE_ENDS[before.encoding].finditer(data, max(before.start, low - 2), high)
    places += [match.end() for match in line_ends]
    first, last = max(before.start, low - _AROUND), min(behind.end, high + _AROUND)

    def score(place: int) -> float:
        left, right = data[first:place], data[place:last]
        odd = len(left) % 2 if before.encoding != BYTES else 0
        return _plain_score(left[odd:], before.encoding, model) + _plain_score(right, behind.encoding, model)

    return max([place for place in places if low <= place <= high] or range(low, high + 1), key=score)


def _plain_score(data: bytes, encoding: str, model: Model) -> float:
    names = _OF_BYTES if encoding == BYTES else (encoding,)
    return max(sum(plausibility(data.decode(name, "replace"), model)) for name in names)
