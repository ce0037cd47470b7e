"""Estimate the probabilities: interpolated modified Kneser-Ney, mixing of two models, pruning by relative entropy.

Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1999); Stolcke, "Entropy-based
pruning of backoff language models" (1998).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from language_model_build.counting import BITS, Amounts, Counts, Grams, Indices, continuations

_LAST = (1 << BITS) - 1
_LAST_TWO = (1 << 2 * BITS) - 1


@dataclass(frozen=True, slots=True)
class Table:
    """The conditional probabilities of listed n-grams, of two characters or of three.

    Attributes:
        keys: The n-grams, sorted.
        probabilities: Of the last character after the others.
        contexts: The contexts there are, sorted.
        weights: By context: how much text the probabilities rest on.
        backoff: By context: by what the next lower order is multiplied for followers that are not listed.
    """

    keys: Indices
    probabilities: Amounts
    contexts: Indices
    weights: Amounts
    backoff: Amounts

    @classmethod
    def of(cls, grams: Grams, probabilities: Amounts, lower: Amounts, weights: Amounts | None = None) -> Table:
        """Put ``grams`` with their ``probabilities`` and the next lower order's into a table."""
        contexts, place = np.unique(grams.contexts, return_inverse=True)
        amounts = np.bincount(place, weights=grams.amounts).astype(np.float64) if weights is None else weights
        return cls(grams.keys, probabilities, contexts, amounts, _left(place, probabilities, lower))

    def context_values(self, values: Amounts, contexts: Indices, default: float) -> Amounts:
        """Return the ``values`` (by context) of ``contexts``, ``default`` for those that are not there."""
        return _found(self.contexts, values, contexts, np.full(len(contexts), default))

    def look_up(self, keys: Indices, lower: Amounts) -> Amounts:
        """Return the probabilities of ``keys``; ``lower`` holds the next lower order's."""
        backed_off = self.context_values(self.backoff, keys >> BITS, 1.0) * lower
        return _found(self.keys, self.probabilities, keys, backed_off)


def _found(known: Indices, values: Amounts, wanted: Indices, otherwise: Amounts) -> Amounts:
    if not len(known):
        return otherwise
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[place] == wanted, values[place], otherwise)


def _left(place: Indices, listed: Amounts, lower: Amounts) -> Amounts:
    """Return by context what the listed followers leave, in the order itself over in the next lower one."""
    left = np.maximum(1 - np.bincount(place, weights=listed), 1e-6)
    return left / np.maximum(1 - np.bincount(place, weights=lower), 1e-6)


@dataclass(frozen=True, slots=True)
class Model:
    """A back-off model that has not been pruned: of each character, after one and after two."""

    unigram: Amounts
    bigrams: Table
    trigrams: Table

    def bigram(self, keys: Indices) -> Amounts:
        """Return the probabilities of bigrams."""
        return self.bigrams.look_up(keys, self.unigram[keys & _LAST])

    def trigram(self, keys: Indices) -> Amounts:
        """Return the probabilities of trigrams."""
        return self.trigrams.look_up(keys, self.bigram(keys & _LAST_TWO))


def discounts(amounts: Amounts) -> Amounts:
    """Return what is taken off n-grams seen 0 times, once, twice, and more often."""
    seen = [max(1, int(np.count_nonzero(np.rint(amounts) == count))) for count in (1, 2, 3, 4)]
    share = seen[0] / (seen[0] + 2 * seen[1])
    return np.array([0.0] + [max(0.1, n - (n + 1) * share * seen[n] / seen[n - 1]) for n in (1, 2, 3)])


def _interpolated(grams: Grams, lower: Amounts, taken: Amounts, totals: Amounts | None = None) -> Amounts:
    """Return the probabilities of ``grams``: ``taken`` is what the next lower order (``lower``) gets of their counts.

    ``totals`` says, by n-gram, how often its context occurs; by default this is the sum of the context's n-grams.
    """
    _, place = np.unique(grams.contexts, return_inverse=True)
    listed = np.bincount(place, weights=grams.amounts)[place]
    total = listed if totals is None else np.maximum(totals, listed)
    freed = total - listed + np.bincount(place, weights=taken)[place]
    return (grams.amounts - taken + freed * lower) / total


def _unigram(unigrams: Grams, size: int) -> Amounts:
    amounts = np.zeros(size)
    amounts[unigrams.keys] = unigrams.amounts
    # A half for every character: what was never seen is possible.
    amounts += 0.5
    return amounts / float(amounts.sum())


def kneser_ney(counts: Counts, size: int) -> Model:
    """Return the model of counted text with ``size`` characters."""
    bigrams = continuations(counts.trigrams, counts.bigrams)
    unigram = _unigram(continuations(bigrams, counts.unigrams), size)

    def taken(grams: Grams) -> Amounts:
        by_count = discounts(grams.amounts)
        return by_count[np.clip(np.rint(grams.amounts), 0, 3).astype(np.int64)]

    lower = unigram[bigrams.last]
    bigram = _interpolated(bigrams, lower, taken(bigrams))
    place = np.unique(bigrams.contexts, return_inverse=True)[1]
    weights = np.bincount(place, weights=counts.bigrams.amounts).astype(np.float64)
    table = Table.of(bigrams, bigram, lower, weights)
    shorter = table.look_up(counts.trigrams.keys & _LAST_TWO, np.zeros(len(counts.trigrams.keys)))
    trigram = _interpolated(counts.trigrams, shorter, taken(counts.trigrams))
    return Model(unigram, table, Table.of(counts.trigrams, trigram, shorter))


