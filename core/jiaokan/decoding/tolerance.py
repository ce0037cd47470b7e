"""Reading a block of bytes in which some may be lost or too many, as likely as it can be read.

In double-byte encodings and UTF-16 one lost byte puts what follows out of step. So the block is read twice, in step and
out of step, and a way is found through both readings: at any place a byte may be passed over, which costs what an
undecodable byte costs, and what follows is then read in the other step.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from jiaokan.decoding.exact import ESCAPE_BASE, decode_exactly
from jiaokan.decoding.plausibility import COST_UNDECODABLE, Model, plausibility

# The first byte of a run that is not ASCII; a reader that passes it over reads the run out of step.
_RUN_START = re.compile(rb"(?<![\x80-\xff])[\x80-\xff]")

# For each position the characters that can be read there: where they end, and how likely they are.
Readings = dict[int, list[tuple[int, float]]]


def best_reading(block: bytes, encoding: str, model: Model) -> float:
    """Return ln of the probability of the likeliest way to read ``block`` in ``encoding``."""
    text = decode_exactly(block, encoding)
    scores = plausibility(text, model)
    # UTF-8 and single-byte encodings cannot fall out of step for longer than one character.
    if encoding == "utf-8" or len(text) == len(block):
        return sum(scores)
    readings: Readings = {}
    _add(readings, _positions(text, encoding), scores)
    if encoding.startswith("utf-16"):
        text = decode_exactly(block[1:], encoding)
        _add(readings, _positions(text, encoding, 1), plausibility(text, model))
    else:
        skipped = {match.start() for match in _RUN_START.finditer(block)}
        text = decode_exactly(_RUN_START.sub(b" ", block), encoding)
        _add(readings, _positions(text, encoding), plausibility(text, model), skipped)
    return _best_way(readings, len(block))


def _best_way(readings: Readings, length: int) -> float:
    best = [0.0] + [-math.inf] * length
    for position in range(length):
        here = best[position]
        best[position + 1] = max(best[position + 1], here - COST_UNDECODABLE)
        for end, score in readings.get(position, ()):
            best[end] = max(best[end], here + score)
    return best[length]


def _positions(text: str, encoding: str, start: int = 0) -> Iterator[int]:
    """Yield where the characters of ``text`` begin in its bytes, and where the last one ends."""
    return accumulate((_length(character, encoding) for character in text), initial=start)


def _add(readings: Readings, positions: Iterator[int], scores: list[float], skipped: Container[int] = ()) -> None:
    for (begin, end), score in zip(pairwise(positions), scores, strict=True):
        if begin not in skipped:
            readings.setdefault(begin, []).append((end, score))


@lru_cache(maxsize=1 << 14)
def _length(character: str, encoding: str) -> int:
    """Return how many bytes ``character`` took in ``encoding``."""
    if ESCAPE_BASE <= ord(character) < ESCAPE_BASE + 0x100:
        return 1
    try:
        return len(character.encode(encoding))
    except UnicodeEncodeError:
        # Big5-HKSCS has four codes for a letter with a mark, which are two characters: the letter has the bytes.
        return 0
