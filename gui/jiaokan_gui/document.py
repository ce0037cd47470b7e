"""What is known about an open file: raw text, rows, repairs so far, what was decided about them, outline, encoding.

It says what has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.judgement import Judgements
from jiaokan.repair import Certainty, Kind, OffsetMap, Repair, apply
from jiaokan.script import Script, converted
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from jiaokan_gui import messages
from jiaokan_gui.repair_index import RepairIndex
from jiaokan_gui.repair_store import RepairStore
from jiaokan_gui.rows import Rows
from jiaokan_gui.tally import Tally
from jiaokan_gui.worker import Workers
from jiaokan_gui.worker_process import rows_of

if TYPE_CHECKING:
    from jiaokan.outline import Heading


_FEW_ROWS = 64
"""Of more rows than this it is said that all have changed."""


class Side(Enum):
    """The two columns."""

    RAW = 0
    REPAIRED = 1


class State(Enum):
    """How far a document is."""

    OPENING = auto()
    WORKING = auto()
    DONE = auto()
    CANCELLED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class RowText:
    """A row on both sides, without its line end.

    Attributes:
        raw: Raw text.
        repairs: Its repairs as they are decided, offsets relative to the row.
        known: Whether the repairs are known; as long as they are not, the repaired text is the raw text.
        script: The script in which the repaired text is shown.
    """

    raw: str
    repairs: tuple[Repair, ...]
    known: bool
    script: Script = Script.AS_IS

    @cached_property
    def repaired(self) -> str:
        """The repaired text."""
        return apply(self.raw, self.repairs) if self.repairs else self.raw

    @cached_property
    def shown(self) -> str:
        """The repaired text in the script that it is shown in: every character stands where its original does."""
        return converted(self.repaired, self.script)

    def text(self, side: Side) -> str:
        """Return what is shown of the row on one side."""
        return self.raw if side is Side.RAW else self.shown

    def spans(self, side: Side) -> list[tuple[int, int]]:
        """Return where each repair stands on one side (code points: start, end)."""
        if side is Side.RAW:
            return [(repair.start, repair.end) for repair in self.repairs]
        offsets, shift, spans = OffsetMap(self.repairs), 0, list[tuple[int, int]]()
        for repair in self.repairs:
            start = repair.start + shift
            if repair.applied:
                shift += len(repair.after) - len(repair.before)
                spans.append((start, start + len(repair.after)))
            else:
                # One that is not applied may enclose others, which change its length.
                spans.append((start, max(start, offsets.to_repaired(repair.end))))
        return spans


class Document(QObject):
    """An open file and everything that is known about it so far."""

    text_changed = Signal()
    """The text is there, or another one than before: everything is to be shown anew."""
    rows_changed = Signal(int, int)
    """The repairs of the rows [first, end) are known now."""
    outline_changed = Signal()
    counts_changed = Signal()
    encoding_changed = Signal()
    progress_changed = Signal()
    state_changed = Signal()
    script_changed = Signal()
    judged = Signal(object)
    """Something else is decided about repairs than before: the rows (a sequence), or None where it may be all."""

    def __init__(self, path: Path, workers: Workers, parent: QObject | None = None) -> None:
        """Be the document of the file at ``path``; nothing is read before :meth:`load`."""
        super().__init__(parent)
        self.path = path
        self.text = ""
        self.rows: Rows = rows_of("")
        self.repairs = RepairStore(1)
        """The repairs as they were proposed."""
        self.index = RepairIndex()
        self.judgements = Judgements()
        """What is decided about them. Only :mod:`jiaokan_gui.decisions` changes it, so that all can be undone."""
        self.tally = Tally(self)
        self.undo_stack = QUndoStack(self)
        self.headings: tuple[Heading, ...] = ()
        self.encoding: messages.Encoding | None = None
        self.candidates: tuple[messages.Candidate, ...] = ()
        """The encodings that the file may be in, the likeliest first; known a moment after the text."""
        self.chosen_encoding: str | None = None
        """The encoding that somebody chose for the text; None if it was found out."""
        self.counts: Counter[tuple[Kind, Certainty]] = Counter()
        self.state = State.OPENING
        self.failure = ""
        self.script = Script.AS_IS
        """The script in which the repaired text and the outline are shown."""
        self.stage = "read"
        self.progress: tuple[int, int] = (0, 0)
        """How much is done, of how much (0: nobody knows)."""
        self._workers = workers
        self._job = 0
        self._asked_encoding: str | None = None
        self._looked = (-1, -1)
        self._is_look_open = False

    def load(self, encoding: str | None = None) -> None:
        """Read the file, or read it again; ``encoding`` None: find out."""
        self._workers.cancel(self._job)
        self._asked_encoding = encoding
        self.stage, self.progress = "read", (0, 0)
        self._is_look_open = False
        self._set_state(State.OPENING)
        self._job = self._workers.open(self.path, encoding, self._receive)

    def cancel(self) -> None:
        """Stop the work on the document; what is known stays."""
        self._workers.cancel(self._job)
        if self.is_busy:
            self._set_state(State.CANCELLED)

    def close(self) -> None:
        """Stop the work on the document, saying nothing."""
        self._workers.cancel(self._job)

    @property
    def is_busy(self) -> bool:
        """Whether a worker process is at work on the document."""
        return self.state in (State.OPENING, State.WORKING)

    def look(self, first: int, last: int) -> None:
        """Say which rows are on screen, ``last`` included, so that they are repaired first."""
        self._looked = (first, last)
        # One question at a time: a worker that is busy does not empty the pipe, and a full pipe would stop the window.
        if self.is_busy and not self._is_look_open:
            last = min(last, len(self.rows) - 1)
            if not all(self.repairs.is_known(row) for row in range(first, last + 1)):
                self._workers.look(self._job, first, last)
                self._is_look_open = True

    def row(self, row: int) -> RowText:
        """Return the row's text and repairs."""
        start, end = self.rows.content_span(self.text, row)
        repairs = self.judgements.judged(row, self.repairs.repairs(row))
        return RowText(self.text[start:end], repairs, self.repairs.is_known(row), self.script)

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Have another outline."""
        self.headings = tuple(headings)
        self.outline_changed.emit()

    def tell_judged(self, rows: Sequence[int] | None) -> None:
        """Say that something else is decided about the repairs of these rows; None: of any."""
        self.judged.emit(rows)
        if rows is None or len(rows) > _FEW_ROWS:
            self.rows_changed.emit(0, len(self.rows))
        else:
            for row in rows:
                self.rows_changed.emit(row, row + 1)
        self.counts_changed.emit()

    def set_script(self, script: Script) -> None:
        """Show the repaired text in another script. The repairs are those of the text as it is."""
        if script is not self.script:
            self.script = script
            self.script_changed.emit()

    def line_end(self, row: int) -> str:
        """Return the line end with which the row ends; none if its paragraph goes on or it is the last."""
        return self.text[self.rows.content_span(self.text, row)[1] : self.rows.span(row)[1]]

    def slice(self, side: Side, start: tuple[int, int], end: tuple[int, int]) -> Iterator[str]:
        """Yield, row by row, exactly what is shown on one side between two places (row, code points within the row)."""
        for row in range(start[0], end[0] + 1):
            text = self.row(row).text(side)
            low = start[1] if row == start[0] else 0
            if row == end[0]:
                yield text[low : end[1]]
            else:
                yield text[low:]
                yield self.line_end(row)

    def _receive(self, message: messages.Answer, text: str) -> None:
        match message:
            case messages.Head():
                # A document that is read again keeps its text, and the reader the place, until all of it is there.
                if not self.text:
                    self._set_text(message.text, message.rows, message.encoding)
            case messages.TextEnd():
                self._set_text(text, message.rows, message.encoding)
                self._set_state(State.WORKING)
            case messages.Detected():
                self.candidates = message.candidates
                self.encoding_changed.emit()
            case messages.Block():
                self._add(message)
            case messages.Outline():
                self.set_headings(message.headings)
            case messages.Progress():
                self.stage, self.progress = message.stage, (message.done, message.total)
                self.progress_changed.emit()
            case messages.Finished():
                self._set_state(State.DONE)
            case messages.Failed():
                self.failure = message.reason
                self._set_state(State.FAILED)

    def _set_text(self, text: str, rows: Rows, encoding: messages.Encoding) -> None:
        self.text, self.rows, self.encoding = text, rows, encoding
        self.chosen_encoding = self._asked_encoding
        self.repairs, self.index, self.judgements = RepairStore(len(rows)), RepairIndex(), Judgements()
        self.tally.forget()
        self.undo_stack.clear()
        self.counts.clear()
        self.text_changed.emit()
        self.encoding_changed.emit()
        self.counts_changed.emit()

    def _add(self, block: messages.Block) -> None:
        if block.early:
            self.repairs.add_early(block.first, block.end, block.packed, block.marks)
            self._is_look_open = False
            self.look(*self._looked)
        else:
            self.repairs.add(block.first, block.end, block.packed, block.marks)
            if block.entries is not None:
                self.index.add(block.entries)
            self.counts.update(block.counts)
            self.counts_changed.emit()
        self.rows_changed.emit(block.first, block.end)

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()
