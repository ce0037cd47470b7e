"""What a search through several documents has found, as a Qt table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiaokan_gui.document import Document, Side
from jiaokan_gui.hits import Hit
from jiaokan_gui.shown_text import ShownText

AnyIndex = QModelIndex | QPersistentModelIndex

_BEFORE, _AFTER = 24, 60  # code points shown before and after the beginning of a hit


def _tr(text: str) -> str:
    return QCoreApplication.translate("results_model", text)


class ResultColumn(IntEnum):
    """The columns of the table."""

    DOCUMENT = 0
    PARAGRAPH = 1
    SIDE = 2
    TEXT = 3


class Result(NamedTuple):
    """A place in a document."""

    document: Document
    hit: Hit


class ResultsModel(QAbstractTableModel):
    """Places in the order in which they were found. The words around them are those that stand there now."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._results: list[Result] = []

    def clear(self) -> None:
        """Have none."""
        self.beginResetModel()
        self._results = []
        self.endResetModel()

    def add(self, results: Sequence[Result]) -> None:
        """Take more places."""
        if results:
            count = len(self._results)
            self.beginInsertRows(QModelIndex(), count, count + len(results) - 1)
            self._results.extend(results)
            self.endInsertRows()

    def drop(self, document: Document) -> None:
        """Forget the places in a document, which is closed or read again."""
        if any(result.document is document for result in self._results):
            self.beginResetModel()
            self._results = [result for result in self._results if result.document is not document]
            self.endResetModel()

    def result(self, row: int) -> Result | None:
        """Return the place in a row of the table."""
        return self._results[row] if 0 <= row < len(self._results) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._results)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(ResultColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = {
            ResultColumn.DOCUMENT: _tr("Document"),
            ResultColumn.PARAGRAPH: _tr("Paragraph"),
            ResultColumn.SIDE: _tr("Column"),
            ResultColumn.TEXT: _tr("Text"),
        }
        return names[ResultColumn(section)]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        result = self.result(index.row())
        if result is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        document, hit = result
        column = ResultColumn(index.column())
        if column is ResultColumn.DOCUMENT:
            return str(document.path) if role == Qt.ItemDataRole.ToolTipRole else document.path.name
        if column is ResultColumn.PARAGRAPH:
            return f"{document.rows.paragraph(hit.row) + 1:,}"
        if column is ResultColumn.SIDE:
            return _tr("Raw") if hit.side is Side.RAW else _tr("Repaired")
        return _around(document, hit)


def _around(document: Document, hit: Hit) -> str:
    """Return the words around a place, what is found in brackets that no text has."""
    if hit.row >= len(document.rows):
        return ""
    text = document.row(hit.row).text(hit.side)
    start, end = max(0, hit.start - _BEFORE), max(hit.end, hit.start + _AFTER)
    found = f"{text[start : hit.start]}⟦{text[hit.start : hit.end]}⟧{text[hit.end : end]}"
    return ("…" if start else "") + ShownText(found).shown.strip() + ("…" if end < len(text) else "")
