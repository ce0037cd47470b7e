"""Characters of UTF-8 of which one byte is gone."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from jiaokan.damage.broken import find
from jiaokan.decoding import decode
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind
from simulator.texts import clean_texts


def _broken(text: str, place: int, lost: int) -> str:
    """Return ``text`` as it is decoded if of its character at ``place`` the byte number ``lost`` is gone."""
    data = text[place].encode()
    rest = data[:lost] + data[lost + 1 :]
    return decode(text[:place].encode() + rest + text[place + 1 :].encode(), "utf-8").text


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_lost_byte_is_found_by_what_stands_around(lost: int) -> None:
    text = "昨天晚上下了一场大雨，今天早上天气很好。"
    [repair] = find(_broken(text, text.index("早"), lost))
    assert (repair.after, repair.kind, repair.certainty) == ("早", Kind.SLIP, Certainty.PROBABLE)
    assert repair.evidence.intended == "早".encode()
    assert repair.candidates[0].text == "早"


def test_the_whole_way_from_the_bytes() -> None:
    text = "昨天晚上下了一场大雨，今天早上天气很好。"
    raw = _broken(text, text.index("早"), 1)
    assert repair_text(raw).repaired == text


def test_what_is_suggested_is_not_applied_and_still_marked() -> None:
    text = "他姓王，她姓李，都住在这里。"
    raw = _broken(text, text.index("李"), 1)
    result = repair_text(raw)
    assert result.repaired == raw
    assert {repair.certainty for repair in result.repairs} <= {Certainty.SUGGESTED, Certainty.LOST}
    assert result.repairs


def test_the_rest_of_a_character_of_utf8_is_no_slip_of_gbk() -> None:
    text = "他姓王，她姓李，都住在这里。"
    raw = _broken(text, text.index("李"), 2)
    assert repair_text(raw).repaired == raw


@pytest.mark.parametrize(
    "text",
    [
        "abc\udce6\udca1def",
        "天\udce6气",
        "天气\udce6\udca1\udca5\udce6\udca1很好",
        "天气\udca1 很好",
        "\udce6\udca1",
        "",
    ],
)
def test_nothing_is_guessed_without_two_bytes_amid_chinese(text: str) -> None:
    assert find(text) == []


def test_what_is_probable_is_right() -> None:
    chooser = random.Random(1)
    counts: Counter[tuple[Certainty, bool]] = Counter()
    for name, clean in clean_texts().items():
        for line in clean.split("\n") if not name.startswith("look_alikes") else ():
            places = [place for place in range(2, len(line) - 2) if len(line[place].encode()) == 3]
            for place in chooser.sample(places, min(2, len(places))):
                for repair in find(_broken(line, place, chooser.randrange(3))):
                    counts[repair.certainty, repair.after == line[place]] += 1
    assert counts[Certainty.PROBABLE, True] > 300
    assert counts[Certainty.PROBABLE, True] >= 0.985 * (
        counts[Certainty.PROBABLE, True] + counts[Certainty.PROBABLE, False]
    )
    assert counts[Certainty.SUGGESTED, True] >= 0.75 * (
        counts[Certainty.SUGGESTED, True] + counts[Certainty.SUGGESTED, False]
    )
