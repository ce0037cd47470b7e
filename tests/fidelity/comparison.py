"""Compare a repaired paragraph with the intended one, span by span."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein
from simulator.crawler import folded

# Stand before and after each paragraph, so that something lost or added at its ends has neighbours.
_START, _END = "\x02", "\x03"
_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]+\)")
# Two byte slips this near to each other (code points) are one run: out of step, some characters agree by accident.
_ONE_RUN = 4


class Look(StrEnum):
    """What a damaged span looks like."""

    ANNOTATION = "annotation"
    WIDTH = "width"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """A damaged span: where it stands in the raw and in the intended paragraph (code points)."""

    look: Look
    raw_start: int
    raw_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one damaged span."""

    span: Span
    restored: bool
    raw: str
    intended: str
    repaired: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one paragraph.

    Attributes:
        outcomes: One for every damaged span.
        false_changes: Differences between repaired and intended text outside every damaged span, with surroundings.
        length: Length of the intended paragraph.
        distance_before: Edit distance between raw and intended paragraph.
        distance_after: Edit distance between repaired and intended paragraph.
    """

    outcomes: tuple[Outcome, ...]
    false_changes: tuple[str, ...]
    length: int
    distance_before: int
    distance_after: int


def compare(raw: str, intended: str, repaired: str) -> Comparison:
    """Return what the repair of one paragraph achieved."""
    raw, intended, repaired = (_START + text + _END for text in (raw, intended, repaired))
    spans = list(_runs(_spans(raw, intended)))
    after = list(Levenshtein.opcodes(repaired, intended))
    equal = [(op.dest_start, op.dest_end, op.src_start) for op in after if op.tag == "equal"]
    outcomes = tuple(_outcome(span, raw, intended, repaired, equal) for span in spans)
    false = tuple(
        f"{intended[max(op.dest_start - 8, 0) : op.dest_end + 8]} → {repaired[max(op.src_start - 8, 0) : op.src_end + 8]}"
        for op in after
        if op.tag != "equal" and not _touched(op.dest_start, op.dest_end, spans)
    )
    before = Levenshtein.distance(raw, intended)
    return Comparison(outcomes, false, len(intended) - 2, before, Levenshtein.distance(repaired, intended))


def _spans(raw: str, intended: str) -> Iterator[Span]:
    """Yield the places where the two differ, each with its look."""
    previous: Span | None = None
    for op in Levenshtein.opcodes(raw, intended):
        if op.tag == "equal":
            continue
        span = Span(Look.OTHER, op.src_start, op.src_end, op.dest_start, op.dest_end)
        if previous and previous.raw_end == span.raw_start and previous.end == span.start:
            previous = Span(Look.OTHER, previous.raw_start, span.raw_end, previous.start, span.end)
            continue
        if previous:
            yield _with_look(previous, raw, intended)
        previous = span
    if previous:
        yield _with_look(previous, raw, intended)


def _with_look(span: Span, raw: str, intended: str) -> Span:
    seen, meant = raw[span.raw_start : span.raw_end], intended[span.start : span.end]
    look = Look.OTHER
    # The edit script may put the opening bracket of one reading beside the rest of another: turn it round once.
    turned = raw[span.raw_start - 1 : span.raw_end - 1]
    if not meant and (_READING.fullmatch(seen) or _READING.fullmatch(turned)):
        look = Look.ANNOTATION
    elif seen and seen == folded(meant):
        look = Look.WIDTH
    return Span(look, span.raw_start, span.raw_end, span.start, span.end)


def _runs(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, those near to each other of which both are of no known look (byte slips) as one."""
    held: list[Span] = []
    for span in spans:
        if held and span.raw_start - held[-1].raw_end > _ONE_RUN:
            yield from _joined(held)
            held = []
        held.append(span)
    yield from _joined(held)


def _joined(held: list[Span]) -> Iterator[Span]:
    others = [index for index, span in enumerate(held) if span.look is Look.OTHER]
    if not others:
        yield from held
        return
    first, last = held[others[0]], held[others[-1]]
    yield from held[: others[0]]
    yield Span(Look.OTHER, first.raw_start, last.raw_end, first.start, last.end)
    yield from held[others[-1] + 1 :]


def _outcome(span: Span, raw: str, intended: str, repaired: str, equal: list[tuple[int, int, int]]) -> Outcome:
    """Return whether the span with one character on either side stands in the repaired text in one piece."""
    index = bisect_right(equal, (span.start - 1, len(intended), 0)) - 1
    restored = index >= 0 and equal[index][0] <= span.start - 1 and equal[index][1] >= span.end + 1
    return Outcome(
        span,
        restored,
        raw[max(span.raw_start - 6, 0) : span.raw_end + 6],
        intended[max(span.start - 6, 0) : span.end + 6],
        repaired[_place(span.start - 6, equal) : _place(span.end + 6, equal)],
    )


def _place(offset: int, equal: list[tuple[int, int, int]]) -> int:
    """Return where an offset of the intended paragraph lies, about, in the repaired one."""
    index = bisect_right(equal, (max(offset, 0), 1 << 60, 0)) - 1
    return max(offset, 0) - equal[index][0] + equal[index][2] if index >= 0 else 0


def _touched(start: int, end: int, spans: list[Span]) -> bool:
    return any(span.start <= end and start <= span.end for span in spans)
