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
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from operator import attrgetter
from typing import NamedTuple

from jiaokan.characters import SENTENCE_ENDS
from jiaokan.damage import slip_prices as price
from jiaokan.damage.slip_bytes import ANY_LEAD, IN_STEP, Guesser
from jiaokan.damage.slip_prices import Prices
from jiaokan.damage.slip_text import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    Annotation,
    Quotation,
    SlipText,
    quotation_opened,
)
from jiaokan.language_model import BOUNDARY

_BEAM = 14
_BEAM_WIDTH = 14.0  # nats behind the best
_DROPPING_WIDTH = 3.0  # the same where very many characters would have to be tried
_RANKED = 4  # readings kept for each place and context
_SETTLED = 4  # characters in step again before the search may stop

# A search is given up when even its best reading is no text: code points, and nats for each of them.
_PATIENCE = 40
_HOPELESS = 8.5
_SINGLE_MARKS = frozenset("，。、；：？！”」")
_COST = attrgetter("cost")

BEFORE, WITHIN, AFTER = range(3)


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
        phase: BEFORE any slip, WITHIN one, or AFTER one.
        last: The last intended character.
        read: Whether the reading of ``last`` was printed behind it.
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
    read: bool
    quotation: Quotation
    settled: int
    free: int
    trace: Trace | None


class Swallowed(NamedTuple):
    """What a loss mark can have swallowed: what is written in its place, what this counts as for the model, the cost."""

    written: str
    counted: str
    cost: float


_NOTHING_SWALLOWED = Swallowed("", "", price.LEAVE_AT_MARK)
# Which digit it was nobody can tell, or which other sign: U+FFFD stands for it, which is no question.
_A_DIGIT = Swallowed("\ufffd", "0", price.LEAVE_AT_MARK)
_UNKNOWN = Swallowed("\ufffd", "", price.LEAVE_AT_MARK + price.SWALLOWED)


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished reading of a span: its text, cost in nats and number of freely chosen bytes."""

    text: str
    cost: float
    free: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the readings, best first, of the span up to ``end``, and what the text costs as it stands."""

    end: int
    readings: tuple[Reading, ...]
    unchanged_cost: float

    @property
    def gain(self) -> float:
        """By how many nats the best reading is likelier than the text as it stands."""
        return self.unchanged_cost - self.readings[0].cost


