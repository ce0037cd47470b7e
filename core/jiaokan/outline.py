"""The outline of a document, from its headings.

Four families of headings, and one that needs a second look:

- the title: the first line that can be one;
- *entries*: paragraphs that begin with a dash of two (——), with their first sentence as text;
- *numbered* headings: 第…章, 一、 （一） 1. 1.1, and the ``#`` of Markdown;
- *sections*: short lines without closing punctuation. Verse, dialogue and lists have them too, so they count only
  before and between the entries of a document that has entries, and only where they stand alone.

Levels are not fixed: a numbering that first appears below another is its child, as the document itself nests them.
The builder sees one paragraph after the other, keeps candidates only, and decides at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiaokan import headlines
from jiaokan.headlines import DASH, SECTION, Headline, Style
from jiaokan.repair import Kind, OffsetMap, Repair

_TITLE_WITHIN = 12
"""The title is among the first so many lines, or there is none."""

_PENDING_SECTIONS = 64
"""More short lines than this between two entries are verse or a list, not sections."""


_LONGEST_FENCE = 500
"""A block of code between ``` has at most so many lines; a fence that nothing closes must not swallow the rest."""


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


@dataclass(frozen=True, slots=True)
class _Line:
    """A candidate: a headline, where it stands, and the count of lines before it that are not blank."""

    headline: Headline
    ordinal: int
    paragraph: int
    raw_start: int
    repaired_start: int
    follows_quotation: bool = False

    @property
    def style(self) -> Style:
        return self.headline.style


@dataclass(slots=True)
class OutlineBuilder:
    """Collects the headings of a document, paragraph by paragraph, in order. Picklable at any moment."""

    _ordinal: int = 0
    _numbered: list[_Line] = field(default_factory=list)
    _entries: list[_Line] = field(default_factory=list)
    _sections: list[_Line] = field(default_factory=list)
    _pending: list[_Line] = field(default_factory=list)
    _top: list[_Line | None] = field(default_factory=list)
    _before: str = ""
    _after_blank: bool = True
    _fence_lines: int = 0

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
        """Take the next paragraph.

        Args:
            paragraph: Its index.
            raw_start: Where it starts in the raw text (code points).
            repaired_start: Where it starts in the repaired text (code points).
            text: The paragraph, repaired, without its line end.
            repairs: Its repairs, offsets relative to the raw paragraph: they say how long its indent is there.
            furniture: Whether all of it is furniture, which the outline passes over.

        """
        indent = headlines.indent(text)
        if indent == len(text):
            self._after_blank = True
            return
        if furniture:
            return
        self._ordinal += 1
        headline = self._headline(text, indent)
        line = None
        if headline is not None:
            raw_indent = OffsetMap(repairs).to_raw(indent) if repairs else indent
            signs = headline.style == DASH and headlines.is_quotation(self._before)
            line = _Line(headline, self._ordinal, paragraph, raw_start + raw_indent, repaired_start + indent, signs)
            self._keep(line)
        if len(self._top) < _TITLE_WITHIN:
            self._top.append(line)
        self._before = text if len(text) <= headlines.LONGEST_LINE else ""
        self._after_blank = False

    def _headline(self, text: str, indent: int) -> Headline | None:
        """Return what the paragraph is the headline of, None if of nothing."""
        if text.startswith(("```", "~~~"), indent):
            self._fence_lines = 0 if self._fence_lines else _LONGEST_FENCE
            return None
        if self._fence_lines:
            self._fence_lines -= 1
            return None
        return headlines.read(text, indent, stands_apart=self._after_blank)

    def _keep(self, line: _Line) -> None:
        if line.style == SECTION:
            if len(self._pending) <= _PENDING_SECTIONS:
                self._pending.append(line)
        elif line.style == DASH:
            self._entries.append(line)
            if len(self._pending) <= _PENDING_SECTIONS:
                self._sections.extend(_standing_alone(self._pending))
            self._pending.clear()
        elif line.style == headlines.ASIDE:
            if self._pending and self._pending[-1].ordinal + 1 == line.ordinal:
                self._pending.pop()  # the author's name above the date, not a section
        elif line.style != headlines.TITLE:
            self._numbered.append(line)

    def headings(self) -> list[Heading]:
        """Return the outline of the paragraphs added so far, in their order."""
        title = self._title()
        entries = _without_signatures(self._entries)
        numbered = _without_lists(_without_contents(self._numbered))
        lines = [*entries, *numbered]
        if len(entries) >= 2 and not any(line.style.family == headlines.CHAPTER for line in numbered):
            lines.extend(self._sections)
        after_title = 0 if title is None else title.ordinal
        lines = sorted((line for line in lines if line.ordinal > after_title), key=lambda line: line.ordinal)
        nested = [_heading(level, line) for level, line in _nested(lines)]
        return nested if title is None else [_heading(0, title), *nested]

    def _title(self) -> _Line | None:
        """Return the first line that can be the title: a heading alone is none, there must be more below it."""
        texts = Counter(line.headline.title for line in self._top if line is not None)
        for line in self._top:
            if line is None:
                return None  # running text has begun
            if line.style in (DASH, headlines.ASIDE):
                continue
            if line.style not in (SECTION, headlines.TITLE, headlines.MARKDOWN_TITLE):
                return None
            is_repeated = texts[line.headline.title] > 1 or headlines.is_site_name(line.headline.title)
            if not is_repeated and self._ordinal > line.ordinal:
                return line
        return None


