"""Settings: defaults, checks, what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from jiaokan.script import Script
from jiaokan_gui.settings import DEFAULT_POINTS, RECENT_FILES, Settings
from PySide6.QtCore import QSettings


def test_defaults() -> None:
    settings = Settings()
    assert (settings.points, settings.scheme, settings.recent_files) == (DEFAULT_POINTS, "system", [])
    assert settings.indent == "none"
    assert settings.script is Script.AS_IS
    assert settings.geometry.isEmpty()


@pytest.mark.parametrize("value", ["large", "-3", "1e9", ""])
def test_nonsense_gives_the_default(value: str) -> None:
    QSettings().setValue("text/points", value)
    QSettings().setValue("window/scheme", value)
    QSettings().setValue("window/geometry", value)
    QSettings().setValue("text/script", value)
    assert Settings().script is Script.AS_IS
    assert (Settings().points, Settings().scheme) == (DEFAULT_POINTS, "system")
    assert Settings().geometry.isEmpty()


@pytest.mark.parametrize("number", [1, 2, RECENT_FILES + 5])
def test_recent_files_are_unique_few_and_the_last_one_first(number: int) -> None:
    paths = [Path(f"/文件/{index}.txt") for index in range(number)]
    for path in [*paths, paths[0]]:
        Settings().add_recent_file(path)
    Settings().sync()
    recent = Settings().recent_files
    assert recent[0] == paths[0]
    assert len(recent) == len(set(recent)) == min(number, RECENT_FILES)


def test_passing_settings_touch_nobody_elses() -> None:
    Settings().points = 20.0
    passing = Settings.passing()
    assert passing.points == DEFAULT_POINTS
    passing.points = 30.0
    passing.sync()
    assert passing.points == 30.0
    assert Settings().points == 20.0
