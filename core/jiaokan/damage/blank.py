"""No-break spaces that became question marks: R473.2? ? ? [文獻標識碼] is R473.2, three no-break spaces, [文獻標識碼].

GBK and Big5 have no U+00A0, and what writes them puts a '?' in its place. Editors of web pages alternate no-break spaces
with plain ones, so the marks stand in chains with single blanks between them, which no question does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaokan.characters import HANZI, is_chinese
from jiaokan.repair import Certainty, Evidence, Kind, Repair

_NO_BREAK_SPACE = "\xa0"
_CHAIN = re.compile(r"(?<!\?)\?+(?: \?+)+")
# Where a document has chains, a mark behind a hanzi and before a blank is one as well: a question that was folded has none.
_SINGLE = re.compile(rf"(?<=[{HANZI}])\?(?= [{HANZI}\w])")
# A chain with so many blanks is no accident; shorter ones are found in descriptions of commands, ?option? ?value?, and of
# regular expressions, +? ??.
_LONG = 2


@dataclass(frozen=True, slots=True)
class BlankEvidence:
    """The habit of a document.

    Attributes:
        chained: Whether its no-break spaces became question marks.
        annotated: Whether a machine annotated it.

    """

    chained: bool = False
    annotated: bool = False


def gather(text: str, *, annotated: bool) -> BlankEvidence:
    """Return the habit of the document ``text`` (raw); ``annotated``: a machine annotated it. Linear in the text."""
    chained = any(match[0].count(" ") >= _LONG for match in _CHAIN.finditer(text))
    return BlankEvidence(chained, annotated)


def find(text: str, evidence: BlankEvidence) -> list[Repair]:
    """Return the question marks of one paragraph that were no-break spaces."""
    if not evidence.chained or "?" not in text:
        return []
    places = set(_in_chains(text, evidence))
    if evidence.annotated:
        places.update(match.start() for match in _SINGLE.finditer(text))
    proof = Evidence("invisible.no_break_space", "A no-break space that the page's charset does not have became “?”.")
    return [
        Repair.of(text, place, place + 1, _NO_BREAK_SPACE, Kind.INVISIBLE, Certainty.PROBABLE, proof)
        for place in sorted(places)
    ]


def _in_chains(text: str, evidence: BlankEvidence) -> Iterator[int]:
    for match in _CHAIN.finditer(text):
        beside = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
        if evidence.annotated or match[0].count(" ") >= _LONG or any(map(is_chinese, beside)):
            yield from (place for place in range(*match.span()) if text[place] == "?")
