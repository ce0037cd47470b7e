"""Every case under ``tests/cases``: damage that must be undone, and what only looks like damage and must stay.

A case is ``name``, ``kind``, ``raw``, ``repaired`` and, where needed:

- ``context``: the kind of document it stands in; some damage shows only in a damaged document. The document comes
  before it, a paragraph apart, and is made by the simulator from a text of our own.
- ``marked``: the indices of those of its paragraphs that must be marked as furniture, and no others.
- ``known_failure``: true for what the engine cannot do yet. Once it can, the case fails until the entry goes.
- ``note``: for readers.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jiaokan.pipeline import repair_text
from jiaokan.repair import Kind
from simulator.alone import annotated_by
from simulator.annotation import readings
from simulator.crawler import folded
from simulator.script import traditional
from simulator.texts import clean_texts

_FOLDER = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a case file."""

    name: str
    kind: str
    raw: str
    repaired: str
    context: str = "none"
    marked: list[int] | None = None
    known_failure: bool = False
    note: str = ""


def _entries() -> list[tuple[str, Case]]:
    loaded: list[tuple[str, Case]] = []
    for path in sorted(_FOLDER.glob("*.json")):
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        loaded += [(f"{path.stem}: {entry['name']}", Case(**entry)) for entry in entries]
    return loaded


def _context(case: Case) -> str:
    """Return the document that the case stands in, as damaged as it says."""
    clean = traditional(clean_texts()["simplified/report_bus"])
    documents = {
        "none": "",
        "clean": clean,
        "annotated": annotated_by(clean, _site_list(case)).raw,
        "folded": folded(clean),
    }
    return documents[case.context] + "\n\n" if documents[case.context] else ""


def _site_list(case: Case) -> dict[str, str]:
    """Return a site's list that agrees with the case: on one page a character is annotated always or never."""
    rng = random.Random(case.name)
    return {
        character: reading
        for character, reading in readings().items()
        if (f"{reading})" in case.raw if character in case.repaired else rng.random() < 0.3)
    }


def _outcome(case: Case) -> tuple[str, list[int]]:
    """Return what the engine makes of the case's own paragraphs, and the indices of those that it marks."""
    context = _context(case)
    result = repair_text(context + case.raw)
    skipped = context.count("\n")
    marked = {
        result.raw.count("\n", 0, place) - skipped
        for repair in result.repairs
        if repair.kind is Kind.FURNITURE
        for place in range(repair.start, max(repair.end, repair.start + 1))
    }
    return "\n".join(result.repaired.split("\n")[skipped:]), sorted(index for index in marked if index >= 0)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in _entries()])
def test_case(case: Case) -> None:
    repaired, marked = _outcome(case)
    achieved = repaired == case.repaired and case.marked in (None, marked)
    if case.known_failure:
        assert not achieved, "a known failure no longer fails: take the entry away"
    else:
        assert repaired == case.repaired
        assert case.marked in (None, marked)


def test_names_are_unique_and_kinds_are_known() -> None:
    names = [name for name, _ in _entries()]
    assert len(names) == len(set(names))
    assert {case.kind for _, case in _entries()} <= {*Kind, "none"}
