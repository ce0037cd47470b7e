"""Heights of rows, estimated and measured."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jiaokan_gui.heights import BLOCK, RowHeights


def heights_of(values: list[int]) -> RowHeights:
    return RowHeights(len(values), values.__getitem__, lambda first, end: sum(values[first:end]))


def test_no_rows() -> None:
    heights = heights_of([])
    assert heights.total == 0
    assert heights.at(5) == (0, 0)
    assert heights.near(5) == 0


@given(st.lists(st.integers(1, 50), min_size=1, max_size=3 * BLOCK), st.data())
def test_sums_are_those_of_the_rows(values: list[int], data: st.DataObject) -> None:
    heights = heights_of(values)
    for _ in range(5):
        row = data.draw(st.integers(0, len(values) - 1))
        values[row] = data.draw(st.integers(1, 50))
        heights.measured(row, values[row])
    assert heights.total == sum(values)
    row = data.draw(st.integers(0, len(values)))
    assert heights.top(row) == sum(values[:row])
    position = data.draw(st.integers(0, sum(values) - 1))
    found, rest = heights.at(position)
    assert heights.top(found) + rest == position
    assert 0 <= rest < values[found]


def test_wrong_estimates_of_blocks_are_replaced_when_a_row_is_asked_for() -> None:
    heights = RowHeights(2 * BLOCK, lambda _row: 10, lambda first, end: 1000 * (end - first))
    assert heights.total == 2 * BLOCK * 1000
    assert heights.height(0) == 10
    assert heights.total == BLOCK * 10 + BLOCK * 1000


def test_only_blocks_that_are_looked_into_are_estimated_row_by_row() -> None:
    asked: list[int] = []

    def estimate(row: int) -> int:
        asked.append(row)
        return 7

    heights = RowHeights(1_000_000, estimate, lambda first, end: 7 * (end - first))
    row, _ = heights.at(heights.total // 2)
    assert row == 500_000
    assert len(asked) <= BLOCK
    assert heights.near(heights.total - 1) == 999_999