class SlipSearch:
    """Searches one paragraph; ``unseen`` allows for losses that left no mark."""

    def __init__(self, text: SlipText, guesser: Guesser, prices: Prices, *, unseen: bool) -> None:
        self._text = text
        self._guesser = guesser
        self._prices = prices
        self._unseen = unseen
        self._suspect = 0
        self._folded: dict[str, str] = {}
        self._frontiers: dict[int, dict[tuple[int, str, str, int], list[State]]] = {}
        self._bounds: dict[int, float] = {}

    def run(self, start: int, suspect: int, limit: int) -> Found | None:
        """Search from ``start``, in step, past ``suspect``, but not past ``limit`` (all code points of the paragraph).

        Returns None where no slip explains what was read.
        """
        self._suspect = suspect
        text = self._text
        first, second = map(self._fold, text.plain_before(start, 2))
        last = text.plain_before(start, 1)
        origin = State(
            0.0, IN_STEP, first, second, BEFORE, last, text.is_behind_reading(start), text.quotation(start), 0, 0, None
        )
        self._frontiers, self._bounds = {start: {(IN_STEP, first, second, BEFORE): [origin]}}, {}
        while self._frontiers:
            position = min(self._frontiers)
            states = self._best(self._frontiers.pop(position))
            # Readings that jumped over an annotation wait further on: they are heard before the search ends.
            settled = position > suspect + _SETTLED and not self._frontiers and self._is_settled(states)
            if position >= limit or settled:
                return self._result(position, states)
            if position - start > _PATIENCE and states[0].cost > _HOPELESS * (position - start):
                return None
            for state in states:
                if state.pending == IN_STEP:
                    self._copy(position, state)
                    self._enter(position, state)
                else:
                    self._pair_again(position, state)
                    self._leave(position, state)
        return None

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
        every = [state for ranked in frontier.values() for state in ranked]
        states = heapq.nsmallest(_BEAM, every, key=_COST)
        bound = states[0].cost + _BEAM_WIDTH
        kept = [state for state in states if state.cost <= bound]
        # The reading without a slip is always kept: it is what the others are measured against.
        unchanged = min((state for state in every if state.phase == BEFORE), key=_COST, default=None)
        if unchanged is not None and unchanged not in kept:
            kept.append(unchanged)
        return kept

    @staticmethod
    def _is_settled(states: list[State]) -> bool:
        best = states[0]
        if best.phase == WITHIN or best.settled < _SETTLED:
            return False
        return not any(state.phase == WITHIN and state.cost < best.cost + _BEAM_WIDTH / 2 for state in states)

    def _result(self, position: int, states: list[State]) -> Found | None:
        at_end = position == len(self._text.text)
        readings: dict[str, Reading] = {}
        unchanged = inf
        for state in states:
            cost = state.cost
            if at_end:
                cost -= self._prices.conditional(state.first, state.second, BOUNDARY)
            if state.phase == BEFORE:
                unchanged = min(unchanged, cost)
            elif state.phase == AFTER:
                text = "".join(_pieces(state.trace))
                known = readings.get(text)
                if known is None or cost < known.cost:
                    readings[text] = Reading(text, cost, state.free)
        if unchanged == inf or not readings:
            return None
        return Found(position, tuple(sorted(readings.values(), key=lambda reading: reading.cost)[:8]), unchanged)

    def _emit(
        self,
        position: int,
        state: State,
        character: str,
        *,
        cost: float = 0.0,
        pending: int = IN_STEP,
        phase: int = AFTER,
        free: int = 0,
        settled: int = 0,
        read: bool = False,
        behind: str = "",
        counted: str = "",
    ) -> None:
        """Go on to ``position`` with one more intended character.

        ``behind`` is what the reader lost behind it or read as a part of another character, ``counted`` what this
        counts as for the model.
        """
        cost += state.cost
        if phase != BEFORE and cost > self._bounds.get(position, inf) + _BEAM_WIDTH:
            return
        folded = self._fold(character)
        prices = self._prices
        conditional = prices.kept if settled else prices.conditional
        cost -= conditional(state.first, state.second, folded)
        if phase != BEFORE and cost > self._bounds.get(position, inf) + _BEAM_WIDTH:
            return
        if not state.read and state.last in prices.annotated:
            cost += price.UNANNOTATED
        if not settled:
            cost += prices.foreign(character)
        quotation, extra = _quoted(state, character)
        second, free, last = state.second, state.free + free, behind or character
        if counted == BOUNDARY:
            cost -= prices.conditional(second, folded, BOUNDARY)
        elif counted:
            second, folded, before = folded, self._fold(counted), second
            cost -= conditional(before, second, folded)
        trace = Trace(state.trace, character + behind)
        self._put(
            position,
            State(cost + extra, pending, second, folded, phase, last, read, quotation, settled, free, trace),
        )

    # What can have happened where the text is in step.

    def _copy(self, position: int, state: State) -> None:
        """Take what was read as it stands."""
        text = self._text
        annotation = text.annotations.get(position)
        if annotation is not None:
            self._copy_annotation(position, annotation, state)
            return
        cost = 0.0
        if state.last != "<" and position and text.is_loss_mark(position - 1) and text.is_headless_tag(position):
            cost = price.TAG_HEADLESS
        elif position in text.broken and not text.broken[position].reading.isascii():
            cost = price.READING_HEADLESS
        settled = state.settled + 1
        self._emit(position + 1, state, text.text[position], cost=cost, phase=state.phase, settled=settled)

    def _copy_annotation(self, position: int, annotation: Annotation, state: State) -> None:
        text = self._text
        fits = text.is_reading(annotation.reading, state.last)
        cost = state.cost + (price.READING_FIT if fits else price.READING_MISFIT)
        # Behind a character that comes out of a slip nobody else can tell that it is no gloss.
        inserted = fits and state.phase == AFTER and state.settled == 0 and self._prices.annotated
        trace = state.trace if inserted else Trace(state.trace, text.text[position : annotation.end])
        self._put(annotation.end, state._replace(cost=cost, read=True, trace=trace))

    def _enter(self, position: int, state: State) -> None:
        """Fall out of step: a byte is missing before what was read, or one too many."""
        text = self._text
        for end, reading, cost in self._readings_struck(position):
            self._enter_at_reading(end, state, reading, cost)
        if position >= len(text.text):
            return
        if text.is_loss_mark(position):
            cost = self._prices.enter_at_mark
            if text.is_cut_mark(position + 1):
                cost = price.ENTER_AT_CUT
            elif text.is_stray(position + 1):
                cost = price.ENTER_AT_STRAY
            kept = text.kept_byte(position)
            # A byte that the decoder kept says nothing of the charset that it was written in: never certain.
            freer = state if kept is None else state._replace(free=state.free + 1)
            self._fall(position + 1, freer, cost, ANY_LEAD if kept is None else kept)
        if self._unseen and position <= self._suspect:
            cost = self._prices.enter_unseen_at_cut if text.is_cut_mark(position) else price.ENTER_UNSEEN
            self._fall(position, state, cost, ANY_LEAD)
            self._enter_unseen(position, state)

    def _fall(self, position: int, state: State, cost: float, pending: int) -> None:
        if position < len(self._text.text):
            self._put(position, state._replace(cost=state.cost + cost, pending=pending, phase=WITHIN, settled=0))

    def _readings_struck(self, position: int) -> Iterator[tuple[int, str, float]]:
        """Yield the printed readings whose '(' fell to a loss mark here: where they end, the reading and the cost."""
        text = self._text
        if text.is_loss_mark(position):
            struck = text.broken.get(position + 1) or text.annotations.get(position + 1)
            if struck is not None:
                yield struck.end, struck.reading, price.ENTER_AT_READING
        unseen = text.broken.get(position) or text.annotations.get(position)
        if unseen is not None:
            yield unseen.end, unseen.reading, price.ENTER_UNSEEN_AT_READING

    def _enter_at_reading(self, end: int, state: State, reading: str, cost: float) -> None:
        """The character struck lies across the boundary: its first byte ends the last character, its second is lost."""
        guesser = self._guesser
        leads = guesser.named(reading, guesser.pair(state.last) & 0xFF)
        annotated = sum(character in self._prices.annotated for _, character in leads)
        for trail, character in leads:
            known = character in self._prices.annotated
            extra = cost if known else cost + price.UNANNOTATED
            free = state.free + (annotated != 1 if known else len(leads) > 1)
            self._put(end, state._replace(cost=state.cost + extra, pending=trail, phase=WITHIN, settled=0, free=free))

    def _enter_unseen(self, position: int, state: State) -> None:
        """A trail byte was lost, or a byte was inserted: what was read begins with one byte that was never there."""
        pair = self._guesser.pair(self._text.text[position])
        if not pair:
            return
        lead, trail = pair >> 8, pair & 0xFF
        for character in self._guesser.opened(lead):
            self._emit(position + 1, state, character, cost=price.ENTER_UNSEEN, pending=trail, phase=WITHIN, free=1)
        for left in (lead, trail):
            self._fall(position + 1, state._replace(free=state.free + 1), price.ENTER_INSERTED, left)

    # What can have happened where it is out of step.

    def _pair_again(self, position: int, state: State) -> None:
        """Pair the bytes that were read in the intended way."""
        text = self._text
        if position >= len(text.text):
            return
        character, pending, guesser = text.text[position], state.pending, self._guesser
        free = int(pending >= ANY_LEAD)
        pair = guesser.pair(character)
        if pair:
            trail = pair & 0xFF
            for intended in guesser.completed(pending, pair >> 8):
                if trail > 0x80:
                    self._emit(position + 1, state, intended, pending=trail, phase=WITHIN, free=free)
                else:
                    # No lead byte: it was a character of its own, and the reader is in step again.
                    letter = "€" if trail == 0x80 else chr(trail)
                    self._emit(
                        position + 1,
                        state,
                        intended,
                        cost=price.LETTER_PAIRED,
                        free=free,
                        behind=letter,
                        counted=letter,
                    )
        single = 0x80 if character == "€" else ord(character)
        if 0x40 <= single <= 0x80:
            for intended in guesser.completed(pending, single):
                self._emit(position + 1, state, intended, free=free)
        annotation = text.annotations.get(position)
        if annotation is not None and text.is_reading(annotation.reading, text.text[position - 1 : position]):
            # The list struck what was read, which was never a character of the text.
            self._put(annotation.end, state)
        # Where readers show such pairs as private-use characters they do not drop them.
        if self._prices.drops_pairs and state.cost <= self._bounds.get(position, inf) + _DROPPING_WIDTH:
            for first, intended in guesser.dropped(pending, state.second):
                left = ANY_LEAD + first
                self._emit(position, state, intended, cost=price.PAIR_DROPPED, pending=left, phase=WITHIN, free=1)

    def _leave(self, position: int, state: State) -> None:
        """Come back into step: the reader lost the byte that ends the intended character."""
        text = self._text
        for end, reading, mark in self._readings_at_loss(position):
            cost = price.READING_FIT + (price.LEAVE_AT_MARK if mark else price.LEAVE_UNSEEN)
            fitting = self._guesser.named(reading, state.pending)
            chosen = [found for found in fitting if found[1] in self._prices.annotated] or fitting
            for _, intended in chosen:
                self._emit(end, state, intended, cost=cost, free=int(len(chosen) > 1), read=True)
        if state.pending >= ANY_LEAD:
            return
        if text.is_loss_mark(position):
            self._leave_at_mark(position, state)
        elif self._unseen and (text.is_cut_mark(position) or text.text[position : position + 1].isascii()):
            for intended in self._guesser.closing(state.pending):
                self._emit(position, state, intended, cost=self._prices.leave_unseen, free=1)

    def _leave_at_mark(self, position: int, state: State) -> None:
        """The reader could not pair the byte that ends the intended character, and swallowed an ASCII byte or was cut."""
        text = self._text
        behind = position + 1
        kept = text.kept_byte(position)
        if kept is not None:
            intended = self._guesser.charset.character(state.pending, kept)
            if intended:
                self._emit(behind, state, intended, cost=price.LEAVE_AT_MARK, free=1)
            return
        for written, counted, cost in self._swallowed(position):
            for intended in self._guesser.closing(state.pending):
                self._emit(behind, state, intended, cost=cost, free=1, behind=written, counted=counted)

    def _swallowed(self, position: int) -> Iterator[Swallowed]:
        """Yield what the loss mark at ``position`` can have swallowed behind the intended character."""
        text, behind = self._text, position + 1
        if text.is_headless_tag(behind):
            # Where the start of a tag was, the paragraph ends.
            yield Swallowed("<", BOUNDARY, price.LEAVE_AT_MARK)
        elif behind == len(text.text) or text.is_cut_mark(behind):
            yield _NOTHING_SWALLOWED
        elif text.text[position] != "?":
            yield _NOTHING_SWALLOWED._replace(cost=_UNKNOWN.cost)
        else:
            yield _UNKNOWN
            if text.is_closed(behind):
                yield Swallowed("(", "(", price.LEAVE_AT_MARK)
            else:
                yield _A_DIGIT
                if not text.text[behind].isdecimal():
                    yield Swallowed(" ", " ", price.LEAVE_AT_MARK)

    def _readings_at_loss(self, position: int) -> Iterator[tuple[int, str, bool]]:
        text = self._text
        if text.is_loss_mark(position):
            struck = text.broken.get(position + 1) or text.annotations.get(position + 1)
            if struck is not None:
                yield struck.end, struck.reading, True
        unseen = text.broken.get(position) or text.annotations.get(position)
        if unseen is not None:
            yield unseen.end, unseen.reading, False


def _quoted(state: State, character: str) -> tuple[Quotation, float]:
    """Return what quotation is open behind ``character``, and what the character costs as a mark in its place."""
    quotation = state.quotation
    if character == state.last and character in _SINGLE_MARKS:
        return quotation, price.DOUBLED
    if character in OPENING_QUOTES:
        return quotation_opened(state.last), 0.0 if quotation is Quotation.NONE else price.UNPAIRED
    if character in CLOSING_QUOTES:
        if quotation is Quotation.NONE:
            return Quotation.NONE, price.UNOPENED
        ends_term = quotation is Quotation.TERM and state.last in SENTENCE_ENDS
        return Quotation.NONE, price.TERM_WITH_END if ends_term else 0.0
    return quotation, 0.0


def _pieces(trace: Trace | None) -> list[str]:
    pieces: list[str] = []
    while trace is not None:
        pieces.append(trace.piece)
        trace = trace.previous
    pieces.reverse()
    return pieces
