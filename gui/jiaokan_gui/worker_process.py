"""What runs in a worker process: reading, decoding, surveying and repairing a file. No Qt.

The process serves one job after another. A job is cancelled by ending the process: nothing in it needs saving, and no
engine has to look up from its work to ask whether it may go on.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread
from typing import Any, Protocol

from jiaokan.outline import Heading
from jiaokan.paragraphs import paragraph_starts
from jiaokan.repair import Kind, Repair, apply

from jiaokan_gui import messages
from jiaokan_gui.engine import CannotOpen, Engine, StandardEngine
from jiaokan_gui.repair_index import Entries
from jiaokan_gui.repair_store import pack, rank_of
from jiaokan_gui.rows import Rows, cut_rows, split_repairs

HEAD = 65_536
"""Of a file longer than twice this (bytes), so much is decoded and shown before the rest is."""

_TEXT_PART = 262_144  # code points: half a millisecond of unpickling in the window's process
_INTERVAL = 0.05  # seconds between two answers
_OUTLINE_INTERVAL = 1.0
_OUTLINE_PART = 2000  # headings
_BLOCK_REPAIRS = 100
_BLOCK_ROWS = 4096

_log = logging.getLogger(__name__)


def launch(engine: Engine | None = None) -> tuple[SpawnProcess, Connection]:
    """Start a worker process and return it with the window's end of the connection to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=serve, args=(theirs, engine or StandardEngine()), daemon=True, name="jiaokan-worker"
    )
    process.start()
    theirs.close()
    return process, ours


def serve(connection: Connection, engine: Engine) -> None:
    """Do the jobs that come through the connection until it is closed."""
    try:
        while True:
            message = connection.recv()
            # A Look that comes now belongs to a job that is done.
            if isinstance(message, messages.Open):
                _serve_job(connection, engine, message)
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return


def _serve_job(connection: Connection, engine: Engine, request: messages.Open) -> None:
    try:
        Job(connection, engine, request).run()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        raise
    except CannotOpen as error:
        connection.send(messages.Failed(request.job, str(error)))
    except Exception as error:
        _log.exception("job on %s", request.path)
        connection.send(messages.Failed(request.job, f"{type(error).__name__}: {error}"))


class Channel(Protocol):
    """What a job uses of its connection to the window."""

    def send(self, obj: Any, /) -> None:
        """Send a message."""

    def poll(self, timeout: float | None = 0.0, /) -> bool:
        """Return whether there is a message to receive, waiting so many seconds for one."""

    def recv(self) -> Any:
        """Return the next message."""


class Job:
    """One file's way from bytes to repairs and outline, told to the window step by step."""

    def __init__(self, connection: Channel, engine: Engine, request: messages.Open) -> None:
        """Prepare the job that ``request`` asks for."""
        self._connection = connection
        self._engine = engine
        self._request = request
        self._id = request.job
        self._text = ""
        self._starts = paragraph_starts("")
        self._rows = cut_rows(self._starts, 0)
        self._wanted: messages.Look | None = None

    def run(self) -> None:
        """Do the whole job.

        Raises:
            CannotOpen: The file cannot be read, or is no text.
        """
        self._read_and_decode()
        evidence = self._survey()
        self._repair(evidence)
        self._connection.send(messages.Finished(self._id))

    def _read_and_decode(self) -> None:
        send, engine, request = self._connection.send, self._engine, self._request
        data = engine.read(request.path)
        if len(data) > 2 * HEAD:
            text, encoding = engine.decode(head_of(data), request.encoding)
            send(messages.Head(self._id, encoding, text, rows_of(text)))
        self._text, encoding = engine.decode(data, request.encoding)
        for start in range(0, len(self._text), _TEXT_PART):
            send(messages.TextPart(self._id, self._text[start : start + _TEXT_PART]))
        self._starts = paragraph_starts(self._text)
        self._rows = cut_rows(self._starts, len(self._text))
        send(messages.TextEnd(self._id, encoding, self._rows))
        send(messages.Detected(self._id, engine.candidates(data)))

    def _survey(self) -> Any:
        """Survey the text; meanwhile the rows on screen are repaired from a survey of the beginning."""
        if len(self._text) <= HEAD:
            return self._engine.survey(self._text)
        self._connection.send(messages.Progress(self._id, "survey", 0, 0))
        provisional = self._engine.survey(self._text[:HEAD])
        result: list[Any] = []
        failure: list[Exception] = []

        def work() -> None:
            try:
                result.append(self._engine.survey(self._text))
            except Exception as error:  # raised again below, in the thread that answers
                failure.append(error)

        thread = Thread(target=work, daemon=True)
        thread.start()
        while thread.is_alive():
            self._listen(_INTERVAL)
            self._repair_wanted(provisional)
        if failure:
            raise failure[0]
        return result[0]

    def _listen(self, seconds: float = 0.0) -> None:
        while self._connection.poll(seconds):
            message = self._connection.recv()
            if isinstance(message, messages.Look) and message.job == self._id:
                self._wanted = message
            seconds = 0.0

    def _repair_wanted(self, evidence: Any) -> None:
        """Repair the rows on screen now, out of order; every question gets its answer."""
        look, self._wanted = self._wanted, None
        if look is None:
            return
        first, last = (min(row, len(self._rows) - 1) for row in (look.first, look.last))
        repairs: dict[int, tuple[Repair, ...]] = {}
        for paragraph in range(self._rows.paragraph(first), self._rows.paragraph(last) + 1):
            found = self._by_row(paragraph, self._repair_paragraph(paragraph, evidence)[1])
            # Only what is on screen: a paragraph may be a whole book.
            repairs.update((row, some) for row, some in found if first <= row <= last)
        marks = tuple((row, rank_of(some)) for row, some in repairs.items())
        self._connection.send(messages.Block(self._id, first, last + 1, pack(repairs), marks, early=True))

    def _repair_paragraph(self, paragraph: int, evidence: Any) -> tuple[str, list[Repair]]:
        text = self._text[self._starts[paragraph] : self._end(paragraph)].rstrip("\r\n")
        return text, list(self._engine.repair(text, evidence))

    def _end(self, paragraph: int) -> int:
        return self._starts[paragraph + 1] if paragraph + 1 < len(self._starts) else len(self._text)

    def _row_after(self, paragraph: int) -> int:
        return (
            bisect_left(self._rows.starts, self._end(paragraph))
            if paragraph + 1 < len(self._starts)
            else len(self._rows)
        )

    def _by_row(self, paragraph: int, repairs: list[Repair]) -> Iterator[tuple[int, tuple[Repair, ...]]]:
        if not repairs:
            return
        start = self._starts[paragraph]
        row, after = bisect_right(self._rows.starts, start) - 1, self._row_after(paragraph)
        cuts = [self._rows.starts[index] - start for index in range(row, after)]
        for index, found in split_repairs(repairs, cuts).items():
            yield row + index, tuple(found)

    def _repair(self, evidence: Any) -> None:
        # Imported here, because the window's process loads this module too and seldom needs it.
        from jiaokan.outline import is_furniture

        blocks = _Blocks(self._connection, self._id, len(self._starts))
        headings = self._engine.headings()
        shift, outlined = 0, time.monotonic()
        for paragraph in range(len(self._starts)):
            text, repairs = self._repair_paragraph(paragraph, evidence)
            repaired = apply(text, repairs) if repairs else text
            start = self._starts[paragraph]
            headings.add(paragraph, start, start + shift, repaired, repairs, furniture=is_furniture(text, repairs))
            shift += len(repaired) - len(text)
            blocks.add(paragraph, self._row_after(paragraph), dict(self._by_row(paragraph, repairs)), repairs)
            if blocks.due:
                blocks.send()
                self._listen()
                self._repair_wanted(evidence)
                if time.monotonic() > outlined + _OUTLINE_INTERVAL:
                    self._send_outline(headings.headings())
                    outlined = time.monotonic() * 2 - outlined  # ever more rarely: the list grows
        blocks.send()
        self._send_outline(headings.headings())

    def _send_outline(self, headings: Sequence[Heading]) -> None:
        # In parts, because unpickling one message stops the window's process.
        for start in range(0, max(1, len(headings)), _OUTLINE_PART):
            part, more = tuple(headings[start : start + _OUTLINE_PART]), start + _OUTLINE_PART < len(headings)
            self._connection.send(messages.Outline(self._id, part, more))


