"""The list of changes and what is decided there, in the text and in the menus, as a reader does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.judgement import Verdict
from jiaokan.repair import Kind
from jiaokan_gui.change_model import ChangeModel, Column
from jiaokan_gui.desk import Desk
from jiaokan_gui.document import Side
from jiaokan_gui.selection import Selection
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
TEXT = "甲,乙(yǐ)\n丙?!秉h丁\n戊(wù),己,庚\n"


@pytest.fixture
def opened(driver: Make, tmp_path: Path) -> WindowDriver:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    window = driver()
    window.open(path)
    return window


def desk(opened: WindowDriver) -> Desk:
    return opened.window.desk


def column(model: ChangeModel, which: Column) -> list[str]:
    return [str(model.data(model.index(row, which))) for row in range(model.rowCount())]


def repaired(opened: WindowDriver) -> str:
    document = opened.front.document
    return "\n".join(document.row(row).repaired for row in range(len(document.rows)))


def test_the_list_has_every_change_in_order(opened: WindowDriver) -> None:
    model = desk(opened).dock.model
    assert column(model, Column.PARAGRAPH) == ["1", "1", "2", "3", "3"]
    assert column(model, Column.BEFORE) == [",", "(yǐ)", "?!秉h", "(wù)", ","]
    assert column(model, Column.AFTER) == ["，", "∅", "。”", "∅", "，"]
    assert column(model, Column.KIND) == ["punctuation", "pinyin", "slip", "pinyin", "punctuation"]
    assert column(model, Column.CERTAINTY) == ["certain", "certain", "probable", "certain", "certain"]


def test_the_list_is_sorted_by_a_click_on_its_header(opened: WindowDriver, qtbot: QtBot) -> None:
    dock = desk(opened).dock
    header = dock.table.horizontalHeader()
    x = header.sectionViewportPosition(Column.KIND) + 5
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(x, 5))
    qtbot.waitUntil(lambda: not dock.model.is_busy)
    assert column(dock.model, Column.KIND) == ["slip", "pinyin", "pinyin", "punctuation", "punctuation"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(x, 5))
    qtbot.waitUntil(lambda: not dock.model.is_busy)
    assert column(dock.model, Column.KIND)[0] == "punctuation"


def test_the_list_is_narrowed_by_kind_certainty_and_text(opened: WindowDriver, qtbot: QtBot) -> None:
    dock = desk(opened).dock
    dock.kind.setCurrentText("Inserted pinyin")
    assert column(dock.model, Column.BEFORE) == ["(yǐ)", "(wù)"]
    dock.text.setText("wù")
    qtbot.waitUntil(lambda: dock.model.rowCount() == 1)
    assert dock.number.text() == "1 change"
    dock.text.clear()
    dock.kind.setCurrentIndex(0)
    dock.certainty.setCurrentText("probable")
    qtbot.waitUntil(lambda: column(dock.model, Column.BEFORE) == ["?!秉h"])


def test_what_is_selected_in_the_list_is_shown_in_the_text_and_the_other_way(opened: WindowDriver) -> None:
    dock, view = desk(opened).dock, opened.front.view
    dock.table.selectRow(2)
    assert view.current == (1, 0)
    layout = view.row_layout(2)
    box = layout.marks[Side.REPAIRED][1].rectangles[0]
    top = next(y for row, y in view.scroller.visible() if row == 2)
    place = QPoint(round(view.columns.left(Side.REPAIRED) + box.center().x()), round(top + box.center().y() + 4))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert view.current == (2, 1)
    assert dock.table.currentIndex().row() == 4
    assert [index.row() for index in dock.table.selectionModel().selectedRows()] == [4]


def test_keys_go_from_change_to_change_and_to_the_next_of_the_kind(opened: WindowDriver) -> None:
    view = opened.front.view
    visited = []
    for key, modifier in (
        (Qt.Key.Key_F8, NONE),
        (Qt.Key.Key_F8, CONTROL),
        (Qt.Key.Key_F8, SHIFT),
        (Qt.Key.Key_F8, SHIFT),
        (Qt.Key.Key_F8, CONTROL),
        (Qt.Key.Key_F8, CONTROL | SHIFT),
    ):
        QTest.keyClick(view, key, modifier)
        visited.append(view.current)
    assert visited == [(0, 0), (2, 1), (2, 0), (1, 0), (1, 0), (1, 0)]


def test_keys_decide_about_the_current_change_and_undo(opened: WindowDriver) -> None:
    view, document = opened.front.view, opened.front.document
    QTest.keyClick(view, Qt.Key.Key_F8)
    QTest.keyClick(view, Qt.Key.Key_Backspace, CONTROL)
    assert document.row(0).repaired == "甲,乙"
    assert column(desk(opened).dock.model, Column.DECISION)[0] == "refused"
    QTest.keyClick(view, Qt.Key.Key_Return, CONTROL)
    assert document.row(0).repaired == "甲，乙"
    QTest.keyClick(view, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert document.undo_stack.isClean()
    assert column(desk(opened).dock.model, Column.DECISION)[0] == ""


def test_a_reading_is_written_by_hand(opened: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("。”\n黨", True))
    opened.front.view.select(Selection(Side.REPAIRED, (1, 1), (1, 1)))
    desk(opened).edit.trigger()
    assert opened.front.document.row(1).repaired == "丙。” 黨丁"
    assert column(desk(opened).dock.model, Column.DECISION)[2] == "other reading"


def test_the_selection_in_the_list_is_decided_about_in_one_step(opened: WindowDriver) -> None:
    dock, stack = desk(opened).dock, opened.front.document.undo_stack
    table = dock.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    desk(opened).decide(Verdict.REFUSED)
    assert repaired(opened) == "甲，乙(yǐ)\n丙?!秉h丁\n戊,己，庚\n"
    assert stack.count() == 1
    stack.undo()
    QTest.keyClick(table, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(table, Qt.Key.Key_Backspace, CONTROL)
    assert repaired(opened) == TEXT
    assert opened.front.view.selection.is_empty
    assert stack.count() == 1


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("All Like This One", "甲,乙\n丙。”丁\n戊,己,庚\n"),
        ("All of This Kind", "甲,乙\n丙。”丁\n戊,己,庚\n"),
        ("All of This Certainty", "甲,乙(yǐ)\n丙。”丁\n戊(wù),己,庚\n"),
        ("All in the List", TEXT),
    ],
)
def test_all_of_a_sort_are_refused_together(opened: WindowDriver, scope: str, expected: str) -> None:
    view = opened.front.view
    QTest.keyClick(view, Qt.Key.Key_F8)
    refuse = next(action for action in desk(opened).scopes[scope].actions() if action.text() == "&Refuse")
    refuse.trigger()
    assert repaired(opened) == expected
    opened.front.document.undo_stack.undo()
    assert repaired(opened) == "甲，乙\n丙。”丁\n戊,己，庚\n"


def test_a_kind_is_switched_off_for_the_document(opened: WindowDriver) -> None:
    desk(opened).kind_actions[Kind.ANNOTATION].trigger()
    assert opened.front.document.row(0).repaired == "甲，乙(yǐ)"
    assert column(desk(opened).dock.model, Column.DECISION)[1] == "switched off"
    assert "repairs" in opened.front.view.header.accessibleDescription()
    opened.front.document.undo_stack.undo()
    assert opened.front.document.row(0).repaired == "甲，乙"


def test_the_legend_counts_what_is_carried_out(opened: WindowDriver, qtbot: QtBot) -> None:
    box = opened.window.legend.boxes[Kind.ANNOTATION]
    qtbot.waitUntil(lambda: box.text() == "Inserted pinyin  2")
    desk(opened).kind_actions[Kind.ANNOTATION].trigger()
    qtbot.waitUntil(lambda: box.text() == "Inserted pinyin  0 of 2")


def test_what_is_undone_comes_on_the_screen(driver: Make, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("甲,乙\n" + "字\n" * 300 + "丙,丁\n", encoding="utf-8")
    made = driver()
    made.open(path)
    view = made.front.view
    QTest.keyClick(view, Qt.Key.Key_F8)
    QTest.keyClick(view, Qt.Key.Key_Backspace, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_F8)
    visible = [row for row, _ in view.scroller.visible()]
    assert 301 in visible and 0 not in visible
    QTest.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert 0 in [row for row, _ in view.scroller.visible()]
    assert view.selection.caret[0] == 301


def test_enter_in_the_list_goes_to_the_text(opened: WindowDriver) -> None:
    table = desk(opened).dock.table
    table.setFocus()
    table.selectRow(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.front.view.hasFocus()
    assert opened.front.view.current == (1, 0)
