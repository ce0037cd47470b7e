"""Does a repair replay? The damage is done again to the repaired text; what comes out must be the raw text.

The machine is the one that makes slips: a stream of GBK bytes, in which a list of characters got their readings
(wherever two bytes spell one, across boundaries too), cut before what looks like punctuation, read piece by piece with
loss, its widths folded. Which characters stood on the list, where it was cut and how losses show differ from site to
site: a repair replays if some way of running the machine gives the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jiaokan.characters import HANZI
from jiaokan.damage.width import FULL_WIDTH
from jiaokan.doublebyte import DoubleByteCharset
from jiaokan.readings import LONGEST_READING, PINYIN_LETTERS, is_reading_of

_READING = re.compile(f"([{PINYIN_LETTERS}]{{1,{LONGEST_READING}}})[)）]")
_ANNOTATED = re.compile(f"[{HANZI}][(（][{PINYIN_LETTERS}]{{1,{LONGEST_READING}}}[)）]$")
_LONGEST_ANNOTATED = LONGEST_READING + 3
_CUT_BEFORE = "，。！？；、"
_MARKS = frozenset("?\ufffd")
# What a crawler made of full-width characters.
_WIDENED = str.maketrans(FULL_WIDTH)
_FOLDED = {full: half for half, full in FULL_WIDTH.items()} | {"\u3000": " "}


class _State(NamedTuple):
    """How far the machine is.

    Attributes:
        position: Bytes of the stream that are read.
        inserted: Bytes of an inserted reading that come before the next one of the stream.
        lead: The lead byte that waits for its trail, or 0.
        matched: Code points of the raw text that have come out.
    """

    position: int
    inserted: bytes
    lead: int
    matched: int


def slip_replays(text: str, start: int, end: int, after: str, charset: DoubleByteCharset) -> bool:
    """Return whether the machine can make ``text[start:end]`` (code points) of ``after`` where it stands in ``text``.

    One character on either side, an annotation on it included, is run with it: bytes of it may be part of the damage.
    """
    annotated = _ANNOTATED.search(text, max(0, start - _LONGEST_ANNOTATED), start)
    first = annotated.start() if annotated else max(0, start - 1)
    raw, left, right = text[first : end + 1], text[first : start and first + 1], text[end : end + 1]
    # A mark beside the slip or in it may have been full-width.
    ways = dict.fromkeys(
        (left + after + right, (left + after + right).translate(_WIDENED), left.translate(_WIDENED) + after + right)
    )
    return any(_made(raw, intended, charset) for intended in ways)


def _made(raw: str, intended: str, charset: DoubleByteCharset) -> bool:
    try:
        stream = intended.encode(charset.name)
    except UnicodeEncodeError:
        return False
    return _Machine(raw, stream, charset).runs()


class _Machine:
    """One run over one stretch of text."""

    def __init__(self, raw: str, stream: bytes, charset: DoubleByteCharset) -> None:
        self._raw = raw
        self._stream = stream
        self._charset = charset
        self._printed = tuple(dict.fromkeys(_READING.findall(raw)))
        self._cuts = frozenset(mark.encode(charset.name) for mark in _CUT_BEFORE)

    def runs(self) -> bool:
        """Return whether some run gives the raw text."""
        waiting, seen = [_State(0, b"", 0, 0)], set[_State]()
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            if state.position == len(self._stream) and not state.inserted:
                if any(end == len(self._raw) for end in self._ends(state)):
                    return True
            else:
                waiting.extend(self._read_byte(state))
            if not state.inserted:
                waiting.extend(self._events(state))
        return False

    def _ends(self, state: _State) -> Iterator[int]:
        """Yield where the raw text may end when the stream does."""
        yield from self._dangling(state.lead, state.matched) if state.lead else (state.matched,)

    def _events(self, state: _State) -> Iterator[_State]:
        """A reading is inserted behind two bytes that spell its character; or the stream is cut."""
        position, stream = state.position, self._stream
        if position >= 2:
            character = self._charset.character(stream[position - 2], stream[position - 1])
            for reading in self._printed if character else ():
                if is_reading_of(reading, character):
                    yield state._replace(inserted=f"({reading})".encode(self._charset.name, "ignore"))
        if state.lead and stream[position : position + 2] in self._cuts:
            for matched in self._dangling(state.lead, state.matched):
                yield state._replace(lead=0, matched=matched)

    def _dangling(self, lead: int, matched: int) -> Iterator[int]:
        """A lead byte at the end of a piece: a mark, the byte itself, or nothing."""
        yield matched
        if self._raw[matched : matched + 1] in _MARKS or self._raw[matched : matched + 1] == chr(0xDC00 + lead):
            yield matched + 1

    def _read_byte(self, state: _State) -> Iterator[_State]:
        if state.inserted:
            byte, further = state.inserted[0], state._replace(inserted=state.inserted[1:])
        else:
            byte, further = self._stream[state.position], state._replace(position=state.position + 1)
        if state.lead:
            yield from self._pair(state, byte, further)
        elif 0x81 <= byte <= 0xFE:
            yield further._replace(lead=byte)
        else:
            yield from self._printed_as("€" if byte == 0x80 else chr(byte), further)

    def _pair(self, state: _State, trail: int, further: _State) -> Iterator[_State]:
        further = further._replace(lead=0)
        character = self._charset.character(state.lead, trail)
        if character:
            yield from self._printed_as(character, further)
        elif trail in self._charset.undefined.get(state.lead, ()):
            yield further  # a user-defined pair that was dropped
            yield from self._printed_as(_undefined(bytes((state.lead, trail))), further)
        else:
            # The reader swallows the byte that does not fit, or reads it again.
            for matched in self._dangling(state.lead, state.matched):
                yield further._replace(matched=matched)
                yield state._replace(lead=0, matched=matched)

    def _printed_as(self, character: str, state: _State) -> Iterator[_State]:
        seen = self._raw[state.matched : state.matched + 1]
        if seen == character or seen == _FOLDED.get(character):
            yield state._replace(matched=state.matched + 1)


@cache
def _undefined(pair: bytes) -> str:
    """Return what GB18030 reads for two bytes that GBK leaves undefined: private-use characters, and some later signs."""
    return pair.decode("gb18030", "replace")[:1]
