"""The clean texts under ``tests/texts``, written for this project."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "texts"


@cache
def clean_texts() -> dict[str, str]:
    """Return every clean text by its name (folder/stem), without the last line end."""
    return {
        f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8").rstrip("\n")
        for path in sorted(_FOLDER.rglob("*.txt"))
    }


def to_damage() -> dict[str, str]:
    """Return the texts whose damaged form has one truth: all but those full of what only looks like damage."""
    return {name: text for name, text in clean_texts().items() if not name.startswith("look_alikes/")}
