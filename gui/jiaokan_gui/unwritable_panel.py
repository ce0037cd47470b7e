"""A list of the characters that an encoding cannot write, with their places, and what is done about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiaokan.formats import Substitution
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from jiaokan.saving import Unwritable

_MOST = 500
"""Of more characters only the first are listed."""

_HEIGHT = 170  # pixels
_ROW_SPACE = 8


class UnwritablePanel(QWidget):
    """Lists the characters; the reader chooses what is written for them."""

    chosen = Signal()
    """Something else is to be done about them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with an empty list."""
        super().__init__(parent)
        self._found: Sequence[Unwritable] = ()
        self.head = QLabel()
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([self.tr("Character"), self.tr("Times"), self.tr("Line : column")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(self.tr("Characters that cannot be written"))
        self.table.setMinimumHeight(_HEIGHT)
        self.table.verticalHeader().setMinimumSectionSize(0)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + _ROW_SPACE)
        self.reference, self.mark = QRadioButton(), QRadioButton()
        self._choices = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.head, self.table, QLabel(self.tr("Choose another encoding, or what is written instead:"))):
            layout.addWidget(part)
        for button in (self.reference, self.mark):
            self._choices.addButton(button)
            layout.addWidget(button)
        self._choices.buttonToggled.connect(lambda _button, checked: self.chosen.emit() if checked else None)

    @property
    def is_empty(self) -> bool:
        """Whether everything can be written."""
        return not self._found

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to choose any more."""
        return self.is_empty or self._choices.checkedButton() is not None

    @property
    def substitution(self) -> Substitution:
        """What is done about the characters."""
        chosen = {self.reference: Substitution.REFERENCE, self.mark: Substitution.MARK}
        button = self._choices.checkedButton()
        return chosen.get(button, Substitution.ABORT) if not self.is_empty else Substitution.ABORT  # type: ignore[call-overload]

    def show_found(self, found: Sequence[Unwritable], encoding: str, name: str) -> None:
        """List the characters that ``encoding``, called ``name``, cannot write; nothing is chosen about them yet."""
        self._found = found
        if found:
            self._show(found, encoding, name)

    def _show(self, found: Sequence[Unwritable], encoding: str, name: str) -> None:
        number = sum(entry.count for entry in found)
        words = self.tr("{name} lacks {kinds} characters of the text, in {number} places:")
        self.head.setText(words.format(name=name, kinds=f"{len(found):,}", number=f"{number:,}"))
        self._choices.setExclusive(False)
        for button in (self.reference, self.mark):
            button.setChecked(False)
        self._choices.setExclusive(True)
        self._name_choices(found, encoding)
        self._list(found[:_MOST])

    def _name_choices(self, found: Sequence[Unwritable], encoding: str) -> None:
        # Imported here because the encodings take their time to load, and most texts can be written.
        from jiaokan.saving import mark_for

        characters = [entry.character for entry in found if entry.byte is None][:1]
        escapes = [entry.character for entry in found if entry.byte is not None][:1]
        marks = list(dict.fromkeys(mark_for(character, encoding) for character in (*characters, *escapes)))
        self.reference.setEnabled(bool(characters))
        example = f"&&#{ord(characters[0])};" if characters else "&&#…;"
        words = self.tr("&References, as HTML has them: {example}").format(example=example)
        if characters and escapes:
            words += self.tr(" (for undecodable bytes {mark})").format(mark=marks[-1])
        self.reference.setText(words)
        self.mark.setText(self.tr("&Marks, as {marks}: what stood there is lost").format(marks=" ".join(marks)))

    def _list(self, found: Sequence[Unwritable]) -> None:
        from jiaokan.saving import name_of

        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.table.setRowCount(len(found))
        for row, entry in enumerate(found):
            more = ", …" if entry.count > len(entry.places) else ""
            places = ", ".join(f"{line:,} : {column:,}" for line, column in entry.places)
            times = QTableWidgetItem(f"{entry.count:,}")
            times.setTextAlignment(right)
            for column, item in enumerate(
                (QTableWidgetItem(name_of(entry.character)), times, QTableWidgetItem(places + more))
            ):
                self.table.setItem(row, column, item)
