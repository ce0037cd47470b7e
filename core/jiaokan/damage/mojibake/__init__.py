"""Mojibake: text that was read in another charset than it was written in; 浣犲ソ, ÄãºÃ and ä½ å¥½ are 你好.

The charsets of Chinese are tried first, on the whole span; what is Western is left to ftfy, which never goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiaokan.damage.mojibake import habit, partly, western
from jiaokan.damage.mojibake.habit import MojibakeEvidence, gather
from jiaokan.damage.mojibake.inversion import invert
from jiaokan.damage.mojibake.losses import LONGEST, restore
from jiaokan.damage.mojibake.spans import (
    LOSS,
    Span,
    is_debris,
    is_language,
    is_partly_sound,
    is_strange,
    kept_spans,
    narrow_spans,
    wide_spans,
)
from jiaokan.language_model import LanguageModel
from jiaokan.repair import Repair, apply

__all__ = ["MojibakeEvidence", "find", "gather"]

_NO_HABIT = MojibakeEvidence()
# Who writes of charsets quotes mojibake as an example.
_SPEAKS_OF_CHARSETS = re.compile(
    "乱码|亂碼|编码|編碼|字符集|字元集|字[符元]编|mojibake|charset|(?:utf|UTF|Utf)-?(?:8|16)|(?i:gbk|gb18030|gb2312|big5|iso-?8859|latin-?1)"
)


def find(text: str, evidence: MojibakeEvidence = _NO_HABIT) -> list[Repair]:
    """Return the mojibake of one paragraph: of all of it, or span by span, and what is like the rest of the document."""
    found = _found(text)
    if _SPEAKS_OF_CHARSETS.search(text):
        return found
    if not found and len(text) > LONGEST and not text.isascii():
        return [repair.shifted(start) for start, piece in _pieces(text) for repair in find(piece, evidence)]
    return _apart([*found, *habit.find(text, evidence, found)]) or western.find(text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long paragraph, at a blank if there is one: elsewhere a character of what was written may be cut in two."""
    start = 0
    while start < len(text):
        end = start + LONGEST
        if end < len(text):
            end = text.rfind(" ", start + LONGEST // 2, end) + 1 or end
        yield start, text[start:end]
        start = end


def _found(text: str) -> list[Repair]:
    """Return the mojibake that shows by itself."""
    is_quoted = _SPEAKS_OF_CHARSETS.search(text) is not None
    mixed = [] if is_quoted else partly.find(text)
    whole = _whole(text) if is_strange(text) and not is_language(text) else None
    if text.isascii() or is_quoted:
        return [whole] if whole else []
    if whole and not is_partly_sound(text):
        return _likelier(text, [[whole], mixed])
    spans = [*narrow_spans(text), *((span,) for span in kept_spans(text)), *wide_spans(text)]
    parts = _apart([repair for extents in spans if (repair := _likeliest(text, extents)) is not None])
    return _likelier(text, [[whole] if whole else [], mixed, parts])


def _whole(text: str) -> Repair | None:
    """Return the repair of a paragraph that is mojibake as a whole."""
    whole = invert(text, 0, len(text))
    if not is_debris(text) or (whole is not None and not LOSS.search(text) and not is_strange(whole.after)):
        return whole
    restored = restore(text, 0, len(text))
    ranked = _likelier(text, [[repair] for repair in (whole, restored) if repair is not None])
    return ranked[0] if ranked else None


def _likeliest(text: str, extents: Sequence[Span]) -> Repair | None:
    """Return the repair of one of the ``extents`` of a span that makes the paragraph likeliest."""
    found = [repair for start, end in extents if (repair := invert(text, start, end)) is not None]
    # With bytes lost the rest does not decode, and a part of it would be no more than an accident.
    found += [repair for start, end in extents[:1] if not found and (repair := restore(text, start, end)) is not None]
    ranked = _likelier(text, [[repair] for repair in found])
    return ranked[0] if ranked else None


def _likelier(text: str, choices: list[list[Repair]]) -> list[Repair]:
    """Return the repairs that make the paragraph likeliest; none if there are none."""
    found = [repairs for repairs in choices if repairs]
    if len(found) < 2:
        return found[0] if found else []
    return max(found, key=lambda repairs: LanguageModel.load().score(apply(text, repairs)))


def _apart(repairs: list[Repair]) -> list[Repair]:
    """Return the repairs in order, of those that overlap the first only."""
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda repair: repair.start):
        if not kept or repair.start >= kept[-1].end:
            kept.append(repair)
    return kept
