"""Bytes set in columns: those that were meant over those that were read, the same ones above each other. No Qt."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from jiaokan.repair import Kind, Repair

LONGEST = 48
"""More bytes than these are not set in columns: nobody reads them, and aligning takes time that grows with the square."""

_DOUBLE_BYTE = ("gbk", "gb18030", "big5", "cp950", "big5hkscs")

_OF_MOJIBAKE = ("utf-8", "gb18030", "big5hkscs", "cp1252", "latin-1", "cp932", "cp949", "utf-16-le")

Pair = tuple[int | None, int | None]
"""A byte that was meant and the one that was read; None where there is none."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What was meant and what was read of a repair, byte by byte.

    Attributes:
        encoding: The encoding in which the bytes spell what was meant.
        read_as: The encoding in which they spell what was read.
        pairs: The columns.
        intended: The characters that were meant, each with the number of bytes that spell it.
        read: The characters that were read, likewise.
        is_whole: Whether these are all bytes, not only the first ones.
    """

    encoding: str
    read_as: str
    pairs: tuple[Pair, ...]
    intended: tuple[tuple[str, int], ...]
    read: tuple[tuple[str, int], ...]
    is_whole: bool


def cells_of(repair: Repair, encoding: str) -> Cells:
    """Return the bytes of a repair: those of its evidence, else those that spell its texts in ``encoding``."""
    charset = read_as = _charset_of(repair)
    if charset:
        # Not the bytes of the evidence: the reader may have chosen another reading.
        intended, read = _bytes(repair.after, charset), repair.evidence.read
    elif repair.kind is Kind.MOJIBAKE and (way := _way(repair)):
        charset, read_as, read = way
        intended = read
    else:
        charset = read_as = encoding
        intended, read = _bytes(repair.after, encoding), _bytes(repair.before, encoding)
    is_whole = max(len(intended), len(read)) <= LONGEST
    intended, read = intended[:LONGEST], read[:LONGEST]
    pairs = aligned(intended, read)
    return Cells(charset, read_as, pairs, spelled(intended, charset), spelled(read, read_as), is_whole)


def _way(repair: Repair) -> tuple[str, str, bytes] | None:
    """Return an encoding in which the bytes spell what was meant, one in which they spell what was read, and the bytes."""
    meant = {_whole(repair.after, name): name for name in reversed(_OF_MOJIBAKE)}
    for name in _OF_MOJIBAKE:
        data = _whole(repair.before, name)
        if data and data in meant and meant[data] != name:
            return meant[data], name, data
    return None


def _charset_of(repair: Repair) -> str:
    """Return the charset in which the evidence's bytes spell the repair's ``before``; none if it has no such bytes."""
    if not repair.evidence.intended or not repair.evidence.read:
        return ""
    for name in _DOUBLE_BYTE:
        if repair.before.encode(name, "replace") == repair.evidence.read:
            return name
    return ""


def _whole(text: str, encoding: str) -> bytes:
    """Return ``text`` in ``encoding``; nothing if it has not all of it."""
    from jiaokan.decoding.exact import encode_exactly  # Here, because it takes time to load.

    try:
        return encode_exactly(text, encoding)
    except UnicodeEncodeError:
        return b""


def _bytes(text: str, encoding: str) -> bytes:
    """Return the beginning of ``text``, more of it than is set in columns, in ``encoding``, without what that has not."""
    return b"".join(_whole(character, encoding) for character in text[: LONGEST + 1])


def aligned(intended: bytes, read: bytes) -> tuple[Pair, ...]:
    """Return both in columns, so that as few as possible of the columns differ (edit distance; quadratic in time)."""
    rows, columns = len(intended), len(read)
    # costs[i][j]: the least number of differing columns for the rest of both from i and j on.
    costs = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            if i == rows or j == columns:
                costs[i][j] = rows - i + columns - j
            else:
                both = costs[i + 1][j + 1] + (intended[i] != read[j])
                costs[i][j] = min(both, costs[i + 1][j] + 1, costs[i][j + 1] + 1)
    pairs: list[Pair] = []
    i = j = 0
    while i < rows or j < columns:
        if i < rows and j < columns and costs[i][j] == costs[i + 1][j + 1] + (intended[i] != read[j]):
            pairs.append((intended[i], read[j]))
            i, j = i + 1, j + 1
        elif i < rows and costs[i][j] == costs[i + 1][j] + 1:
            pairs.append((intended[i], None))
            i += 1
        else:
            pairs.append((None, read[j]))
            j += 1
    return tuple(pairs)


def spelled(data: bytes, encoding: str) -> tuple[tuple[str, int], ...]:
    """Return the characters that ``data`` spells in ``encoding``, each with its number of bytes.

    Bytes that spell nothing are � in the company of what follows.
    """
    decoder = codecs.getincrementaldecoder(encoding if encoding != "cp936" else "gbk")("replace")
    found: list[tuple[str, int]] = []
    length = 0
    for position in range(len(data)):
        length += 1
        text = decoder.decode(data[position : position + 1], position == len(data) - 1)
        if text:
            found.append((text, length))
            length = 0
    return tuple(found)
