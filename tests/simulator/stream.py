"""Cut a stream of GBK bytes before what looks like punctuation, whether or not a character begins there."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

PUNCTUATION = frozenset(character.encode("gbk") for character in "，。！？；、")

Cutting = Callable[[bytes], list[int]]


def stepping(start: int) -> Cutting:
    """Return the rule: look at the pairs met when stepping two bytes at a time from ``start`` (0 or 1)."""

    def places(stream: bytes) -> list[int]:
        return [at for at in range(start, len(stream) - 1, 2) if stream[at : at + 2] in PUNCTUATION]

    return places


def by_chance(rng: random.Random, probability: float) -> Cutting:
    """Return the rule: cut at every such pair, aligned or not, with the given probability."""

    def places(stream: bytes) -> list[int]:
        pairs = (at for at in range(len(stream) - 1) if stream[at : at + 2] in PUNCTUATION)
        return [at for at in pairs if rng.random() < probability]

    return places


def cut(stream: bytes, cutting: Cutting) -> list[bytes]:
    """Return the pieces of ``stream``, cut at the places that ``cutting`` finds."""
    places = [0, *cutting(stream), len(stream)]
    return [stream[start:end] for start, end in pairwise(places)]
