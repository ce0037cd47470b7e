"""The recent files, in their menu and on the start page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from jiaokan_gui.settings import Settings
from jiaokan_gui.start_page import StartPage

_NUMBERED = 9  # entries that have a digit as their mnemonic


class RecentFiles(QObject):
    """Remembers which files were opened and offers them."""

    chosen = Signal(object)
    """The reader chose a file (a Path)."""

    def __init__(self, menu: QMenu, start_page: StartPage, settings: Settings) -> None:
        """Offer the files that ``settings`` remember."""
        super().__init__(menu)
        self._menu = menu
        self._start_page = start_page
        self._settings = settings
        start_page.file_chosen.connect(self.chosen)
        self._show()

    def add(self, path: Path) -> None:
        """Remember a file as the last one opened."""
        self._settings.add_recent_file(path)
        self._show()

    def clear(self) -> None:
        """Forget all files."""
        self._settings.clear_recent_files()
        self._show()

    def _show(self) -> None:
        files = self._settings.recent_files
        self._start_page.set_recent_files(files)
        self._menu.clear()
        for number, path in enumerate(files, start=1):
            name = str(path).replace("&", "&&")
            action = self._menu.addAction(f"&{number} {name}" if number <= _NUMBERED else name)
            action.triggered.connect(lambda _checked=False, path=path: self.chosen.emit(path))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("&Clear List")).triggered.connect(self.clear)
        self._menu.setEnabled(bool(files))
