"""The overview of a whole document as weighted marks: where changes are, which, how thick. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverviewMark:
    """Changes of one kind on one line of the overview.

    Attributes:
        line: Its number, from the top.
        rank: Rank of the kind (1 is the gravest).
        weight: How much of the line they are, above 0, at most 1.
    """

    line: int
    rank: int
    weight: float


Spot = tuple[float, float, int]
"""A change: where it starts and ends as shares of the document's height, from 0 to 1, and the rank of its kind."""


def row_marks(marks: bytes | bytearray, lines: int, row_at: Callable[[int], int]) -> list[OverviewMark]:
    """Draw the rows' marks together on few lines; for documents with more rows than lines.

    Args:
        marks: One byte for every row: the rank of its gravest change, 0 if it has none.
        lines: How many lines there are to draw.
        row_at: Returns the first row of a line; ascending; the number of rows for ``lines``.

    Returns:
        The marks from the top, on each line the gravest last; a mark's weight is the share of the line's rows whose
        gravest kind it is. A row that lies on several lines is drawn on each.
    """
    result = list[OverviewMark]()
    start = row_at(0)
    for line in range(lines):
        end = row_at(line + 1)
        rows = marks[start : max(end, start + 1)]
        for rank in sorted(set(rows) - {0}, reverse=True):
            result.append(OverviewMark(line, rank, rows.count(rank) / len(rows)))
        start = end
    return result


def spot_marks(spots: Iterable[Spot], lines: int) -> list[OverviewMark]:
    """Draw every change where it stands; for documents whose rows are higher than a line.

    Args:
        spots: The changes.
        lines: How many lines there are to draw.

    Returns:
        The marks from the top, on each line the gravest last; a mark's weight is the number of its changes in
        relation to the line that has most of that kind. A change that lies on several lines is drawn on each.
    """
    numbers: Counter[tuple[int, int]] = Counter()
    for top, bottom, rank in spots:
        first = min(int(top * lines), lines - 1)
        last = min(max(first, int(bottom * lines)), lines - 1)
        numbers.update((line, rank) for line in range(first, last + 1))
    most: dict[int, int] = {}
    for (_, rank), number in numbers.items():
        most[rank] = max(number, most.get(rank, 0))
    ordered = sorted(numbers.items(), key=lambda item: (item[0][0], -item[0][1]))
    return [OverviewMark(line, rank, number / most[rank]) for (line, rank), number in ordered]
