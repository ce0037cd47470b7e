"""The habit of a document: through which charsets its longer lines went tells what a word or two alone on a line are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaokan.characters import count_hanzi
from jiaokan.damage.mojibake.charsets import NARROW, UTF_8, UTF_16_BE, UTF_16_LE, WIDE, WRITTEN, Charset
from jiaokan.damage.mojibake.inversion import inverted
from jiaokan.damage.mojibake.plainness import reads_as_chinese
from jiaokan.damage.mojibake.spans import LOSS, Span, is_language, is_strange, narrow_spans
from jiaokan.language_model import LanguageModel
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# So many lines are looked at, taken evenly from the document, and such a one tells something from so many hanzi on.
_SAMPLE = 200
_TELLING = 6
# Code points: what is longer is sampled in pieces of the second length.
_SHORT, _PIECE = 200_000, 200
# So many of them, and this share, make a habit.
_FEWEST = 2
_SHARE = 0.5
# By how many nats a reading must be likelier.
_MARGIN = 4.0
_BY_NAME = {charset.name: charset for charset in (*NARROW, *WIDE, *WRITTEN)}
# A stretch that is not ASCII; a character of ASCII may be the second byte of a pair.
_STRETCH = re.compile(r"[^\x00-\x7f](?:[ -~]?[^\x00-\x7f])*[@-~]?")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff]")

Names = tuple[tuple[str, str], ...]
"""The charsets passed through, the first misreading first: read in, written in."""


@dataclass(frozen=True, slots=True)
class MojibakeEvidence:
    """The ways that many of a document's lines went; empty if there are none (picklable)."""

    ways: tuple[Names, ...] = ()


def gather(text: str) -> MojibakeEvidence:
    """Return the habit of the document ``text`` (raw). Time is bounded, whatever its length."""
    ways: Counter[Names] = Counter()
    for line in _sample(text):
        for start, end in _telling(line):
            found = inverted(line[start:end])
            if found is not None and count_hanzi(found.text) >= _TELLING:
                ways[tuple((read.name, written.name) for read, written in found.path)] += 1
    enough = max(_FEWEST, _SHARE * ways.total())
    return MojibakeEvidence(tuple(way for way, count in ways.most_common() if count >= enough))


def _sample(text: str) -> list[str]:
    """Return up to :data:`_SAMPLE` lines that are not ASCII: all of a short text, of a long one some from everywhere."""
    if len(text) <= _SHORT:
        lines = [line for _, line in paragraphs(text) if not line.isascii()]
        return lines[:: len(lines) // _SAMPLE + 1]
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), len(text) // _SAMPLE))
    # The first line of a piece may be half a one, and half a line tells as much.
    return [line for piece in pieces for _, line in list(paragraphs(piece))[:2] if not line.isascii()][:_SAMPLE]


def _telling(line: str) -> Iterator[Span]:
    """Yield what of a line can be mojibake, by the cheap tests."""
    if is_strange(line) and not is_language(line):
        yield 0, len(line)
    else:
        for extents in narrow_spans(line):
            yield extents[0]


def find(text: str, evidence: MojibakeEvidence, known: Sequence[Repair]) -> list[Repair]:
    """Return what went one of the document's ways in one paragraph, outside the ``known`` repairs."""
    if not evidence.ways or text.isascii():
        return []
    taken = [(repair.start, repair.end) for repair in known]
    stretches = [(0, len(text))] if not taken else []
    stretches += [match.span() for match in _STRETCH.finditer(text)]
    repairs: list[Repair] = []
    for start, end in stretches:
        if all(end <= first or last <= start for first, last in taken):
            repair = _repair(text, start, end, evidence)
            if repair is not None:
                repairs.append(repair)
                taken.append((start, end))
    return sorted(repairs, key=lambda repair: repair.start)


def _repair(text: str, start: int, end: int, evidence: MojibakeEvidence) -> Repair | None:
    span = text[start:end]
    if LOSS.search(span):
        return None
    model = LanguageModel.load()
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    for way in evidence.ways:
        after = _read_again(span, [(_BY_NAME[read], _BY_NAME[written]) for read, written in way])
        if not after or after == span or not count_hanzi(after) or _IMPOSSIBLE.search(after):
            continue
        # Bytes are no UTF-8 by accident, be the hanzi ever so rare.
        is_plain = way[0][1] == UTF_8.name or reads_as_chinese(after)
        if is_plain and model.score(after, before, behind) - model.score(span, before, behind) > _MARGIN:
            steps = ", then ".join(f"{written} text was read as {read}" for read, written in way)
            why = Evidence("mojibake.habit", f"Decoded like other lines of this document it is plain text: {steps}.")
            return Repair.of(text, start, end, after, Kind.MOJIBAKE, Certainty.PROBABLE, why)
    return None


def _read_again(span: str, way: list[tuple[Charset, Charset]]) -> str | None:
    """Return what was written, if the whole span can have gone this way."""
    text: str | None = span
    for read, written in reversed(way):
        if read in (UTF_16_LE, UTF_16_BE) or text is None:
            return None
        data = read.encode(text)
        text = None if data is None else written.decode(data)
    return text
