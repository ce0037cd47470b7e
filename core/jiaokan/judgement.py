"""What the reader decides about repairs: accept, refuse, another reading; for one, for many, for all of a sort.

The engine proposes, the reader disposes. A :class:`Ruling` is one decision; :class:`Judgements` is the pile of all of
them, the last on top. Where several concern a repair the topmost counts, so that taking the topmost off again is all
that undoing it needs. The proposals themselves are never changed: :meth:`Judgements.judged` makes new ones of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

from jiaokan.repair import Certainty, Kind, Repair

Place = tuple[int, int]
"""A repair: the index of its paragraph (of its row, in the window) and its own index among the repairs there."""


class Variant(NamedTuple):
    """All that repairs which are alike have in common: one changes the same text into the same, for the same reason."""

    kind: Kind
    certainty: Certainty
    before: str
    after: str

    @classmethod
    def of(cls, repair: Repair) -> Variant:
        """Return the variant of a repair as it was proposed."""
        return cls(repair.kind, repair.certainty, repair.before, repair.after)


class Verdict(Enum):
    """What can be decided about a repair."""

    ACCEPTED = auto()
    REFUSED = auto()
    PROPOSED = auto()
    """As the engine proposes: the decisions below do not count."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision. It concerns the repairs at the places it names, and all that it describes.

    Attributes:
        verdict: What is decided.
        reading: With ACCEPTED, what shall stand there instead of what was proposed: another candidate, or what the
            reader wrote. None: what was proposed.
        places: Single repairs.
        variants: All repairs that are like these.
        sorts: All repairs of a kind (first) and a certainty (second); None stands for any.

    """

    verdict: Verdict
    reading: str | None = None
    places: frozenset[Place] = frozenset()
    variants: frozenset[Variant] = frozenset()
    sorts: frozenset[tuple[Kind | None, Certainty | None]] = frozenset()

    def describes(self, variant: Variant) -> bool:
        """Return whether the ruling concerns all repairs like ``variant``."""
        return variant in self.variants or self.describes_sort(variant.kind, variant.certainty)

    def describes_sort(self, kind: Kind, certainty: Certainty) -> bool:
        """Return whether the ruling concerns all repairs of this kind and certainty."""
        return any(mine in (None, kind) and grade in (None, certainty) for mine, grade in self.sorts)

    @property
    def is_general(self) -> bool:
        """Whether it concerns more than single repairs."""
        return bool(self.variants or self.sorts)


_NOBODY = -1  # the number of the ruling of a repair that none concerns


class Judgements:
    """The rulings of a document, and the kinds that are switched off. Picklable."""

    def __init__(self) -> None:
        """Start without any ruling."""
        self._rulings: list[Ruling] = []
        self._general: list[int] = []
        self._by_place: dict[Place, list[int]] = {}
        self._by_variant: dict[Variant, int] = {}
        self.switched_off: frozenset[Kind] = frozenset()
        """The kinds whose repairs are not carried out, whatever is decided about them."""

    def __len__(self) -> int:
        return len(self._rulings)

    @property
    def places(self) -> list[Place]:
        """The repairs that rulings concern one by one."""
        return list(self._by_place)

    def concerns(self, place: Place) -> bool:
        """Return whether a ruling concerns the repair at ``place`` itself."""
        return place in self._by_place

    @property
    def variants(self) -> frozenset[Variant]:
        """The variants that rulings name."""
        return frozenset().union(*(self._rulings[number].variants for number in self._general))

    def push(self, ruling: Ruling) -> None:
        """Decide."""
        number = len(self._rulings)
        self._rulings.append(ruling)
        for place in ruling.places:
            self._by_place.setdefault(place, []).append(number)
        if ruling.is_general:
            self._general.append(number)
            self._by_variant.clear()

    def pop(self) -> Ruling:
        """Take the last decision back and return it.

        Raises:
            IndexError: There is none.

        """
        ruling = self._rulings.pop()
        for place in ruling.places:
            numbers = self._by_place[place]
            numbers.pop()
            if not numbers:
                del self._by_place[place]
        if ruling.is_general:
            self._general.pop()
            self._by_variant.clear()
        return ruling

    def of_variant(self, variant: Variant) -> Ruling | None:
        """Return the ruling that counts for all repairs like ``variant`` of which none is about themselves."""
        number = self._number_of_variant(variant)
        return None if number == _NOBODY else self._rulings[number]

    def of_sort(self, kind: Kind, certainty: Certainty) -> Ruling | None:
        """Return the ruling that counts for repairs of this kind and certainty of which none says more."""
        for number in reversed(self._general):
            if self._rulings[number].describes_sort(kind, certainty):
                return self._rulings[number]
        return None

    def of(self, place: Place, variant: Variant) -> Ruling | None:
        """Return the ruling that counts for the repair at ``place``, which is like ``variant``; None if none does."""
        number = self._number(place, variant)
        return None if number == _NOBODY else self._rulings[number]

    def _number_of_variant(self, variant: Variant) -> int:
        if not self._general:
            return _NOBODY
        number = self._by_variant.get(variant)
        if number is None:
            found = (number for number in reversed(self._general) if self._rulings[number].describes(variant))
            number = self._by_variant[variant] = next(found, _NOBODY)
        return number

    def _number(self, place: Place, variant: Variant) -> int:
        numbers = self._by_place.get(place)
        return max(numbers[-1] if numbers else _NOBODY, self._number_of_variant(variant))

    def judged(self, paragraph: int, repairs: Sequence[Repair]) -> tuple[Repair, ...]:
        """Return the repairs of a paragraph as they are decided: carried out or not, with the reading chosen.

        Of two that overlap and are both accepted, the one that was decided about last is carried out; one that the
        reader accepted goes before one that the engine proposes.
        """
        if not self._rulings and not self.switched_off:
            return tuple(repairs)
        numbers = [self._number((paragraph, index), Variant.of(repair)) for index, repair in enumerate(repairs)]
        decided = [self._decided(repair, number) for repair, number in zip(repairs, numbers, strict=True)]
        return tuple(_without_overlap(decided, numbers))

    def _decided(self, repair: Repair, number: int) -> Repair:
        applied, reading = repair.applied, None
        if number != _NOBODY:
            ruling = self._rulings[number]
            if ruling.verdict is not Verdict.PROPOSED:
                # For what is lost nothing was proposed; only a reading of the reader's can be carried out.
                accepted = ruling.verdict is Verdict.ACCEPTED
                applied = accepted and (repair.certainty is not Certainty.LOST or ruling.reading is not None)
                reading = ruling.reading
        if repair.kind in self.switched_off:
            applied = False
        if applied is repair.applied and reading in (None, repair.after):
            return repair
        return replace(repair, applied=applied, after=repair.after if reading is None else reading)


def _without_overlap(repairs: list[Repair], numbers: list[int]) -> list[Repair]:
    end = 0
    for repair in repairs:
        if repair.applied:
            if repair.start < end:
                break
            end = repair.end
    else:
        return repairs
    kept: list[Repair] = []
    result = list(repairs)
    for index in sorted(range(len(repairs)), key=lambda index: (-numbers[index], index)):
        repair = repairs[index]
        if repair.applied:
            if any(repair.start < other.end and other.start < repair.end for other in kept):
                result[index] = replace(repair, applied=False)
            else:
                kept.append(repair)
    return result
