"""The bytes of a repair as a table: what was meant over what was read, a column for each byte."""

from __future__ import annotations

from collections.abc import Iterable

from jiaokan.repair import Kind
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QFontDatabase, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from jiaokan_gui.byte_cells import Cells
from jiaokan_gui.copyable_table import CopyableTable
from jiaokan_gui.kinds import is_dark, wash_colour
from jiaokan_gui.shown_text import ShownText

_LEAST = 44  # pixels
_NONE = "·"  # where one side has no byte


class ByteTable(CopyableTable):
    """Shows the cells of one repair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Bytes, intended and read"))
        self._height = 0
        self.setRowCount(4)
        self.setVerticalHeaderLabels(
            [self.tr("Repaired"), self.tr("Bytes meant"), self.tr("Bytes read"), self.tr("Raw")]
        )
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(CopyableTable.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(CopyableTable.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._byte_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._fit_height()

    def _fit_height(self) -> None:
        """Want to be as high as the rows, and the scroll bar if one is needed."""
        height = 4 * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth()
        if self.horizontalHeader().length() + self.verticalHeader().width() > self.width():
            height += self.horizontalScrollBar().sizeHint().height()
        if height != self._height:
            self._height = height
            self.setMaximumHeight(height)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that the table wants."""
        return QSize(super().sizeHint().width(), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the scroll bar, or none."""
        super().resizeEvent(event)
        self._fit_height()

    def show_cells(self, cells: Cells | None, kind: Kind | None = None) -> None:
        """Show these cells, differences in the colour of ``kind``; or nothing."""
        self.clearSpans()
        self.clearContents()
        self.setColumnCount(len(cells.pairs) if cells is not None else 0)
        if cells is None or kind is None:
            return
        wash = QBrush(wash_colour(kind, dark=is_dark(self.palette())))
        for column, (intended, read) in enumerate(cells.pairs):
            for row, byte in ((1, intended), (2, read)):
                item = self.put(row, column, _NONE if byte is None else f"{byte:02X}")
                item.setFont(self._byte_font)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if intended != read:
                    item.setBackground(wash)
        self._put_characters(0, cells.intended, [pair[0] for pair in cells.pairs])
        self._put_characters(3, cells.read, [pair[1] for pair in cells.pairs])
        self.resizeColumnsToContents()
        self._fit_height()

    def _put_characters(self, row: int, characters: Iterable[tuple[str, int]], bytes_: list[int | None]) -> None:
        """Write each character over its bytes."""
        column = 0
        for text, length in characters:
            while column < len(bytes_) and bytes_[column] is None:
                column += 1
            first, left = column, length
            while column < len(bytes_) and left:
                left -= bytes_[column] is not None
                column += 1
            if column - first > 1:
                self.setSpan(row, first, 1, column - first)
            self.put(row, first, ShownText(text).shown.strip() or "␣").setTextAlignment(Qt.AlignmentFlag.AlignCenter)
