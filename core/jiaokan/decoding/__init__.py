"""From the bytes of a file to its text: which encoding, how sure, and nothing lost.

    decoded = decode(data)
    decoded.bom + b"".join(encode(decoded.text[start:end], name) for start, end, name in decoded.parts) == data

A file may have parts in different encodings: lines that were pasted into it, files that were joined.
Bytes that are no text in the encoding stand in the text as escapes, one lone surrogate U+DC00 + *b* for each byte *b*.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiaokan.decoding.candidates import EncodingCandidate, candidates
from jiaokan.decoding.exact import decode_exactly, encode_exactly
from jiaokan.decoding.marks import byte_order_mark, mark_of
from jiaokan.decoding.names import UnknownEncoding, known_encoding
from jiaokan.decoding.parts import Part, read_parts, read_whole
from jiaokan.decoding.reading import DOUBT, HARDLY, HEAD, VALID_UTF8, escape_count

__all__ = [
    "Decoded",
    "EncodingCandidate",
    "Part",
    "UnknownEncoding",
    "candidates",
    "decode",
    "encode",
    "known_encoding",
]

_ASCII = bytes(range(0x80))


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of a file and how it was read.

    Attributes:
        text: The text with its line ends as they are, without the byte order mark.
        encoding: The name of Python's codec (and "cp936", which has € at 80); never an alias.
        confidence: 0 to 1: the probability that the encoding is right, times the share of the bytes beyond ASCII that
            are text in it; 1 where it was given.
        candidates: The other candidates with their probabilities, the likeliest first.
        bom: The byte order mark at the file's start, or nothing.
        newline: The line end that most lines have; "\n" if there is none.
        undecodable: How many bytes are no text in the encoding; each is an escape in the text.
        parts: The parts of the text in order, each with its encoding; where the file is all in one, a single one.
        likelier: Where the encoding was given: the one that is likelier by far, if there is one.
    """

    text: str
    encoding: str
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    bom: bytes
    newline: str
    undecodable: int = 0
    parts: tuple[Part, ...] = ()
    likelier: str = ""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of ``data``, in ``encoding`` or, if that is None, in the one that makes the likeliest text.

    Raises:
        UnknownEncoding: There is no encoding named ``encoding``.
    """
    likelier = ""
    if encoding is None:
        bom, marked = byte_order_mark(data)
        reading = read_parts(data[len(bom) :], marked)
    else:
        name, bom = _named(data, encoding)
        reading = read_whole(data[len(bom) :], name)
        likelier = _likelier(data, reading.ranking[0][0])
    (name, confidence), *others = reading.ranking
    text = reading.text
    # Nothing stands beside UTF-8 only where all of the file is valid; there is nothing to count there, which takes long.
    is_valid = reading.ranking == VALID_UTF8 and len(reading.parts) == 1 and encoding is None
    undecodable = 0 if is_valid else escape_count(text)
    if undecodable and encoding is None:
        confidence *= 1 - min(1.0, undecodable / max(1, len(data.translate(None, _ASCII))))
    return Decoded(text, name, confidence, tuple(others), bom, _newline(text), undecodable, reading.parts, likelier)


def encode(text: str, encoding: str, bom: bytes = b"") -> bytes:
    """Return the bytes of a file with ``text``; for what :func:`decode` gave, exactly the bytes that it was given.

    Raises:
        LookupError: There is no encoding named ``encoding``.
        UnicodeEncodeError: ``text`` has a character that ``encoding`` has not.
    """
    return bom + encode_exactly(text, encoding)


def _named(data: bytes, encoding: str) -> tuple[str, bytes]:
    """Return the codec for the given name of an encoding, and its byte order mark if ``data`` begins with that."""
    name = known_encoding(encoding)
    if name not in ("utf-16", "utf-32"):
        return name, mark_of(data, name)
    for ordered in (f"{name}-le", f"{name}-be"):
        if mark := mark_of(data, ordered):
            return ordered, mark
    return name, b""


def _likelier(data: bytes, name: str) -> str:
    """Return the encoding that the head of ``data`` is in if that can hardly be ``name``."""
    head = data[:HEAD]
    found = decode(head)
    if found.encoding == name or decode_exactly(head[len(found.bom) :], name) == found.text:
        return ""
    share = dict(found.candidates).get(name, 0.0)
    return found.encoding if found.confidence > DOUBT and share < HARDLY else ""


def _newline(text: str) -> str:
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda end: counts[end])
