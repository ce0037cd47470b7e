"""The places that a search has found, in the order of the text: a million of them in little room."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from jiaokan_gui.document import Side
from jiaokan_gui.selection import Place


class Hit(NamedTuple):
    """One place: ``[start, end)`` (code points) of what is shown of a row on a side; it may go on into the next row."""

    row: int
    side: Side
    start: int
    end: int

    @property
    def key(self) -> tuple[int, int, int]:
        """What it is ordered by."""
        return self.row, self.side.value, self.start


class Hits:
    """Places by row; within a row the raw ones first."""

    def __init__(self) -> None:
        """Start without any."""
        self._rows = array("I")
        self._sides = bytearray()
        self._starts = array("I")
        self._ends = array("I")

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Hit:
        return Hit(self._rows[number], Side(self._sides[number]), self._starts[number], self._ends[number])

    @property
    def rows(self) -> Sequence[int]:
        """The row of each place."""
        return self._rows

    def replace(self, first: int, end: int, hits: Sequence[Hit]) -> bool:
        """Let ``hits``, in order, be all those of the rows ``[first, end)``; return whether any was or is there."""
        low, high = bisect_left(self._rows, first), bisect_left(self._rows, end)
        if low == high and not hits:
            return False
        self._rows[low:high] = array("I", [hit.row for hit in hits])
        self._sides[low:high] = bytes(hit.side.value for hit in hits)
        self._starts[low:high] = array("I", [hit.start for hit in hits])
        self._ends[low:high] = array("I", [hit.end for hit in hits])
        return True

    def in_row(self, row: int) -> list[Hit]:
        """Return the places that begin in a row."""
        return [self[number] for number in range(bisect_left(self._rows, row), bisect_left(self._rows, row + 1))]

    def first_from(self, side: Side, place: Place) -> int:
        """Return the number of the first one at or after a place of a side; how many there are if there is none."""
        return self._search((place[0], side.value, place[1]))

    def number(self, hit: Hit) -> int | None:
        """Return the number of a place; None if it is not among them."""
        number = self._search(hit.key)
        return number if number < len(self) and self[number] == hit else None

    def _search(self, key: tuple[int, int, int]) -> int:
        low, high = bisect_left(self._rows, key[0]), bisect_left(self._rows, key[0] + 1)
        while low < high:
            middle = (low + high) // 2
            if self[middle].key < key:
                low = middle + 1
            else:
                high = middle
        return low
