"""How well one colour can be read on another, and colours that can."""

from __future__ import annotations

from PySide6.QtGui import QColor

READABLE = 4.5
"""The least contrast ratio of text, by the Web Content Accessibility Guidelines 2.2, level AA (criterion 1.4.3)."""

_FAINT = 0.6
_DARKEST = 24  # steps of darkening, after which any colour is as good as black


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two opaque colours, from 1 to 21, as the guidelines define it."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return ``share`` of the first colour (from 0 to 1), the rest being the second."""
    rest = 1 - share
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * rest,
        first.greenF() * share + second.greenF() * rest,
        first.blueF() * share + second.blueF() * rest,
    )


def faint(text: QColor, ground: QColor) -> QColor:
    """Return the colour for what is beside the point; it can still be read on ``ground``."""
    return mixed(text, ground, _FAINT)


def readable_ground(ground: QColor, text: QColor) -> QColor:
    """Return ``ground``, darkened if light text could not be read on it."""
    for _ in range(_DARKEST):
        if contrast(ground, text) >= READABLE or _luminance(text) < _luminance(ground):
            break
        ground = ground.darker(105)
    return ground
