"""Draws one row of the collation view: number, changes, text, selection, caret."""

from __future__ import annotations

from dataclasses import dataclass

from jiaokan.repair import Certainty, Kind
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPalette, QPen, QTextCharFormat

from jiaokan_gui.contrast import faint, mixed, readable_ground
from jiaokan_gui.document import Side
from jiaokan_gui.geometry import Columns, Metrics
from jiaokan_gui.kinds import hit_colours, is_dark, strong_colour, wash_colour
from jiaokan_gui.row_layout import THIN, Mark, RowLayout
from jiaokan_gui.selection import Selection


@dataclass(frozen=True)
class Colours:
    """The colours of the view, from the palette."""

    ground: QColor
    text: QColor
    faint: QColor
    line: QColor
    gutter: QColor
    dark: bool
    selected: QTextCharFormat

    @classmethod
    def of(cls, palette: QPalette, *, active: bool) -> Colours:
        """Take the colours from the palette; ``active``: whether the view has the focus."""
        role, group = QPalette.ColorRole, QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        ground, text = palette.color(role.Base), palette.color(role.Text)
        selected = QTextCharFormat()
        letters = palette.color(group, role.HighlightedText)
        selected.setBackground(QBrush(readable_ground(palette.color(group, role.Highlight), letters)))
        selected.setForeground(QBrush(letters))
        return cls(
            ground,
            text,
            faint(text, ground),
            mixed(text, ground, 0.13),
            mixed(text, ground, 0.035),
            is_dark(palette),
            selected,
        )


@dataclass(frozen=True)
class RowState:
    """What is drawn with a row besides its text.

    Attributes:
        row: Its index.
        number: The number of its paragraph, as drawn; empty if it continues one that is on screen.
        selection: What is selected in the document.
        caret: Whether the caret is drawn where it stands.
        current: The index of the current change, if it is in this row.
        hidden: Kinds that are not marked.
        hits: What a search has found in this row: offsets [start, end) of a side.
        current_hit: The one of them that was gone to, if it is in this row.
    """

    row: int
    number: str
    selection: Selection
    caret: bool
    current: int | None
    hidden: frozenset[Kind]
    hits: tuple[tuple[Side, int, int], ...] = ()
    current_hit: tuple[Side, int, int] | None = None


class RowPainter:
    """Draws rows."""

    def __init__(self, columns: Columns, metrics: Metrics, colours: Colours, number_font: QFont) -> None:
        """Draw in these columns, sizes, colours, and numbers in this font."""
        self._columns = columns
        self._metrics = metrics
        self._colours = colours
        self._number_font = number_font

    def ground(self, painter: QPainter, area: QRectF) -> None:
        """Draw what is behind the rows within an area of the view."""
        colours, columns = self._colours, self._columns
        painter.fillRect(area, colours.ground)
        painter.fillRect(QRectF(0, area.top(), columns.gutter, area.height()), colours.gutter)
        painter.setPen(QPen(colours.line, 1))
        x = round(columns.divider) + 0.5
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 1))

    def row(self, painter: QPainter, top: float, layout: RowLayout, state: RowState) -> None:
        """Draw a row that starts at ``top``."""
        y = top + (self._metrics.padding if layout.content.raw or layout.content.repaired else 0)
        if state.number and layout.content.raw.strip():
            # The number stays on screen as long as any line of its paragraph does.
            self._number(painter, min(max(y, 0.0), y + layout.height - self._metrics.pitch), state)
        for side in Side:
            painter.save()
            painter.translate(self._columns.left(side), y)
            for index, mark in enumerate(layout.marks[side]):
                if mark.repair.kind not in state.hidden:
                    self._mark(painter, mark, current=index == state.current)
            self._hits(painter, layout, side, state)
            self._text(painter, layout, side, state)
            self._current_hit(painter, layout, side, state)
            painter.restore()

    def _number(self, painter: QPainter, y: float, state: RowState) -> None:
        area = QRectF(0, y, self._columns.gutter - self._metrics.em * 0.45, self._metrics.pitch)
        here = state.selection.caret[0] == state.row
        font = QFont(self._number_font)
        font.setBold(here)
        painter.setFont(font)
        painter.setPen(self._colours.text if here else self._colours.faint)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), state.number)

    def _mark(self, painter: QPainter, mark: Mark, *, current: bool) -> None:
        repair, dark = mark.repair, self._colours.dark
        strong = strong_colour(repair.kind, dark=dark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box in mark.rectangles:
            if box.width() <= THIN:
                self._tick(painter, box, strong, current=current)
                continue
            painter.setPen(QPen(strong, 1.5) if current else Qt.PenStyle.NoPen)
            painter.setBrush(wash_colour(repair.kind, dark=dark))
            area = box.adjusted(-1.5, -1.5, 1.5, 1.5) if current else box
            painter.drawRoundedRect(area, 3, 3)
            if not repair.applied:
                style = Qt.PenStyle.DotLine if repair.certainty is Certainty.LOST else Qt.PenStyle.DashLine
                painter.setPen(QPen(strong, 1.5, style))
                painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _hits(self, painter: QPainter, layout: RowLayout, side: Side, state: RowState) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hit_colours(dark=self._colours.dark)[0])
        for hit in state.hits:
            for box in _hit_boxes(layout, side, hit):
                painter.drawRoundedRect(box, 3, 3)

    def _current_hit(self, painter: QPainter, layout: RowLayout, side: Side, state: RowState) -> None:
        """Draw a frame around the hit that was gone to, over the selection that it is."""
        if state.current_hit in state.hits and state.current_hit is not None:
            painter.setPen(QPen(hit_colours(dark=self._colours.dark)[1], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in _hit_boxes(layout, side, state.current_hit):
                painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 3, 3)

    def _tick(self, painter: QPainter, box: QRectF, strong: QColor, *, current: bool) -> None:
        """Draw a small wedge from below: here the other side has something and this one nothing."""
        x, y, size = box.center().x(), box.bottom(), self._metrics.em * (0.3 if current else 0.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strong)
        painter.drawPolygon([QPointF(x - size, y + 2), QPointF(x, y + 2 - size * 1.5), QPointF(x + size, y + 2)])

    def _text(self, painter: QPainter, layout: RowLayout, side: Side, state: RowState) -> None:
        lines, colours = layout.side(side), self._colours
        unknown = side is Side.REPAIRED and not layout.content.known
        painter.setPen(colours.faint if unknown else colours.text)
        selections = []
        if state.selection.side is side:
            length = len(lines.text.source)
            span = state.selection.in_row(state.row, length)
            if span is not None:
                selections.append(lines.selection(*span, colours.selected))
                if span[0] == span[1] and state.selection.takes_line_end(state.row):
                    self._line_end(painter, lines.caret(length))
        lines.layout.draw(painter, QPointF(0, 0), selections)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.faint, 1))
        for box in lines.labels:
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)
        if state.caret and state.selection.side is side and state.selection.caret[0] == state.row:
            painter.fillRect(lines.caret(state.selection.caret[1]), colours.text)

    def _line_end(self, painter: QPainter, caret: QRectF) -> None:
        painter.fillRect(caret.adjusted(0, 0, self._metrics.em * 0.3, 0), self._colours.selected.background())


def _hit_boxes(layout: RowLayout, side: Side, hit: tuple[Side, int, int]) -> tuple[QRectF, ...]:
    """Return the rectangles of a hit; none if it is on the other side, or out of date, as it may be for a moment."""
    lines = layout.side(side)
    length = len(lines.text.source)
    return lines.boxes(hit[1], min(hit[2], length)) if hit[0] is side and hit[1] < length else ()
