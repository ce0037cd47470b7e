"""Jiaokan's data files: the language model, icons, translations, the sample. This is the one reader of where they are."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of the data file ``name`` (relative, with ``/`` between folders).

    Raises:
        FileNotFoundError: There is no such file in the package.
        ValueError: The name leads out of the package.
    """
    file = (_ROOT / name).resolve()
    if not file.is_relative_to(_ROOT):
        raise ValueError(f"{name!r} is not the name of a file of this package")
    if not file.exists():
        raise FileNotFoundError(f"the data file {name!r} is missing from {_ROOT}")
    return file
