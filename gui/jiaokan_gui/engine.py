"""The engine as a worker process uses it: what can be put in its place, and the one that is used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jiaokan.repair import Repair

from jiaokan_gui.messages import Candidate, Encoding, Passage

# Encodings that are offered first, with a line of each: so many, the usual ones always among them.
_OFFERED = 6
_USUAL = frozenset(("utf-8", "gb18030", "big5hkscs", "utf-16-le"))
_RANKED = 30

if TYPE_CHECKING:
    from jiaokan.outline import Heading


class CannotOpen(Exception):
    """A file cannot be shown; the message goes on after its name: "is a directory; …"."""


class Headings(Protocol):
    """Takes the paragraphs of a document in order and finds its headings."""

    def add(
        self,
        paragraph: int,
        raw_start: int,
        repaired_start: int,
        text: str,
        repairs: Sequence[Repair] = (),
        *,
        furniture: bool = False,
    ) -> None:
        """Take the next paragraph: its repaired text, its repairs, and whether it is no part of the document."""

    def headings(self) -> Sequence[Heading]:
        """Return the headings among the paragraphs so far."""


class Engine(Protocol):
    """What a worker process asks of the engine. Picklable: the process gets it when it starts."""

    def read(self, path: Path) -> bytes:
        """Return the file's bytes; raises CannotOpen."""

    def decode(self, data: bytes, encoding: str | None) -> tuple[str, Encoding]:
        """Return the text of the bytes and how they were read; raises CannotOpen where they are no text."""

    def candidates(self, data: bytes) -> tuple[Candidate, ...]:
        """Return the encodings that the bytes may be in, the likeliest first."""

    def survey(self, text: str) -> Any:
        """Return what the whole text tells, for :meth:`repair`."""

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        """Return the repairs of a paragraph, offsets relative to it."""

    def headings(self) -> Headings:
        """Return an empty finder of headings."""


class StandardEngine:
    """Jiaokan's own engine."""

    def read(self, path: Path) -> bytes:
        """See :class:`Engine`."""
        from jiaokan.files import UnreadableFile, read

        try:
            return read(path)
        except UnreadableFile as error:
            raise CannotOpen(error.reason) from error

    def decode(self, data: bytes, encoding: str | None) -> tuple[str, Encoding]:
        """See :class:`Engine`."""
        from jiaokan.decoding import decode
        from jiaokan.files import looks_binary

        decoded = decode(data, encoding)
        if reason := looks_binary(data, decoded.text):
            raise CannotOpen(reason)
        # In the messages' own types: the window would have to import the engine to read the engine's.
        parts = tuple(Passage(*part) for part in decoded.parts) if len(decoded.parts) > 1 else ()
        return decoded.text, Encoding(
            decoded.encoding, decoded.confidence, bool(decoded.bom), decoded.newline or "", parts
        )

    def candidates(self, data: bytes) -> tuple[Candidate, ...]:
        """See :class:`Engine`."""
        from jiaokan.decoding import candidates

        ranked = [Candidate(found.encoding, found.confidence, found.preview) for found in candidates(data, _RANKED)]
        rare = [candidate for candidate in ranked if candidate.encoding not in _USUAL][: _OFFERED - len(_USUAL)]
        return tuple(candidate for candidate in ranked if candidate.encoding in _USUAL or candidate in rare)

    def survey(self, text: str) -> Any:
        """See :class:`Engine`."""
        from jiaokan.survey import survey

        return survey(text)

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        """See :class:`Engine`."""
        from jiaokan.pipeline import repair_paragraph

        return repair_paragraph(paragraph, evidence)

    def headings(self) -> Headings:
        """See :class:`Engine`."""
        from jiaokan.outline import OutlineBuilder

        return OutlineBuilder()
