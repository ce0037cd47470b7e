"""An edition gives the text paragraph by paragraph, and nothing of it is lost or moved."""

from __future__ import annotations

from dataclasses import replace

from editions import edition_of, editions, mirror_edition
from hypothesis import given
from jiaokan.edition import Edition, placed
from jiaokan.script import Script
from strategies import repair_of


@given(editions())
def test_the_paragraphs_make_up_both_texts(edition: Edition) -> None:
    result = edition.result  # type: ignore[attr-defined]
    found = list(edition.paragraphs())
    assert "".join(paragraph.raw + paragraph.line_end for paragraph in found) == result.raw
    assert "".join(paragraph.repaired + paragraph.line_end for paragraph in found) == result.repaired
    assert "".join(text + end for text, end in edition.texts()) == result.repaired
    together = [repair.shifted(paragraph.start) for paragraph in found for repair in paragraph.repairs]
    assert together == list(result.repairs)
    assert [paragraph.index for paragraph in found] == list(range(len(found)))
    assert edition.length == len(result.raw)


def test_in_another_script_the_raw_text_stays() -> None:
    [first, _] = edition_of("後,\r\n", [repair_of("後,", 1, 2, "，")], (), Script.SIMPLIFIED).paragraphs()
    assert (first.raw, first.repaired, first.text, first.line_end) == ("後,", "後，", "后，", "\r\n")


def test_headings_are_placed_where_they_stand_in_the_repaired_text() -> None:
    edition = mirror_edition()
    assert len(edition.headings) > 3
    # Nobody decided anything, so that is where they were.
    moved = [replace(heading, repaired_start=0) for heading in edition.headings]
    assert tuple(placed(moved, edition)) == edition.headings


def test_a_heading_moves_with_the_repairs_before_it() -> None:
    raw = "甲(jiǎ)\n——題"
    edition = edition_of(raw, [repair_of(raw, 1, 6, ""), repair_of(raw, 7, 8, "")], [(1, "題", 1)])
    heading = replace(edition.headings[0], raw_start=9)
    assert [found.repaired_start for found in placed([heading], edition)] == [3]
