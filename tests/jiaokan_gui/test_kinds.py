"""How kinds look and how repairs are described."""

from __future__ import annotations

import itertools

import pytest
from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.kinds import certainty_name, describe, kind_name, strong_colour, wash_colour
from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize("dark", [False, True])
def test_every_kind_has_its_colour_and_name(qapp: QApplication, dark: bool) -> None:
    assert qapp is not None
    for first, second in itertools.combinations(Kind, 2):
        one, other = strong_colour(first, dark=dark), strong_colour(second, dark=dark)
        assert abs(one.hue() - other.hue()) > 9 or abs(one.saturation() - other.saturation()) > 60
    assert all(wash_colour(kind, dark=dark).alpha() < 100 for kind in Kind)
    assert len({kind_name(kind) for kind in Kind}) == len(Kind)
    assert len({certainty_name(certainty) for certainty in Certainty}) == len(Certainty)


def test_a_description_says_what_was_changed_and_why() -> None:
    text = "甲\u200b乙" + "丙" * 100
    removed = Repair.of(text, 1, 2, "", Kind.INVISIBLE, Certainty.CERTAIN, Evidence("toy", "it has no width"))
    described = describe(removed).replace("\u00a0", "")
    assert described == "Invisible character, certain · ZWSP → ∅ · it has no width"
    long = Repair.of(text, 2, 103, "x", Kind.FURNITURE, Certainty.SUGGESTED, Evidence("toy", ""))
    assert len(describe(long)) < 80
    lost = Repair.of(text, 0, 1, "", Kind.SLIP, Certainty.LOST, Evidence("toy", "gone"))
    assert describe(lost) == "Byte slip, lost · gone"
