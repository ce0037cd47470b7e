"""The measure itself is right: it counts as restored what is restored, and nothing else."""

from __future__ import annotations

import pytest

from fidelity.comparison import Look, compare


@pytest.mark.parametrize(
    ("raw", "intended", "looks"),
    [
        ("實(shí)現(xiàn)。", "實現。", [Look.ANNOTATION, Look.ANNOTATION]),
        ("實(shí)", "實", [Look.ANNOTATION]),
        ("說:好,走", "說：好，走", [Look.WIDTH, Look.WIDTH]),
        ("管理?xiàng)l例都在這裡,很長", "管理條例都在這裡，很長", [Look.OTHER, Look.WIDTH]),
        ("甲?敝袊伯a乙", "甲。”中國共產乙", [Look.OTHER]),
        ("一樣", "一樣", []),
    ],
)
def test_spans_and_their_looks(raw: str, intended: str, looks: list[Look]) -> None:
    untouched = compare(raw, intended, raw)
    assert [outcome.span.look for outcome in untouched.outcomes] == looks
    assert not any(outcome.restored for outcome in untouched.outcomes)
    perfect = compare(raw, intended, intended)
    assert all(outcome.restored for outcome in perfect.outcomes)
    assert perfect.distance_after == 0
    assert not untouched.false_changes
    assert not perfect.false_changes


def test_half_a_repair_is_no_repair() -> None:
    comparison = compare("他說:體系?!秉h中央(shì),好", "他說：體系。”黨中央，好", "他說：體系，”黨中央，好")
    restored = {outcome.span.look: outcome.restored for outcome in comparison.outcomes}
    assert restored[Look.WIDTH]
    assert not restored[Look.OTHER]


def test_a_change_where_nothing_was_damaged_is_false() -> None:
    comparison = compare("第一句完好無損。第二句:好", "第一句完好無損。第二句：好", "第一句很好無損。第二句：好")
    assert len(comparison.false_changes) == 1
    assert comparison.outcomes[0].restored


def test_text_added_behind_the_last_span_does_not_count_as_restored() -> None:
    assert not compare("好實(shí)", "好實", "好實啊").outcomes[0].restored
