"""The strip beside the text that shows where in the whole document changes are; a click goes there."""

from __future__ import annotations

from jiaokan.repair import Kind
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.kinds import is_dark, strong_colour
from jiaokan_gui.overview import OverviewMark, overview_marks
from jiaokan_gui.repair_store import kind_of

_WIDTH = 14
_SLIGHT = (Kind.ANNOTATION, Kind.WIDTH)  # they are everywhere, and should not drown the others
_LINE = 2  # pixels: one can be seen, but hardly its colour
_EXACT = 4096  # rows; where the rows of a longer document are is not asked one by one
_DELAY = 150  # milliseconds between two looks at the whole


class OverviewStrip(QWidget):
    """Draws the overview of a collation view."""

    def __init__(self, view: CollationView, parent: QWidget | None = None) -> None:
        """Draw the overview of ``view``."""
        super().__init__(parent)
        self._view = view
        self._marks: list[OverviewMark] = []
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview of the changes"))
        self.setToolTip(self.tr("Where changes are in the whole document; click to go there"))
        view.document.rows_changed.connect(self._start)
        view.document.text_changed.connect(self._start)
        view.laid_out.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size that the strip wants."""
        return QSize(_WIDTH, 100)

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._start()

    def _lines(self) -> int:
        return max(1, (self.height() - self._top()) // _LINE)

    def _top(self) -> int:
        return self._view.viewport().y()

    def _look(self) -> None:
        document, heights = self._view.document, self._view.scroller.heights
        lines, total, count = self._lines(), heights.total, len(document.rows)
        if heights.total < self._view.viewport().height():
            total = self._view.viewport().height()

        def row_at(line: int) -> int:
            position = line * total // lines
            if line == lines or position >= heights.total:
                return count
            return heights.at(position)[0] if count <= _EXACT else heights.near(position)

        self._marks = overview_marks(document.repairs.marks, lines, row_at)
        self.update()

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
            colour = strong_colour(kind_of(mark.rank), dark=dark)
            strength = 0.4 if kind_of(mark.rank) in _SLIGHT else 1.0
            colour.setAlphaF((0.35 + 0.65 * mark.weight) * strength)
            painter.fillRect(QRectF(3, top + mark.line * _LINE, self.width() - 6, _LINE), colour)
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
