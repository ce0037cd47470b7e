"""An edition as JSON: for programs, and for whoever wants to check every single repair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jiaokan.edition import Edition, placed
from jiaokan.repair import Repair
from jiaokan.script import Script

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_CHUNK = 1 << 20


def json_report(editions: Iterable[Edition]) -> Iterator[bytes]:
    r"""Yield the JSON list of ``editions`` in pieces, in UTF-8, with one object a file.

    A file in several encodings has "parts": where they start and end in the raw text, and their encodings.
    Offsets are code points. A lone surrogate (an undecodable byte) is written as its escape, as in \udc80; everything
    else stands as it is. Long texts are written piece by piece, so that no second copy of them is built.

    With a script other than as it is, "script" names it behind "repaired", and "converted" is the repaired text in it.
    All else, the outline too, is that of the repair; offsets in "repaired" are the same in "converted".
    """
    separator = b"["
    for edition in editions:
        yield separator + b"\n"
        yield from _object(edition)
        separator = b","
    yield b"\n]\n" if separator == b"," else b"[]\n"


def _object(edition: Edition) -> Iterator[bytes]:
    yield b'{"file": ' + _json(edition.name)
    yield b', "encoding": ' + _json(edition.encoding)
    yield b', "encoding_confidence": ' + _json(round(edition.confidence, 4))
    if len(edition.parts) > 1:
        yield b',\n"parts": '
        yield from _list({"start": start, "end": end, "encoding": name} for start, end, name in edition.parts)
    yield b',\n"raw": '
    yield from _string(paragraph.raw + paragraph.line_end for paragraph in edition.paragraphs())
    yield b',\n"repaired": '
    yield from _string(paragraph.repaired + paragraph.line_end for paragraph in edition.paragraphs())
    if edition.script is not Script.AS_IS:
        yield b',\n"script": ' + _json(edition.script.value)
        yield b', "converted": '
        yield from _string(text + line_end for text, line_end in edition.texts())
    yield b',\n"repairs": '
    yield from _list(map(_repair, _repairs(edition)))
    yield b',\n"outline": '
    yield from _list(map(_heading, placed(edition.headings, edition)))
    yield b"}"


def _repairs(edition: Edition) -> Iterator[Repair]:
    for paragraph in edition.paragraphs():
        for repair in paragraph.repairs:
            yield repair.shifted(paragraph.start)


def _list(values: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    separator = b"["
    for value in values:
        yield separator + b"\n" + _json(value)
        separator = b","
    yield b"]" if separator == b"," else b"[]"


def _string(texts: Iterable[str]) -> Iterator[bytes]:
    yield b'"'
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield from _inner(waiting)
            waiting, size = [], 0
    yield from _inner(waiting)
    yield b'"'


def _inner(texts: list[str]) -> Iterator[bytes]:
    """Yield what stands between the quotation marks for ``texts``, in pieces."""
    text = "".join(texts)
    for start in range(0, len(text), _CHUNK):
        yield _json(text[start : start + _CHUNK])[1:-1]


def _json(value: object) -> bytes:
    # The only characters that UTF-8 cannot write are lone surrogates, and Python's \udc80 for them is JSON's too.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _repair(repair: Repair) -> dict[str, Any]:
    evidence: dict[str, Any] = {"rule": repair.evidence.rule, "reason": repair.evidence.reason}
    if repair.evidence.intended:
        evidence["intended"] = repair.evidence.intended.hex(" ")
    if repair.evidence.read:
        evidence["read"] = repair.evidence.read.hex(" ")
    if repair.candidates:
        evidence["candidates"] = [
            {"text": candidate.text, "score": round(candidate.score, 3)} for candidate in repair.candidates
        ]
    return {
        "kind": repair.kind.value,
        "start": repair.start,
        "end": repair.end,
        "before": repair.before,
        "after": repair.after,
        "certainty": repair.certainty.value,
        "applied": repair.applied,
        "evidence": evidence,
    }


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "level": heading.level,
        "title": heading.title,
        "raw_start": heading.raw_start,
        "repaired_start": heading.repaired_start,
    }
