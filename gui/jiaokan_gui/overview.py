"""The overview of a whole document as weighted marks: where changes are, which, how thick. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverviewMark:
    """One line of the overview.

    Attributes:
        line: Its number, from the top.
        rank: Rank of the gravest kind among its rows (1 is the gravest).
        weight: Share of its rows that have changes, above 0, at most 1.
    """

    line: int
    rank: int
    weight: float


def overview_marks(marks: bytes | bytearray, lines: int, row_at: Callable[[int], int]) -> list[OverviewMark]:
    """Draw the rows' marks together on few lines.

    Args:
        marks: One byte for every row: the rank of its gravest change, 0 if it has none.
        lines: How many lines there are to draw.
        row_at: Returns the first row of a line; ascending; the number of rows for ``lines``.

    Returns:
        The lines that have changes, from the top. A row that lies on several lines is drawn on each.
    """
    result = list[OverviewMark]()
    start = row_at(0)
    for line in range(lines):
        end = row_at(line + 1)
        rows = marks[start : max(end, start + 1)]
        without = rows.count(0)
        if without < len(rows):
            # The gravest rank is the least byte that is not 0; deleting the zeros first keeps this in C.
            gravest = min(rows.translate(None, b"\0"))
            result.append(OverviewMark(line, gravest, (len(rows) - without) / len(rows)))
        start = end
    return result
