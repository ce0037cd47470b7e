"""The window's side of the worker processes: sends jobs, hands on answers, drops late ones."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from jiaokan_gui import messages
from jiaokan_gui.engine import Engine
from jiaokan_gui.worker_process import launch

_SLICE = 0.006  # seconds

MOST = 2
"""The most worker processes at a time."""

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_log = logging.getLogger(__name__)

Receiver = Callable[[messages.Answer, str], None]
"""Takes an answer, and the whole text where the answer is a ``TextEnd``."""


class _Process(QObject):
    """One worker process and the thread that listens to it."""

    answered = Signal(object)
    ended = Signal(object)

    def __init__(self, launched: tuple[SpawnProcess, Connection], parent: QObject) -> None:
        super().__init__(parent)
        self._process, self._connection = launched
        self.job: messages.Open | None = None
        self._parts: list[str] = []
        self._headings: list[Heading] = []
        self._closing = False
        self._thread = Thread(target=self._listen, name="jiaokan-listener", daemon=True)
        self._thread.start()

    def send(self, message: object) -> None:
        """Send a message; a process that has ended is noticed by the listener."""
        try:
            self._connection.send(message)
        except OSError:
            _log.debug("worker process is gone")

    def stop(self) -> None:
        """End the process whatever it does."""
        self._closing = True
        self._process.kill()
        self._process.join(5)
        self._thread.join(5)
        self._connection.close()

    def _listen(self) -> None:
        """Receive answers (in a thread: unpickling takes time) and hand them to the window's thread."""
        try:
            while True:
                message = self._connection.recv()
                if isinstance(message, messages.TextPart):
                    self._parts.append(message.text)
                    continue
                if isinstance(message, messages.Outline):
                    self._headings.extend(message.headings)
                    if message.more:
                        continue
                    message, self._headings = messages.Outline(message.job, tuple(self._headings)), []
                if isinstance(message, messages.TextEnd):
                    text, self._parts = "".join(self._parts), []
                    self.answered.emit((message, text))
                    continue
                self.answered.emit((message, ""))
        except (EOFError, OSError):
            if not self._closing:
                self.ended.emit(self)


class Workers(QObject):
    """Has files read and repaired by worker processes, at most :data:`MOST` at a time."""

    def __init__(
        self,
        parent: QObject | None = None,
        engine: Engine | None = None,
        warm: tuple[SpawnProcess, Connection] | None = None,
    ) -> None:
        """Take ``warm``, a process that was launched already, if there is one; others are launched when needed."""
        super().__init__(parent)
        self._engine = engine
        self._idle: list[_Process] = []
        self._busy: list[_Process] = []
        self._waiting: list[messages.Open] = []
        self._receivers: dict[int, Receiver] = {}
        self._last_job = 0
        self._inbox: deque[tuple[messages.Answer, str]] = deque()
        self._inbox_timer = QTimer(self, interval=0)
        self._inbox_timer.timeout.connect(self._take_in)
        if warm is not None:
            self._idle.append(self._adopt(warm))

    def open(self, path: Path, encoding: str | None, receiver: Receiver) -> int:
        """Start a job and return its number.

        Args:
            path: The file.
            encoding: Its encoding, or None to find out.
            receiver: Called with every answer, and with the whole text where the answer is a ``TextEnd``.
        """
        self._last_job += 1
        self._receivers[self._last_job] = receiver
        self._waiting.append(messages.Open(self._last_job, path, encoding))
        self._start_waiting()
        return self._last_job

    def look(self, job: int, first: int, last: int) -> None:
        """Tell the job which rows are on screen."""
        for process in self._busy:
            if process.job is not None and process.job.job == job:
                process.send(messages.Look(job, first, last))

    def cancel(self, job: int) -> None:
        """End the job; nothing more is heard of it."""
        self._receivers.pop(job, None)
        self._waiting = [waiting for waiting in self._waiting if waiting.job != job]
        for process in [process for process in self._busy if process.job is not None and process.job.job == job]:
            self._busy.remove(process)
            process.stop()
            process.deleteLater()
        self._start_waiting()

    def close(self) -> None:
        """End all jobs and processes."""
        self._inbox.clear()
        self._inbox_timer.stop()
        self._receivers.clear()
        self._waiting.clear()
        for process in self._busy + self._idle:
            process.stop()
        self._busy, self._idle = [], []

    def _adopt(self, launched: tuple[SpawnProcess, Connection]) -> _Process:
        process = _Process(launched, self)
        process.answered.connect(self._queue)
        process.ended.connect(self._process_ended)
        return process

    def _start_waiting(self) -> None:
        while self._waiting and len(self._busy) < MOST:
            process = self._idle.pop() if self._idle else self._adopt(launch(self._engine))
            process.job = self._waiting.pop(0)
            self._busy.append(process)
            process.send(process.job)

    def _queue(self, answer: tuple[messages.Answer, str]) -> None:
        # Answers come in crowds. Qt would hand all of them on before it looked at the keyboard again.
        self._inbox.append(answer)
        if not self._inbox_timer.isActive():
            self._inbox_timer.start()

    def _take_in(self, *, everything: bool = False) -> None:
        """Hand on answers for as long as nobody minds; the rest after what else the window has to do."""
        end = time.monotonic() + _SLICE
        while self._inbox and (everything or time.monotonic() < end):
            self._answered(self._inbox.popleft())
        if not self._inbox:
            self._inbox_timer.stop()

    def _answered(self, answer: tuple[messages.Answer, str]) -> None:
        message, text = answer
        receiver = self._receivers.get(message.job)
        if isinstance(message, messages.Failed | messages.Finished):
            self._receivers.pop(message.job, None)
            for process in [process for process in self._busy if process.job and process.job.job == message.job]:
                self._busy.remove(process)
                process.job = None
                self._idle.append(process)
        if receiver is not None:
            receiver(message, text)
        self._start_waiting()

    def _process_ended(self, process: _Process) -> None:
        self._take_in(everything=True)  # what it said before it ended
        if process in self._idle:
            self._idle.remove(process)
        if process in self._busy:
            self._busy.remove(process)
            if process.job is not None:
                self._answered(
                    (messages.Failed(process.job.job, self.tr("The worker process ended unexpectedly.")), "")
                )
        process.stop()
        process.deleteLater()
