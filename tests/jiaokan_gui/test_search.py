"""What is found, and that it goes on being right while the text changes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.judgement import Ruling, Verdict
from jiaokan.script import Script
from jiaokan_gui import search
from jiaokan_gui.decisions import decide
from jiaokan_gui.document import Document, Side
from jiaokan_gui.hits import Hit, Hits
from jiaokan_gui.rows import LONGEST
from jiaokan_gui.search import Search
from jiaokan_gui.search_pattern import BadPattern, Pattern, Query, TooSlow
from pytestqt.qtbot import QtBot

Make = Callable[[str], Document]
RAW, REPAIRED = Side.RAW, Side.REPAIRED


def found(document: Document, query: Query, qtbot: QtBot, row: int = 0) -> Search:
    result = Search(document, Pattern(query), row)
    qtbot.waitUntil(lambda: not result.is_busy)
    return result


def listed(hits: Hits) -> list[Hit]:
    return [hits[number] for number in range(len(hits))]


def test_words_stand_for_themselves() -> None:
    assert Pattern(Query("f(x)")).spans("f(x) + f(x)") == [(0, 4), (7, 11)]
    assert Pattern(Query("")).spans("甲乙") == []


def test_case_counts_only_if_wanted() -> None:
    assert Pattern(Query("dna")).spans("DNA dna") == [(0, 3), (4, 7)]
    assert Pattern(Query("dna", case=True)).spans("DNA dna") == [(4, 7)]


def test_an_expression_knows_classes_of_characters_and_never_finds_nothing() -> None:
    assert Pattern(Query(r"\p{Han}+", regular=True)).spans("a甲乙b丙") == [(1, 3), (4, 5)]
    assert Pattern(Query("x*", regular=True)).spans("axxb") == [(1, 3)]


def test_what_is_wrong_with_an_expression_is_said() -> None:
    with pytest.raises(BadPattern, match="missing \\), character 4"):
        Pattern(Query("甲(乙", regular=True))


def test_an_expression_that_would_fill_the_memory_is_none() -> None:
    for expression in ("x{1000000000}", "((a{100}){100}){100}"):
        with pytest.raises(BadPattern, match="repetitions"):
            Pattern(Query(expression, regular=True))
    assert Pattern(Query(r"[0-9]{4}-[0-9]{2}", regular=True)).spans("於2023-11") == [(1, 8)]
    assert Pattern(Query(".{1,500}a", regular=True)).spans("甲a") == [(0, 2)]


@given(st.text("甲aZ.*+?(){}[]|\\^$019,<>=!:P&~#-ers ", max_size=14), st.booleans())
def test_whatever_is_typed_is_an_expression_or_is_told_to_be_none(text: str, case: bool) -> None:
    shown = "甲aZ((0,1)) 甲甲{2}[r]"
    try:
        spans = Pattern(Query(text, regular=True, case=case)).spans(shown)
    except (BadPattern, TooSlow):
        return
    assert all(0 <= start < end <= len(shown) for start, end in spans)


def test_an_expression_that_never_ends_is_given_up() -> None:
    with pytest.raises(TooSlow):
        Pattern(Query(r"(?:(?:\w|甲)+)+\d", regular=True)).spans("甲" * 400 + "。1")


@given(st.text("ab甲,", max_size=30), st.text("ab甲,", min_size=1, max_size=3))
def test_words_are_found_as_an_expression_that_quotes_them(text: str, words: str) -> None:
    expected = [match.span() for match in re.finditer(re.escape(words), text)]
    assert Pattern(Query(words, case=True)).spans(text) == expected


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(Side), st.integers(0, 9)), unique=True), st.data())
def test_hits_are_kept_in_order(places: list[tuple[int, Side, int]], data: st.DataObject) -> None:
    expected = sorted((Hit(row, side, start, start + 1) for row, side, start in places), key=lambda hit: hit.key)
    hits = Hits()
    for row in data.draw(st.permutations(range(6))):
        hits.replace(row, row + 1, [hit for hit in expected if hit.row == row])
    assert listed(hits) == expected
    for number, hit in enumerate(expected):
        assert hits.number(hit) == hits.first_from(hit.side, (hit.row, hit.start)) == number
    assert hits.in_row(3) == [hit for hit in expected if hit.row == 3]


def test_each_side_is_searched_as_it_is_shown(document: Make, qtbot: QtBot) -> None:
    text = document("甲,乙\n丙(bǐng)国,丁")
    both = listed(found(text, Query("，"), qtbot).hits)
    assert both == [Hit(0, REPAIRED, 1, 2), Hit(1, REPAIRED, 2, 3)]
    assert listed(found(text, Query(",", sides=(RAW,)), qtbot).hits) == [Hit(0, RAW, 1, 2), Hit(1, RAW, 8, 9)]
    text.set_script(Script.TRADITIONAL)
    assert listed(found(text, Query("國"), qtbot).hits) == [Hit(1, REPAIRED, 1, 2)]


def test_the_search_begins_where_the_reader_is_and_ends_before_it(document: Make, qtbot: QtBot) -> None:
    text = document("甲\n" * 30)
    hits = found(text, Query("甲", sides=(RAW,)), qtbot, row=20).hits
    assert listed(hits) == [Hit(row, RAW, 0, 1) for row in range(30)]


def test_what_goes_on_in_the_next_row_of_a_paragraph_is_found(document: Make, qtbot: QtBot) -> None:
    text = document("甲" * (LONGEST - 1) + "乙丙" + "甲" * LONGEST)
    assert listed(found(text, Query("乙丙", sides=(RAW,)), qtbot).hits) == [Hit(0, RAW, LONGEST - 1, LONGEST + 1)]


def test_a_decision_changes_what_is_found(document: Make, qtbot: QtBot) -> None:
    text = document("甲,乙\n丙,丁\n")
    running = found(text, Query("，", sides=(REPAIRED,)), qtbot)
    assert len(running.hits) == 2
    decide(text, Ruling(Verdict.REFUSED, places=frozenset({(1, 0)})), "")
    qtbot.waitUntil(lambda: not running.is_busy)
    assert listed(running.hits) == [Hit(0, REPAIRED, 1, 2)]
    text.undo_stack.undo()
    qtbot.waitUntil(lambda: not running.is_busy)
    assert len(running.hits) == 2


def test_a_search_that_was_closed_hears_nothing_more(document: Make, qtbot: QtBot) -> None:
    text = document("甲,乙")
    running = found(text, Query("，", sides=(REPAIRED,)), qtbot)
    running.close()
    decide(text, Ruling(Verdict.REFUSED, places=frozenset({(0, 0)})), "")
    assert len(running.hits) == 1


def test_there_is_an_end_to_what_is_kept(document: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 10)
    running = found(document("甲" * 30 + "\n" + "甲" * 30), Query("甲", sides=(RAW,)), qtbot)
    assert running.is_full
    assert len(running.hits) >= 10


def test_an_expression_that_takes_too_long_ends_the_search_there(document: Make, qtbot: QtBot) -> None:
    text = document("乙1\n" + "甲" * 400 + "。1")
    running = found(text, Query(r"(?:(?:\w|甲)+)+\d", regular=True, sides=(RAW,)), qtbot)
    assert running.too_slow == 1
    assert listed(running.hits) == []
