"""Mojibake whose bytes are partly lost: 浠�鑴变簡 is 们脱了, UTF-8 that was read as GBK.

What was read is turned back into bytes, known and lost; for the charsets in which most of what is known makes sense,
the language model chooses among the texts that they can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaokan.characters import count_hanzi
from jiaokan.damage.mojibake.byte_graph import MARKS, bytes_of, graph
from jiaokan.damage.mojibake.charsets import (
    BIG5,
    CP936,
    CP950,
    CP1252,
    CP1254,
    GB18030,
    KOREAN,
    LATIN_1,
    NARROW,
    SHIFT_JIS,
    UTF_8,
    UTF_16_BE,
    UTF_16_LE,
    Charset,
)
from jiaokan.damage.mojibake.lattice import Reading, readings
from jiaokan.damage.mojibake.plainness import reads_as_chinese
from jiaokan.damage.mojibake.spans import MARK, is_debris
from jiaokan.language_model import LanguageModel
from jiaokan.rarity import common_pattern
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair

_READ = (CP936, CP950, BIG5, SHIFT_JIS, KOREAN)
_WRITTEN = (UTF_8, GB18030, BIG5, SHIFT_JIS, KOREAN, UTF_16_LE, UTF_16_BE)
_WRITTEN_NARROW = (UTF_8, GB18030, BIG5)
# Those that read each other's bytes nearly alike.
_FAMILY = {CP936: (GB18030,), CP950: (BIG5, CP950), BIG5: (BIG5, CP950)}
# Pairs of charsets that are looked into, the likeliest first.
_TRIED = 2
# Fewer hanzi than this are no text.
_FEWEST = 4
# Of the hanzi that the known bytes would be if all were, this share must be common ones.
_COMMON_SHARE = 0.35
# Where more of the characters than this share are marks of loss, nearly all is lost.
_MOST_MARKS = 0.4
# Of the characters this share must be such as the reader has.
_READ_SHARE = 0.85
# By how many nats a reading must beat the text as it stands, in all and per code point, and what a character of it may cost.
_MARGIN = 12.0
_MARGIN_EACH = 1.5
_PLAIN_EACH = 7.0
# What is likelier than this, per code point (ln P), is no debris.
_SOUND_EACH = -7.0
LONGEST = 4_000
"""What is longer, in code points, is not looked into: the search takes some 4 KB for each."""
_CANDIDATES = 8
_CANDIDATE_RANGE = 12.0
_ESCAPED = re.compile("[\udc80-\udcff]")
# The first byte of a hanzi or of its punctuation in UTF-8.
_HANZI_LEAD = re.compile(rb"[\xe3-\xe9\xef]")


def restore(text: str, start: int, end: int) -> Repair | None:
    """Return the repair of ``text[start:end]`` (code points) as mojibake with losses; None if it is none.

    A span whose bytes were read one by one is one of :func:`~jiaokan.damage.mojibake.spans.narrow_spans`.
    """
    span = text[start:end]
    if len(span) > LONGEST or _ESCAPED.search(span) or len(MARK.findall(span)) > _MOST_MARKS * len(span):
        return None
    unchanged = LanguageModel.load().score(span)
    if unchanged > _SOUND_EACH * len(span):
        return None
    found = [reading for pair in _pairs(span) for reading in [_reading(span, *pair)] if reading is not None]
    if not found:
        return None
    ranked, read, written = min(found, key=lambda reading: reading[0][0].cost)
    best, after = ranked[0], ranked[0].text
    gain = -unchanged - best.cost
    if gain < max(_MARGIN, _MARGIN_EACH * len(span)) or best.cost > _PLAIN_EACH * best.length + _MARGIN:
        return None
    if count_hanzi(after) < _FEWEST or "\n" in after or "\r" in after or not reads_as_chinese(after):
        return None
    near = [reading for reading in ranked if reading.cost <= best.cost + _CANDIDATE_RANGE][:_CANDIDATES]
    candidates = tuple(Candidate(reading.text, best.cost - reading.cost) for reading in near)
    evidence = Evidence(
        "mojibake.lattice",
        f"{written.name} text was read as {read.name}; the lost bytes are those that make the likeliest text.",
    )
    return Repair.of(text, start, end, after, Kind.MOJIBAKE, Certainty.PROBABLE, evidence, candidates)


def _reading(span: str, read: Charset, written: Charset) -> tuple[list[Reading], Charset, Charset] | None:
    """Return the readings of the span as text of one charset that was read in another, likeliest first."""
    marked = MARK.search(span) is not None
    through_ascii = written in (UTF_16_LE, UTF_16_BE)
    # Half a hanzi at an end of a span of single bytes can be any.
    whole = read in NARROW and written is not UTF_8
    ranked = readings(graph(span, read, marked=marked, through_ascii=through_ascii, whole=whole), written)
    return (ranked, read, written) if ranked else None


def _pairs(span: str) -> list[tuple[Charset, Charset]]:
    """Return the pairs of charsets, read and written, in which most of the known bytes are common hanzi."""
    for read in (LATIN_1, CP1252, CP1254):
        data = read.encode(span)
        if data is not None:
            return [(read, written) for written in _WRITTEN_NARROW if _fits(data, written)]
    if not is_debris(span):
        return []
    counted: list[tuple[float, int, tuple[Charset, Charset]]] = []
    for read in _READ:
        pieces = list(_known(span, read))
        known = sum(map(len, pieces))
        for written in _WRITTEN if known else ():
            if written not in _FAMILY.get(read, (read,)):
                common = sum(_common(piece, written) for piece in pieces)
                if common * (3 if written is UTF_8 else 2) >= _COMMON_SHARE * known:
                    counted.append((-common, len(counted), (read, written)))
    return [pair for _, _, pair in sorted(counted)[:_TRIED]]


def _fits(data: bytes, written: Charset) -> bool:
    """Return whether bytes, of which some are missing, are such as Chinese text in ``written`` has."""
    if written is UTF_8:
        high = sum(byte >= 0x80 for byte in data)
        return len(_HANZI_LEAD.findall(data)) * 4 > high
    return 2 * _common(data, written) >= _COMMON_SHARE * len(data)


def _known(span: str, read: Charset) -> Iterator[bytes]:
    """Yield the stretches of known bytes; nothing if the reader has too few of the characters."""
    data = [bytes_of(read, character) for character in span]
    if sum(piece is not None for piece in data) < _READ_SHARE * sum(character not in MARKS for character in span):
        return
    stretch = b""
    for piece in (*data, None):
        if piece is not None:
            stretch += piece
        elif stretch:
            yield stretch
            stretch = b""


def _common(piece: bytes, written: Charset) -> int:
    """Return how many common hanzi the bytes spell, from where they spell most."""
    return max(len(common_pattern().findall(_tolerant(piece[skip:], written))) for skip in range(3))


def _tolerant(data: bytes, written: Charset) -> str:
    return data.decode(written.name, "replace")
