"""What the kinds of damage look like and are called, in the window and in reports."""

from __future__ import annotations

from collections.abc import Mapping

from jiaokan.repair import Certainty, Kind

HUES: Mapping[Kind, tuple[int, int]] = {
    Kind.SLIP: (356, 200),
    Kind.MOJIBAKE: (318, 150),
    Kind.ESCAPE: (70, 90),
    Kind.MARKUP: (28, 210),
    Kind.FURNITURE: (215, 25),
    Kind.INVISIBLE: (268, 140),
    Kind.ANNOTATION: (206, 190),
    Kind.WIDTH: (150, 130),
}
"""Hue and saturation (HSL, 0 to 359 and 0 to 255) of each kind's colour. The hues lie far apart; what they say is also
said in words and, for what is not applied, by an underline."""

DEFAULT_HUE = (180, 120)
"""Those of a kind that has none yet."""

LIGHTNESS = {False: 110, True: 165}
"""The lightness (0 to 255) of lines and marks, on light and on dark ground."""

WASH = {False: 46, True: 58}
"""How opaque (0 to 255) the colour is behind text, on light and on dark ground."""

KIND_NAMES: Mapping[Kind, str] = {
    Kind.SLIP: "Byte slip",
    Kind.MOJIBAKE: "Mojibake",
    Kind.ESCAPE: "Escaped text",
    Kind.MARKUP: "Leaked markup",
    Kind.FURNITURE: "Furniture and spam",
    Kind.INVISIBLE: "Invisible character",
    Kind.ANNOTATION: "Inserted pinyin",
    Kind.WIDTH: "Half-width punctuation",
}
"""What readers of reports call the kinds; the window has translations of its own."""

CERTAINTY_NAMES: Mapping[Certainty, str] = {
    Certainty.CERTAIN: "certain",
    Certainty.PROBABLE: "probable",
    Certainty.SUGGESTED: "suggested",
    Certainty.LOST: "lost",
}
"""What readers of reports call the grades of certainty."""
