"""The panel that lists what is found in all tabs: a click or Enter goes there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jiaokan_gui.document import Document
from jiaokan_gui.list_table import ListTable
from jiaokan_gui.results_model import Result, ResultColumn, ResultsModel
from jiaokan_gui.search import row_hits
from jiaokan_gui.search_pattern import Pattern, TooSlow
from jiaokan_gui.slices import Slices

MOST = 10_000
"""So many places are listed; nobody reads more."""

_PIECE = 64  # rows between two looks at the clock, fewer if an expression is searched for
_WIDTHS: dict[int, int] = {ResultColumn.DOCUMENT: 170, ResultColumn.PARAGRAPH: 80, ResultColumn.SIDE: 80}


class ResultsDock(QDockWidget):
    """Searches documents in slices and lists what is found."""

    result_chosen = Signal(object)
    """The reader wants to go to this :class:`~jiaokan_gui.results_model.Result`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Found"))
        self.setObjectName("found")
        self.model = ResultsModel(self)
        self.told = QLabel(self.tr("Find something with Ctrl+F, then “All Tabs”"))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setVisible(False)
        self.table = self._table()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.told, 1)
        line.addWidget(self.stop)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self.setWidget(content)
        self._slices = Slices(self)
        self._slices.finished.connect(self._ended)
        self._words = ""
        self._slow: list[str] = []
        self.stop.clicked.connect(self.cancel)

    def _table(self) -> ListTable:
        table = ListTable(self.model, self.tr("Found in all tabs"), _WIDTHS)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setStretchLastSection(True)
        table.clicked.connect(self._choose)
        table.activated.connect(self._choose)
        return table

    @property
    def is_busy(self) -> bool:
        """Whether the search is going on."""
        return self._slices.is_busy

    def search(self, pattern: Pattern, documents: Sequence[Document]) -> None:
        """List where ``pattern`` stands in the documents."""
        self.model.clear()
        self._words, self._slow = pattern.query.text, []
        self.stop.setVisible(True)
        self._slices.start(self._work(pattern, deque(documents)))

    def cancel(self) -> None:
        """Search no further; what is found stays in the list."""
        if self._slices.is_busy:
            self._slices.stop()
            self._ended()

    def forget(self, document: Document) -> None:
        """Take a document off the list that is closed or read again."""
        self.cancel()
        self.model.drop(document)

    def _work(self, pattern: Pattern, documents: deque[Document]) -> Iterator[None]:
        step = 1 if pattern.query.regular else _PIECE
        while documents and self.model.rowCount() < MOST:
            document = documents.popleft()
            try:
                for first in range(0, len(document.rows), step):
                    self._add(document, pattern, range(first, min(first + step, len(document.rows))))
                    if self.model.rowCount() >= MOST:
                        break
                    yield
            except TooSlow:
                self._slow.append(document.path.name)
            self._tell()

    def _add(self, document: Document, pattern: Pattern, rows: range) -> None:
        results = [Result(document, hit) for row in rows for hit in row_hits(document, pattern, row)]
        if results:
            self.model.add(results[: MOST - self.model.rowCount()])
            self._tell()

    def _ended(self) -> None:
        self.stop.setVisible(False)
        self._tell()

    def _tell(self) -> None:
        number = self.model.rowCount()
        count = f"{number:,}" + ("+" if number >= MOST else "")
        words = self.tr("“{words}”: {count} found").format(words=self._words, count=count)
        if self._slow:
            names = ", ".join(self._slow)
            words += self.tr("; the expression takes too long in {names}").format(names=names)
        self.told.setText(words)

    def _choose(self, index: QModelIndex) -> None:
        result = self.model.result(index.row())
        if result is not None:
            self.result_chosen.emit(result)
