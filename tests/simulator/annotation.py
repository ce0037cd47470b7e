"""Readings put behind listed characters, by replacing bytes: 網 becomes 網(wǎng)."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from pypinyin.constants import PINYIN_DICT

from simulator.script import single_characters


@cache
def readings() -> dict[str, str]:
    """Return the characters that a mirror site may list, each with the reading it prints.

    They are the Traditional forms of the 3,755 hanzi of GB2312's first level that GB2312 itself cannot write.
    Readings: the first one of pypinyin's table of single characters (MIT).
    """
    table: dict[str, str] = {}
    for lead in range(0xB0, 0xD8):
        for trail in range(0xA1, 0xFF):
            simplified = bytes((lead, trail)).decode("gb2312", errors="ignore")
            traditional = single_characters().get(ord(simplified), "") if simplified else ""
            if traditional and not _in_gb2312(traditional):
                table[traditional] = PINYIN_DICT[ord(traditional)].partition(",")[0]
    return table


_TONE_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def is_hanzi(character: str) -> bool:
    """Return whether the character is a hanzi of the basic block that has a reading."""
    return "\u4e00" <= character <= "\u9fff" and ord(character) in PINYIN_DICT


def reading_of(character: str) -> str:
    """Return the first reading of a hanzi, as pypinyin's table has it."""
    return PINYIN_DICT[ord(character)].partition(",")[0]


def toneless(reading: str) -> str:
    """Return a reading without its tone mark: lǜ is lü."""
    decomposed = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS))


def numbered(reading: str) -> str:
    """Return a reading with the number of its tone behind it: shí is shi2, de is de5."""
    tone = "".join(_TONE_MARKS.get(mark, "") for mark in unicodedata.normalize("NFD", reading)) or "5"
    return f"{toneless(reading)}{tone}"


def listed(rng: random.Random, share: float) -> list[str]:
    """Return one site's list: every character of :func:`readings` with the probability ``share``."""
    return [character for character in readings() if rng.random() < share]


def annotate(stream: bytes, table: Mapping[str, str], chosen: Iterable[str]) -> bytes:
    """Return the GBK ``stream`` with the reading put behind every one of the ``chosen`` characters of ``table``.

    Bytes are compared, in ascending code order, one character after the other and without regard to where characters
    begin: two characters whose inner bytes spell a listed one are struck between them.
    """
    for code, character in sorted((character.encode("gbk"), character) for character in chosen):
        stream = stream.replace(code, code + f"({table[character]})".encode("gbk"))
    return stream


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
