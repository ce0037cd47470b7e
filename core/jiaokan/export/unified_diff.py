"""The difference of raw and repaired text as a unified diff, for the eye and for ``patch``.

Repairs never touch line ends, so the lines correspond one to one and nothing has to be aligned. A line ends at LF, as
``patch`` sees it; a CR alone is a character like any other. Written in the encoding of the source, the diff turns the
source into the repaired file.

Source of the format: GNU diffutils' manual, "Detailed Description of Unified Format".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from jiaokan.edition import Edition

CONTEXT = 3
"""So many lines without a change stand around those with one."""

_NO_LINE_END = "\\ No newline at end of file"


class _Line(NamedTuple):
    """A line of both texts, without its LF, and whether it has one.

    A last one that has none may be empty in one of the texts: there it is no line.
    """

    number: int
    raw: str
    repaired: str
    ends: bool

    @property
    def is_changed(self) -> bool:
        return self.raw != self.repaired


def unified_diff(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the lines of the diff, each with its line end; none if nothing is changed."""
    name = "".join(character if character.isprintable() else "?" for character in edition.name)
    header = [(f"--- {name}\traw", "\n"), (f"+++ {name}\trepaired", "\n")]
    for hunk in _hunks(edition):
        yield from header
        header = []
        first = hunk[0].number
        before = sum(bool(line.ends or line.raw) for line in hunk)
        after = sum(bool(line.ends or line.repaired) for line in hunk)
        yield f"@@ -{_range(first, before)} +{_range(first, after)} @@", "\n"
        yield from _lines_of(hunk)


def _range(first: int, length: int) -> str:
    if length == 0:
        return f"{first - 1},0"
    return f"{first}" if length == 1 else f"{first},{length}"


def _hunks(edition: Edition) -> Iterator[list[_Line]]:
    """Yield the runs of lines in which changes stand no further apart than twice the context."""
    before: deque[_Line] = deque(maxlen=CONTEXT)
    hunk: list[_Line] = []
    unchanged = 0  # lines at the end of the hunk
    for line in _lines(edition):
        if line.is_changed:
            hunk += [*before, line]
            before.clear()
            unchanged = 0
        elif hunk and unchanged < CONTEXT:
            hunk.append(line)
            unchanged += 1
        elif hunk:
            # Beyond the context: the hunk ends here unless another change comes soon enough.
            if len(before) == CONTEXT:
                yield hunk
                hunk = []
            before.append(line)
        else:
            before.append(line)
    if hunk:
        yield hunk


def _lines(edition: Edition) -> Iterator[_Line]:
    number = 1
    raw, repaired = list[str](), list[str]()
    if edition.bom:
        raw, repaired = ["\ufeff"], ["\ufeff"]
    for paragraph in edition.paragraphs():
        ends = paragraph.line_end.endswith("\n")
        rest = paragraph.line_end.removesuffix("\n")
        raw += (paragraph.raw, rest)
        repaired += (paragraph.text, rest)
        if ends:
            yield _Line(number, "".join(raw), "".join(repaired), ends=True)
            raw, repaired = [], []
            number += 1
    if any(raw) or any(repaired):
        yield _Line(number, "".join(raw), "".join(repaired), ends=False)


def _lines_of(hunk: list[_Line]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a hunk: of lines that are changed together first the raw ones, then the repaired ones."""
    changed: list[_Line] = []
    for line in hunk:
        if line.is_changed:
            changed.append(line)
        else:
            yield from _changed(changed)
            changed = []
            yield from _marked(" ", line.raw, ends=line.ends)
    yield from _changed(changed)


def _changed(lines: list[_Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        yield from _marked("-", line.raw, ends=line.ends)
    for line in lines:
        yield from _marked("+", line.repaired, ends=line.ends)


def _marked(mark: str, text: str, *, ends: bool) -> Iterator[tuple[str, str]]:
    if ends or text:
        yield mark + text, "\n"
        if not ends:
            yield _NO_LINE_END, "\n"
