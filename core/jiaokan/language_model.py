"""How likely Chinese text is: character trigrams with back-off, over *folded* text.

The model decides which character was lost, which of several decodings of a file is Chinese, and whether a re-decoded
span makes sense. It is one read-only file that is mapped into memory, not parsed; :func:`fold` makes one model serve
both scripts. All probabilities are natural logarithms.

Estimation and the layout of the file are described where the file is written (``language_model_build``).
"""

from __future__ import annotations

import json
import math
import mmap
import sys
import unicodedata
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import jiaokan_resources

from jiaokan.paragraphs import paragraphs

MAGIC = b"JIAOKAN-NGRAMS-1"
FILE_NAME = "language_model.bin"
# A paragraph's start and end, as a character of the model.
BOUNDARY = "\n"
# Every hanzi that the model has no statistics for.
RARE_HANZI = 1
# Contexts per entry of the trigrams' coarse offsets; the fine ones are 16 bits, relative to these.
OFFSET_BLOCK = 64


def is_hanzi(code: int) -> bool:
    """Return whether the code point is an ideograph (unified, any extension, or 〇)."""
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x3FFFF or code == 0x3007


# Script, as it begins the names of the Unicode character database, → the character that stands for all its letters.
_SCRIPT_CLASSES = {
    "LATIN": "é",
    "CYRILLIC": "я",
    "GREEK": "α",
    "HIRAGANA": "の",
    "KATAKANA": "ア",
    "HALFWIDTH KATAKANA": "ア",
    "HANGUL": "한",
    "BOPOMOFO": "ㄅ",
}
_OTHER_LETTER, _NUMERAL, _FRAME, _SYMBOL, _PUNCTUATION, _MARK = "ا", "①", "│", "¤", "※", "\u0301"
# General category → class, for what is no letter; the noncharacters stand for what has no character of its own.
_CATEGORY_CLASSES = {
    "Cc": "\x01",
    "Cf": "\u200b",
    "Co": "\ue000",
    "Cn": "\uffff",
    "Cs": "\ufffe",
    "Zs": " ",
    "Zl": "\x01",
    "Zp": "\x01",
    "Nd": "0",
    "Nl": _NUMERAL,
    "No": _NUMERAL,
}
CLASSES = frozenset(
    {
        "a",
        *_SCRIPT_CLASSES.values(),
        *_CATEGORY_CLASSES.values(),
        _OTHER_LETTER,
        _NUMERAL,
        _FRAME,
        _SYMBOL,
        _PUNCTUATION,
        _MARK,
    }
)


def class_of(code: int) -> int:
    """Return the code point that stands for ``code``'s class; hanzi and these signs stand for themselves."""
    character = chr(code)
    if is_hanzi(code) or character in CLASSES:
        return code
    if 0xFF01 <= code <= 0xFF5E:
        return class_of(code - 0xFEE0)
    if character in "\r\n":
        return ord(BOUNDARY)
    if character in "\t\ufffd":
        return 0x20 if character == "\t" else code
    if character.isascii() and character.isalpha():
        return ord("a")
    if 0x2500 <= code <= 0x259F:
        return ord(_FRAME)
    category = unicodedata.category(character)
    if category in _CATEGORY_CLASSES:
        return ord(_CATEGORY_CLASSES[category])
    if category[0] == "L":
        return _class_of_letter(character)
    return ord({"P": _PUNCTUATION, "M": _MARK}.get(category[0], _SYMBOL))


def _class_of_letter(character: str) -> int:
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1 and is_hanzi(ord(compatible)):
        return ord(compatible)
    name = unicodedata.name(character, "")
    return ord(next((sign for script, sign in _SCRIPT_CLASSES.items() if name.startswith(script)), _OTHER_LETTER))


class FoldTable(dict[int, int]):
    """The mapping for ``str.translate``: the listed characters, and every other one by its class."""

    _LARGEST = 1 << 16

    def __missing__(self, code: int) -> int:
        sign = class_of(code)
        sign = self[sign] if sign != code and sign in self else sign
        if len(self) < self._LARGEST:
            self[code] = sign
        return sign


class ContextModel(ABC):
    """A probability of each character given the two before it."""

    @abstractmethod
    def fold(self, text: str) -> str:
        """Return ``text`` folded; as many code points as before."""

    @abstractmethod
    def conditional(self, first: str, second: str, character: str) -> float:
        """Return ln P(character | first second); all three single folded characters."""

    def score(self, text: str, before: str = "", after: str = "") -> float:
        """Return ln P of ``text`` where it stands between ``before`` and ``after``.

        Args:
            text: Any text; it is folded here.
            before: What precedes; the last two characters count. Empty (or one character): the line starts there.
            after: What follows; how likely its first two characters are after ``text`` counts too. Empty (or one
                character): the line ends there.

        """
        lead = self.fold((2 * BOUNDARY + before[-2:])[-2:])
        tail = self.fold((after[:2] + BOUNDARY)[:2]) if after else BOUNDARY
        return math.fsum(self._conditionals(lead + self.fold(text) + tail))

    def per_character(self, text: str) -> list[float]:
        """Return ln P of every code point of ``text``, which starts a line, given the two before it."""
        return self._conditionals(2 * BOUNDARY + self.fold(text))

    def _conditionals(self, folded: str) -> list[float]:
        return list(map(self.conditional, folded, folded[1:], folded[2:]))


