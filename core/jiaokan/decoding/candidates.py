"""The encodings that bytes may be in, ranked, each with a line of what they say in it: for a reader to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaokan.decoding import detection
from jiaokan.decoding.exact import ESCAPES, decode_exactly
from jiaokan.decoding.marks import byte_order_mark
from jiaokan.decoding.reading import detect
from jiaokan.language_model import LanguageModel

PREVIEW_LENGTH = 60
"""So many code points of a line are shown at most."""

# Bytes: what is judged and shown, and how much of a line before the first byte beyond ASCII belongs to that.
_JUDGED = 3072
_BEFORE = 512
_NOT_ASCII_BYTE = re.compile(rb"[\x80-\xff\0]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class EncodingCandidate:
    """An encoding that bytes may be in.

    Attributes:
        encoding: The name of Python's codec (and "cp936"), as :func:`jiaokan.decoding.decode` takes it.
        confidence: 0 to 1: how probable it is; those of all candidates there are make 1 together.
        preview: The first line with a character beyond ASCII (else the first line), as it reads in this encoding; at
            most :data:`PREVIEW_LENGTH` code points. What cannot be read is U+FFFD, a control character a space.
    """

    encoding: str
    confidence: float
    preview: str


def candidates(data: bytes, limit: int = 8) -> tuple[EncodingCandidate, ...]:
    """Return the ``limit`` likeliest encodings of ``data``, the likeliest first; a sample of it is judged.

    Args:
        data: The bytes of a file, from its start, with its byte order mark; any length.
        limit: The most candidates.
    """
    start, end = _part_to_judge(data)
    sample = data[start:end]
    _, marked = byte_order_mark(data)
    _, found = detect(sample, marked)
    shares = dict(detection.rank(sample, LanguageModel.load(), detection.PRIORS))
    ranking = dict(found)
    left = max(0.0, 1.0 - sum(ranking.values()))
    total = sum(share for name, share in shares.items() if name not in ranking)
    for name, share in shares.items():
        if name not in ranking:
            ranking[name] = left * share / total if total else 0.0
    # Of those that are out of the question, the likelier ones first.
    order = sorted(ranking, key=lambda name: (-ranking[name], -shares.get(name, 0.0)))
    return tuple(EncodingCandidate(name, ranking[name], _preview(sample, name)) for name in order[:limit])


def _part_to_judge(data: bytes) -> tuple[int, int]:
    """Return start and end of the part of ``data`` that is judged and shown: where the first byte beyond ASCII stands.

    It is whole lines, or with NULs about whole units of four bytes, if it can be.
    """
    first = len(byte_order_mark(data)[0])
    found = _NOT_ASCII_BYTE.search(data, first)
    start = found.start() - _BEFORE if found else first
    if start <= first:
        start = first
    elif b"\0" in data[start : start + _JUDGED]:
        start = first + (start - first) // 4 * 4
    else:
        start = max(start, *(data.rfind(end, start, start + _BEFORE) + 1 for end in (b"\n", b"\r")))
    end = start + _JUDGED
    if end < len(data) and b"\0" not in data[start:end]:
        end = data.rfind(b"\n", start + _BEFORE, end) + 1 or end
    return start, end


def _preview(sample: bytes, encoding: str) -> str:
    text = decode_exactly(sample, encoding)
    lines = re.split(r"[\r\n]+", text)
    line = next((line for line in lines if _NOT_ASCII.search(line)), next(filter(None, lines), ""))
    first = _NOT_ASCII.search(line)
    # Of a line that begins with much ASCII, what comes later is shown.
    start = max(0, first.start() - PREVIEW_LENGTH // 2) if first and first.start() >= PREVIEW_LENGTH else 0
    shown = line[start : start + PREVIEW_LENGTH]
    return _UNSEEN.sub(" ", ESCAPES.sub("\ufffd", shown)).strip()
