"""Which characters some bytes spell in the charset that a text was written in, where some of the bytes are not known."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jiaokan.damage.mojibake.byte_graph import Lost, Symbol
from jiaokan.damage.mojibake.charsets import UTF_8, UTF_16_BE, UTF_16_LE, Charset
from jiaokan.doublebyte import big5, gbk
from jiaokan.language_model import LanguageModel

# Characters rarer than this (ln P) are not guessed at, and of those that fit at most so many are tried.
_RAREST = -13.5
_MOST = 48
_NO_TEXT = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff]")

Pattern = tuple[Symbol, ...]


class Spelling:
    """The bytes of the characters of one charset."""

    def __init__(self, charset: Charset) -> None:
        """Take the charset that was written in."""
        self._charset = charset
        self._table = _by_known_bytes(charset)
        self.fitting = lru_cache(maxsize=1 << 14)(self._fitting)
        self.lengths = lru_cache(maxsize=1 << 10)(self._lengths)

    def _lengths(self, first: Symbol) -> tuple[int, ...]:
        """Return how many bytes a character can have that begins with this one."""
        if self._charset in (UTF_16_LE, UTF_16_BE):
            return (2,)
        found = {
            _length(byte, utf_8=self._charset is UTF_8) for byte in ((first,) if isinstance(first, int) else first)
        }
        return tuple(sorted(found - {0}))

    def _fitting(self, pattern: Pattern) -> tuple[str, ...]:
        """Return the characters that the bytes spell; where some are lost, those that are not very rare, likeliest first."""
        known = tuple(symbol if isinstance(symbol, int) else None for symbol in pattern)
        if None not in known:
            character = self._charset.decode(bytes(symbol for symbol in known if symbol is not None))
            return (character,) if character and len(character) == 1 and not _NO_TEXT.match(character) else ()
        if len(pattern) == 1 and isinstance(pattern[0], frozenset):
            return tuple(chr(byte) for byte in sorted(pattern[0]) if 0x20 <= byte < 0x7F)
        found = (
            character
            for character, data in self._table.get(known, ())
            if all(_allows(symbol, byte) for symbol, byte in zip(pattern, data, strict=True))
        )
        return tuple(character for character, _ in zip(found, range(_MOST), strict=False))


def _allows(symbol: int | Lost, byte: int) -> bool:
    return isinstance(symbol, int) or byte in symbol


def _length(byte: int, *, utf_8: bool) -> int:
    """Return how many bytes a character has that begins with ``byte``; 0 if none does."""
    if byte < 0x80:
        return 1
    if not utf_8:
        return 2 if 0x81 <= byte <= 0xFE else 0
    return 2 if 0xC2 <= byte <= 0xDF else 3 if 0xE0 <= byte <= 0xEF else 4 if 0xF0 <= byte <= 0xF4 else 0


@cache
def spelling(charset: Charset) -> Spelling:
    """Return the spelling of a charset, made once."""
    return Spelling(charset)


@cache
def _guessed() -> tuple[str, ...]:
    """Return the characters that are guessed at, likeliest first."""
    model = LanguageModel.load()
    every = dict.fromkeys([*gbk().pairs, *big5().pairs])
    likelihood = {character: model.unigram(model.fold(character)) for character in every}
    return tuple(sorted((c for c in every if likelihood[c] > _RAREST), key=lambda c: -likelihood[c]))


@cache
def _by_known_bytes(charset: Charset) -> dict[tuple[int | None, ...], list[tuple[str, bytes]]]:
    """Return the guessed characters and their bytes, by what is left of these when some are lost."""
    found: dict[tuple[int | None, ...], list[tuple[str, bytes]]] = {}
    for character in _guessed():
        data = charset.encode(character)
        if data is None or not 2 <= len(data) <= 3:
            continue
        for lost in range(1, 1 << len(data)):
            known = tuple(None if lost >> index & 1 else byte for index, byte in enumerate(data))
            found.setdefault(known, []).append((character, data))
    return found