def is_furniture(text: str, repairs: Sequence[Repair]) -> bool:
    """Return whether all of a paragraph (raw) but its white space is marked as furniture."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return any(repair.kind is Kind.FURNITURE and repair.start <= start and end <= repair.end for repair in repairs)


def _heading(level: int, line: _Line) -> Heading:
    return Heading(level, line.headline.title, line.paragraph, line.raw_start, line.repaired_start)


def _standing_alone(lines: Iterable[_Line]) -> list[_Line]:
    """Return the lines that stand alone or last of two; three and more on end are verse or a list."""
    runs: list[list[_Line]] = []
    for line in lines:
        if runs and runs[-1][-1].ordinal + 1 == line.ordinal:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run[-1] for run in runs if len(run) <= 2]


def _without_signatures(entries: Sequence[_Line]) -> list[_Line]:
    """Return ``entries`` without those that only sign what stands before them: ——鲁迅 below a quotation, a date."""
    ordinals = {line.ordinal for line in entries}
    kept: list[_Line] = []
    for line in entries:
        is_in_list = line.ordinal - 1 in ordinals or line.ordinal + 1 in ordinals
        if not line.headline.is_prose and _signs(line, is_in_list=is_in_list):
            continue
        kept.append(line)
    return kept


def _signs(line: _Line, *, is_in_list: bool) -> bool:
    title = line.headline.title
    return headlines.is_date_or_note(title) or (line.follows_quotation and not is_in_list and headlines.may_sign(title))


def _without_contents(lines: Sequence[_Line]) -> list[_Line]:
    """Return ``lines`` without tables of contents and without headings repeated at the top of every page.

    A line of a table of contents has a page number behind dots, or stands directly beside another and comes again.
    """
    times = Counter(line.headline.key for line in lines)
    ordinals = {line.ordinal for line in lines}
    kept: list[_Line] = []
    last: dict[Style, str] = {}
    for line in lines:
        key, name = line.headline.key, line.headline.name
        times[key] -= 1
        is_listed = line.ordinal - 1 in ordinals or line.ordinal + 1 in ordinals
        if line.headline.has_page or (is_listed and times[key]) or last.get(line.style) == name:
            continue
        last[line.style] = name
        kept.append(line)
    return kept


def _without_lists(lines: Sequence[_Line]) -> list[_Line]:
    """Return ``lines`` without the items of numbered lists: side by side in one style, or out of count."""
    styles = {line.ordinal: line.style for line in lines}
    kept: list[_Line] = []
    counts: dict[tuple[Style, tuple[int, ...]], int] = {}
    for line in lines:
        if line.style.family not in headlines.LISTING:
            kept.append(line)
            continue
        is_beside = line.style in (styles.get(line.ordinal - 1), styles.get(line.ordinal + 1))
        *parents, number = line.headline.number
        before = counts.get((line.style, tuple(parents)), 0)
        # One or two headings may be missing in a damaged text.
        if (is_beside and not line.headline.is_prose) or not (number == 1 or before < number <= before + 3):
            continue
        counts[(line.style, tuple(parents))] = number
        kept.append(line)
    return kept


def _nested(lines: Iterable[_Line]) -> Iterable[tuple[int, _Line]]:
    """Yield every line with its level: that of its style where it is open, else one below what is open."""
    open_styles: list[Style] = []
    for line in lines:
        if line.style == DASH:
            yield len(open_styles) + 1, line
            continue
        while open_styles and line.style.outranks(open_styles[-1]):
            open_styles.pop()
        if line.style in open_styles:
            del open_styles[open_styles.index(line.style) :]
        open_styles.append(line.style)
        yield len(open_styles), line
