"""Searching a document in slices, so that the window goes on; what is found follows the decisions about repairs."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from jiaokan.script import Script
from PySide6.QtCore import QObject, QTimer, Signal

from jiaokan_gui.document import Document, Side
from jiaokan_gui.hits import Hit, Hits
from jiaokan_gui.search_pattern import Pattern, TooSlow
from jiaokan_gui.slices import Slices

MOST = 1_000_000
"""With so many places the search ends."""

_PIECE = 0.004  # seconds of searching between two looks at what else there is to do
_INTERVAL = 100  # milliseconds between two times that it is said that more is found


class Search(QObject):
    """One search through one document."""

    changed = Signal()
    """More is found, or something else than before, or the search has ended."""

    def __init__(self, document: Document, pattern: Pattern, row: int, parent: QObject | None = None) -> None:
        """Search ``document`` for ``pattern``: from ``row`` on to the end, then what lies before."""
        super().__init__(parent)
        self._document = document
        self.pattern = pattern
        self.hits = Hits()
        self.is_full = False
        """Whether there is more than is kept."""
        self.too_slow: int | None = None
        """The row at which the expression took too long; the search has ended there."""
        self._pending: deque[tuple[int, int]] = deque()
        self._slices = Slices(self)
        self._slices.finished.connect(self._tell)
        self._timer = QTimer(self, interval=_INTERVAL, singleShot=True)
        self._timer.timeout.connect(self.changed)
        document.text_changed.connect(self._start_anew)
        document.script_changed.connect(self._start_anew)
        document.rows_changed.connect(self._rows_changed)
        self._start(row)

    @property
    def is_busy(self) -> bool:
        """Whether it is still going on."""
        return self._slices.is_busy

    @property
    def share(self) -> float:
        """How much of the text has been searched, from 0 to 1."""
        rows = max(1, len(self._document.rows))
        return max(0.0, 1 - sum(end - first for first, end in self._pending) / rows)

    def stop(self) -> None:
        """Search no further; what is found stays."""
        self._pending.clear()
        self._slices.stop()
        self._tell()

    def close(self) -> None:
        """End it for good."""
        document = self._document
        document.text_changed.disconnect(self._start_anew)
        document.script_changed.disconnect(self._start_anew)
        document.rows_changed.disconnect(self._rows_changed)
        self._pending.clear()
        self._slices.stop()
        self._timer.stop()

    def _start(self, row: int) -> None:
        count = len(self._document.rows)
        row = min(row, count)
        self._pending = deque((first, end) for first, end in ((row, count), (0, row)) if first < end)
        self._slices.start(self._work())

    def _start_anew(self) -> None:
        self.hits, self.is_full, self.too_slow = Hits(), False, None
        self._start(0)

    def _rows_changed(self, first: int, end: int) -> None:
        """Search rows again that show something else now."""
        if self.too_slow is not None or Side.REPAIRED not in self.pattern.query.sides:
            return
        # A match may begin in the row before.
        self._pending.append((max(0, first - 1), end))
        if not self._slices.is_busy:
            self._slices.start(self._work())

    def _work(self) -> Iterator[None]:
        while self._pending:
            first, end = self._pending.popleft()
            try:
                done = self._piece(first, end)
            except TooSlow:
                self._pending.clear()
                return
            if done < end:
                self._pending.appendleft((done, end))
            if not self._timer.isActive():
                self._timer.start()
            yield

    def _piece(self, first: int, end: int) -> int:
        """Search some of the rows ``[first, end)`` and return the first that is left."""
        found: list[Hit] = []
        row, stop = first, time.perf_counter() + _PIECE
        try:
            while row < end and time.perf_counter() < stop:
                found += row_hits(self._document, self.pattern, row)
                row += 1
        except TooSlow:
            self.too_slow = row
            raise
        self.hits.replace(first, row, found)
        if len(self.hits) >= MOST:
            self.is_full = True
            self._pending.clear()
            return end
        return row

    def _tell(self) -> None:
        self._timer.stop()
        self.changed.emit()


def row_hits(document: Document, pattern: Pattern, row: int) -> list[Hit]:
    """Return where ``pattern`` stands in a row, the raw ones first.

    Raises:
        TooSlow: It is an expression that takes too long.
    """
    start, end = document.rows.content_span(document.text, row)
    raw = document.text[start:end]
    is_as_raw = document.script is Script.AS_IS and not document.repairs.marks[row]
    sides = pattern.query.sides
    spans = pattern.spans(_with_next(document, pattern, row, Side.RAW, raw)) if is_as_raw or Side.RAW in sides else []
    found = [Hit(row, Side.RAW, *span) for span in spans if span[0] < len(raw)] if Side.RAW in sides else []
    if Side.REPAIRED in sides:
        shown = raw
        if not is_as_raw:
            shown = document.row(row).shown
            spans = pattern.spans(_with_next(document, pattern, row, Side.REPAIRED, shown))
        found += [Hit(row, Side.REPAIRED, *span) for span in spans if span[0] < len(shown)]
    return found


def _with_next(document: Document, pattern: Pattern, row: int, side: Side, text: str) -> str:
    """Return the text of a row and, where its paragraph goes on in the next one, the beginning of that."""
    if not pattern.overlap or row + 1 >= len(document.rows) or not document.rows.continues(row + 1):
        return text
    return text + document.row(row + 1).text(side)[: pattern.overlap]
