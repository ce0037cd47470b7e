"""Expected counts of character n-grams from Open-Gram, a word trigram model of modern Chinese (Debian's sunpinyin-data).

Open-Gram knows the punctuation ，。；？！：“”、… as words. Only n-grams that it lists are counted; what it leaves to its
back-off is missing from the counts, and is seen to be missing since the counts of their contexts are whole.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jiaokan.language_model import FoldTable, is_hanzi

from language_model_build.counting import BITS, Amounts, Counts, Grams, Indices, index_table

# Where the words begin in pydict_sc.bin: the third number of its header; they are UTF-32, each ended by a zero.
_POOL_FIELD = slice(8, 12)


def words(data: Path) -> list[str]:
    """Return Open-Gram's words by number; empty where a number is no word."""
    content = (data / "pydict_sc.bin").read_bytes()
    return content[int.from_bytes(content[_POOL_FIELD], "little") :].decode("utf-32-le").split("\0")


def listed(program: Path, data: Path) -> Iterator[tuple[Indices, Amounts]]:
    """Yield, for each order, the n-grams of words (one row each) and their conditional probabilities."""
    command = [str(program), "-v", "-p", str(data / "lm_sc.t3g")]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    _, *orders = output.split("-gram\\")[1:]
    for order, section in enumerate(orders, 1):
        lines = section.splitlines()[1:]
        rows = [line.split(None, order + 1)[: order + 1] for line in lines if line[:1] == " "]
        table = np.array(rows, dtype=np.float64)
        yield table[:, :order].astype(np.int64), table[:, order]


def expected_counts(utilities: Path, package: Path, characters: list[str], fold: FoldTable, size: float) -> Counts:
    """Return what ``size`` words of text would hold on average.

    Args:
        utilities: Debian's sunpinyin-utils, unpacked.
        package: Debian's sunpinyin-data, unpacked.
        characters: The model's characters.
        fold: Folds the words.
        size: In words.
    """
    table = index_table(characters)
    program = utilities / "usr" / "bin" / "tslminfo"
    data = next(package.glob("usr/lib/*/sunpinyin/data"))
    spelling = [tuple(table[[ord(sign) for sign in word.translate(fold)]]) for word in words(data)]
    (single, pairs, triples) = listed(program, data)
    unigram = np.zeros(len(spelling))
    unigram[single[0][:, 0]] = single[1] * size
    # Number 0 is what lies outside the dictionary.
    unigram[0] = 0
    unigram[[not word for word in spelling]] = 0
    together = unigram[pairs[0][:, 0]] * pairs[1]
    together[[not spelling[word] for word in pairs[0][:, 1]]] = 0
    pair_keys = (pairs[0][:, 0] << 20) | pairs[0][:, 1]
    place = np.searchsorted(pair_keys, (triples[0][:, 0] << 20) | triples[0][:, 1])
    found = pair_keys[np.minimum(place, len(pair_keys) - 1)] == (triples[0][:, 0] << 20) | triples[0][:, 1]
    all_three = np.where(found, together[np.minimum(place, len(pair_keys) - 1)] * triples[1], 0)
    hanzi = frozenset(index for index, sign in enumerate(characters) if is_hanzi(ord(sign)))
    return _spelled(spelling, unigram, (pairs[0], together), (triples[0], all_three), hanzi)


def _spelled(
    spelling: list[tuple[int, ...]],
    unigram: Amounts,
    pairs: tuple[Indices, Amounts],
    triples: tuple[Indices, Amounts],
    hanzi: frozenset[int],
) -> Counts:
    """Spell the n-grams of words out as n-grams of characters.

    What follows punctuation is left out: there Open-Gram is poor (it has hardly any closing quotation marks).
    """
    grams: tuple[list[tuple[int, float]], ...] = ([], [], [])

    def add(sequence: tuple[int, ...], amount: float) -> None:
        if not hanzi.issuperset(sequence[:-1]):
            return
        key = 0
        for index in sequence:
            key = key << BITS | index
        grams[len(sequence) - 1].append((key, amount))

    for word, amount in zip(spelling, unigram.tolist(), strict=True):
        if amount:
            for order in (1, 2, 3):
                for start in range(len(word) - order + 1):
                    add(word[start : start + order], amount)
    for (left, right), amount in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True):
        first, second = spelling[left], spelling[right]
        if amount and first and second:
            add((first[-1], second[0]), amount)
            if len(first) > 1:
                add((*first[-2:], second[0]), amount)
            if len(second) > 1:
                add((first[-1], *second[:2]), amount)
    for (left, middle, right), amount in zip(triples[0].tolist(), triples[1].tolist(), strict=True):
        if amount and len(spelling[middle]) == 1 and spelling[left] and spelling[right]:
            add((spelling[left][-1], *spelling[middle], spelling[right][0]), amount)
    return Counts(*(_summed(part) for part in grams))


def _summed(part: list[tuple[int, float]]) -> Grams:
    keys, amounts = zip(*part, strict=True)
    return Grams.counted(np.array(keys, np.int64), np.array(amounts))
