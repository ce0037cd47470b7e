"""The outline of a document, from its headings (interface; being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of the outline.

    Attributes:
        level: 0 for the document's title, then 1, 2, … as headings nest.
        title: The text shown.
        paragraph: Index of the paragraph.
        raw_start: Where the heading's text starts in the raw text (code points).
        repaired_start: Where it starts in the repaired text (code points).
    """

    level: int
    title: str
    paragraph: int
    raw_start: int
    repaired_start: int
