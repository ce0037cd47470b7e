"""The dock with the outline: a filter box and a tree; a click or Enter goes to the heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiaokan.script import Script
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDockWidget, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from jiaokan_gui.fonts import looks_traditional, text_font
from jiaokan_gui.outline_model import OutlineModel

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_EXPANDED = 3000  # headings; opening more of them would take the tree longer than the reader likes to wait
_SAMPLE = 200  # headings that tell the script
_DELAY = 120  # milliseconds from the last key to the filtering


class OutlineDock(QDockWidget):
    """Shows the outline of the current document."""

    heading_chosen = Signal(object)
    """The reader wants to go to this :class:`~jiaokan.outline.Heading`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Outline"))
        self.setObjectName("outline")
        self.model = OutlineModel(self)
        self.filter = QLineEdit(placeholderText=self.tr("Filter headings"), clearButtonEnabled=True)
        self.filter.setAccessibleName(self.tr("Filter headings"))
        self.filter.installEventFilter(self)
        self.tree = QTreeView(headerHidden=True, uniformRowHeights=True)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Outline"))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setFrameShape(QTreeView.Shape.NoFrame)
        self.tree.setIndentation(14)
        self.empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.empty.setEnabled(False)
        self._lay_out()
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self.apply_filter)
        self.filter.textChanged.connect(lambda: self._timer.start())
        self.tree.clicked.connect(self._choose)
        self.tree.activated.connect(self._choose)
        self._offset = 0
        self._growing = False
        self._show_emptiness()

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.empty, 1)
        self.setWidget(content)

    def set_headings(self, headings: Sequence[Heading], script: Script = Script.AS_IS) -> None:
        """Show these headings, in a script."""
        self.model.set_headings(headings, script)
        titles = "".join(self.model.title(heading) for heading in headings[:_SAMPLE])
        self.tree.setFont(text_font(self.font().pointSizeF(), traditional=looks_traditional(titles)))
        self._show_anew()

    def set_growing(self, growing: bool) -> None:
        """Say whether more headings may come."""
        self._growing = growing
        self._show_emptiness()

    def apply_filter(self) -> None:
        """Narrow the outline to what the filter box says."""
        self._timer.stop()
        self.model.set_filter(self.filter.text())
        self._show_anew()

    def _show_anew(self) -> None:
        if len(self.model) <= _EXPANDED:
            self.tree.expandAll()
        self._show_emptiness()
        self.follow(self._offset)

    def _show_emptiness(self) -> None:
        empty = len(self.model) == 0
        if self.filter.text().strip():
            self.empty.setText(self.tr("No heading contains this"))
        else:
            self.empty.setText(self.tr("No headings yet") if self._growing else self.tr("No headings"))
        self.empty.setVisible(empty)
        self.tree.setVisible(not empty)

    def follow(self, raw_offset: int) -> None:
        """Mark the heading under which the offset (code points of the raw text) stands."""
        self._offset = raw_offset
        index = self.model.index_for_offset(raw_offset)
        if index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)
            if index.isValid():
                self.tree.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        heading = self.model.heading(index)
        if heading is not None:
            self.heading_chosen.emit(heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go from the filter box to the tree, Enter choose and Escape clear."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.tree.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.apply_filter()
                self._choose(self._first_match())
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def _first_match(self) -> QModelIndex:
        text, index = self.filter.text().strip().casefold(), self.model.index(0, 0)
        while index.isValid():
            heading = self.model.heading(index)
            if heading is not None and text in self.model.title(heading).casefold():
                return index
            index = self.tree.indexBelow(index)
        return index
