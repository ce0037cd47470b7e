"""Long work in the window's own thread, done in slices of a few milliseconds so that nothing waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.008  # seconds


class Slices(QObject):
    """Goes through an iterator, a slice at a time; what stands between two items must be short."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start idle."""
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Iterator[object]) -> None:
        """Do this work, and no longer what was being done. Its first slice is done at once."""
        self._work = work
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Do no more work."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        work, end = self._work, time.monotonic() + _SLICE
        # The work itself may start other work, or stop.
        while work is not None and work is self._work:
            try:
                next(work)
            except StopIteration:
                if work is self._work:
                    self.stop()
                    self.finished.emit()
                return
            if time.monotonic() >= end:
                return
