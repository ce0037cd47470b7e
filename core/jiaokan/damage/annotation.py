"""Inserted pinyin annotations: 實(shí)現(xiàn) is 實現.

An author glosses what readers stumble over, and once; a machine annotates what it comes across, again and again. It
has a *list* of characters and annotates them wherever they stand, always with the same reading, and the others never;
or it *strews* readings over the text, whatever the characters. So a document tells by how its annotations are spread:

- by a list: (nearly) every occurrence of the annotated characters carries the one reading. Most are everyday
  characters outside GB2312; those inside count where a list is at work anyway, or where there are very many.
- strewn: everyday characters carry readings as often as the text has them, the most frequent ones too, over and over,
  but seldom two in a row, and never most of them.

A primer annotates (nearly) every character, a lesson words, a glossary what stands alone in its line, and a gloss picks
what is rare or has several readings: these stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from jiaokan.characters import HANZI, count_hanzi
from jiaokan.doublebyte import big5
from jiaokan.readings import LONGEST_READING, PINYIN_LETTERS, is_reading_of, normalised, readings, toneless
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# One syllable, its tone a mark, a number or not given, in parentheses behind a hanzi, once or several times.
_READING = f"[{PINYIN_LETTERS}:]{{1,{LONGEST_READING}}}[0-5]?"
_SPACE = "[ \u3000\xa0]{0,3}"
ANNOTATION = re.compile(
    f"(?P<character>[{HANZI}])[(（]{_SPACE}(?P<reading>{_READING}){_SPACE}[)）]"
    f"(?:[(（]{_SPACE}(?P=reading){_SPACE}[)）])*",
    re.IGNORECASE,
)
# Several syllables in one parenthesis, 饕餮(tāo tiè), are an author's.
_GLOSS = re.compile(f"[{HANZI}][(（]{_READING}(?:[ '’]{_READING})+[)）]", re.IGNORECASE)
_SEPARATORS = frozenset(("", "\n", "\r", "、", "，", ",", "：", ":", "；", ";", "。", " ", "\u3000", "\t"))

# A character is annotated by habit if this share of its occurrences carries the annotation. Slips hide some.
_HABIT = 0.5
_ONE_READING = 0.8
# A document is annotated if at least this share of its hanzi is, and by an author if it is more than the second: a primer.
_DENSITY = 0.005
_PRIMER = 0.5
# More than this share of annotations that the machine cannot have made, and somebody teaches pinyin here.
_FOREIGN = 0.2
# Machines annotate everyday characters: rare ones beyond the rest of this share are somebody's lesson.
_EVERYDAY = 0.7
# Characters alone between separators, 龘(dá)、靐(bìng): beyond this share it is a list of words that somebody wrote.
_ALONE = 0.3
_FEWEST_CHARACTERS = 2
# So many annotated characters make a habit; with fewer, only what nobody would gloss counts.
_ENOUGH_CHARACTERS = 4
# So many characters of GB2312, each annotated again and again, show that the list has such, and, in a document without
# characters outside it, that there is a list at all.
_ENOUGH_REPEATED = 3
_MANY_REPEATED = 8
# Enough of a document to tell whether it is written in Traditional characters, in code points.
_SAMPLE = 20_000

# Strewn readings: at least so many, and this share of the hanzi.
_FEWEST_STREWN = 12
_STREWN_DENSITY = 0.02
# This share of them repeats the annotation of a character, and it does so for so many characters.
_REPEATED = 0.1
_FEWEST_REPEATED = 3
# Frequent characters stand so often in the document; they are annotated this much as often as all, at least.
_FREQUENT = 5
_AS_OFTEN = 0.5
# More than this share of annotated characters in a row, and words or sentences are annotated, not characters.
_IN_A_ROW = 0.5
# This share of them is what nobody would gloss: an everyday character's usual reading.
_USUAL = 0.6


@dataclass(frozen=True, slots=True)
class AnnotationEvidence:
    """The habit of a document.

    Attributes:
        habitual: The characters that are annotated at (nearly) every occurrence, each with the reading printed; empty
            if the document has no such habit.
        strewn: Whether readings are strewn over the text, whatever the characters.

    """

    habitual: Mapping[str, str] = field(default_factory=dict)
    strewn: bool = False


@dataclass(slots=True)
class _Printed:
    """The annotations of a document: the readings of each character, and how they stand."""

    readings: dict[str, Counter[str]]
    occurrences: Counter[str]  # of the annotated characters, with a reading or without
    hanzi: int
    alone: Counter[str]
    in_a_row: int
    glosses: int

    def total(self, characters: Mapping[str, object]) -> int:
        """Return how many annotations the ``characters`` have."""
        return sum(self.readings[character].total() for character in characters)


def gather(text: str) -> AnnotationEvidence:
    """Return which characters of the document ``text`` (raw) are annotated by habit. Linear in the text."""
    printed = _printed(text)
    if printed is None:
        return AnnotationEvidence()
    listed = _listed(printed, text)
    return AnnotationEvidence(listed, strewn=not listed and _is_strewn(printed))


def _printed(text: str) -> _Printed | None:
    found: dict[str, Counter[str]] = {}
    alone: Counter[str] = Counter()
    in_a_row = 0
    end = -1
    for match in ANNOTATION.finditer(text):
        character, reading = match["character"], normalised(match["reading"])
        if is_reading_of(reading, character):
            found.setdefault(character, Counter())[reading] += 1
            before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
            alone[character] += before in _SEPARATORS and after in _SEPARATORS
            in_a_row += match.start() == end
            end = match.end()
    if not found:
        return None
    every = Counter(text)
    occurrences = Counter({character: every[character] for character in found})
    glosses = sum(1 for _ in _GLOSS.finditer(text))
    return _Printed(found, occurrences, count_hanzi(text), alone, in_a_row, glosses)


def _listed(printed: _Printed, text: str) -> dict[str, str]:
    """Return the characters that a list of everyday characters annotates, each with its reading; none if no list does."""
    always = {
        character: reading
        for character, counts in printed.readings.items()
        for reading, number in counts.most_common(1)
        # Two readings of one character are a lesson, not a list; one that stands apart is a gloss beside the list's.
        if number >= _ONE_READING * counts.total() and number >= _HABIT * printed.occurrences[character]
    }
    listed = {character: reading for character, reading in always.items() if not is_in_gb2312(character)}
    if len(listed) < _ENOUGH_CHARACTERS:
        listed = {character: listed[character] for character in listed if _is_everyday(character)}
    inside = _listed_inside(printed, always)
    if len(listed) >= _ENOUGH_CHARACTERS or len(inside) >= _MANY_REPEATED:
        listed |= inside
    annotations = printed.total(printed.readings)
    occurrences = printed.total(listed)
    everyday = printed.total({character: reading for character, reading in listed.items() if _is_everyday(character)})
    alone = sum(printed.alone[character] for character in listed)
    if len(listed) < _FEWEST_CHARACTERS or everyday < _EVERYDAY * occurrences or alone > _ALONE * occurrences:
        return {}
    foreign = annotations - occurrences + printed.glosses
    if occurrences < max(2, _DENSITY * printed.hanzi) or foreign > _FOREIGN * occurrences:
        return {}
    is_primer = annotations > _PRIMER * printed.hanzi or printed.in_a_row > _IN_A_ROW * annotations
    if any(map(is_in_gb2312, listed)) and is_primer:
        return {}
    if len(listed) < _ENOUGH_CHARACTERS and not _is_traditional(text[:_SAMPLE]):
        return {}
    return listed


def _listed_inside(printed: _Printed, always: Mapping[str, str]) -> dict[str, str]:
    """Return the everyday characters of GB2312 that a list seems to have: annotated again and again.

    Once there are some, the others that are always annotated belong to them.
    """
    everyday = {
        character: reading
        for character, reading in always.items()
        if is_in_gb2312(character) and _is_everyday(character)
    }
    repeated = {
        character: reading for character, reading in everyday.items() if printed.readings[character].total() > 1
    }
    return everyday if len(repeated) >= _ENOUGH_REPEATED else repeated


def _is_strewn(printed: _Printed) -> bool:
    """Return whether the annotated characters are such as the text has, and not such as somebody chose."""
    counts = {character: found.total() for character, found in printed.readings.items()}
    annotations = sum(counts.values())
    if annotations < max(_FEWEST_STREWN, _STREWN_DENSITY * printed.hanzi) or annotations > _PRIMER * printed.hanzi:
        return False
    repeated = sum(count > 1 for count in counts.values())
    if repeated < _FEWEST_REPEATED or annotations - len(counts) < _REPEATED * annotations:
        return False
    if printed.in_a_row > _IN_A_ROW * annotations or sum(printed.alone.values()) > _ALONE * annotations:
        return False
    usual = sum(
        found[reading]
        for character, found in printed.readings.items()
        for reading in found
        if _is_everyday(character) and is_usual(reading, character)
    )
    if usual < _USUAL * annotations or printed.glosses > _FOREIGN * annotations:
        return False
    frequent = [character for character in counts if printed.occurrences[character] >= _FREQUENT]
    carried = sum(counts[character] for character in frequent)
    expected = sum(printed.occurrences[character] for character in frequent) * annotations / max(1, printed.hanzi)
    return bool(frequent) and carried >= _AS_OFTEN * expected


def find(text: str, evidence: AnnotationEvidence) -> list[Repair]:
    """Return the annotations of one paragraph, to be removed, where the document annotates by habit."""
    if not (evidence.habitual or evidence.strewn) or not ("(" in text or "（" in text):
        return []
    repairs: list[Repair] = []
    for match in ANNOTATION.finditer(text):
        character, reading = match["character"], normalised(match["reading"])
        if evidence.habitual.get(character) == reading:
            rule, reason = "habit", f"this document prints it at every {character}"
            certainty = Certainty.CERTAIN
        elif evidence.strewn and is_reading_of(reading, character):
            rule, reason = "strewn", "this document has readings strewn over its text, whatever the characters"
            plain = _is_everyday(character) and is_usual(reading, character)
            certainty = Certainty.CERTAIN if plain else Certainty.PROBABLE
        else:
            continue
        because = Evidence(f"annotation.{rule}", f"“{match['reading']}” is the reading of {character}: {reason}.")
        start, end = match.end("character"), match.end()
        repairs.append(Repair.of(text, start, end, "", Kind.ANNOTATION, certainty, because))
    return repairs


@cache
def is_in_gb2312(character: str) -> bool:
    """Return whether GB2312 has the character: the lists of most mirror sites have none of them."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_usual(reading: str, character: str) -> bool:
    """Return whether ``reading`` (normalised), with its tone or without, is the usual one of ``character``."""
    usual = readings(character)[:1]
    return bool(usual) and reading in (usual[0], toneless(usual[0]))


@cache
def _is_everyday(character: str) -> bool:
    """Return whether nobody would gloss ``character``.

    It is one of Big5's 5,401 frequently used characters, A440-C67E, or of GB2312's 3,755, B0A1-D7F9.
    """
    if 0xA440 <= big5().pairs.get(character, 0) <= 0xC67E:
        return True
    return b"\xb0\xa1" <= character.encode("gb2312", "ignore") <= b"\xd7\xf9"


def _is_traditional(text: str) -> bool:
    """Return whether (nearly) all hanzi of ``text`` are in Big5, which has few Simplified characters."""
    pairs = big5().pairs
    hanzi = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    return sum(character not in pairs for character in hanzi) <= 0.05 * len(hanzi)
