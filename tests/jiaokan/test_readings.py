"""Readings of single characters."""

from __future__ import annotations

import pytest
from jiaokan.readings import is_reading_of, is_syllable, normalised, readings, toneless


def test_readings_carry_their_tones_and_come_once() -> None:
    assert readings("現") == ("xiàn",)
    assert readings("實")[0] == "shí"
    assert set(readings("樂")) >= {"lè", "yuè"}
    assert len(set(readings("樂"))) == len(readings("樂"))


@pytest.mark.parametrize("character", ["A", "，", "\ud800", "\x00", "😀"])
def test_what_is_no_hanzi_has_no_reading(character: str) -> None:
    assert readings(character) == ()
    assert not is_reading_of("shi", character)


@pytest.mark.parametrize(
    ("printed", "character"),
    [
        ("shí", "實"),
        ("shi", "實"),
        ("SHÍ", "實"),
        ("shi\u0301", "實"),
        ("ɡuān", "關"),
        ("zh\u0251n", "佔"),
        ("lǜ", "綠"),
    ],
)
def test_spellings_of_a_reading(printed: str, character: str) -> None:
    assert is_reading_of(printed, character)


@pytest.mark.parametrize(("printed", "character"), [("xiàn", "實"), ("shì", "實"), ("", "實"), ("web", "網")])
def test_what_is_no_reading_of_the_character(printed: str, character: str) -> None:
    assert not is_reading_of(printed, character)


def test_tones_go_and_the_two_dots_stay() -> None:
    assert toneless("lǜ") == "lü"
    assert toneless("xiàng") == "xiang"
    assert toneless("ế") == "ê"


def test_spaces_and_capitals_do_not_count() -> None:
    assert normalised(" Xi àn ") == "xiàn"


@pytest.mark.parametrize(
    ("printed", "is_one"),
    [
        ("xiàng", True),
        ("zhuang", True),
        ("lǜ", True),
        ("ń", True),
        ("web", False),
        ("app", False),
        ("", False),
        ("shishi", False),
    ],
)
def test_syllables(printed: str, is_one: bool) -> None:
    assert is_syllable(printed) is is_one
