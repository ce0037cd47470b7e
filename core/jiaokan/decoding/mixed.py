"""Lines of a file that are in another encoding than the rest of it: pasted, appended, joined by a careless program.

A line (what ends at a line end) is one thing: it is in one encoding, and a bad byte or two are damage, not another
encoding. Only lines that read badly are looked at, and read in every encoding; the likeliest way through them wins, in
which every change of encoding has its price, so that neighbours help each other.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from jiaokan.decoding.detection import PRIORS
from jiaokan.decoding.exact import CP936, decode_exactly
from jiaokan.decoding.plausibility import COST_UNDECODABLE, NO_TEXT, Model, plausibility
from jiaokan.decoding.tolerance import best_reading
from jiaokan.decoding.ways import likeliest_way
from jiaokan.rarity import common_hanzi

# Those in which Chinese is written, and of these the ones that are tried on every line that reads badly.
_CHINESE = frozenset(("utf-8", "gb18030", CP936, "big5hkscs", "cp950"))
_FIRST = ("utf-8", "gb18030", "big5hkscs")
_OTHERS = ("cp932", "cp949", "euc_jp", "cp1252", "cp1251", "koi8-r")

# In a line of a wrong encoding at least so many of the characters beyond ASCII are odd. (Of lines of 4 characters and
# more that were read wrongly, one in a hundred has less than half; of sound prose, one in a thousand has a tenth.)
_ODD_SHARE = 1 / 3
_FEWEST_ODD = 2
_NOT_ASCII = re.compile("[^\0-\x7f]")
# UTF-8 in a file that is in none of the Chinese encodings: hanzi and kana; in a Russian one, Cyrillic.
_HANZI_IN_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}[\xe3-\xe9\xef][\x80-\xbf]{2}")
_CYRILLIC_IN_UTF8 = re.compile(rb"[\xd0\xd1][\x80-\xbf][\xd0\xd1][\x80-\xbf][\xd0\xd1][\x80-\xbf]")
_RUSSIAN = frozenset(("cp1251", "koi8-r"))

# Nats. Entering another encoding or leaving it costs as much as two thirds of a bad byte: of a word or two in another
# encoding both are paid easily, of two bad bytes not.
_COST_OF_CHANGE = 8.0
# Each encoding that is new in the file.
_COST_OF_NEW = 4.0
# What sound Chinese costs at most for each byte beyond ASCII.
_CHINESE_EACH = 4.2
# What begins a character of UTF-8 and was cut is one bad place, not several.
_CUT_UTF8 = re.compile("[\udce0-\udcef][\udc80-\udcbf]|[\udcf0-\udcf4][\udc80-\udcbf]{2}")

# When so many bytes were judged it is asked whether they are text.
_ENOUGH = 2000
# So many lines further a neighbour is looked for.
_NEAR = 3
_ASCII = bytes(range(0x80))
# What no line has that is text in one of the other languages.
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
# Bytes of a line that are judged.
_JUDGED = 240


class Passage(NamedTuple):
    """Lines of a file that are in another encoding than the file: where they start and end (bytes), and that."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that reads badly: where it starts and ends (bytes), and how likely it is (ln) in each encoding."""

    start: int
    end: int
    scores: dict[str, float]


def passages(data: bytes, text: str, encoding: str, model: Model) -> list[Passage]:
    """Return the passages of ``data`` that are not in ``encoding``, in order.

    Args:
        data: The bytes of a file; not in UTF-16 or UTF-32, and in no encoding that switches modes.
        text: How they read in ``encoding``.
        encoding: That of the file.
        model: The language model that judges.
    """
    line_end = "\n" if "\n" in text else "\r"
    bad = _bad_lines(data, text, encoding, line_end)
    judged = _with_neighbours(data, bad, line_end.encode())
    found = _scored(data, judged, encoding, model)
    runs = list(_runs(data, found))
    known = _met(_ways(runs, encoding, frozenset()), encoding)
    chosen = [Passage(line.start, line.end, name) for line, name in _ways(runs, encoding, known) if name != encoding]
    return list(_merged(data, chosen))


def _scored(data: bytes, lines: Iterable[tuple[int, int]], encoding: str, model: Model) -> list[_Line]:
    """Return the lines (start and end) with their probabilities; none if they are no text in any encoding."""
    found: list[_Line] = []
    total = judged = 0.0
    for start, end in lines:
        sample = _sample(data[start:end])
        found.append(_Line(start, end, _scores(sample, encoding, model)))
        total += max(found[-1].scores.values())
        judged += len(sample)
        if judged >= _ENOUGH and total < -NO_TEXT * judged:
            return []
    return found


def _bad_lines(data: bytes, text: str, encoding: str, line_end: str) -> Iterator[tuple[int, int]]:
    """Yield start and end (bytes; with its line end) of each line that reads badly in ``encoding``."""
    if encoding not in _CHINESE:
        pattern = _CYRILLIC_IN_UTF8 if encoding in _RUSSIAN else _HANZI_IN_UTF8
        yield from _lines_with(pattern, data, line_end.encode())
        return
    starts: array[int] | None = None
    for number in _lines_with_a_crowd(text, line_end):
        starts = starts or _line_starts(data, line_end.encode())
        start, end = starts[number], starts[number + 1]
        if _reads_badly(data[start:end], encoding):
            yield start, end


def _with_neighbours(data: bytes, lines: Iterable[tuple[int, int]], line_end: bytes) -> Iterator[tuple[int, int]]:
    """Yield ``lines`` (start and end), and before and behind each of them the next line that is not all ASCII.

    A short line, which reads well by chance, may be in their encoding too.
    """
    done = 0
    for start, end in lines:
        # It may have been yielded as the neighbour of the one before it.
        if start >= done:
            if neighbour := _neighbour_before(data, done, start, line_end):
                yield neighbour
            yield start, end
            done = end
        if neighbour := _neighbour_behind(data, done, line_end):
            yield neighbour
            done = neighbour[1]


