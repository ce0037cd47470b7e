"""The find bar, going to a paragraph and the list of what is found in all tabs, as a reader uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan_gui.document import Side
from jiaokan_gui.finding import Finding
from jiaokan_gui.selection import Selection
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = "題\n甲,乙abc\n" + "字\n" * 60 + "甲,乙ABC\n"


@pytest.fixture
def opened(driver: Make, tmp_path: Path) -> WindowDriver:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    window = driver()
    window.open(path)
    return window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def type_words(finding: Finding, words: str, qtbot: QtBot) -> None:
    finding.bar.words.setText(words)
    finding.bar.flush()
    qtbot.waitUntil(lambda: finding.search is None or not finding.search.is_busy)


def test_the_bar_opens_and_closes_without_shifting_the_text(opened: WindowDriver, qtbot: QtBot) -> None:
    view = opened.front.view
    view.go_to_position(view.verticalScrollBar().maximum())  # at the end, where there is nothing to scroll on to

    def place() -> tuple[int, int, int]:
        return view.scroller.row, view.scroller.offset, view.viewport().mapToGlobal(view.viewport().pos()).y()

    before = place()
    press(Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(opened.window.find_bar.isVisible)
    assert place() == before
    assert QApplication.focusWidget() is opened.window.find_bar.words
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.window.find_bar.isVisible())
    assert place() == before
    assert view.hasFocus()


def test_typing_goes_to_the_first_one_and_keys_go_on(opened: WindowDriver, qtbot: QtBot) -> None:
    finding, view = opened.window.finding, opened.front.view
    press(Qt.Key.Key_F, CONTROL)
    type_words(finding, "abc", qtbot)
    assert (view.selection.side, view.selection.start, view.selection.end) == (Side.RAW, (1, 3), (1, 6))
    assert finding.bar.told.text() == "1 of 4"
    press(Qt.Key.Key_F3)
    assert (view.selection.side, view.selection.start) == (Side.REPAIRED, (1, 3))
    press(Qt.Key.Key_Return)
    assert (view.selection.side, view.selection.start) == (Side.RAW, (62, 3))
    press(Qt.Key.Key_F3, SHIFT)
    press(Qt.Key.Key_F3, SHIFT)
    press(Qt.Key.Key_F3, SHIFT)
    assert (view.selection.side, view.selection.start) == (Side.REPAIRED, (62, 3))
    assert "past the end" in finding.bar.told.text()


def test_what_is_typed_on_is_searched_from_where_it_began(opened: WindowDriver, qtbot: QtBot) -> None:
    finding, view = opened.window.finding, opened.front.view
    finding.open()
    for words in ("甲", "甲，", "甲，乙", "甲，乙A"):
        type_words(finding, words, qtbot)
    finding.bar.case.setChecked(True)
    assert view.selection.start == (62, 0)
    finding.bar.case.setChecked(False)
    assert view.selection.start == (1, 0)


def test_where_to_look_and_what_is_not_there(opened: WindowDriver, qtbot: QtBot) -> None:
    finding = opened.window.finding
    finding.open()
    type_words(finding, "，", qtbot)
    assert finding.bar.told.text() == "1 of 2"
    finding.bar.where.setCurrentText("Raw")
    assert finding.bar.told.text() == "Not found"


def test_a_wrong_expression_is_told_and_does_no_harm(opened: WindowDriver, qtbot: QtBot) -> None:
    finding = opened.window.finding
    finding.open()
    finding.bar.regular.setChecked(True)
    type_words(finding, "(甲", qtbot)
    assert "missing )" in finding.bar.told.text()
    press(Qt.Key.Key_F3)
    type_words(finding, "甲.乙", qtbot)
    assert finding.bar.told.text() == "1 of 4"


def test_hits_are_marked_in_both_columns_and_beside_the_text(opened: WindowDriver, qtbot: QtBot) -> None:
    finding, page = opened.window.finding, opened.front
    page.view.go_to_row(62)
    before = page.view.grab().toImage()
    finding.open()
    type_words(finding, "abc", qtbot)
    page.view.go_to_row(62)
    assert page.view.grab().toImage() != before
    qtbot.waitUntil(lambda: len(page.overview.hit_lines) == 2)
    finding.close()
    qtbot.waitUntil(lambda: not page.overview.hit_lines)


def test_what_is_selected_is_what_to_find(opened: WindowDriver) -> None:
    opened.front.view.select(Selection(Side.RAW, (1, 0), (1, 3)))
    opened.window.finding.open()
    assert opened.window.find_bar.words.text() == "甲,乙"


def test_going_to_a_paragraph(opened: WindowDriver, qtbot: QtBot) -> None:
    press(Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    assert dialog.intMaximum() == 64
    dialog.setIntValue(40)
    dialog.accept()
    view = opened.front.view
    assert (view.scroller.row, view.selection.caret) == (39, (39, 0))


def test_all_tabs_are_searched_and_a_click_goes_there(opened: WindowDriver, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other.txt"
    other.write_text("丙\n丁abc\n", encoding="utf-8")
    opened.open(other)
    finding = opened.window.finding
    finding.open()
    type_words(finding, "abc", qtbot)
    press(Qt.Key.Key_F, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: not finding.results.is_busy)
    model, table = finding.results.model, finding.results.table
    assert model.rowCount() == 6
    assert finding.results.isVisible()
    texts = [model.data(model.index(row, 3)) for row in range(6)]
    assert texts[0] == "甲,乙⟦abc⟧"
    table.clicked.emit(model.index(0, 0))
    assert opened.window.tabs.currentIndex() == 0
    assert opened.front.view.selection.start == (1, 3)
    opened.window.close_tab(0)
    assert model.rowCount() == 2
