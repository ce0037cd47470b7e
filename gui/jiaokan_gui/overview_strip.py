"""The strip beside the text that shows where in the whole document changes are; a click goes there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from jiaokan.repair import Kind
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.hits import Hit
from jiaokan_gui.kinds import hit_colours, is_dark, strong_colour
from jiaokan_gui.overview import OverviewMark, Spot, row_marks, spot_marks
from jiaokan_gui.repair_store import kind_of, rank_of

_WIDTH = 20
_HIT_LANE = (1, 4)  # left edge and width, pixels: what a search has found
_SLIGHT = (Kind.ANNOTATION, Kind.WIDTH)  # they are everywhere, and have a lane of their own, not to drown the others
_SLIGHT_LANE = (6, 5)
_GRAVE_LANE = (12, 6)
_LINE = 2  # pixels: one can be seen, but hardly its colour
_GRAVE_LINE = 3
_EXACT = 4096  # rows; where the rows of a longer document are is not asked one by one
_FEW = 1024  # rows; of so few every change is drawn where it stands in its row
_PARTS = 64  # of a row: changes in the same part are drawn as one
_DELAY = 150  # milliseconds between two looks at the whole

Part = tuple[float, float, int]
"""Where in its row a change starts and ends (from 0 to 1), and the rank of its kind."""


class OverviewStrip(QWidget):
    """Draws the overview of a collation view."""

    def __init__(self, view: CollationView, parent: QWidget | None = None) -> None:
        """Draw the overview of ``view``."""
        super().__init__(parent)
        self._view = view
        self._marks: list[OverviewMark] = []
        self._hit_lines: list[int] = []
        self._parts: dict[int, tuple[Part, ...]] = {}
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview of the changes"))
        self.setToolTip(self.tr("Where changes are in the whole document; click to go there"))
        view.document.rows_changed.connect(self._rows_changed)
        view.document.text_changed.connect(self._text_changed)
        view.laid_out.connect(self.update)
        view.hits_changed.connect(self._start)

    def sizeHint(self) -> QSize:
        """Return the size that the strip wants."""
        return QSize(_WIDTH, 100)

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _rows_changed(self, first: int, end: int) -> None:
        for row in [row for row in self._parts if first <= row < end]:
            del self._parts[row]
        self._start()

    def _text_changed(self) -> None:
        self._parts.clear()
        self._start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._start()

    def _lines(self) -> int:
        return max(1, (self.height() - self._top()) // _LINE)

    def _top(self) -> int:
        return self._view.viewport().y()

    def _look(self) -> None:
        few = len(self._view.document.rows) <= _FEW
        self._marks = spot_marks(self._spots(), self._lines()) if few else self._row_marks()
        self._hit_lines = sorted(self._find_hit_lines())
        self.update()

    def _total(self) -> int:
        return max(1, self._view.scroller.heights.total, self._view.viewport().height())

    def _row_marks(self) -> list[OverviewMark]:
        return row_marks(self._view.document.repairs.marks, self._lines(), self._row_at)

    def _row_at(self, line: int) -> int:
        """Return the first row of a line."""
        heights, lines, count = self._view.scroller.heights, self._lines(), len(self._view.document.rows)
        position = line * self._total() // lines
        if line == lines or position >= heights.total:
            return count
        return heights.at(position)[0] if count <= _EXACT else heights.near(position)

    def _find_hit_lines(self) -> set[int]:
        """Return the lines on which a search has found something."""
        hits, lines = self._view.hits, self._lines()
        if hits is None or not len(hits):
            return set()
        if len(hits) <= _FEW:
            return {self._line_of(hits[number]) for number in range(len(hits))}
        ends = [bisect_left(hits.rows, self._row_at(line)) for line in range(lines + 1)]
        return {line for line in range(lines) if ends[line] < ends[line + 1]}

    def _line_of(self, hit: Hit) -> int:
        """Return the line on which a hit stands."""
        document, heights = self._view.document, self._view.scroller.heights
        top = heights.top(hit.row)
        # The length of the raw text will do: unpacking the repairs of a thousand rows takes too long.
        start, end = document.rows.span(hit.row)
        share = min(1.0, hit.start / max(1, end - start))
        position = top + share * (heights.top(hit.row + 1) - top)
        return min(int(position / self._total() * self._lines()), self._lines() - 1)

    def _spots(self) -> Iterator[Spot]:
        document, heights, total = self._view.document, self._view.scroller.heights, self._total()
        row = document.repairs.next_marked(0)
        while row is not None:
            top = heights.top(row)
            height = heights.top(row + 1) - top
            if row not in self._parts:
                self._parts[row] = tuple(self._find_parts(row))
            for start, end, rank in self._parts[row]:
                yield (top + start * height) / total, (top + end * height) / total, rank
            row = document.repairs.next_marked(row + 1)

    def _find_parts(self, row: int) -> set[Part]:
        document = self._view.document
        start, end = document.rows.content_span(document.text, row)
        length = max(1, end - start)
        found = set[Part]()
        for repair in document.repairs.repairs(row):
            first, last = (min(place * _PARTS // length, _PARTS - 1) for place in (repair.start, repair.end))
            found.add((first / _PARTS, last / _PARTS, rank_of([repair])))
        return found

    @property
    def marks(self) -> list[OverviewMark]:
        """The marks as they were last drawn."""
        return self._marks

    @property
    def hit_lines(self) -> list[int]:
        """The lines on which a search has found something, as they were last drawn."""
        return self._hit_lines

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks and the part that is on screen."""
        painter = QPainter(self)
        palette = self.palette()
        dark = is_dark(palette)
        painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Window))
        top = self._top()
        for mark in self._marks:
            kind = kind_of(mark.rank)
            if kind in self._view.hidden:
                continue
            (left, width), height = (_SLIGHT_LANE, _LINE) if kind in _SLIGHT else (_GRAVE_LANE, _GRAVE_LINE)
            colour = strong_colour(kind, dark=dark)
            colour.setAlphaF(0.3 + 0.4 * mark.weight if kind in _SLIGHT else 0.5 + 0.5 * mark.weight)
            painter.fillRect(QRectF(left, top + mark.line * _LINE, width, height), colour)
        _, hit = hit_colours(dark=dark)
        for line in self._hit_lines:
            painter.fillRect(QRectF(_HIT_LANE[0], top + line * _LINE, _HIT_LANE[1], _LINE), hit)
        scroller = self._view.scroller
        total = max(1, scroller.heights.total, scroller.page)
        space = self.height() - top
        here = QRectF(
            0.5, top + scroller.position / total * space, self.width() - 1, max(6.0, scroller.page / total * space)
        )
        shade = QColor(palette.color(QPalette.ColorRole.WindowText))
        shade.setAlpha(28)
        painter.fillRect(here, shade)
        shade.setAlpha(90)
        painter.setPen(shade)
        painter.drawRect(here.adjusted(0, 0, 0, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def _go(self, y: float) -> None:
        scroller = self._view.scroller
        space = max(1, self.height() - self._top())
        share = (y - self._top()) / space
        self._view.go_to_position(int(share * max(scroller.heights.total, scroller.page)) - scroller.page // 2)
