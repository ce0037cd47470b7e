"""The overview's marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jiaokan_gui.overview import OverviewMark, overview_marks


def test_nothing_marked() -> None:
    assert overview_marks(bytes(100), 10, lambda line: line * 10) == []
    assert overview_marks(b"", 10, lambda _line: 0) == []


def test_the_gravest_rank_shows_with_the_share_of_marked_rows() -> None:
    assert overview_marks(bytes([0, 6, 1, 0, 0, 0, 0, 2]), 2, lambda line: line * 4) == [
        OverviewMark(0, 1, 0.5),
        OverviewMark(1, 2, 0.25),
    ]


def test_a_row_higher_than_a_line_is_drawn_on_all_its_lines() -> None:
    marks = overview_marks(bytes([0, 3]), 6, lambda line: 2 if line == 6 else line // 3)
    assert [mark.line for mark in marks] == [3, 4, 5]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=200), st.integers(1, 50))
def test_no_marked_row_is_missed(ranks: list[int], lines: int) -> None:
    def row_at(line: int) -> int:
        return line * len(ranks) // lines

    marks = {mark.line: mark for mark in overview_marks(bytes(ranks), lines, row_at)}
    for row, rank in enumerate(ranks):
        if rank:
            assert any(
                mark.rank <= rank and row_at(line) <= row < max(row_at(line + 1), row_at(line) + 1)
                for line, mark in marks.items()
            )
    assert all(0 < mark.weight <= 1 for mark in marks.values())
