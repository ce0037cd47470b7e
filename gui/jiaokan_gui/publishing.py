"""What the window and a publisher process say to each other, and what can be published. Plain data, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.formats import Format, TextFormat
from jiaokan.script import Script

if TYPE_CHECKING:
    from jiaokan.saving import Unwritable


class Product(StrEnum):
    """What a document can be published as."""

    TEXT = Format.TEXT
    HTML = Format.HTML
    PDF = "pdf"
    MARKDOWN = Format.MARKDOWN
    DIFF = Format.DIFF
    JSON = Format.JSON

    @property
    def is_text(self) -> bool:
        """Whether it can be in any encoding."""
        return self is not Product.PDF and Format(self.value).is_text


@dataclass(frozen=True, slots=True)
class Wish:
    """How the document is wanted: what it becomes, how text is written, in which script, on which paper."""

    product: Product
    form: TextFormat
    script: Script = Script.AS_IS
    paper: str = "A4"
    """The name of a QPageSize.PageSizeId."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """The next part of the raw text; the edition follows, without it."""

    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """Something to do. ``number`` comes back with the answer; an order that comes meanwhile ends it."""

    number: int


@dataclass(frozen=True, slots=True)
class Check(Order):
    """Asks what the encoding cannot write."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Write(Order):
    """Asks for a file. ``source``: the document's own file, which is overwritten only if ``overwrite`` says so."""

    wish: Wish
    path: Path
    source: Path
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Cancel(Order):
    """Only ends what is being done; nothing of it stays."""


@dataclass(frozen=True, slots=True)
class Close(Order):
    """Ends the process, too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order."""

    number: int


@dataclass(frozen=True, slots=True)
class Progress(Answer):
    """How far it is: code points done, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Checked(Answer):
    """What cannot be written."""

    found: tuple[Unwritable, ...]


@dataclass(frozen=True, slots=True)
class Written(Answer):
    """The file is there. ``backup``: where the source that it replaced is kept; ``size`` in bytes."""

    path: Path
    size: int
    backup: Path | None = None


@dataclass(frozen=True, slots=True)
class Interrupted(Answer):
    """It was ended, and nothing of it is there."""


@dataclass(frozen=True, slots=True)
class Failed(Answer):
    """It could not be done, for this reason (a sentence for readers)."""

    reason: str
