r"""The repaired text as Markdown, with the outline as headings.

Every paragraph is one, a blank line apart, and shows the characters that it has: what Markdown would take for markup
is escaped. The marks that make a line of text a heading (the dash of an entry, the # of Markdown) and the full stop
behind the first sentence of an entry give way to the # of the heading.

Source of the syntax: the CommonMark specification 0.31.2, and GitHub's extensions to it (~~).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jiaokan.edition import Edition, Paragraph
from jiaokan.script import converted

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_DEEPEST = 6
_INLINE = re.compile(r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)|~(?=~)|(?<=~)~")
# What only means something where a paragraph begins; of 1. and 1) the mark behind the number is escaped.
_BLOCK = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))|(?=#{1,6}(?:[ \t]|$)|>|[-+](?:[ \t]|$)|-{3,}[ \t]*$|=+[ \t]*$)"
)
_CLOSING_MARKS = re.compile(r"(?<![^ \t])(?=#+$)")
_SPACE = " \t"
_CLOSING = "。．｡：:；;，,、 \u3000"


def markdown(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the lines of the Markdown text, each with its line end."""
    headings = {heading.paragraph: heading for heading in edition.headings}
    lowest = min((heading.level for heading in edition.headings), default=0)
    is_first = True
    for paragraph in edition.paragraphs():
        heading = headings.get(paragraph.index)
        for block in _blocks(paragraph, heading, lowest):
            if not is_first:
                yield "", "\n"
            yield block, "\n"
            is_first = False


def _blocks(paragraph: Paragraph, heading: Heading | None, lowest: int) -> Iterator[str]:
    """Yield a paragraph as blocks: itself if there is anything in it, or its heading and what follows that."""
    text = paragraph.text
    if heading is not None:
        marks = "#" * min(_DEEPEST, heading.level - lowest + 1)
        title = _inline_escaped(converted(heading.title, paragraph.script))
        # Behind a space # would close the heading and not be shown.
        title = _CLOSING_MARKS.sub(r"\\", title)
        yield f"{marks} {title}"
        start = paragraph.repaired.find(heading.title)
        if start >= 0:
            text = text[start + len(heading.title) :].lstrip(_CLOSING)
    # Spaces at the beginning of a line would make it code; ideographic ones do not.
    text = text.strip(_SPACE)
    if text and not text.isspace():
        yield _escaped(text)


def _escaped(text: str) -> str:
    """Return ``text`` (a paragraph without line end) such that Markdown shows it as it is."""
    text = _inline_escaped(text)
    return _BLOCK.sub(r"\g<number>\\", text, count=1) if _BLOCK.match(text) else text


def _inline_escaped(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)
