"""What is drawn for a text: the text itself, except that characters which cannot be seen are drawn as labels.

Controls, zero-width and private-use characters and undecodable bytes (lone surrogates U+DC00 + byte) would be
invisible, look like something else or turn the direction of writing; what the reader sees instead is their name or
number. Positions in the drawn text are UTF-16 units, as Qt counts them; offsets in the text are code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

# General categories Cc (but the tab), Cf, Co, Cs, Zl, Zp, the fillers of hangul and the noncharacters of the BMP.
_UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# U+FFFD has a picture of its own, and the object replacement character means something to Qt.
_HAS_PICTURE = frozenset("\ufffd")

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
    """Return what is drawn for a character that cannot be seen: its abbreviation, its byte or its number in hex."""
    code = ord(character)
    if 0xDC00 <= code <= 0xDCFF:
        return f"{code - 0xDC00:02X}"
    return _ABBREVIATIONS.get(code) or (f"{code:02X}" if code < 0x100 else f"{code:04X}")


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text) + len(_ASTRAL.findall(text))


class ShownText:
    """A text and what is drawn for it."""

    def __init__(self, source: str) -> None:
        """Work out what is drawn for ``source``."""
        self.source = source
        self.labels: list[tuple[int, int]] = []
        """Where the labels stand in the drawn text (UTF-16 units: start, end)."""
        self._positions: array[int] | None = None
        if _UNSEEN.search(source):
            self.shown = self._with_labels(source)
        else:
            self.shown = source
            if _ASTRAL.search(source):
                self._positions = _positions(source)

    def _with_labels(self, source: str) -> str:
        pieces: list[str] = []
        positions, position = array("L"), 0
        for character in source:
            positions.append(position)
            if _UNSEEN.match(character) and character not in _HAS_PICTURE:
                # Spaces that no line breaks at keep the label off its neighbours.
                piece = f"\u00a0{label(character)}\u00a0"
                self.labels.append((position, position + len(piece)))
                position += len(piece)
            else:
                piece = character
                position += 2 if character > "\uffff" else 1
            pieces.append(piece)
        positions.append(position)
        self._positions = positions
        return "".join(pieces)

    @property
    def length(self) -> int:
        """The length of the drawn text (UTF-16 units)."""
        return self._positions[-1] if self._positions is not None else len(self.source)

    def to_position(self, offset: int) -> int:
        """Return the position in the drawn text (UTF-16 units) of the offset (code points)."""
        return self._positions[offset] if self._positions is not None else offset

    def to_offset(self, position: int, *, up: bool = False) -> int:
        """Return the offset (code points) of the position (UTF-16 units); within a character: before it, or after."""
        if self._positions is None:
            return position
        offset = max(0, bisect_right(self._positions, position) - 1)
        if up and offset < len(self.source) and self._positions[offset] < position:
            offset += 1
        return min(offset, len(self.source))


def _positions(source: str) -> array[int]:
    positions, position = array("L"), 0
    for character in source:
        positions.append(position)
        position += 2 if character > "\uffff" else 1
    positions.append(position)
    return positions
