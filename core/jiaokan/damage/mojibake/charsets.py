"""The charsets that Chinese text is written in and read in by mistake: text to bytes and back, each as its readers do it.

Python's codecs are those of the standards; what real readers do besides is added: the holes of cp1252 and cp1254 are
the C1 controls (browsers), code page 936 reads the byte 80 as the euro sign and its user-defined areas as private use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Charset:
    """One charset, both ways.

    Attributes:
        name: Its usual name, as evidence prints it.
        decode: The text of bytes; None if they are no text in it.
        encode: The bytes that are read as a text; None if some of it cannot be read from any.
    """

    name: str
    decode: Callable[[bytes], str | None]
    encode: Callable[[str], bytes | None]


def _codec(name: str, codec: str = "", errors: str = "strict") -> Charset:
    codec = codec or name

    def decode(data: bytes) -> str | None:
        try:
            return data.decode(codec, errors)
        except UnicodeDecodeError:
            return None

    def encode(text: str) -> bytes | None:
        try:
            return text.encode(codec, errors)
        except UnicodeEncodeError:
            return None

    return Charset(name, decode, encode)


def _with_single(base: Charset, name: str, character: str, byte: bytes) -> Charset:
    """Return ``base`` with one more byte, which is read as ``character``."""

    def decode(data: bytes) -> str | None:
        # No character of GBK begins with the byte, but it is the second one of many: never where a character begins.
        pieces: list[str] = []
        position = 0
        while position < len(data):
            if data[position] == byte[0]:
                pieces.append(character)
                position += 1
                continue
            end = position + (1 if data[position] < 0x80 else 2)
            piece = base.decode(data[position:end])
            if piece is None:
                return None
            pieces.append(piece)
            position = end
        return "".join(pieces)

    def encode(text: str) -> bytes | None:
        pieces = [base.encode(piece) for piece in text.split(character)]
        return None if None in pieces else byte.join(piece for piece in pieces if piece is not None)

    return Charset(name, decode, encode)


def _with_duplicates(base: Charset) -> Charset:
    """Return code page 932 as it reads, but written with the other pair of the characters that have two (NEC's, IBM's)."""
    others: dict[str, bytes] = {}
    for pair in (bytes((lead, trail)) for lead in range(0x81, 0xFD) for trail in range(0x40, 0xFD)):
        character = base.decode(pair)
        if character and len(character) == 1 and base.encode(character) != pair:
            others.setdefault(character, pair)

    def encode(text: str) -> bytes | None:
        pieces = [others.get(character) or base.encode(character) for character in text]
        return None if None in pieces else b"".join(piece for piece in pieces if piece is not None)

    return Charset(base.name, base.decode, encode)


def _windows(codec: str) -> Charset:
    """Return a charset of Windows whose holes are read as the C1 controls."""
    table = "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in range(256))
    # What has a place of its own in Latin-1 is a C1 control, or was never read in this charset.
    reverse = {ord(character): byte for byte, character in enumerate(table)}

    def decode(data: bytes) -> str:
        return data.decode("latin-1").translate(table)

    def encode(text: str) -> bytes | None:
        try:
            return text.translate(reverse).encode("latin-1")
        except UnicodeEncodeError:
            return None

    return Charset(codec, decode, encode)


# UTF-8 whose byte A0 became a plain space on the way.
_SPACE_FOR_A0 = re.compile(
    rb"(?<=[\xe0-\xef][\x80-\xbf]) |(?<=[\xe0-\xef]) (?=[\x80-\xbf ])|(?<=[\xc2-\xdf]) |(?<=[\xe0-\xef] ) "
)


def _decode_spaced(data: bytes) -> str | None:
    return UTF_8.decode(_SPACE_FOR_A0.sub(b"\xa0", data)) if b" " in data else None


def _utf_16(order: str) -> Charset:
    """UTF-16 without a byte order mark; a line may begin or end with half of the line end beside it, a NUL."""
    codec = f"utf-16-{order}"
    strict = _codec(codec, errors="surrogatepass")

    def decode(data: bytes) -> str | None:
        if len(data) % 2:
            if order == "le" and data.startswith(b"\0"):
                data = data[1:]
            elif order == "be" and data.endswith(b"\0"):
                data = data[:-1]
            else:
                return None
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            return None

    return Charset(codec, decode, strict.encode)


def _big5() -> Charset:
    """Big5 with the characters of Hong Kong, in which A1E3 is the full-width tilde (WHATWG), unlike in Python's codec."""
    base = _codec("big5hkscs")

    def decode(data: bytes) -> str | None:
        text = base.decode(data)
        return None if text is None else text.replace("\u223c", "\uff5e")

    return Charset(base.name, decode, lambda text: base.encode(text.replace("\uff5e", "\u223c")))


UTF_8 = _codec("utf-8")
SPACED_UTF_8 = Charset("utf-8 (its A0 a space)", _decode_spaced, lambda _: None)
# The charset of the file, whose bytes of no character are kept as escapes.
FILE = _codec("utf-8", errors="surrogateescape")
GB18030 = _codec("gb18030")
CP936 = _with_single(GB18030, "cp936", "€", b"\x80")
BIG5 = _big5()
CP950 = _codec("cp950")
SHIFT_JIS = _codec("cp932")
SHIFT_JIS_TOO = _with_duplicates(SHIFT_JIS)
KOREAN = _codec("cp949")
UTF_16_LE = _utf_16("le")
UTF_16_BE = _utf_16("be")
LATIN_1 = _codec("latin-1")
CP1252 = _windows("cp1252")
CP1254 = _windows("cp1254")
CP437 = _codec("cp437")
MAC_ROMAN = _codec("mac_roman")

NARROW = (CP1252, LATIN_1, CP1254, CP437, MAC_ROMAN)
"""Those that read every byte by itself."""

WIDE = (GB18030, CP936, CP950, BIG5, SHIFT_JIS, SHIFT_JIS_TOO, KOREAN, UTF_16_LE, UTF_16_BE)
"""Those that read two bytes together, where text of another one seldom is without loss."""

WRITTEN = (UTF_8, GB18030, BIG5, CP950, SHIFT_JIS, KOREAN, UTF_16_LE, UTF_16_BE, SPACED_UTF_8)
"""Those that Chinese text is written in."""
