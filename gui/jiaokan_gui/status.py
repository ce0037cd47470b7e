"""The status bar's parts: what the caret stands on, encoding, counts, progress with Cancel."""

from __future__ import annotations

from collections import Counter

from jiaokan.repair import Certainty, Kind
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QWidget,
)

from jiaokan_gui.document import Document, State
from jiaokan_gui.encodings import encoding_name
from jiaokan_gui.kinds import certainty_name, kind_name, kind_noun
from jiaokan_gui.repair_store import by_gravity

_GAP = 8  # pixels beside each part
_MARGIN = 40  # pixels for the bar's own spaces and the handle to size the window


class ProgressPart(QWidget):
    """A progress bar and a Cancel button."""

    cancelled = Signal()

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        """Start hidden; ``tip`` says what Cancel does."""
        super().__init__(parent)
        self.label = QLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(140)
        self.bar.setMaximumHeight(12)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(tip)
        self.cancel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.cancel.clicked.connect(self.cancelled)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.label, self.bar, self.cancel):
            layout.addWidget(part)
        self.hide()

    def show_document(self, document: Document | None) -> None:
        """Show how far the work on a document is; nothing if none is done."""
        if document is None or not document.is_busy:
            self.hide()
            return
        stages = {"read": self.tr("Reading…"), "survey": self.tr("Surveying…"), "repair": self.tr("Repairing…")}
        self.show_work(stages.get(document.stage, document.stage), *document.progress)

    def show_work(self, name: str, done: int, total: int) -> None:
        """Show how far some work is; ``total`` 0: nobody can tell."""
        # A progress bar counts in 32 bits, and a range of 0 to 0 means that nobody knows.
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(done * 1000 // total if total else 0)
        self.label.setText(name)
        self.show()


class StatusBar(QStatusBar):
    """The window's status bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.progress = ProgressPart(self.tr("Stop the work; what is done so far stays"))
        self.counts = QLabel()
        self.counts.setAccessibleName(self.tr("Changes"))
        self.kinds = QLabel()
        self.kinds.setAccessibleName(self.tr("Changes by kind"))
        self.encoding = QToolButton(autoRaise=True)
        self.encoding.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.encoding.setAccessibleName(self.tr("Encoding"))
        self.encoding.setToolTip(self.tr("Read the file in another encoding"))
        # Progress last: what grows to its left must not move Cancel from under the mouse.
        for part in (self.kinds, self.counts, self.encoding, self.progress):
            part.setContentsMargins(_GAP, 0, _GAP, 0)
            self.addPermanentWidget(part)
        self.messageChanged.connect(self._message_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the kinds out, which the legend tells too, where they would cut the message off."""
        words = self.fontMetrics().horizontalAdvance(self.currentMessage())
        parts = [part for part in (self.progress, self.counts, self.encoding) if not part.isHidden()]
        needed = words + sum(part.sizeHint().width() for part in (self.kinds, *parts)) + _MARGIN
        self.kinds.setVisible(needed <= self.width())

    def _message_changed(self, message: str) -> None:
        self.setToolTip(message)  # where it is wider than the window
        self._fit()

    def show_document(self, document: Document | None) -> None:
        """Show everything about a document, or nothing."""
        self.progress.show_document(document)
        self.show_counts(document)
        self.show_encoding(document)

    def show_counts(self, document: Document | None) -> None:
        """Show how many changes there are by certainty; by kind in the tooltip."""
        if document is None:
            self.counts.clear()
            self.kinds.clear()
            return
        by_certainty: Counter[Certainty] = Counter()
        by_kind: Counter[Kind] = Counter()
        for (kind, certainty), number in document.counts.items():
            by_certainty[certainty] += number
            by_kind[kind] += number
        self.kinds.setText(" · ".join(f"{kind_noun(kind)} {by_kind[kind]:,}" for kind in by_gravity() if by_kind[kind]))
        words = [f"{by_certainty[grade]:,} {certainty_name(grade)}" for grade in Certainty if by_certainty[grade]]
        state = {State.CANCELLED: self.tr("Stopped"), State.FAILED: self.tr("Failed")}.get(document.state, "")
        none = self.tr("no changes") if document.state is State.DONE else ""
        self.counts.setText(": ".join(filter(None, (state, " · ".join(words) or none))))
        lines = [
            f"{kind_name(kind)}, {certainty_name(certainty)}: {number:,}"
            for (kind, certainty), number in sorted(document.counts.items())
        ]
        self.counts.setToolTip("\n".join(lines))
        self.kinds.setToolTip(self.counts.toolTip())
        self._fit()

    def show_encoding(self, document: Document | None) -> None:
        """Show a document's encoding and how sure it is."""
        encoding = document.encoding if document is not None else None
        self.encoding.setEnabled(encoding is not None)
        if document is None or encoding is None:
            self.encoding.setText("")
            return
        line_end = {"\r\n": "CRLF", "\r": "CR", "\n": "LF"}.get(encoding.newline, "")
        mark = self.tr("BOM") if encoding.bom else ""
        chosen = document.chosen_encoding is not None
        sure = self.tr("as chosen") if chosen else f"{encoding.confidence:.0%}"
        foreign = Counter(part.encoding for part in encoding.parts if part.encoding != encoding.name)
        names = " + ".join(encoding_name(name) for name in (encoding.name, *foreign))
        self.encoding.setText(" · ".join(filter(None, (f"{names} {sure}", mark, line_end))))
        lines = [
            self.tr("Passages in {encoding}: {number}").format(encoding=encoding_name(name), number=f"{number:,}")
            for name, number in foreign.items()
        ]
        self.encoding.setToolTip("\n".join(lines))
