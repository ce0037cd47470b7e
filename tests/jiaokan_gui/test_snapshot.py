"""Pictures of the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jiaokan.files import UnreadableFile, UnwritableFile
from jiaokan_gui.snapshot import snapshot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from toy_engine import ToyEngine


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("開發(fā),好\n" * 200 + "終,止\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("qapp")
def test_a_picture_of_the_window(text: Path, tmp_path: Path) -> None:
    light, dark, other = (tmp_path / f"{name}.png" for name in ("light", "dark", "other"))
    snapshot(text, light, engine=ToyEngine(), size=(700, 500))
    snapshot(text, dark, engine=ToyEngine(), size=(700, 500), scheme="dark")
    snapshot(text, other, engine=ToyEngine(), size=(700, 500), find="終,止")
    pictures = [QImage(str(path)) for path in (light, dark, other)]
    assert [(picture.width(), picture.height()) for picture in pictures] == [(700, 500)] * 3
    assert pictures[0].pixelColor(600, 150).lightness() > 200
    assert pictures[1].pixelColor(600, 150).lightness() < 60
    assert pictures[0] != pictures[2]


@pytest.mark.usefixtures("qapp")
def test_what_cannot_be_shown_or_written_is_said(text: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="missing"):
        snapshot(tmp_path / "missing.txt", tmp_path / "picture.png", engine=ToyEngine())
    with pytest.raises(UnwritableFile, match=r"nowhere.picture\.png"):
        snapshot(text, tmp_path / "nowhere" / "picture.png", engine=ToyEngine())
    assert QApplication.instance() is not None


def test_without_a_display_nothing_is_printed(text: Path, tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from jiaokan_gui.snapshot import snapshot; from toy_engine import ToyEngine\n"
        f"if __name__ == '__main__': snapshot(Path({str(text)!r}), Path({str(tmp_path / 'p.png')!r}), engine=ToyEngine())"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "p.png").exists()
