"""Double-byte charsets read with loss, byte by byte, as the machines between author and reader read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Private(Enum):
    """What becomes of byte pairs in the areas that a charset leaves to its users."""

    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Loss:
    """How a reader loses what it cannot read.

    Attributes:
        name: Name of the style, for tables.
        broken: What it prints for a lead byte that the following byte cannot complete.
        dangling: What it prints for a lead byte at the end of a piece.
        swallows: Whether the byte that could not complete the pair is lost too.
        private: What becomes of private-use characters.
    """

    name: str
    broken: str = "?"
    dangling: str = "?"
    swallows: bool = True
    private: Private = Private.DROPPED


QUESTION_MARK = Loss("question mark")
REPLACEMENT = Loss("U+FFFD", broken="\ufffd", dangling="\ufffd", swallows=False)
DROPPED = Loss("dropped byte", dangling="")
PRIVATE_USE = Loss("private use kept", private=Private.KEPT)
LOSSES = (QUESTION_MARK, REPLACEMENT, DROPPED, PRIVATE_USE)


@dataclass(frozen=True, slots=True)
class Charset:
    """A charset of one-byte ASCII and two-byte characters.

    Attributes:
        codec: Name of Python's codec that writes it.
        is_trail: Whether a byte can be the second one of a pair.
        character: The character of a pair, a private-use one for a user-defined pair, or None.
    """

    codec: str
    is_trail: Callable[[int], bool]
    character: Callable[[bytes], str | None]


def decode_with_loss(piece: bytes, loss: Loss, charset: Charset | None = None) -> str:
    """Return ``piece`` as a reader of ``charset`` (GBK by default) sees it; every piece starts in step."""
    charset = charset or GBK
    seen: list[str] = []
    position = 0
    while position < len(piece):
        lead = piece[position]
        if lead < 0x80:
            seen.append(chr(lead))
            position += 1
        elif lead in (0x80, 0xFF):
            seen.append("€" if lead == 0x80 else loss.broken)
            position += 1
        elif position + 1 == len(piece):
            seen.append(loss.dangling)
            position += 1
        else:
            text, length = _pair(piece[position : position + 2], loss, charset)
            seen.append(text)
            position += length
    return "".join(seen)


def is_private(character: str) -> bool:
    """Return whether ``character`` is one of the private-use characters of the basic plane."""
    return "\ue000" <= character <= "\uf8ff"


def _pair(pair: bytes, loss: Loss, charset: Charset) -> tuple[str, int]:
    """Return what the reader prints for two bytes and how many of them it takes."""
    character = charset.character(pair) if charset.is_trail(pair[1]) else None
    if character is None:
        return loss.broken, 2 if loss.swallows else 1
    if is_private(character) and loss.private is Private.DROPPED:
        return "", 2
    return character, 2


def _gbk_trail(byte: int) -> bool:
    return 0x40 <= byte <= 0xFE and byte != 0x7F


def _gbk_character(pair: bytes) -> str | None:
    # GB18030's two-byte part is GBK with the user-defined areas as private-use characters, as Windows has it.
    try:
        return pair.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _big5_trail(byte: int) -> bool:
    return 0x40 <= byte <= 0x7E or 0xA1 <= byte <= 0xFE


# First lead, last lead, first private-use code point of Windows code page 950.
_BIG5_USER_DEFINED = ((0x81, 0x8D, 0xEEB8), (0x8E, 0xA0, 0xE311), (0xFA, 0xFE, 0xE000))


def _big5_character(pair: bytes) -> str | None:
    try:
        return pair.decode("cp950")
    except UnicodeDecodeError:
        pass
    lead, trail = pair
    for first, last, private in _BIG5_USER_DEFINED:
        if first <= lead <= last:
            cell = trail - 0x40 if trail < 0x7F else trail - 0xA1 + 63
            return chr(private + (lead - first) * 157 + cell)
    return None


GBK = Charset("gbk", _gbk_trail, _gbk_character)
BIG5 = Charset("cp950", _big5_trail, _big5_character)
