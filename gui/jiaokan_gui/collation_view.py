"""The collation view: raw and repaired text side by side, with their changes, a caret and a selection."""

from __future__ import annotations

import html

from jiaokan.repair import Kind, OffsetMap
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from jiaokan_gui.caret import CaretMover, Motion, motion_of
from jiaokan_gui.changes import Change, place_of, repair_of
from jiaokan_gui.document import Document, Side
from jiaokan_gui.hits import Hit, Hits
from jiaokan_gui.kinds import describe
from jiaokan_gui.row_painter import Colours, RowPainter, RowState
from jiaokan_gui.rows_view import RowsView
from jiaokan_gui.selection import Place, Selection
from jiaokan_gui.shown_text import ShownText


class CollationView(RowsView):
    """Shows a document, raw and repaired."""

    selection_changed = Signal()
    current_changed = Signal()
    """Another change is the current one, or none."""
    hits_changed = Signal()
    """A search has found something else, or there is none."""

    def __init__(self, document: Document, points: float, parent: QWidget | None = None) -> None:
        """Show ``document`` in a font of ``points``."""
        super().__init__(document, points, parent)
        self._hidden: frozenset[Kind] = frozenset()
        self.selection = Selection()
        self._current: Change | None = None
        self._hits: Hits | None = None
        self._current_hit: Hit | None = None
        self._mover = CaretMover(lambda: len(self.document.rows), self._layouts.__getitem__)
        self._drag_timer = QTimer(self, interval=40)
        self._drag_timer.timeout.connect(self._drag_on)

    def _text_changed(self) -> None:
        if self.selection.end[0] >= len(self.document.rows):
            self.selection = Selection()
        self._set_current(None)
        super()._text_changed()

    def _script_changed(self) -> None:
        super()._script_changed()
        self._describe_row()

    @property
    def current(self) -> Change | None:
        """The change that was gone to or clicked last, unless the caret has been moved since."""
        return self._current

    def _set_current(self, change: Change | None) -> None:
        if change != self._current:
            self._current = change
            self.viewport().update()
            self.current_changed.emit()

    @property
    def hidden(self) -> frozenset[Kind]:
        """The kinds whose changes are not marked."""
        return self._hidden

    def set_hidden(self, kinds: frozenset[Kind]) -> None:
        """Do not mark changes of these kinds."""
        self._hidden = kinds
        self.viewport().update()
        self.laid_out.emit()

    @property
    def hits(self) -> Hits | None:
        """What a search has found and is marked."""
        return self._hits

    def set_hits(self, hits: Hits | None, current: Hit | None = None) -> None:
        """Mark what a search has found, ``current`` as the one that was gone to."""
        self._hits, self._current_hit = hits, current
        self.viewport().update()
        self.hits_changed.emit()

    def _hits_in(self, row: int) -> list[Hit]:
        """Return what is found in a row, as offsets within it: a match may begin in the row before."""
        if self._hits is None:
            return []
        found = self._hits.in_row(row)
        if row and self.document.rows.continues(row):
            for hit in self._hits.in_row(row - 1):
                beyond = hit.end - len(self.document.row(row - 1).text(hit.side))
                if beyond > 0:
                    found.append(Hit(row, hit.side, 0, beyond))
        return found

    def show_hit(self, hit: Hit) -> None:
        """Select what a search has found."""
        length = len(self.document.row(hit.row).text(hit.side))
        goes_on = hit.end > length and hit.row + 1 < len(self.document.rows)
        end = (hit.row + 1, hit.end - length) if goes_on else (hit.row, min(hit.end, length))
        self.select(Selection(hit.side, (hit.row, min(hit.start, length)), end))

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows within the area that needs it."""
        painter = QPainter(self.viewport())
        try:
            self._paint(painter, QRectF(event.rect()))
        finally:
            painter.end()  # a painter left open by an exception would spoil every later one

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        colours = Colours.of(self.palette(), active=self.hasFocus())
        rows = RowPainter(self._columns, self._metrics, colours, self._number_font)
        rows.ground(painter, area)
        first = last = self._scroller.row
        for row, y in self._scroller.visible():
            last = row
            layout = self._layouts[row]
            if y < area.bottom() + 1 and y + layout.height > area.top():
                rows.row(painter, y, layout, self._row_state(row))
        self.document.look(first, last)

    def _row_state(self, row: int) -> RowState:
        rows = self.document.rows
        below = row != self._scroller.row and rows.continues(row)
        number = "" if below else str(rows.paragraph(row) + 1)
        current = self._current[1] if self._current is not None and self._current[0] == row else None
        hits = tuple((hit.side, hit.start, hit.end) for hit in self._hits_in(row))
        hit = self._current_hit
        current_hit = (hit.side, hit.start, hit.end) if hit is not None and hit.row == row else None
        return RowState(row, number, self.selection, self.hasFocus(), current, self._hidden, hits, current_hit)

    # Selecting

    def place_at(self, point: QPointF, side: Side | None = None) -> tuple[Side, Place]:
        """Return the side and the place nearest to a point of the viewport; on ``side`` if it is given."""
        side = side or self._columns.side_at(point.x())
        row, top = self._scroller.row, -self._scroller.offset
        for visible, y in self._scroller.visible():
            row, top = visible, y
            if y + self._layouts[visible].height > point.y():
                break
        layout = self._layouts[row]
        return side, (row, layout.side(side).offset_at(self._within(point, side, top)))

    def _within(self, point: QPointF, side: Side, top: int) -> QPointF:
        return QPointF(point.x() - self._columns.left(side), point.y() - top - self._metrics.padding)

    def select(self, selection: Selection, *, reveal: bool = True) -> None:
        """Select something else, or put the caret elsewhere."""
        if selection != self.selection:
            before, self.selection = self.selection, selection
            if (selection.side, selection.caret[0]) != (before.side, before.caret[0]):
                self._describe_row()
            self._set_current(None)
            self.viewport().update()
            self.selection_changed.emit()
        if reveal:
            self._reveal_caret()

    def _describe_row(self) -> None:
        """Tell screen readers, which see nothing of what is drawn here, the row under the caret."""
        row = self.document.row(self.selection.caret[0])
        self.setAccessibleDescription(ShownText(row.text(self.selection.side)).shown)

    def select_all(self) -> None:
        """Select the whole side on which the caret stands."""
        side = self.selection.side
        last = len(self.document.rows) - 1
        end = (last, len(self.document.row(last).text(side)))
        self.select(Selection(side, (0, 0), end), reveal=False)

    def set_side(self, side: Side) -> None:
        """Put the caret on this side."""
        row = self.selection.caret[0]
        self.select(Selection(side, (row, 0), (row, 0)))

    def _reveal_caret(self) -> None:
        row, offset = self.selection.caret
        caret = self._layouts[row].side(self.selection.side).caret(offset)
        padding = self._metrics.padding
        before = (self._scroller.row, self._scroller.offset)
        moved = self._scroller.reveal(row, int(caret.top()), int(caret.bottom()) + 2 * padding)
        if moved:
            self._shifted(moved)
        elif before != (self._scroller.row, self._scroller.offset):
            self._refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret; with Shift extend the selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        side, place = self.place_at(event.position(), self.selection.side if extend else None)
        self.select(Selection(side, self.selection.anchor if extend else place, place), reveal=False)
        self._set_current(None if extend else self.change_at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position())
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside and not self._drag_timer.isActive():
                self._drag_timer.start()

    def _drag_to(self, point: QPointF) -> None:
        _, place = self.place_at(point, self.selection.side)
        self.select(self.selection.moved(place, extend=True), reveal=False)

    def _drag_on(self) -> None:
        """Scroll while the mouse is held outside."""
        point = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        height = self.viewport().height()
        beyond = point.y() if point.y() < 0 else max(0.0, point.y() - height)
        if not beyond:
            self._drag_timer.stop()
            return
        self.scroll_by(int(max(-4.0, min(4.0, beyond / 20)) * self._metrics.pitch) or (1 if beyond > 0 else -1))
        self._drag_to(QPointF(point.x(), max(0.0, min(point.y(), height - 1.0))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        event.accept()
        self._drag_timer.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        side, (row, offset) = self.place_at(event.position())
        lines = self._layouts[row].side(side)
        end = lines.next_offset(offset, forward=True, words=True)
        start = lines.next_offset(end, forward=False, words=True)
        self.select(Selection(side, (row, min(start, offset)), (row, end)), reveal=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret."""
        found = motion_of(event)
        if found is None:
            event.ignore()
            return
        motion, extend = found
        side, caret = self.selection.side, self.selection.caret
        if motion in (Motion.NEXT_PAGE, Motion.PREVIOUS_PAGE):
            self._page(1 if motion is Motion.NEXT_PAGE else -1, extend=extend)
        else:
            self.select(self.selection.moved(self._mover.moved(side, caret, motion), extend=extend))

    def _page(self, step: int, *, extend: bool) -> None:
        """Scroll by a page, the caret with it."""
        distance = max(self._metrics.pitch, self.viewport().height() - self._metrics.pitch)
        before = (self._scroller.row, self._scroller.offset)
        self.scroll_by(step * distance)
        stood_still = before == (self._scroller.row, self._scroller.offset)
        y = self.viewport().height() - 1.0 if stood_still and step > 0 else 1.0
        x = self._columns.left(self.selection.side)
        _, place = self.place_at(QPointF(x, y), self.selection.side)
        self.select(self.selection.moved(place, extend=extend), reveal=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Changes

    def show_change(self, change: Change) -> None:
        """Make a change the current one, frame it, and put the caret at it."""
        place = place_of(self.document, change, self.selection.side)
        self.select(Selection(self.selection.side, place, place))
        self._set_current(change)
        self._reveal_caret()

    def reveal_row(self, row: int) -> None:
        """Scroll to a row if nothing of it is on the screen. The caret stays."""
        if row < len(self.document.rows) and all(row != visible for visible, _ in self._scroller.visible()):
            self._scroller.reveal(row, 0, self._layouts[row].height)
            self._refresh()

    def top_offset(self) -> int:
        """Return the offset (code points of the raw text) at which the row at the top ends."""
        row = min(self._scroller.row, len(self.document.rows) - 1)
        start, end = self.document.rows.span(row)
        return max(start, end - 1)

    def raw_place(self) -> Place:
        """Return where in the raw text the caret stands, or what stands there came from."""
        row, offset = self.selection.caret
        if self.selection.side is Side.RAW:
            return row, offset
        return row, OffsetMap(self.document.row(row).repairs).to_raw(offset)

    def change_at(self, point: QPoint) -> Change | None:
        """Return the change that is marked at a point of the viewport, if there is one."""
        side = self._columns.side_at(point.x())
        for row, y in self._scroller.visible():
            if y <= point.y() < y + self._layouts[row].height:
                index = self._layouts[row].repair_at(side, self._within(QPointF(point), side, y))
                if index is None or self._layouts[row].content.repairs[index].kind in self._hidden:
                    return None
                return row, index
        return None

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the change under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            change = self.change_at(event.pos())
            repair = repair_of(self.document, change) if change is not None else None
            if repair is not None:
                # As rich text it is broken into lines; as plain text it would be as wide as the screen.
                text = f"<qt>{html.escape(describe(repair))}</qt>"
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
