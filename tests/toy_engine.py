"""An engine of a few lines, for the window's tests: what it finds depends on nothing but the text in front of it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jiaokan.outline import Heading
from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.engine import CannotOpen
from jiaokan_gui.messages import Candidate, Encoding

_RULES = (
    (re.compile(r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\)"), "", Kind.ANNOTATION, Certainty.CERTAIN),
    (re.compile("\\?!.?[a-z]"), "。”", Kind.SLIP, Certainty.PROBABLE),
    (re.compile("(?<=[\u4e00-\u9fff]),"), "，", Kind.WIDTH, Certainty.CERTAIN),
    (re.compile("\u200b"), "", Kind.INVISIBLE, Certainty.CERTAIN),
    (re.compile("(?<= )[^ |]{1,9}\\|.*"), "", Kind.FURNITURE, Certainty.SUGGESTED),
    (re.compile("\ufffd+"), "", Kind.SLIP, Certainty.LOST),
)

_CANDIDATES = (Candidate("utf-8", 0.9, "甲"), Candidate("gb18030", 0.1, "鐢"))


class ToyHeadings:
    """Every paragraph that begins with —— is a heading; the first one that does not is the title."""

    def __init__(self) -> None:
        self._found: list[Heading] = []

    def add(
        self,
        paragraph: int,
        raw_start: int,
        repaired_start: int,
        text: str,
        repairs: Sequence[Repair] = (),
        *,
        furniture: bool = False,
    ) -> None:
        assert not furniture or repairs
        text = text.strip()
        if text.startswith("——"):
            self._found.append(Heading(1, text[2:].split("。")[0], paragraph, raw_start, repaired_start))
        elif text and not self._found:
            self._found.append(Heading(0, text, paragraph, raw_start, repaired_start))

    def headings(self) -> Sequence[Heading]:
        return list(self._found)


class ToyEngine:
    """Reads UTF-8, or what is asked for. ``slowness``: seconds that every paragraph takes."""

    def __init__(self, slowness: float = 0.0) -> None:
        self.slowness = slowness

    def read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CannotOpen(f"cannot be read: {error.strerror}") from error

    def decode(self, data: bytes, encoding: str | None) -> tuple[str, Encoding]:
        if encoding is not None:
            return data.decode(encoding, "surrogateescape"), Encoding(encoding)
        if b"\0\0\0" in data:
            raise CannotOpen("is binary data, not a text")
        return data.decode("utf-8", "surrogateescape"), Encoding("utf-8")

    def candidates(self, data: bytes) -> tuple[Candidate, ...]:
        return _CANDIDATES if data else ()

    def survey(self, text: str) -> Any:
        return len(text)

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        if self.slowness:
            time.sleep(self.slowness)
        found: list[Repair] = []
        for rule, after, kind, certainty in _RULES:
            for match in rule.finditer(paragraph):
                evidence = Evidence(f"{kind}.toy", "the toy says so")
                found.append(Repair.of(paragraph, match.start(), match.end(), after, kind, certainty, evidence))
        return _without_overlap(sorted(found, key=lambda repair: repair.start))

    def headings(self) -> ToyHeadings:
        return ToyHeadings()


class CrashingEngine(ToyEngine):
    """Fails at the word 'crash'."""

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        if "crash" in paragraph:
            raise RuntimeError("the toy broke")
        return super().repair(paragraph, evidence)


def _without_overlap(repairs: Sequence[Repair]) -> list[Repair]:
    kept: list[Repair] = []
    for repair in repairs:
        if not kept or repair.start >= kept[-1].end:
            kept.append(repair)
    return kept
