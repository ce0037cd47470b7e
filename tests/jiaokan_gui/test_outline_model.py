"""The outline's model."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from jiaokan.outline import Heading
from jiaokan.script import Script
from jiaokan_gui.outline_model import OutlineModel, parents_of
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester


def headings(*levels: int) -> list[Heading]:
    return [Heading(level, f"第{number}題", number, number * 10, number * 9) for number, level in enumerate(levels)]


def tree(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Sequence[object]:
    parent = parent or QModelIndex()
    children = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(index.data(), tree(model, index)) if model.rowCount(index) else index.data() for index in children]


@pytest.mark.parametrize(
    ("levels", "parents"),
    [([], []), ([0, 1, 1], [-1, 0, 0]), ([1, 3, 2, 1], [-1, 0, 0, -1]), ([2, 1], [-1, -1]), ([0, 0], [-1, -1])],
)
def test_parents(levels: list[int], parents: list[int]) -> None:
    assert parents_of(levels) == parents


def test_the_tree_and_its_filter() -> None:
    model = OutlineModel()
    # What it finds wrong is a warning, and a warning fails the test.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.set_headings(headings(0, 1, 2, 2, 1))
    assert tree(model) == [("第0題", [("第1題", ["第2題", "第3題"]), "第4題"])]
    model.set_filter("3")
    assert tree(model) == [("第0題", [("第1題", ["第3題"])])]
    model.set_filter("nowhere")
    assert tree(model) == []
    model.set_filter(" ")
    assert len(model) == 5


def test_titles_are_shown_and_filtered_in_another_script() -> None:
    model = OutlineModel()
    model.set_headings(headings(0, 1), Script.SIMPLIFIED)
    assert tree(model) == [("第0题", ["第1题"])]
    model.set_filter("1题")
    assert len(model) == 2
    model.set_filter("1題")
    assert len(model) == 0
    heading = model.heading(model.index_for_offset(99))
    assert heading is None


def test_the_heading_for_an_offset() -> None:
    model = OutlineModel()
    model.set_headings(headings(0, 1, 2))
    found = [model.index_for_offset(offset) for offset in (0, 9, 10, 25, 999)]
    assert [index.data() for index in found] == ["第0題", "第0題", "第1題", "第2題", "第2題"]
    model.set_filter("1")
    assert model.index_for_offset(999).data() == "第1題"
    model.set_headings([])
    assert not model.index_for_offset(5).isValid()


def test_undecodable_bytes_in_a_title_are_shown() -> None:
    model = OutlineModel()
    model.set_headings([Heading(0, "題\udc85", 0, 0, 0)])
    assert "85" in str(model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole))


def test_a_hundred_thousand_headings() -> None:
    model = OutlineModel()
    model.set_headings(headings(0, *[1, 2] * 50_000))
    model.set_filter("99")
    assert 0 < len(model) < 100_000
