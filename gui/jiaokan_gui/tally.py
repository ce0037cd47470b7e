"""How many repairs are carried out, as it is decided; kept up with every decision instead of counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jiaokan.judgement import Judgements, Place, Ruling, Variant, Verdict
from jiaokan.repair import Certainty, Kind

if TYPE_CHECKING:
    from jiaokan_gui.document import Document


class Tally:
    """Counts for one document."""

    def __init__(self, document: Document) -> None:
        """Count the repairs of ``document``."""
        self._document = document
        # What the rulings about single repairs change; None: to be counted.
        self._singly: Counter[tuple[Kind, Certainty]] | None = None

    def forget(self) -> None:
        """Count anew: something has changed that may concern every repair."""
        self._singly = None

    def leave(self, places: Iterable[Place]) -> None:
        """Take off what the rulings about these repairs themselves change: others are about to count."""
        if self._singly is not None:
            for place in places:
                if self._document.judgements.concerns(place):
                    self._add(self._singly, place, -1)

    def enter(self, places: Iterable[Place]) -> None:
        """Add what the rulings about these repairs themselves change."""
        if self._singly is not None:
            for place in places:
                if self._document.judgements.concerns(place):
                    self._add(self._singly, place, 1)

    def add_topmost(self, ruling: Ruling, sign: int) -> None:
        """Add (1) or take off (-1) what ``ruling``, the topmost, changes about the repairs that it names."""
        if self._singly is None:
            return
        judgements, index = self._document.judgements, self._document.index
        numbers = (index.number(place) for place in ruling.places)
        alike = Counter(index.variant_numbers[number] for number in numbers if number is not None)
        for variant_number, count in alike.items():
            variant = index.variants[variant_number]
            general = judgements.of_variant(variant)
            difference = applies(judgements, variant, ruling) - applies(judgements, variant, general)
            self._singly[variant.kind, variant.certainty] += sign * count * difference

    def _add(self, counts: Counter[tuple[Kind, Certainty]], place: Place, sign: int) -> None:
        """Add what the rulings about the repair at ``place`` itself change."""
        judgements, index = self._document.judgements, self._document.index
        number = index.number(place)
        if number is not None:
            variant = index.variant(number)
            own, general = judgements.of(place, variant), judgements.of_variant(variant)
            difference = applies(judgements, variant, own) - applies(judgements, variant, general)
            counts[variant.kind, variant.certainty] += sign * difference

    @property
    def carried_out(self) -> Counter[tuple[Kind, Certainty]]:
        """How many repairs of each kind and certainty are carried out.

        Linear in the number of kinds and of variants that decisions name. Where accepted repairs overlap, all of them
        count.
        """
        judgements, index = self._document.judgements, self._document.index
        rest = Counter(self._document.counts)
        result: Counter[tuple[Kind, Certainty]] = Counter()
        for variant in judgements.variants:
            number = index.count(variant)
            sort = (variant.kind, variant.certainty)
            rest[sort] -= number
            result[sort] += number * applies(judgements, variant, judgements.of_variant(variant))
        for (kind, certainty), number in rest.items():
            carried = applies(judgements, Variant(kind, certainty, "", ""), judgements.of_sort(kind, certainty))
            result[kind, certainty] += number * carried
        if self._singly is None:
            self._singly = Counter()
            for place in judgements.places:
                self._add(self._singly, place, 1)
        result.update(self._singly)
        return +result


def applies(judgements: Judgements, variant: Variant, ruling: Ruling | None) -> bool:
    """Return whether a repair like ``variant``, of which ``ruling`` counts, is carried out."""
    if variant.kind in judgements.switched_off:
        return False
    if ruling is None or ruling.verdict is Verdict.PROPOSED:
        return variant.certainty.applies
    return ruling.verdict is Verdict.ACCEPTED and (
        variant.certainty is not Certainty.LOST or ruling.reading is not None
    )
