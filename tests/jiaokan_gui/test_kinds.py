"""How kinds look and how repairs are described."""

from __future__ import annotations

import itertools

import pytest
from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.contrast import READABLE, contrast, faint, mixed, readable_ground
from jiaokan_gui.kinds import certainty_name, describe, is_dark, kind_name, kind_noun, strong_colour, wash_colour
from jiaokan_gui.scheme import dark_palette
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize("dark", [False, True])
def test_every_kind_has_its_colour_and_name(qapp: QApplication, dark: bool) -> None:
    assert qapp is not None
    for first, second in itertools.combinations(Kind, 2):
        one, other = strong_colour(first, dark=dark), strong_colour(second, dark=dark)
        assert abs(one.hue() - other.hue()) > 9 or abs(one.saturation() - other.saturation()) > 60
    assert all(wash_colour(kind, dark=dark).alpha() < 100 for kind in Kind)
    assert len({kind_name(kind) for kind in Kind}) == len(Kind)
    assert len({kind_noun(kind) for kind in Kind}) == len(Kind)
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


def _palettes() -> list[QPalette]:
    return [QPalette(QColor("#efefef"), QColor("#efefef")), dark_palette()]


@pytest.mark.parametrize("number", [0, 1])
def test_text_can_be_read_on_every_colour_even_where_two_changes_overlap(qapp: QApplication, number: int) -> None:
    assert qapp is not None
    palette = _palettes()[number]
    ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    dark = is_dark(palette)
    assert dark == bool(number)
    assert contrast(faint(text, ground), ground) >= READABLE
    for kind in Kind:
        wash = wash_colour(kind, dark=dark)
        twice = mixed(wash, mixed(wash, ground, wash.alphaF()), wash.alphaF())
        assert contrast(text, twice) >= READABLE
        # Lines and marks: criterion 1.4.11.
        assert contrast(strong_colour(kind, dark=dark), ground) >= 3


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("red"), QColor("red")) == 1


def test_a_ground_is_darkened_until_light_text_can_be_read_on_it() -> None:
    white = QColor("white")
    assert contrast(QColor("#308cc6"), white) < READABLE <= contrast(readable_ground(QColor("#308cc6"), white), white)
    assert readable_ground(QColor("#3584e4"), QColor("black")) == QColor("#3584e4")
    assert readable_ground(white, QColor("#999999")) == white
