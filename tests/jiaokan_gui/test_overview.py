"""The overview's marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jiaokan_gui.overview import OverviewMark, row_marks, spot_marks


def test_nothing_marked() -> None:
    assert row_marks(bytes(100), 10, lambda line: line * 10) == []
    assert row_marks(b"", 10, lambda _line: 0) == []
    assert spot_marks([], 10) == []


def test_each_rank_shows_with_the_share_of_its_rows_the_gravest_last() -> None:
    assert row_marks(bytes([0, 6, 1, 6, 0, 0, 0, 2]), 2, lambda line: line * 4) == [
        OverviewMark(0, 6, 0.5),
        OverviewMark(0, 1, 0.25),
        OverviewMark(1, 2, 0.25),
    ]


def test_a_row_higher_than_a_line_is_drawn_on_all_its_lines() -> None:
    marks = row_marks(bytes([0, 3]), 6, lambda line: 2 if line == 6 else line // 3)
    assert [mark.line for mark in marks] == [3, 4, 5]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=200), st.integers(1, 50))
def test_no_marked_row_is_missed(ranks: list[int], lines: int) -> None:
    def row_at(line: int) -> int:
        return line * len(ranks) // lines

    marks = row_marks(bytes(ranks), lines, row_at)
    for row, rank in enumerate(ranks):
        if rank:
            assert any(
                mark.rank == rank and row_at(mark.line) <= row < max(row_at(mark.line + 1), row_at(mark.line) + 1)
                for mark in marks
            )
    assert all(0 < mark.weight <= 1 for mark in marks)


def test_a_change_is_drawn_where_it_stands_and_no_larger() -> None:
    assert spot_marks([(0.5, 0.5, 1), (0.0, 0.29, 4), (1.0, 1.0, 2)], 10) == [
        OverviewMark(0, 4, 1.0),
        OverviewMark(1, 4, 1.0),
        OverviewMark(2, 4, 1.0),
        OverviewMark(5, 1, 1.0),
        OverviewMark(9, 2, 1.0),
    ]


def test_weight_is_relative_to_the_line_that_has_most_of_the_kind() -> None:
    spots = [(0.1, 0.1, 6)] * 4 + [(0.9, 0.9, 6)] + [(0.1, 0.1, 1)]
    assert spot_marks(spots, 2) == [OverviewMark(0, 6, 1.0), OverviewMark(0, 1, 1.0), OverviewMark(1, 6, 0.25)]
