"""The encodings that a reader may choose, and what they are called. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

ENCODINGS: Mapping[str, tuple[str, ...]] = {
    "Unicode": ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7"),
    "Simplified Chinese": ("gb18030", "cp936", "hz"),
    "Traditional Chinese": ("big5hkscs", "cp950"),
    "Japanese": ("cp932", "euc_jp", "iso2022_jp"),
    "Korean": ("cp949", "iso2022_kr"),
    "Cyrillic": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "Western": ("cp1252", "iso8859-15", "mac-roman", "cp437", "cp850"),
}
"""All that can be chosen, by the names of the codecs (see :func:`jiaokan.decoding.known_encoding`)."""

_NAMES = {
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "cp936": "GBK (CP936)",
    "big5hkscs": "Big5 (HKSCS)",
    "cp950": "Big5 (CP950)",
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "cp949": "EUC-KR (CP949)",
    "iso2022_kr": "ISO-2022-KR",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "iso8859-5": "ISO 8859-5",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
}


def encoding_name(encoding: str) -> str:
    """Return what readers call an encoding."""
    return _NAMES.get(encoding, encoding.upper())


def can_be_chosen(encoding: str) -> bool:
    """Return whether it is one of :data:`ENCODINGS`."""
    return any(encoding in names for names in ENCODINGS.values())
