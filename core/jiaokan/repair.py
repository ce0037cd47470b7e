"""A repair as data, and the algebra of repairs: apply, revert, compose, map offsets.

All offsets are code points. A *pass* is a list of repairs of one text, in order of their spans and without overlap.
The text itself is never changed: the repaired text is what :func:`apply` makes of the raw text and the repairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of damage, by the names that the JSON output uses."""

    ANNOTATION = "annotation"
    SLIP = "slip"
    WIDTH = "width"
    MARKUP = "markup"
    INVISIBLE = "invisible"
    FURNITURE = "furniture"
    MOJIBAKE = "mojibake"
    ESCAPE = "escape"


class Certainty(StrEnum):
    """How sure a repair is, from the surest down.

    - CERTAIN: the bytes prove it. Replaying the damage on the repaired text gives the raw text, and nothing else does.
    - PROBABLE: a model of the language or the habit of the document chose, with a margin.
    - SUGGESTED: shown, applied only when the reader accepts.
    - LOST: nothing to restore; the text stays as it is and is marked.
    """

    CERTAIN = "certain"
    PROBABLE = "probable"
    SUGGESTED = "suggested"
    LOST = "lost"

    @property
    def applies(self) -> bool:
        """Whether a repair of this certainty is applied unless the reader says otherwise."""
        return self in (Certainty.CERTAIN, Certainty.PROBABLE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible reading and its score (natural logarithm; only differences within one repair mean anything)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a repair was made.

    Attributes:
        rule: Short stable name of the rule, ``kind.variant``, for programs.
        reason: One plain sentence for readers.
        intended: The bytes that the text had, where the damage is one of bytes.
        read: The bytes that the raw text stands for, as far as they are known.

    """

    rule: str
    reason: str
    intended: bytes = b""
    read: bytes = b""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: the span ``[start, end)`` of the text, which reads ``before``, should read ``after``."""

    start: int
    end: int
    before: str
    after: str
    kind: Kind
    certainty: Certainty
    applied: bool
    evidence: Evidence
    candidates: tuple[Candidate, ...] = field(default=())

    @classmethod
    def of(
        cls,
        text: str,
        start: int,
        end: int,
        after: str,
        kind: Kind,
        certainty: Certainty,
        evidence: Evidence,
        candidates: tuple[Candidate, ...] = (),
    ) -> Repair:
        """Return the repair of ``text[start:end]``, applied if its certainty says so."""
        return cls(start, end, text[start:end], after, kind, certainty, certainty.applies, evidence, candidates)

    def shifted(self, distance: int) -> Repair:
        """Return the same repair, ``distance`` code points further on."""
        return replace(self, start=self.start + distance, end=self.end + distance)


def applied_only(repairs: Iterable[Repair]) -> list[Repair]:
    """Return the repairs that are applied, in their order."""
    return [repair for repair in repairs if repair.applied]


def apply(text: str, repairs: Iterable[Repair]) -> str:
    """Return ``text`` with the applied ones of ``repairs`` (ordered, without overlap) carried out.

    Raises:
        ValueError: A repair overlaps the one before it, or its ``before`` is not what stands in ``text``.

    """
    pieces: list[str] = []
    position = 0
    for repair in repairs:
        if not repair.applied:
            continue
        if repair.start < position or text[repair.start : repair.end] != repair.before:
            raise ValueError(f"repair at {repair.start} does not fit the text")
        pieces.append(text[position : repair.start])
        pieces.append(repair.after)
        position = repair.end
    pieces.append(text[position:])
    return "".join(pieces)


def revert(repaired: str, repairs: Iterable[Repair]) -> str:
    """Return the raw text from which ``apply`` made ``repaired``: the exact inverse of :func:`apply`.

    Raises:
        ValueError: A repair's ``after`` is not what stands in ``repaired``.

    """
    pieces: list[str] = []
    position = shift = 0
    for repair in repairs:
        if not repair.applied:
            continue
        start = repair.start + shift
        end = start + len(repair.after)
        if start < position or repaired[start:end] != repair.after:
            raise ValueError(f"repair at {repair.start} does not fit the repaired text")
        pieces.append(repaired[position:start])
        pieces.append(repair.before)
        position = end
        shift += len(repair.after) - len(repair.before)
    pieces.append(repaired[position:])
    return "".join(pieces)


class OffsetMap:
    """Maps offsets between a raw text and its repaired text, both ways, in logarithmic time.

    An offset within a replaced span maps to the start of the span's counterpart; the ends of spans map to each other.
    """

    def __init__(self, repairs: Iterable[Repair]) -> None:
        """Take the repairs (ordered, without overlap); those that are not applied do not count."""
        self._raw_spans: list[tuple[int, int]] = []
        self._repaired_spans: list[tuple[int, int]] = []
        shift = 0
        for repair in repairs:
            if repair.applied:
                start = repair.start + shift
                self._raw_spans.append((repair.start, repair.end))
                self._repaired_spans.append((start, start + len(repair.after)))
                shift += len(repair.after) - len(repair.before)

    def to_repaired(self, offset: int) -> int:
        """Return the offset in the repaired text that belongs to ``offset`` in the raw text."""
        return _mapped(offset, self._raw_spans, self._repaired_spans)

    def to_raw(self, offset: int) -> int:
        """Return the offset in the raw text that belongs to ``offset`` in the repaired text."""
        return _mapped(offset, self._repaired_spans, self._raw_spans)


def _mapped(offset: int, spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    index = bisect_right(spans, (offset, offset)) - 1
    # A span that starts at the offset and is not empty sorts after (offset, offset).
    if index + 1 < len(spans) and spans[index + 1][0] == offset:
        return others[index + 1][0]
    if index < 0:
        return offset
    if offset < spans[index][1]:
        return others[index][0]
    return others[index][1] + offset - spans[index][1]


def repaired_spans(repairs: Sequence[Repair]) -> list[tuple[int, int]]:
    """Return where each of the repairs of a text stands in the repaired text (code points: start, end).

    A repair that is not applied covers what stands for its span, were it only the replacements in it.
    """
    offsets, shift, spans = OffsetMap(repairs), 0, list[tuple[int, int]]()
    for repair in repairs:
        start = repair.start + shift
        if repair.applied:
            shift += len(repair.after) - len(repair.before)
            spans.append((start, start + len(repair.after)))
        else:
            # One that is not applied may enclose others, which change its length.
            spans.append((start, max(start, offsets.to_repaired(repair.end))))
    return spans
