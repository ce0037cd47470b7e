"""Characters that cannot be seen, and what is shown for them.

Controls, zero-width and private-use characters and undecodable bytes (lone surrogates U+DC00 + byte) would be
invisible, look like something else or turn the direction of writing; readers see their name or number instead.
"""

from __future__ import annotations

import re

# General categories Cc (but the tab), Cf, Co, Cs, Zl, Zp, the fillers of hangul and the noncharacters of the BMP, but
# not U+FFFD, which has a picture of its own.
UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
"""Matches one character that cannot be seen."""

# Abbreviations from the Unicode name aliases file, NameAliases.txt.
_ABBREVIATIONS = {
    0xAD: "SHY",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}


def label(character: str) -> str:
    """Return what is shown for a character that cannot be seen: its abbreviation, its byte or its number in hex."""
    code = ord(character)
    if 0xDC00 <= code <= 0xDCFF:
        return f"{code - 0xDC00:02X}"
    return _ABBREVIATIONS.get(code) or (f"{code:02X}" if code < 0x100 else f"{code:04X}")
