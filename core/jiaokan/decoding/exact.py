"""Bytes to text and back without losing a byte: what a codec cannot read is kept as escapes.

The escape of byte *b* is the lone surrogate U+DC00 + *b*. For the bytes from 80 on this is Python's own
``surrogateescape`` (PEP 383); here the bytes below 80 have escapes too, because half of a UTF-16 unit may be any byte.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from jiaokan.decoding.steps import stretches

ESCAPE_BASE = 0xDC00
ESCAPES = re.compile("[\udc00-\udcff]+")

# Windows' code page 936 is GBK with one byte more. Python has no codec for it (its "cp936" is plain "gbk").
CP936 = "cp936"
_CP936_EURO = b"\x80"

_KEEP = "jiaokan.keep"
_KEEP_CP936 = "jiaokan.keep.cp936"

# Codecs that read no two byte sequences as the same character, so that nothing is left to check after decoding.
# (For gb18030 the tests try every two-byte sequence and a spread of the four-byte ones.)
_INJECTIVE = frozenset(
    ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030", "cp949", "latin-1", "cp1252")
)
_BLOCK = 1024
# The most bytes that a code has.
_LONGEST_CODE = 4


def escaped(data: bytes) -> str:
    """Return ``data`` with each byte as its escape."""
    return "".join(chr(ESCAPE_BASE + byte) for byte in data)


def decode_exactly(data: bytes, codec: str) -> str:
    """Return the text of ``data`` such that :func:`encode_exactly` gives ``data`` back.

    Bytes that ``codec`` cannot read become escapes, and so do sequences that it would write differently (Big5 has two
    code points for 十, code page 932 has 398 such pairs). In UTF-16 what follows a lost byte is read in step again; the
    odd byte is the escape. A codec that switches modes within the text (HZ, ISO-2022, UTF-7) can write the same text in
    several ways: lines that are not written as it would write them become escapes as a whole.

    Raises:
        LookupError: Python knows no text encoding named ``codec``.
    """
    if codec in ("utf-16-le", "utf-16-be"):
        return "".join(_in_step(data, codec))
    text = _decode(data, codec)
    if codec in _INJECTIVE or is_exact(text, data, codec):
        return text
    return _lines_as_written(data, codec) if is_modal(codec) else _escape_differences(text, data, codec)


def _in_step(data: bytes, codec: str) -> Iterator[str]:
    """Yield the parts of a text in UTF-16, each read in step."""
    for start, end, reads in stretches(data, codec):
        yield _decode(data[start:end], codec) if reads else escaped(data[start:end])


def is_exact(text: str, data: bytes, codec: str) -> bool:
    """Return whether ``codec`` writes ``text`` as ``data``."""
    return _try_encode(text, codec) == data


def _lines_as_written(data: bytes, codec: str) -> str:
    """Return the text of ``data``; lines, if need be all of them, are escapes where ``codec`` writes them otherwise."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    read = ((line, _decode(line, codec)) for line in lines)
    text = "".join(text if is_exact(text, line, codec) else escaped(line) for line, text in read)
    return text if is_exact(text, data, codec) else escaped(data)


def encode_exactly(text: str, codec: str) -> bytes:
    """Return the bytes of ``text``, whose escapes give the bytes they stand for.

    Raises:
        LookupError: Python knows no text encoding named ``codec``.
        UnicodeEncodeError: A character of ``text`` has no bytes in ``codec``.
    """
    pieces: list[bytes] = []
    position = 0
    for match in ESCAPES.finditer(text):
        pieces.append(_encode(text[position : match.start()], codec))
        pieces.append(bytes(ord(escape) - ESCAPE_BASE for escape in match[0]))
        position = match.end()
    pieces.append(_encode(text[position:], codec))
    return b"".join(pieces)


def _decode(data: bytes, codec: str) -> str:
    if codec == CP936:
        return data.decode("gb18030", _KEEP_CP936)
    # In UTF-8 only bytes from 80 on are undecodable, and for those Python's own handler does the same, faster.
    return data.decode(codec, "surrogateescape" if codec == "utf-8" else _KEEP)


def _encode(text: str, codec: str) -> bytes:
    if codec == CP936:
        return _CP936_EURO.join(part.encode("gb18030") for part in text.split("€"))
    return text.encode(codec)


def is_modal(codec: str) -> bool:
    """Return whether ``codec`` switches modes within the text, so that the same text can be written in several ways."""
    return codec == "hz" or codec.replace("-", "_").startswith(("iso2022", "utf_7"))


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Escape one byte and read on after it; in UTF-16 and UTF-32 the whole unit, to stay in step."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wide = error.encoding.lower().replace("_", "-").startswith(("utf-16", "utf16", "utf-32", "utf32"))
    end = error.end if wide else error.start + 1
    return escaped(error.object[error.start : end]), end


def _keep_cp936(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start : error.start + 1] == _CP936_EURO:
        return "€", error.start + 1
    return _keep(error)


def _escape_differences(text: str, data: bytes, codec: str) -> str:
    """Return ``text`` with escapes for the characters that ``codec`` would write otherwise than ``data`` has them."""
    pieces: list[str] = []
    start = offset = 0
    while start < len(text):
        end = _unit_end(text, min(start + _BLOCK, len(text)) - 1)
        offset = _add_checked(pieces, text[start:end], data, offset, codec)
        start = end
    return "".join(pieces)


def _add_checked(pieces: list[str], text: str, data: bytes, offset: int, codec: str) -> int:
    """Add to ``pieces`` the ``text`` that was read from ``data`` at ``offset``, with escapes; return the offset behind.

    What is not written as it was read is halved until the one character is found.
    """
    written = _try_encode(text, codec)
    if written is not None and data.startswith(written, offset):
        pieces.append(text)
        return offset + len(written)
    source = _source(text, data, offset, codec) if _unit_end(text, 0) == len(text) else None
    if source is None and len(text) > 1:
        middle = min(_unit_end(text, len(text) // 2 - 1), len(text) - 1)
        offset = _add_checked(pieces, text[:middle], data, offset, codec)
        return _add_checked(pieces, text[middle:], data, offset, codec)
    source = source or data[offset : offset + 1]
    pieces.append(escaped(source))
    return offset + len(source)


def _unit_end(text: str, index: int) -> int:
    """Return where the unit at ``index`` ends: Big5-HKSCS writes a letter and the mark on it as one code."""
    marked = index + 1 < len(text) and unicodedata.combining(text[index + 1])
    return index + 2 if marked else index + 1


def _try_encode(text: str, codec: str) -> bytes | None:
    try:
        return encode_exactly(text, codec)
    except UnicodeEncodeError:
        return None


def _source(unit: str, data: bytes, offset: int, codec: str) -> bytes | None:
    """Return the bytes at ``offset`` that ``codec`` reads as ``unit``."""
    for length in range(1, _LONGEST_CODE + 1):
        source = data[offset : offset + length]
        if _decode(source, codec) == unit:
            return source
    return None


codecs.register_error(_KEEP, _keep)
codecs.register_error(_KEEP_CP936, _keep_cp936)
