"""A paragraph's two sides cut at its repairs, for showing them: which stretch of the text belongs to which repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jiaokan.edition import Paragraph
from jiaokan.repair import Repair, repaired_spans


class Stretch(NamedTuple):
    """A stretch of a text: the text, and the index of the repair that it belongs to; None if it belongs to none."""

    text: str
    repair: int | None


def raw_stretches(paragraph: Paragraph) -> Iterator[Stretch]:
    """Yield the raw text in stretches. Where repairs lie within each other, the innermost counts."""
    spans = [(repair.start, repair.end) for repair in paragraph.repairs]
    yield from _stretches(paragraph.raw, spans, paragraph.repairs)


def repaired_stretches(paragraph: Paragraph) -> Iterator[Stretch]:
    """Yield the repaired text, in the script, in stretches; an empty one where something was taken away."""
    yield from _stretches(paragraph.text, repaired_spans(paragraph.repairs), paragraph.repairs)


def _stretches(text: str, spans: Sequence[tuple[int, int]], repairs: Sequence[Repair]) -> Iterator[Stretch]:
    if not spans:
        yield Stretch(text, None)
        return
    # Of two that cover a stretch, the one carried out is the inner one, else the one that starts later.
    rank = {index: (repairs[index].applied, spans[index][0], index) for index in range(len(spans))}
    order = sorted(range(len(spans)), key=lambda index: spans[index])
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    covering: list[int] = []
    following = 0
    for number, start in enumerate(edges):
        covering = [index for index in covering if spans[index][1] > start]
        while following < len(order) and spans[order[following]][0] == start:
            index = order[following]
            following += 1
            if spans[index][1] == start:
                yield Stretch("", index)
            else:
                covering.append(index)
        if number + 1 < len(edges):
            inner = max(covering, key=rank.__getitem__, default=None)
            yield Stretch(text[start : edges[number + 1]], inner)
