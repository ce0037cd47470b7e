"""What the engine must always achieve on the texts of our own: no harm, and most of the damage undone.

The whole table is printed by ``python tests/fidelity/measure.py``. The floors here are below what was measured, so that
chance does not fail a test, and near enough that a step backwards does.
"""

from __future__ import annotations

import random

import pytest
from jiaokan.pipeline import repair_text
from simulator import alone
from simulator.damaged import Damaged, comparable
from simulator.mirror import Style, mirror_site
from simulator.script import traditional
from simulator.texts import clean_texts, to_damage

from fidelity.experiments import Experiment
from fidelity.rows import measure
from fidelity.tools import JIAOKAN, NOTHING

# Every so many texts are enough where nothing is guessed.
_EVERY = 5


@pytest.mark.parametrize("name", clean_texts())
def test_a_clean_text_stays_as_it_is(name: str) -> None:
    assert repair_text(clean_texts()[name]).repaired == clean_texts()[name]


@pytest.mark.parametrize("name", to_damage())
def test_a_clean_text_turned_traditional_stays_as_it_is(name: str) -> None:
    text = traditional(clean_texts()[name])
    assert repair_text(text).repaired == text


@pytest.mark.parametrize("name", list(to_damage())[::_EVERY])
def test_annotations_are_taken_away_exactly(name: str) -> None:
    damaged = alone.annotated(clean_texts()[name], random.Random(name))
    assert repair_text(damaged.raw).repaired == damaged.intended


@pytest.mark.parametrize("name", list(to_damage())[::_EVERY])
def test_folded_widths_are_unfolded_exactly(name: str) -> None:
    damaged = alone.width_folded(clean_texts()[name])
    assert comparable(repair_text(damaged.raw).repaired) == comparable(damaged.intended)


def test_a_mirror_site_is_mostly_undone() -> None:
    def from_mirror(clean: str, rng: random.Random) -> Damaged:
        return mirror_site(clean, rng, Style())

    reports = {name: text for name, text in to_damage().items() if "report" in name}
    row = measure(Experiment("mirror", from_mirror), reports, tools=(JIAOKAN, NOTHING))
    assert row.scores[NOTHING.name].right < 80
    assert row.own.right > 98
    assert not row.false_marks
    assert row.marks_found > 0.5 * row.marks
