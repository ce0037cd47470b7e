"""The headings over the two columns of the collation view."""

from __future__ import annotations

from jiaokan.script import Script
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from jiaokan_gui.contrast import faint
from jiaokan_gui.document import Side
from jiaokan_gui.geometry import Columns
from jiaokan_gui.scripts import script_name


class ColumnHeader(QWidget):
    """Shows what each column is, and a note beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without columns; see :meth:`set_columns`."""
        super().__init__(parent)
        self._columns: Columns | None = None
        self._notes = {Side.RAW: "", Side.REPAIRED: ""}
        self._script = Script.AS_IS
        self.setAccessibleName(self.tr("Column headings"))

    def set_columns(self, columns: Columns) -> None:
        """Stand over these columns."""
        self._columns = columns
        self.update()

    def set_note(self, side: Side, note: str) -> None:
        """Show a note beside a column's name."""
        self._notes[side] = note
        self._changed()

    def set_script(self, script: Script) -> None:
        """Say that the repaired text is shown in this script, so that nobody takes it for the repair."""
        self._script = script
        self._changed()

    def _changed(self) -> None:
        self.setAccessibleDescription("; ".join(f"{self.name(side)}: {self._notes[side]}" for side in Side))
        self.update()

    def name(self, side: Side) -> str:
        """Return the name of a column."""
        if side is Side.RAW:
            return self.tr("Raw")
        return " · ".join(filter(None, (self.tr("Repaired"), script_name(self._script))))

    def sizeHint(self) -> QSize:
        """Return the size that the headings want."""
        return QSize(200, round(self.fontMetrics().height() * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the headings."""
        painter = QPainter(self)
        role = QPalette.ColorRole
        painter.fillRect(event.rect(), self.palette().color(role.Window))
        painter.setPen(self.palette().color(role.Mid))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self._columns is None:
            return
        bold = QFont(self.font())
        bold.setBold(True)
        for side in Side:
            area = QRectF(self._columns.left(side), 0, self._columns.text_width, self.height())
            painter.setFont(bold)
            painter.setPen(self.palette().color(role.WindowText))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(area, flags, self.name(side))
            left = painter.fontMetrics().horizontalAdvance(self.name(side)) + painter.fontMetrics().height()
            painter.setFont(self.font())
            painter.setPen(faint(self.palette().color(role.WindowText), self.palette().color(role.Window)))
            rest = area.adjusted(left, 0, 0, 0)
            note = painter.fontMetrics().elidedText(
                self._notes[side], Qt.TextElideMode.ElideRight, max(0, int(rest.width()))
            )
            painter.drawText(rest, flags, note)
