"""What is selected: a stretch of one side, from the place where it was begun to the caret."""

from __future__ import annotations

from dataclasses import dataclass

from jiaokan_gui.document import Side

Place = tuple[int, int]
"""A row and an offset (code points) within its text on one side."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of one side.

    Attributes:
        side: The side.
        anchor: Where it was begun.
        caret: Where it goes to; the caret stands there.
    """

    side: Side = Side.RAW
    anchor: Place = (0, 0)
    caret: Place = (0, 0)

    @property
    def start(self) -> Place:
        """The earlier end."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> Place:
        """The later end."""
        return max(self.anchor, self.caret)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.caret

    def moved(self, caret: Place, *, extend: bool) -> Selection:
        """Return the selection with the caret elsewhere; unless it is extended, it is empty there."""
        return Selection(self.side, self.anchor if extend else caret, caret)

    def in_row(self, row: int, length: int) -> tuple[int, int] | None:
        """Return what of a row (``length`` code points) is selected: offsets [start, end); None if nothing is."""
        if self.is_empty or not self.start[0] <= row <= self.end[0]:
            return None
        start = self.start[1] if row == self.start[0] else 0
        end = self.end[1] if row == self.end[0] else length
        return (min(start, length), min(end, length))

    def takes_line_end(self, row: int) -> bool:
        """Return whether the selection goes on past the end of the row."""
        return self.start[0] <= row < self.end[0]
