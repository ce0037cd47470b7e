"""How the kinds of damage look and what they are called, on light and on dark ground."""

from __future__ import annotations

from jiaokan.appearance import DEFAULT_HUE, HUES, LIGHTNESS, WASH
from jiaokan.repair import Certainty, Kind, Repair
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette

from jiaokan_gui.shown_text import ShownText

_LONGEST = 24  # characters of a change that a description shows


def is_dark(palette: QPalette) -> bool:
    """Return whether the palette writes light on dark."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def strong_colour(kind: Kind, *, dark: bool) -> QColor:
    """Return the kind's colour for lines and marks."""
    hue, saturation = HUES.get(kind, DEFAULT_HUE)
    return QColor.fromHsl(hue, saturation, LIGHTNESS[dark])


def wash_colour(kind: Kind, *, dark: bool) -> QColor:
    """Return the kind's colour for the ground behind text: text in the palette's colour stays readable on it."""
    colour = strong_colour(kind, dark=dark)
    colour.setAlpha(WASH[dark])
    return colour


def hit_colours(*, dark: bool) -> tuple[QColor, QColor]:
    """Return the ground of what a search has found, and the frame around the one that was gone to."""
    return (QColor(122, 96, 0, 190), QColor("#ffc83d")) if dark else (QColor(255, 214, 64, 170), QColor("#c46a00"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("kinds", text)


def kind_name(kind: Kind) -> str:
    """Return what readers call the kind."""
    names = {
        Kind.SLIP: _tr("Byte slip"),
        Kind.MOJIBAKE: _tr("Mojibake"),
        Kind.ESCAPE: _tr("Escaped text"),
        Kind.MARKUP: _tr("Leaked markup"),
        Kind.FURNITURE: _tr("Furniture and spam"),
        Kind.INVISIBLE: _tr("Invisible character"),
        Kind.ANNOTATION: _tr("Inserted pinyin"),
        Kind.WIDTH: _tr("Half-width punctuation"),
    }
    return names.get(kind, str(kind))


def kind_noun(kind: Kind) -> str:
    """Return one word for the kind, to go with a number: "slip 7"."""
    nouns = {
        Kind.SLIP: _tr("slip"),
        Kind.MOJIBAKE: _tr("mojibake"),
        Kind.ESCAPE: _tr("escape"),
        Kind.MARKUP: _tr("markup"),
        Kind.FURNITURE: _tr("furniture"),
        Kind.INVISIBLE: _tr("invisible"),
        Kind.ANNOTATION: _tr("pinyin"),
        Kind.WIDTH: _tr("punctuation"),
    }
    return nouns.get(kind, str(kind))


def certainty_name(certainty: Certainty) -> str:
    """Return what readers call the certainty."""
    names = {
        Certainty.CERTAIN: _tr("certain"),
        Certainty.PROBABLE: _tr("probable"),
        Certainty.SUGGESTED: _tr("suggested"),
        Certainty.LOST: _tr("lost"),
    }
    return names.get(certainty, str(certainty))


def describe(repair: Repair) -> str:
    """Return one line that says what the repair is and why."""
    head = f"{kind_name(repair.kind)}, {certainty_name(repair.certainty)}"
    change = f"{_short(repair.before)} → {_short(repair.after)}"
    reason = ShownText(repair.evidence.reason).shown
    return " · ".join(filter(None, (head, change if repair.certainty is not Certainty.LOST else "", reason)))


def _short(text: str) -> str:
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return ShownText(cut).shown or "∅"
