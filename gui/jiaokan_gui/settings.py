"""What the application remembers, typed: every setting has its key, default and check here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jiaokan.script import Script
from PySide6.QtCore import QByteArray, QSettings, QTemporaryDir

from jiaokan_gui.encodings import can_be_chosen

RECENT_FILES = 12
_MOST_ENCODINGS = 500  # files whose encoding is remembered
DEFAULT_POINTS = 13.0
_SCHEMES = ("system", "light", "dark")

T = TypeVar("T")


class Settings:
    """The application's settings, in the place where the platform keeps them."""

    def __init__(self, store: QSettings | None = None) -> None:
        """Use ``store``; if it is None, that of the application (named by QCoreApplication's organisation and name)."""
        self._store = store if store is not None else QSettings()
        self._folder: QTemporaryDir | None = None

    @classmethod
    def passing(cls) -> Settings:
        """Return settings that start as the defaults and are gone with the program.

        They live in a temporary file of their own: Qt replaces the file that it writes, were it /dev/null.
        """
        folder = QTemporaryDir()
        settings = cls(QSettings(folder.filePath("settings.ini"), QSettings.Format.IniFormat))
        settings._folder = folder
        return settings

    @property
    def points(self) -> float:
        """Size of the text, in points."""
        return self._read("text/points", DEFAULT_POINTS, float, lambda points: 4 <= points <= 96)

    @points.setter
    def points(self, points: float) -> None:
        self._store.setValue("text/points", points)

    @property
    def script(self) -> Script:
        """The script in which the repaired text is shown."""
        return self._read("text/script", Script.AS_IS, Script, lambda _: True)

    @script.setter
    def script(self, script: Script) -> None:
        self._store.setValue("text/script", script.value)

    @property
    def indent(self) -> str:
        """How paragraphs of the repaired text begin: "none" as they do, "two" two ideographic spaces from the edge."""
        return self._read("text/indent", "none", str, lambda indent: indent in ("none", "two"))

    @indent.setter
    def indent(self, indent: str) -> None:
        self._store.setValue("text/indent", indent)

    @property
    def scheme(self) -> str:
        """One of "system", "light" and "dark"; see :mod:`jiaokan_gui.scheme`."""
        return self._read("window/scheme", "system", str, lambda scheme: scheme in _SCHEMES)

    @scheme.setter
    def scheme(self, scheme: str) -> None:
        self._store.setValue("window/scheme", scheme)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was (QWidget.saveGeometry)."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def layout(self) -> QByteArray:
        """Where the window's docks were (QMainWindow.saveState)."""
        return self._bytes("window/layout")

    @layout.setter
    def layout(self, layout: QByteArray) -> None:
        self._store.setValue("window/layout", layout)

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last, the last one first."""
        stored = self._store.value("files/recent", [])
        # Some of Qt's formats give a list of one back as its only element.
        paths = [stored] if isinstance(stored, str) else stored
        return [Path(path) for path in paths if isinstance(path, str)] if isinstance(paths, list) else []

    def add_recent_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        paths = [path, *(other for other in self.recent_files if other != path)]
        self._store.setValue("files/recent", [str(path) for path in paths[:RECENT_FILES]])

    def clear_recent_files(self) -> None:
        """Forget the recent files."""
        self._store.remove("files/recent")

    def encoding_of(self, path: Path) -> str | None:
        """Return the encoding that was chosen for a file; None if none was."""
        return next((encoding for other, encoding in self._encodings() if other == str(path)), None)

    def remember_encoding(self, path: Path, encoding: str | None) -> None:
        """Remember the encoding that was chosen for a file; None: there is no choice any more."""
        before = self._encodings()
        rest = [(other, chosen) for other, chosen in before if other != str(path)]
        after = rest if encoding is None else [(str(path), encoding), *rest[: _MOST_ENCODINGS - 1]]
        if after != before:
            # The encoding first: a path may have any character in it.
            self._store.setValue("files/encodings", [f"{chosen} {other}" for other, chosen in after])

    def _encodings(self) -> list[tuple[str, str]]:
        stored = self._store.value("files/encodings", [])
        lines = [stored] if isinstance(stored, str) else stored
        if not isinstance(lines, list):
            return []
        pairs = [(path, encoding) for encoding, _, path in (str(line).partition(" ") for line in lines)]
        return [(path, encoding) for path, encoding in pairs if path and can_be_chosen(encoding)]

    def sync(self) -> None:
        """Write what has changed."""
        self._store.sync()

    def _read(self, key: str, default: T, convert: Callable[[str], T], valid: Callable[[T], bool]) -> T:
        try:
            value = convert(str(self._store.value(key, default)))
        except ValueError:
            return default
        return value if valid(value) else default

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
