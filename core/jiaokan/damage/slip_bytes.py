"""What an unknown byte can have been: the characters of a double-byte charset by what is known of their bytes.

Where nothing but the language tells which byte it was, only characters are listed that are not very rare: the model would
never choose the others, and trying them all takes most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice

from jiaokan.damage.width import FULL_WIDTH
from jiaokan.doublebyte import DoubleByteCharset, big5, gbk, user_defined_pair
from jiaokan.language_model import LanguageModel
from jiaokan.readings import readings, toneless

IN_STEP = -1
ANY_LEAD = 256  # any byte that can lead; above it: 256 + the first byte of a dropped pair, whose second is open

# ln P of the rarest characters that are guessed at, and how many are tried where two bytes are unknown: of those that
# are frequent anywhere, and of those that are likely behind the character before.
_RAREST = -13.5
_FREQUENT = 30
_FOLLOWING = 60

# Full-width characters that a crawler folded, by what it made of them.
_FOLDED_FROM = {**FULL_WIDTH, " ": "\u3000"}

Guesses = tuple[tuple[int, str], ...]  # a byte and the character that it makes


class Guesser:
    """The guesses for one charset."""

    def __init__(self, charset: DoubleByteCharset) -> None:
        self.charset = charset
        model = LanguageModel.load()
        self._likelihood = cache(lambda character: model.unigram(model.fold(character)))
        self._following = cache(model.followers)
        self.closing = cache(self._closing)
        self.dropped = lru_cache(maxsize=1 << 14)(self._dropped)
        self._droppable = cache(self._all_dropped)
        self._completed_by = cache(self._completions)
        self._by_reading: dict[str, list[str]] = {}

    def pair(self, character: str) -> int:
        """Return the pair of bytes, ``lead << 8 | trail``, that a character that was read stands for, or 0."""
        pairs = self.charset.pairs
        return (
            pairs.get(character)
            or pairs.get(_FOLDED_FROM.get(character, ""))
            or (user_defined_pair(character) if character else 0)
        )

    def completed(self, pending: int, trail: int) -> Iterable[str]:
        """Return the characters that ``trail`` completes behind ``pending``."""
        if pending < ANY_LEAD:
            character = self.charset.character(pending, trail)
            return (character,) if character else ()
        return self._completed_by(pending, trail)

    def _completions(self, pending: int, trail: int) -> tuple[str, ...]:
        found = self.charset.by_trail.get(trail, ())
        if pending > ANY_LEAD:
            seconds = self.charset.undefined[pending - ANY_LEAD]
            found = tuple(guess for guess in found if guess[0] in seconds)
        return tuple(character for _, character in found if self._likelihood(character) > _RAREST)

    def _closing(self, lead: int) -> tuple[str, ...]:
        """Return the characters that begin with ``lead`` and whose trail byte a reader can take for a lead byte."""
        return tuple(character for _, character in self._closing_pairs(lead))

    def _closing_pairs(self, lead: int) -> Guesses:
        return tuple(
            (trail, character)
            for trail, character in self.charset.by_lead.get(lead, ())
            if 0x81 <= trail <= 0xFE and self._likelihood(character) > _RAREST
        )

    def opened(self, lead: int) -> tuple[str, ...]:
        """Return the characters that begin with ``lead``."""
        found = self.charset.by_lead.get(lead, ())
        return tuple(character for _, character in found if self._likelihood(character) > _RAREST)

    def _dropped(self, pending: int, before: str) -> Guesses:
        """Return the characters that ``pending`` makes with the first byte of a pair that spells nothing, and that byte.

        ``before`` is the character before (folded): where very many fit, those that are likely behind it are returned.
        """
        every = self._droppable(pending)
        if len(every) <= _FREQUENT + _FOLLOWING:
            return tuple(guess for guesses in every.values() for guess in guesses)
        following = self._following(before)[:_FOLLOWING]
        chosen = dict.fromkeys((*(sign for sign in following if sign in every), *islice(every, _FREQUENT)))
        return tuple(guess for sign in chosen for guess in every[sign])

    def _all_dropped(self, pending: int) -> dict[str, list[tuple[int, str]]]:
        """Return all of :meth:`_dropped` by the folded character, the frequent ones first."""
        undefined = self.charset.undefined
        if pending < ANY_LEAD:
            leads: Iterable[int] = (pending,)
        else:
            leads = range(0x81, 0xFF) if pending == ANY_LEAD else undefined[pending - ANY_LEAD]
        every = (guess for lead in leads for guess in self.charset.by_lead.get(lead, ()) if guess[0] in undefined)
        likely = (guess for guess in every if self._likelihood(guess[1]) > _RAREST)
        fold = LanguageModel.load().fold
        found: dict[str, list[tuple[int, str]]] = {}
        for guess in sorted(likely, key=lambda guess: -self._likelihood(guess[1])):
            found.setdefault(fold(guess[1]), []).append(guess)
        return found

    def named(self, reading: str, pending: int) -> list[tuple[int, str]]:
        """Return the characters with this ``reading`` (as printed) that begin with ``pending``, and their trail bytes."""
        if not self._by_reading:
            for character in self.charset.characters.values():
                for known in readings(character):
                    self._by_reading.setdefault(known, []).append(character)
        every = self._by_reading.get(reading, [])
        if reading == toneless(reading):
            every = [found for name, group in self._by_reading.items() if toneless(name) == reading for found in group]
        fitting = []
        for character in every:
            lead, trail = divmod(self.charset.pairs[character], 256)
            if 0x81 <= trail <= 0xFE and self._can_lead(pending, lead):
                fitting.append((trail, character))
        return fitting

    def _can_lead(self, pending: int, lead: int) -> bool:
        if pending < ANY_LEAD:
            return lead == pending
        return pending == ANY_LEAD or lead in self.charset.undefined[pending - ANY_LEAD]


@cache
def guesser(name: str) -> Guesser:
    """Return the guesser for the charset ``name``: "gbk" or "big5"."""
    return Guesser({"gbk": gbk, "big5": big5}[name]())
