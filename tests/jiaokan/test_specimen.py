"""The real document: an article as a mirror site published it. It is not part of the project and is read from beside it.

Of its text only what identifies a place stands here: a few characters each.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from jiaokan.decoding import decode
from jiaokan.pipeline import Repaired, repair_text
from jiaokan.repair import Certainty, Kind, apply, revert

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "specimens"


@pytest.fixture(scope="module")
def result() -> Repaired:
    """Repair the document."""
    files = sorted(_FOLDER.glob("000_*.txt"))
    if not files:
        pytest.skip("the real document does not lie beside the checkout, in ../shared/specimens")
    return repair_text(decode(files[0].read_bytes()).text)


def test_repairs_fit_and_revert(result: Repaired) -> None:
    assert apply(result.raw, result.repairs) == result.repaired
    assert revert(result.repaired, result.repairs) == result.raw
    assert all(result.raw[repair.start : repair.end] == repair.before for repair in result.repairs)


def test_no_annotation_is_left(result: Repaired) -> None:
    printed = re.compile("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+[)）]")
    assert len(printed.findall(result.raw)) == 680
    assert printed.findall(result.repaired) == []


@pytest.mark.parametrize(
    "expected",
    [
        "管理條例",
        "包保”責任制",
        "24個省（區、市）",
        "體系。”黨中央",
        "一輩子。”通過",
        "變為“街道（鄉鎮）",
        "變為“一起干事”。",
    ],
)
def test_slips_are_undone(result: Repaired, expected: str) -> None:
    assert expected not in result.raw
    assert expected in result.repaired


def test_seven_slips_and_no_more(result: Repaired) -> None:
    slips = [repair for repair in result.repairs if repair.kind is Kind.SLIP]
    assert len(slips) == 7
    assert all(repair.applied for repair in slips)
    # Two name their lost byte themselves: the printed reading does.
    assert sum(repair.certainty is Certainty.CERTAIN for repair in slips) >= 2
    assert all(repair.evidence.intended and repair.evidence.read for repair in slips)


def test_punctuation_is_full_width_but_in_the_time(result: Repaired) -> None:
    assert re.findall("[,:;!?()]", result.repaired) == [":"]
    assert "2023年07月19日11:55" in result.repaired


def test_no_tag_is_left(result: Repaired) -> None:
    assert "/p>" in result.raw
    assert re.findall("[<>/&]", result.repaired) == []


def test_quotation_marks_stay_and_the_lost_ones_are_back(result: Repaired) -> None:
    raw, repaired = Counter(result.raw), Counter(result.repaired)
    # Two opening and four closing marks were lost in slips.
    assert repaired["“"] == raw["“"] + 2
    assert repaired["”"] == raw["”"] + 4
    assert repaired["“"] == repaired["”"]
    assert [repaired[mark] for mark in "《》—、"] == [raw[mark] for mark in "《》—、"]


def test_the_outline_is_title_sections_and_entries(result: Repaired) -> None:
    assert Counter(heading.level for heading in result.outline) == {0: 1, 1: 4, 2: 15}
    assert result.outline[0].level == 0
    assert result.outline[1].level == 1
    for heading in result.outline:
        text = result.repaired[heading.repaired_start :]
        assert text.startswith("——") is (heading.level == 2)
        assert text.removeprefix("——").startswith(heading.title)
        assert not heading.title.endswith("。")
        assert result.raw[heading.raw_start] == result.repaired[heading.repaired_start]


def test_furniture_is_marked_and_kept(result: Repaired) -> None:
    furniture = [repair for repair in result.repairs if repair.kind is Kind.FURNITURE]
    assert {repair.certainty for repair in furniture} == {Certainty.SUGGESTED}
    assert not any(repair.applied for repair in furniture)
    marked = "\n".join(repair.before for repair in furniture)
    for text in ("小字號", "返回頂部", "更多人看到", "武川县|", "安溪县"):
        assert text in marked
        assert text in result.repaired


def test_nothing_changes_when_the_result_is_repaired_again(result: Repaired) -> None:
    assert repair_text(result.repaired).repaired == result.repaired
