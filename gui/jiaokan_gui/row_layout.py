"""A row laid out: the text of both sides broken into lines, and where its changes stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from jiaokan.repair import Repair
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from jiaokan_gui.document import RowText, Side
from jiaokan_gui.geometry import Metrics
from jiaokan_gui.shown_text import ShownText

_LABEL_SIZE = 0.62
_CAPACITY = 256
THIN = 2.0
"""Width of the box of a place between two characters, where a side has nothing."""


@dataclass(frozen=True)
class Mark:
    """A change on one side: the repair and the rectangles that it covers, one on each line."""

    repair: Repair
    rectangles: tuple[QRectF, ...]


class SideLayout:
    """One side of a row, laid out; the origin is where its text begins."""

    def __init__(self, text: str, font: QFont, metrics: Metrics, width: float, indent: float = 0.0) -> None:
        """Break ``text`` into lines that are ``width`` wide, the first one indented so far (pixels)."""
        self.text = ShownText(text)
        self._metrics = metrics
        self._layout = QTextLayout(self.text.shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(metrics.em * 4)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        if self.text.labels:
            self._layout.setFormats([self._label_format(font, start, end) for start, end in self.text.labels])
        self._layout.beginLayout()
        number = 0
        while (line := self._layout.createLine()).isValid():
            left = 0.0 if number else indent
            line.setLineWidth(width - left)
            line.setPosition(QPointF(left, self._baseline(number) - line.ascent()))
            number += 1
        self._layout.endLayout()
        self.lines = number
        self.labels = [box for start, end in self.text.labels for box in self._boxes(start, end)]

    def _label_format(self, font: QFont, start: int, end: int) -> QTextLayout.FormatRange:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * _LABEL_SIZE)
        form = QTextCharFormat()
        form.setFont(small)
        result = QTextLayout.FormatRange()
        result.start, result.length, result.format = start, end - start, form
        return result

    def _baseline(self, line: int) -> float:
        metrics = self._metrics
        return line * metrics.pitch + (metrics.pitch + metrics.ascent - metrics.descent) / 2

    @property
    def layout(self) -> QTextLayout:
        """Qt's layout, to draw."""
        return self._layout

    @property
    def height(self) -> int:
        """The height of the lines."""
        return self.lines * self._metrics.pitch

    def _line(self, position: int) -> QTextLine:
        line = self._layout.lineForTextPosition(position)
        return line if line.isValid() else self._layout.lineAt(max(0, self.lines - 1))

    def boxes(self, start: int, end: int) -> tuple[QRectF, ...]:
        """Return the rectangles, one on each line, that cover the offsets [start, end); a thin one if that is empty."""
        return self._boxes(self.text.to_position(start), self.text.to_position(end))

    def _boxes(self, start: int, end: int) -> tuple[QRectF, ...]:
        metrics, boxes = self._metrics, list[QRectF]()
        inset = (metrics.pitch - metrics.em * 1.24) / 2
        first_line = self._line(start).lineNumber()
        if start == end and first_line > 0 and self._layout.lineAt(first_line).textStart() == start:
            # A place between two lines is shown at the end of the first: what stood there followed on it.
            first_line, end_line = first_line - 1, first_line - 1
        else:
            end_line = self._line(end).lineNumber()
        for number in range(first_line, end_line + 1):
            line = self._layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if last < first or (first == last and start != end):
                continue
            left, right = _x(line, first), _x(line, last)
            if left > right:
                left, right = right, left
            box = QRectF(left, number * metrics.pitch + inset, right - left, metrics.pitch - 2 * inset)
            boxes.append(box if start != end else box.adjusted(-THIN / 2, 0, THIN / 2, 0))
        return tuple(boxes)

    def offset_at(self, point: QPointF) -> int:
        """Return the offset (code points) nearest to the point."""
        number = max(0, min(int(point.y() // self._metrics.pitch), self.lines - 1))
        line = self._layout.lineAt(number)
        if not line.isValid():
            return 0
        position = line.xToCursor(point.x(), QTextLine.CursorPosition.CursorBetweenCharacters)
        return self.nearest(position)

    def nearest(self, position: int) -> int:
        """Return the offset (code points) nearest to the position (UTF-16 units) in the drawn text."""
        low, high = self.text.to_offset(position), self.text.to_offset(position, up=True)
        before = position - self.text.to_position(low)
        after = self.text.to_position(high) - position
        return low if before <= after else high

    def caret(self, offset: int) -> QRectF:
        """Return the rectangle of the caret before the offset (code points)."""
        position = self.text.to_position(min(offset, len(self.text.source)))
        line = self._line(position)
        x = _x(line, position) if line.isValid() else 0.0
        metrics, number = self._metrics, max(0, line.lineNumber() if line.isValid() else 0)
        inset = (metrics.pitch - metrics.em * 1.3) / 2
        return QRectF(x - 0.75, number * metrics.pitch + inset, 1.5, metrics.pitch - 2 * inset)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that holds the offset."""
        return max(0, self._line(self.text.to_position(offset)).lineNumber())

    def line_span(self, number: int) -> tuple[int, int]:
        """Return the offsets (code points) between which the caret moves on a line."""
        line = self._layout.lineAt(number)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if number < self.lines - 1:
            end = max(start, self._layout.previousCursorPosition(end))
        return self.text.to_offset(start), self.text.to_offset(end)

    def next_offset(self, offset: int, *, forward: bool, words: bool = False) -> int:
        """Return the offset one cursor position (or word) further on or back; the same at the end."""
        mode = QTextLayout.CursorMode.SkipWords if words else QTextLayout.CursorMode.SkipCharacters
        position = self.text.to_position(offset)
        if forward:
            return self.text.to_offset(self._layout.nextCursorPosition(position, mode), up=True)
        return self.text.to_offset(self._layout.previousCursorPosition(position, mode))

    def selection(self, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
        """Return the offsets [start, end) as a range to be drawn with a format."""
        result = QTextLayout.FormatRange()
        result.start = self.text.to_position(start)
        result.length = self.text.to_position(end) - result.start
        result.format = form
        return result


def _x(line: QTextLine, position: int) -> float:
    # PySide returns the x and the position that it belongs to; its annotation says "object".
    x, _ = cast("tuple[float, int]", line.cursorToX(position))
    return x


class RowLayout:
    """Both sides of a row, laid out."""

    def __init__(
        self,
        content: RowText,
        fonts: Mapping[Side, QFont],
        metrics: Metrics,
        width: float,
        indent: float = 0.0,
    ) -> None:
        """Lay out ``content`` in columns of ``width``, each side in its font, the repaired one indented so far."""
        self.content = content
        raw = SideLayout(content.raw, fonts[Side.RAW], metrics, width)
        same = content.shown == content.raw and fonts[Side.REPAIRED] is fonts[Side.RAW] and not indent
        repaired = raw if same else SideLayout(content.shown, fonts[Side.REPAIRED], metrics, width, indent)
        self._sides = {Side.RAW: raw, Side.REPAIRED: repaired}
        self.marks = {side: self._marks(side) for side in Side}
        tall = max(raw.height, repaired.height) + 2 * metrics.padding
        self.height = tall if content.raw or content.repaired else metrics.empty_row

    def side(self, side: Side) -> SideLayout:
        """Return one side."""
        return self._sides[side]

    def _marks(self, side: Side) -> list[Mark]:
        layout, content = self._sides[side], self.content
        pairs = zip(content.repairs, content.spans(side), strict=True)
        return [Mark(repair, layout.boxes(start, end)) for repair, (start, end) in pairs]

    def repair_at(self, side: Side, point: QPointF) -> int | None:
        """Return the index of the repair that stands at the point, the innermost of several; None if there is none."""
        near = QRectF(point.x() - 2, point.y() - 1, 4, 2)
        for index in range(len(self.marks[side]) - 1, -1, -1):
            if any(box.intersects(near) for box in self.marks[side][index].rectangles):
                return index
        return None


class RowLayouts:
    """The rows laid out last; the ones not used for the longest time are forgotten."""

    def __init__(self, make: Callable[[int], RowLayout]) -> None:
        """Lay rows out with ``make``."""
        self._make = make
        self._rows: OrderedDict[int, RowLayout] = OrderedDict()

    def __getitem__(self, row: int) -> RowLayout:
        layout = self._rows.get(row)
        if layout is None:
            layout = self._rows[row] = self._make(row)
            if len(self._rows) > _CAPACITY:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(row)
        return layout

    def forget(self, first: int, end: int) -> bool:
        """Forget the rows [first, end); return whether any was there."""
        rows = [row for row in self._rows if first <= row < end]
        for row in rows:
            del self._rows[row]
        return bool(rows)

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()
