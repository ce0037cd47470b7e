"""The way of the data: laws that hold for every text, whatever the damage."""

from __future__ import annotations

import json
import multiprocessing
import pickle
import random
import time
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.decoding import decode
from jiaokan.edition import RepairedEdition
from jiaokan.export.json_report import json_report
from jiaokan.outline import OutlineBuilder, is_furniture
from jiaokan.paragraphs import paragraphs
from jiaokan.pipeline import repair_paragraph, repair_text
from jiaokan.repair import Certainty, Evidence, Kind, Repair, applied_only, apply, revert
from jiaokan.survey import Survey, survey
from simulator.mirror import Style, mirror_site
from simulator.texts import clean_texts
from strategies import any_text

# Crumbs of every kind of damage, and of what only looks like it.
_CRUMBS = (
    *(
        "實(shí)",
        "現(xiàn)",
        "?xiàng)l",
        "?!秉h",
        "?。▍^",
        "?é)",
        "?",
        "�",
        "�?",
        "€",
        "\ue000",
        "\ue4c6",
        "\ue765",
        "h",
        "l",
    ),
    *(",", "，", "(", ")", "：", ":", "。", "”", "“", "——", "11:55", "/p>", "<p>", "&nbsp;", "&#20320;", "&", "<"),
    *("浣犲ソ", "ÄãºÃ", "ä½ å¥½", "§A¦n", "锟斤拷", "烫烫烫", "\x00", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff"),
    *(
        "\ud800",
        "\udcff",
        "\udc80",
        "𠀀",
        "😀",
        "é",
        "ㄅ",
        "Я",
        "カ",
        "한",
        "A股",
        "返回頂部",
        "许昌市|",
        " ",
        "\u3000",
    ),
    *("管理", "條例", "中央", "體系", "的", "是", "了"),
)
_damaged = st.lists(st.sampled_from(_CRUMBS) | st.characters(), max_size=30).map("".join)


@cache
def _document() -> str:
    """Return a document with every kind of damage that a mirror site does."""
    return mirror_site(clean_texts()["simplified/report_wetland"], random.Random(1), Style()).raw


@cache
def _surveyed() -> Survey:
    return survey(_document())


def _assert_laws(raw: str, repairs: Sequence[Repair]) -> None:
    """Assert what holds for the repairs of any text."""
    repaired = apply(raw, repairs)
    assert revert(repaired, repairs) == raw
    position = 0
    for repair in repairs:
        assert raw[repair.start : repair.end] == repair.before
        assert repair.applied <= repair.certainty.applies
        assert repair.evidence.rule
        assert repair.evidence.reason
        if repair.applied:
            assert repair.before != repair.after
            assert repair.start >= position
            position = repair.end
        if repair.certainty is Certainty.LOST:
            assert repair.after in ("", repair.before)
    assert [repair.start for repair in repairs] == sorted(repair.start for repair in repairs)
    for line_end in "\r\n":
        assert repaired.count(line_end) == raw.count(line_end)


@given(_damaged.map(lambda text: text.translate({10: None, 13: None})), st.booleans())
def test_any_paragraph_is_repaired_lawfully(text: str, is_damaged: bool) -> None:
    _assert_laws(text, repair_paragraph(text, _surveyed() if is_damaged else survey(text)))


@given(any_text | st.lists(_damaged, max_size=4).map("\n".join))
def test_any_text_is_repaired_lawfully(text: str) -> None:
    result = repair_text(text)
    assert result.raw == text
    assert result.repaired == apply(text, result.repairs)
    _assert_laws(text, result.repairs)
    for heading in result.outline:
        assert 0 <= heading.raw_start <= len(text)
        assert 0 <= heading.repaired_start <= len(result.repaired)


@settings(max_examples=50)
@given(st.binary(max_size=200) | _damaged.map(lambda text: text.encode("gb18030", "replace")))
def test_any_bytes_are_repaired_and_reported(data: bytes) -> None:
    decoded = decode(data)
    report = b"".join(json_report([RepairedEdition.of("a", decoded, repair_text(decoded.text))]))
    (loaded,) = json.loads(report)
    assert loaded["raw"] == decoded.text
    pieces, position = "", 0
    for repair in loaded["repairs"]:
        assert repair["before"] == loaded["raw"][repair["start"] : repair["end"]]
        if repair["applied"]:
            pieces += loaded["raw"][position : repair["start"]] + repair["after"]
            position = repair["end"]
    assert pieces + loaded["raw"][position:] == loaded["repaired"]


def test_the_damaged_document_shows_every_kind_that_mirror_sites_do() -> None:
    result = repair_text(_document())
    kinds = {repair.kind for repair in result.repairs}
    assert kinds >= {Kind.ANNOTATION, Kind.SLIP, Kind.WIDTH, Kind.FURNITURE}
    _assert_laws(result.raw, result.repairs)


def test_the_text_as_a_whole_is_repaired_as_its_paragraphs_are() -> None:
    result = repair_text(_document())
    evidence = survey(_document())
    alone = tuple(
        repair.shifted(start) for start, text in paragraphs(_document()) for repair in repair_paragraph(text, evidence)
    )
    assert alone == result.repairs


@pytest.mark.parametrize("name", list(clean_texts())[::3])
def test_a_clean_text_has_no_repair_that_is_applied(name: str) -> None:
    assert applied_only(repair_text(clean_texts()[name]).repairs) == []


def test_survey_repairs_and_outline_travel_between_processes() -> None:
    result = repair_text(_document()[:600])
    evidence = pickle.loads(pickle.dumps(result.evidence))
    assert pickle.loads(pickle.dumps(result.repairs)) == result.repairs
    assert pickle.loads(pickle.dumps(OutlineBuilder())) == OutlineBuilder()
    _, paragraph = max(paragraphs(_document()), key=lambda found: len(found[1]))
    assert repair_paragraph(paragraph, evidence) == repair_paragraph(paragraph, result.evidence)


def _repaired_elsewhere(start: int, text: str, evidence: Survey) -> tuple[int, tuple[Repair, ...]]:
    return start, repair_paragraph(text, evidence)


def test_another_process_comes_to_the_same_result() -> None:
    work = [(start, text, _surveyed()) for start, text in paragraphs(_document()) if len(text) > 60][-3:]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        elsewhere = pool.starmap(_repaired_elsewhere, work)
    assert elsewhere == [_repaired_elsewhere(*each) for each in work]
    assert any(repairs for _, repairs in elsewhere)


def test_what_is_furniture() -> None:
    def mark(text: str, start: int, end: int, kind: Kind = Kind.FURNITURE) -> Repair:
        return Repair.of(text, start, end, "", kind, Certainty.SUGGESTED, Evidence("furniture.test", "A test."))

    text = "  返回頂部 "
    assert is_furniture(text, [mark(text, 0, 7)])
    assert is_furniture(text, [mark(text, 2, 6)])
    assert not is_furniture(text, [mark(text, 2, 5)])
    assert not is_furniture(text, [mark(text, 2, 6, Kind.MARKUP)])
    assert not is_furniture(text, [])


def _seconds(text: str) -> float:
    started = time.process_time()
    repair_text(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("unit", "length"),
    [
        *(
            (unit, 8_000)
            for unit in ("甲", "(", "?", "甲,", "實(shí)", "&#", "<", "——", "\x00", "\ufeff", "\ud800", "1.")
        ),
        *((unit, 1_000) for unit in ("é", "浣犲ソ", "许昌市| ")),
        ("?!秉h", 100),
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit: str, length: int) -> None:
    few = unit * (length // len(unit))
    _seconds(few)  # What is loaded at the first use does not count.
    # Half of the sixty-four-fold of a quadratic engine, so that a busy machine does not fail it.
    assert _seconds(8 * few) < 32 * max(_seconds(few), 0.05)


def test_an_empty_text_is_its_own_repair() -> None:
    result = repair_text("")
    assert (result.raw, result.repairs, result.repaired, result.outline) == ("", (), "", ())
