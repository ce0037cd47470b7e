"""The search for what a slipped stretch of text was: one byte stream, paired in two ways.

A double-byte text that loses a byte, or has bytes inserted, is read out of step from there on: the reader pairs the trail
byte of one character with the lead byte of the next. The search walks over the characters that were read, holding the
*pending* lead byte of the intended text, and pairs again::

    read        !          秉         h         (！ A3A1, 秉 B1FC, h 68; before them a lead byte that nobody knows)
    bytes     A3  A1     B1  FC     68
    intended  ?A3  (A1   B1)  (FC   68)         → 。 ” 黨

It keeps the best few readings at every place (a beam search). Wherever a byte is unknown all the bytes that fit are
tried; a model of the language, the readings that annotations print and the prices of the damage decide.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from jiaokan.characters import SENTENCE_ENDS
from jiaokan.damage.slip_text import CLOSING_QUOTES, OPENING_QUOTES, Quotation, SlipText, quotation_opened
from jiaokan.damage.width import FULL_WIDTH
from jiaokan.doublebyte import USER_DEFINED_TRAILS, DoubleByteCharset
from jiaokan.language_model import BOUNDARY

# What each event costs, in nats: how much less likely a text with it is than one without. Read off the frequency of the
# events (about one slip in 1,000 characters) and how plainly they show.
ENTER_AT_CUT = 3.0  # a loss mark before ， 。 ！ ？ ； 、
ENTER_AT_MARK = 6.0  # another loss mark
ENTER_AT_READING = 2.0  # a loss mark, and a reading that names the character struck
ENTER_UNSEEN_AT_READING = 5.0  # the same, the loss mark dropped
ENTER_UNSEEN_AT_CUT = 9.0
ENTER_UNSEEN = 14.0
TRAIL_UNSEEN = 14.0  # a trail byte was lost, and nothing shows it
LEAVE_AT_MARK = 2.0
LEAVE_UNSEEN = 9.0
SWALLOWED = 5.0  # the loss mark swallowed a character that nothing names
USER_DEFINED_DROPPED = 5.0
READING_MISFIT = 12.0  # an annotation behind a character that has no such reading
READING_FIT = -4.0
UNPAIRED = 4.0  # a quotation mark that opens where one is open, or closes where none is
TERM_WITH_END = 3.5  # 。 before ” where a term is quoted, not speech
UNANNOTATED = 4.0  # a character without the annotation that it has everywhere else

_BEAM = 32
_BEAM_WIDTH = 22.0  # nats below the best
_RANKED = 4  # readings kept for each place and context
_SETTLED = 4  # characters in step again before the search may stop

# Full-width characters that the crawler folded, by what it made of them.
_FOLDED_FROM = {**FULL_WIDTH, " ": "\u3000"}

IN_STEP = -1
_ANY_LEAD = 256  # any byte that can lead; above it: 256 + a first byte of a user-defined pair, whose second is open


class Trace(NamedTuple):
    """What one reading has emitted, newest piece first."""

    previous: Trace | None
    piece: str


class State(NamedTuple):
    """One reading of the text so far.

    Attributes:
        cost: Total cost in nats.
        pending: The intended character's lead byte that waits for its trail, IN_STEP, or a class of unknown bytes.
        first: The last but one character, folded.
        second: The last character, folded.
        phase: 0 before any slip, 1 in one, 2 after one.
        last: The last intended character.
        quotation: What kind of quotation is open here.
        settled: Characters in step since the last slip.
        free: How many bytes were chosen among several.
        trace: What was emitted.

    """

    cost: float
    pending: int
    first: str
    second: str
    phase: int
    last: str
    quotation: Quotation
    settled: int
    free: int
    trace: Trace | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished reading of ``text[start:end]``: its text, cost in nats and number of freely chosen bytes."""

    text: str
    cost: float
    free: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the readings in order, best first, of the span up to ``end``; and the cost of no slip."""

    end: int
    readings: tuple[Reading, ...]
    unchanged_cost: float


@dataclass(frozen=True, slots=True)
class Prices:
    """What the characters of the intended text cost.

    Attributes:
        conditional: ln P of a character given two before it (all folded), by the language model.
        kept: The same for a character that stands in the raw text: it must not count as a witness for itself.
        fold: Folds one character for the model.
        foreign: The extra cost of a character for its script in this document.
        annotated: The characters that the document annotates everywhere, each with its reading.

    """

    conditional: Callable[[str, str, str], float]
    kept: Callable[[str, str, str], float]
    fold: Callable[[str], str]
    foreign: Callable[[str], float]
    annotated: Mapping[str, str]


class SlipSearch:
    """Searches one paragraph; ``unseen`` allows for losses that left no mark."""

    def __init__(self, text: SlipText, charset: DoubleByteCharset, prices: Prices, *, unseen: bool) -> None:
        self._text = text
        self._charset = charset
        self._prices = prices
        self._unseen = unseen
        self._folded: dict[str, str] = {}
        self._frontiers: dict[int, dict[tuple[int, str, str, int], list[State]]] = {}
        self._bounds: dict[int, float] = {}
        self._suspect = 0

    def run(self, start: int, suspect: int, limit: int) -> Found | None:
        """Search from ``start``, in step, past ``suspect``, but not past ``limit`` (all code points of the paragraph).

        Returns None where no slip explains what was read.
        """
        self._suspect = suspect
        first, second = self._context(start)
        origin = State(
            0.0, IN_STEP, first, second, 0, self._text.character_before(start), self._text.quotation(start), 0, 0, None
        )
        self._frontiers = {start: {(IN_STEP, first, second, 0): [origin]}}
        while self._frontiers:
            position = min(self._frontiers)
            states = self._best(self._frontiers.pop(position))
            # Readings that jumped over an annotation wait further on: they are heard before the search ends.
            settled = position > suspect + _SETTLED and not self._frontiers and self._is_settled(states)
            if position >= limit or settled:
                return self._result(position, states)
            for state in states:
                self._step(position, state)
        return None

    def _context(self, start: int) -> tuple[str, str]:
        before = self._text.plain_before(start, 2)
        return self._fold(before[0]), self._fold(before[1])

    def _fold(self, character: str) -> str:
        folded = self._folded.get(character)
        if folded is None:
            folded = self._folded[character] = self._prices.fold(character)
        return folded

    # The beam.

    def _put(self, position: int, state: State) -> None:
        frontier = self._frontiers.setdefault(position, {})
        if state.cost < self._bounds.get(position, inf):
            self._bounds[position] = state.cost
        ranked = frontier.setdefault((state.pending, state.first, state.second, state.phase), [])
        if len(ranked) < _RANKED:
            ranked.append(state)
        else:
            worst = max(range(_RANKED), key=lambda index: ranked[index].cost)
            if state.cost < ranked[worst].cost:
                ranked[worst] = state

    @staticmethod
    def _best(frontier: dict[tuple[int, str, str, int], list[State]]) -> list[State]:
        states = heapq.nsmallest(_BEAM, (state for ranked in frontier.values() for state in ranked))
        # The reading without a slip is always kept: it is what the others are measured against.
        bound = states[0].cost + _BEAM_WIDTH
        kept = [state for state in states if state.cost <= bound or state.phase == 0]
        if not any(state.phase == 0 for state in kept):
            kept += [state for ranked in frontier.values() for state in ranked if state.phase == 0][:1]
        return kept

    @staticmethod
    def _is_settled(states: list[State]) -> bool:
        best = states[0]
        if best.phase == 1 or best.settled < _SETTLED:
            return False
        return not any(state.phase == 1 and state.cost < best.cost + _BEAM_WIDTH / 2 for state in states)

    def _result(self, position: int, states: list[State]) -> Found | None:
        unchanged = min((state.cost for state in states if state.phase == 0), default=None)
        readings: dict[str, Reading] = {}
        for state in states:
            if state.phase == 2:
                text = "".join(_pieces(state.trace))
                readings.setdefault(text, Reading(text, state.cost, state.free))
        if unchanged is None or not readings:
            return None
        ranked = sorted(readings.values(), key=lambda reading: reading.cost)
        return Found(position, tuple(ranked[:8]), unchanged)

    # What can have happened at a place.

    def _step(self, position: int, state: State) -> None:
        if state.pending == IN_STEP:
            self._copy(position, state)
            self._enter(position, state)
        else:
            self._pair_again(position, state)
            self._leave(position, state)

    def _copy(self, position: int, state: State) -> None:
        """Take what was read as it stands."""
        text = self._text
        annotation = text.annotations.get(position)
        if annotation is not None:
            cost = self._reading_cost(state, annotation.reading)
            trace = Trace(state.trace, text.text[position : annotation.end])
            self._put(annotation.end, state._replace(cost=state.cost + cost, last="", trace=trace))
            return
        settled = state.settled + 1
        self._emit(position + 1, state, text.text[position], 0.0, IN_STEP, state.phase, settled, 0, kept=True)

    def _emit(
        self,
        position: int,
        state: State,
        character: str,
        cost: float,
        pending: int,
        phase: int,
        settled: int,
        free: int,
        *,
        kept: bool = False,
        swallowed: str = "",
        named: bool = False,
    ) -> None:
        folded = self._fold(character)
        prices = self._prices
        conditional = prices.kept if kept else prices.conditional
        cost += state.cost - conditional(state.first, state.second, folded)
        if state.last in prices.annotated:
            cost += UNANNOTATED
        quotation = state.quotation
        if character in OPENING_QUOTES:
            quotation = quotation_opened(state.last)
            cost += UNPAIRED if state.quotation is not Quotation.NONE else 0.0
        elif character in CLOSING_QUOTES:
            quotation = Quotation.NONE
            cost += UNPAIRED if state.quotation is Quotation.NONE else 0.0
            cost += TERM_WITH_END if state.quotation is Quotation.TERM and state.last in SENTENCE_ENDS else 0.0
        if not kept:
            cost += prices.foreign(character)
        if swallowed:
            cost -= prices.conditional(state.second, folded, BOUNDARY)
        if phase and cost > self._bounds.get(position, inf) + _BEAM_WIDTH:
            return
        last = "" if named or swallowed else character
        trace = Trace(state.trace, character + swallowed)
        free += state.free
        second = state.second
        self._put(position, State(cost, pending, second, folded, phase, last, quotation, settled, free, trace))

    def _reading_cost(self, state: State, reading: str) -> float:
        return READING_FIT if self._text.is_reading(reading, state.last) else READING_MISFIT

    def _enter(self, position: int, state: State) -> None:
        """Fall out of step: a byte is missing before what was read."""
        text = self._text
        for end, reading, cost in self._readings_struck(position):
            self._enter_at_reading(end, state, reading, cost)
        if position >= len(text.text):
            return
        if text.is_loss_mark(position):
            cost = ENTER_AT_CUT if text.is_cut_mark(position + 1) else ENTER_AT_MARK
            kept = text.kept_byte(position)
            self._fall(position + 1, state, cost, _ANY_LEAD if kept is None else kept)
        if self._unseen and position <= self._suspect:
            cost = ENTER_UNSEEN_AT_CUT if text.is_cut_mark(position) else ENTER_UNSEEN
            self._fall(position, state, cost, _ANY_LEAD)
            self._lose_trail(position, state)

    def _fall(self, position: int, state: State, cost: float, pending: int) -> None:
        if position < len(self._text.text):
            self._put(position, state._replace(cost=state.cost + cost, pending=pending, phase=1, settled=0))

    def _readings_struck(self, position: int) -> Iterator[tuple[int, str, float]]:
        """Yield the printed readings whose '(' fell to a loss mark here: where they end, the reading and the cost."""
        text = self._text
        if text.is_loss_mark(position):
            struck = text.broken.get(position + 1) or text.annotations.get(position + 1)
            if struck is not None:
                yield struck.end, struck.reading, ENTER_AT_READING
        unseen = text.broken.get(position) or text.annotations.get(position)
        if unseen is not None:
            yield unseen.end, unseen.reading, ENTER_UNSEEN_AT_READING

    def _enter_at_reading(self, end: int, state: State, reading: str, cost: float) -> None:
        """The character struck lies across the boundary: its first byte ends the last character, its second is lost."""
        pair = self._charset.pairs.get(state.last)
        if pair is None:
            return
        leads = [
            (trail, character)
            for trail, character in self._charset.by_lead.get(pair & 0xFF, ())
            if 0x81 <= trail <= 0xFE and self._text.is_reading(reading, character)
        ]
        habitual = [found for found in leads if found[1] in self._prices.annotated]
        chosen = habitual or leads
        for trail, character in chosen:
            extra = cost if character in self._prices.annotated else cost + UNANNOTATED
            free = state.free + (len(chosen) > 1)
            self._put(end, state._replace(cost=state.cost + extra, pending=trail, phase=1, settled=0, free=free))

    def _lose_trail(self, position: int, state: State) -> None:
        """A trail byte was lost: what was read begins with the lead byte that waits for it."""
        for lead, trail in self._bytes_read(position):
            for _, character in self._charset.by_lead.get(lead, ()):
                self._emit(position + 1, state, character, TRAIL_UNSEEN, trail, 1, 0, 1)

    def _bytes_read(self, position: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs of bytes that the character read at ``position`` can stand for."""
        character = self._text.text[position]
        pairs = self._charset.pairs
        pair = pairs.get(character) or pairs.get(_FOLDED_FROM.get(character, "")) or user_defined_pair(character)
        if pair:
            yield pair >> 8, pair & 0xFF

    def _completed(self, pending: int, trail: int) -> Iterable[tuple[int, str]]:
        """Return the intended characters that end in ``trail``, with how many bytes of them were chosen."""
        if pending < _ANY_LEAD:
            character = self._charset.character(pending, trail)
            return ((0, character),) if character else ()
        if pending == _ANY_LEAD:
            return ((1, character) for _, character in self._charset.by_trail.get(trail, ()))
        seconds = USER_DEFINED_TRAILS[pending - _ANY_LEAD]
        return ((1, character) for lead, character in self._charset.by_trail.get(trail, ()) if lead in seconds)

    def _pair_again(self, position: int, state: State) -> None:
        """Pair the bytes that were read in the intended way."""
        text = self._text
        if position >= len(text.text):
            return
        character = text.text[position]
        for lead, trail in self._bytes_read(position):
            for free, intended in self._completed(state.pending, lead):
                self._emit(position + 1, state, intended, 0.0, trail, 1, 0, free)
        single = 0x80 if character == "€" else ord(character)
        if 0x40 <= single <= 0x80:
            for free, intended in self._completed(state.pending, single):
                self._emit(position + 1, state, intended, 0.0, IN_STEP, 2, 0, free)
        annotation = text.annotations.get(position)
        if annotation is not None and position and text.is_reading(annotation.reading, text.text[position - 1]):
            # The list struck what was read, which was never a character of the text.
            self._put(annotation.end, state)
        if self._unseen and state.pending < _ANY_LEAD:
            self._drop_user_defined(position, state)

    def _drop_user_defined(self, position: int, state: State) -> None:
        """A pair of GBK's user-defined areas was dropped: its first byte ends this character, its second leads the next."""
        for first in USER_DEFINED_TRAILS:
            intended = self._charset.character(state.pending, first)
            if intended:
                self._emit(position, state, intended, USER_DEFINED_DROPPED, _ANY_LEAD + first, 1, 0, 1)

    def _leave(self, position: int, state: State) -> None:
        """Come back into step: the reader lost the byte that ends the intended character."""
        text = self._text
        if state.pending >= _ANY_LEAD:
            return
        for end, reading, mark in self._readings_at_loss(position):
            cost = READING_FIT + (LEAVE_AT_MARK if mark else LEAVE_UNSEEN)
            fitting = [found for found in self._closing(state.pending) if text.is_reading(reading, found)]
            habitual = [found for found in fitting if found in self._prices.annotated]
            chosen = habitual or fitting
            for intended in chosen:
                self._emit(end, state, intended, cost, IN_STEP, 2, 0, int(len(chosen) > 1), named=True)
        if text.is_loss_mark(position):
            self._leave_at_mark(position, state)
        elif self._unseen and (text.is_cut_mark(position) or text.text[position : position + 1].isascii()):
            for intended in self._closing(state.pending):
                self._emit(position, state, intended, LEAVE_UNSEEN, IN_STEP, 2, 0, 1)

    def _leave_at_mark(self, position: int, state: State) -> None:
        """The reader could not pair the byte that ends the intended character, and swallowed an ASCII byte or was cut."""
        text = self._text
        kept = text.kept_byte(position)
        if kept is not None:
            intended = self._charset.character(state.pending, kept)
            if intended:
                self._emit(position + 1, state, intended, LEAVE_AT_MARK, IN_STEP, 2, 0, 0)
            return
        swallowed = "<" if text.is_headless_tag(position + 1) else ""
        cost = LEAVE_AT_MARK if swallowed or text.is_cut_mark(position + 1) else LEAVE_AT_MARK + SWALLOWED
        for intended in self._closing(state.pending):
            self._emit(position + 1, state, intended, cost, IN_STEP, 2, 0, 1, swallowed=swallowed)

    def _readings_at_loss(self, position: int) -> Iterator[tuple[int, str, bool]]:
        text = self._text
        if text.is_loss_mark(position):
            struck = text.broken.get(position + 1)
            if struck is not None:
                yield struck.end, struck.reading, True
        unseen = text.broken.get(position) or text.annotations.get(position)
        if unseen is not None:
            yield unseen.end, unseen.reading, False

    def _closing(self, lead: int) -> Iterator[str]:
        """Yield the characters whose trail byte the reader took for a dangling lead byte."""
        for trail, character in self._charset.by_lead.get(lead, ()):
            if 0x81 <= trail <= 0xFE:
                yield character


def user_defined_pair(character: str) -> int:
    """Return the pair of GBK's user-defined areas that Windows shows as this private-use character, or 0.

    U+E000-E4C5 are AAA1-AFFE and F8A1-FEFE, 94 to a row; U+E4C6-E765 are A140-A7A0, 96 to a row (without 7F).
    """
    index = ord(character) - 0xE000
    if 0 <= index < 0x4C6:
        row, column = divmod(index, 94)
        return (0xAA + row if row < 6 else 0xF8 + row - 6) << 8 | 0xA1 + column
    if 0x4C6 <= index <= 0x765:
        row, column = divmod(index - 0x4C6, 96)
        return (0xA1 + row) << 8 | 0x40 + column + (column >= 0x3F)
    return 0


def _pieces(trace: Trace | None) -> list[str]:
    pieces: list[str] = []
    while trace is not None:
        pieces.append(trace.piece)
        trace = trace.previous
    pieces.reverse()
    return pieces
