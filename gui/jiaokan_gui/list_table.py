"""A table that is a list: rows are selected, not cells; its headings sort or say what the columns are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class ListTable(QTableView):
    """Shows a model."""

    def __init__(
        self, model: QAbstractItemModel, name: str, widths: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        """Show ``model``; ``name`` is what screen readers call it, ``widths`` (pixels) those of some columns."""
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setMinimumHeight(60)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+A and Ctrl+C from the window, which would mean the text."""
        keys = QKeySequence.StandardKey
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            multiple = self.selectionMode() != QAbstractItemView.SelectionMode.SingleSelection
            if event.matches(keys.Copy) or (event.matches(keys.SelectAll) and multiple):
                event.accept()
                return True
        return super().event(event)
