"""All repairs of a document by number, in the order of the text: where each stands, and what it is like.

A document may have millions. Of each only its row and the number of its variant are kept (8 bytes); the variants,
of which there are far fewer, are kept once. The repairs themselves are in :mod:`jiaokan_gui.repair_store`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiaokan.judgement import Place, Variant
from jiaokan.repair import Repair


@dataclass(frozen=True, slots=True)
class Entries:
    """Some repairs in order, as they are sent: for each its row and the index of its variant in ``variants``."""

    rows: array[int]
    indices: array[int]
    variants: tuple[Variant, ...]

    @classmethod
    def of(cls, repairs: Mapping[int, Sequence[Repair]]) -> Entries:
        """Return the entries of the repairs of some rows, which are in order."""
        rows, indices, numbers = array("I"), array("I"), dict[Variant, int]()
        for row, found in repairs.items():
            for repair in found:
                rows.append(row)
                indices.append(numbers.setdefault(Variant.of(repair), len(numbers)))
        return cls(rows, indices, tuple(numbers))


class RepairIndex:
    """The repairs of a document as far as they are known, by number."""

    def __init__(self) -> None:
        """Start without any."""
        self.rows: array[int] = array("I")
        """The row of each repair."""
        self.variant_numbers: array[int] = array("I")
        """The number of each repair's variant."""
        self.variants: list[Variant] = []
        """The variants, by number."""
        self.counts: list[int] = []
        """How many repairs there are of each variant, by number."""
        self._numbers: dict[Variant, int] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, entries: Entries) -> None:
        """Take the next repairs."""
        numbers = [self._number_of(variant) for variant in entries.variants]
        self.rows.extend(entries.rows)
        for index in entries.indices:
            number = numbers[index]
            self.variant_numbers.append(number)
            self.counts[number] += 1

    def _number_of(self, variant: Variant) -> int:
        number = self._numbers.setdefault(variant, len(self.variants))
        if number == len(self.variants):
            self.variants.append(variant)
            self.counts.append(0)
        return number

    def variant(self, number: int) -> Variant:
        """Return what the repair is like, as it was proposed."""
        return self.variants[self.variant_numbers[number]]

    def count(self, variant: Variant) -> int:
        """Return how many repairs are like ``variant``."""
        number = self._numbers.get(variant)
        return 0 if number is None else self.counts[number]

    def place(self, number: int) -> Place:
        """Return the row of a repair and its index among the repairs there."""
        row = self.rows[number]
        return row, number - bisect_left(self.rows, row, 0, number)

    def places(self, numbers: Iterable[int]) -> list[Place]:
        """Return the places of many repairs; fastest if they are in the order of the text."""
        found: list[Place] = []
        last, row, index = -1, -1, 0
        for number in numbers:
            if number == last + 1 and self.rows[number] == row:
                index += 1
            else:
                row, index = self.place(number)
            found.append((row, index))
            last = number
        return found

    def number(self, place: Place) -> int | None:
        """Return the number of the repair at ``place``; None if it is not known."""
        row, index = place
        number = bisect_left(self.rows, row) + index
        return number if number < len(self.rows) and self.rows[number] == row else None

    def first_from(self, row: int) -> int:
        """Return the number of the first repair at or after ``row``; how many there are if there is none."""
        return bisect_left(self.rows, row)
