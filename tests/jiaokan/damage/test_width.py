"""Folded widths: Chinese punctuation is full-width again, in documents whose widths were folded and in no others."""

from __future__ import annotations

import pytest
from jiaokan.damage.width import FULL_WIDTH, WidthEvidence, find, gather
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind, apply
from simulator.alone import width_folded
from simulator.damaged import comparable
from simulator.texts import clean_texts

_FOLDED = WidthEvidence(folded=True, plain=True)


def _unfolded(text: str) -> str:
    return apply(text, find(text, _FOLDED))


@pytest.mark.parametrize(
    ("folded", "expected"),
    [
        ("天亮了,雨停了。", "天亮了，雨停了。"),
        ("他說:“走!”她問:“去哪?”", "他說：“走！”她問：“去哪？”"),
        ("東邊是山;西邊是水。", "東邊是山；西邊是水。"),
        ("各村(鎮)派了人(共三十名)。", "各村（鎮）派了人（共三十名）。"),
        ("真的?!不會吧?!", "真的？！不會吧？！"),
        ("到了2020年,3個村通了水,全長18公里,寬5米。", "到了2020年，3個村通了水，全長18公里，寬5米。"),
        ("《縣志》(卷三),見上。", "《縣志》（卷三），見上。"),
        ("(一)總則", "（一）總則"),
    ],
)
def test_chinese_punctuation_is_full_width(folded: str, expected: str) -> None:
    assert _unfolded(folded) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年03月05日11:55",
        "3.14",
        "12:30",
        "f(x)=ax+b",
        "比分3:2",
        "投資5,200萬元",
        "Hello, world! (2nd edition): really?",
        "if (x > 0, y < 1) { go(); }",
        "https://example.org/a?b=1:2",
        "(02)2361-9132",
        "",
        ",",
        "()",
        "((((",
    ],
)
def test_what_is_not_chinese_punctuation_stays_half_width(text: str) -> None:
    assert _unfolded(text) == text


def test_brackets_come_in_pairs() -> None:
    repaired = _unfolded("(甲(a)乙)(b)丙)")
    assert repaired.count("（") == repaired.count("）")


@pytest.mark.parametrize("name", [name for name in clean_texts() if not name.startswith("look_alikes/")][::4])
def test_a_whole_document_is_restored(name: str) -> None:
    damaged = width_folded(clean_texts()[name])
    assert comparable(repair_text(damaged.raw).repaired) == comparable(damaged.intended)


@pytest.mark.parametrize(
    "document",
    [
        "他说, 这里没有问题. 她说, 那就好. 他们走了, 天黑了.",  # an author's own style: spaces
        "天亮了，雨停了。他說:好。",  # both in use
        "折騰?!你再折騰!",  # nothing that folding would have left
        "11:55, 12:30, f(x)",
        "",
    ],
)
def test_other_documents_were_not_folded(document: str) -> None:
    assert gather(document).folded is False
    assert find(document, gather(document)) == []


def test_a_single_mark_is_only_suggested() -> None:
    text = "標志,沒有。"
    (repair,) = find(text, gather(text))
    assert repair.certainty is Certainty.SUGGESTED
    assert not repair.applied
    assert repair.kind is Kind.WIDTH


def test_every_mark_has_its_full_width_form() -> None:
    for half, full in FULL_WIDTH.items():
        assert ord(full) == ord(half) + 0xFEE0
