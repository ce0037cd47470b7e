"""The encodings that a reader may choose, and those that a file may be in, each with what it would read. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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

_USUAL = ("utf-8", "gb18030", "big5hkscs", "utf-16-le")
_MOST = 6
_HEAD = 65_536  # bytes that a file is judged by
_PREVIEWED = 4096  # bytes among which a preview is looked for
_PREVIEW = 18  # characters


@dataclass(frozen=True, slots=True)
class EncodingCandidate:
    """An encoding that a file may be in, how likely that is (0 to 1), and the beginning of what it would read."""

    encoding: str
    confidence: float
    preview: str = ""


def encoding_name(encoding: str) -> str:
    """Return what readers call an encoding."""
    return _NAMES.get(encoding, encoding.upper())


def can_be_chosen(encoding: str) -> bool:
    """Return whether it is one of :data:`ENCODINGS`."""
    return any(encoding in names for names in ENCODINGS.values())


def detected(data: bytes) -> tuple[EncodingCandidate, ...]:
    """Return what the beginning of a file may be in, the likeliest first."""
    from jiaokan.decoding import decode

    head = data[:_HEAD]
    found = decode(head)
    return previewed([(found.encoding, found.confidence), *found.candidates], head)


def previewed(ranking: Iterable[tuple[str, float]], data: bytes) -> tuple[EncodingCandidate, ...]:
    """Return the first of a ranking, each with what it would read of ``data``, and the usual ones that it lacks."""
    from jiaokan.decoding.exact import decode_exactly

    head = data[:_PREVIEWED]
    confidences = dict.fromkeys(_USUAL, 0.0) | dict(ranking)
    likeliest = sorted(confidences, key=lambda name: -confidences[name])[:_MOST]
    return tuple(EncodingCandidate(name, confidences[name], _preview(decode_exactly(head, name))) for name in likeliest)


def _preview(text: str) -> str:
    """Return the first words that tell something about the encoding: those beyond ASCII, if there are any."""
    lines = [line.strip("\ufeff \t\u3000") for line in text.splitlines()]
    telling = next((line for line in lines if not line.isascii()), None) or next(filter(None, lines), "")
    first = next((index for index, character in enumerate(telling) if not character.isascii()), 0)
    start = max(0, first - _PREVIEW // 3)
    return telling[start : start + _PREVIEW]
