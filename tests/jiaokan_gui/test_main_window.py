"""The window as a reader uses it, with worker processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.repair import Kind
from jiaokan.script import Script
from jiaokan_gui.document import Side, State
from jiaokan_gui.engine import StandardEngine
from jiaokan_gui.kinds import is_dark
from jiaokan_gui.main_window import MainWindow
from jiaokan_gui.selection import Selection
from jiaokan_gui.settings import DEFAULT_POINTS, Settings
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from toy_engine import CrashingEngine, ToyEngine
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier

OUTLINE = "題\n" + "".join(f"——第{number}節。甲,乙(yǐ)\n" + "字\n" * 40 for number in range(9))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str, name: str = "text.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return make


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files on the middle of the window, through Qt's event system."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target, where = window, QPoint(window.width() // 2, window.height() // 2)
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    enter = QDragEnterEvent(where, *arguments)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    assert window.overlay.isVisible()
    QApplication.sendEvent(target, QDropEvent(QPointF(where), *arguments))
    assert not window.overlay.isVisible()


def test_without_a_file_the_start_page_says_what_to_do(driver: Make) -> None:
    window = driver().window
    assert window.start_page.isVisible()
    assert not window.actions_.copy.isEnabled()
    assert window.page is None
    assert window.outline.isHidden()


def test_a_file_is_shown_repaired_with_its_outline_and_counts(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write(OUTLINE))
    assert made.front.document.state is State.DONE
    assert made.front.document.row(1).repaired == "——第0節。甲，乙"
    assert len(made.window.outline.model) == 10
    assert "18 certain" in made.window.status.counts.text()
    assert "UTF-8 100%" in made.window.status.encoding.text()
    assert made.window.status.kinds.text() == "pinyin 9 · punctuation 9"
    assert not made.window.status.progress.isVisible()
    assert made.window.windowTitle().startswith("text.txt")


def test_the_overview_marks_a_change_where_it_stands_in_its_paragraph(
    driver: Make, write: Callable[..., Path], qtbot: QtBot
) -> None:
    made = driver()
    made.window.resize(1000, 1000)
    made.open(write("字" * 1900 + "乙(yǐ)" + "字" * 20))
    strip, heights = made.front.overview, made.front.view.scroller.heights
    qtbot.waitUntil(lambda: bool(strip.marks))
    share = heights.total / max(heights.total, made.front.view.viewport().height())
    lines = strip.height() / 2 * share
    assert all(0.9 * lines < mark.line < lines for mark in strip.marks)


def test_a_message_takes_the_room_of_the_counts_by_kind(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write(OUTLINE))
    status = made.window.status
    made.window.resize(1200, 700)
    assert status.kinds.isVisible()
    status.showMessage("long " * 100)
    assert not status.kinds.isVisible()
    assert status.toolTip() == "long " * 100
    status.clearMessage()
    assert status.kinds.isVisible()


def test_an_outline_without_entries_says_why(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write(OUTLINE))
    outline = made.window.outline
    outline.filter.setText("no such heading")
    outline.apply_filter()
    assert outline.empty.isVisible()
    assert "contains" in outline.empty.text()
    outline.filter.clear()
    outline.apply_filter()
    assert not outline.empty.isVisible()


def test_several_dropped_files_make_several_tabs(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    drop(made.window, *(write(f"第{number}", f"{number}.txt") for number in range(4)))
    made.wait()
    assert [page.document.text for page in made.window.pages()] == ["第0", "第1", "第2", "第3"]
    drop(made.window, made.window.pages()[1].document.path)
    assert made.window.tabs.count() == 4
    assert made.front.document.text == "第1"


def test_a_drop_on_the_text_itself_opens_the_file(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲", "a.txt"))
    assert not made.front.view.viewport().acceptDrops()
    assert not made.window.start_page.acceptDrops()
    drop(made.window, write("乙", "b.txt"))
    made.wait()
    assert made.front.document.text == "乙"


def test_what_cannot_be_opened_is_named_and_the_rest_is_shown(
    driver: Make, write: Callable[..., Path], tmp_path: Path
) -> None:
    made = driver()
    made.open(write("甲", "good.txt"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(1000))
    drop(made.window, tmp_path / "folder", tmp_path / "missing.txt", tmp_path / "binary.txt", write("乙", "b.txt"))
    made.wait()
    assert [page.document.path.name for page in made.window.pages()] == ["good.txt", "b.txt"]
    for name in ("folder", "missing.txt", "binary.txt"):
        assert f"{name} " in made.window.messages.text
    assert made.window.messages.isVisible()
    assert [path.name for path in Settings().recent_files] == ["b.txt", "good.txt"]
    made.window.messages.clear()
    assert not made.window.messages.isVisible()


def test_a_file_that_vanishes_keeps_its_text(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    path = write("甲")
    made.open(path)
    path.unlink()
    made.window.actions_.reload.trigger()
    made.wait()
    assert made.front.document.text == "甲"
    assert "text.txt cannot be read" in made.window.messages.text


def test_a_broken_engine_leaves_the_raw_text(
    driver: Make, write: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    made = driver(CrashingEngine())
    made.open(write("甲,乙\ncrash\n丙"))
    assert made.front.document.state is State.FAILED
    assert made.front.document.text == "甲,乙\ncrash\n丙"
    assert "the toy broke" in made.window.messages.text
    made.open(write("丁,戊", "next.txt"))
    assert made.front.document.row(0).repaired == "丁，戊"
    made.window.close()
    assert "RuntimeError" in capfd.readouterr().err


def test_copy_gives_exactly_what_is_selected(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲𠀀(yǐ)乙,\r\n丙\u200b丁"))
    view = made.front.view
    for side, expected in ((Side.RAW, "𠀀(yǐ)乙,\r\n丙\u200b"), (Side.REPAIRED, "𠀀乙，\r\n丙丁")):
        view.select(Selection(side, (0, 1), (1, 2)))
        QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == expected
    view.select(Selection(Side.REPAIRED, (0, 0), (0, 0)))
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "甲𠀀乙，\r\n丙丁"


def test_a_file_in_two_encodings_names_both(driver: Make, tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_bytes("桥下的水涨了。\n".encode() * 3 + "没有人应。\n".encode("gb18030"))
    made = driver(engine=StandardEngine())
    made.open(path)
    assert made.front.document.row(3).raw == "没有人应。"
    assert made.window.status.encoding.text().startswith("UTF-8 + GB18030 ")
    assert made.window.status.encoding.toolTip().startswith("Passages in GB18030: 1")


def test_undecodable_bytes_are_copied_as_replacement_characters(driver: Make, tmp_path: Path) -> None:
    path = tmp_path / "bytes.txt"
    path.write_bytes("甲".encode() + b"\x80" + "乙".encode())
    made = driver()
    made.open(path)
    made.front.view.select_all()
    made.window.copy()
    assert QGuiApplication.clipboard().text() == "甲\ufffd乙"
    assert "undecodable" in made.window.status.currentMessage()


def test_copying_very_much_goes_on_in_slices(
    driver: Make, write: Callable[..., Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaokan_gui.copying._SLICE", 0.0)
    made = driver()
    made.open(write("甲,乙\n" * 300))
    made.front.view.set_side(Side.REPAIRED)
    made.front.view.select_all()
    made.window.copy()
    assert made.window.copier.is_busy
    qtbot.waitUntil(lambda: not made.window.copier.is_busy)
    assert QGuiApplication.clipboard().text() == "甲，乙\n" * 300


def test_zoom_by_keys_and_wheel(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲"))
    view = made.front.view
    height = view.row_layout(0).height
    QTest.keyClick(made.window, Qt.Key.Key_Plus, CONTROL)
    QTest.keyClick(made.window, Qt.Key.Key_Plus, CONTROL)
    assert view.row_layout(0).height > height
    QTest.keyClick(made.window, Qt.Key.Key_Minus, CONTROL)
    turn_wheel(view.viewport(), 120, CONTROL)
    assert Settings().points == pytest.approx(DEFAULT_POINTS * 1.21, abs=0.05)
    QTest.keyClick(made.window, Qt.Key.Key_0, CONTROL)
    assert view.row_layout(0).height == height


def turn_wheel(widget: QWidget, angle: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    where = QPointF(100, 100)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_script_by_menu_is_that_of_column_outline_fields_and_clipboard_and_is_remembered(
    driver: Make, write: Callable[..., Path], qtbot: QtBot
) -> None:
    made = driver()
    made.open(write("題\n——發展(zhǎn)。\n萬里\n"))
    window = made.window
    window.explanation.paragraph.trigger()
    made.front.view.select(Selection(Side.REPAIRED, (0, 0), (1, 4)))
    window.actions_.scripts[Script.SIMPLIFIED].trigger()
    assert [action.isChecked() for action in window.actions_.scripts.values()] == [False, True, False, False, False]
    model = window.outline.model
    assert model.data(model.index(0, 0)) == "题"
    qtbot.waitUntil(lambda: window.explanation.dock.paragraph.fields[Side.REPAIRED].toPlainText() == "——发展。")
    assert window.explanation.dock.paragraph.fields[Side.RAW].toPlainText() == "——發展(zhǎn)。"
    window.copy()
    assert QGuiApplication.clipboard().text() == "题\n——发展"
    made.open(write("後面", "next.txt"))
    assert made.front.view.header.name(Side.REPAIRED) == "Repaired · Simplified"
    assert made.front.document.row(0).text(Side.REPAIRED) == "后面"
    window.close()
    made = driver()
    assert made.window.actions_.scripts[Script.SIMPLIFIED].isChecked()
    made.open(write("後面", "next.txt"))
    assert made.front.document.row(0).text(Side.REPAIRED) == "后面"


def test_the_wheel_scrolls(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("字\n" * 500))
    turn_wheel(made.front.view.viewport(), -120)
    assert made.front.view.scroller.row > 0
    turn_wheel(made.front.view.viewport(), 120)
    assert (made.front.view.scroller.row, made.front.view.scroller.offset) == (0, 0)


def test_a_click_in_the_outline_goes_there_and_the_current_heading_follows(
    driver: Make, write: Callable[..., Path]
) -> None:
    made = driver()
    made.open(write(OUTLINE))
    outline, view = made.window.outline, made.front.view
    index = outline.model.index(3, 0, outline.model.index(0, 0))
    assert outline.model.data(index) == "第3節"
    QTest.mouseClick(outline.tree.viewport(), Qt.MouseButton.LeftButton, NONE, outline.tree.visualRect(index).center())
    assert view.document.row(view.scroller.row).raw.startswith("——第3節")
    assert outline.tree.currentIndex() == index
    view.go_to_row(view.scroller.row + 45)
    assert outline.model.data(outline.tree.currentIndex()) == "第4節"
    view.go_to_row(0)
    assert outline.model.data(outline.tree.currentIndex()) == "題"


def test_the_outline_by_keyboard(driver: Make, write: Callable[..., Path], qtbot: QtBot) -> None:
    made = driver()
    made.open(write(OUTLINE))
    outline = made.window.outline
    made.window.actions_.go_outline.trigger()
    assert outline.filter.hasFocus()
    outline.filter.insert("第7")
    qtbot.waitUntil(lambda: len(outline.model) == 2)
    QTest.keyClick(outline.filter, Qt.Key.Key_Return)
    view = made.front.view
    assert view.selection.caret[0] == 1 + 7 * 41
    QTest.keyClick(outline.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(outline.model) == 10)
    QTest.keyClick(outline.filter, Qt.Key.Key_Down)
    outline.tree.setCurrentIndex(outline.model.index(2, 0, outline.model.index(0, 0)))
    QTest.keyClick(outline.tree, Qt.Key.Key_Return)
    assert view.selection.caret[0] == 1 + 2 * 41


def test_f8_goes_from_change_to_change(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲,乙,丙\n" + "字\n" * 100 + "丁,戊\n"))
    view, places = made.front.view, []
    for _ in range(4):
        QTest.keyClick(made.window, Qt.Key.Key_F8)
        places.append(view.selection.caret)
    assert places == [(0, 1), (0, 3), (101, 1), (101, 1)]
    assert "No change after" in made.window.status.currentMessage()
    for _ in range(2):
        QTest.keyClick(made.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection.caret == (0, 1)
    assert "the toy says so" in made.window.status.currentMessage()


def test_kinds_can_be_hidden(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲,乙(yǐ)丙"))
    made.window.legend.boxes[Kind.WIDTH].click()
    QTest.keyClick(made.window, Qt.Key.Key_F8)
    assert made.front.view.selection.caret == (0, 3)


def test_cancel_keeps_what_is_done_and_later_answers_are_dropped(
    driver: Make, write: Callable[..., Path], qtbot: QtBot
) -> None:
    made = driver(ToyEngine(slowness=0.02))
    made.window.open_files([write("甲,乙\n" * 5000)])
    made.wait_for_text()
    document = made.front.document
    qtbot.waitUntil(lambda: document.repairs.known > 0, timeout=10_000)
    assert made.window.status.progress.isVisible()
    made.window.status.progress.cancel.click()
    known = document.repairs.known
    assert document.state is State.CANCELLED
    assert document.row(0).repaired == "甲，乙"
    qtbot.wait(300)
    assert document.repairs.known == known < 5000
    assert not made.window.status.progress.isVisible()
    assert made.window.status.counts.text().startswith("Stopped")


def test_what_is_on_screen_comes_first(driver: Make, write: Callable[..., Path], qtbot: QtBot) -> None:
    made = driver(ToyEngine(slowness=0.01))
    made.window.open_files([write("甲,乙\n" * 20_000)])
    made.wait_for_text()
    made.front.view.go_to_row(15_000)
    document = made.front.document
    qtbot.waitUntil(lambda: document.row(15_001).repaired == "甲，乙", timeout=10_000)
    assert document.repairs.known < 10_000


def test_closing_a_tab_and_the_window_while_the_work_goes_on(driver: Make, write: Callable[..., Path]) -> None:
    made = driver(ToyEngine(slowness=0.05))
    made.window.open_files([write("甲,乙\n" * 5000, f"{number}.txt") for number in range(3)])
    made.wait_for_text() if made.window.tabs.currentIndex() < 2 else None
    made.window.close_tab(0)
    assert made.window.tabs.count() == 2
    start = time.monotonic()
    made.window.close()
    assert time.monotonic() - start < 2


def test_recent_files_are_offered(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲", "a.txt"))
    made.open(write("乙", "b&c.txt"))
    made.window.close_tab(1)
    made.window.close_tab(0)
    assert made.window.start_page.isVisible()
    entries = [action for action in made.window.actions_.recent.actions() if action.text()]
    assert ["b&&c.txt" in entries[0].text(), "a.txt" in entries[1].text()] == [True, True]
    entries[1].trigger()
    made.wait()
    assert made.front.document.text == "甲"
    entries = [action for action in made.window.actions_.recent.actions() if action.text()]
    entries[-1].trigger()
    assert Settings().recent_files == []


def test_the_window_remembers(driver: Make, write: Callable[..., Path], qtbot: QtBot) -> None:
    made = driver()
    made.open(write("甲"))
    first = made.window
    first.zoom(3)
    first.outline.hide()
    first.set_scheme("dark")
    first.close()
    made = driver()
    made.open(write("甲"))
    second = made.window
    assert second.settings.points == first.settings.points > DEFAULT_POINTS
    assert second.outline.isHidden()
    assert second.actions_.schemes["dark"].isChecked()
    view = made.front.view
    qtbot.waitUntil(lambda: is_dark(view.palette()))
    second.set_scheme("light")
    qtbot.waitUntil(lambda: not is_dark(view.palette()))
    second.set_scheme("system")


def test_another_tab_shows_its_own_outline_and_counts(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write(OUTLINE, "a.txt"), write("甲", "b.txt"))
    assert len(made.window.outline.model) == 1
    made.window.actions_.previous_tab.trigger()
    assert len(made.window.outline.model) == 10
    assert "18 certain" in made.window.status.counts.text()


def test_the_paragraph_under_the_caret_stands_in_ordinary_text_fields(
    driver: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    made = driver()
    path = tmp_path / "bytes.txt"
    path.write_bytes("甲,乙\n丙(bǐng),丁".encode() + b"\xff")
    made.open(path)
    made.window.explanation.paragraph.trigger()
    fields = made.window.explanation.dock.paragraph.fields
    qtbot.waitUntil(lambda: fields[Side.REPAIRED].toPlainText() == "甲，乙")
    QTest.keyClick(made.front.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: fields[Side.RAW].toPlainText() == "丙(bǐng),丁\ufffd")
    made.window.close_tab(0)
    assert made.window.explanation.dock.isHidden()


def test_the_text_fields_do_not_wait_until_the_work_has_ended(
    driver: Make, write: Callable[..., Path], qtbot: QtBot
) -> None:
    made = driver(ToyEngine(slowness=0.02))
    made.window.open_files([write("甲,乙\n" * 5000)])
    made.wait_for_text()
    made.window.explanation.paragraph.trigger()
    qtbot.waitUntil(
        lambda: made.window.explanation.dock.paragraph.fields[Side.REPAIRED].toPlainText() == "甲，乙", timeout=10_000
    )
    assert made.front.document.is_busy


def test_every_widget_that_takes_the_focus_has_a_name(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲"))
    window = made.window
    for widget in (made.front.view, window.outline.tree, window.outline.filter, window.status.progress.bar):
        assert widget.accessibleName()


def test_the_window_fits_a_small_screen_with_every_panel_open(driver: Make, write: Callable[..., Path]) -> None:
    made = driver()
    made.open(write("甲,乙\n"))
    made.window.finding.open()
    made.window.finding.results.show()
    QApplication.processEvents()
    smallest = made.window.minimumSizeHint()
    assert smallest.width() <= 800
    assert smallest.height() <= 600
