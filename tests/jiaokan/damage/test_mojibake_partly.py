"""GBK that was read as UTF-8 where it happens to be valid, and byte by byte elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.damage.mojibake.partly import find, read, spelled
from jiaokan.repair import Certainty, apply

_SENTENCES = (
    "时间过得真快，市场上又摆满了新鲜的枣子。",
    "孩子们放学以后都到桥上去看船，看到天黑才回家。",
    "为了修这条路，村里的人忙了整整一个冬天。",
)


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_comes_back(sentence: str) -> None:
    raw = read(sentence.encode("gbk"))
    assert apply(raw, find(raw)) == sentence


def test_what_replays_is_certain() -> None:
    (repair,) = find(read("时间到了，孩子们都到桥上来看船".encode("gbk")))
    assert repair.certainty is Certainty.CERTAIN


def test_a_soft_hyphen_that_was_dropped_is_put_back() -> None:
    sentence = "这些年村里的经济好起来了，学校也修了。"
    raw = read(sentence.encode("gbk").replace(b"\xad", b""))
    (repair,) = find(raw)
    assert apply(raw, [repair]) == sentence
    assert repair.certainty is Certainty.PROBABLE


def test_code_around_it_stays() -> None:
    raw = f"int n = 0; // {read('时间到了就停'.encode('gbk'))} (v2)"
    assert apply(raw, find(raw)) == "int n = 0; // 时间到了就停 (v2)"


@pytest.mark.parametrize(
    "text",
    [
        "etykietów oraz UUID-ów dla dostępnych urządzeń",
        "příliš žluťoučký kůň úpěl ďábelské ódy",
        "żółć, źdźbło, świeżość",
        "气温在±5°C之间，×2，·第三",
        "Ä Ö Ü ä ö ü ß ÿ",
        "für größere Ströme, ａ ｂ",
        "",
    ],
)
def test_sound_text_stays(text: str) -> None:
    assert find(text) == []


@given(st.binary(max_size=40))
def test_reading_loses_nothing(data: bytes) -> None:
    text = read(data)
    # A character below U+0100 that was two bytes is the one thing that the plain way cannot know.
    if not any("\x80" <= character <= "\xff" for character in text):
        assert spelled(text) == data
