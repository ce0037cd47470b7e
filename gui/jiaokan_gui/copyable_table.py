"""A table of texts from which the reader can copy, read by screen readers cell by cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget


class CopyableTable(QTableWidget):
    """Qt's table, read-only; Ctrl+C copies the selected cells, tabs and line ends between them."""

    row_chosen = Signal(int)
    """The reader has double-clicked a row or pressed Enter there. (What "activates" a row differs by platform.)"""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; ``name`` is what screen readers call it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.itemDoubleClicked.connect(lambda item: self.row_chosen.emit(item.row()))
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def put(self, row: int, column: int, text: str) -> QTableWidgetItem:
        """Let a cell show a text, and return it."""
        item = QTableWidgetItem(text)
        self.setItem(row, column, item)
        return item

    @property
    def selected_text(self) -> str:
        """What is selected, as text."""
        cells = sorted((index.row(), index.column(), str(index.data() or "")) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, _, text in cells:
            lines.setdefault(row, []).append(text)
        return "\n".join("\t".join(line) for line in lines.values())

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+C and Ctrl+A from the window, which would mean the text."""
        keys = QKeySequence.StandardKey
        if isinstance(event, QKeyEvent) and (event.matches(keys.Copy) or event.matches(keys.SelectAll)):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.matches(keys.Copy) and self.selectedIndexes():
                QGuiApplication.clipboard().setText(self.selected_text)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose the current row, on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.row_chosen.emit(self.currentRow())
            return
        super().keyPressEvent(event)
