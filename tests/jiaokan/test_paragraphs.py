"""Paragraphs: cut at line ends, and at nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.paragraphs import paragraph_starts, paragraphs
from strategies import any_text

_texts = any_text | st.text("甲\r\n\u2028 ", max_size=20)


@given(_texts)
def test_the_starts_are_those_of_the_paragraphs(text: str) -> None:
    assert list(paragraph_starts(text)) == [start for start, _ in paragraphs(text)]


@given(_texts)
def test_between_paragraphs_stand_line_ends_and_nothing_else(text: str) -> None:
    position = 0
    for start, paragraph in paragraphs(text):
        assert text[position:start] in (("\r\n", "\n", "\r") if start else ("",))
        assert text[start : start + len(paragraph)] == paragraph
        assert "\n" not in paragraph
        assert "\r" not in paragraph
        position = start + len(paragraph)
    assert position == len(text)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("甲", [0]),
        ("甲\n", [0, 2]),
        ("甲\r\n乙", [0, 3]),
        ("甲\r\r\n\n乙", [0, 2, 4, 5]),
        ("甲\u2028乙\x85丙\x0b丁\x0c戊\x1c己", [0]),
    ],
)
def test_line_ends(text: str, starts: list[int]) -> None:
    assert list(paragraph_starts(text)) == starts
