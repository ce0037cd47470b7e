"""Bytes of GBK that a crawler read as UTF-8 where they happen to be valid, and one by one where they are not.

时间 is CAB1 BCE4: CAB1 is UTF-8, too, of ʱ (U+02B1), BC and E4 are read as ¼ and ä. A character below U+0100 gives its own
byte back and any other one those of its UTF-8. A few of the former were two bytes as well, C2 and C3 with another; and
AD, the soft hyphen, which is half of 经 (BEAD), many of these crawlers drop: where the plain way gives no text a search
tries both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from jiaokan.characters import CJK_PUNCTUATION, HANZI, count_hanzi
from jiaokan.damage.mojibake.charsets import GB18030
from jiaokan.damage.mojibake.plainness import reads_as_chinese
from jiaokan.damage.mojibake.spans import NARROW_SIGNS
from jiaokan.language_model import BOUNDARY, LanguageModel
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# A character of several bytes in UTF-8, which no charset of single bytes has, beside one that is a byte of a pair.
_SEVERAL = f"(?![{NARROW_SIGNS}])[\u0100-\ud7ff\uf900-\ufffc\U00010000-\U0010ffff]"
_TRIGGER = re.compile(f"{_SEVERAL}[\xa1-\xfe]|[\xa1-\xfe]{_SEVERAL}")
# Nothing that stands for a byte that could not be read.
_BYTE = "\x80-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff"
# A stretch of such bytes: within GBK an ASCII character can be the second byte of a pair.
_RUN = re.compile(f"[{_BYTE}](?:[@-~]?[{_BYTE}])*[@-~]?")
_SINGLE = re.compile("[\xa1-\xfe]")
_CHINESE = re.compile(f"[{HANZI}{CJK_PUNCTUATION}“”‘’…—]{{2,}}")
# Fewer hanzi than this are no evidence; fewer than the second are never certain.
_FEWEST, _FEWEST_CERTAIN = 2, 4
# Shares of a run: single bytes in it, and by how many nats each code point of it must become likelier.
_SINGLES = 0.25
_MARGIN, _MARGIN_EACH = 6.0, 1.5
_SOFT_HYPHEN = 0xAD
# Prices in nats: a soft hyphen that was dropped, a character below U+0100 that was two bytes, a pair that is none of text.
_DROPPED, _TWO, _NO_CHARACTER = 6.0, 3.0, 10.0
_BEAM = 6
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_COST = attrgetter("cost")


def find(text: str) -> list[Repair]:
    """Return the stretches of one paragraph that are GBK, read partly as UTF-8; nothing where no character shows it."""
    if text.isascii() or _TRIGGER.search(text) is None:
        return []
    return [repair for start, end in _runs(text) if (repair := _repair(text, start, end)) is not None]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that can be bytes of GBK; what ends in the middle of a pair is a character shorter."""
    for start, end in _stretches(text):
        if text[end - 1].isascii() and len(spelled(text[start:end])) % 2:
            end -= 1
        if len(_SINGLE.findall(text, start, end)) >= _SINGLES * (end - start):
            yield start, end


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of bytes, cut where Chinese stands among them: of accidents two are hardly ever neighbours."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        for chinese in _CHINESE.finditer(text, start, end):
            if start < chinese.start():
                yield start, chinese.start()
            start = chinese.end()
        if start < end:
            yield start, end


def spelled(text: str) -> bytes:
    """Return the bytes that were read as ``text``, in the plain way. FF is no byte of GBK: ÿ was C3 and BF."""
    return b"".join(
        bytes((ord(character),)) if character < "\xff" else character.encode("utf-8", "surrogatepass")
        for character in text
    )


def read(data: bytes) -> str:
    """Return what such a crawler reads: characters of UTF-8 where there are any, else Latin-1."""
    pieces: list[str] = []
    position = 0
    while position < len(data):
        for length in (4, 3, 2):
            piece = data[position : position + length]
            try:
                character = piece.decode()
            except UnicodeDecodeError:
                continue
            if len(character) == 1 and len(piece) == length:
                break
        else:
            length, character = 1, chr(data[position])
        pieces.append(character)
        position += length
    return "".join(pieces)


