"""Two passes of repairs become one that does the same to the raw text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from jiaokan.composition import compose
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, OffsetMap, Repair, applied_only, apply, revert
from strategies import EVIDENCE, passes, repair_of, small_text


@given(st.data(), small_text)
def test_the_composition_does_what_both_passes_do(data: st.DataObject, raw: str) -> None:
    first = data.draw(passes(raw))
    middle = apply(raw, first)
    second = data.draw(passes(middle))
    composed = compose(raw, first, second)
    assert apply(raw, composed) == apply(middle, second)
    assert revert(apply(middle, second), composed) == raw


@given(st.data(), small_text)
def test_the_composition_is_a_pass_over_the_raw_text(data: st.DataObject, raw: str) -> None:
    first = data.draw(passes(raw))
    second = data.draw(passes(apply(raw, first)))
    composed = compose(raw, first, second)
    assert [repair.start for repair in composed] == sorted(repair.start for repair in composed)
    for repair in composed:
        assert 0 <= repair.start <= repair.end <= len(raw)
        assert repair.before == raw[repair.start : repair.end]
    for left, right in pairwise(applied_only(composed)):
        assert left.end <= right.start


@given(st.data(), small_text)
def test_no_repair_that_is_not_applied_is_lost(data: st.DataObject, raw: str) -> None:
    first = data.draw(passes(raw))
    second = data.draw(passes(apply(raw, first)))
    passive = [repair for repair in [*first, *second] if not repair.applied]
    composed = [repair for repair in compose(raw, first, second) if not repair.applied]
    assert len(composed) == len(passive)
    for repair in first:
        assert repair.applied or repair in composed


@given(st.data(), small_text)
def test_a_repair_that_is_not_applied_covers_what_it_covered(data: st.DataObject, raw: str) -> None:
    first = [repair for repair in data.draw(passes(raw)) if repair.applied and repair.before]
    middle = apply(raw, first)
    second = [repair for repair in data.draw(passes(middle)) if not repair.applied]
    marks = [replace(repair, after=repair.before) for repair in second]
    offsets = OffsetMap(first)
    moved = [repair for repair in compose(raw, first, marks) if not repair.applied]
    assert all(mark.after == mark.before for mark in moved)
    spans = [(offsets.to_repaired(mark.start), offsets.to_repaired(mark.end)) for mark in moved]
    for mark in marks:
        assert any(start <= mark.start and mark.end <= end for start, end in spans)


@given(st.data(), small_text)
def test_composing_with_nothing_changes_nothing(data: st.DataObject, raw: str) -> None:
    repairs = data.draw(passes(raw))
    active = applied_only(repairs)
    assert applied_only(compose(raw, repairs, [])) == active
    assert applied_only(compose(raw, [], repairs)) == active


@given(st.data(), small_text)
def test_composition_is_associative_in_what_it_does(data: st.DataObject, raw: str) -> None:
    first = data.draw(passes(raw))
    middle = apply(raw, first)
    second = data.draw(passes(middle))
    last = apply(middle, second)
    third = data.draw(passes(last))
    left = compose(raw, compose(raw, first, second), third)
    right = compose(raw, first, compose(middle, second, third))
    assert apply(raw, left) == apply(raw, right) == apply(last, third)


def _slip(text: str, start: int, end: int, candidates: tuple[Candidate, ...]) -> Repair:
    evidence = Evidence("slip.lead", "One byte is gone.")
    after = candidates[0].text
    return Repair.of(text, start, end, after, Kind.SLIP, Certainty.CERTAIN, evidence, candidates)


def test_overlapping_repairs_become_one_as_sure_as_the_less_sure() -> None:
    raw = "甲?乙"
    first = [_slip(raw, 1, 2, (Candidate(",", -1.0), Candidate(";", -2.0)))]
    width = Evidence("width.folded", "Folded.")
    second = [Repair.of("甲,乙", 1, 2, "，", Kind.WIDTH, Certainty.PROBABLE, width)]
    (merged,) = compose(raw, first, second)
    assert (merged.start, merged.end, merged.before, merged.after) == (1, 2, "?", "，")
    assert merged.kind is Kind.SLIP
    assert merged.certainty is Certainty.PROBABLE
    assert merged.evidence.reason == "One byte is gone. Folded."
    # The second pass says what becomes of ",", not of ";".
    assert merged.candidates == (Candidate("，", -1.0),)


def test_repairs_apart_stay_apart() -> None:
    raw = "甲?乙?丙"
    first = [repair_of(raw, 1, 2, "，")]
    second = [repair_of("甲，乙?丙", 3, 4, "。")]
    assert [(repair.start, repair.after) for repair in compose(raw, first, second)] == [(1, "，"), (3, "。")]


def test_a_mark_over_a_repaired_span_covers_the_raw_span() -> None:
    raw = "返回(huí)頂部"
    first = [repair_of(raw, 2, 7, "")]
    mark = Repair.of("返回頂部", 0, 4, "", Kind.FURNITURE, Certainty.SUGGESTED, EVIDENCE)
    composed = compose(raw, first, [mark])
    assert [(repair.start, repair.end, repair.applied) for repair in composed] == [(0, 9, False), (2, 7, True)]
    assert apply(raw, composed) == "返回頂部"
