"""The collation view: level rows, scrolling, selection, caret, size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jiaokan.script import Script
from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Side
from jiaokan_gui.selection import Place, Selection
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

Make = Callable[[str], CollationView]
Keys = Qt.Key
CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def selected(view: CollationView) -> str:
    return "".join(view.document.slice(view.selection.side, view.selection.start, view.selection.end))


def point_of(view: CollationView, side: Side, place: Place) -> QPoint:
    """Return the point of the viewport where the caret stands at a place."""
    row, offset = place
    y = next(y for visible, y in view.scroller.visible() if visible == row)
    caret = view.row_layout(row).side(side).caret(offset)
    padding = (view.row_layout(row).height - view.row_layout(row).side(side).height) // 2
    top = y + min(padding, round(view.row_layout(row).height))
    return QPoint(round(view.columns.left(side) + caret.center().x()), round(top + caret.center().y()))


@pytest.mark.parametrize(
    "text", ["", "\n", "字", "\r\n\r\n\r\n", "\0\udc85\u2028\u202e", "\t", "𠀀" * 50, "e\u0301" * 400]
)
def test_the_smallest_and_oddest_texts_are_drawn(view: Make, text: str) -> None:
    shown = view(text)
    shown.grab()
    for key in (Keys.Key_End, Keys.Key_Down, Keys.Key_Right, Keys.Key_PageDown, Keys.Key_PageUp, Keys.Key_Home):
        QTest.keyClick(shown, key)
    shown.select_all()
    assert selected(shown) == text
    shown.grab()


def test_rows_are_level(view: Make) -> None:
    shown = view("長(cháng)" * 20 + "\n短\n" + "長(cháng)" * 20)
    layouts = [shown.row_layout(row) for row in range(3)]
    for layout in layouts:
        assert layout.height >= max(layout.side(side).height for side in Side)
    assert layouts[0].side(Side.RAW).height > layouts[0].side(Side.REPAIRED).height
    tops = dict(shown.scroller.visible())
    assert tops[1] == layouts[0].height
    # The second row's first line stands at the same height on both sides.
    assert point_of(shown, Side.RAW, (1, 0)).y() == point_of(shown, Side.REPAIRED, (1, 0)).y()


@pytest.mark.parametrize("side", list(Side))
def test_a_drag_selects_exactly_what_lies_between(view: Make, side: Side) -> None:
    shown = view("甲乙(yǐ)丙,丁\n𠀀𠀁戊己\n庚辛")
    start, end = point_of(shown, side, (0, 1)), point_of(shown, side, (1, 2))
    QTest.mousePress(shown.viewport(), Qt.MouseButton.LeftButton, NONE, start)
    _drag(shown, end)
    QTest.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton, NONE, end)
    assert selected(shown) == {Side.RAW: "乙(yǐ)丙,丁\n𠀀𠀁", Side.REPAIRED: "乙丙，丁\n𠀀𠀁"}[side]


def _drag(view: CollationView, point: QPoint) -> None:
    # QTest.mouseMove has no buttons pressed.
    button = Qt.MouseButton.LeftButton
    where = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(view.viewport().mapToGlobal(point)), Qt.MouseButton.NoButton, button, NONE
    )
    view.mouseMoveEvent(event)


def test_a_drag_stays_on_its_side(view: Make) -> None:
    shown = view("甲,乙\n丙,丁")
    QTest.mousePress(shown.viewport(), Qt.MouseButton.LeftButton, NONE, point_of(shown, Side.RAW, (0, 1)))
    _drag(shown, point_of(shown, Side.REPAIRED, (1, 1)))
    assert shown.selection.side is Side.RAW
    assert selected(shown).startswith(",乙\n丙")


def test_shift_click_extends_and_click_ends(view: Make) -> None:
    shown = view("甲乙丙丁")
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, NONE, point_of(shown, Side.RAW, (0, 1)))
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, SHIFT, point_of(shown, Side.RAW, (0, 3)))
    assert selected(shown) == "乙丙"
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, NONE, point_of(shown, Side.RAW, (0, 2)))
    assert shown.selection.is_empty


def test_double_click_selects_a_word(view: Make) -> None:
    shown = view("one second three")
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, NONE, point_of(shown, Side.RAW, (0, 6)))
    assert selected(shown).strip() == "second"


def test_the_caret_moves_over_characters_beyond_the_bmp_and_labels(view: Make) -> None:
    shown = view("𠀀\u200b\udc85é\n乙")
    steps = []
    for _ in range(7):
        QTest.keyClick(shown, Keys.Key_Right)
        steps.append(shown.selection.caret)
    assert steps == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (1, 1)]
    for _ in range(7):
        QTest.keyClick(shown, Keys.Key_Left)
    assert shown.selection.caret == (0, 0)


def test_shift_and_arrows_select(view: Make) -> None:
    shown = view("甲乙\n丙丁")
    QTest.keyClick(shown, Keys.Key_Right)
    QTest.keyClick(shown, Keys.Key_Down, SHIFT)
    assert selected(shown) == "乙\n丙"
    QTest.keyClick(shown, Keys.Key_End, SHIFT)
    assert selected(shown) == "乙\n丙丁"
    QTest.keyClick(shown, Keys.Key_Home, CONTROL | SHIFT)
    assert selected(shown) == "甲"


def test_up_and_down_keep_the_column_through_short_lines(view: Make) -> None:
    shown = view("甲乙丙丁\n短\n甲乙丙丁")
    shown.select(Selection(Side.RAW, (0, 3), (0, 3)))
    QTest.keyClick(shown, Keys.Key_Down)
    assert shown.selection.caret == (1, 1)
    QTest.keyClick(shown, Keys.Key_Down)
    assert shown.selection.caret == (2, 3)


def test_pages_and_ends(view: Make) -> None:
    shown = view("\n".join(f"第{number}段" for number in range(500)))
    QTest.keyClick(shown, Keys.Key_PageDown)
    first = shown.selection.caret[0]
    assert first > 5
    assert shown.scroller.row > 0
    QTest.keyClick(shown, Keys.Key_PageUp)
    assert shown.scroller.row == 0
    QTest.keyClick(shown, Keys.Key_End, CONTROL)
    assert shown.selection.caret[0] == 499
    assert shown.verticalScrollBar().value() == shown.verticalScrollBar().maximum()
    QTest.keyClick(shown, Keys.Key_Home, CONTROL)
    assert (shown.scroller.row, shown.scroller.offset) == (0, 0)


@pytest.mark.parametrize("step", [1, 37, 350])
def test_scrolling_reaches_the_end_and_comes_back(view: Make, step: int) -> None:
    text = "\n".join("字" * (number * 37 % 400) for number in range(150))
    shown = view(text)
    for _ in range(100_000 // step):
        position = (shown.scroller.row, shown.scroller.offset)
        shown.scroll_by(step)
        if (shown.scroller.row, shown.scroller.offset) == position:
            break
    bar = shown.verticalScrollBar()
    assert bar.value() == bar.maximum()
    last_row, y = list(shown.scroller.visible())[-1]
    assert last_row == 149
    assert y + shown.row_layout(149).height == shown.viewport().height()
    while (shown.scroller.row, shown.scroller.offset) != (0, 0):
        shown.scroll_by(-step)
    assert bar.value() == 0


def test_scrolling_moves_what_is_drawn(view: Make, qtbot: QtBot) -> None:
    shown = view("\n".join(f"第{number}段,字" * (1 + number % 30) for number in range(200)))
    for step in (13, 200, -77, 390, 45):
        shown.scroll_by(step)
        qtbot.wait(1)
    scrolled = shown.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shown.viewport().update()
    qtbot.wait(1)
    assert scrolled == shown.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_the_scroll_bar_goes_anywhere(view: Make) -> None:
    shown = view("\n".join("字" * (number % 90) for number in range(2000)))
    bar = shown.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert 600 < shown.scroller.row < 1400
    bar.setValue(bar.maximum())
    assert list(shown.scroller.visible())[-1][0] == 1999
    bar.setValue(0)
    assert shown.scroller.row == 0


def test_zoom_keeps_the_row_at_the_top(view: Make) -> None:
    shown = view("\n".join("字" * 100 for _ in range(100)))
    shown.go_to_row(40)
    height = shown.row_layout(40).height
    shown.set_points(24.0)
    assert shown.scroller.row == 40
    assert shown.row_layout(40).height > height
    shown.set_points(12.0)
    assert shown.row_layout(40).height == height


def test_another_width_keeps_the_row_at_the_top_and_the_columns_equal(view: Make, qtbot: QtBot) -> None:
    shown = view("\n".join("字" * 100 for _ in range(100)))
    shown.go_to_row(40)
    shown.resize(900, 300)
    qtbot.wait(1)
    assert shown.scroller.row == 40
    assert shown.columns.left(Side.REPAIRED) + shown.columns.text_width < shown.viewport().width()


def test_a_very_long_line_is_shown_in_rows(view: Make) -> None:
    shown = view("字," * 50_000)
    assert len(shown.document.rows) == 50
    QTest.keyClick(shown, Keys.Key_End, CONTROL)
    assert shown.selection.caret[0] == 49
    shown.select_all()
    assert selected(shown) == "字," * 50_000
    shown.set_side(Side.REPAIRED)
    shown.select_all()
    assert selected(shown) == "字，" * 50_000


def test_the_change_under_the_mouse(view: Make) -> None:
    shown = view("甲乙,丙")
    on_it = point_of(shown, Side.RAW, (0, 3))
    found = shown.change_at(QPoint(on_it.x() - 2, on_it.y()))
    assert found == (0, 0)
    assert shown.change_at(point_of(shown, Side.RAW, (0, 1))) is None


def test_another_script_keeps_marks_caret_and_the_row_at_the_top(view: Make) -> None:
    shown = view("字\n" * 100 + "後(hòu)面,發展\n" * 100)
    shown.go_to_row(100)
    shown.select(Selection(Side.REPAIRED, (101, 1), (101, 3)))
    before = shown.row_layout(101)
    shown.document.set_script(Script.SIMPLIFIED)
    after = shown.row_layout(101)
    assert shown.scroller.row == 100
    assert after.side(Side.RAW).text.shown == "後(hòu)面,發展"
    assert after.side(Side.REPAIRED).text.shown == "后面，发展"
    assert [mark.repair for mark in after.marks[Side.REPAIRED]] == [mark.repair for mark in before.marks[Side.REPAIRED]]
    assert after.content.spans(Side.REPAIRED) == [(1, 1), (2, 3)]
    assert shown.selection.caret == (101, 3)
    assert shown.accessibleDescription() == "后面，发展"
    assert shown.header.name(Side.REPAIRED) == "Repaired · Simplified"
    assert shown.header.name(Side.RAW) == "Raw"
    shown.document.set_script(Script.AS_IS)
    assert shown.row_layout(101).side(Side.REPAIRED).text.shown == "後面，發展"
    assert shown.header.name(Side.REPAIRED) == "Repaired"


def test_only_what_is_shown_is_converted(view: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def converted(text: str, _: Script) -> str:
        asked.append(text)
        return text

    monkeypatch.setattr("jiaokan_gui.document.converted", converted)
    shown = view("後面\n" * 5000)
    asked.clear()
    shown.document.set_script(Script.SIMPLIFIED)
    shown.grab()
    assert 0 < len(asked) < 100


def test_screen_readers_are_told_the_row_under_the_caret(view: Make) -> None:
    shown = view("甲\n乙(yǐ)丙")
    QTest.keyClick(shown, Keys.Key_Down)
    assert shown.accessibleDescription() == "乙(yǐ)丙"
    shown.set_side(Side.REPAIRED)
    assert shown.accessibleDescription() == "乙丙"


def test_paragraphs_are_indented_on_the_repaired_side_and_nothing_else_changes(view: Make) -> None:
    shown = view("題\n甲,乙\n 丙\n　　丁\n" + "字" * 200)
    before = [shown.row_layout(row).height for row in range(1, 5)]
    assert shown.row_layout(1).side(Side.REPAIRED).caret(0).left() < 0.5
    shown.set_indented(True)
    em = shown.row_layout(3).side(Side.RAW).caret(2).left() / 2
    lefts = [shown.row_layout(row).side(Side.REPAIRED) for row in range(1, 5)]
    assert [round(lines.caret(offset).left()) for lines, offset in zip(lefts, (0, 1, 2, 0), strict=True)] == [
        round(2 * em)
    ] * 4
    assert shown.row_layout(4).side(Side.RAW).caret(0).left() < 0.5
    box = shown.row_layout(1).marks[Side.REPAIRED][0].rectangles[0]
    assert box.left() > 2.5 * em
    assert shown.document.row(1).text(Side.REPAIRED) == "甲，乙"
    y = shown.row_layout(1).side(Side.REPAIRED).caret(1).center().y()
    assert shown.row_layout(1).side(Side.REPAIRED).offset_at(QPointF(3.1 * em, y)) == 1
    shown.set_indented(False)
    assert [shown.row_layout(row).height for row in range(1, 5)] == before


def test_headings_are_not_indented(view: Make) -> None:
    shown = view("題\n——甲。\n乙")
    shown.set_indented(True)
    lefts = [shown.row_layout(row).side(Side.REPAIRED).caret(0).left() for row in range(3)]
    assert [left > 5 for left in lefts] == [False, False, True]
    shown.document.set_headings(())
    assert shown.row_layout(0).side(Side.REPAIRED).caret(0).left() > 5
