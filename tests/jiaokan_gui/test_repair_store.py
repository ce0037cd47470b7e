"""Packed repairs."""

from __future__ import annotations

import pytest
from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.repair_store import RepairStore, kind_of, pack, rank_of, unpack


def repair(kind: Kind = Kind.SLIP) -> Repair:
    return Repair.of("甲乙", 0, 1, "丙", kind, Certainty.CERTAIN, Evidence("toy", ""))


def test_packing_is_reversible() -> None:
    repairs = {3: (repair(), repair(Kind.WIDTH)), 5: (repair(),)}
    assert unpack(pack(repairs)) == repairs
    assert unpack(pack({})) == {}


def test_the_gravest_kind_has_the_least_rank() -> None:
    assert kind_of(rank_of([repair(Kind.WIDTH), repair(Kind.SLIP)])) is Kind.SLIP
    assert rank_of([]) == 0
    assert {kind_of(rank_of([repair(kind)])) for kind in Kind} == set(Kind)


def test_rows_become_known_block_by_block() -> None:
    store = RepairStore(10)
    store.add(0, 4, pack({2: (repair(),)}), [(2, 1)])
    assert store.repairs(2) == (repair(),)
    assert store.repairs(3) == ()
    assert store.is_known(3)
    assert not store.is_known(4)
    with pytest.raises(ValueError, match="row 6"):
        store.add(6, 8, b"", [])


def test_early_rows_are_known_and_then_replaced() -> None:
    store = RepairStore(10)
    store.add_early(5, 7, pack({5: (repair(Kind.WIDTH),)}), [(5, rank_of([repair(Kind.WIDTH)]))])
    assert store.is_known(6)
    assert not store.is_known(4)
    assert store.repairs(5)[0].kind is Kind.WIDTH
    store.add(0, 10, pack({5: (repair(Kind.SLIP),)}), [(5, 1)])
    assert store.repairs(5)[0].kind is Kind.SLIP
    store.add_early(5, 7, b"", [])
    assert store.repairs(5)[0].kind is Kind.SLIP


def test_an_early_mark_that_proves_wrong_goes_away() -> None:
    store = RepairStore(3)
    store.add_early(1, 2, pack({1: (repair(),)}), [(1, 1)])
    store.add(0, 3, b"", [])
    assert store.next_marked(0) is None
    assert store.repairs(1) == ()


def test_next_and_previous_marked_rows() -> None:
    store = RepairStore(200_000)
    store.add(0, 200_000, pack({10: (repair(),), 150_000: (repair(),)}), [(10, 1), (150_000, 1)])
    assert [store.next_marked(row) for row in (0, 10, 11, 150_001)] == [10, 10, 150_000, None]
    assert [store.previous_marked(row) for row in (9, 10, 149_999, 199_999)] == [None, 10, 10, 150_000]
