"""The table: what share of the damage is undone, and what harm is done."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click
from jiaokan.pipeline import Repaired, repair_text
from jiaokan.repair import Kind
from simulator.damaged import Damaged, comparable

from fidelity.comparison import Comparison, Look, Outcome, compare
from fidelity.experiments import Experiment, experiments


@dataclass(slots=True)
class Row:
    """The sums of one experiment over all texts and seeds."""

    name: str
    documents: int = 0
    documents_exact: int = 0
    spans: Counter[Look] = field(default_factory=Counter)
    restored: Counter[Look] = field(default_factory=Counter)
    length: int = 0
    distance_before: int = 0
    distance_after: int = 0
    false_changes: list[str] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    marks: int = 0
    marks_found: int = 0
    missed_marks: list[str] = field(default_factory=list)
    false_marks: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, comparison: Comparison) -> None:
        """Count one paragraph in."""
        for outcome in comparison.outcomes:
            self.spans[outcome.span.look] += 1
            self.restored[outcome.span.look] += outcome.restored
            if not outcome.restored:
                self.failures.append(outcome)
        self.false_changes += comparison.false_changes
        self.length += comparison.length
        self.distance_before += comparison.distance_before
        self.distance_after += comparison.distance_after

    def line(self) -> str:
        """Return the row as one line of the table."""
        shares = " ".join(_share(self.restored[look], self.spans[look]) for look in Look)
        right = " ".join(
            f"{max(100 * (1 - distance / max(self.length, 1)), 0):6.2f}"
            for distance in (self.distance_before, self.distance_after)
        )
        return (
            f"{self.name:44.44} {self.documents_exact:3}/{self.documents:<3} {shares} {right} {len(self.false_changes):6}"
            f" {_share(self.marks_found, self.marks)} {len(self.false_marks):5} {self.seconds:5.1f}"
        )


HEADER = (
    f"{'':44} {'docs':>7} {'annotation':>16} {'width':>16} {'other':>16} {'chars %':>6} {'after':>6} {'false':>6}"
    f" {'marked':>16} {'false':>5} {'s':>5}"
)


def measure(experiment: Experiment, seeds: int, chosen: str, every: int) -> Row:
    """Run one experiment over every ``every``-th of the texts whose names contain ``chosen``."""
    row = Row(experiment.name)
    texts = [(name, clean) for name, clean in experiment.texts().items() if chosen in name]
    # Where experiments take a part of the texts, each begins elsewhere, so that all texts have their turn.
    for name, clean in texts[len(experiment.name) % every :: every]:
        for seed in range(seeds):
            damaged = experiment.damage(clean, random.Random(f"{experiment.name} {name} {seed}"))
            started = time.perf_counter()
            repaired = repair_text(damaged.raw)
            row.seconds += time.perf_counter() - started
            _count(row, damaged, repaired)
    return row


def _count(row: Row, damaged: Damaged, repaired: Repaired) -> None:
    texts = [comparable(text).split("\n") for text in (damaged.raw, damaged.intended, repaired.repaired)]
    if len({len(lines) for lines in texts}) > 1:  # A line end is lost or was never one: compare the whole.
        texts = [["\n".join(lines)] for lines in texts]
    marked = _marked(repaired)
    exact = True
    for index, (raw, intended, mended) in enumerate(zip(*texts, strict=True)):
        if index in damaged.marked:
            row.marks += 1
            row.marks_found += index in marked
            row.missed_marks += [] if index in marked else [raw[:60]]
            continue
        if index in marked:
            row.false_marks.append(raw[:60])
        exact = exact and mended == intended
        row.add(compare(raw, intended, mended))
    row.documents += 1
    row.documents_exact += exact


def _marked(repaired: Repaired) -> set[int]:
    """Return the indices of the paragraphs that a repair of kind furniture touches."""
    raw = repaired.raw
    return {
        index
        for repair in repaired.repairs
        if repair.kind is Kind.FURNITURE
        for index in range(raw.count("\n", 0, repair.start), raw.count("\n", 0, max(repair.end - 1, repair.start)) + 1)
    }


def _share(part: int, whole: int) -> str:
    return f"{part:5}/{whole:<5}{100 * part / whole:4.0f}%" if whole else " " * 16


def _details(row: Row, show: int) -> Iterator[str]:
    for outcome in row.failures[:show]:
        yield f"    raw      {outcome.raw!r}\n    intended {outcome.intended!r}\n    repaired {outcome.repaired!r}\n"
    for change in row.false_changes[:show]:
        yield f"    false    {change!r}"
    for mark in row.missed_marks[:show]:
        yield f"    unmarked {mark!r}"
    for mark in row.false_marks[:show]:
        yield f"    marked   {mark!r}"


@click.command()
@click.option("--seeds", default=1, show_default=True, help="How many times each text is damaged in each way.")
@click.option("--show", default=0, show_default=True, help="How many failing spans of each kind to print.")
@click.option("--every", default=2, show_default=True, help="Take every n-th text only; 1 takes all.")
@click.option("--all", "everything", is_flag=True, help="Also what the engine does not attempt to undo.")
@click.option("--kind", default="", help="Only experiments whose name contains this.")
@click.option("--text", "chosen", default="", help="Only texts whose name contains this.")
def main(seeds: int, show: int, every: int, everything: bool, kind: str, chosen: str) -> None:
    """Damage the clean texts under tests/texts in every known way, repair them, and print how much was restored.

    "annotation", "width" and "other" count damaged spans by what they look like: restored exactly / all. "chars %" and
    "after": characters right before and after the repair. The first "false": changes where nothing was damaged; the
    second: paragraphs of the document that were marked as furniture.
    """
    echo: Callable[[str], None] = click.echo
    echo(HEADER)
    for experiment in experiments():
        if kind in experiment.name and (experiment.attempted or everything):
            row = measure(experiment, seeds, chosen, every)
            echo(row.line())
            for detail in _details(row, show):
                echo(detail)


if __name__ == "__main__":
    main()
