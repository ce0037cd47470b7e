"""Classes of characters that several modules speak of: as bodies of regular-expression classes and as predicates.

The names in capitals are *class bodies*: they stand between the brackets of a regular expression and can be joined, as
in ``re.compile(f"[{HANZI}{CHINESE_PUNCTUATION}]")``.

Source of the ranges: Unicode 17.0, ``Blocks.txt`` (https://www.unicode.org/Public/17.0.0/ucd/Blocks.txt).
"""

from __future__ import annotations

import re

HANZI = (
    "\u3005\u3007"  # 々 and 〇, which stand for a hanzi within a word
    "\u3400-\u4dbf"  # Extension A
    "\u4e00-\u9fff"  # CJK Unified Ideographs
    "\uf900-\ufaff"  # Compatibility Ideographs
    "\U00020000-\U0002a6df"  # Extension B
    "\U0002a700-\U0002ee5f"  # Extensions C to F and I, which follow one another
    "\U0002f800-\U0002fa1f"  # Compatibility Ideographs Supplement
    "\U00030000-\U0003347f"  # Extensions G, H and J, which follow one another
)
"""Chinese characters: the unified ideographs with all extensions, the compatibility ideographs, 々 and 〇."""

CJK_PUNCTUATION = (
    "\u3001-\u3004\u3008-\u3020\u3030\u303d"  # 、。〃〄〈〉《》「」『』【】〒〓〔〕〖〗〘〙〚〛〜〝〞〟〠〰〽
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6"  # full-width ！ to ／, ： to ＠ and so on
    "\ufe10-\ufe19\ufe30-\ufe6b"  # vertical and small forms
)
"""Punctuation that is Chinese (or Japanese) whatever stands beside it. No space: see :data:`IDEOGRAPHIC_SPACE`."""

SHARED_PUNCTUATION = "‘’“”—…·―─"
"""Punctuation that Chinese shares with Western languages: only its neighbours tell whose it is."""

CHINESE_PUNCTUATION = CJK_PUNCTUATION + SHARED_PUNCTUATION
"""All the punctuation that a Chinese text has."""

IDEOGRAPHIC_SPACE = "\u3000"

OPENING_BRACKETS = "“‘「『（《〈【〔〖〘〚［｛｢"
"""Chinese brackets and quotation marks that open; the one at the same place in CLOSING_BRACKETS closes it."""

CLOSING_BRACKETS = "”’」』）》〉】〕〗〙〛］｝｣"
"""Chinese brackets and quotation marks that close."""

SENTENCE_ENDS = "。．！？!?…｡"
"""Marks that end a sentence. No ASCII full stop, which also stands in 3.14 and in abbreviations."""

PAUSES = "，、；：,;:､"
"""Marks within a sentence, full-width and half-width: a line that ends in one of them goes on."""

_HANZI = re.compile(f"[{HANZI}]")
_HANZI_RUN = re.compile(f"[{HANZI}]+")
_CHINESE_PUNCTUATION = re.compile(f"[{CHINESE_PUNCTUATION}]")


def is_hanzi(character: str) -> bool:
    """Return whether ``character`` (one code point; "" is allowed and is none) is a Chinese character."""
    return "\u4e00" <= character <= "\u9fff" or _HANZI.match(character) is not None


def is_chinese_punctuation(character: str) -> bool:
    """Return whether ``character`` (one code point; "" is allowed and is none) is in CHINESE_PUNCTUATION."""
    return _CHINESE_PUNCTUATION.match(character) is not None


def is_chinese(character: str) -> bool:
    """Return whether ``character`` (one code point; "" is allowed and is none) is a hanzi or Chinese punctuation."""
    return is_hanzi(character) or is_chinese_punctuation(character)


def has_hanzi(text: str) -> bool:
    """Return whether there is a Chinese character in ``text``."""
    return _HANZI.search(text) is not None


def count_hanzi(text: str) -> int:
    """Return how many Chinese characters ``text`` has."""
    return sum(match.end() - match.start() for match in _HANZI_RUN.finditer(text))
