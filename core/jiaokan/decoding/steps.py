"""Where in a file in UTF-16 is the reader out of step? A lost or inserted byte shifts everything that follows.

Out of step, the bytes of hanzi make private-use characters, halves of surrogate pairs and letters of scripts that
nobody mixes. Only pieces in which such characters stand are looked at closely: there a way is found through both
readings, in which changing the step costs about what damage of one byte costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

# Units (of two bytes) that are looked at together.
_PIECE = 256
# What seldom stands in text read in step: Yi and its neighbours, surrogates and private use, noncharacters; controls.
_TRACE = re.compile("[\x00-\x08\x0e-\x1f\ua000-\uabff\ud7a4-\uf8ff\ufffe\uffff]")
_COST_OF_CHANGE = 20


# What text in step is made of, whatever its bytes may look like: ASCII, punctuation of Chinese, kana, full-width signs.
_COMMON = re.compile("[\\t\\n\\r -~\u2010-\u2026\u3000-\u30ff\uff01-\uff5e\u0410-\u044f]")
_COST_COMMON, _COST_RARE = 1, 4


@cache
def _cost(unit: int) -> int:
    """Return roughly how unlikely a unit is, in nats above the likeliest."""
    character = chr(unit)
    if _COMMON.match(character) or unit in range(0xAC00, 0xD7A4):
        return _COST_COMMON
    # The characters in common use are the first ones of GB 2312 and of Big5.
    simplified, traditional = (character.encode(codec, "ignore") for codec in ("gb2312", "big5"))
    return _COST_COMMON if simplified[:1] in _FIRST_LEVEL or b"\xa4" <= traditional[:1] <= b"\xc6" else _COST_RARE


_FIRST_LEVEL = frozenset(bytes((lead,)) for lead in range(0xB0, 0xD8))


def stretches(data: bytes, codec: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each part of ``data`` and whether it is to be read, or is a byte out of step.

    Args:
        data: A text in UTF-16.
        codec: "utf-16-le" or "utf-16-be".
    """
    order: Literal["little", "big"] = "little" if codec.endswith("le") else "big"
    start = position = 0
    while position < len(data):
        end = min(position + 2 * _PIECE, len(data))
        piece = data[position:end]
        if _is_in_step(piece, codec):
            position = end
            continue
        changes, length = _changes(piece, order, end == len(data))
        for change in changes:
            yield from _part(start, position + change)
            yield position + change, position + change + 1, False
            start = position + change + 1
        position += length
    yield from _part(start, len(data))


def _part(start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    if start < end:
        yield start, end, True


def _is_in_step(piece: bytes, codec: str) -> bool:
    text = piece.decode(codec, "replace")
    return _TRACE.search(text) is None and text.count("\ufffd") == 0


def _changes(piece: bytes, order: Literal["little", "big"], last: bool) -> tuple[list[int], int]:
    """Return the offsets of the bytes that the likeliest way through ``piece`` passes over, and where the way ends.

    It ends one byte before the end if that byte begins a unit; not in the ``last`` piece.
    """
    best = [0] + [1 << 30] * len(piece)
    passes = [False] * (len(piece) + 1)
    for position in range(len(piece)):
        here = best[position]
        if here + _COST_OF_CHANGE < best[position + 1]:
            best[position + 1], passes[position + 1] = here + _COST_OF_CHANGE, True
        if position + 2 <= len(piece):
            cost = here + _cost(int.from_bytes(piece[position : position + 2], order))
            if cost < best[position + 2]:
                best[position + 2] = cost
    position = length = len(piece) if last or best[-1] <= best[-2] else len(piece) - 1
    changes: list[int] = []
    while position > 0:
        if passes[position]:
            changes.append(position - 1)
        position -= 1 if passes[position] else 2
    return changes[::-1], length
