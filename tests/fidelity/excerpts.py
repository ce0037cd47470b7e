"""Excerpts of running prose that the language model has not seen, to be damaged like our own texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from fidelity.corpus import CleanDocument

# Prose: paragraphs of at least so many characters (code points), of which at least this share is hanzi.
_PARAGRAPH = 40
_HANZI_SHARE = 0.7
# An excerpt stops at the paragraph that brings it to a length drawn at random; one that gets longer than this is none.
_SHORTEST, _LONGEST = 1500, 3000
_SPARE = 400
_BLOCK = re.compile(r":\d+$")
_SEED = "excerpts"
_HANZI = re.compile("[\u4e00-\u9fff]")
# No known truth: a text that is damaged already (controls, escapes, U+FFFD, entities, question marks within words); one
# whose author wrote half-width marks among hanzi, which nobody can tell from folded ones; one with gaps beside its
# punctuation, where the reader of packages left out code.
_H, _FULL, _HALF = "[\u4e00-\u9fff]", "[，：；！？（）。、]", "[,:;!?()]"
_DOUBTFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ue000-\uf8ff\ufffd]|&#?\\w+;"
    f"|{_H} ?{_HALF}|{_HALF} ?{_H}|{_FULL} | {_FULL}"
)


def excerpts(documents: Iterable[CleanDocument], count: int) -> dict[str, str]:
    """Return up to ``count`` excerpts by name, the packages taking turns; the same ones for the same documents.

    A document gives at most one. No paragraph of an excerpt stands in another one, or in what the model has seen.
    """
    packages: dict[tuple[str, str], list[CleanDocument]] = {}
    seen: set[str] = set()
    for document in sorted(documents, key=lambda document: (document.package, document.name)):
        if document.unseen:
            packages.setdefault((document.package, document.genre), []).append(document)
        else:
            seen.update(document.text.split("\n"))
    queues = [_of_package(queue, seen) for queue in packages.values()]
    in_turn = (found for turn in zip_longest(*queues) for found in turn if found)
    return dict(found for found, _ in zip(in_turn, range(count), strict=False))


def _of_package(documents: list[CleanDocument], seen: set[str]) -> Iterator[tuple[str, str]]:
    rng = random.Random(_SEED)
    rng.shuffle(documents)
    # The blocks that collections are cut into are too short one by one: what is left of one is put before the next.
    lines: list[str] = []
    for document in documents:
        own = [line for line in document.text.split("\n") if is_prose(line) and line not in seen]
        lines = [*lines, *own] if _BLOCK.search(document.name) else own
        excerpt = _first(lines, rng.randrange(_SHORTEST, _LONGEST - _SPARE))
        if excerpt:
            seen.update(excerpt)
            lines = []
            yield f"{document.package}/{document.name}", "\n".join(excerpt)


def _first(lines: list[str], shortest: int) -> list[str]:
    length = 0
    for number, line in enumerate(lines):
        length += len(line) + 1
        if length >= shortest:
            return lines[: number + 1] if length <= _LONGEST else []
    return []


def is_prose(line: str) -> bool:
    """Return whether a paragraph is running Chinese text with a sentence's end and without a trace of damage."""
    return (
        len(line) >= _PARAGRAPH
        and len(_HANZI.findall(line)) >= _HANZI_SHARE * len(line)
        and any(mark in line for mark in "。！？")
        and not _DOUBTFUL.search(line)
    )
