"""What is selected, character by character: code point, name, and its bytes in the file's encoding."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from jiaokan.unseen import label
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QVBoxLayout, QWidget

from jiaokan_gui.copyable_table import CopyableTable
from jiaokan_gui.document import Document
from jiaokan_gui.selection import Selection
from jiaokan_gui.shown_text import ShownText

_MOST = 300  # characters; of more only the first ones are listed


class Character(NamedTuple):
    """A character, what it is called, and how a file spells it.

    Attributes:
        shown: The character, or what is shown for one that cannot be seen.
        code: Its number as Unicode writes it.
        name: Its name; of one without a name, what it is.
        bytes: Its bytes, in hex.
    """

    shown: str
    code: str
    name: str
    bytes: str


class Inspector(QWidget):
    """Lists the characters of a selection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.told = QLabel()
        self.table = CopyableTable(self.tr("Characters of the selection"))
        self.table.setColumnCount(4)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)

    def show_selection(self, document: Document | None, selection: Selection | None) -> None:
        """Show what is selected, or the character behind the caret."""
        text, is_whole = "", True
        encoding = "utf-8"
        if document is not None and selection is not None:
            text, is_whole = _selected(document, selection)
            encoding = document.encoding.name if document.encoding is not None else encoding
        self.table.setHorizontalHeaderLabels(
            [self.tr("Character"), self.tr("Code"), self.tr("Name"), self.tr("In {name}").format(name=encoding.upper())]
        )
        characters = [self._character(character, encoding) for character in text]
        self.table.setRowCount(len(characters))
        for row, character in enumerate(characters):
            for column, words in enumerate(character):
                self.table.put(row, column, words)
        number = f"{len(text):,}" if is_whole else self.tr("the first {number}").format(number=f"{len(text):,}")
        self.told.setText(self.tr("Characters: {number}").format(number=number))

    def _character(self, character: str, encoding: str) -> Character:
        from jiaokan.decoding.exact import encode_exactly  # Here, because it takes time to load.

        code = ord(character)
        if 0xDC00 <= code <= 0xDCFF:
            return Character(label(character), "", self.tr("undecodable byte"), f"{code - 0xDC00:02X}")
        try:
            spelled = encode_exactly(character, encoding).hex(" ").upper()
        except (UnicodeEncodeError, LookupError):
            spelled = self.tr("not in it")
        shown = ShownText(character).shown.strip() or "␣"
        return Character(shown, f"U+{code:04X}", self._name(character), spelled)

    def _name(self, character: str) -> str:
        category = unicodedata.category(character)
        if category == "Co":
            return self.tr("private use")
        if category == "Cn":
            return self.tr("not assigned")
        return unicodedata.name(character, "") or self.tr("control character")


def _selected(document: Document, selection: Selection) -> tuple[str, bool]:
    """Return the first characters of a selection (of an empty one, the one behind it), and whether that is all."""
    if selection.is_empty:
        row, offset = selection.caret
        return document.row(row).text(selection.side)[offset : offset + 1], True
    text = ""
    for part in document.slice(selection.side, selection.start, selection.end):
        text += part
        if len(text) > _MOST:
            return text[:_MOST], False
    return text, True
