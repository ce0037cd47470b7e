"""What the window and a worker process say to each other. Plain picklable data, no Qt.

Every answer names its job, so that an answer to a question that nobody asks any more can be dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jiaokan.repair import Certainty, Kind

from jiaokan_gui.repair_index import Entries
from jiaokan_gui.rows import Rows

if TYPE_CHECKING:
    from jiaokan.outline import Heading

Counts = Mapping[tuple[Kind, Certainty], int]
"""How many repairs there are of each kind and certainty."""


class Candidate(NamedTuple):
    """An encoding that a file may be in: its name, how likely that is (0 to 1), and a line of what it would read."""

    encoding: str
    confidence: float
    preview: str


class Passage(NamedTuple):
    """A part of a text (start and end in code points), and the encoding that it was read in."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes were read.

    Attributes:
        name: The encoding.
        confidence: How sure that is, 0 to 1.
        bom: Whether it begins with a byte order mark.
        newline: The line end that most lines have.
        parts: Of a file in several encodings: its parts in order.
    """

    name: str
    confidence: float = 1.0
    bom: bool = False
    newline: str = "\n"
    parts: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """Asks for a file: its text, its repairs, its outline. ``encoding`` None: find out."""

    job: int
    path: Path
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Says which rows (``last`` included) are on screen: they come first."""

    job: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker process says about one job."""

    job: int


@dataclass(frozen=True, slots=True)
class Failed(Answer):
    """The job ended here, for this reason (a sentence for readers)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Head(Answer):
    """The beginning of a long text, to be read while the rest is being decoded."""

    encoding: Encoding
    text: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Detected(Answer):
    """What the file may be in, the likeliest first, whatever it was read in."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class TextPart(Answer):
    """The next part of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class TextEnd(Answer):
    """The text is complete: these are its encoding and its rows."""

    encoding: Encoding
    rows: Rows


@dataclass(frozen=True, slots=True)
class Progress(Answer):
    """How far the job is. ``total`` 0: nobody can tell."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Block(Answer):
    """The repairs of the rows ``[first, end)``, packed; see :mod:`jiaokan_gui.repair_store`.

    Attributes:
        first: First row.
        end: Row after the last.
        packed: The repairs.
        marks: Rows that have repairs, each with the rank of the gravest kind among them.
        counts: How many repairs there are.
        entries: The repairs in order, for the index of all; see :mod:`jiaokan_gui.repair_index`.
        early: The rows were asked for out of order; the same rows come again in their turn, with counts and entries.
    """

    first: int
    end: int
    packed: bytes
    marks: tuple[tuple[int, int], ...]
    counts: Counts = field(default_factory=dict)
    entries: Entries | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Outline(Answer):
    """The headings, as far as the job has come; ``more``: others follow in the next message."""

    headings: tuple[Heading, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Finished(Answer):
    """The job is done."""
