"""Workers without processes: a job is done, all of it, before ``open`` returns. For tests of what shows its results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jiaokan_gui import messages
from jiaokan_gui.document import Document
from jiaokan_gui.engine import Engine
from jiaokan_gui.worker import Receiver, Workers
from jiaokan_gui.worker_process import Job
from toy_engine import ToyEngine


class Collector:
    """The worker's end of a connection: keeps what is sent, never has anything to receive."""

    def __init__(self) -> None:
        self.sent: list[object] = []

    def send(self, obj: Any, /) -> None:
        self.sent.append(obj)

    def poll(self, timeout: float | None = 0.0, /) -> bool:
        assert not timeout, "nobody waits for what cannot come"
        return False

    def recv(self) -> Any:
        raise EOFError


def answers(path: Path, engine: Engine | None = None, job: int = 1) -> list[object]:
    """Return everything that a worker process says about a file."""
    collector = Collector()
    Job(collector, engine or ToyEngine(), messages.Open(job, path)).run()
    return collector.sent


class InProcess(Workers):
    """Does a job at once, in this process."""

    def open(self, path: Path, encoding: str | None, receiver: Receiver) -> int:
        assert encoding is None, "the toy engine knows one encoding"
        parts: list[str] = []
        for answer in answers(path, self._engine):
            if isinstance(answer, messages.TextPart):
                parts.append(answer.text)
            elif isinstance(answer, messages.Answer):
                receiver(answer, "".join(parts) if isinstance(answer, messages.TextEnd) else "")
        return 1


def document_of(text: str, folder: Path, engine: Engine | None = None) -> Document:
    """Return a document with ``text``, repaired by the toy engine (or another one)."""
    path = folder / "text.txt"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    document = Document(path, InProcess(engine=engine))
    document.load()
    return document
