"""Repairs that replay, and those that must not."""

from __future__ import annotations

import random

import pytest
from jiaokan.doublebyte import big5, gbk
from jiaokan.pipeline import repair_text
from jiaokan.readings import is_reading_of
from jiaokan.repair import Certainty, Kind
from jiaokan.replay import slip_replays
from simulator.mirror import STYLES, Style, mirror_site
from simulator.texts import to_damage

# What was read (between neighbours), where the slip begins and ends in it, and what was meant.
_SLIPS = (
    ("管理?xiàng)l例", 2, 10, "條"),
    ("體系?!秉h中央", 2, 6, "。”黨"),
    ("體系\ufffd！秉h中央", 2, 6, "。”黨"),
    ("體系！秉h中央", 2, 5, "。”黨"),
)


def _replays(raw: str, intended: str) -> bool:
    return slip_replays(raw, 0, len(raw), intended, gbk())


@pytest.mark.parametrize(("raw", "start", "end", "after"), _SLIPS)
def test_a_slip_replays(raw: str, start: int, end: int, after: str) -> None:
    assert slip_replays(raw, start, end, after, gbk())


@pytest.mark.parametrize(("raw", "start", "end", "after"), _SLIPS)
def test_another_text_does_not_replay(raw: str, start: int, end: int, after: str) -> None:
    assert not slip_replays(raw, start, end, after + "了", gbk())
    assert not slip_replays(raw, start, end, "學" + after[1:], gbk())
    assert not slip_replays(raw, start, end, after[:-1], gbk())


def test_a_reading_is_inserted_only_where_its_character_stands() -> None:
    assert _replays("網(wǎng)絡", "網絡")
    assert not _replays("網(luò)絡", "網絡")


def test_folded_widths_replay() -> None:
    assert _replays("標志,沒有", "標志，沒有")
    assert not _replays("標志,沒有", "標志。沒有")


def test_text_that_the_charset_cannot_write_does_not_replay() -> None:
    assert not slip_replays("你?好", 0, 3, "你们好", big5())
    assert not _replays("\ud800", "\ud800")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_paragraph_that_a_mirror_site_damages_replays(style: Style) -> None:
    """The truth replays whatever the site's habits: the machine can do all that the simulator does."""
    style = Style(style.loss, style.annotated, style.cutting, style.traditional, style.folds, furniture=False)
    for name, clean in list(to_damage().items())[::7]:
        damaged = mirror_site(clean, random.Random(name), style)
        for raw, intended in zip(damaged.raw.split("\n"), damaged.intended.split("\n"), strict=True):
            # Of a swallowed tag a piece stays that was never in the text.
            if not raw.endswith("/p>"):
                assert _replays(raw, intended), (raw, intended)


def test_every_certain_repair_replays() -> None:
    """Annotations and slips: done again to the repaired text, the damage gives the raw text."""
    seen = 0
    for style in STYLES:
        for name, clean in list(to_damage().items())[1::8]:
            raw = mirror_site(clean, random.Random(name), style).raw
            for repair in repair_text(raw).repairs:
                if repair.certainty is not Certainty.CERTAIN:
                    continue
                seen += 1
                if repair.kind is Kind.ANNOTATION:
                    assert is_reading_of(repair.before[1:-1].strip(), raw[repair.start - 1]), repair
                else:
                    assert slip_replays(raw, repair.start, repair.end, repair.after, gbk()), repair
    assert seen > 100
