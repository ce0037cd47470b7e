"""Whether a repair is right is read off the intended text."""

from __future__ import annotations

import pytest
from jiaokan.repair import Certainty, Evidence, Kind, Repair, apply

from fidelity.grades import graded


def _repair(raw: str, before: str, after: str) -> Repair:
    start = raw.index(before)
    return Repair.of(raw, start, start + len(before), after, Kind.SLIP, Certainty.PROBABLE, Evidence("slip.x", ""))


@pytest.mark.parametrize(
    ("raw", "before", "after", "intended", "right"),
    [
        ("甲乙?丁戊", "?", "丙", "甲乙丙丁戊", True),
        ("甲乙?丁戊", "?", "天", "甲乙丙丁戊", False),
        ("甲乙(yǐ)丙", "(yǐ)", "", "甲乙丙", True),
        ("甲乙(yǐ)丙", "(yǐ)", "", "甲乙(yǐ)丙", False),
        ("甲乙(yǐ)戊", "(yǐ)", "", "甲乙丙丁戊", True),
        ("甲乙(yǐ)戊", "(yǐ)", "", "甲乙(yǐ)丙戊", False),
        ("甲乙?丁戊", "?丁", "丙", "甲乙丙丁戊", False),
        ("甲乙?丁戊", "?", "丙丙", "甲乙丙丁戊", False),
        ("甲乙?", "?", "丙", "甲乙丙丁", False),
        ("?乙丙", "?", "甲", "天甲乙丙", False),
        ("甲乙?丁戊己", "?", "丙", "甲乙丙丁天己", True),
        ("甲?丁\u3000戊", "?", "丙", "甲丙丁 戊", True),
        ("&nbsp;甲乙", "&nbsp;", "\u3000", "甲乙", True),
        ("甲乙\n&nbsp;丙丁", "&nbsp;", " ", "甲乙\n丙丁", True),
        ("甲&nbsp;乙", "&nbsp;", " ", "甲乙", False),
    ],
)
def test_right_or_wrong(raw: str, before: str, after: str, intended: str, right: bool) -> None:
    repairs = [_repair(raw, before, after)]
    (found,) = graded(repairs, apply(raw, repairs), intended)
    assert found.right == right


def test_each_repair_by_itself() -> None:
    raw = "甲?丙丁戊己庚?壬癸"
    first, second = _repair(raw, "?", "乙"), _repair(raw, "?壬", "天壬")
    found = list(graded([first, second], apply(raw, [first, second]), "甲乙丙丁戊己庚辛壬癸"))
    assert [repair.right for repair in found] == [True, False]
    assert found[1].intended.endswith("辛壬癸")


def test_a_repair_that_is_not_applied_is_not_graded() -> None:
    raw = "甲?丙"
    repair = Repair.of(raw, 1, 2, "乙", Kind.SLIP, Certainty.SUGGESTED, Evidence("slip.x", ""))
    assert not list(graded([repair], raw, "甲乙丙"))
