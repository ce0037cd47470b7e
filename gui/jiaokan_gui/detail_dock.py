"""The paragraph under the caret in two ordinary text fields: input methods, dictionaries and screen readers work there.

The collation view draws its text itself, and such aids see little of it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QPlainTextEdit, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Side

_SURROGATE = re.compile("[\ud800-\udfff]")
_DELAY = 80  # milliseconds between two looks


class DetailDock(QDockWidget):
    """Shows the row under the caret of a collation view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a view."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Paragraph"))
        self.setObjectName("paragraph")
        self._view: CollationView | None = None
        names = {Side.RAW: self.tr("Raw paragraph"), Side.REPAIRED: self.tr("Repaired paragraph")}
        self.fields: dict[Side, QPlainTextEdit] = {}
        content = QWidget()
        layout = QHBoxLayout(content)
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
        self.setWidget(content)
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._show_row)
        self.visibilityChanged.connect(self._soon)

    def set_view(self, view: CollationView | None) -> None:
        """Follow the caret of another view, or none."""
        if self._view is not None:
            self._view.selection_changed.disconnect(self._soon)
            self._view.document.rows_changed.disconnect(self._soon)
            self._view.document.script_changed.disconnect(self._soon)
        self._view = view
        if view is not None:
            view.selection_changed.connect(self._soon)
            view.document.rows_changed.connect(self._soon)
            view.document.script_changed.connect(self._soon)
        self._soon()

    def _soon(self) -> None:
        # Not put off again: while the work goes on, rows change all the time.
        if not self._timer.isActive():
            self._timer.start()

    def _show_row(self) -> None:
        if not self.isVisible():
            return
        view, content = self._view, None
        if view is not None and view.selection.caret[0] < len(view.document.rows):
            content = view.document.row(view.selection.caret[0])
        for side, field in self.fields.items():
            text = _SURROGATE.sub("\ufffd", content.text(side)) if content is not None else ""
            if view is not None and field.font() != view.text_font(side):
                field.setFont(view.text_font(side))
            if field.toPlainText() != text:
                field.setPlainText(text)
