"""An edition of a text: what is taken away of it. The raw text, the repairs as they are decided, outline and script.

Whatever is saved, exported or printed is made of an edition, paragraph by paragraph, so that no second copy of a long
text is built.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Repair, apply
from jiaokan.script import Script, converted

if TYPE_CHECKING:
    from jiaokan.decoding import Decoded
    from jiaokan.outline import Heading
    from jiaokan.pipeline import Repaired


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an edition.

    Attributes:
        index: Which one it is, from 0.
        start: Where it starts in the raw text (code points).
        raw: Its raw text without the line end.
        repairs: Its repairs as they are decided, in order, offsets relative to it.
        line_end: The line end behind it; none behind the last one.
        script: The script in which the repaired text is wanted.

    """

    index: int
    start: int
    raw: str
    repairs: tuple[Repair, ...] = ()
    line_end: str = ""
    script: Script = Script.AS_IS

    @property
    def repaired(self) -> str:
        """The repaired text."""
        return apply(self.raw, self.repairs) if self.repairs else self.raw

    @property
    def text(self) -> str:
        """The repaired text in the script that is wanted; every character stands where its original does."""
        return converted(self.repaired, self.script)


@dataclass(frozen=True, slots=True)
class Edition(ABC):
    """What is known about the text as a whole; :meth:`paragraphs` gives the text itself, as often as it is asked.

    Attributes:
        name: The name of the file that it comes from.
        encoding: The encoding that the file was read in.
        confidence: How sure that was (0 to 1).
        parts: The parts of the raw text: start, end (code points) and encoding; one, or none, if it is all in one.
        bom: Whether a byte order mark stood before the raw text.
        newline: The line end that most lines have.
        headings: The outline. Where the headings start in the repaired text is not to be relied on: that is for the
            repairs as they were proposed.
        script: The script in which the repaired text is wanted.

    """

    name: str
    encoding: str
    confidence: float
    parts: tuple[tuple[int, int, str], ...]
    bom: bool
    newline: str
    headings: tuple[Heading, ...]
    script: Script

    @property
    @abstractmethod
    def length(self) -> int:
        """The length of the raw text (code points)."""

    @abstractmethod
    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in order; at least one."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each paragraph's repaired text, in the script, and its line end."""
        for paragraph in self.paragraphs():
            yield paragraph.text, paragraph.line_end


@dataclass(frozen=True, slots=True)
class RepairedEdition(Edition):
    """The edition of a text whose repairs nobody has decided about."""

    result: Repaired

    @classmethod
    def of(cls, name: str, decoded: Decoded, result: Repaired, script: Script = Script.AS_IS) -> RepairedEdition:
        """Return the edition of what became of the file named ``name``."""
        return cls(
            name,
            decoded.encoding,
            decoded.confidence,
            decoded.parts,
            bool(decoded.bom),
            decoded.newline,
            result.outline,
            script,
            result,
        )

    @property
    def length(self) -> int:
        """See :class:`Edition`."""
        return len(self.result.raw)

    def paragraphs(self) -> Iterator[Paragraph]:
        """See :class:`Edition`."""
        raw, repairs = self.result.raw, self.result.repairs
        following = 0  # the first repair that has not been dealt out
        for index, (start, text) in enumerate(paragraphs(raw)):
            end = start + len(text)
            first = following
            while following < len(repairs) and repairs[following].start <= end:
                following += 1
            own = tuple(repair.shifted(-start) for repair in repairs[first:following])
            yield Paragraph(index, start, text, own, _line_end(raw, end), self.script)


def _line_end(text: str, end: int) -> str:
    """Return the line end at ``end``, where a paragraph of ``text`` ends."""
    return "\r\n" if text.startswith("\r\n", end) else text[end : end + 1]


def placed(headings: Iterable[Heading], edition: Edition) -> Iterator[Heading]:
    """Yield ``headings`` of an edition, each with the place at which it starts in the repaired text as it is decided."""
    waiting = list(reversed(list(headings)))
    grown = 0
    for paragraph in edition.paragraphs():
        end = paragraph.start + len(paragraph.raw) + len(paragraph.line_end)
        while waiting and waiting[-1].raw_start < end:
            heading = waiting.pop()
            within = heading.raw_start - paragraph.start
            before = _growth(repair for repair in paragraph.repairs if repair.end <= within)
            yield replace(heading, repaired_start=heading.raw_start + grown + before)
        if not waiting:
            return
        grown += _growth(paragraph.repairs)
    yield from reversed(waiting)


def _growth(repairs: Iterable[Repair]) -> int:
    return sum(len(repair.after) - len(repair.before) for repair in repairs if repair.applied)
