"""How the kinds of damage look and what they are called, on light and on dark ground."""

from __future__ import annotations

from jiaokan.repair import Certainty, Kind, Repair
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette

from jiaokan_gui.shown_text import ShownText

# Hue, saturation and lightness (HSL, 0 to 359 and 0 to 255) of each kind's colour. The hues lie far apart; what they
# say is also said in words (legend, tooltip) and, for what is not applied, by an underline.
_HUES: dict[Kind, tuple[int, int]] = {
    Kind.SLIP: (356, 200),
    Kind.MOJIBAKE: (318, 150),
    Kind.ESCAPE: (70, 90),
    Kind.MARKUP: (28, 210),
    Kind.FURNITURE: (215, 25),
    Kind.INVISIBLE: (268, 140),
    Kind.ANNOTATION: (206, 190),
    Kind.WIDTH: (150, 130),
}
_DEFAULT_HUE = (180, 120)
_LONGEST = 24  # characters of a change that a description shows


def is_dark(palette: QPalette) -> bool:
    """Return whether the palette writes light on dark."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def strong_colour(kind: Kind, *, dark: bool) -> QColor:
    """Return the kind's colour for lines and marks."""
    hue, saturation = _HUES.get(kind, _DEFAULT_HUE)
    return QColor.fromHsl(hue, saturation, 165 if dark else 110)


def wash_colour(kind: Kind, *, dark: bool) -> QColor:
    """Return the kind's colour for the ground behind text: text in the palette's colour stays readable on it."""
    colour = strong_colour(kind, dark=dark)
    colour.setAlpha(58 if dark else 46)
    return colour


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
