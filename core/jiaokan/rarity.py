"""Which hanzi are rare: a crowd of them is the mark of text that was read in a wrong way."""

from __future__ import annotations

import re
from functools import cache

from jiaokan.language_model import LanguageModel

# A hanzi is rare if its unigram is less likely than this (natural logarithm): some 3,000, in either script, are not.
_RARE = -10.5
_BLOCK = (0x4E00, 0xA000)  # CJK Unified Ideographs


@cache
def common_hanzi() -> str:
    """Return the hanzi, in either script, that are not rare, as the body of a class of a regular expression."""
    model = LanguageModel.load()
    every = "".join(map(chr, range(*_BLOCK)))
    folded = model.fold(every)
    common = {character for character in set(folded) if model.unigram(character) > _RARE}
    return "".join(character for character, sign in zip(every, folded, strict=True) if sign in common)


@cache
def common_pattern() -> re.Pattern[str]:
    """Return the pattern of one hanzi that is not rare."""
    return re.compile(f"[{common_hanzi()}]")


@cache
def rare_crowd_pattern() -> re.Pattern[str]:
    """Return the pattern of two rare hanzi close to each other."""
    rare = f"[{''.join(sorted(set(map(chr, range(*_BLOCK))) - set(common_hanzi())))}]"
    return re.compile(f"{rare}.{{0,2}}{rare}")
