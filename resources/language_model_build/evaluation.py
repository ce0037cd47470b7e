"""Measure a model on documents that it was not trained on."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaokan.language_model import ContextModel, fold, is_hanzi

from language_model_build.registries import Document

_LEADS = range(0x81, 0xFF)


@dataclass(frozen=True, slots=True)
class Place:
    """A character whose lead byte is hidden: the line and the offset in it (code points)."""

    line: int
    offset: int


def perplexity(model: ContextModel, lines: Iterable[str]) -> float:
    """Return the perplexity per character."""
    values = [value for line in lines for value in model.per_character(line)]
    return math.exp(-math.fsum(values) / max(1, len(values)))


def candidates(character: str) -> list[str]:
    """Return the characters that GBK writes with the same trail byte as ``character``."""
    trail = character.encode("gbk")[1]
    pairs = (bytes([lead, trail]).decode("gbk", "ignore") for lead in _LEADS)
    return [pair for pair in pairs if len(pair) == 1]


def places(lines: list[str], amount: int, seed: int, only_before_quotes: bool = False) -> Iterator[Place]:
    """Yield places of characters that GBK writes in two bytes, drawn at random, at least 50 code points apart."""
    drawn = random.Random(seed)
    free = [
        Place(number, offset)
        for number, line in enumerate(lines)
        for offset, character in enumerate(line)
        if _two_bytes(character)
        and (not only_before_quotes or (character in "。！？，”" and line[offset + 1 : offset + 2] == "”"))
    ]
    drawn.shuffle(free)
    taken: set[tuple[int, int]] = set()
    for place in free:
        block = (place.line, place.offset // 50)
        if block not in taken and len(taken) < amount:
            taken.add(block)
            yield place


def _two_bytes(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def chosen(model: ContextModel, line: str, offset: int) -> str:
    """Return the character that the model prefers at ``line[offset]``, of those with the same trail byte."""
    before, after = line[:offset], line[offset + 1 :]
    scores = {choice: model.score(choice, before, after) for choice in candidates(line[offset])}
    # Of two characters that fold alike, the Simplified one: the texts are.
    return max(scores, key=lambda choice: (scores[choice], choice == fold(choice), choice))


def exact_share(model: ContextModel, lines: list[str], hidden: Iterable[Place]) -> float:
    """Return the share of the ``hidden`` characters that the model finds."""
    results = [chosen(model, lines[place.line], place.offset) == lines[place.line][place.offset] for place in hidden]
    return sum(results) / max(1, len(results))


def without(lines: list[str], hidden: Iterable[Place]) -> str:
    """Return the document as one text, the hidden characters replaced by U+FFFD."""
    letters = [list(line) for line in lines]
    for place in hidden:
        letters[place.line][place.offset] = "\ufffd"
    return "\n".join(map("".join, letters))


def simplified(document: Document) -> list[str]:
    """Return the document's lines where they are Simplified Chinese, none where they are not."""
    text = "".join(document[1])
    changed = sum(a != b and is_hanzi(ord(a)) for a, b in zip(text, fold(text), strict=True))
    return document[1] if changed * 50 < len(text) else []
