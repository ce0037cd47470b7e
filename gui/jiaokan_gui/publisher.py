"""The window's side of a publisher process: hands it an edition, gives orders, passes answers on."""

from __future__ import annotations

import logging
import pickle
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from jiaokan.files import remove_leftovers
from PySide6.QtCore import QObject, Signal

from jiaokan_gui import publishing
from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.publisher_process import launch
from jiaokan_gui.publishing import Wish

_TEXT_PART = 262_144  # code points: half a millisecond of pickling
_PATIENCE = 5.0
"""So many seconds a process gets to end what it does; a disk that does not answer must not keep the window open."""

_NOBODY = -1
"""The number of the answer that the process cannot give any more."""

_log = logging.getLogger(__name__)


class Publisher(QObject):
    """Has one edition of a document checked and written by a process of its own."""

    checked = Signal(object)
    """What cannot be written (a tuple of Unwritable): the answer to the last :meth:`check`."""
    progress_changed = Signal(object, object)
    """How far checking or writing is: code points done, of how many."""
    written = Signal(object)
    """The file is there: a publishing.Written."""
    interrupted = Signal()
    """The writing was cancelled; nothing of it is there."""
    failed = Signal(str)
    """Checking or writing failed, for this reason."""

    _answered = Signal(object)

    def __init__(self, edition: DecidedEdition, parent: QObject | None = None) -> None:
        """Hand ``edition`` to a new process, as it is now; the long text goes piece by piece, beside the window."""
        super().__init__(parent)
        self._process, self._connection = launch()
        self._orders: SimpleQueue[publishing.Order] = SimpleQueue()
        self._last: publishing.Order = publishing.Cancel(0)
        self._is_closed = Event()
        self._answered.connect(self._take)
        # The document goes on changing; its text is another object whenever that changes.
        packed = pickle.dumps(replace(edition, text=""))
        self._sender = Thread(target=self._send, args=(edition.text, packed), daemon=True)
        self._listener = Thread(target=self._listen, daemon=True)
        self._sender.start()
        self._listener.start()

    @property
    def is_writing(self) -> bool:
        """Whether a file is being written."""
        return isinstance(self._last, publishing.Write)

    def check(self, wish: Wish) -> None:
        """Ask what cannot be written; earlier questions are not answered any more."""
        self._order(publishing.Check(self._last.number + 1, wish))

    def write(self, path: Path, wish: Wish, source: Path, *, overwrite: bool = False) -> None:
        """Have the file at ``path`` written. If that is ``source``, the document's own, only with ``overwrite``."""
        self._order(publishing.Write(self._last.number + 1, wish, path, source, overwrite))

    def cancel(self) -> None:
        """End what is being done; :attr:`interrupted` tells when a file is not written any more."""
        self._orders.put(publishing.Cancel(0))

    def close(self) -> None:
        """End what is being done, and the process."""
        if self._is_closed.is_set():
            return
        self._is_closed.set()
        if self.is_writing:
            self._orders.put(publishing.Close(0))
            self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_PATIENCE)
            self._remove_leftovers()
        self._listener.join(_PATIENCE)
        self._connection.close()

    def _remove_leftovers(self) -> None:
        """Remove what the process, which has been killed, has left of what it was writing."""
        if isinstance(self._last, publishing.Write) and self._process.pid is not None:
            remove_leftovers(self._last.path, self._process.pid)

    def _order(self, order: publishing.Order) -> None:
        self._last = order
        self._orders.put(order)

    def _send(self, text: str, packed: bytes) -> None:
        """Send the edition, then the orders (in a thread: it waits for the process to receive)."""
        try:
            for start in range(0, len(text), _TEXT_PART):
                if self._is_closed.is_set():
                    break
                self._connection.send(publishing.TextPart(text[start : start + _TEXT_PART]))
            else:
                self._connection.send_bytes(packed)
            while True:
                order = self._orders.get()
                self._connection.send(order)
                if isinstance(order, publishing.Close):
                    return
        except OSError:
            _log.debug("publisher process is gone")

    def _listen(self) -> None:
        """Receive answers (in a thread) and hand them to the window's thread."""
        try:
            while True:
                self._answered.emit(self._connection.recv())
        except (EOFError, OSError):
            if not self._is_closed.is_set():
                self._answered.emit(publishing.Failed(_NOBODY, self.tr("The publisher process ended unexpectedly.")))

    def _take(self, answer: publishing.Answer) -> None:
        if self._is_closed.is_set() or answer.number not in (self._last.number, _NOBODY):
            return
        match answer:
            case publishing.Progress():
                self.progress_changed.emit(answer.done, answer.total)
                return
            case publishing.Checked():
                self.checked.emit(answer.found)
                return
        if answer.number == _NOBODY:
            self._remove_leftovers()
        was_writing = self.is_writing
        self._last = publishing.Cancel(self._last.number)
        match answer:
            case publishing.Written():
                self.written.emit(answer)
            case publishing.Interrupted() if was_writing:
                self.interrupted.emit()
            case publishing.Failed():
                self.failed.emit(answer.reason)
