"""From the corpus to the model's file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiaokan.language_model import FoldTable

from language_model_build import counting, open_gram, smoothing, storing
from language_model_build.corpora import Corpus, distinct_lines
from language_model_build.counting import Counts
from language_model_build.folding import KEPT, class_sizes, fold_pairs
from language_model_build.registries import fetch
from language_model_build.sources import OPEN_GRAM, SOURCES

# How many bigrams and trigrams the file holds: it is to stay below 9.9 MB.
SIZES = (600_000, 1_990_000)
# How often a hanzi outside GB2312 must occur in the texts to have statistics of its own.
_LEAST = 3
# Words of text that Open-Gram's probabilities stand for, and how much more a character of real text counts. Measured
# on news (no news in training) and manuals: from 4 to 12 the figures hardly differ, 1 is worse.
_OPEN_GRAM_WORDS = 5e7
_TEXT_WEIGHT = 8.0


def gb2312_hanzi() -> frozenset[str]:
    """Return the 6,763 hanzi of GB2312."""
    pairs = itertools.product(range(0xB0, 0xF8), range(0xA1, 0xFF))
    return frozenset(bytes(pair).decode("gb2312", "ignore") for pair in pairs) - {""}


def build(corpus: Corpus, cache: Path, output: Path, sizes: tuple[int, int] = SIZES) -> None:
    """Estimate the model from the corpus's training part and Open-Gram, and write it to ``output``."""
    pairs = fold_pairs()
    table = FoldTable(pairs)

    def lines() -> Iterator[str]:
        return (line.translate(table) for line in distinct_lines(corpus.training))

    hanzi = frozenset(character.translate(table) for character in gb2312_hanzi())
    kept = frozenset(character.translate(table) for character in KEPT)
    characters = counting.vocabulary(lines(), kept, hanzi, _LEAST)
    size = len(characters)
    trigrams = counting.trigrams(counting.indexed(lines(), characters))
    bigrams = counting.shortened(trigrams)
    text = smoothing.kneser_ney(Counts(counting.shortened(bigrams), bigrams, trigrams), size)
    program, data = (fetch(source, cache) for source in OPEN_GRAM)
    words = open_gram.expected_counts(program, data, characters, table, _OPEN_GRAM_WORDS)
    model = smoothing.mixed(text, smoothing.discounted(words, size), _TEXT_WEIGHT)
    arrays = storing.sections(smoothing.pruned(model, sizes), characters, class_sizes(), pairs)
    storing.write(output, arrays, description())


def description() -> dict[str, Any]:
    """Return what the file says of itself: the sources, and which of them were not trained on."""
    trained = [source for source in (*SOURCES, *OPEN_GRAM[1:]) if source.training]
    return {
        "licence": "CC BY-SA 3.0",
        "trained": [f"{source.package} ({source.genre}): {source.licence}" for source in trained],
        "held_out": [source.package for source in SOURCES if not source.training],
        "held_out_of_the_trained": "documents whose name's SHA-256 begins with a byte divisible by 20",
    }
