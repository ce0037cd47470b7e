"""Mojibake whose bytes are partly lost: 浠�鑴变簡 is 们脱了, UTF-8 that was read as GBK.

Of UTF-8 read as GBK about 12 % of the hanzi lose a byte. What was read is turned back into bytes, with gaps where they
are lost; a beam search walks over the characters that these bytes can have been, and the language model chooses.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from jiaokan.characters import count_hanzi
from jiaokan.doublebyte import gbk, user_defined_pair
from jiaokan.language_model import BOUNDARY, LanguageModel
from jiaokan.rarity import common_pattern
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair

# Of the hanzi of a paragraph this share must be rare, and there must be so many, before it is looked into.
_RARE_SHARE = 0.3
_FEWEST = 4
# By how many nats a reading must beat the text as it stands, in all and per code point, and what a character of it may cost.
_MARGIN = 12.0
_MARGIN_EACH = 1.5
_PLAIN_EACH = 7.0
# Prices in nats: a loss mark for two bytes, a byte lost without a mark, a byte that makes no character.
_TWO_BYTES = 3.0
_UNMARKED = 8.0
_BROKEN = 14.0
_BEAM = 24
_WIDTH = 16.0
_RANKED = 4
_CANDIDATES = 8
_CANDIDATE_RANGE = 12.0
# Characters rarer than this (ln P) are not guessed at.
_RAREST = -13.5

_LOST = -1  # a byte that is not known
_MARKS = frozenset("?\ufffd")
# Where two bytes of three are lost, so many characters are tried.
_MOST = 48

# What stands for a stretch of the text: bytes, and _LOST for each mark.
Slots = list[int]


class _State(NamedTuple):
    """One reading so far: its cost (nats), the last two characters (folded), and what was emitted, newest first."""

    cost: float
    first: str
    second: str
    trace: tuple[object, str] | None
    length: int


def find(text: str) -> list[Repair]:
    """Return the repair of the paragraph, if it is UTF-8 that was read in a double-byte charset, with losses."""
    if text.isascii() or not _is_strange(text):
        return []
    model = LanguageModel.load()
    unchanged = model.score(text)
    ranked = _read(_slots(text))
    if not ranked:
        return []
    best = ranked[0]
    gain = -unchanged - best.cost
    if gain < max(_MARGIN, _MARGIN_EACH * len(text)) or best.cost > _PLAIN_EACH * best.length + _MARGIN:
        return []
    after = _text(best)
    if count_hanzi(after) < _FEWEST or after.count("\n") or after.count("\r"):
        return []
    near = [reading for reading in ranked if reading.cost <= best.cost + _CANDIDATE_RANGE][:_CANDIDATES]
    candidates = tuple(Candidate(_text(reading), best.cost - reading.cost) for reading in near)
    evidence = Evidence(
        "mojibake.lattice", "UTF-8 that was read as GBK; the lost bytes are those that make the likeliest text."
    )
    return [Repair.of(text, 0, len(text), after, Kind.MOJIBAKE, Certainty.PROBABLE, evidence, candidates)]


def _is_strange(text: str) -> bool:
    hanzi = count_hanzi(text)
    return hanzi >= _FEWEST and hanzi - len(common_pattern().findall(text)) > _RARE_SHARE * hanzi


def _slots(text: str) -> Slots:
    """Return the bytes that were read as ``text``; nothing if some of it cannot have been read in GBK."""
    pairs = gbk().pairs
    slots: Slots = []
    for character in text:
        code = ord(character)
        pair = pairs.get(character, 0) or user_defined_pair(character)
        if character in _MARKS:
            slots.append(_LOST)
        elif code < 0x80:
            slots.append(code)
        elif 0xDC80 <= code <= 0xDCFF:
            slots.append(code - 0xDC00)
        elif character == "€":
            slots.append(0x80)
        elif pair:
            slots += divmod(pair, 256)
        else:
            return []
    return slots


def _read(slots: Slots) -> list[_State]:
    """Return the likeliest readings of the bytes as UTF-8, best first."""
    frontiers: list[dict[tuple[str, str], list[_State]]] = [{} for _ in range(len(slots) + 1)]
    frontiers[0] = {(BOUNDARY, BOUNDARY): [_State(0.0, BOUNDARY, BOUNDARY, None, 0)]}
    for position in range(len(slots)):
        states = _best(frontiers[position])
        frontiers[position] = {}
        for end, characters, price in _characters(slots, position) if states else ():
            for state in states:
                for character in characters:
                    _put(frontiers[end], state, character, price)
    finished = _best(frontiers[-1])
    model = LanguageModel.load()
    ended = (
        state._replace(cost=state.cost - model.conditional(state.first, state.second, BOUNDARY)) for state in finished
    )
    return sorted(ended, key=lambda state: state.cost)


def _best(frontier: dict[tuple[str, str], list[_State]]) -> list[_State]:
    """Return the likeliest readings that end here, best first."""
    states = heapq.nsmallest(
        _BEAM, (state for ranked in frontier.values() for state in ranked), key=lambda state: state.cost
    )
    return [state for state in states if state.cost <= states[0].cost + _WIDTH]


def _put(frontier: dict[tuple[str, str], list[_State]], state: _State, character: str, price: float) -> None:
    folded = _folded(character)
    cost = state.cost + price - LanguageModel.load().conditional(state.first, state.second, folded)
    ranked = frontier.setdefault((state.second, folded), [])
    if len(ranked) == _RANKED:
        worst = max(range(_RANKED), key=lambda index: ranked[index].cost)
        if cost >= ranked[worst].cost:
            return
        del ranked[worst]
    ranked.append(_State(cost, state.second, folded, (state.trace, character), state.length + 1))


@lru_cache(maxsize=1 << 14)
def _folded(character: str) -> str:
    return LanguageModel.load().fold(character)


def _characters(slots: Slots, position: int) -> Iterator[tuple[int, tuple[str, ...], float]]:
    """Yield what can begin at ``position``: where it ends, the characters that it can be, and the price of the losses."""
    first = slots[position]
    if 0 <= first < 0x80:
        yield position + 1, (chr(first),), 0.0
        return
    whole = False
    for end, pattern, price in _patterns(slots, position):
        characters = _fitting(pattern)
        if characters:
            whole = whole or (_LOST not in pattern)
            yield end, characters, price
        if whole:
            return
    yield position + 1, ("?" if first == _LOST else "\ufffd",), _BROKEN if first != _LOST else _PLAIN_EACH


def _patterns(slots: Slots, position: int) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Yield the bytes of one character from ``position`` on, the plainest explanation first."""
    for length in (3, 2):
        here = tuple(slots[position : position + length])
        if len(here) == length:
            yield position + length, here, 0.0
    # A mark that stands for two bytes, and a byte that went without a mark.
    two = slots[position : position + 2]
    if len(two) == 2 and _LOST in two:
        place = two.index(_LOST)
        yield position + 2, (*two[:place], _LOST, *two[place:]), _TWO_BYTES
    for place in range(min(3, len(two) + 1)):
        if _LOST not in two:
            yield position + len(two), (*two[:place], _LOST, *two[place:]), _UNMARKED