def discounted(counts: Counts, size: int) -> Model:
    """Return the model of expected counts with ``size`` characters: absolute discounting, at most a half."""
    unigram = _unigram(counts.unigrams, size)
    occurrences = np.zeros(size)
    occurrences[counts.unigrams.keys] = counts.unigrams.amounts
    lower = unigram[counts.bigrams.last]
    totals = occurrences[counts.bigrams.contexts]
    bigram = _interpolated(counts.bigrams, lower, np.minimum(counts.bigrams.amounts / 2, 0.5), totals)
    table = Table.of(counts.bigrams, bigram, lower, occurrences[np.unique(counts.bigrams.contexts)])
    shorter = table.look_up(counts.trigrams.keys & _LAST_TWO, unigram[counts.trigrams.last])
    contexts, none = counts.trigrams.contexts, np.zeros(len(counts.trigrams.keys))
    totals = _found(counts.bigrams.keys, counts.bigrams.amounts, contexts, none)
    trigram = _interpolated(counts.trigrams, shorter, np.minimum(counts.trigrams.amounts / 2, 0.5), totals)
    return Model(unigram, table, Table.of(counts.trigrams, trigram, shorter))


def mixed(first: Model, second: Model, weight: float) -> Model:
    """Mix two models, each context by how much text either has of it; ``first``'s text counts ``weight`` times."""
    share = weight * first.bigrams.weights.sum()
    share /= share + second.bigrams.weights.sum()
    unigram = share * first.unigram + (1 - share) * second.unigram
    keys = np.union1d(first.bigrams.keys, second.bigrams.keys)
    bigrams = _mixed_table(
        first.bigrams, second.bigrams, weight, keys, (first.bigram(keys), second.bigram(keys)), unigram[keys & _LAST]
    )
    keys = np.union1d(first.trigrams.keys, second.trigrams.keys)
    lower = bigrams.look_up(keys & _LAST_TWO, unigram[keys & _LAST])
    trigrams = _mixed_table(
        first.trigrams, second.trigrams, weight, keys, (first.trigram(keys), second.trigram(keys)), lower
    )
    return Model(unigram, bigrams, trigrams)


def _mixed_table(
    first: Table, second: Table, weight: float, keys: Indices, probabilities: tuple[Amounts, Amounts], lower: Amounts
) -> Table:
    contexts, place = np.unique(keys >> BITS, return_inverse=True)
    one = weight * first.context_values(first.weights, contexts, 0.0)
    other = second.context_values(second.weights, contexts, 0.0)
    share = (one / (one + other))[place]
    mixture = share * probabilities[0] + (1 - share) * probabilities[1]
    return Table(keys, mixture, contexts, one + other, _left(place, mixture, lower))


@dataclass(frozen=True, slots=True)
class Tables:
    """A pruned back-off model: natural logarithms of probabilities and of back-off weights.

    ``bigram_backoff`` belongs to the bigrams as contexts of trigrams; all keys are sorted.
    """

    unigram: Amounts
    unigram_backoff: Amounts
    bigram_keys: Indices
    bigram: Amounts
    bigram_backoff: Amounts
    trigram_keys: Indices
    trigram: Amounts


def pruned(model: Model, sizes: tuple[int, int]) -> Tables:
    """Keep the n-grams whose loss would change the model most: ``sizes`` bigrams and trigrams.

    The bigrams that are contexts of trigrams are always kept, even if these are more.
    """
    lower = model.bigram(model.trigrams.keys & _LAST_TWO)
    best = _best(model.trigrams, lower, sizes[1])
    trigram_keys, trigram = model.trigrams.keys[best], model.trigrams.probabilities[best]

    needed = np.isin(model.bigrams.keys, trigram_keys >> BITS)
    best = _best(model.bigrams, model.unigram[model.bigrams.keys & _LAST], sizes[0], needed)
    keys, bigram = model.bigrams.keys[best], model.bigrams.probabilities[best]
    size = np.arange(len(model.unigram))
    table = _table(keys, bigram, model.unigram[keys & _LAST])
    unigram_backoff = table.context_values(table.backoff, size, 1.0)
    lower = table.look_up(trigram_keys & _LAST_TWO, model.unigram[trigram_keys & _LAST])
    upper = _table(trigram_keys, trigram, lower)
    backoff = upper.context_values(upper.backoff, keys, 1.0)
    return Tables(
        np.log(model.unigram),
        np.log(unigram_backoff),
        keys,
        np.log(bigram),
        np.log(backoff),
        trigram_keys,
        np.log(trigram),
    )


def _table(keys: Indices, probabilities: Amounts, lower: Amounts) -> Table:
    return Table.of(Grams(keys, np.ones(len(keys))), probabilities, lower)


def _best(table: Table, lower: Amounts, amount: int, needed: npt.NDArray[np.bool_] | None = None) -> Indices:
    """Return the places of the ``amount`` n-grams that matter most, in order, the ``needed`` ones among them."""
    contexts = table.keys >> BITS
    often = table.context_values(table.weights, contexts, 0.0) * table.probabilities
    backed_off = table.context_values(table.backoff, contexts, 1.0) * lower
    worth = often * np.abs(np.log(table.probabilities / backed_off))
    if needed is not None:
        worth[needed] = np.inf
        amount = max(amount, int(np.count_nonzero(needed)))
    return np.sort(np.argsort(-worth, kind="stable")[:amount])
