"""The panel that lists all changes: narrowed, sorted, and what is selected is shown in the text."""

from __future__ import annotations

from itertools import chain, islice

from jiaokan.judgement import Place
from jiaokan.repair import Certainty, Kind
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jiaokan_gui.change_model import AnyIndex, ChangeModel, Column, Filter
from jiaokan_gui.document import Document
from jiaokan_gui.kinds import certainty_name, kind_name
from jiaokan_gui.list_table import ListTable
from jiaokan_gui.repair_store import by_gravity
from jiaokan_gui.swatches import SIZE, swatch

_DELAY = 150  # milliseconds without a key, and the text is what the reader looks for
_WIDTHS: dict[int, int] = {Column.PARAGRAPH: 54, Column.KIND: 110, Column.CERTAINTY: 74, Column.DECISION: 58}
_LEAST = 54  # pixels of a column with text, and of a filter


class _PicturedModel(ChangeModel):
    """The table with the colour of each kind beside its name."""

    pictures: dict[Kind, QIcon]

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.pictures = {}

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.KIND:
            return self.pictures.get(super().data(index, Qt.ItemDataRole.UserRole))
        return super().data(index, role)


class ChangesDock(QDockWidget):
    """Lists the changes of a document."""

    change_chosen = Signal(object)
    """The reader has gone to a change in the list (a place)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a document."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changes"))
        self.setObjectName("changes")
        self.model = _PicturedModel(self)
        self._following = False
        self.text = QLineEdit(clearButtonEnabled=True, placeholderText=self.tr("Filter by text"))
        self.text.setMinimumWidth(_LEAST)
        self.text.setAccessibleName(self.tr("Filter by text"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Filter by kind"))
        self.kind.setIconSize(SIZE)
        _make_narrow(self.kind)
        self.kind.addItem(self.tr("All kinds"), None)
        for kind in by_gravity():
            self.kind.addItem(kind_name(kind), kind)
        self.certainty = QComboBox()
        self.certainty.setAccessibleName(self.tr("Filter by certainty"))
        _make_narrow(self.certainty)
        self.certainty.addItem(self.tr("All certainties"), None)
        for certainty in Certainty:
            self.certainty.addItem(certainty_name(certainty), certainty)
        self.number = QLabel()
        self.number.setAccessibleName(self.tr("Changes in the list"))
        self.table = self._table()
        self._lay_out()
        self._draw_pictures()
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._narrow)
        self.text.textChanged.connect(self._timer.start)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.certainty.currentIndexChanged.connect(self._narrow)
        self.model.rowsInserted.connect(self._count)
        self.model.modelReset.connect(self._count)
        self._count()

    def _table(self) -> ListTable:
        table = ListTable(self.model, self.tr("Changes"), _WIDTHS)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setIconSize(SIZE)
        header = table.horizontalHeader()
        header.setMinimumSectionSize(_LEAST)
        for column in (Column.BEFORE, Column.AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(Column.PARAGRAPH, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        # Drawn with the table's own, the header would ask of every row whether it is selected: seconds, if all are.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        table.selectionModel().currentRowChanged.connect(self._current_changed)
        return table

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.kind)
        line.addWidget(self.certainty)
        line.addWidget(self.number)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self.setWidget(content)

    def set_document(self, document: Document | None) -> None:
        """List the changes of another document, or of none."""
        self.model.set_document(document)

    # Narrowing

    def _narrow(self) -> None:
        kind, certainty = self.kind.currentData(), self.certainty.currentData()
        self.model.set_filter(
            Filter(
                frozenset(Kind) if kind is None else frozenset({Kind(kind)}),
                frozenset(Certainty) if certainty is None else frozenset({Certainty(certainty)}),
                self.text.text(),
            )
        )

    def _count(self) -> None:
        number = self.model.rowCount()
        words = self.tr("{number} changes") if number != 1 else self.tr("{number} change")
        self.number.setText(words.format(number=f"{number:,}"))

    # Selecting

    def _selected_ranges(self) -> list[range]:
        """Return the selected rows of the list, in order. Qt's own list of them takes seconds, if they are many."""
        ranges = {(found.top(), found.bottom() + 1) for found in self.table.selectionModel().selection().toList()}
        return [range(*ends) for ends in sorted(ranges)]

    @property
    def is_all_selected(self) -> bool:
        """Whether every change in the list is selected, and there are several."""
        ranges = self._selected_ranges()
        return self.model.rowCount() > 1 and len(ranges) == 1 and len(ranges[0]) == self.model.rowCount()

    def selected(self, most: int | None = None) -> list[Place]:
        """Return the changes that are selected, in the order of the list; only the first ``most``."""
        return self.model.changes(islice(chain.from_iterable(self._selected_ranges()), most))

    def follow(self, change: Place | None) -> None:
        """Select the change that is the current one in the text, if it is in the list."""
        if change is None or not self.isVisible() or self.model.change(self.table.currentIndex().row()) == change:
            return
        row = self.model.row_of(change)
        self._following = True
        if row is None:
            self.table.clearSelection()
        else:
            self.table.setCurrentIndex(self.model.index(row, Column.PARAGRAPH))
        self._following = False

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        change = self.model.change(current.row())
        if change is not None and not self._following:
            self.change_chosen.emit(change)

    # Look

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "table"):
            self._draw_pictures()

    def _draw_pictures(self) -> None:
        for kind in Kind:
            self.model.pictures[kind] = swatch(kind, self.palette(), self.devicePixelRatioF())
        for row in range(1, self.kind.count()):
            self.kind.setItemIcon(row, self.model.pictures[Kind(self.kind.itemData(row))])
        self.table.viewport().update()


def _make_narrow(box: QComboBox) -> None:
    """Let a box be narrower than its longest entry; the list that it opens is as wide as need be."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    box.setMinimumWidth(_LEAST)
