"""Rows: the pieces in which a text is shown. A row is a paragraph, or a part of one that is too long to lay out at once.

A paragraph of 10 million characters is as normal an input as any other; laid out whole it would stop the window for
seconds. Rows have at most :data:`LONGEST` characters, so whatever concerns one row takes a bounded time.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jiaokan.repair import Repair

LONGEST = 2000
"""The most characters (code points, without the line end) that a row holds, give or take the line end's two."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of a text start.

    Attributes:
        starts: Offset (code points) of each row in the text, ascending; at least the one row at 0.
        continuations: Indices of those rows that continue the paragraph of the row before, ascending.
        length: Length of the text (code points).
    """

    starts: array[int]
    continuations: array[int]
    length: int

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, row: int) -> tuple[int, int]:
        """Return where the row starts and ends in the text (code points), its line end included."""
        following = row + 1
        return self.starts[row], self.starts[following] if following < len(self.starts) else self.length

    def content_span(self, text: str, row: int) -> tuple[int, int]:
        """Return where the row starts and ends in ``text``, without its line end."""
        start, end = self.span(row)
        if end > start and text[end - 1] == "\n":
            end -= 1
            if end > start and text[end - 1] == "\r":
                end -= 1
        elif end > start and text[end - 1] == "\r":
            end -= 1
        return start, end

    def at(self, offset: int) -> int:
        """Return the row that holds the offset (code points of the text)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def paragraph(self, row: int) -> int:
        """Return the index of the paragraph of which the row is a part."""
        return row - bisect_right(self.continuations, row)

    def row_of_paragraph(self, paragraph: int) -> int:
        """Return the first row of the paragraph with this index; the last paragraph's if there are fewer."""
        paragraph = min(paragraph, self.paragraph(len(self.starts) - 1))
        # Of all rows of a paragraph the index is the same: the first of them is the one that is wanted.
        return bisect_left(range(len(self.starts)), paragraph, key=self.paragraph)

    def continues(self, row: int) -> bool:
        """Return whether the row continues the paragraph of the row before."""
        index = bisect_right(self.continuations, row) - 1
        return index >= 0 and self.continuations[index] == row


def cut_rows(paragraph_starts: Sequence[int], length: int) -> Rows:
    """Cut a text of ``length`` code points, whose paragraphs start at ``paragraph_starts``, into rows."""
    longest = LONGEST + 2  # a line end of two characters stays with the row that it ends
    starts, continuations = array("Q"), array("Q")
    last = len(paragraph_starts) - 1
    for index, start in enumerate(paragraph_starts):
        starts.append(start)
        end = paragraph_starts[index + 1] if index < last else length
        if end - start > longest:
            for position in range(start + LONGEST, end - 2, LONGEST):
                continuations.append(len(starts))
                starts.append(position)
    return Rows(starts, continuations, length)


def split_repairs(repairs: Iterable[Repair], cuts: Sequence[int]) -> dict[int, list[Repair]]:
    """Deal the repairs of a paragraph out to its rows.

    Args:
        repairs: Repairs in order, offsets relative to the paragraph.
        cuts: Where the rows start, relative to the paragraph; the first is 0.

    Returns:
        By the index of a row among ``cuts``, its repairs, offsets relative to the row; only rows that have repairs. A
        repair that crosses a cut is divided there, its replacement in proportion: what the rows' repairs make of the
        rows, put together, is what ``repairs`` make of the paragraph.
    """
    by_row: dict[int, list[Repair]] = {}
    for repair in repairs:
        for piece in _pieces(repair, cuts):
            row = bisect_right(cuts, piece.start) - 1
            by_row.setdefault(row, []).append(piece.shifted(-cuts[row]))
    return by_row


def _pieces(repair: Repair, cuts: Sequence[int]) -> Iterator[Repair]:
    first, after_last = bisect_right(cuts, repair.start), bisect_right(cuts, repair.end - 1)
    if first >= after_last:
        yield repair
        return
    edges = [repair.start, *cuts[first:after_last], repair.end]
    length = repair.end - repair.start
    for start, end in pairwise(edges):
        low, high = start - repair.start, end - repair.start
        before = repair.before[low:high]
        after = repair.after[len(repair.after) * low // length : len(repair.after) * high // length]
        yield replace(repair, start=start, end=end, before=before, after=after)
