"""Rows in two columns that scroll: layout, scroll bar, size. What is drawn and selected is the subclass's.

A row is as high as the higher of its two sides, so that the sides cannot drift apart. Only rows on screen are laid
out; how far the rest reaches is estimated (:mod:`jiaokan_gui.heights`, :mod:`jiaokan_gui.scroller`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from jiaokan_gui.column_header import ColumnHeader
from jiaokan_gui.document import Document, Side
from jiaokan_gui.fonts import looks_traditional, shown_traditional, text_font
from jiaokan_gui.geometry import Columns, Metrics
from jiaokan_gui.heights import RowHeights
from jiaokan_gui.row_layout import RowLayout, RowLayouts
from jiaokan_gui.scroller import Scroller

_INDENT = 2  # em, as Chinese books have it

SMALLEST, LARGEST = 6.0, 48.0
"""Limits of the text's size, in points."""


class RowsView(QAbstractScrollArea):
    """Lays out and scrolls the rows of a document."""

    current_row_changed = Signal(int)
    """Another row is at the top."""
    zoom_requested = Signal(int)
    """The reader turned the wheel with Ctrl: by so many steps."""
    laid_out = Signal()
    """The rows' heights have changed, or what is on screen."""

    def __init__(self, document: Document, points: float, parent: QWidget | None = None) -> None:
        """Show ``document`` in a font of ``points``."""
        super().__init__(parent)
        self.document = document
        self._points = points
        self._indented = False
        self._headings: frozenset[int] = frozenset()
        self._layouts = RowLayouts(self._make_layout)
        self._mirroring = False
        self._mirrored = 0
        self._top_row = -1
        self._header = ColumnHeader(self)
        self._header.set_script(document.script)
        self._set_up_widget()
        self._set_font()
        self._scroller = self._new_scroller()
        self.verticalScrollBar().valueChanged.connect(self._bar_moved)
        document.text_changed.connect(self._text_changed)
        document.rows_changed.connect(self._rows_changed)
        document.script_changed.connect(self._script_changed)
        document.outline_changed.connect(self._outline_changed)

    def _set_up_widget(self) -> None:
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Raw and repaired text"))
        self.setViewportMargins(0, self._header.sizeHint().height(), 0, 0)

    # Layout

    def _set_font(self) -> None:
        traditional = looks_traditional(self.document.text)
        self._font = text_font(self._points, traditional=traditional)
        shown = shown_traditional(self.document.script, traditional=traditional)
        self._repaired_font = self._font if shown == traditional else text_font(self._points, traditional=shown)
        self._number_font = QFont(self.font())
        self._number_font.setPointSizeF(max(5.0, self._points * 0.7))
        self._metrics = Metrics.of(self._font)
        self._set_columns()

    def _set_columns(self) -> None:
        digit = QFontMetricsF(self._number_font).horizontalAdvance("0")
        paragraphs = len(self.document.rows) - len(self.document.rows.continuations)
        self._columns = Columns.of(self.viewport().width(), self._metrics, paragraphs, digit)
        self._header.set_columns(self._columns)

    def _new_scroller(self) -> Scroller:
        rows, metrics, width = self.document.rows, self._metrics, self._columns.text_width

        def estimate(row: int) -> int:
            start, end = rows.content_span(self.document.text, row)
            return metrics.estimate(end - start, width)

        def estimate_block(first: int, end: int) -> int:
            return metrics.estimate_block(rows.span(end - 1)[1] - rows.starts[first], end - first, width)

        heights = RowHeights(len(rows), estimate, estimate_block)
        return Scroller(heights, lambda row: self._layouts[row].height, self.viewport().height())

    def _make_layout(self, row: int) -> RowLayout:
        fonts = {side: self.text_font(side) for side in Side}
        content = self.document.row(row)
        indent = self._indent_of(row, content.shown) if self._indented else 0.0
        return RowLayout(content, fonts, self._metrics, self._columns.text_width, indent)

    # Indenting

    def set_indented(self, indented: bool) -> None:
        """Begin paragraphs of the repaired text two ideographic spaces from the edge, or where they begin."""
        if indented != self._indented:
            self._indented = indented
            self._headings = self._find_headings()
            self._lay_out_anew()

    def _indent_of(self, row: int, text: str) -> float:
        """Return what is missing (pixels) from the space before a paragraph; headings want none."""
        rest = text.lstrip()
        if not rest or self.document.rows.continues(row) or self.document.rows.starts[row] in self._headings:
            return 0.0
        space = QFontMetricsF(self._repaired_font).horizontalAdvance(text[: len(text) - len(rest)])
        return max(0.0, _INDENT * self._metrics.em - space)

    def _find_headings(self) -> frozenset[int]:
        """Return where headings start (code points of the raw text); none as long as nothing is indented."""
        return frozenset(heading.raw_start for heading in self.document.headings) if self._indented else frozenset()

    def _outline_changed(self) -> None:
        headings = self._find_headings()
        if headings != self._headings:
            self._headings = headings
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        """Lay everything out again, keeping what is at the top at the top."""
        old = self._scroller
        share = old.offset / old.height(old.row) if old.offset and old.row < len(self.document.rows) else 0.0
        row = min(old.row, len(self.document.rows) - 1)
        self._layouts.clear()
        self._set_columns()
        self._scroller = self._new_scroller()
        self._scroller.go(row)
        self._scroller.go(row, round(share * self._scroller.height(row)))
        self._refresh()

    def _text_changed(self) -> None:
        last = len(self.document.rows) - 1
        old_row = self._scroller.row
        self._layouts.clear()
        self._set_font()
        offset = self._scroller.offset
        self._scroller = self._new_scroller()
        self._scroller.go(min(old_row, last), offset)
        self._refresh()

    def _script_changed(self) -> None:
        self._header.set_script(self.document.script)
        self._set_font()
        self._lay_out_anew()

    def _rows_changed(self, first: int, end: int) -> None:
        if self._layouts.forget(first, end):
            self._scroller.keep_within()
            self._refresh()

    def _refresh(self) -> None:
        self.viewport().update()
        self._mirror()

    @property
    def scroller(self) -> Scroller:
        """Which rows are on screen."""
        return self._scroller

    def text_font(self, side: Side) -> QFont:
        """Return the font of the text on one side."""
        return self._font if side is Side.RAW else self._repaired_font

    @property
    def columns(self) -> Columns:
        """Where the columns are."""
        return self._columns

    @property
    def header(self) -> ColumnHeader:
        """The headings of the columns."""
        return self._header

    def row_layout(self, row: int) -> RowLayout:
        """Return the row laid out."""
        return self._layouts[row]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._header.setGeometry(0, 0, self.viewport().width(), self.viewportMargins().top())
        if event.oldSize().width() != event.size().width():
            self._lay_out_anew()
        self._scroller.page = self.viewport().height()
        self._scroller.keep_within()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette, the theme and the application's font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setViewportMargins(0, self._header.sizeHint().height(), 0, 0)
            self.viewport().update()

    def set_points(self, points: float) -> None:
        """Show the text in another size (points)."""
        points = max(SMALLEST, min(LARGEST, points))
        if points != self._points:
            self._points = points
            self._set_font()
            self._lay_out_anew()

    # Scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Do nothing: the scroll bar follows the text (Qt would draw the whole screen anew)."""

    def scroll_by(self, distance: int) -> None:
        """Scroll down by so many pixels."""
        moved = self._scroller.scroll(distance)
        if moved:
            self._shifted(moved)

    def _shifted(self, moved: int) -> None:
        if abs(moved) < self.viewport().height():
            self.viewport().scroll(0, -moved)
            # The numbers at the top stay where they are (RowPainter): not all of the gutter has moved.
            self.viewport().update(0, 0, round(self._columns.gutter), abs(moved) + 3 * self._metrics.pitch)
        else:
            self.viewport().update()
        self._mirror()

    def go_to_row(self, row: int) -> None:
        """Show the row at the top."""
        self._scroller.go(row)
        self._refresh()

    def go_to_position(self, position: int) -> None:
        """Show what is about so many pixels from the start."""
        self._scroller.go_to_position(max(0, position))
        self._refresh()

    def _bar_moved(self, value: int) -> None:
        if self._mirroring:
            return
        distance = value - self._mirrored
        if abs(distance) <= 2 * self.viewport().height() and not self.verticalScrollBar().isSliderDown():
            self.scroll_by(distance)
            self._mirror()
        else:
            self.go_to_position(value)

    def _mirror(self) -> None:
        """Let the scroll bar show where the text is."""
        bar, scroller = self.verticalScrollBar(), self._scroller
        self._mirroring = True
        bar.setSingleStep(self._metrics.pitch)
        bar.setPageStep(max(1, self.viewport().height() - self._metrics.pitch))
        if not bar.isSliderDown():
            bar.setRange(0, scroller.maximum)
            bar.setValue(scroller.position)
        self._mirrored = bar.value()
        self._mirroring = False
        if scroller.row != self._top_row:
            self._top_row = scroller.row
            self.current_row_changed.emit(scroller.row)
        self.laid_out.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl ask for another size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_requested.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