class _Blocks:
    """Collects repairs in order and sends them in blocks."""

    def __init__(self, connection: Channel, job: int, paragraphs: int) -> None:
        self._connection = connection
        self._job = job
        self._paragraphs = paragraphs
        self._first = self._end = self._done = 0
        self._repairs: dict[int, tuple[Repair, ...]] = {}
        self._counts: Counter[tuple[Kind, Any]] = Counter()
        self._number = 0
        self._sent = time.monotonic()

    def add(self, paragraph: int, end: int, repairs: dict[int, tuple[Repair, ...]], whole: list[Repair]) -> None:
        """Take the repairs of the next paragraph, whose last row is ``end - 1``, by row and as they were found."""
        self._done = paragraph + 1
        self._counts.update((repair.kind, repair.certainty) for repair in whole)
        for row, found in repairs.items():
            # The repairs of a paragraph that is a whole book go in many blocks: the window takes them in one by one.
            if self._number >= _BLOCK_REPAIRS:
                self._end = row
                self._flush()
            self._repairs[row] = found
            self._number += len(found)
        self._end = end
        if self._number >= _BLOCK_REPAIRS or end - self._first >= _BLOCK_ROWS:
            self._flush()

    @property
    def due(self) -> bool:
        """Whether it is time to send what there is."""
        return time.monotonic() >= self._sent + _INTERVAL

    def send(self) -> None:
        """Send what there is, and how far the work is."""
        self._flush()
        self._connection.send(messages.Progress(self._job, "repair", self._done, self._paragraphs))
        self._sent = time.monotonic()

    def _flush(self) -> None:
        if self._end == self._first:
            return
        marks = tuple((row, rank_of(found)) for row, found in self._repairs.items())
        packed = pack(self._repairs)
        counts, entries = dict(self._counts), Entries.of(self._repairs)
        self._connection.send(messages.Block(self._job, self._first, self._end, packed, marks, counts, entries))
        self._first, self._number = self._end, 0
        self._repairs.clear()
        self._counts.clear()


def head_of(data: bytes) -> bytes:
    """Return the first bytes of a long file, about :data:`HEAD` of them, cut where most encodings begin a character."""
    if b"\0" in data[:HEAD]:
        return data[: HEAD // 4 * 4]  # UTF-16 or UTF-32
    end = data.rfind(b"\n", 0, HEAD) + 1
    if not end:
        # No line end: in UTF-8, at least, a character does not begin with 10xxxxxx.
        end = HEAD
        while end > HEAD - 3 and data[end] & 0xC0 == 0x80:
            end -= 1
    return data[:end]


def rows_of(text: str) -> Rows:
    """Return the rows of a text."""
    return cut_rows(paragraph_starts(text), len(text))
