"""The way of the data from bytes to the repaired document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Repair, apply
from jiaokan.survey import Survey, survey


def repair_paragraph(text: str, evidence: Survey) -> tuple[Repair, ...]:
    """Return the repairs of one paragraph (without its line end), in order, offsets relative to the paragraph.

    Pure and picklable: the result depends on the two arguments alone, so it can be computed in any process, in any
    order. Repairs never touch line ends: raw and repaired text have the same paragraphs.
    """
    return ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text: raw text, repairs (absolute code points of ``raw``) and what they make of it."""

    raw: str
    evidence: Survey
    repairs: tuple[Repair, ...]
    repaired: str


def repair_text(raw: str) -> Repaired:
    """Survey ``raw`` and repair every paragraph of it."""
    evidence = survey(raw)
    repairs = tuple(_all_repairs(paragraphs(raw), evidence))
    return Repaired(raw, evidence, repairs, apply(raw, repairs))


def _all_repairs(parts: Iterable[tuple[int, str]], evidence: Survey) -> Iterator[Repair]:
    for start, text in parts:
        for repair in repair_paragraph(text, evidence):
            yield repair.shifted(start)