class LanguageModel(ContextModel):
    """The general model, from its file. Use :meth:`load`; pickling passes the path only."""

    def __init__(self, file: Path) -> None:
        """Map ``file`` into memory.

        Raises:
            OSError: It cannot be read.
            ValueError: It is no model of this format, or this machine is big-endian.

        """
        if sys.byteorder != "little":
            raise ValueError("the language model's file is little-endian, this machine is not")
        self._file = file
        with file.open("rb") as stream:
            data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{file} is not a language model of the format {MAGIC.decode()}")
        start = len(MAGIC) + 4
        length = int.from_bytes(data[start - 4 : start], "little")
        header: dict[str, Any] = json.loads(bytes(data[start : start + length]))
        self.description: dict[str, Any] = header["description"]

        def section(name: str) -> memoryview:
            kind, offset, size = header["sections"][name]
            return data[offset : offset + size].cast("B").cast(kind)

        self._fold_table = FoldTable(zip(section("fold_from"), section("fold_to"), strict=True))
        self._characters = section("characters").tolist()
        self._ids = {chr(code): index for index, code in enumerate(self._characters)}
        self._class_sizes = section("class_sizes").tolist()
        self._unigram = section("unigram").tolist()
        self._unigram_backoff = section("unigram_backoff").tolist()
        self._bigram_start = section("bigram_start").tolist()
        self._bigram_character, self._bigram, self._bigram_backoff = map(
            section, ("bigram_character", "bigram", "bigram_backoff")
        )
        self._trigram_base, self._trigram_offset = section("trigram_base"), section("trigram_offset")
        self._trigram_character, self._trigram = section("trigram_character"), section("trigram")
        self._bigram_values = section("bigram_values").tolist()
        self._backoff_values = section("backoff_values").tolist()
        self._trigram_values = section("trigram_values").tolist()
        self._look_up = lru_cache(maxsize=1 << 16)(self._find)

    @classmethod
    def load(cls, path: Path | None = None) -> LanguageModel:
        """Return the model of the file ``path``, by default the one that comes with the program; read once."""
        return _loaded(path or _packaged())

    def __reduce__(self) -> tuple[Any, ...]:
        return _loaded, (self._file,)

    @property
    def vocabulary(self) -> list[str]:
        """The characters that the model knows; index 1 stands for all other hanzi."""
        return [chr(code) for code in self._characters]

    def unigram(self, character: str) -> float:
        """Return ln P(character) of one folded character, whatever stands before it."""
        index = self._ids.get(character, RARE_HANZI)
        return float(self._unigram[index] - self._class_sizes[index])

    def followers(self, character: str) -> tuple[str, ...]:
        """Return the folded characters that the model has seen behind the folded ``character``, likeliest first."""
        index = self._ids.get(character, RARE_HANZI)
        start, end = self._bigram_start[index], self._bigram_start[index + 1]
        values = [self._bigram_values[number] for number in self._bigram[start:end]]
        ranked = sorted(range(end - start), key=lambda place: -values[place])
        return tuple(chr(self._characters[self._bigram_character[start + place]]) for place in ranked)

    def knows(self, character: str) -> bool:
        """Return whether the folded ``character`` has statistics of its own, or is the sign of a class."""
        return character in self._ids

    def class_size(self, character: str) -> float:
        """Return ln of how many characters share the folded ``character``'s statistics (0 for most)."""
        return float(self._class_sizes[self._ids.get(character, RARE_HANZI)])

    def fold(self, text: str) -> str:
        """Return ``text`` folded; see :func:`fold`."""
        return text.translate(self._fold_table)

    def conditional(self, first: str, second: str, character: str) -> float:
        """Return ln P(character | first second); all three single folded characters."""
        identify = self._ids.get
        return self._look_up(identify(first, RARE_HANZI), identify(second, RARE_HANZI), identify(character, RARE_HANZI))

    def _find(self, first: int, second: int, character: int) -> float:
        """Look a trigram up, else back off to the bigram and the unigram; arguments are indices of characters."""
        penalty: float = self._class_sizes[character]
        backoff = 0.0
        start, end = self._bigram_start[first], self._bigram_start[first + 1]
        context = bisect_left(self._bigram_character, second, start, end)
        if context < end and self._bigram_character[context] == second:
            start, end = self._trigrams_of(context), self._trigrams_of(context + 1)
            index = bisect_left(self._trigram_character, character, start, end)
            if index < end and self._trigram_character[index] == character:
                return float(self._trigram_values[self._trigram[index]] - penalty)
            backoff = self._backoff_values[self._bigram_backoff[context]]
        start, end = self._bigram_start[second], self._bigram_start[second + 1]
        index = bisect_left(self._bigram_character, character, start, end)
        if index < end and self._bigram_character[index] == character:
            return float(backoff + self._bigram_values[self._bigram[index]] - penalty)
        return float(backoff + self._unigram_backoff[second] + self._unigram[character] - penalty)

    def _trigrams_of(self, context: int) -> int:
        return int(self._trigram_base[context // OFFSET_BLOCK]) + int(self._trigram_offset[context])


@cache
def _packaged() -> Path:
    return jiaokan_resources.path(FILE_NAME)


@cache
def _loaded(path: Path) -> LanguageModel:
    return LanguageModel(path)


def fold(text: str) -> str:
    """Return ``text`` as the model sees it: one code point for each code point.

    Traditional characters become their Simplified form, half-width punctuation full-width, corner brackets quotation
    marks, letters ``a``, digits ``0``, spaces one space, line ends :data:`BOUNDARY`, and the characters of other
    scripts and the rare ones the character that stands for their class.
    """
    return LanguageModel.load().fold(text)


# Code points: long documents are sampled in pieces of this length; shorter ones than the second keep every trigram.
_PIECE = 2_000
_SHORT_DOCUMENT = 100_000


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """A document's own folded n-grams (picklable).

    Attributes:
        pairs: How often each pair of characters occurs.
        triples: How often each three characters occur in a row.
        followers: For each context of one or two characters: how often it occurs, and how many different characters
            follow it.
    """

    pairs: dict[str, int]
    triples: dict[str, int]
    followers: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, text: str, limit: int = 300_000) -> DocumentCounts:
        """Count the n-grams of ``text``, of at most about ``limit`` code points, taken evenly from all of it."""
        pairs: Counter[str] = Counter()
        triples: Counter[str] = Counter()
        for paragraph in _sampled(text, limit):
            line = 2 * BOUNDARY + fold(paragraph) + BOUNDARY
            pairs.update(map("".join, pairwise(line[1:])))
            triples.update(map("".join, zip(line, line[1:], line[2:], strict=False)))
        followers = _followers(triples)
        # What stands only once in a long document weighs little there and fills most of the memory.
        if min(len(text), limit) > _SHORT_DOCUMENT:
            triples = Counter({gram: count for gram, count in triples.items() if count > 1})
            followers = {context: found for context, found in followers.items() if found[0] > found[1]}
        return cls(dict(pairs), dict(triples), followers | _followers(pairs))


def _sampled(text: str, limit: int) -> Iterator[str]:
    if len(text) <= limit:
        yield from (paragraph for _, paragraph in paragraphs(text))
        return
    pieces = max(1, limit // _PIECE)
    for number in range(pieces):
        start = number * len(text) // pieces
        yield from (paragraph for _, paragraph in paragraphs(text[start : start + _PIECE]))


def _followers(grams: Counter[str]) -> dict[str, tuple[int, int]]:
    total: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for gram, count in grams.items():
        total[gram[:-1]] += count
        different[gram[:-1]] += 1
    return {context: (total[context], different[context]) for context in total}


class MixedModel(ContextModel):
    """The general model and a document's own counts, which weigh the more the more of them there are.

    For each order, the document's relative frequency is mixed in with the weight seen / (seen + doubt · different
    followers), at most the cap (Witten and Bell's estimate, scaled).
    """

    # For pairs and triples; measured on held-out news and manuals (neither kind in training), where the optimum is flat.
    DOUBT = (8.0, 2.0)
    CAP = (0.5, 0.7)

    def __init__(self, model: LanguageModel, counts: DocumentCounts) -> None:
        """Combine ``model`` and ``counts``."""
        self._model = model
        self._counts = counts
        self._mix = lru_cache(maxsize=1 << 16)(self._mixed)

    def __reduce__(self) -> tuple[Any, ...]:
        return MixedModel, (self._model, self._counts)

    def fold(self, text: str) -> str:
        """Return ``text`` folded; see :func:`fold`."""
        return self._model.fold(text)

    def conditional(self, first: str, second: str, character: str) -> float:
        """Return ln P(character | first second); all three single folded characters."""
        return self._mix(first, second, character, 0)

    def conditional_elsewhere(self, first: str, second: str, character: str) -> float:
        """Return ln P(character | first second) by the rest of the document: without this one occurrence."""
        return self._mix(first, second, character, 1)

    def _mixed(self, first: str, second: str, character: str, own: int) -> float:
        probability = math.exp(self._model.conditional(first, second, character))
        # A document's counts are of the folded characters: of a class, or of the very hanzi, be it ever so rare.
        share = math.exp(-self._model.class_size(character)) if self._model.knows(character) else 1.0
        orders = ((second, self._counts.pairs), (first + second, self._counts.triples))
        for (context, grams), doubt, cap in zip(orders, self.DOUBT, self.CAP, strict=True):
            seen, different = self._counts.followers.get(context, (0, 0))
            count = grams.get(context + character, 0)
            if own and count:
                count, seen, different = count - 1, seen - 1, different - (count == 1)
            if seen:
                weight = min(cap, seen / (seen + doubt * different))
                probability += weight * (share * count / seen - probability)
        return math.log(probability)
