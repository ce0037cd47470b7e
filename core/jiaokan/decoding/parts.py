"""The parts of a file, each in its own encoding, and the text that they make together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jiaokan.decoding.detection import PRIORS
from jiaokan.decoding.exact import CP936, decode_exactly, is_modal
from jiaokan.decoding.mixed import Passage, passages
from jiaokan.decoding.reading import DOUBT, VALID_UTF8, Ranking, detect, read_in, refined
from jiaokan.decoding.widths import BYTES, Stretch, may_change, stretches_of_one_width
from jiaokan.language_model import LanguageModel

# The encodings that have ASCII as it is, of those that parts can be in.
_WITH_ASCII = frozenset((*PRIORS, CP936, "cp950")) - {"utf-16-le", "utf-16-be"}

# Differ in a few signs only.
_KIN = (frozenset(("gb18030", CP936)), frozenset(("big5hkscs", "cp950")))


class Part(NamedTuple):
    """A part of a file's text: where it starts and ends (code points), and the encoding it was read in."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the bytes of a file read.

    Attributes:
        text: The text.
        parts: The parts of it in order, at least one; neighbours are in different encodings.
        ranking: The candidates for the encoding of most of it with their probabilities, the likeliest first.
    """

    text: str
    parts: tuple[Part, ...]
    ranking: Ranking


def read_parts(data: bytes, marked: str) -> Reading:
    """Return how ``data`` reads, before which stood the byte order mark of ``marked`` or none."""
    if may_change(data):
        stretches = stretches_of_one_width(data, LanguageModel.load())
        if len(stretches) > 1 or stretches[0].encoding.startswith("utf-32"):
            return _read_stretches(data, stretches)
    return _read_stretch(data, marked)


def _read_stretches(data: bytes, stretches: list[Stretch]) -> Reading:
    readings = [
        _read_stretch(data[start:end], "") if encoding == BYTES else read_whole(data[start:end], encoding)
        for start, end, encoding in stretches
    ]
    pieces = [(reading.text[start:end], encoding) for reading in readings for start, end, encoding in reading.parts]
    longest = max(readings, key=lambda reading: len(reading.text))
    return _joined(pieces, longest.ranking)


def _read_stretch(data: bytes, marked: str) -> Reading:
    """Return how ``data`` reads, in which all units are of the same width."""
    text, ranking = detect(data, marked)
    encoding = ranking[0][0]
    found = [] if ranking == VALID_UTF8 else _passages(data, text, encoding)
    if not found:
        return Reading(text, (Part(0, len(text), encoding),), ranking)
    # Without the passages the rest may look different.
    _, again = detect(_rest(data, found), marked)
    other, confidence = again[0]
    if other in _WITH_ASCII and confidence > DOUBT and not {other, encoding} <= _family(encoding):
        ranking, encoding = again, other
        found = _passages(data, decode_exactly(data, encoding), encoding)
    return _joined([*_pieces(data, found, encoding)], ranking)


def _family(encoding: str) -> frozenset[str]:
    return next((kin for kin in _KIN if encoding in kin), frozenset((encoding,)))


def _rest(data: bytes, found: list[Passage]) -> bytes:
    ends = [0, *(passage.end for passage in found)]
    starts = [*(passage.start for passage in found), len(data)]
    return b"".join(data[end:start] for end, start in zip(ends, starts, strict=True))


def read_whole(data: bytes, encoding: str) -> Reading:
    """Return how ``data`` reads in ``encoding``, all of it."""
    text, ranking = read_in(data, encoding)
    return Reading(text, (Part(0, len(text), ranking[0][0]),), ranking)


def _passages(data: bytes, text: str, encoding: str) -> list[Passage]:
    if is_modal(encoding) or encoding.startswith(("utf-16", "utf-32")):
        return []
    return passages(data, text, encoding, LanguageModel.load())


def _pieces(data: bytes, found: list[Passage], encoding: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each part of ``data`` and its encoding, which outside of what was found is ``encoding``."""
    position = 0
    for start, end, name in found:
        yield decode_exactly(data[position:start], encoding), encoding
        name, text = refined(decode_exactly(data[start:end], name), data[start:end], name)
        yield text, name
        position = end
    yield decode_exactly(data[position:], encoding), encoding


def _joined(pieces: list[tuple[str, str]], ranking: Ranking) -> Reading:
    """Return the reading that ``pieces`` make together, texts with their encodings; ``ranking`` is that of one of them.

    The encoding of the whole is that of most of it. ASCII is in whatever encoding the file is in.
    """
    sizes: Counter[str] = Counter()
    for text, encoding in pieces:
        sizes[encoding] += 0 if text.isascii() and encoding in _WITH_ASCII else len(text)
    [(most, _)] = sizes.most_common(1)
    parts: list[Part] = []
    position = 0
    for text, encoding in pieces:
        name = most if text.isascii() and {encoding, most} <= _WITH_ASCII else encoding
        end = position + len(text)
        if parts and parts[-1].encoding == name:
            parts[-1] = parts[-1]._replace(end=end)
        elif text:
            parts.append(Part(position, end, name))
        position = end
    if ranking[0][0] != most:
        ranking = [(most, ranking[0][1]), *((name, share) for name, share in ranking if name != most)]
    return Reading("".join(text for text, _ in pieces), tuple(parts), ranking)