@lru_cache(maxsize=1 << 14)
def _fitting(pattern: tuple[int, ...]) -> tuple[str, ...]:
    """Return the characters whose UTF-8 is ``pattern``, if more than one only those that are not very rare."""
    if pattern.count(_LOST) > 1 or len(pattern) > 3:
        return _by_pattern().get(pattern, ()) if len(pattern) == 3 else ()
    choices = [range(0x80, 0xF0) if byte == _LOST else (byte,) for byte in pattern]
    found: list[str] = []
    for data in product(*choices):
        try:
            found.append(bytes(data).decode())
        except UnicodeDecodeError:
            continue
    found = [character for character in found if len(character) == 1 and not character.isascii()]
    return tuple(found) if _LOST not in pattern else tuple(filter(_is_guessed, found))


@cache
def _is_guessed(character: str) -> bool:
    model = LanguageModel.load()
    return model.unigram(model.fold(character)) > _RAREST


@cache
def _by_pattern() -> dict[tuple[int, ...], tuple[str, ...]]:
    """Return the characters of GBK that are not very rare, by what is left of their UTF-8 where two bytes are lost."""
    found: dict[tuple[int, ...], list[str]] = {}
    model = LanguageModel.load()
    likely = sorted(filter(_is_guessed, gbk().pairs), key=lambda character: -model.unigram(model.fold(character)))
    for character in likely:
        data = character.encode()
        if len(data) == 3:
            for kept in range(3):
                pattern = tuple(byte if index == kept else _LOST for index, byte in enumerate(data))
                found.setdefault(pattern, []).append(character)
    return {pattern: tuple(characters[:_MOST]) for pattern, characters in found.items()}


def _text(state: _State) -> str:
    pieces: list[str] = []
    trace: object = state.trace
    while isinstance(trace, tuple):
        trace, piece = trace
        pieces.append(piece)
    return "".join(reversed(pieces))
