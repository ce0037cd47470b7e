"""What is drawn for a text, and how positions in the two correspond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.unseen import label
from jiaokan_gui.shown_text import ShownText, utf16_length


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("\0", "00"),
        ("\u200b", "ZWSP"),
        ("\ufeff", "BOM"),
        ("\u202e", "RLO"),
        ("\ue123", "E123"),
        ("\udc85", "85"),
        ("\ud800", "D800"),
        ("\u2028", "2028"),
    ],
)
def test_labels(character: str, expected: str) -> None:
    assert label(character) == expected
    assert expected in ShownText(f"甲{character}乙").shown


@pytest.mark.parametrize(
    "text", ["漢字，。“”——", "a\tb", "\u3000", "\ufffd", "葛\U000e0100", "𠀀", "ㄅㄆ", "Жё", "e\u0301"]
)
def test_what_can_be_seen_is_drawn_as_it_is(text: str) -> None:
    assert ShownText(text).shown == text


@given(st.text(alphabet="漢a𠀀\u200b\udc85\0", max_size=20))
def test_positions_and_offsets_correspond(text: str) -> None:
    shown = ShownText(text)
    assert shown.length == utf16_length(shown.shown)
    shown.shown.encode("utf-16-le")  # raises if a lone surrogate were to reach Qt
    for offset in range(len(text) + 1):
        position = shown.to_position(offset)
        assert shown.to_offset(position) == offset
        assert shown.to_offset(position, up=True) == offset
    for position in range(shown.length + 1):
        low, high = shown.to_offset(position), shown.to_offset(position, up=True)
        assert shown.to_position(low) <= position <= shown.to_position(high)
        assert high - low in (0, 1)


def test_offsets_after_characters_beyond_the_bmp_are_utf16_positions() -> None:
    shown = ShownText("𠀀𠀁字")
    assert [shown.to_position(offset) for offset in range(4)] == [0, 2, 4, 5]
    assert shown.to_offset(3) == 1
    assert shown.to_offset(3, up=True) == 2
