"""Heights of very many rows: estimated, replaced by measured ones, summed on two levels.

Estimating a million rows one by one would stop the window; so blocks of rows are estimated whole, and the rows of a
block only when somebody asks for one of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

BLOCK = 256


class RowHeights:
    """The heights of rows, in pixels, and where the rows lie when stacked."""

    def __init__(self, count: int, estimate: Callable[[int], int], estimate_block: Callable[[int, int], int]) -> None:
        """Stack ``count`` rows.

        Args:
            count: Number of rows.
            estimate: Returns the estimated height of a row, 1 or more.
            estimate_block: Returns the estimated height of the rows ``[first, end)`` together.
        """
        self._count = count
        self._estimate = estimate
        self._blocks: list[array[int] | None] = [None] * ((count + BLOCK - 1) // BLOCK)
        self._sums = array("q")
        for first in range(0, count, BLOCK):
            end = min(first + BLOCK, count)
            self._sums.append(max(end - first, estimate_block(first, end)))
        self._tops: array[int] | None = None

    def __len__(self) -> int:
        return self._count

    @property
    def total(self) -> int:
        """The height of all rows together."""
        return self._block_tops()[-1]

    def height(self, row: int) -> int:
        """Return the height of the row, measured or estimated."""
        return self._rows(row // BLOCK)[row % BLOCK]

    def measured(self, row: int, height: int) -> None:
        """Replace the height of the row by a measured one."""
        block = row // BLOCK
        rows = self._rows(block)
        difference = height - rows[row % BLOCK]
        if difference:
            rows[row % BLOCK] = height
            self._sums[block] += difference
            self._tops = None

    def top(self, row: int) -> int:
        """Return where the row starts (``row`` may be the number of rows: where the last one ends)."""
        block, rest = divmod(row, BLOCK)
        tops = self._block_tops()
        return tops[block] + (sum(self._rows(block)[:rest]) if rest else 0)

    def at(self, position: int) -> tuple[int, int]:
        """Return the row at a position and how far within the row that is; the nearest row if there is none."""
        if not self._count:
            return 0, 0
        position = max(0, min(position, self.total - 1))
        block = self._block_at(position)
        self._rows(block)
        # Opening a block replaces its estimate by the sum of its rows' estimates, which may be less.
        rest = min(position - self._block_tops()[block], self._sums[block] - 1)
        for index, height in enumerate(self._rows(block)):
            if rest < height:
                return block * BLOCK + index, rest
            rest -= height
        raise AssertionError("the sum of a block is the sum of its rows")

    def near(self, position: float) -> int:
        """Return the row at about this position, without looking into blocks (for drawings of the whole)."""
        if not self._count:
            return 0
        whole = max(0, min(int(position), self.total - 1))
        block = self._block_at(whole)
        size = min(BLOCK, self._count - block * BLOCK)
        return block * BLOCK + (whole - self._block_tops()[block]) * size // self._sums[block]

    def _block_at(self, position: int) -> int:
        return min(bisect_right(self._block_tops(), position) - 1, len(self._blocks) - 1)

    def _rows(self, block: int) -> array[int]:
        rows = self._blocks[block]
        if rows is None:
            first = block * BLOCK
            rows = array("l", (max(1, self._estimate(row)) for row in range(first, min(first + BLOCK, self._count))))
            self._blocks[block] = rows
            self._sums[block] = sum(rows)
            self._tops = None
        return rows

    def _block_tops(self) -> array[int]:
        if self._tops is None:
            self._tops = array("q", accumulate(self._sums, initial=0))
        return self._tops
