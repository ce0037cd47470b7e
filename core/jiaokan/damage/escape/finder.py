"""Which escapes are damage: the evidence of the document, and the repairs of a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jiaokan.characters import count_hanzi, is_chinese
from jiaokan.damage.escape.characters import CHARSETS
from jiaokan.damage.escape.notations import TRIGGER, Run, runs
from jiaokan.damage.escape.surroundings import TALK, Place, blanked, meant, places
from jiaokan.language_model import LanguageModel
from jiaokan.paragraphs import paragraphs
from jiaokan.rarity import common_pattern
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# Escapes are damage in a document if this many times as much of them stands in text as where they are at home.
_PREVAILING = 4
# So many characters in text make a habit: then every run that is not at home is damage, of one character too.
_HABIT = 12
# How far before a paragraph talk of escapes still is about it (code points).
_NEAR = 120
# Fewer hanzi than this are not certain by themselves, and fewer than the second are only suggested.
_FEWEST_CERTAIN = 4
_FEWEST = 2
_DOUBLE_BYTE = ("gb18030", "big5hkscs")
# Text that is less likely than this, per code point and for the ends of a line, is no Chinese (as in mojibake).
_PLAIN_EACH = -9.0
_LINE_ENDS = -8.0
# Of what the form does not show, a short run must be likelier.
_PLAIN_SHORT = -8.0


@dataclass(frozen=True, slots=True)
class EscapeEvidence:
    """What the whole document says about escapes.

    Attributes:
        habits: The notations that are damage in it, each with whether the document has a habit of it.
        charsets: The charset of the bytes of each notation.

    """

    habits: Mapping[str, bool] = field(default_factory=dict)
    charsets: Mapping[str, str] = field(default_factory=dict)


def gather(text: str) -> EscapeEvidence:
    """Return which notations are damage in the document ``text`` (raw), by where their runs stand. Linear in the text."""
    if TRIGGER.search(text) is None:
        return EscapeEvidence()
    weights: Counter[tuple[str, Place]] = Counter()
    charsets: Counter[tuple[str, str]] = Counter()
    before = ""
    for _, paragraph in paragraphs(text):
        found = runs(paragraph)
        rest = blanked(paragraph, found)
        is_talked_of = found and TALK.search(before) is not None
        before = (before + rest[-_NEAR:])[-_NEAR:]
        for run, place in zip(found, places(rest, found) if found else (), strict=True):
            weights[run.notation.name, Place.TALK if is_talked_of else place] += _weight(run)
            charsets[run.notation.name, run.reading.charset] += _weight(run)
    return EscapeEvidence(habits := dict(_habits(weights)), _settled(charsets, habits))


def _habits(weights: Counter[tuple[str, Place]]) -> Iterator[tuple[str, bool]]:
    """Yield the notations that stand in text far more than where they are at home, and whether that is a habit."""
    talk = sum(weight for (_, place), weight in weights.items() if place is Place.TALK)
    for name in {name for name, _ in weights}:
        in_text = weights[name, Place.TEXT]
        at_home = weights[name, Place.CODE] + talk
        if in_text + weights[name, Place.APART] and in_text >= _PREVAILING * at_home:
            yield name, in_text >= _HABIT


def _settled(charsets: Counter[tuple[str, str]], habits: Mapping[str, bool]) -> dict[str, str]:
    """Return the charset in which most of the bytes are, for every notation of bytes that is a habit."""
    settled: dict[str, str] = {}
    for (name, charset), _ in charsets.most_common():
        if charset in CHARSETS and habits.get(name):
            settled.setdefault(name, charset)
    return settled


def _weight(run: Run) -> int:
    """Return how many characters the run has that a text escapes: all but ASCII."""
    text = meant(run.reading.text)
    if not run.notation.evident and not _is_plain(text):
        return 0
    return sum(not character.isascii() for character in text)


def find(text: str, evidence: EscapeEvidence) -> list[Repair]:
    """Return the escapes of one paragraph that are damage."""
    if not evidence.habits or TRIGGER.search(text) is None:
        return []
    found = runs(text, evidence.charsets)
    repairs: list[Repair] = []
    for run, place in zip(found, places(blanked(text, found), found), strict=True):
        if place in (Place.TEXT, Place.APART) and run.notation.name in evidence.habits:
            certainty = _certainty(run, place, is_habit=evidence.habits[run.notation.name])
            if certainty is not None:
                repairs.append(_repair(text, run, certainty))
    return repairs


def _certainty(run: Run, place: Place, *, is_habit: bool) -> Certainty | None:
    """Return how sure it is that the run is damage, None if it is none."""
    decoded = meant(run.reading.text)
    sure = Certainty.CERTAIN if run.reading.certain else Certainty.PROBABLE
    if is_habit and (run.notation.evident or all(map(is_chinese, decoded))):
        return sure
    hanzi = count_hanzi(decoded)
    plain = _is_plain(decoded)
    if is_habit and plain:
        return sure
    if place is Place.APART or not (hanzi or is_chinese(decoded[:1])):
        return None
    if hanzi >= _FEWEST_CERTAIN and plain:
        return sure
    # Two bytes of a double-byte charset are a number or a name more often than one character.
    if not run.notation.evident or (hanzi < _FEWEST and run.reading.charset in _DOUBLE_BYTE):
        return None
    if hanzi >= _FEWEST_CERTAIN or (hanzi >= _FEWEST and plain and _is_common(decoded)):
        return Certainty.PROBABLE
    return Certainty.SUGGESTED


def _is_common(decoded: str) -> bool:
    """Return whether no hanzi of the text is rare."""
    return len(common_pattern().findall(decoded)) == count_hanzi(decoded)


def _is_plain(decoded: str) -> bool:
    """Return whether what a run spells is text by the model of the language."""
    each = _PLAIN_EACH if len(decoded) >= _FEWEST_CERTAIN else _PLAIN_SHORT
    return LanguageModel.load().score(decoded) > each * len(decoded) + _LINE_ENDS


def _repair(text: str, run: Run, certainty: Certainty) -> Repair:
    decoded, charset = run.reading.text, run.reading.charset
    reason = f"Text that was written out in ASCII ({run.notation.title}) and never read back; it decodes exactly."
    evidence = Evidence(
        f"escape.{run.notation.name}",
        reason,
        intended=decoded.encode(charset or "utf-8", "replace"),
        read=text[run.start : run.end].encode("ascii", "replace"),
    )
    return Repair.of(text, run.start, run.end, decoded, Kind.ESCAPE, certainty, evidence)
