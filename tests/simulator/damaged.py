"""What the simulator hands out: a damaged text together with the truth about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text and its truth; both have the same paragraphs (LF between them).

    Attributes:
        raw: The damaged text.
        intended: What a perfect repair gives. Paragraphs to be marked stand in it as they do in ``raw``.
        marked: Indices of the paragraphs that are no part of the document and should be marked (furniture, link spam).
    """

    raw: str
    intended: str
    marked: frozenset[int] = field(default=frozenset())


def comparable(text: str) -> str:
    """Return ``text`` without what no repair can know: indentation, trailing space, which kind of space stood there."""
    lines = text.replace("\u3000", " ").replace("\u00a0", " ").split("\n")
    return "\n".join(line.strip(" ") for line in lines)
