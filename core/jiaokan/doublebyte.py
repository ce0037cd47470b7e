"""Double-byte charsets as tables of pairs: which character two bytes spell, and which two bytes spell a character.

A *lead* byte is the first of a pair, a *trail* byte the second. The tables are those of Python's codecs, filled once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class DoubleByteCharset:
    """The pairs of one charset.

    Attributes:
        name: Python's name of the codec.
        characters: Character of each pair, keyed by ``lead << 8 | trail``; no private-use characters.
        pairs: The reverse: ``lead << 8 | trail`` of each character.
        by_trail: For each trail byte the ``(lead, character)`` that exist.
        by_lead: For each lead byte the ``(trail, character)`` that exist.

    """

    name: str
    characters: dict[int, str]
    pairs: dict[str, int]
    by_trail: dict[int, tuple[tuple[int, str], ...]]
    by_lead: dict[int, tuple[tuple[int, str], ...]]

    def character(self, lead: int, trail: int) -> str:
        """Return the character that the pair spells, or an empty string."""
        return self.characters.get(lead << 8 | trail, "")


def _fill(name: str, codec: str) -> DoubleByteCharset:
    characters: dict[int, str] = {}
    by_trail: dict[int, list[tuple[int, str]]] = {}
    by_lead: dict[int, list[tuple[int, str]]] = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                character = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(character) == 1 and not "\ue000" <= character <= "\uf8ff":
                characters[lead << 8 | trail] = character
                by_trail.setdefault(trail, []).append((lead, character))
                by_lead.setdefault(lead, []).append((trail, character))
    pairs = {character: pair for pair, character in characters.items()}
    return DoubleByteCharset(
        name,
        characters,
        pairs,
        {trail: tuple(found) for trail, found in by_trail.items()},
        {lead: tuple(found) for lead, found in by_lead.items()},
    )


@cache
def gbk() -> DoubleByteCharset:
    """Return GBK as CP936 reads it (Python's gbk codec lacks nothing of it but the euro sign, one byte, 80)."""
    return _fill("gbk", "gbk")


@cache
def big5() -> DoubleByteCharset:
    """Return Big5 as CP950 reads it."""
    return _fill("big5", "cp950")


# GBK's user-defined areas, AAA1-AFFE, F8A1-FEFE and A140-A7A0, by lead byte: the trail bytes of each. A reader shows such
# a pair as a private-use character or drops it.
USER_DEFINED_TRAILS: dict[int, range] = {
    **{lead: range(0xA1, 0xFF) for lead in (*range(0xAA, 0xB0), *range(0xF8, 0xFF))},
    **{lead: range(0x40, 0xA1) for lead in range(0xA1, 0xA8)},
}
