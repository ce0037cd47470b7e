"""Simplified to Traditional, one character at a time, as mirror sites do it: a table that knows no words."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

# Where a table of single characters, such as Windows' own, differs from the first choice of OpenCC's.
_AS_WINDOWS = dict(zip("为台着众伪启峰床群娴灶粽硷", "為臺著眾偽啟峰床群嫻灶粽鹼", strict=True))
_STAY = frozenset("后里干云筑面于余征采愿吃唇皂秘栗涌伙托雇")


@cache
def single_characters() -> dict[int, str]:
    """Return the table from Simplified code points to one Traditional character each.

    Source: OpenCC (Apache-2.0), as far as GBK can write it.
    """
    convert = OpenCC("s2t").convert
    table = {code: str(convert(chr(code))) for code in range(0x3400, 0xA000) if chr(code) not in _STAY}
    written = {code: single for code, single in table.items() if single != chr(code) and _in_gbk(single)}
    return written | {ord(simplified): traditional for simplified, traditional in _AS_WINDOWS.items()}


def traditional(text: str) -> str:
    """Return ``text`` with every Simplified character replaced by its one Traditional counterpart."""
    return text.translate(single_characters())


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
