"""Double-byte charsets as tables of pairs: which character two bytes spell, and which two bytes spell a character.

A *lead* byte is the first of a pair, a *trail* byte the second. The tables are those of Python's codecs, filled once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class DoubleByteCharset:
    """The pairs of one charset.

    Attributes:
        name: Python's name of the codec.
        characters: Character of each pair, keyed by ``lead << 8 | trail``; no private-use characters.
        pairs: The reverse: ``lead << 8 | trail`` of each character, and of those that only later editions of the charset
            have, in pairs that were undefined: what newer readers show for them.
        by_trail: For each trail byte the ``(lead, character)`` that exist.
        by_lead: For each lead byte the ``(trail, character)`` that exist.
        undefined: For each lead byte the trail bytes with which it spells nothing, or a private-use character of GBK's
            user-defined areas (AAA1-AFFE, F8A1-FEFE, A140-A7A0). Readers drop such pairs or show private-use characters.

    """

    name: str
    characters: dict[int, str]
    pairs: dict[str, int]
    by_trail: dict[int, tuple[tuple[int, str], ...]]
    by_lead: dict[int, tuple[tuple[int, str], ...]]
    undefined: dict[int, frozenset[int]]

    def character(self, lead: int, trail: int) -> str:
        """Return the character that the pair spells, or an empty string."""
        return self.characters.get(lead << 8 | trail, "")


def _fill(name: str, codec: str, trails: Iterable[int], later: str = "") -> DoubleByteCharset:
    characters: dict[int, str] = {}
    by_trail: dict[int, list[tuple[int, str]]] = {}
    by_lead: dict[int, list[tuple[int, str]]] = {}
    undefined: dict[int, set[int]] = {}
    for lead in range(0x81, 0xFF):
        for trail in trails:
            character = bytes((lead, trail)).decode(codec, "replace")
            if len(character) != 1 or character == "\ufffd" or "\ue000" <= character <= "\uf8ff":
                undefined.setdefault(lead, set()).add(trail)
            else:
                characters[lead << 8 | trail] = character
                by_trail.setdefault(trail, []).append((lead, character))
                by_lead.setdefault(lead, []).append((trail, character))
    pairs = {character: pair for pair, character in characters.items()}
    if later:
        pairs = _later_pairs(later, undefined) | pairs
    return DoubleByteCharset(
        name,
        characters,
        pairs,
        {trail: tuple(found) for trail, found in by_trail.items()},
        {lead: tuple(found) for lead, found in by_lead.items()},
        {lead: frozenset(found) for lead, found in undefined.items()},
    )


def _later_pairs(codec: str, undefined: dict[int, set[int]]) -> dict[str, int]:
    """Return the pairs of ``undefined`` that ``codec`` gives a character, by this character.

    All but that of the euro sign, which is nearly always the one byte 80 of CP936.
    """
    every = ((lead, trail) for lead, trails in undefined.items() for trail in trails)
    found = {bytes(pair).decode(codec, "replace"): pair[0] << 8 | pair[1] for pair in every}
    return {
        character: pair
        for character, pair in found.items()
        if len(character) == 1 and character not in "\ufffd€" and not "\ue000" <= character <= "\uf8ff"
    }


@cache
def gbk() -> DoubleByteCharset:
    """Return GBK as CP936 reads it (Python's gbk codec lacks nothing of it but the euro sign, one byte, 80)."""
    return _fill("gbk", "gbk", (*range(0x40, 0x7F), *range(0x80, 0xFF)), later="gb18030")


@cache
def big5() -> DoubleByteCharset:
    """Return Big5 as CP950 reads it."""
    return _fill("big5", "cp950", (*range(0x40, 0x7F), *range(0xA1, 0xFF)))


def user_defined_pair(character: str) -> int:
    """Return the pair of GBK's user-defined areas that Windows shows as this private-use character, or 0.

    U+E000-E4C5 are AAA1-AFFE and F8A1-FEFE, 94 to a row; U+E4C6-E765 are A140-A7A0, 96 to a row (without 7F).
    """
    index = ord(character) - 0xE000
    if 0 <= index < 0x4C6:
        row, column = divmod(index, 94)
        return (0xAA + row if row < 6 else 0xF8 + row - 6) << 8 | 0xA1 + column
    if 0x4C6 <= index <= 0x765:
        row, column = divmod(index - 0x4C6, 96)
        return (0xA1 + row) << 8 | 0x40 + column + (column >= 0x3F)
    return 0