def _neighbour_before(data: bytes, first: int, start: int, line_end: bytes) -> tuple[int, int] | None:
    for _ in range(_NEAR):
        start, end = data.rfind(line_end, first, max(first, start - 1)) + 1 or first, start
        if not data[start:end].isascii():
            return start, end
    return None


def _neighbour_behind(data: bytes, end: int, line_end: bytes) -> tuple[int, int] | None:
    for _ in range(_NEAR):
        start, end = end, data.find(line_end, end) + 1 or len(data)
        if not data[start:end].isascii():
            return start, end
    return None


def _lines_with(pattern: re.Pattern[bytes], data: bytes, line_end: bytes) -> Iterator[tuple[int, int]]:
    end = 0
    while match := pattern.search(data, end):
        start = max(end, data.rfind(line_end, end, match.start()) + 1)
        end = data.find(line_end, match.end()) + 1 or len(data)
        yield start, end


def _line_starts(data: bytes, line_end: bytes) -> array[int]:
    """Return where the lines of ``data`` start, and where the last one ends."""
    starts = array("Q", [0])
    starts.extend(match.end() for match in re.finditer(line_end, data))
    starts.append(len(data))
    return starts


def _lines_with_a_crowd(text: str, line_end: str) -> Iterator[int]:
    """Yield the numbers, from 0, of the lines of ``text`` in which odd characters crowd."""
    pattern = _crowd_pattern()
    number = position = 0
    while match := pattern.search(text, position):
        number += text.count(line_end, position, match.start())
        yield number
        end = text.find(line_end, match.start())
        if end < 0:
            return
        number, position = number + 1, end + 1


def _reads_badly(line: bytes, encoding: str) -> bool:
    text = decode_exactly(line, encoding)
    odd = len(_odd_pattern().findall(text))
    return odd >= max(_FEWEST_ODD, _ODD_SHARE * len(_NOT_ASCII.findall(text)))


@cache
def _odd_class() -> str:
    """Return the class of what is seldom in a Chinese text, and common where one is read in a wrong encoding."""
    return f"[^\0-\x7f\u00b7\u2010-\u2026\u3000-\u301f\uff01-\uff5e{common_hanzi()}]"


@cache
def _odd_pattern() -> re.Pattern[str]:
    return re.compile(_odd_class())


@cache
def _crowd_pattern() -> re.Pattern[str]:
    """Return the pattern of what every badly read line has: two odd characters close together, or undecodable ones."""
    return re.compile(f"{_odd_class()}(?:[^\r\n]{{0,2}}{_odd_class()}|(?<=[\udc80-\udcff]))")


def _scores(sample: bytes, encoding: str, model: Model) -> dict[str, float]:
    """Return ln of the probability of ``sample`` in each encoding that it may be in."""
    fewest = -_CHINESE_EACH * len(sample.translate(None, _ASCII))
    scores = {name: _plain_score(sample, name, model) for name in {encoding, *_FIRST}}
    if max(scores.values()) < fewest:
        # It is damaged, or in another language.
        scores = {name: best_reading(sample, name, model) for name in scores}
    if max(scores.values()) < fewest and not _CONTROLS.search(sample):
        scores |= {name: best_reading(sample, name, model) for name in _OTHERS if name != encoding}
    if cut := _CUT_UTF8.findall(decode_exactly(sample, "utf-8")):
        scores["utf-8"] += COST_UNDECODABLE * sum(len(places) - 1 for places in cut)
    return {name: score + PRIORS.get(name, 0.0) for name, score in scores.items()}


def _sample(line: bytes) -> bytes:
    if len(line) <= _JUDGED:
        return line
    first = next((index for index, byte in enumerate(line) if byte >= 0x80), 0)
    return line[first : first + _JUDGED]


def _plain_score(sample: bytes, encoding: str, model: Model) -> float:
    return sum(plausibility(decode_exactly(sample, encoding), model))


def _runs(data: bytes, lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield the runs of ``lines`` between which nothing stands but ASCII, which is the same in every encoding."""
    run: list[_Line] = []
    for line in lines:
        if run and not data[run[-1].end : line.start].isascii():
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _ways(runs: Iterable[list[_Line]], encoding: str, known: frozenset[str]) -> Iterator[tuple[_Line, str]]:
    """Yield each line with its encoding on the likeliest way through its run; ``known`` ones are less of a surprise."""

    def cost_of_change(_before: str, behind: str) -> float:
        return _COST_OF_CHANGE if behind == encoding or behind in known else _COST_OF_CHANGE + _COST_OF_NEW

    for run in runs:
        yield from zip(run, likeliest_way([line.scores for line in run], cost_of_change, encoding), strict=True)


def _met(ways: Iterable[tuple[_Line, str]], encoding: str) -> frozenset[str]:
    """Return the encoding, beside that of the file, in which the most of its lines are; as a set, of one or none."""
    counts = Counter(name for _, name in ways if name != encoding)
    return frozenset(name for name, _ in counts.most_common(1))


def _merged(data: bytes, chosen: Iterable[Passage]) -> Iterator[Passage]:
    """Yield passages; those of one encoding with nothing but ASCII between them as one."""
    last: Passage | None = None
    for passage in chosen:
        if last is None:
            last = passage
        elif last.encoding == passage.encoding and data[last.end : passage.start].isascii():
            last = Passage(last.start, passage.end, last.encoding)
        else:
            yield last
            last = passage
    if last is not None:
        yield last
