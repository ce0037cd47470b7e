"""What holds for the project as a whole: its rooms, their borders, its version."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path

import jiaokan
import jiaokan_gui
import jiaokan_resources
import pytest

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = (jiaokan, jiaokan_gui, jiaokan_resources)


def _modules() -> list[str]:
    return [
        found.name
        for package in _PACKAGES
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        if not found.name.endswith("__main__")
    ]


def test_every_module_imports_and_says_what_it_is() -> None:
    names = _modules()
    assert len(names) > 60
    for name in names:
        assert import_module(name).__doc__, name


def _loaded_by(statements: str) -> set[str]:
    """Return the top-level packages that a fresh process has loaded after ``statements``."""
    code = f"import sys\n{statements}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {"PYTHONPATH": ":".join(str(_ROOT / room) for room in ("core", "gui", "resources")), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=_ROOT
    )
    return set(done.stdout.split())


def test_the_engine_loads_neither_qt_nor_the_application() -> None:
    imports = "\n".join(f"import {name}" for name in _modules() if name.partition(".")[0] == "jiaokan")
    loaded = _loaded_by(f"{imports}\nfrom jiaokan.pipeline import repair_text\nrepair_text('實(shí)現(xiàn)')")
    assert "jiaokan" in loaded
    assert not loaded & {"PySide6", "shiboken6", "jiaokan_gui"}


def test_the_command_line_repairs_without_qt() -> None:
    loaded = _loaded_by(
        "from jiaokan_gui.command import main\n"
        "main(['repair', '-o', '/dev/null', 'resources/jiaokan_resources/sample.txt'], standalone_mode=False)"
    )
    assert "jiaokan_gui" in loaded
    assert "PySide6" not in loaded


def test_the_version_is_known() -> None:
    declared = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", declared)
    try:
        installed = metadata.version("jiaokan")
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed here: the tests run from the source")
    assert installed == declared


@pytest.mark.parametrize("name", ["language_model.bin", "sample.txt", "NOTICE"])
def test_the_data_files_are_there(name: str) -> None:
    assert jiaokan_resources.path(name).stat().st_size > 0


def test_a_data_file_that_is_missing_or_elsewhere_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match=r"no_such\.txt"):
        jiaokan_resources.path("no_such.txt")
    with pytest.raises(ValueError, match="of this package"):
        jiaokan_resources.path("../../pyproject.toml")


def test_the_language_model_fits_its_limit() -> None:
    assert jiaokan_resources.path("language_model.bin").stat().st_size <= 10_000_000