def _repair(text: str, start: int, end: int) -> Repair | None:
    span = text[start:end]
    data = spelled(span)
    after = GB18030.decode(data)
    intact = bool(after) and _PRIVATE.search(after or "") is None and reads_as_chinese(after or "")
    if not intact:
        after = _searched(span)
    if not after or count_hanzi(after) < _FEWEST or not reads_as_chinese(after):
        return None
    model = LanguageModel.load()
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    gain = model.score(after, before, behind) - model.score(span, before, behind)
    if gain < _MARGIN + _MARGIN_EACH * len(span):
        return None
    certain = intact and count_hanzi(after) >= _FEWEST_CERTAIN and read(GB18030.encode(after) or b"") == span
    evidence = Evidence(
        "mojibake.partly",
        "Decoded again, it is plain text: GBK that was read as UTF-8 where it is valid, else as Latin-1.",
    )
    certainty = Certainty.CERTAIN if certain else Certainty.PROBABLE
    return Repair.of(text, start, end, after, Kind.MOJIBAKE, certainty, evidence)


class _State(NamedTuple):
    """A reading so far: its cost (nats), the first byte of a pair or 0, the last two characters (folded), what was read.

    The last is a chain, the newest character first: a text would be copied with every one.
    """

    cost: float
    pending: int
    first: str
    second: str
    trace: tuple[object, str] | None


def _searched(span: str) -> str:
    """Return the likeliest text of GBK that was read as ``span``, soft hyphens put in; "" if there is none."""
    states = [_State(0.0, 0, BOUNDARY, BOUNDARY, None)]
    for character in span:
        reached: dict[tuple[int, str, str], _State] = {}
        for data, price in _spellings(character):
            for state in states:
                for found in _fed(state._replace(cost=state.cost + price), data):
                    context = (found.pending, found.first, found.second)
                    if context not in reached or found.cost < reached[context].cost:
                        reached[context] = found
        states = nsmallest(_BEAM, reached.values(), key=_COST)
    ended = [ended for state in states for ended in (_completed(state) if state.pending else (state,))]
    return _text(min(ended, key=_COST)) if ended else ""


def _text(state: _State) -> str:
    pieces: list[str] = []
    trace: object = state.trace
    while isinstance(trace, tuple):
        trace, piece = trace
        pieces.append(piece)
    return "".join(reversed(pieces))


@lru_cache(maxsize=1 << 12)
def _spellings(character: str) -> tuple[tuple[bytes, float], ...]:
    """Return the bytes that can have been read as ``character``, each with its price."""
    plain = (spelled(character), 0.0)
    return (plain, (character.encode(), _TWO)) if "\x80" <= character < "\xff" else (plain,)


def _fed(state: _State, data: bytes) -> Iterator[_State]:
    """Yield the readings that go on with ``data``, a few bytes."""
    if not data:
        yield state
        return
    byte, rest = data[0], data[1:]
    if state.pending:
        for found in _emitted(state, state.pending << 8 | byte, 0.0):
            yield from _fed(found, rest)
        for found in _completed(state):
            yield from _fed(found, data)
    elif byte < 0x80:
        for found in _emitted(state, byte, 0.0):
            yield from _fed(found, rest)
    elif 0x81 <= byte <= 0xFE:
        yield from _fed(state._replace(pending=byte), rest)


def _completed(state: _State) -> Iterator[_State]:
    """Yield the reading in which the soft hyphen behind the pending byte was dropped."""
    yield from _emitted(state, state.pending << 8 | _SOFT_HYPHEN, _DROPPED)


def _emitted(state: _State, code: int, price: float) -> Iterator[_State]:
    """Yield the reading with the character that ``code`` (a byte, or a pair) spells, if it spells one."""
    character, folded, own_price = _character(code)
    if character:
        model = LanguageModel.load()
        cost = state.cost + price + own_price - model.conditional(state.first, state.second, folded)
        yield _State(cost, 0, state.second, folded, (state.trace, character))


@cache
def _character(code: int) -> tuple[str, str, float]:
    """Return what a byte or a pair spells, this folded, and its price; empty strings if it spells nothing."""
    found = GB18030.decode(code.to_bytes(2 if code > 0xFF else 1))
    if not found or len(found) != 1:
        return "", "", 0.0
    return found, LanguageModel.load().fold(found), _NO_CHARACTER if _PRIVATE.match(found) else 0.0
