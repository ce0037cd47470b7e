"""What bytes a text can have been read from, where the reader lost some: a graph of bytes, known and lost.

A path from the first node to the last is one possible stream. What the reader showed as a character is known. A byte
that it lost it lost for a reason: with the byte behind it, it made no character of the reader's charset. So of the 128
bytes that can have stood there few are left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from jiaokan.damage.mojibake.charsets import CP1252, CP1254, NARROW, Charset
from jiaokan.doublebyte import user_defined_pair

Lost = frozenset[int]
"""A byte that is not known: what it can be."""

Symbol = int | Lost

MARKS = frozenset("?\ufffd")
"""What readers show for bytes that they cannot read."""

# Prices in nats: a mark is one lost byte, or two that made no pair; a lead byte took an ASCII character with it.
_ONE_BYTE, _TWO_BYTES, _SWALLOWED = 0.0, 3.0, 6.0
# A byte went without a mark, one more behind it; a pair did, and where other losses left marks.
_UNMARKED, _ANOTHER, _PAIR, _PAIR_AMONG_MARKS = 3.0, 2.0, 3.0, 5.0
# A space that was A0; a character that was never misread; half of a pair at an end of the text; a mark that is none.
_A0, _KEPT, _HALF_KEPT, _MARK_KEPT, _QUESTION = 1.5, 16.0, 1.0, 12.0, 9.0

_HIGH: Lost = frozenset(range(0x80, 0x100))
_LEADS: Lost = frozenset(range(0x81, 0xFF))
_SWALLOWABLE: Lost = frozenset(range(0x20, 0x40))
# What readers of single bytes drop: the C1 controls; the holes of cp1252, and what cannot be seen.
_C1: Lost = frozenset(range(0x80, 0xA0))
_HOLES: Lost = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD))
_AT_THE_END = -1
# A lead byte with so many trail bytes undefined is one of a user-defined area.
_MANY_TRAILS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """An edge: the node it leads to, the byte on it (None: nothing was there) and its price in nats."""

    end: int
    symbol: Symbol | None
    price: float


class Graph:
    """The streams that a text can have been read from.

    Attributes:
        steps: The edges that begin at each node; they lead to nodes with higher numbers.
        kept: Characters that can stand as they are: for their first node the last one, the character and the price.
    """

    def __init__(self) -> None:
        """Begin with one node."""
        self.steps: list[list[Step]] = [[]]
        self.kept: dict[int, tuple[int, str, float]] = {}

    @property
    def end(self) -> int:
        """The last node."""
        return len(self.steps) - 1

    def add(self, symbol: Symbol, price: float = 0.0) -> None:
        """Add one byte and the node behind it."""
        self.steps[-1].append(Step(len(self.steps), symbol, price))
        self.steps.append([])

    def add_ways(self, *ways: tuple[float, tuple[Symbol, ...]]) -> None:
        """Add several ways from the last node to a new one: the price and the bytes of each."""
        start, inner = self.end, sum(max(len(symbols) - 1, 0) for _, symbols in ways)
        end = start + inner + 1
        self.steps += [[] for _ in range(inner + 1)]
        free = start + 1
        for price, symbols in ways:
            node = start
            for index, symbol in enumerate(symbols or (None,)):
                last = index >= len(symbols) - 1
                self.steps[node].append(Step(end if last else free, symbol, price if index == 0 else 0.0))
                node, free = (end, free) if last else (free, free + 1)


def graph(text: str, reader: Charset, *, marked: bool, through_ascii: bool = False, whole: bool = True) -> Graph:
    """Return the streams from which ``reader`` can have read ``text``, one line or a part of one.

    With ``marked`` each loss left a mark; without it bytes can be missing between any two characters, between two of
    ASCII only ``through_ascii``: where hanzi have bytes like that. What is ``whole`` has lost none at its ends.
    """
    built = Graph()
    narrow = reader in NARROW
    for index, character in enumerate(text):
        data = bytes_of(reader, character)
        if character in MARKS:
            _add_mark(built, character, reader, _follower(text, index + 1, reader))
        elif data is None:
            built.kept[built.end] = (built.end + 1, character, _KEPT)
            built.steps.append([])
        else:
            high = data[0] >= 0x80 or not text[index - 1 : index].isascii()
            if (high or through_ascii) and (index or not whole):
                _add_gap(built, reader, data[0], marked=marked)
            _add_known(built, character, data, narrow=narrow, outermost=index in (0, len(text) - 1))
    if not (whole or text[-1:].isascii()):
        _add_gap(built, reader, _AT_THE_END, marked=marked)
    return built


def _add_known(built: Graph, character: str, data: bytes, *, narrow: bool, outermost: bool) -> None:
    if narrow and character == " ":
        built.add_ways((0.0, (0x20,)), (_A0, (0xA0,)))
        return
    start = built.end
    for byte in data:
        built.add(byte)
    if narrow and outermost and not character.isascii():
        built.kept[start] = (built.end, character, _HALF_KEPT)


def _follower(text: str, index: int, reader: Charset) -> int | None:
    """Return the byte that the reader saw behind a lost one; None if it is not known either."""
    if index >= len(text):
        return _AT_THE_END
    data = bytes_of(reader, text[index])
    return data[0] if data else None


def _add_mark(built: Graph, mark: str, reader: Charset, follower: int | None) -> None:
    """Add what a mark can stand for: a lost byte; two that make no pair; a lead byte and what it took with it."""
    start = built.end
    one: tuple[float, tuple[Symbol, ...]] = (_ONE_BYTE, (unpaired(reader, follower),))
    if reader in NARROW:
        built.add_ways(one)
    else:
        built.add_ways(one, (_TWO_BYTES, undefined_pairs(reader)), (_SWALLOWED, (_LEADS, _SWALLOWABLE)))
    built.kept[start] = (built.end, mark, _QUESTION if mark == "?" else _MARK_KEPT)


def _add_gap(built: Graph, reader: Charset, follower: int, *, marked: bool) -> None:
    """Add what may be missing: nothing, a byte or two by themselves, a pair that the reader had no character for."""
    ways: list[tuple[float, tuple[Symbol, ...]]] = [(0.0, ())]
    if not marked:
        lost = unpaired(reader, follower)
        ways += [(_UNMARKED, (lost,)), (_UNMARKED + _ANOTHER, (lost, lost))]
    if reader not in NARROW:
        ways.append((_PAIR_AMONG_MARKS if marked else _PAIR, undefined_pairs(reader)))
    built.add_ways(*ways)


@lru_cache(maxsize=1 << 14)
def bytes_of(reader: Charset, character: str) -> bytes | None:
    """Return the bytes that ``reader`` reads as the character; marks have none."""
    if character in MARKS:
        return None
    if "\udc80" <= character <= "\udcff":  # a byte of the file that was kept
        return bytes((ord(character) - 0xDC00,))
    pair = user_defined_pair(character) if reader.name == "cp936" else 0
    return bytes(divmod(pair, 256)) if pair else reader.encode(character)


@lru_cache(maxsize=1 << 12)
def unpaired(reader: Charset, follower: int | None) -> Lost:
    """Return the bytes that ``reader`` cannot read before the byte ``follower``: none known (None), none at all (-1)."""
    if reader in NARROW:
        return _HOLES if reader in (CP1252, CP1254) else _C1
    if follower is None:
        return _HIGH
    behind = b"" if follower == _AT_THE_END else bytes((follower,))
    return frozenset(byte for byte in _HIGH if _is_lost(reader, bytes((byte,)), behind))


@cache
def undefined_pairs(reader: Charset) -> tuple[Lost, Lost]:
    """Return the lead and the trail bytes of pairs that ``reader`` has no character for, private use apart."""
    pairs = [(lead, trail) for lead in _LEADS for trail in _HIGH if _is_lost(reader, bytes((lead,)), bytes((trail,)))]
    often = Counter(lead for lead, _ in pairs)
    leads = frozenset(lead for lead, count in often.items() if count >= _MANY_TRAILS)
    return leads, frozenset(trail for lead, trail in pairs if lead in leads)


def _is_lost(reader: Charset, byte: bytes, behind: bytes) -> bool:
    """Return whether the byte makes no character, by itself or with the one behind it; 80 is one in newer readers only."""
    if byte == b"\x80":
        return True
    read = reader.decode(byte) or (reader.decode(byte + behind) if behind else None)
    return not read or "\ue000" <= read[0] <= "\uf8ff"
