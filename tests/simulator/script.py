"""Simplified to Traditional, one character at a time, as mirror sites do it: a table that knows no words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# Where a table of single characters, such as Windows' own, differs from the first choice of OpenCC's.
_AS_WINDOWS = dict(zip("为台着众伪启峰床群娴灶粽硷", "為臺著眾偽啟峰床群嫻灶粽鹼", strict=True))
_STAY = frozenset("后里干云筑面于余征采愿吃唇皂秘栗涌伙托雇")


@cache
def single_characters() -> dict[int, str]:
    """Return the table from Simplified code points to one Traditional character each.

    Source: ``STCharacters.txt`` of OpenCC (Apache-2.0), its first choice, or the first that GBK can write.
    """
    lines = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    table: dict[int, str] = {}
    for line in lines:
        simplified, _, choices = line.partition("\t")
        written = [choice for choice in choices.split() if _in_gbk(choice)]
        if written and simplified not in _STAY:
            table[ord(simplified)] = written[0]
    return table | {ord(simplified): traditional for simplified, traditional in _AS_WINDOWS.items()}


def traditional(text: str) -> str:
    """Return ``text`` with every Simplified character replaced by its one Traditional counterpart."""
    return text.translate(single_characters())


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
