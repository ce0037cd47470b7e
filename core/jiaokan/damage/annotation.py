"""Inserted pinyin annotations: 實(shí)現(xiàn) is 實現.

A machine printed a reading behind every occurrence of the characters in a list of its own. What sets this damage apart
from a gloss that the author wrote is the habit of the document: the annotated characters lie outside GB2312, each
has one reading in it, stands annotated at (nearly) every occurrence, and there are many. A gloss is sparse and picks characters
that readers stumble over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from jiaokan.characters import HANZI, count_hanzi
from jiaokan.doublebyte import big5
from jiaokan.readings import LONGEST_READING, PINYIN_LETTERS, is_reading_of, normalised
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# One syllable in parentheses behind a hanzi; the spaces are found on some sites.
_READING = f"[{PINYIN_LETTERS}]{{1,{LONGEST_READING}}}"
ANNOTATION = re.compile(f"(?P<character>[{HANZI}])[(（] ?(?P<reading>{_READING}) ?[)）]", re.IGNORECASE)
# Several syllables in one parenthesis, 饕餮(tāo tiè), are an author's.
_GLOSS = re.compile(f"[{HANZI}][(（]{_READING}(?:[ '’]{_READING})+[)）]", re.IGNORECASE)
_SEPARATORS = frozenset(("", "\n", "\r", "、", "，", ",", "：", ":", "；", ";", "。", " ", "\u3000", "\t"))

# A character counts as annotated by habit if this share of its occurrences carries the annotation. Slips hide some.
_HABIT = 0.5
# A document counts as annotated if at least this share of its hanzi is.
_DENSITY = 0.005
# Annotations that the list cannot have made: more than this share of the others, and somebody teaches pinyin here.
_FOREIGN = 0.2
# The list is one of everyday characters: rare ones beyond the rest of this share are somebody's lesson.
_EVERYDAY = 0.7
# Characters alone between separators, 龘(dá)、靐(bìng): beyond this share it is a list of words that somebody wrote.
_ALONE = 0.3
_FEWEST_CHARACTERS = 2
# So many annotated characters make a habit; with fewer, only what nobody would gloss counts.
_ENOUGH_CHARACTERS = 4
# Enough of a document to tell whether it is written in Traditional characters, in code points.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class AnnotationEvidence:
    """The habit of a document.

    Attributes:
        habitual: The characters that are annotated at (nearly) every occurrence, each with the reading printed; empty
            if the document has no such habit.

    """

    habitual: Mapping[str, str] = field(default_factory=dict)


def gather(text: str) -> AnnotationEvidence:
    """Return which characters of the document ``text`` (raw) are annotated by habit."""
    printed: dict[str, Counter[str]] = {}
    foreign = sum(1 for _ in _GLOSS.finditer(text))
    alone = 0
    for match in ANNOTATION.finditer(text):
        character, reading = match["character"], normalised(match["reading"])
        if not is_reading_of(reading, character):
            continue
        if is_in_gb2312(character):
            foreign += 1
        else:
            printed.setdefault(character, Counter())[reading] += 1
            alone += (
                text[match.start() - 1 : match.start()] in _SEPARATORS
                and text[match.end() : match.end() + 1] in _SEPARATORS
            )
    habitual = {
        character: next(iter(counts))
        for character, counts in printed.items()
        # Two readings of one character are a lesson, not a list.
        if len(counts) == 1 and counts.total() >= _HABIT * text.count(character)
    }
    if len(habitual) < _ENOUGH_CHARACTERS:
        habitual = {character: habitual[character] for character in habitual if _is_everyday(character)}
    occurrences = sum(printed[character].total() for character in habitual)
    everyday = sum(printed[character].total() for character in habitual if _is_everyday(character))
    if len(habitual) < _FEWEST_CHARACTERS or everyday < _EVERYDAY * occurrences or alone > _ALONE * occurrences:
        return AnnotationEvidence()
    enough = occurrences >= 2 and occurrences >= _DENSITY * count_hanzi(text)
    if not enough or foreign > _FOREIGN * occurrences:
        return AnnotationEvidence()
    if len(habitual) < _ENOUGH_CHARACTERS and not _is_traditional(text[:_SAMPLE]):
        return AnnotationEvidence()
    return AnnotationEvidence(habitual)


def find(text: str, evidence: AnnotationEvidence) -> list[Repair]:
    """Return the annotations of one paragraph, to be removed, where the document annotates by habit."""
    habitual = evidence.habitual
    if not habitual or not ("(" in text or "（" in text):
        return []
    return [
        _removal(text, match)
        for match in ANNOTATION.finditer(text)
        if habitual.get(match["character"]) == normalised(match["reading"])
    ]


def _removal(text: str, match: re.Match[str]) -> Repair:
    character, reading = match["character"], match["reading"]
    reason = f"“{reading}” is the reading of {character}: this document prints it at every {character}."
    evidence = Evidence("annotation.habit", reason)
    start, end = match.end("character"), match.end()
    return Repair.of(text, start, end, "", Kind.ANNOTATION, Certainty.CERTAIN, evidence)


def is_in_gb2312(character: str) -> bool:
    """Return whether GB2312 has the character: the list of annotated characters has none of them."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_everyday(character: str) -> bool:
    """Return whether nobody would gloss ``character``: one of Big5's 5,401 frequently used characters, A440-C67E."""
    return 0xA440 <= big5().pairs.get(character, 0) <= 0xC67E


def _is_traditional(text: str) -> bool:
    """Return whether (nearly) all hanzi of ``text`` are in Big5, which has few Simplified characters."""
    pairs = big5().pairs
    hanzi = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    return sum(character not in pairs for character in hanzi) <= 0.05 * len(hanzi)
