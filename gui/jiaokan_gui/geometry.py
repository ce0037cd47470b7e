"""Where things are in the collation view: columns across, lines down. All lengths are device-independent pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from jiaokan_gui.document import Side

_PITCH = 1.75  # line distance in em; Chinese, having no ascenders, wants more than Latin's 1.2 to 1.5
_ROW_PADDING = 0.3  # em above and below a row
_EMPTY_ROW = 0.5  # lines an empty paragraph is high
_MARGIN = 1.3  # em beside each column


@dataclass(frozen=True)
class Metrics:
    """What follows from the font.

    Attributes:
        em: Width of a full-width character.
        pitch: Distance between lines.
        ascent: Of the font.
        descent: Of the font.
    """

    em: float
    pitch: int
    ascent: float
    descent: float

    @classmethod
    def of(cls, font: QFont) -> Metrics:
        """Measure the font."""
        measured = QFontMetricsF(font)
        em = max(4.0, measured.horizontalAdvance("國"))
        # The font's own ascent is that of the box around all its characters; ideographs fill 0.88 em above the
        # baseline and 0.12 below (OpenType's default ideographic em-box).
        return cls(em, math.ceil(em * _PITCH), em * 0.88, em * 0.12)

    @property
    def padding(self) -> int:
        """Space above and below a row."""
        return round(self.em * _ROW_PADDING)

    @property
    def empty_row(self) -> int:
        """Height of a row without text."""
        return max(1, round(self.pitch * _EMPTY_ROW))

    def estimate(self, characters: int, width: float) -> int:
        """Return about how high a row of so many characters is, in lines so wide."""
        if not characters:
            return self.empty_row
        return max(1, math.ceil(characters * self.em / width)) * self.pitch + 2 * self.padding

    def estimate_block(self, characters: int, rows: int, width: float) -> int:
        """Return about how high so many rows with so many characters together are."""
        lines = characters * self.em / width + rows * 0.5
        return max(rows, round(lines * self.pitch) + rows * 2 * self.padding)


@dataclass(frozen=True)
class Columns:
    """The view's columns: numbers, raw text, repaired text."""

    gutter: float
    margin: float
    text_width: float

    @classmethod
    def of(cls, width: float, metrics: Metrics, largest_number: int, number_width: float) -> Columns:
        """Divide ``width``; numbers up to ``largest_number``, whose digits are ``number_width`` wide, stand at the left."""
        digits = max(3, len(str(largest_number)))
        gutter = math.ceil(digits * number_width + metrics.em * 0.9)
        margin = math.ceil(metrics.em * _MARGIN)
        text_width = max(metrics.em * 4, math.floor((width - gutter - 4 * margin) / 2))
        return cls(gutter, margin, text_width)

    def left(self, side: Side) -> float:
        """Return where the text of a side begins."""
        first = self.gutter + self.margin
        return first if side is Side.RAW else first + self.text_width + 2 * self.margin

    @property
    def divider(self) -> float:
        """Where the line between the columns stands."""
        return self.gutter + 2 * self.margin + self.text_width

    def side_at(self, x: float) -> Side:
        """Return the side at ``x``."""
        return Side.RAW if x < self.divider else Side.REPAIRED
