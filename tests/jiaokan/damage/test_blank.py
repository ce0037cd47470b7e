"""No-break spaces that became question marks, and questions that are some."""

from __future__ import annotations

import pytest
from jiaokan.damage.blank import find, gather
from jiaokan.repair import apply

_CHAINED = "[分类号] R473? ? ? ? [编号] 1673\n"


def _mended(text: str, *, annotated: bool = False) -> str:
    evidence = gather(text, annotated=annotated)
    return "\n".join(apply(line, find(line, evidence)) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("甲乙? ? ?丙丁", "甲乙\xa0 \xa0 \xa0丙丁"),
        ("甲乙。? ??丙丁? ? ? 戊", "甲乙。\xa0 \xa0\xa0丙丁\xa0 \xa0 \xa0 戊"),
        (_CHAINED + "完了。? ?又来", "[分类号] R473\xa0 \xa0 \xa0 \xa0 [编号] 1673\n完了。\xa0 \xa0又来"),
    ],
)
def test_chains(raw: str, mended: str) -> None:
    assert _mended(raw) == mended


@pytest.mark.parametrize(
    "text",
    ["真的? ?你说呢", "?option? ?value?", "*? +? ?? {m}?", "谁? 他? 她? 都不是", "谁???", "???? ????"],
)
def test_no_habit(text: str) -> None:
    assert _mended(text) == text
    assert _mended(text, annotated=True) == text


def test_a_question_before_a_blank_stays_unless_a_machine_annotated_the_document() -> None:
    raw = _CHAINED + "目的? 看看水从哪里来"
    assert _mended(raw).endswith("目的? 看看水从哪里来")
    assert _mended(raw, annotated=True).endswith("目的\xa0 看看水从哪里来")


def test_between_words_of_other_scripts_two_marks_are_enough_in_an_annotated_document_only() -> None:
    raw = _CHAINED + "LIN Chunsheng? ?HE Ruoshui"
    assert _mended(raw).endswith("Chunsheng? ?HE Ruoshui")
    assert _mended(raw, annotated=True).endswith("Chunsheng\xa0 \xa0HE Ruoshui")
