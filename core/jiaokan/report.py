"""The report of a repaired file as JSON: for programs, and for whoever wants to check every single repair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jiaokan.decoding import Decoded
from jiaokan.outline import Heading
from jiaokan.pipeline import Repaired
from jiaokan.repair import Repair
from jiaokan.script import Script, converted

_SLICE = 1 << 20


@dataclass(frozen=True, slots=True)
class Report:
    """One file's result: its name as it was given, how it was read, and what became of it."""

    file: str
    decoded: Decoded
    result: Repaired


def json_report(reports: Iterable[Report], script: Script = Script.AS_IS) -> Iterator[bytes]:
    r"""Yield the JSON list of ``reports`` in pieces, in UTF-8, with one object a file.

    Offsets are code points. A lone surrogate (an undecodable byte) is written as its escape, as in \udc80; everything
    else stands as it is. Long texts are written piece by piece, so that no second copy of them is built.

    With a ``script`` other than as it is, "script" names it behind "repaired", and "converted" is the repaired text in
    it. All else, the outline too, is that of the repair; offsets in "repaired" are the same in "converted".
    """
    separator = b"["
    for report in reports:
        yield separator + b"\n"
        yield from _object(report, script)
        separator = b","
    yield b"\n]\n" if separator == b"," else b"[]\n"


def _object(report: Report, script: Script) -> Iterator[bytes]:
    yield b'{"file": ' + _json(report.file)
    yield b', "encoding": ' + _json(report.decoded.encoding)
    yield b', "encoding_confidence": ' + _json(round(report.decoded.confidence, 4))
    yield b',\n"raw": '
    yield from _string(report.result.raw)
    yield b',\n"repaired": '
    yield from _string(report.result.repaired)
    if script is not Script.AS_IS:
        yield b',\n"script": ' + _json(script.value)
        yield b', "converted": '
        yield from _string(converted(report.result.repaired, script))
    yield b',\n"repairs": '
    yield from _list(map(_repair, report.result.repairs))
    yield b',\n"outline": '
    yield from _list(map(_heading, report.result.outline))
    yield b"}"


def _list(values: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    separator = b"["
    for value in values:
        yield separator + b"\n" + _json(value)
        separator = b","
    yield b"]" if separator == b"," else b"[]"


def _string(text: str) -> Iterator[bytes]:
    yield b'"'
    for start in range(0, len(text), _SLICE):
        yield _json(text[start : start + _SLICE])[1:-1]
    yield b'"'


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
