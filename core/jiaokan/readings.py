"""Pinyin readings of single characters, and the syllables that an annotation can hold.

The readings are pypinyin's (MIT), which follow the Unihan database and the 漢語大字典.
"""

from __future__ import annotations

import unicodedata
from functools import cache

# Letters of pinyin with tone marks, and the bare ones, with the marks as characters of their own (decomposed text); ɡ
# (U+0261) and ɑ (U+0251) are what some sites print for g and a.
PINYIN_LETTERS = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɡɑê\u0300\u0301\u0304\u0308\u030c"
LONGEST_READING = 8  # code points: zhuāng, its mark apart

# Macron, acute, caron, grave; the fifth tone has no mark.
_TONES = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300", "5": "", "0": ""}
_TONE_MARKS = set(_TONES.values()) - {""}


@cache
def _table() -> dict[int, str]:
    # Imported late: pypinyin reads its tables on import, and most texts have no annotation.
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return the readings of one character with tone marks (NFC), the usual one first; empty if it has none."""
    return tuple(
        dict.fromkeys(normalised(reading) for reading in _table().get(ord(character), "").split(",") if reading)
    )


def normalised(reading: str) -> str:
    """Return a printed reading in NFC, lower case, without spaces, with plain g and a; lu:4 and lv4 become lǜ."""
    plain = "".join(reading.split()).lower().replace("ɡ", "g").replace("ɑ", "a").replace("u:", "ü").replace("v", "ü")
    if plain[-1:] in _TONES:
        plain = _marked(plain[:-1], _TONES[plain[-1]])
    return unicodedata.normalize("NFC", plain)


def _marked(syllable: str, mark: str) -> str:
    """Return the syllable with its tone mark: on a or e, on the o of ou, else on the last vowel."""
    vowels = [place for place, letter in enumerate(syllable) if letter in "aeiouü"]
    place = next((place for place in vowels if syllable[place] in "ae"), syllable.find("ou"))
    if place < 0:
        place = vowels[-1] if vowels else len(syllable) - 1
    return syllable[: place + 1] + mark + syllable[place + 1 :]


def toneless(reading: str) -> str:
    """Return a reading without its tone mark (ü is kept)."""
    decomposed = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS))


def is_reading_of(printed: str, character: str) -> bool:
    """Return whether ``printed`` (with or without its tone) is a reading of ``character``."""
    wanted = normalised(printed)
    known = readings(character)
    return wanted in known or wanted in {toneless(reading) for reading in known}


@cache
def syllables() -> frozenset[str]:
    """Return every toneless syllable that is a reading of some character."""
    return frozenset(toneless(normalised(reading)) for entry in _table().values() for reading in entry.split(","))


def is_syllable(printed: str) -> bool:
    """Return whether ``printed`` is one syllable of pinyin."""
    return toneless(normalised(printed)) in syllables()
