"""The HTML report: raw and repaired text side by side, every change in its colour, the evidence as notes.

One file without script and without anything from elsewhere. Of a long text only the paragraphs with changes, their
neighbours and the headings are shown, and of a text with very many changes the first ones; the report says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.appearance import CERTAINTY_NAMES, DEFAULT_HUE, HUES, KIND_NAMES
from jiaokan.edition import Edition, Paragraph
from jiaokan.export.html_notes import Notes, marked_up
from jiaokan.export.html_table import MOST_HEADINGS, Table
from jiaokan.formats import COMPLETE_REPORT
from jiaokan.repair import Certainty, Kind
from jiaokan.script import Script, converted

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_LINE_ENDS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}
_SCRIPTS = {
    Script.SIMPLIFIED: "Simplified",
    Script.TRADITIONAL: "Traditional",
    Script.TAIWAN: "Traditional (Taiwan)",
    Script.HONGKONG: "Traditional (Hong Kong)",
}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(slots=True)
class _Totals:
    """What the whole text amounts to.

    Attributes:
        found: How many repairs there are of each kind and certainty.
        carried_out: How many of them are carried out.
        paragraphs: How many paragraphs there are that are not blank.
        changed: How many of them have repairs.
        sample: The beginning of the text.

    """

    found: Counter[tuple[Kind, Certainty]] = field(default_factory=Counter)
    carried_out: Counter[tuple[Kind, Certainty]] = field(default_factory=Counter)
    paragraphs: int = 0
    changed: int = 0
    sample: str = ""

    def add(self, paragraph: Paragraph) -> None:
        if not paragraph.raw.strip() and not paragraph.repairs:
            return
        self.paragraphs += 1
        if len(self.sample) < 10_000:
            self.sample += paragraph.text[:10_000]
        self.changed += bool(paragraph.repairs)
        for repair in paragraph.repairs:
            self.found[repair.kind, repair.certainty] += 1
            self.carried_out[repair.kind, repair.certainty] += repair.applied


def html_report(edition: Edition) -> Iterator[bytes]:
    """Yield the report in pieces, in UTF-8."""
    totals = _Totals()
    for paragraph in edition.paragraphs():
        totals.add(paragraph)
    language, notes = _language(totals.sample), Notes()
    table = Table(edition, language, notes, is_complete=edition.length <= COMPLETE_REPORT)
    for pieces in (
        _head(edition, language),
        _summary(edition, totals),
        _outline(edition, language),
        _text(edition, table),
        _notes(table, totals, notes, language),
    ):
        for piece in pieces:
            # Every lone surrogate has become a label; only names of files may still have some.
            yield piece.encode("utf-8", "replace")


def _head(edition: Edition, language: str) -> Iterator[str]:
    title = _title(edition)
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    yield (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<meta name="generator" content="Jiaokan">\n'
        f"<title>{escape(title)} – Jiaokan</title>\n<style>\n{style}{_hues()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#text">Skip to the text</a>\n'
        f'<header>\n<p>Jiaokan 校勘 · report of a repair</p>\n<h1 lang="{language}">{marked_up(title)}</h1>\n</header>\n'
    )


def _hues() -> str:
    hues = {**dict.fromkeys(Kind, DEFAULT_HUE), **HUES}
    return "".join(f".{kind} {{ --hue: {hue}; --part: {part * 100 // 255}% }}\n" for kind, (hue, part) in hues.items())


def _language(text: str) -> str:
    """Return the language tag of a text: of Traditional hanzi more are in Big5, of Simplified more in GB2312."""
    is_traditional = len(text.encode("big5", "ignore")) > len(text.encode("gb2312", "ignore"))
    return "zh-Hant" if is_traditional else "zh-Hans"


def _title(edition: Edition) -> str:
    titles = [heading.title for heading in edition.headings if heading.level == 0]
    return converted(titles[0], edition.script) if titles else Path(edition.name).name


def _summary(edition: Edition, totals: _Totals) -> Iterator[str]:
    facts = {
        "File": escape(edition.name),
        "Read as": f"{edition.encoding.upper()}{' with byte order mark' if edition.bom else ''}, "
        f"{edition.confidence:.0%} sure",
        "Line ends": _LINE_ENDS.get(edition.newline, ""),
        "Length": f"{edition.length:,} characters, {totals.paragraphs:,} paragraphs",
        "Script": _SCRIPTS.get(edition.script, ""),
    }
    yield '<section class="summary">\n<h2 id="summary">Summary</h2>\n<dl>\n'
    yield "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>\n" for name, fact in facts.items() if fact)
    yield "</dl>\n"
    yield from _counts(totals)
    yield "</section>\n"


def _counts(totals: _Totals) -> Iterator[str]:
    """Yield the table of the counts, which is the legend too."""
    if not totals.found:
        yield "<p>Nothing was found that needed repair.</p>\n"
        return
    grades = [grade for grade in Certainty if any(found is grade for _, found in totals.found)]
    yield '<table class="counts">\n<caption>Changes by kind and certainty</caption>\n<thead><tr><th scope="col">Kind</th>'
    yield "".join(f'<th scope="col">{CERTAINTY_NAMES[grade]}</th>' for grade in grades)
    yield '<th scope="col">carried out</th></tr></thead>\n<tbody>\n'
    kinds = [kind for kind in KIND_NAMES if any(found is kind for found, _ in totals.found)]
    for kind in kinds:
        name = f'<span class="{kind}"><span class="mark">{KIND_NAMES[kind]}</span></span>'
        yield _count_row(name, [totals.found[kind, grade] for grade in grades], _carried_out(totals, kind))
    sums = [sum(totals.found[kind, grade] for kind in kinds) for grade in grades]
    yield "</tbody>\n<tfoot>\n"
    yield _count_row("All", sums, totals.carried_out.total())
    yield "</tfoot>\n</table>\n"
    yield (
        "<p><b>Certain</b>: the bytes or the habit of the document prove it. <b>Probable</b>: a model of the language "
        "chose, by a clear margin. <b>Suggested</b>: for the reader to decide. <b>Lost</b>: nothing can be restored; the "
        "place is marked. What is underlined with dots is marked and not changed.</p>\n"
    )


def _count_row(name: str, counts: list[int], carried_out: int) -> str:
    cells = "".join(f"<td>{count:,}</td>" if count else "<td></td>" for count in counts)
    return f'<tr><th scope="row">{name}</th>{cells}<td>{carried_out:,}</td></tr>\n'


def _carried_out(totals: _Totals, kind: Kind) -> int:
    return sum(count for (found, _), count in totals.carried_out.items() if found is kind)


def _outline(edition: Edition, language: str) -> Iterator[str]:
    if not edition.headings:
        return
    yield '<nav aria-labelledby="outline">\n<h2 id="outline">Outline</h2>\n'
    depth = 0
    for heading in edition.headings[:MOST_HEADINGS]:
        # A list for every level, within the item above; levels that a document skips are not.
        level = min(heading.level - edition.headings[0].level + 1, depth + 1) if depth else 1
        yield "</li>\n" * (0 < level <= depth)
        yield "</ul></li>\n" * max(0, depth - level)
        yield f'<ul lang="{language}">\n' * max(0, level - depth)
        depth = max(1, level)
        yield f"<li>{_link(heading, edition.script)}"
    yield "</li></ul>\n" * depth
    if len(edition.headings) > MOST_HEADINGS:
        yield f"<p>{len(edition.headings) - MOST_HEADINGS:,} more headings are left out.</p>\n"
    yield "</nav>\n"


def _link(heading: Heading, script: Script) -> str:
    return f'<a href="#p{heading.paragraph + 1}">{marked_up(converted(heading.title, script))}</a>'


def _text(edition: Edition, table: Table) -> Iterator[str]:
    yield '<main>\n<h2 id="text">Text</h2>\n'
    if not table.is_complete:
        yield (
            f"<p>A text of {edition.length:,} characters is not shown as a whole, but its paragraphs with changes, the "
            f"ones beside them and its headings; of long stretches without a change, both ends.</p>\n"
        )
    yield from table.html()


def _notes(table: Table, totals: _Totals, notes: Notes, language: str) -> Iterator[str]:
    if table.left_out:
        yield (
            f'<p class="gap">Of the paragraphs with changes ({totals.changed:,}) not all are shown '
            f"({table.shown_changed:,}), but the first ones and the headings. The export as JSON has all of them.</p>\n"
        )
    yield "</main>\n"
    if len(notes):
        yield '<section class="notes">\n<h2 id="notes">Notes</h2>\n<ol>\n'
        yield from notes.html(language)
        yield "</ol>\n</section>\n"
    yield "</body>\n</html>\n"
