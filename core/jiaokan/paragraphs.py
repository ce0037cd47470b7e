"""Cut a text into its paragraphs. A paragraph ends at CR LF, LF or CR and at nothing else.

``str.splitlines`` also cuts at U+0085, U+2028 and others, which damaged text holds as debris of other characters.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n|\n|\r")


def paragraph_starts(text: str) -> array[int]:
    """Return the offsets (code points) at which the paragraphs start; at least the one paragraph at 0."""
    starts = array("Q", [0])
    starts.extend(match.end() for match in _LINE_END.finditer(text))
    return starts


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph's offset (code points) and its text without the line end."""
    position = 0
    for match in _LINE_END.finditer(text):
        yield position, text[position : match.start()]
        position = match.end()
    yield position, text[position:]
