"""Which rows are on screen. The truth is the anchor, the row at the top and how much of it is above; no sum of estimates.

A position in pixels from the start of the text is only needed by the scroll bar, and may be rough: scrolling by some
pixels lays out the rows that it comes past and is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jiaokan_gui.heights import RowHeights

_NEAR = 3  # rows


class Scroller:
    """The part of the stacked rows that is on screen."""

    def __init__(self, heights: RowHeights, measure: Callable[[int], int], page: int) -> None:
        """Show the beginning.

        Args:
            heights: The rows' heights as far as they are known; measured ones are put into it.
            measure: Lays a row out and returns its height.
            page: Height of the screen.
        """
        self.heights = heights
        self._measure = measure
        self.page = page
        self.row = 0
        self.offset = 0
        """Pixels of the row that are above the screen."""

    def height(self, row: int) -> int:
        """Return the height of the row, which is laid out if need be."""
        height = self._measure(row)
        self.heights.measured(row, height)
        return height

    @property
    def position(self) -> int:
        """Pixels (partly estimated) above the screen."""
        return self.heights.top(self.row) + self.offset

    @property
    def maximum(self) -> int:
        """The position of the last page."""
        return max(0, self.heights.total - self.page)

    def visible(self) -> Iterator[tuple[int, int]]:
        """Yield the rows on screen and where they start (pixels from the top of the screen)."""
        row, y = self.row, -self.offset
        while row < len(self.heights) and y < self.page:
            yield row, y
            y += self.height(row)
            row += 1

    def scroll(self, distance: int) -> int:
        """Scroll down by ``distance`` pixels (up if negative) and return by how many it was: less at the ends."""
        before = (self.row, self.offset)
        moved = distance
        self.offset += distance
        while self.offset < 0 and self.row > 0:
            self.row -= 1
            self.offset += self.height(self.row)
        if self.offset < 0:
            moved -= self.offset
            self.offset = 0
        while self.row < len(self.heights) - 1 and self.offset >= (height := self.height(self.row)):
            self.offset -= height
            self.row += 1
        missing = self._missing() if distance > 0 else 0
        if missing:
            self._to_end()
            if (self.row, self.offset) <= before:
                self.row, self.offset = before
                return 0
            moved -= missing
        return moved

    def go(self, row: int, offset: int = 0) -> None:
        """Show ``offset`` pixels of ``row`` above the top, or the last page if that is before."""
        self.row = max(0, min(row, len(self.heights) - 1))
        self.offset = max(0, min(offset, self.height(self.row) - 1)) if len(self.heights) else 0
        if offset < 0:
            self.scroll(offset)
        if self._missing():
            self._to_end()

    def go_to_position(self, position: int) -> None:
        """Show the row that is about ``position`` pixels from the start."""
        if position >= self.maximum:
            self._to_end()
        else:
            self.go(*self.heights.at(position))

    def keep_within(self) -> None:
        """Come back to the rows after the screen or the rows have changed their height."""
        self.go(self.row, self.offset)

    def _missing(self) -> int:
        """Return how many pixels of the screen lie below the last row, were the text long enough to fill it."""
        bottom = self.page
        for row, y in self.visible():
            bottom = y + self.height(row)
            if bottom >= self.page:
                return 0
        return self.page - bottom if (self.row, self.offset) > (0, 0) else 0

    def _to_end(self) -> None:
        row, space = len(self.heights), self.page
        while row > 0 and space > 0:
            row -= 1
            space -= self.height(row)
        self.row, self.offset = max(0, row), max(0, -space)

    def reveal(self, row: int, top: int, bottom: int) -> int:
        """Scroll as little as shows the part ``[top, bottom)`` of the row, and return by how many pixels down.

        A row far off is gone to, so that it stands in the upper third; then 0 is returned.
        """
        where = self._place(row)
        if where is None:
            self.go(row, top - self.page // 3)
            return 0
        if where + top < 0:
            return self.scroll(where + top)
        if where + bottom > self.page:
            return self.scroll(where + bottom - self.page)
        return 0

    def _place(self, row: int) -> int | None:
        """Return where the row starts (pixels from the top of the screen) if it is on the screen or near it."""
        if self.row - _NEAR <= row < self.row:
            return -self.offset - sum(self.height(above) for above in range(row, self.row))
        y, beyond = -self.offset, 0
        for below in range(self.row, len(self.heights)):
            if below == row:
                return y
            y += self.height(below)
            beyond += y >= self.page
            if beyond > _NEAR:
                break
        return None
