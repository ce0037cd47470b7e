"""A window with real worker processes, for tests, and what a test does with it."""

from __future__ import annotations

from pathlib import Path

from jiaokan_gui.document import State
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.main_window import MainWindow
from pytestqt.qtbot import QtBot


class WindowDriver:
    """Opens files in a window and waits for it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    def open(self, *paths: Path) -> None:
        """Open files and wait until the work on them has ended."""
        self.window.open_files(paths)
        self.wait()

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: not any(page.document.is_busy for page in self.window.pages()), timeout=20_000)

    def wait_for_text(self) -> None:
        """Wait until the document in front has all its text."""
        self._qtbot.waitUntil(lambda: self.front.document.state is not State.OPENING, timeout=20_000)

    @property
    def front(self) -> DocumentPage:
        """The page in front."""
        assert self.window.page is not None
        return self.window.page
