"""The HTML report: well-formed, self-contained, every text and every note in it, links that lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from editions import edition_of, editions, mirror_edition
from hypothesis import example, given, settings
from jiaokan.edition import Edition, RepairedEdition
from jiaokan.export.html_notes import marked_up
from jiaokan.export.html_report import html_report
from jiaokan.formats import COMPLETE_REPORT
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair
from jiaokan.script import Script
from strategies import repair_of

_VOID = {"meta", "col", "br"}


class Page(HTMLParser):
    """A report as a browser takes it: fails where a tag is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.tags: Counter[str] = Counter()
        self.identifiers: list[str] = []
        self.links: list[str] = []
        self.columns: tuple[list[str], list[str]] = ([], [])
        self.attributes: Counter[str] = Counter()
        self.text = ""
        self._cell = -1
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.attributes.update(values.keys())
        self.tags[tag] += 1
        if identifier := values.get("id"):
            self.identifiers.append(identifier)
        if tag == "a":
            self.links.append(values["href"] or "")
        if tag == "tr":
            self._cell = -1
        if tag == "td":
            self._cell += 1
        if tag not in _VOID:
            self.open.append((tag, values.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        in_text = any(entry == ("table", "text") for entry in self.open) and any(tag == "td" for tag, _ in self.open)
        if in_text and not any(tag == "sup" or name == "unseen" for tag, name in self.open):
            self.columns[self._cell].append(data)


def page_of(edition: Edition) -> Page:
    return Page(b"".join(html_report(edition)).decode())


@settings(max_examples=60)
@given(editions())
@example(edition_of("<script>&amp;</td>\n\0\udcff\u202e]]>"))
def test_any_text_is_shown_as_it_is(edition: RepairedEdition) -> None:
    page = page_of(edition)
    shown = [paragraph for paragraph in edition.paragraphs() if paragraph.raw.strip() or paragraph.repairs]
    unseen = re.compile(r"<[^>]*>[^<]*</span>")
    for column, texts in zip(page.columns, ([p.raw for p in shown], [p.text for p in shown]), strict=True):
        expected = "".join(unseen.sub("", marked_up(text)) for text in texts)
        assert "".join(column) == expected.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert len(set(page.identifiers)) == len(page.identifiers)
    assert {link.removeprefix("#") for link in page.links} <= set(page.identifiers)


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    html = b"".join(html_report(mirror_edition())).decode()
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    assert not {"src", "onclick", "onload", "style", "action"} & set(page.attributes)
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"url\(|@import", html)
    assert "default-src 'none'" in html


def test_a_damaged_page_has_outline_counts_and_notes() -> None:
    edition = mirror_edition()
    page = page_of(edition)
    for heading in edition.headings:
        assert f"#p{heading.paragraph + 1}" in page.links
        assert heading.title in page.text
    counts = Counter(repair.kind for repair in edition.result.repairs)
    assert "Inserted pinyin" in page.text
    assert f"{counts[Kind.ANNOTATION]:,}" in page.text
    assert page.tags["table"] == 2
    notes = {f"n{number}" for number in range(1, 10)}
    assert notes <= set(page.identifiers)


def test_a_note_holds_the_evidence_once_for_all_that_are_alike() -> None:
    raw = "體系?!秉h。體系?!秉h"
    evidence = Evidence("slip.chosen", "A byte is lost.", bytes.fromhex("a1a3"), bytes.fromhex("3f21"))
    candidates = (Candidate("。”黨", -1.0), Candidate("危”黨", -10.4))
    repairs = [
        Repair.of(raw, start, start + 4, "。”黨", Kind.SLIP, Certainty.PROBABLE, evidence, candidates)
        for start in (2, 9)
    ]
    page = page_of(edition_of(raw, repairs))
    assert page.text.count("A byte is lost.") == 1
    assert "probable, carried out, 2 times; paragraph 1." in page.text
    assert "A1 A3" in page.text
    assert "3F 21" in page.text
    assert "危”黨 (-9.4)" in page.text
    assert page.links.count("#n1") == 2


def test_what_is_not_carried_out_says_so() -> None:
    raw = "返回頂部 \ufffd"
    repairs = [
        Repair.of(raw, 0, 4, "", Kind.FURNITURE, Certainty.SUGGESTED, Evidence("f", "no text")),
        Repair.of(raw, 5, 6, "\ufffd", Kind.INVISIBLE, Certainty.LOST, Evidence("l", "gone")),
    ]
    page = page_of(edition_of(raw, repairs))
    assert page.tags["del"] == page.tags["ins"] == 1  # those of the note
    assert "suggested, not carried out" in page.text
    assert "lost; paragraph 1. Gone." in page.text


def test_a_clean_text_says_that_nothing_was_found() -> None:
    assert "Nothing was found that needed repair." in page_of(edition_of("天地玄黃。")).text


def test_the_language_and_the_script_are_told() -> None:
    html = b"".join(html_report(edition_of("這個國家", script=Script.SIMPLIFIED))).decode()
    assert '<table class="text" lang="zh-Hans">' in html
    assert "<dt>Script</dt><dd>Simplified</dd>" in html
    assert '<table class="text" lang="zh-Hant">' in b"".join(html_report(edition_of("這個國家"))).decode()


def test_levels_of_the_outline_are_lists_within_lists() -> None:
    levels = [0, 1, 3, 1, 2, 0, 5]
    raw = "\n".join("題" * (index + 1) for index in range(len(levels)))
    page = page_of(edition_of(raw, (), [(level, "題" * (index + 1), index) for index, level in enumerate(levels)]))
    assert page.tags["li"] == len(levels)
    assert page.tags["ul"] == 5


def _long(lines: int, every: int) -> RepairedEdition:
    text = "天地玄黃，宇宙洪荒,日月盈昃，辰宿列張。" * 2 + "\n"
    raw = text * lines
    starts = range(9, len(raw), len(text) * every)
    return edition_of(raw, [repair_of(raw, start, start + 1, "，") for start in starts], [(0, "題", 50)])


def test_of_a_long_text_only_what_is_changed_is_shown() -> None:
    edition = _long(6_000, 1_000)
    assert edition.length > COMPLETE_REPORT
    page = page_of(edition)
    assert [name for name in page.identifiers if name.startswith("p")] == [
        *("p1", "p2", "p51"),
        *(f"p{1000 * change + near}" for change in range(1, 6) for near in (0, 1, 2)),
    ]
    assert "48 paragraphs without a change" in page.text
    assert "997 paragraphs without a change" in page.text
    assert "is not shown as a whole" in page.text


def test_long_stretches_without_a_change_are_shortened() -> None:
    raw = "天" * 300_000 + "," + "地" * 300_000
    html = b"".join(html_report(edition_of(raw, [repair_of(raw, 300_000, 300_001, "，")])))
    assert len(html) < 30_000
    assert html.decode().count("(299,880 characters)") == 4


def test_of_a_text_full_of_changes_the_first_ones_are_shown() -> None:
    edition = _long(60_000, 1)
    html = b"".join(html_report(edition)).decode()
    assert len(html) < 20_000_000
    assert re.search(r"paragraphs with changes \(60,000\) not all are shown \(\d,\d{3}\)", html)
    assert re.search(r"[\d,]+ paragraphs left out", html)
    assert "<td>60,000</td>" in html


def test_headings_are_shown_even_where_changes_are_left_out() -> None:
    edition = _long(60_000, 1)
    headings = [(1, "題", number) for number in range(0, 60_000, 20)]
    page = page_of(edition_of(edition.result.raw, edition.result.repairs, headings))
    assert {"p1", "p21", "p39981"} <= set(page.identifiers)
    assert {link.removeprefix("#") for link in page.links} <= set(page.identifiers)
    assert "1,000 more headings are left out." in page.text


def test_one_paragraph_full_of_changes_is_cut_too() -> None:
    raw = "天地玄黃,宇宙洪荒。" * 60_000
    repairs = [repair_of(raw, start, start + 1, "，") for start in range(4, len(raw), 10)]
    html = b"".join(html_report(edition_of(raw, repairs))).decode()
    assert len(html) < 10_000_000
    assert html.count("the rest of this paragraph is left out") == 2
    assert "not all are shown" in html


def test_one_change_of_a_long_text_is_shortened() -> None:
    raw = "鈥" * 300_000
    html = b"".join(html_report(edition_of(raw, [repair_of(raw, 0, len(raw), "天" * 300_000)])))
    assert len(html) < 30_000
    assert html.decode().count("(299,000 characters)") == 2
