"""Turn texts into arrays of character indices, and these into counts of n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from jiaokan.language_model import BOUNDARY, CLASSES, RARE_HANZI, is_hanzi

Indices = npt.NDArray[np.int64]
Amounts = npt.NDArray[np.float64]

# Bits of one character's index in a packed n-gram.
BITS = 14
_MASK = (1 << BITS) - 1


@dataclass(frozen=True, slots=True)
class Grams:
    """Distinct n-grams, packed into integers and sorted, and how much of each there is."""

    keys: Indices
    amounts: Amounts

    @classmethod
    def counted(cls, keys: Indices, amounts: Amounts | None = None) -> Grams:
        """Add up the amounts (1 each by default) of equal ``keys``."""
        distinct, inverse = np.unique(keys, return_inverse=True)
        return cls(distinct, np.bincount(inverse, weights=amounts, minlength=len(distinct)).astype(np.float64))

    @property
    def contexts(self) -> Indices:
        """All but the last character of each n-gram."""
        return self.keys >> BITS

    @property
    def last(self) -> Indices:
        """The last character of each n-gram."""
        return self.keys & _MASK


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of n-grams of one, two and three characters."""

    unigrams: Grams
    bigrams: Grams
    trigrams: Grams


def index_table(characters: list[str]) -> Indices:
    """Return the index of every code point."""
    table = np.full(0x110000, RARE_HANZI, dtype=np.int64)
    table[[ord(character) for character in characters]] = np.arange(len(characters))
    return table


def vocabulary(lines: Iterable[str], kept: frozenset[str], hanzi: frozenset[str], least: int) -> list[str]:
    """Return the model's characters: the boundary, the sign for rare hanzi, then by code point.

    Args:
        lines: Folded text.
        kept: Characters that are no hanzi and stand for themselves.
        hanzi: Hanzi that are listed whether they occur or not.
        least: How often another hanzi must occur to be listed.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line)
    common = {character for character, count in counts.items() if count >= least and is_hanzi(ord(character))}
    listed = sorted((common | hanzi | kept | CLASSES) - {BOUNDARY})
    characters = [BOUNDARY, "\ufdd0", *listed]
    assert characters.index("\ufdd0") == RARE_HANZI and len(characters) <= _MASK
    return characters


def indexed(lines: Iterable[str], characters: list[str]) -> Indices:
    """Return the indices of the characters of folded ``lines``, each line after two boundaries."""
    joined = "".join(2 * BOUNDARY + line for line in lines) + 2 * BOUNDARY
    return index_table(characters)[np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)]


def trigrams(indices: Indices) -> Grams:
    """Count the trigrams of :func:`indexed` text; the second boundary of a pair is never predicted."""
    first, second, last = indices[:-2], indices[1:-1], indices[2:]
    predicted = ~((second == 0) & (last == 0))
    return Grams.counted(((first << 2 * BITS) | (second << BITS) | last)[predicted])


def shortened(grams: Grams) -> Grams:
    """Return the counts of the n-grams without their first characters."""
    order = 3 if grams.keys.max(initial=0) >> 2 * BITS else 2
    return Grams.counted(grams.keys & ((1 << (order - 1) * BITS) - 1), grams.amounts)


def continuations(grams: Grams, raw: Grams) -> Grams:
    """Return, for each shorter n-gram of ``raw``, before how many different characters it stands (Kneser and Ney).

    N-grams that start a line have one predecessor only, the boundary: they keep their counts.
    """
    ones = shortened(Grams(grams.keys, np.ones_like(grams.amounts)))
    assert np.array_equal(ones.keys, raw.keys)
    first = ones.keys >> BITS
    return Grams(ones.keys, np.where((first == 0) & (ones.keys > _MASK), raw.amounts, ones.amounts))
