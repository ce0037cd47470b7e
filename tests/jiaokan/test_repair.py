"""Repairs as data: applying and taking back are exact inverses, offsets map both ways."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, OffsetMap, Repair, applied_only, apply, revert
from strategies import EVIDENCE, any_text, passes, repair_of, small_text


@given(st.data(), small_text | any_text)
def test_revert_undoes_apply(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    assert revert(apply(raw, repairs), repairs) == raw


@given(st.data(), small_text)
def test_apply_leaves_what_lies_between_the_repairs(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    expected: list[str] = []
    for offset in range(len(raw) + 1):
        expected += [repair.after for repair in applied_only(repairs) if repair.start == offset]
        if not any(repair.start <= offset < repair.end for repair in applied_only(repairs)):
            expected.append(raw[offset : offset + 1])
    assert apply(raw, repairs) == "".join(expected)


@given(st.data(), small_text)
def test_offsets_grow_with_offsets(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    repaired = apply(raw, repairs)
    offsets = OffsetMap(repairs)
    to_repaired = [offsets.to_repaired(offset) for offset in range(len(raw) + 1)]
    to_raw = [offsets.to_raw(offset) for offset in range(len(repaired) + 1)]
    assert to_repaired == sorted(to_repaired)
    assert to_raw == sorted(to_raw)
    assert 0 <= to_repaired[0] <= to_repaired[-1] <= len(repaired)
    assert 0 <= to_raw[0] <= to_raw[-1] <= len(raw)


@given(st.data(), small_text)
def test_offsets_outside_the_repairs_map_both_ways_to_the_same_character(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    repaired = apply(raw, repairs)
    offsets = OffsetMap(repairs)
    for offset, character in enumerate(raw):
        touched = any(repair.start <= offset <= repair.end for repair in applied_only(repairs))
        if not touched:
            assert repaired[offsets.to_repaired(offset)] == character
            assert offsets.to_raw(offsets.to_repaired(offset)) == offset


@given(st.data(), small_text)
def test_the_ends_of_replaced_spans_map_to_each_other(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    offsets = OffsetMap(repairs)
    active = applied_only(repairs)
    growth = 0
    for index, repair in enumerate(active):
        start, end = repair.start + growth, repair.start + growth + len(repair.after)
        growth += len(repair.after) - len(repair.before)
        # Where repairs touch, an offset belongs to the later one.
        touching = [
            other
            for other in active[:index] + active[index + 1 :]
            if repair.start <= other.end and other.start <= repair.end
        ]
        if repair.before and repair.after and not touching:
            assert offsets.to_repaired(repair.start) == start
            assert offsets.to_repaired(repair.end) == end
            assert offsets.to_raw(start) == repair.start
            assert offsets.to_raw(end) == repair.end
            for inside in range(repair.start, repair.end):
                assert offsets.to_repaired(inside) == start


def test_a_deletion_maps_to_the_place_where_it_was() -> None:
    offsets = OffsetMap([repair_of("實(shí)現", 1, 6, "")])
    assert [offsets.to_repaired(offset) for offset in range(8)] == [0, 1, 1, 1, 1, 1, 1, 2]
    assert [offsets.to_raw(offset) for offset in (0, 2)] == [0, 7]


def test_repairs_that_are_not_applied_change_nothing() -> None:
    text = "小字號 正文"
    repairs = [repair_of(text, 0, 3, "", applied=False)]
    assert apply(text, repairs) == text
    assert revert(text, repairs) == text
    assert OffsetMap(repairs).to_repaired(4) == 4


def test_repairs_that_overlap_or_do_not_fit_are_refused() -> None:
    text = "管理條例"
    with pytest.raises(ValueError, match="at 1 does not fit"):
        apply(text, [repair_of(text, 0, 2, "x"), repair_of(text, 1, 3, "y")])
    with pytest.raises(ValueError, match="at 0 does not fit"):
        apply("別的文字", [repair_of(text, 0, 2, "x")])
    with pytest.raises(ValueError, match="at 0 does not fit"):
        revert("別的文字", [repair_of(text, 0, 2, "x")])


def test_only_what_is_sure_is_applied_by_itself() -> None:
    text = "一二"
    applied = {certainty: Repair.of(text, 0, 1, "", Kind.SLIP, certainty, EVIDENCE).applied for certainty in Certainty}
    assert applied == {
        Certainty.CERTAIN: True,
        Certainty.PROBABLE: True,
        Certainty.SUGGESTED: False,
        Certainty.LOST: False,
    }


def test_a_shifted_repair_is_the_same_further_on() -> None:
    repair = repair_of("一二三", 1, 2, "兩")
    moved = repair.shifted(10)
    assert (moved.start, moved.end, moved.before, moved.after) == (11, 12, "二", "兩")


def test_a_repair_travels_between_processes() -> None:
    evidence = Evidence("slip.lead", "Re-encoded.", b"\xa1\xa3", b"\xa3")
    candidates = (Candidate("。", -1.5), Candidate("！", -4.0))
    repair = Repair.of("體系?", 2, 3, "。", Kind.SLIP, Certainty.PROBABLE, evidence, candidates)
    assert pickle.loads(pickle.dumps(repair)) == repair
