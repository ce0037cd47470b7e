"""The table of an HTML report: a row for each paragraph, raw text left, repaired text right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jiaokan.appearance import CERTAINTY_NAMES, KIND_NAMES
from jiaokan.edition import Edition, Paragraph
from jiaokan.export.html_notes import Notes, marked_up
from jiaokan.export.marked_text import Stretch, raw_stretches, repaired_stretches
from jiaokan.repair import Kind, Repair

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_MOST_SHOWN = 1_000_000
"""After so many code points on both sides together only headings follow: browsers take seconds for more."""

_MARK = 20
"""A mark weighs as much as so many code points."""

_LEAST = 1000
"""So much of a paragraph (code points) is shown in any case."""

MOST_HEADINGS = 2000
"""So many headings are shown at most."""

_CONTEXT = 60
"""Of longer stretches without a change so many code points are shown at either end, if not everything is."""

_LONGEST_MARK = 500
"""Of longer changes the same."""

_LONGEST_HEADING = 100
"""A longer paragraph (code points) only begins with a heading."""

_HABITS = frozenset({Kind.ANNOTATION, Kind.WIDTH, Kind.INVISIBLE})
"""Kinds of which a document has hundreds, all alike: no number stands behind each."""


class Table:
    """Writes the rows and remembers what it left out."""

    def __init__(self, edition: Edition, language: str, notes: Notes, *, is_complete: bool) -> None:
        """Write rows for ``edition``, for all paragraphs if it is to be complete; take the numbers from ``notes``.

        ``language`` is the tag of the text's language.
        """
        self._language = language
        self.is_complete = is_complete
        self.shown_changed = 0
        """How many paragraphs with changes are shown."""
        self.left_out = False
        """Whether changes are left out after the first ones."""
        self._edition = edition
        self._notes = notes
        self._headings = {heading.paragraph: heading for heading in edition.headings[:MOST_HEADINGS]}
        self._size = 0
        self._skipped = 0

    def html(self) -> Iterator[str]:
        """Yield the table."""
        yield (
            f'<table class="text" lang="{self._language}">\n<colgroup><col class="number"><col><col></colgroup>\n'
            '<thead lang="en"><tr>'
            '<th scope="col"><abbr title="Paragraph">¶</abbr></th><th scope="col">Raw</th><th scope="col">Repaired</th>'
            "</tr></thead>\n<tbody>\n"
        )
        before: Paragraph | None = None  # the last one, as long as it is not shown
        after_change = False
        for paragraph in self._edition.paragraphs():
            if not paragraph.raw.strip() and not paragraph.repairs:
                continue
            if self._is_shown(paragraph, after_change=after_change):
                if before is not None and paragraph.repairs:
                    self._skipped -= 1
                    yield from self._row(before)
                yield from self._row(paragraph)
                before = None
            else:
                self.left_out = self.left_out or bool(paragraph.repairs)
                self._skipped += 1
                before = None if self.left_out else paragraph
            after_change = bool(paragraph.repairs) and not self.left_out
        yield from self._gap()
        yield "</tbody>\n</table>\n"

    def _is_shown(self, paragraph: Paragraph, *, after_change: bool) -> bool:
        if paragraph.index in self._headings:
            return True
        is_wanted = self.is_complete or bool(paragraph.repairs) or after_change
        return is_wanted and self._size <= _MOST_SHOWN

    def _gap(self) -> Iterator[str]:
        if self._skipped:
            words = "1 paragraph" if self._skipped == 1 else f"{self._skipped:,} paragraphs"
            what = "left out" if self.left_out else "without a change"
            yield f'<tr class="gap"><td colspan="3">{words} {what}</td></tr>\n'
            self._skipped = 0

    def _row(self, paragraph: Paragraph) -> Iterator[str]:
        yield from self._gap()
        number = paragraph.index + 1
        self.shown_changed += bool(paragraph.repairs)
        heading = self._headings.get(paragraph.index)
        numbers: dict[int, int] = {}
        room = max(_LEAST, (_MOST_SHOWN - self._size) // 2)
        raw = "".join(self._side(raw_stretches(paragraph), paragraph, numbers, room, is_raw=True))
        repaired = "".join(self._side(repaired_stretches(paragraph), paragraph, numbers, room, is_raw=False))
        if len(paragraph.raw) > _LONGEST_HEADING:
            heading = None
        name = "" if heading is None else ' class="heading"'
        yield (
            f'<tr id="p{number}"{name}><th scope="row"><a href="#p{number}">{number}</a></th>'
            f"<td>{raw}</td><td>{_in_heading(repaired, heading)}</td></tr>\n"
        )

    def _side(
        self, stretches: Iterator[Stretch], paragraph: Paragraph, numbers: dict[int, int], room: int, *, is_raw: bool
    ) -> Iterator[str]:
        """Yield one side of a paragraph, at most ``room`` code points of it; keep the notes' numbers in ``numbers``."""
        noted: set[int] = set()
        for text, index in stretches:
            if room < 0:
                self.left_out = True
                yield '<span class="gap"> … the rest of this paragraph is left out</span>'
                return
            shown = text if self.is_complete else _shortened(text, _CONTEXT if index is None else _LONGEST_MARK)
            room -= len(shown) + (_MARK if index is not None else 0)
            self._size += len(shown) + (_MARK if index is not None else 0)
            if index is None:
                yield marked_up(shown)
                continue
            repair = paragraph.repairs[index]
            if index not in numbers:
                numbers[index] = self._notes.number(repair, paragraph.index + 1)
            if is_raw:
                yield _mark(repair, numbers[index], marked_up(shown), "del")
            else:
                link = _link(repair, numbers[index], marked_up(shown), is_first=index not in noted)
                yield _mark(repair, numbers[index], link, "ins")
                noted.add(index)


def _shortened(text: str, context: int) -> str:
    left_out = len(text) - 2 * context
    if left_out <= context:
        return text
    return f"{text[:context]} … ({left_out:,} characters) … {text[-context:]}"


def _mark(repair: Repair, number: int, inner: str, tag: str) -> str:
    tag = tag if repair.applied else "span"
    off = "" if repair.applied else " off"
    title = f"{number}: {KIND_NAMES.get(repair.kind, repair.kind)}, {CERTAINTY_NAMES.get(repair.certainty, '')}"
    return f'<{tag} class="mark{off} {repair.kind}" title="{title}">{inner}</{tag}>'


def _link(repair: Repair, number: int, inner: str, *, is_first: bool) -> str:
    """Return a link to the note; what is a habit of the document is no stop for the Tab key."""
    if repair.kind in _HABITS and repair.applied:
        return f'<a href="#n{number}" tabindex="-1" aria-label="note {number}">{inner}</a>'
    shown = f"<sup>{number}</sup>" if is_first else ""
    return f'<a href="#n{number}">{inner}{shown}</a>'


def _in_heading(html: str, heading: Heading | None) -> str:
    if heading is None:
        return html
    level = min(6, heading.level + 3)
    return f"<h{level}>{html}</h{level}>"
