"""A text in another script, as its source may have had it. A view of a repaired text, never a part of the repair.

OpenCC converts, with its tables of words: 乾隆 keeps its 乾, 干淨 gets another one. A mirror site turns Simplified into
Traditional one character at a time (后 里 干 云 stay, 着 becomes 著), so its pages are mixtures which OpenCC's tables
from Simplified misread: 萬里 would become 萬裏. Therefore every way leads through Simplified:

- to Simplified, a stretch that has more Traditional than Simplified characters goes by ``tw2s``, which turns 看著 into
  看着 and leaves 著名; any other by ``t2s``, for ``tw2s`` takes the 著 of Simplified 显著 for a 着;
- from there to Traditional by ``s2t`` (OpenCC's own standard, 裏 爲 着), ``s2tw`` or ``s2hk`` (the forms of characters
  usual in Taiwan and Hong Kong). No vocabulary is changed, as ``s2twp`` would: 软件 is 軟件 everywhere.

What was Traditional from the start therefore loses distinctions that Simplified lacks where no word tells them (鐘 and
鍾); it is best left as it is.

None of these tables changes the number of characters: an offset in the text is the same offset in the converted text.
A stretch whose length a later OpenCC changed would be converted one character at a time.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from operator import ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


class Script(StrEnum):
    """The scripts that a text can be shown in, by the names that the command line uses."""

    AS_IS = "as-is"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    TAIWAN = "taiwan"
    HONGKONG = "hongkong"


_FROM_SIMPLIFIED = {Script.TRADITIONAL: "s2t", Script.TAIWAN: "s2tw", Script.HONGKONG: "s2hk"}
# Line ends are nothing to convert; lone surrogates, which stand for undecodable bytes, OpenCC refuses.
_STRETCH = re.compile("[^\n\r\ud800-\udfff]+")
_NO_HANZI = re.compile("[^\u4e00-\u9fff]+")


def converted(text: str, script: Script) -> str:
    """Return ``text`` in another script: as many code points, the same line ends and undecodable bytes.

    Each paragraph is converted by itself, so a text is converted as a whole or paragraph by paragraph with the same
    result. Any text will do, and any thread or process.
    """
    if script is Script.AS_IS or text.isascii():
        return text
    return _STRETCH.sub(lambda match: _stretch(match[0], script), text)


def _stretch(text: str, script: Script) -> str:
    if text.isascii():
        return text
    simplified = _simplified(text)
    return simplified if script is Script.SIMPLIFIED else _by(_FROM_SIMPLIFIED[script], simplified)


def _simplified(text: str) -> str:
    simplified = _by("t2s", text)
    if simplified == text:
        return text
    is_traditional = sum(map(ne, text, simplified)) > _only_simplified(text)
    return _by("tw2s", text) if is_traditional else simplified


def _only_simplified(text: str) -> int:
    """Return how many hanzi are Simplified and nothing else: GB2312 has them and Big5 has not. Both have 里 and 后."""
    hanzi = _NO_HANZI.sub("", text).encode("gb2312", "ignore").decode("gb2312")
    return len(hanzi) - len(hanzi.encode("big5", "ignore").decode("big5"))


def _by(configuration: str, text: str) -> str:
    """Return ``text`` converted by one of OpenCC's configurations, with as many code points."""
    converter = _converter(configuration)
    result = str(converter.convert(text))
    if len(result) == len(text):
        return result
    single = ((character, str(converter.convert(character))) for character in text)
    return "".join(one if len(one) == 1 else character for character, one in single)


@cache
def _converter(configuration: str) -> OpenCC:
    from opencc import OpenCC  # Its tables take time to load, and most programs convert nothing.

    return OpenCC(configuration)
