"""Choosing the encoding of a file, by menu, and that it is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.decoding import known_encoding
from jiaokan.judgement import Ruling, Verdict
from jiaokan_gui.decisions import decide
from jiaokan_gui.encodings import ENCODINGS, can_be_chosen
from jiaokan_gui.engine import StandardEngine
from jiaokan_gui.settings import Settings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
SENTENCES = "園子裡的桂花開了，香氣一直飄到河邊。\n老人坐在門口補網，孩子們在樹下唱歌。\n" * 20


def entries(menu: QMenu) -> list[QAction]:
    """All entries of a menu and its submenus."""
    menu.aboutToShow.emit()
    found: list[QAction] = []
    for action in menu.actions():
        submenu = action.menu()
        found += submenu.actions() if isinstance(submenu, QMenu) else [action]
    return found


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in entries(menu) if action.text().startswith(words))


def test_every_encoding_that_can_be_chosen_is_one() -> None:
    names = [name for group in ENCODINGS.values() for name in group]
    assert [known_encoding(name) for name in names] == names
    assert can_be_chosen("gb18030")
    assert not can_be_chosen("rot13")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_the_likeliest_comes_first_with_what_it_reads(encoding: str) -> None:
    first, *others = StandardEngine().candidates(SENTENCES.encode(encoding))
    assert first.encoding in (encoding, "cp950")
    assert first.confidence > 0.9
    assert first.preview.startswith(SENTENCES[:18])
    assert all(other.confidence < 0.1 for other in others)
    assert {"utf-8", "gb18030"} <= {first.encoding, *(other.encoding for other in others)}


def test_what_was_detected_is_known_whatever_was_asked_for() -> None:
    data = SENTENCES.encode("gb18030")
    text, encoding = StandardEngine().decode(data, "big5hkscs")
    assert encoding.name == "big5hkscs"
    assert text != SENTENCES
    assert StandardEngine().candidates(data)[0].encoding == "gb18030"


def test_the_choice_is_read_shown_and_remembered(driver: Make, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲,乙\n".encode("gb18030"))
    made = driver()
    made.open(path)
    window = made.window
    assert window.status.encoding.menu() is window.encoding_choice.menu
    assert entry(window.encoding_choice.menu, "&Automatic").isChecked()
    assert "甲" in entry(window.encoding_choice.menu, "UTF-8 · 90%").text()
    entry(window.encoding_choice.menu, "GB18030").trigger()
    made.wait()
    assert made.front.document.text == "甲,乙\n"
    assert window.status.encoding.text().startswith("GB18030 as chosen")
    window.actions_.reload.trigger()
    made.wait()
    assert made.front.document.text == "甲,乙\n"
    window.close_tab(0)
    assert Settings().encoding_of(path) == "gb18030"
    made.open(path)
    assert made.front.document.text == "甲,乙\n"
    entry(window.encoding_choice.menu, "&Automatic").trigger()
    made.wait()
    assert made.front.document.chosen_encoding is None
    assert Settings().encoding_of(path) is None


def test_decisions_are_not_forgotten_without_asking(
    driver: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲,乙\n", encoding="utf-8")
    made = driver()
    made.open(path)
    document = made.front.document
    decide(document, Ruling(Verdict.REFUSED, places=frozenset({(0, 0)})), "")
    asked: list[str] = []

    def no(_parent: object, _title: str, words: str, *_buttons: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", no)
    made.window.encoding_choice.choose("gb18030")
    made.window.actions_.reload.trigger()
    made.window.actions_.close_tab.trigger()
    assert not made.window.close()
    assert len(asked) == 4
    assert made.front.document.row(0).repaired == "甲,乙"
    document.undo_stack.undo()
    made.window.actions_.close_tab.trigger()
    assert not made.window.pages()


def test_nonsense_that_was_stored_is_no_encoding(tmp_path: Path) -> None:
    settings = Settings()
    for number in range(3):
        settings.remember_encoding(tmp_path / f"名 {number}", "big5hkscs")
    settings.remember_encoding(tmp_path / "名 1", "rot13")
    assert settings.encoding_of(tmp_path / "名 1") is None
    assert settings.encoding_of(tmp_path / "名 2") == "big5hkscs"
    settings.remember_encoding(tmp_path / "名 2", None)
    assert settings.encoding_of(tmp_path / "名 2") is None
