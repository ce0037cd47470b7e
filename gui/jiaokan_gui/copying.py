"""Copying to the clipboard, in slices if there is much of it, so that the window goes on meanwhile."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from jiaokan_gui.document import Document
from jiaokan_gui.selection import Selection

# No clipboard can hold what stands for an undecodable byte; Qt would leave it out without a word.
_SURROGATE = re.compile("[\ud800-\udfff]")
_SLICE = 0.02  # seconds


class Copier(QObject):
    """Puts selections on the clipboard."""

    told = Signal(str, int)
    """What it has to say, and for how many milliseconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Have nothing to do."""
        super().__init__(parent)
        self._parts: Iterator[str] = iter(())
        self._collected: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether something is being copied."""
        return self._timer.isActive()

    def copy(self, document: Document, selection: Selection) -> None:
        """Put on the clipboard exactly what is selected (undecodable bytes as U+FFFD); at once if it is little."""
        self._parts = document.slice(selection.side, selection.start, selection.end)
        self._collected = []
        self._go_on()
        if self._collected:
            self._timer.start()
            self.told.emit(self.tr("Copying…"), 0)

    def cancel(self) -> None:
        """Leave the clipboard as it is."""
        self._timer.stop()
        self._parts, self._collected = iter(()), []

    def _go_on(self) -> None:
        end = time.monotonic() + _SLICE
        for part in self._parts:
            self._collected.append(part)
            if time.monotonic() > end:
                return
        text = "".join(self._collected)
        self.cancel()
        text, undecodable = _SURROGATE.subn("\ufffd", text)
        QGuiApplication.clipboard().setText(text)
        told = self.tr("Copied, characters: {number}").format(number=f"{len(text):,}")
        if undecodable:
            told += self.tr(" (undecodable bytes, copied as U+FFFD: {number})").format(number=f"{undecodable:,}")
        self.told.emit(told, 5000)
