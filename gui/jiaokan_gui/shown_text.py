"""What is drawn for a text: the text itself, except that characters which cannot be seen are drawn as labels.

Positions in the drawn text are UTF-16 units, as Qt counts them; offsets in the text are code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from jiaokan.unseen import UNSEEN, label

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text) + len(_ASTRAL.findall(text))


class ShownText:
    """A text and what is drawn for it."""

    def __init__(self, source: str) -> None:
        """Work out what is drawn for ``source``."""
        self.source = source
        self.labels: list[tuple[int, int]] = []
        """Where the labels stand in the drawn text (UTF-16 units: start, end)."""
        self._positions: array[int] | None = None
        if UNSEEN.search(source):
            self.shown = self._with_labels(source)
        else:
            self.shown = source
            if _ASTRAL.search(source):
                self._positions = _positions(source)

    def _with_labels(self, source: str) -> str:
        pieces: list[str] = []
        positions, position = array("L"), 0
        for character in source:
            positions.append(position)
            if UNSEEN.match(character):
                # Spaces that no line breaks at keep the label off its neighbours.
                piece = f"\u00a0{label(character)}\u00a0"
                self.labels.append((position, position + len(piece)))
                position += len(piece)
            else:
                piece = character
                position += 2 if character > "\uffff" else 1
            pieces.append(piece)
        positions.append(position)
        self._positions = positions
        return "".join(pieces)

    @property
    def length(self) -> int:
        """The length of the drawn text (UTF-16 units)."""
        return self._positions[-1] if self._positions is not None else len(self.source)

    def to_position(self, offset: int) -> int:
        """Return the position in the drawn text (UTF-16 units) of the offset (code points)."""
        return self._positions[offset] if self._positions is not None else offset

    def to_offset(self, position: int, *, up: bool = False) -> int:
        """Return the offset (code points) of the position (UTF-16 units); within a character: before it, or after."""
        if self._positions is None:
            return position
        offset = max(0, bisect_right(self._positions, position) - 1)
        if up and offset < len(self.source) and self._positions[offset] < position:
            offset += 1
        return min(offset, len(self.source))


def _positions(source: str) -> array[int]:
    positions, position = array("L"), 0
    for character in source:
        positions.append(position)
        position += 2 if character > "\uffff" else 1
    positions.append(position)
    return positions
