"""The repairs of a document as a Qt table: narrowed, sorted, growing while the work goes on.

There may be millions. A row of the table is the number of a repair (:mod:`jiaokan_gui.repair_index`); what is wanted
and in which order is decided about the variants, of which there are few, and carried over to the repairs in slices
between which the window does its other work.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress
from typing import Any

from jiaokan.judgement import Place, Ruling, Variant, Verdict
from jiaokan.repair import Certainty, Kind
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from jiaokan_gui.document import Document
from jiaokan_gui.kinds import certainty_name, kind_name, kind_noun
from jiaokan_gui.repair_store import by_gravity
from jiaokan_gui.shown_text import ShownText
from jiaokan_gui.slices import Slices
from jiaokan_gui.tally import applies

AnyIndex = QModelIndex | QPersistentModelIndex

_LONGEST = 60  # code points of a text in a cell
_SLICE = 5_000  # repairs between two looks at the clock
_GRAVITY = {kind: rank for rank, kind in enumerate(by_gravity())}
_SURENESS = {certainty: rank for rank, certainty in enumerate(Certainty)}


class Column(IntEnum):
    """The columns of the table."""

    PARAGRAPH = 0
    KIND = 1
    BEFORE = 2
    AFTER = 3
    CERTAINTY = 4
    DECISION = 5


@dataclass(frozen=True)
class Filter:
    """Which repairs are wanted: of these kinds, of these certainties, with this text on either side."""

    kinds: frozenset[Kind] = frozenset(Kind)
    certainties: frozenset[Certainty] = frozenset(Certainty)
    text: str = ""

    def takes(self, variant: Variant) -> bool:
        """Return whether repairs like ``variant`` are wanted."""
        if variant.kind not in self.kinds or variant.certainty not in self.certainties:
            return False
        folded = self.text.casefold()
        return not folded or folded in variant.before.casefold() or folded in variant.after.casefold()

    @property
    def takes_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Filter()


def _tr(text: str) -> str:
    return QCoreApplication.translate("change_model", text)


_SORT_KEYS: dict[Column, Callable[[Variant], Any]] = {
    Column.KIND: lambda variant: (_GRAVITY[variant.kind], _SURENESS[variant.certainty]),
    Column.BEFORE: lambda variant: (variant.before, variant.after),
    Column.AFTER: lambda variant: (variant.after, variant.before),
    Column.CERTAINTY: lambda variant: (_SURENESS[variant.certainty], _GRAVITY[variant.kind]),
}


class ChangeModel(QAbstractTableModel):
    """The repairs of a document that a filter takes, in an order."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a document."""
        super().__init__(parent)
        self._document: Document | None = None
        self._filter = Filter()
        self._column, self._descending = Column.PARAGRAPH, False
        self._numbers: Sequence[int] = array("I")
        self._seen = 0
        self._taken = bytearray()
        self._slices = Slices(self)

    # What is shown

    def set_document(self, document: Document | None) -> None:
        """Show the repairs of another document, or none."""
        if self._document is not None:
            self._document.judged.disconnect(self._judged)
            self._document.counts_changed.disconnect(self._grow)
            self._document.text_changed.disconnect(self._start)
        self._document = document
        if document is not None:
            document.judged.connect(self._judged)
            document.counts_changed.connect(self._grow)
            document.text_changed.connect(self._start)
        self._start()

    @property
    def filter(self) -> Filter:
        """What is wanted."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """Show what this filter takes."""
        if wanted != self._filter:
            self._filter = wanted
            self._start()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """See Qt. What is decided is no order; sorting by it is sorting by paragraph."""
        self._column = Column(column) if column in _SORT_KEYS else Column.PARAGRAPH
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._start()

    @property
    def is_busy(self) -> bool:
        """Whether the table is still being put together."""
        return self._slices.is_busy

    def _start(self) -> None:
        """Put the table together anew, from all repairs that are known."""
        self._slices.stop()
        self.beginResetModel()
        self._numbers, self._seen, self._taken = array("I"), 0, bytearray()
        self.endResetModel()
        self._grow()

    def _grow(self) -> None:
        if self._document is not None and not self._slices.is_busy and self._seen < len(self._document.index):
            self._slices.start(self._growing() if self._is_natural else self._sorting())

    @property
    def _is_natural(self) -> bool:
        return self._column is Column.PARAGRAPH and not self._descending

    def _growing(self) -> Iterator[None]:
        """Add the repairs that are new at the end, in the order of the text."""
        document = self._document
        while document is not None and self._seen < len(document.index):
            found = self._take(document)
            if found:
                count = len(self._numbers)
                self.beginInsertRows(QModelIndex(), count, count + len(found) - 1)
                self._numbers = self._numbers if isinstance(self._numbers, array) else array("I", self._numbers)
                self._numbers.extend(found)
                self.endInsertRows()
            yield

    def _sorting(self) -> Iterator[None]:
        """Sort all repairs that are known: those of each variant stay in the order of the text."""
        document = self._document
        if document is None:
            return
        self._seen, self._taken = 0, bytearray()
        by_variant: dict[int, array[int]] = {}
        while self._seen < len(document.index):
            for number in self._take(document):
                by_variant.setdefault(document.index.variant_numbers[number], array("I")).append(number)
            yield
        numbers = array("I")
        for variant in self._in_order(list(by_variant), document):
            numbers.extend(by_variant[variant])
        if self._descending:
            numbers.reverse()
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def _in_order(self, variants: list[int], document: Document) -> list[int]:
        key = _SORT_KEYS.get(self._column)
        return variants if key is None else sorted(variants, key=lambda number: key(document.index.variants[number]))

    def _take(self, document: Document) -> list[int]:
        """Return those of the next repairs that are wanted."""
        index, first = document.index, self._seen
        self._seen = min(len(index), first + _SLICE)
        variants = index.variant_numbers[first : self._seen]
        # Variants are numbered as they come up, so that few of them are new here.
        known = max(variants, default=-1) + 1
        self._taken.extend(self._filter.takes(variant) for variant in index.variants[len(self._taken) : known])
        wanted = map(self._taken.__getitem__, variants)
        return list(compress(range(first, self._seen), wanted))

    def _judged(self, _rows: object) -> None:
        last = len(self._numbers) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, Column.AFTER), self.index(last, Column.DECISION))

    # Repairs by row

    def change(self, row: int) -> Place | None:
        """Return where the repair in a row of the table is."""
        if self._document is None or not 0 <= row < len(self._numbers):
            return None
        return self._document.index.place(self._numbers[row])

    def changes(self, rows: Iterable[int]) -> list[Place]:
        """Return where the repairs in some rows of the table are."""
        if self._document is None:
            return []
        count = len(self._numbers)
        return self._document.index.places(self._numbers[row] for row in rows if row < count)

    def variant(self, row: int) -> Variant | None:
        """Return what the repair in a row of the table is like."""
        if self._document is None or not 0 <= row < len(self._numbers):
            return None
        return self._document.index.variant(self._numbers[row])

    def row_of(self, change: Place) -> int | None:
        """Return the row of the table in which a repair is; None if it is in none.

        Logarithmic in the order of the text, else linear.
        """
        number = self._document.index.number(change) if self._document is not None else None
        if number is None:
            return None
        try:
            return self._search(number) if self._is_natural else self._numbers.index(number)
        except ValueError:
            return None

    def _search(self, number: int) -> int | None:
        row = bisect_left(self._numbers, number)
        return row if row < len(self._numbers) and self._numbers[row] == number else None

    # Qt's questions

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        told = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation is not Qt.Orientation.Horizontal or role not in told:
            return None
        if section == Column.PARAGRAPH and role != Qt.ItemDataRole.DisplayRole:
            return _tr("Paragraph")
        names = {
            Column.PARAGRAPH: "¶",
            Column.KIND: _tr("Kind"),
            Column.BEFORE: _tr("Raw"),
            Column.AFTER: _tr("Repaired"),
            Column.CERTAINTY: _tr("Certainty"),
            Column.DECISION: _tr("Decision"),
        }
        return names[Column(section)]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        document, row = self._document, index.row()
        variant = self.variant(row)
        if document is None or variant is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(document, row, variant, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.BEFORE, Column.AFTER, Column.DECISION):
            return self._text(document, row, variant, column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.KIND:
            return kind_name(variant.kind)
        if role == Qt.ItemDataRole.UserRole and column is Column.KIND:
            return variant.kind
        if role == Qt.ItemDataRole.FontRole and column is Column.AFTER:
            font = QFont()
            font.setStrikeOut(not self._is_carried_out(document, row, variant))
            return font
        return None

    def _text(self, document: Document, row: int, variant: Variant, column: Column) -> str:
        if column is Column.PARAGRAPH:
            return f"{document.rows.paragraph(document.index.rows[self._numbers[row]]) + 1:,}"
        if column is Column.KIND:
            return kind_noun(variant.kind)
        if column is Column.BEFORE:
            return shortened(variant.before)
        if column is Column.CERTAINTY:
            return certainty_name(variant.certainty)
        ruling = self._ruling(document, row, variant)
        if column is Column.AFTER:
            return shortened(variant.after if ruling is None or ruling.reading is None else ruling.reading)
        return decision_name(document, variant, ruling)

    def _ruling(self, document: Document, row: int, variant: Variant) -> Ruling | None:
        if not len(document.judgements):
            return None
        return document.judgements.of(document.index.place(self._numbers[row]), variant)

    def _is_carried_out(self, document: Document, row: int, variant: Variant) -> bool:
        return applies(document.judgements, variant, self._ruling(document, row, variant))


def decision_name(document: Document, variant: Variant, ruling: Ruling | None) -> str:
    """Return what readers call what is decided about a repair like ``variant``."""
    if variant.kind in document.judgements.switched_off:
        return _tr("switched off")
    if ruling is None or ruling.verdict is Verdict.PROPOSED:
        return ""
    if ruling.verdict is Verdict.REFUSED:
        return _tr("refused")
    return _tr("accepted") if ruling.reading in (None, variant.after) else _tr("other reading")


def shortened(text: str) -> str:
    """Return a text as a cell shows it: its beginning, what is invisible made visible, ∅ for nothing."""
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return ShownText(cut).shown or "∅"
