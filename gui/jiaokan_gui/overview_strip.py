"""The strip beside the text that shows where in the whole document changes are; a click goes there."""

from __future__ import annotations

from collections.abc import Iterator

from jiaokan.repair import Kind
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.kinds import is_dark, strong_colour
from jiaokan_gui.overview import OverviewMark, Spot, row_marks, spot_marks
from jiaokan_gui.repair_store import kind_of, rank_of

_WIDTH = 16
_SLIGHT = (Kind.ANNOTATION, Kind.WIDTH)  # they are everywhere, and have a lane of their own, not to drown the others
_SLIGHT_LANE = (2, 5)  # left edge and width, pixels
_GRAVE_LANE = (8, 6)
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
        self.update()

    def _total(self) -> int:
        return max(1, self._view.scroller.heights.total, self._view.viewport().height())

    def _row_marks(self) -> list[OverviewMark]:
        document, heights = self._view.document, self._view.scroller.heights
        lines, total, count = self._lines(), self._total(), len(document.rows)

        def row_at(line: int) -> int:
            position = line * total // lines
            if line == lines or position >= heights.total:
                return count
            return heights.at(position)[0] if count <= _EXACT else heights.near(position)

        return row_marks(document.repairs.marks, lines, row_at)

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
