"""Rows as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiaokan.repair import Certainty

from fidelity.comparison import Look
from fidelity.rows import Row, Score
from fidelity.tools import NOTHING, TOOLS

_GRADES = tuple(certainty for certainty in Certainty if certainty.applies)
_NAME = 48
# The tool that the pace of all is compared with.
_FTFY = "ftfy default"


def header() -> str:
    """Return the heading of the table of Jiaokan's own figures."""
    looks = " ".join(f"{look:>16}" for look in Look)
    grades = " ".join(f"{grade:>16}" for grade in _GRADES)
    return (
        f"{'':{_NAME}} {'docs':>7} {looks} {'chars %':>7} {'after':>7} {'false':>5} {grades} {'marked':>16}"
        f" {'false':>5} {'s':>6}"
    )


def line(row: Row) -> str:
    """Return Jiaokan's own figures of one row."""
    own, before = row.own, row.scores.get(NOTHING.name, row.own)
    looks = " ".join(share(own.restored[look], own.spans[look]) for look in Look)
    grades = " ".join(share(*row.right(grade)) for grade in _GRADES)
    return (
        f"{_titled(row)} {own.documents_exact:3}/{own.documents:<3} {looks} {before.right:7.2f} {own.right:7.2f}"
        f" {own.false_changes:5} {grades} {share(row.marks_found, row.marks)} {len(row.false_marks):5} {own.seconds:6.1f}"
    )


def share(part: int, whole: int) -> str:
    """Return "part/whole percent", or blanks where there is nothing."""
    return f"{part:5}/{whole:<5}{100 * part / whole:4.0f}%" if whole else " " * 16


def by_tool_header() -> str:
    """Return the heading of the comparison."""
    return f"{'':{_NAME}} " + " ".join(f"{tool.name:>20}" for tool in TOOLS)


def by_tool(row: Row) -> str:
    """Return what each tool makes of the inputs of one row; a tool that can do nothing about them has a dash."""
    return f"{_titled(row)} " + " ".join(_brief(row.scores.get(tool.name)) for tool in TOOLS)


def _brief(score: Score | None) -> str:
    if score is None:
        return f"{'—':>20}"
    return f"{score.right:6.2f} {score.documents_exact:3}/{score.documents:<3} {score.false_changes:5}"


def speed(rows: Sequence[Row]) -> Iterator[str]:
    """Yield each tool's seconds per million characters, and what that is in those of ftfy's defaults."""
    parts = {
        "clean": [row for row in rows if row.name.startswith("clean")],
        "damaged": [row for row in rows if not row.of_files and not row.name.startswith("clean")],
        "files": [row for row in rows if row.of_files],
    }
    yield f"{'':20} " + " ".join(f"{name:>18}" for name in parts)
    for tool in TOOLS:
        paces = [(_pace(part, tool.name), _pace(part, _FTFY)) for part in parts.values()]
        yield f"{tool.name:20} " + " ".join(
            f"{pace:10.2f} {pace / base:6.1f}×" if pace and base else " " * 18 for pace, base in paces
        )


def _pace(rows: Sequence[Row], tool: str) -> float:
    """Return seconds per million characters; 0 where there was nothing to do."""
    length = sum(row.raw_length for row in rows if tool in row.scores)
    return 1e6 * sum(row.scores[tool].seconds for row in rows if tool in row.scores) / length if length else 0.0


def details(row: Row, show: int) -> Iterator[str]:
    """Yield up to ``show`` failures of each sort."""
    for outcome in row.own.failures[:show]:
        yield f"    raw      {outcome.raw!r}\n    intended {outcome.intended!r}\n    repaired {outcome.repaired!r}\n"
    for wrong in row.wrong[:show]:
        told = f"{wrong.certainty} {wrong.rule} {wrong.before!r} → {wrong.after!r}"
        yield f"    wrong    {told}\n    repaired {wrong.repaired!r}\n    intended {wrong.intended!r}\n"
    for change in row.own.false_examples[:show]:
        yield f"    false    {change!r}"
    for mark in row.missed_marks[:show]:
        yield f"    unmarked {mark!r}"
    for mark in row.false_marks[:show]:
        yield f"    marked   {mark!r}"


def _titled(row: Row) -> str:
    name = f"{row.texts}: {row.name}" if row.texts else row.name
    return f"{name:{_NAME}.{_NAME}}"
