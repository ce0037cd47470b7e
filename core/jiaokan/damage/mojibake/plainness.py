"""Does a decoded text read as Chinese? What is not even that is no repair, however odd the text is that it is made from."""

from __future__ import annotations

import re

from jiaokan.characters import CJK_PUNCTUATION, HANZI
from jiaokan.damage.mojibake.spans import strangeness
from jiaokan.language_model import LanguageModel

# Per code point (nats): running text has -4 to -6, sentences with rare words -7, what other languages become -8 to -13.
_EACH = -7.4
_LINE_ENDS = -8.0  # what the ends of a line cost besides
# Of the characters so many may be rare ones.
_MOST_STRANGE = 0.34
_NO_CHINESE = re.compile(f"[^{HANZI}{CJK_PUNCTUATION}]+")
# Half-width katakana are what single bytes become in Shift_JIS; no Chinese text has them.
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")


def reads_as_chinese(text: str) -> bool:
    """Return whether the Chinese of ``text`` is likely, whatever else stands in it."""
    if _HALF_WIDTH.search(text) or strangeness(text) > _MOST_STRANGE:
        return False
    chinese = _NO_CHINESE.sub(" ", text)
    return LanguageModel.load().score(chinese) > _EACH * len(chinese) + _LINE_ENDS
