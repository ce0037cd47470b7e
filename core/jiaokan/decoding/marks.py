"""Byte order marks: what they say about the bytes behind them."""

from __future__ import annotations

import codecs

# Longest first: the mark of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Units of UTF-32 that are looked at.
_UNITS = 16
_LARGEST_PLANE = 0x10


def byte_order_mark(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark at the start of ``data`` and the encoding it is of; nothing, if there is none."""
    for mark, name in _MARKS:
        if data.startswith(mark) and (name != "utf-32-le" or _is_utf32(data)):
            return mark, name
    return b"", ""


def mark_of(data: bytes, encoding: str) -> bytes:
    """Return the byte order mark of ``encoding`` if ``data`` begins with it, else nothing."""
    return next((mark for mark, name in _MARKS if name == encoding and data.startswith(mark)), b"")


def _is_utf32(data: bytes) -> bool:
    """Return whether the mark of UTF-32 is not that of UTF-16 with a NUL behind it: what follows would be no UTF-32."""
    units = [data[start : start + 4] for start in range(4, min(len(data) - 3, 4 * _UNITS), 4)]
    valid = sum(unit[2] <= _LARGEST_PLANE and not unit[3] for unit in units)
    return 2 * valid > len(units) or len(data) == 4
