"""Every test of the window: no display, settings of its own, and no warning that nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from in_process import document_of
from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Document
from jiaokan_gui.engine import Engine
from jiaokan_gui.main_window import MainWindow
from jiaokan_gui.settings import Settings
from jiaokan_gui.worker import Workers
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from toy_engine import ToyEngine
from window_driver import WindowDriver

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# The offscreen platform says so whenever a window of fixed size is shown.
_EXPECTED = ("This plugin does not support propagateSizeHints()",)


@pytest.fixture(autouse=True)
def _settings_of_its_own(tmp_path: Path) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def _no_unexpected_warning(qtlog: Any, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    from_qt = [record.message for record in qtlog.records if record.type_name != "QtDebugMsg"]
    assert [message for message in from_qt if message not in _EXPECTED] == []
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    assert [record.getMessage() for record in records if record.levelno >= logging.WARNING] == []


@pytest.fixture
def document(tmp_path: Path, qapp: QApplication) -> Callable[[str], Document]:
    """Make a document with a text, repaired by the toy engine."""
    assert qapp is not None
    return lambda text: document_of(text, tmp_path)


@pytest.fixture
def view(document: Callable[[str], Document], qtbot: QtBot) -> Callable[[str], CollationView]:
    """Make a collation view, 600 × 400, of a text repaired by the toy engine, and show it."""

    def make(text: str) -> CollationView:
        shown = CollationView(document(text), 12.0)
        qtbot.addWidget(shown)
        shown.resize(600, 400)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        shown.setFocus()
        return shown

    return make


def _forget_decisions(window: MainWindow) -> None:
    """Let the window close without asking: nobody is there to answer."""
    for page in window.pages():
        page.document.undo_stack.setClean()


@pytest.fixture
def driver(qtbot: QtBot) -> Iterator[Callable[[Engine], WindowDriver]]:
    """Make a window whose workers use an engine."""
    windows: list[MainWindow] = []

    def make(engine: Engine | None = None) -> WindowDriver:
        window = MainWindow(Workers(engine=engine or ToyEngine()), Settings())
        qtbot.addWidget(window, before_close_func=_forget_decisions)
        windows.append(window)
        window.resize(1000, 600)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return WindowDriver(window, qtbot)

    yield make
    for window in windows:
        window.close()
