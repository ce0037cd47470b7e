"""Clean text must come through as it is: every change is listed, with what is known about it."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

from jiaokan.paragraphs import paragraphs
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Repair

from fidelity.corpus import CleanDocument
from fidelity.tools import JIAOKAN, NOTHING, TOOLS

_VERDICTS = Path(__file__).parent / "verdicts.json"
# Documents that one process takes at a time.
_BATCH = 40
# Code points of the paragraph shown on either side of a change.
_AROUND = 16


class Verdict(StrEnum):
    """What somebody who looked at a change in its context found: real damage (restored rightly) or a false repair."""

    REAL = "real damage"
    MENDED_WRONGLY = "real damage, mended wrongly"
    FALSE = "false"
    UNKNOWN = "not judged"


@dataclass(frozen=True, slots=True)
class Change:
    """An applied repair in a text that was taken for clean."""

    key: str
    package: str
    document: str
    unseen: bool
    kind: str
    certainty: str
    rule: str
    before: str
    after: str
    left: str
    right: str
    verdict: Verdict

    def line(self) -> str:
        """Return the change as one line of text."""
        shown = f"{self.left!r} [{self.before!r} → {self.after!r}] {self.right!r}"
        return f"{self.verdict}: {self.certainty} {self.rule} {self.key} {self.package} {self.document}: {shown}"


@dataclass(slots=True)
class CleanSums:
    """What the engine did to a part of the corpus."""

    documents: int = 0
    characters: int = 0
    paragraphs: int = 0
    paragraphs_changed: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    others_changed: Counter[str] = field(default_factory=Counter)
    others_seconds: dict[str, float] = field(default_factory=dict)

    def add(self, other: CleanSums) -> None:
        """Count the documents of ``other`` in."""
        self.documents += other.documents
        self.characters += other.characters
        self.paragraphs += other.paragraphs
        self.paragraphs_changed += other.paragraphs_changed
        self.grades += other.grades
        self.seconds += other.seconds
        self.others_changed += other.others_changed
        for name, seconds in other.others_seconds.items():
            self.others_seconds[name] = self.others_seconds.get(name, 0.0) + seconds

    def as_json(self) -> dict[str, object]:
        """Return the sums and the repairs of each grade per 100,000 characters."""
        per = 1e5 / max(self.characters, 1)
        return {
            "documents": self.documents,
            "characters": self.characters,
            "paragraphs": self.paragraphs,
            "paragraphs_changed": self.paragraphs_changed,
            "grades": {grade.value: self.grades[grade] for grade in Certainty},
            "per_100000": {grade.value: round(per * self.grades[grade], 4) for grade in Certainty},
            "seconds": round(self.seconds, 3),
            "others": {
                tool: {"paragraphs_changed": self.others_changed[tool], "seconds": round(seconds, 3)}
                for tool, seconds in self.others_seconds.items()
            },
        }

    def line(self) -> str:
        """Return the sums as one line of the table under ``HEADER``."""
        per = 1e5 / max(self.characters, 1)
        counts = "".join(f"{self.grades[grade]:8} {per * self.grades[grade]:6.2f}" for grade in Certainty)
        return (
            f"{self.documents:6} {self.characters:10} {self.paragraphs:8} {self.paragraphs_changed:8}{counts}"
            f" {1e6 * self.seconds / max(self.characters, 1):6.2f}"
        )


HEADER = (
    f"{'':28} {'docs':>6} {'characters':>10} {'paragr.':>8} {'changed':>8}"
    + "".join(f"{grade:>10} /10⁵" for grade in Certainty)
    + f" {'s/10⁶':>6}"
)


@dataclass(slots=True)
class CleanResult:
    """Sums of each package (and of what the language model has and has not seen), and every change."""

    sums: dict[str, CleanSums] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def verdicts(self, unseen: bool) -> Counter[tuple[str, Verdict]]:
        """Count the changes of the unseen or of all documents by certainty and verdict."""
        chosen = (change for change in self.changes if change.unseen or not unseen)
        return Counter((change.certainty, change.verdict) for change in chosen)

    def as_json(self) -> dict[str, object]:
        """Return the sums, the counts of verdicts and every change."""
        return {
            "parts": {name: sums.as_json() for name, sums in self.sums.items()},
            "verdicts": {
                part: {" ".join(pair): count for pair, count in sorted(self.verdicts(part == UNSEEN).items())}
                for part in (ALL, UNSEEN)
            },
            "changes": [asdict(change) for change in self.changes],
        }


ALL, UNSEEN = "all", "unseen by the model"


def key(package: str, paragraph: str, before: str, after: str) -> str:
    """Return the name of a change in the file of verdicts: it tells of nothing that the document says."""
    return hashlib.sha256("\0".join((package, paragraph, before, after)).encode("utf-8", "replace")).hexdigest()[:16]


def verdicts(file: Path = _VERDICTS) -> dict[str, Verdict]:
    """Return the verdicts on record, by the keys of changes."""
    return {name: Verdict(entry["verdict"]) for name, entry in json.loads(file.read_text("utf-8")).items()}


def check(documents: Iterable[CleanDocument], executor: Executor) -> CleanResult:
    """Repair every document and return what was changed."""
    known = verdicts()
    result = CleanResult({ALL: CleanSums(), UNSEEN: CleanSums()})
    everything = list(documents)
    batches = [everything[start : start + _BATCH] for start in range(0, len(everything), _BATCH)]
    for found in executor.map(check_batch, batches, [known] * len(batches)):
        for document, sums, changes in found:
            for part in (ALL, document.package, *([UNSEEN] if document.unseen else [])):
                result.sums.setdefault(part, CleanSums()).add(sums)
            result.changes += changes
    return result


def check_batch(
    documents: Iterable[CleanDocument], known: dict[str, Verdict]
) -> list[tuple[CleanDocument, CleanSums, list[Change]]]:
    """Repair some documents, in whatever process this is."""
    return [(document, *check_document(document, known)) for document in documents]


def check_document(document: CleanDocument, known: dict[str, Verdict]) -> tuple[CleanSums, list[Change]]:
    """Return the sums of one document and the changes in it."""
    started = time.perf_counter()
    repaired = repair_text(document.text)
    seconds = time.perf_counter() - started
    changes = list(_changes(document, repaired.repairs, known))
    # A paragraph counts once, however often it is changed.
    starts = {document.text.rfind("\n", 0, repair.start) for repair in repaired.repairs if repair.applied}
    sums = CleanSums(1, len(document.text), document.text.count("\n") + 1, len(starts), Counter(), seconds)
    sums.grades.update(repair.certainty.value for repair in repaired.repairs)
    _others(document, sums)
    return sums, changes


def _others(document: CleanDocument, sums: CleanSums) -> None:
    """Give the same document to the other tools for texts; count the paragraphs that they change."""
    for tool in TOOLS:
        if tool.mend is None or tool in (JIAOKAN, NOTHING):
            continue
        started = time.perf_counter()
        lines = tool.mend(document.text).text.split("\n")
        sums.others_seconds[tool.name] = time.perf_counter() - started
        before = document.text.split("\n")
        # A tool that joins or cuts paragraphs has changed at least as many as there are more or fewer now.
        changed = sum(a != b for a, b in zip(before, lines, strict=False)) + abs(len(before) - len(lines))
        sums.others_changed[tool.name] = changed


def _changes(document: CleanDocument, repairs: Iterable[Repair], known: dict[str, Verdict]) -> Iterator[Change]:
    lines = iter(paragraphs(document.text))
    start, line = 0, ""
    for repair in (repair for repair in repairs if repair.applied):
        while repair.start >= start + len(line):
            start, line = next(lines)
        name = key(document.package, line, repair.before, repair.after)
        begin, end = repair.start - start, repair.end - start
        yield Change(
            name,
            document.package,
            document.name,
            document.unseen,
            repair.kind,
            repair.certainty,
            repair.evidence.rule,
            repair.before,
            repair.after,
            line[max(begin - _AROUND, 0) : begin],
            line[end : end + _AROUND],
            known.get(name, Verdict.UNKNOWN),
        )


def lines(result: CleanResult) -> Iterator[str]:
    """Yield the report: sums of the whole, of what is unseen, of each package, then every change."""
    yield HEADER
    for name, sums in result.sums.items():
        yield f"{name:28.28} {sums.line()}"
    yield from _compared(result)
    for unseen in (False, True):
        counted = result.verdicts(unseen)
        told = ", ".join(f"{certainty} {verdict} {count}" for (certainty, verdict), count in sorted(counted.items()))
        yield f"changes ({UNSEEN if unseen else ALL}): {told or 'none'}"
    for change in sorted(result.changes, key=attrgetter("verdict", "kind", "rule", "package")):
        yield "    " + change.line()


def _compared(result: CleanResult) -> Iterator[str]:
    """Yield what other tools do to the same documents."""
    for part in (ALL, UNSEEN):
        sums = result.sums.get(part, CleanSums())
        for tool, seconds in sums.others_seconds.items():
            yield (
                f"{part}, {tool}: {sums.others_changed[tool]} paragraphs changed;"
                f" {1e6 * seconds / max(sums.characters, 1):.2f} s/10⁶, Jiaokan takes {sums.seconds / seconds:.1f} times as long"
            )
