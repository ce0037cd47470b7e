"""The way of the data from the raw text to the repaired document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from jiaokan.composition import compose
from jiaokan.damage import annotation, blank, broken, escape, furniture, invisible, markup, mojibake, slip, width
from jiaokan.outline import Heading, OutlineBuilder, is_furniture
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Repair, apply
from jiaokan.survey import Survey, survey

Find = Callable[[str], list[Repair]]


def _passes(evidence: Survey) -> tuple[Find, ...]:
    """Return what finds the kinds of damage, in order: what happened to a text last is undone first.

    A new kind of damage is a new module, a field of the survey and a line here.
    """
    return (
        partial(escape.find, evidence=evidence.escape),
        partial(mojibake.find, evidence=evidence.mojibake),
        partial(blank.find, evidence=evidence.blank),
        broken.find,
        partial(slip.find, evidence=evidence.slip),
        partial(annotation.find, evidence=evidence.annotation),
        partial(markup.find, evidence=evidence.markup),
        partial(width.find, evidence=evidence.width),
        partial(invisible.find, evidence=evidence.invisible),
        partial(furniture.find, evidence=evidence.furniture),
    )


def repair_paragraph(text: str, evidence: Survey) -> tuple[Repair, ...]:
    """Return the repairs of one paragraph (without its line end), in order, offsets relative to the paragraph.

    Pure and picklable: the result depends on the two arguments alone, so it can be computed in any process, in any
    order. Repairs never touch line ends: raw and repaired text have the same paragraphs. Applied repairs do not overlap;
    one that is not applied may enclose others.
    """
    repairs: list[Repair] = []
    current = text
    for find in _passes(evidence):
        found = find(current)
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


def repair_text(raw: str, progress: Callable[[int], object] | None = None) -> Repaired:
    """Survey ``raw``, repair every paragraph of it and build the outline.

    ``progress`` is called behind every paragraph with the code points done since the last call.
    """
    evidence = survey(raw)
    builder = OutlineBuilder()
    repairs = tuple(_all_repairs(raw, evidence, builder, progress or (lambda _: None)))
    return Repaired(raw, evidence, repairs, apply(raw, repairs), tuple(builder.headings()))


def _all_repairs(
    raw: str, evidence: Survey, builder: OutlineBuilder, progress: Callable[[int], object]
) -> Iterator[Repair]:
    growth = done = 0
    for index, (start, text) in enumerate(paragraphs(raw)):
        repairs = repair_paragraph(text, evidence)
        repaired = apply(text, repairs)
        builder.add(index, start, start + growth, repaired, repairs, furniture=is_furniture(text, repairs))
        growth += len(repaired) - len(text)
        for repair in repairs:
            yield repair.shifted(start)
        progress(start + len(text) - done)
        done = start + len(text)
