"""The way of the data from the raw text to the repaired document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jiaokan.composition import compose
from jiaokan.damage import annotation, mojibake, slip, width
from jiaokan.outline import Heading
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Repair, apply
from jiaokan.survey import Survey, survey

# The order undoes the damage from the outside in: what happened to the text last is undone first.
_PASSES: tuple[Callable[[str, Survey], list[Repair]], ...] = (
    mojibake.find,
    slip.find,
    annotation.find,
    width.find,
)


def repair_paragraph(text: str, evidence: Survey) -> tuple[Repair, ...]:
    """Return the repairs of one paragraph (without its line end), in order, offsets relative to the paragraph.

    Pure and picklable: the result depends on the two arguments alone, so it can be computed in any process, in any
    order. Repairs never touch line ends: raw and repaired text have the same paragraphs.
    """
    repairs: list[Repair] = []
    current = text
    for find in _PASSES:
        found = find(current, evidence)
        if found:
            repairs = compose(text, repairs, found)
            current = apply(text, repairs)
    return tuple(repairs)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text: raw text, repairs (absolute code points of ``raw``), what they make of it, and its outline."""

    raw: str
    evidence: Survey
    repairs: tuple[Repair, ...]
    repaired: str
    outline: tuple[Heading, ...]


def repair_text(raw: str) -> Repaired:
    """Survey ``raw``, repair every paragraph of it and build the outline."""
    evidence = survey(raw)
    repairs = tuple(_all_repairs(raw, evidence))
    return Repaired(raw, evidence, repairs, apply(raw, repairs), ())


def _all_repairs(raw: str, evidence: Survey) -> Iterator[Repair]:
    for start, text in paragraphs(raw):
        for repair in repair_paragraph(text, evidence):
            yield repair.shifted(start)
