"""One tab: a document's collation view with its overview, and a bar that says how far the work is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Document, Side, State
from jiaokan_gui.encodings import encoding_name
from jiaokan_gui.outline_update import OutlineUpdate
from jiaokan_gui.overview_strip import OverviewStrip


class DocumentPage(QWidget):
    """Shows one document."""

    def __init__(self, document: Document, points: float, parent: QWidget | None = None) -> None:
        """Show ``document``, its text ``points`` large."""
        super().__init__(parent)
        self.document = document
        document.setParent(self)
        self.outline_update = OutlineUpdate(document)
        self.view = CollationView(document, points)
        self.overview = OverviewStrip(self.view)
        self.message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = QWidget()
        row = QHBoxLayout(text)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(self.overview)
        self._stack = QStackedWidget()
        self._stack.addWidget(text)
        self._stack.addWidget(self.message)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.view)
        document.text_changed.connect(self._show_text)
        document.encoding_changed.connect(self._note)
        document.counts_changed.connect(self._note)
        document.state_changed.connect(self._state_changed)

    def _show_text(self) -> None:
        self._stack.setCurrentIndex(0)

    def _note(self) -> None:
        encoding = self.document.encoding
        if encoding is None:
            return
        self.view.header.set_note(Side.RAW, encoding_name(encoding.name))
        applied = self.document.tally.carried_out.total()
        self.view.header.set_note(
            Side.REPAIRED, self.tr("{number} repairs").format(number=f"{applied:,}") if applied else ""
        )

    def _state_changed(self) -> None:
        # A file that was there and cannot be read again keeps its text on screen.
        if self.document.state is State.FAILED and not self.document.text:
            name, reason = self.document.path.name, self.document.failure
            self.message.setText(self.tr("{name} {reason}.").format(name=name, reason=reason.rstrip(".")))
            self._stack.setCurrentIndex(1)
