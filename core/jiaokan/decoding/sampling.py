"""A few kilobytes that stand for a whole file: blocks from its head and spread over it, cut between characters."""

from __future__ import annotations

import re

BLOCK_SIZE = 512
_BLOCK_COUNT = 16
_SEARCH = 512

# Below 30 no byte is part of a multi-byte character in any encoding but UTF-16 and UTF-32, so behind it one starts.
_SAFE = re.compile(rb"[\n\r]|[\x00-\x2f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff\x00]")


def samples(data: bytes) -> list[tuple[int, bytes]]:
    """Return up to 17 blocks of ``data`` of 512 bytes to 1 KiB with their offsets, those that are not just ASCII first.

    All blocks but the first start behind a byte that ends a character. Where no such byte is near there is no block:
    a reader who starts within a character may stay out of step for long.
    """
    if len(data) <= BLOCK_SIZE * 2:
        return [(0, data)]
    starts = {0}
    first = _NOT_ASCII.search(data)
    if first and first.start() > BLOCK_SIZE:
        starts.add(data.rfind(b"\n", first.start() - BLOCK_SIZE // 2, first.start()) + 1 or first.start())
    step = max(BLOCK_SIZE, len(data) // _BLOCK_COUNT)
    for position in range(step, len(data), step):
        safe = _SAFE.search(data, position, position + _SEARCH)
        if safe:
            starts.add(safe.end())
    blocks = ((start, data[start : _block_end(data, start)]) for start in sorted(starts))
    return sorted((block for block in blocks if block[1]), key=lambda block: block[1].isascii())


def _block_end(data: bytes, start: int) -> int:
    end = start + BLOCK_SIZE
    safe = _SAFE.search(data, end, end + _SEARCH)
    return min(safe.end() if safe else end, len(data))
