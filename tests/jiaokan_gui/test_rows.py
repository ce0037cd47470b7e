"""Texts cut into rows, and repairs dealt out to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jiaokan.paragraphs import paragraph_starts, paragraphs
from jiaokan.repair import Certainty, Evidence, Kind, Repair, apply
from jiaokan_gui.document import RowText, Side
from jiaokan_gui.rows import LONGEST, cut_rows, split_repairs
from jiaokan_gui.worker_process import rows_of

EVIDENCE = Evidence("slip.toy", "")


def repair(text: str, start: int, end: int, after: str) -> Repair:
    return Repair.of(text, start, end, after, Kind.SLIP, Certainty.CERTAIN, EVIDENCE)


def test_empty_text_has_one_empty_row() -> None:
    rows = rows_of("")
    assert len(rows) == 1
    assert rows.content_span("", 0) == (0, 0)


@given(st.text(alphabet="字a\r\n\u2028\u0085", max_size=40))
def test_rows_without_line_ends_are_the_paragraphs(text: str) -> None:
    rows = rows_of(text)
    contents = [text[slice(*rows.content_span(text, row))] for row in range(len(rows))]
    assert contents == [paragraph for _, paragraph in paragraphs(text)]


@given(st.lists(st.integers(0, 3 * LONGEST), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_rows_hold_the_whole_text_and_are_short(lengths: list[int], end: str) -> None:
    text = end.join("字" * length for length in lengths)
    rows = cut_rows(paragraph_starts(text), len(text))
    assert "".join(text[slice(*rows.span(row))] for row in range(len(rows))) == text
    for row in range(len(rows)):
        start, stop = rows.content_span(text, row)
        assert stop - start <= LONGEST + 2
        assert rows.at(start) == row
        assert rows.paragraph(row) == text[:start].count("\n")
        assert rows.continues(row) == (start > 0 and text[start - 1] != "\n")


def test_a_line_of_ten_million_characters_is_cut() -> None:
    rows = rows_of("字" * 10_000_000)
    assert len(rows) == 5000
    assert rows.paragraph(4999) == 0


@given(st.data())
def test_split_repairs_make_the_same_text(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="甲乙丙", min_size=1, max_size=30))
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    repairs = [repair(text, start, end, data.draw(st.text(alphabet="XYZ", max_size=9))) for start, end in pairs]
    cuts = [0, *sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=4)))]
    by_row = split_repairs(repairs, cuts)
    made = [
        apply(text[start:end], by_row.get(row, []))
        for row, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(text)], strict=True))
    ]
    assert "".join(made) == apply(text, repairs)


def test_a_repair_of_everything_is_divided_among_the_rows() -> None:
    text = "甲" * 10
    by_row = split_repairs([repair(text, 0, 10, "一二三四五")], [0, 4, 8])
    assert {row: [piece.after for piece in pieces] for row, pieces in by_row.items()} == {
        0: ["一二"],
        1: ["三四"],
        2: ["五"],
    }


def test_a_suggestion_may_enclose_repairs() -> None:
    text = "甲乙丙丁戊己"
    suggestion = Repair.of(text, 0, 6, "", Kind.FURNITURE, Certainty.SUGGESTED, EVIDENCE)
    by_row = split_repairs([suggestion, repair(text, 1, 2, "二"), repair(text, 5, 6, "六")], [0, 3])
    assert {row: [(piece.start, piece.end, piece.applied) for piece in pieces] for row, pieces in by_row.items()} == {
        0: [(0, 3, False), (1, 2, True)],
        1: [(0, 3, False), (2, 3, True)],
    }
    shown = RowText(text, (suggestion, repair(text, 1, 2, ""), repair(text, 5, 6, "六七")), known=True)
    assert shown.spans(Side.REPAIRED) == [(0, 6), (1, 1), (4, 6)]


@given(st.lists(st.integers(0, 3 * LONGEST), min_size=1, max_size=6))
def test_every_paragraph_is_found_by_its_number(lengths: list[int]) -> None:
    rows = rows_of("\n".join("字" * length for length in lengths))
    for paragraph in range(len(lengths)):
        row = rows.row_of_paragraph(paragraph)
        assert rows.paragraph(row) == paragraph
        assert not rows.continues(row)
    assert rows.row_of_paragraph(99) == rows.row_of_paragraph(len(lengths) - 1)
