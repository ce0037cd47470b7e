"""The panel with the evidence, as a reader uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jiaokan.repair import Candidate, Evidence, Kind, Repair
from jiaokan_gui.change_evidence import ChangeEvidence
from jiaokan_gui.document import Side
from jiaokan_gui.selection import Selection
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from toy_engine import ToyEngine
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
CONTROL = Qt.KeyboardModifier.ControlModifier


class _WithCandidates(ToyEngine):
    """Has candidates and bytes for slips."""

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        return [self._completed(repair) for repair in super().repair(paragraph, evidence)]

    def _completed(self, repair: Repair) -> Repair:
        if repair.kind is not Kind.SLIP:
            return repair
        candidates = (Candidate("。”黨", 0.0), Candidate("危”黨", -8.0))
        because = Evidence("slip.chosen", "A byte is lost.", "。”黨".encode("gbk"), "?!秉h".encode("gbk"))
        return replace(repair, after="。”黨", evidence=because, candidates=candidates)


@pytest.fixture
def opened(driver: Make, tmp_path: Path) -> WindowDriver:
    path = tmp_path / "text.txt"
    path.write_text("體系?!秉h中央,乙\n丙\U00020000丁", encoding="utf-8")
    window = driver(_WithCandidates())
    window.open(path)
    return window


def test_the_current_change_is_explained(opened: WindowDriver, qtbot: QtBot) -> None:
    evidence = opened.window.explanation.dock.change
    QTest.keyClick(opened.front.view, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "Replays" in evidence.words.toPlainText())
    words = evidence.words.toPlainText()
    assert words.startswith("Byte slip · probable · carried out · bytes in GBK\nStood there: ?!秉h  →  。”黨\nReplays")
    cell = evidence.bytes.item(1, 0)
    assert cell is not None and cell.text() == "A1"
    assert evidence.candidates.rowCount() == 2
    QTest.keyClick(opened.front.view, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: evidence.words.toPlainText().startswith("Half-width"))
    assert "eplay" not in evidence.words.toPlainText()
    assert evidence.candidates.isHidden()


def test_a_candidate_is_chosen_by_enter_and_taken_back(opened: WindowDriver, qtbot: QtBot) -> None:
    evidence, document = opened.window.explanation.dock.change, opened.front.document
    QTest.keyClick(opened.front.view, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: evidence.candidates.rowCount() == 2)
    evidence.candidates.setCurrentCell(1, 0)
    QTest.keyClick(evidence.candidates, Qt.Key.Key_Return)
    assert document.row(0).repaired == "體系危”黨中央，乙"
    assert document.undo_stack.count() == 1
    qtbot.waitUntil(lambda: "→  危”黨\nReplays" in evidence.words.toPlainText())
    cell = evidence.bytes.item(1, 0)
    assert cell is not None and cell.text() == "CE"
    document.undo_stack.undo()
    assert document.row(0).repaired == "體系。”黨中央，乙"


def test_the_answer_of_the_replay_is_shown_when_it_comes(opened: WindowDriver, qtbot: QtBot) -> None:
    evidence = ChangeEvidence()
    qtbot.addWidget(evidence)
    evidence.show_change(opened.front.document, (0, 0))
    assert "Being replayed…" in evidence.words.toPlainText()
    qtbot.waitUntil(lambda: "Replays" in evidence.words.toPlainText())
    assert not evidence.is_busy


def test_a_candidate_is_chosen_by_a_double_click_in_one_step(opened: WindowDriver, qtbot: QtBot) -> None:
    candidates, document = opened.window.explanation.dock.change.candidates, opened.front.document
    QTest.keyClick(opened.front.view, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: candidates.rowCount() == 2)
    item = candidates.item(1, 0)
    assert item is not None
    place = candidates.visualItemRect(item).center()
    QTest.mouseClick(candidates.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.undo_stack.count() == 0
    QTest.mouseDClick(candidates.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.row(0).repaired == "體系危”黨中央，乙"
    assert document.undo_stack.count() == 1


def test_nothing_is_explained_where_nothing_was_changed(opened: WindowDriver, qtbot: QtBot) -> None:
    evidence = opened.window.explanation.dock.change
    opened.front.view.select(Selection(Side.RAW, (1, 0), (1, 0)))
    qtbot.waitUntil(lambda: evidence.words.toPlainText() == "")
    assert evidence.bytes.isHidden()


def test_the_selection_is_listed_by_characters_and_can_be_copied(opened: WindowDriver, qtbot: QtBot) -> None:
    dock = opened.window.explanation.dock
    dock.tabs.setCurrentWidget(dock.inspector)
    opened.front.view.select(Selection(Side.RAW, (1, 0), (1, 2)))
    table = dock.inspector.table
    qtbot.waitUntil(lambda: table.rowCount() == 2)
    table.selectRow(1)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    name = "CJK UNIFIED IDEOGRAPH-20000"
    assert QGuiApplication.clipboard().text() == f"\U00020000\tU+20000\t{name}\tF0 A0 80 80"


def test_buttons_decide(opened: WindowDriver, qtbot: QtBot) -> None:
    QTest.keyClick(opened.front.view, Qt.Key.Key_F8)
    corner = opened.window.explanation.dock.tabs.cornerWidget()
    assert corner is not None
    refuse = next(button for button in corner.findChildren(QToolButton) if button.text() == "Refuse")
    refuse.click()
    words = opened.window.explanation.dock.change.words
    qtbot.waitUntil(lambda: "not carried out (refused)" in words.toPlainText())
    assert opened.front.document.row(0).repaired == "體系?!秉h中央，乙"
