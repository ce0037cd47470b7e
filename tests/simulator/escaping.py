"""Text written out in ASCII: every notation in which machines escape bytes or code points."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote_from_bytes

from simulator.damaged import Damaged

Escape = Callable[[str], str]

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _units(text: str) -> list[int]:
    data = text.encode("utf-16-be")
    return [int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2)]


def _each_unit(form: str) -> Escape:
    return lambda text: "".join(form.format(unit) for unit in _units(text))


def _each_point(form: str) -> Escape:
    return lambda text: "".join(form.format(ord(character)) for character in text)


def _each_byte(form: str, charset: str) -> Escape:
    return lambda text: "".join(form.format(byte) for byte in text.encode(charset, "ignore"))


def _percent_as_browsers(charset: str) -> Escape:
    """Browsers escape no letter, though it may be the second byte of a character."""
    return lambda text: quote_from_bytes(text.encode(charset, "ignore"))


def _seven_bits(text: str) -> str:
    return bytes(byte & 0x7F for byte in text.encode("gb2312", "ignore")).decode("ascii")


def _japanese(text: str, escape: str) -> str:
    return text.encode("iso2022_jp", "ignore").decode("ascii").replace("\x1b", escape)


def _encoded_words(text: str) -> str:
    """Return words of at most 75 characters, as mails have them."""
    pieces = [text[place : place + 14] for place in range(0, len(text), 14)]
    return " ".join(f"=?UTF-8?B?{base64.b64encode(piece.encode()).decode()}?=" for piece in pieces)


NOTATIONS: Mapping[str, Escape] = {
    "\\u4e2d": _each_unit("\\u{:04x}"),
    "\\U00004e2d": _each_point("\\U{:08X}"),
    "\\\\u4e2d": _each_unit("\\\\u{:04x}"),
    "\\u{4e2d}": _each_point("\\u{{{:x}}}"),
    "\\x{4e2d}": _each_point("\\x{{{:x}}}"),
    "u4e2d": _each_unit("u{:04x}"),
    "<U+4E2D>": _each_point("<U+{:04X}>"),
    "%u4e2d": _each_unit("%u{:04X}"),
    "%E4%B8%AD": _each_byte("%{:02X}", "utf-8"),
    "%D6%D0": _each_byte("%{:02X}", "gbk"),
    "%97l": _percent_as_browsers("gbk"),
    "=E4=B8=AD": _each_byte("={:02X}", "utf-8"),
    "=D6=D0": _each_byte("={:02X}", "gbk"),
    "\\'d6\\'d0": _each_byte("\\'{:02x}", "gbk"),
    "\\u20013?": _each_unit("\\u{}?"),
    "\\344\\270\\255": _each_byte("\\{:03o}", "utf-8"),
    "\\xe4\\xb8\\xad": _each_byte("\\x{:02x}", "utf-8"),
    "HZ": lambda text: f"~{{{_seven_bits(text)}~}}",
    "ISO-2022-CN": lambda text: f"\x1b$)A\x0e{_seven_bits(text)}\x0f",
    "ISO-2022-CN, controls dropped": lambda text: f"$)A{_seven_bits(text)}",
    "ISO-2022-JP": lambda text: _japanese(text, "\x1b"),
    "ISO-2022-JP, ESC dropped": lambda text: _japanese(text, ""),
    "UTF-7": lambda text: text.encode("utf-7").decode("ascii"),
    "encoded words": _encoded_words,
}
"""Every notation: what makes it of a text without ASCII. Characters that its charset has not are left out."""

_CHARSETS = {
    "%D6%D0": "gbk",
    "%97l": "gbk",
    "=D6=D0": "gbk",
    "\\'d6\\'d0": "gbk",
    "HZ": "gb2312",
    "ISO-2022-CN": "gb2312",
    "ISO-2022-CN, controls dropped": "gb2312",
    "ISO-2022-JP": "iso2022_jp",
    "ISO-2022-JP, ESC dropped": "iso2022_jp",
}


def writable(clean: str, notation: str) -> str:
    """Return what of ``clean`` can be written in the notation."""
    charset = _CHARSETS.get(notation, "utf-8")
    return clean.encode(charset, "ignore").decode(charset)


def escaped(clean: str, notation: str) -> Damaged:
    """Return the text with all that is not ASCII in one notation."""
    intended = writable(clean, notation)
    return Damaged(_BEYOND_ASCII.sub(lambda match: NOTATIONS[notation](match[0]), intended), intended)


def partly_escaped(clean: str, notation: str, rng: random.Random, share: float = 0.2) -> Damaged:
    """Return the text with ``share`` of its paragraphs in one notation, as where two machines wrote one page."""
    intended = writable(clean, notation)
    lines = [escaped(line, notation).raw if rng.random() < share else line for line in intended.split("\n")]
    return Damaged("\n".join(lines), intended)


def rare_escaped(clean: str, notation: str, charset: str = "gb2312") -> Damaged:
    """Return the text with the characters in one notation that ``charset`` has not: one here, one there."""
    raw = "".join(
        character if character.encode(charset, "ignore") else NOTATIONS[notation](character) for character in clean
    )
    return Damaged(raw, clean)
