"""One experiment on some texts: what every tool makes of the very same inputs, in sums."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jiaokan.pipeline import Repaired
from jiaokan.repair import Certainty, Kind, applied_only
from simulator.damaged import Damaged, comparable

from fidelity.comparison import Comparison, Look, Outcome, compare
from fidelity.experiments import DamagedFile, Experiment
from fidelity.grades import Graded, graded
from fidelity.tools import JIAOKAN, TOOLS, Mended, Tool

# Examples kept of each sort: enough to look at, however much a tool spoils.
_EXAMPLES = 200


@dataclass(slots=True)
class Score:
    """What one tool achieved on all texts of a row.

    Lengths and distances are in code points, times in seconds; the lists are examples, the counts beside them whole.
    """

    documents: int = 0
    documents_exact: int = 0
    spans: Counter[Look] = field(default_factory=Counter)
    restored: Counter[Look] = field(default_factory=Counter)
    length: int = 0
    distance: int = 0
    false_changes: int = 0
    seconds: float = 0.0
    failures: list[Outcome] = field(default_factory=list)
    false_examples: list[str] = field(default_factory=list)

    def add(self, comparison: Comparison) -> None:
        """Count one paragraph in."""
        for outcome in comparison.outcomes:
            self.spans[outcome.span.look] += 1
            self.restored[outcome.span.look] += outcome.restored
            if not outcome.restored and len(self.failures) < _EXAMPLES:
                self.failures.append(outcome)
        self.false_changes += len(comparison.false_changes)
        self.false_examples += comparison.false_changes[: _EXAMPLES - len(self.false_examples)]
        self.length += comparison.length
        self.distance += comparison.distance_after

    @property
    def right(self) -> float:
        """The share of the characters that are right, in percent."""
        return max(100 * (1 - self.distance / max(self.length, 1)), 0)

    def as_json(self) -> dict[str, object]:
        """Return the sums."""
        return {
            "documents": self.documents,
            "documents_exact": self.documents_exact,
            "spans": sum(self.spans.values()),
            "spans_restored": sum(self.restored.values()),
            "looks": {look.value: [self.restored[look], self.spans[look]] for look in Look if self.spans[look]},
            "characters": self.length,
            "characters_right_percent": round(self.right, 4),
            "false_changes": self.false_changes,
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class Row:
    """The scores of all tools in one experiment, and what Jiaokan alone tells: marks and grades."""

    name: str
    texts: str
    raw_length: int = 0
    of_files: bool = False
    scores: dict[str, Score] = field(default_factory=dict)
    marks: int = 0
    marks_found: int = 0
    missed_marks: list[str] = field(default_factory=list)
    false_marks: list[str] = field(default_factory=list)
    grades: Counter[tuple[Certainty, bool]] = field(default_factory=Counter)
    wrong: list[Graded] = field(default_factory=list)

    @property
    def own(self) -> Score:
        """The score of Jiaokan."""
        return self.scores.setdefault(JIAOKAN.name, Score())

    def right(self, certainty: Certainty) -> tuple[int, int]:
        """Return how many applied repairs of this certainty are right, and how many there are."""
        right = self.grades[certainty, True]
        return right, right + self.grades[certainty, False]

    def as_json(self) -> dict[str, object]:
        """Return the sums."""
        return {
            "experiment": self.name,
            "texts": self.texts,
            "marks": [self.marks_found, self.marks],
            "false_marks": len(self.false_marks),
            "grades": {grade.value: self.right(grade) for grade in Certainty if grade.applies},
            "tools": {name: score.as_json() for name, score in self.scores.items()},
        }


def measure(
    experiment: Experiment,
    texts: Mapping[str, str],
    seeds: int = 1,
    every: int = 1,
    kind: str = "",
    tools: Sequence[Tool] = TOOLS,
) -> Row:
    """Run one experiment over every ``every``-th of the ``texts``, with all ``tools``."""
    row = Row(experiment.name, kind)
    # Where experiments take a part of the texts, each begins elsewhere, so that all texts have their turn.
    for name, clean in list(texts.items())[len(experiment.name) % every :: every]:
        for seed in range(seeds):
            damaged = experiment.damage(clean, random.Random(f"{experiment.name} {name} {seed}"))
            _try(row, damaged, tools)
    return row


def _try(row: Row, damaged: Damaged, tools: Sequence[Tool]) -> None:
    """Give one damaged text to every tool and count what comes back; equal answers are compared once."""
    data = damaged.data if isinstance(damaged, DamagedFile) else None
    row.raw_length += len(damaged.raw)
    row.of_files = data is not None
    judged: dict[str, _Judged] = {}
    for tool in tools:
        if data is None and tool.mend is None:
            continue
        score = row.scores.setdefault(tool.name, Score())
        started = time.perf_counter()
        mended = tool.read(data) if data is not None else tool.mend(damaged.raw) if tool.mend else Mended("")
        score.seconds += time.perf_counter() - started
        if mended.text not in judged:
            judged[mended.text] = _judge(damaged, mended.text)
        found = judged[mended.text]
        score.documents += 1
        score.documents_exact += found.exact
        for comparison in found.comparisons:
            score.add(comparison)
        if mended.repaired:
            _grade(row, damaged, mended.repaired)
            _count_marks(row, damaged, mended.repaired)


@dataclass(frozen=True, slots=True)
class _Judged:
    comparisons: tuple[Comparison, ...]
    exact: bool


def _judge(damaged: Damaged, mended: str) -> _Judged:
    """Compare all paragraphs but those that are no part of the document."""
    texts = [comparable(text).split("\n") for text in (damaged.raw, damaged.intended, mended)]
    if len({len(lines) for lines in texts}) > 1:  # A line end is lost or was never one: compare the whole.
        texts = [["\n".join(lines)] for lines in texts]
    wanted = [lines for index, lines in enumerate(zip(*texts, strict=True)) if index not in damaged.marked]
    comparisons = tuple(compare(raw, intended, text) for raw, intended, text in wanted)
    return _Judged(comparisons, all(intended == text for _, intended, text in wanted))


def _grade(row: Row, damaged: Damaged, repaired: Repaired) -> None:
    """Count which applied repairs are right; what was done to paragraphs that are no part of the document is neither."""
    applied = applied_only(repaired.repairs)
    for repair, found in zip(applied, graded(applied, repaired.repaired, damaged.intended), strict=True):
        if damaged.marked and repaired.raw.count("\n", 0, repair.start) in damaged.marked:
            continue
        row.grades[found.certainty, found.right] += 1
        if not found.right and len(row.wrong) < _EXAMPLES:
            row.wrong.append(found)


def _count_marks(row: Row, damaged: Damaged, repaired: Repaired) -> None:
    found = _marked(repaired)
    for index, line in enumerate(damaged.raw.split("\n")):
        if index in damaged.marked:
            row.marks += 1
            row.marks_found += index in found
            row.missed_marks += [] if index in found else [line[:60]]
        elif index in found:
            row.false_marks.append(line[:60])


def _marked(repaired: Repaired) -> set[int]:
    """Return the indices of the paragraphs that a repair of kind furniture touches."""
    raw = repaired.raw
    return {
        index
        for repair in repaired.repairs
        if repair.kind is Kind.FURNITURE
        for index in range(raw.count("\n", 0, repair.start), raw.count("\n", 0, max(repair.end - 1, repair.start)) + 1)
    }
