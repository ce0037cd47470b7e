"""The paragraph under the caret in two ordinary text fields: input methods, dictionaries and screen readers work there.

The collation view draws its text itself, and such aids see little of it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Side

_SURROGATE = re.compile("[\ud800-\udfff]")


class ParagraphFields(QWidget):
    """Shows a row, raw and repaired."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        names = {Side.RAW: self.tr("Raw paragraph"), Side.REPAIRED: self.tr("Repaired paragraph")}
        self.fields: dict[Side, QPlainTextEdit] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        for side, name in names.items():
            field = QPlainTextEdit()
            field.setReadOnly(True)
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
            field.setTabChangesFocus(True)
            field.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.fields[side] = field
            layout.addWidget(field)

    def show_row(self, view: CollationView | None) -> None:
        """Show the row under the caret of ``view``."""
        content = None
        if view is not None and view.selection.caret[0] < len(view.document.rows):
            content = view.document.row(view.selection.caret[0])
        for side, field in self.fields.items():
            text = _SURROGATE.sub("\ufffd", content.text(side)) if content is not None else ""
            if view is not None and field.font() != view.text_font(side):
                field.setFont(view.text_font(side))
            if field.toPlainText() != text:
                field.setPlainText(text)
