"""The simulator makes exactly the damage that is known from real pages."""

from __future__ import annotations

import random

import pytest
from simulator.alone import Slip, annotated, furniture_added, invisible_sprinkled, markup_leaked, slipped, width_folded
from simulator.annotation import annotate, readings
from simulator.charset import BIG5, DROPPED, LOSSES, PRIVATE_USE, QUESTION_MARK, REPLACEMENT, Loss, decode_with_loss
from simulator.crawler import folded
from simulator.damaged import Damaged, comparable
from simulator.encodings import byte_inserted, byte_lost, mojibake, truncated
from simulator.make_sample import SAMPLE, sample
from simulator.mirror import STYLES, Style, damage_page, mirror_site
from simulator.script import traditional
from simulator.stream import cut, stepping
from simulator.texts import clean_texts, to_damage


def every_pair(stream: bytes) -> list[int]:
    """Cut at every pair that looks like punctuation, aligned or not."""
    return sorted({*stepping(0)(stream), *stepping(1)(stream)})


KNOWN = [
    # clean, characters on the site's list, what a reader saw
    ("變為“街道（鄉鎮", "優鄉", "變?yōu)椤敖值溃ㄠl(xiāng)鎮"),
    ("管理條例", "項", "管理?xiàng)l例"),
    ("體系。”黨中央", "", "體系?!秉h中央"),
    ("五級包保”責任制", "責", "五級包?！必?zé)任制"),
    ("一輩子。”通過職業", "", "一輩子?！蓖ㄟ^職業"),
    ("24個省（區", "區", "24個?。▍^(qū)"),
    ("規模化高效交付的關鍵", "規關", "規(guī)?；咝Ы桓兜年P(guān)鍵"),
]


@pytest.mark.parametrize(("clean", "chosen", "seen"), KNOWN)
def test_the_model_gives_the_slips_of_real_pages(clean: str, chosen: str, seen: str) -> None:
    read = damage_page(clean, list(chosen), every_pair, QUESTION_MARK)
    assert folded(read) == folded(seen)


def test_a_swallowed_bracket_leaves_the_rest_of_the_tag() -> None:
    # The run is out of step already when it reaches the tag: the last byte of 。 takes the '<' with it.
    stream = "干”。</p>".encode("gbk")[1:]
    assert damage_page("一起干”。</p>", [], lambda _: [5], QUESTION_MARK).endswith("/p>")
    assert decode_with_loss(stream, QUESTION_MARK).endswith("/p>")


def test_a_reader_that_drops_the_byte_prints_nothing_for_it() -> None:
    read = damage_page("領導一切的。”中國共產黨", ["產"], every_pair, DROPPED)
    assert folded(read) == "領導一切的!敝袊伯a(chǎn)黨"


def test_annotation_compares_bytes_in_ascending_order() -> None:
    table = {"項": "xiàng", "優": "yōu"}
    assert annotate("理條".encode("gbk"), table, "優項") == b"\xc0\xed\x97(xi\xa8\xa4ng)\x6c"
    assert annotate("優項".encode("gbk"), table, "優項").decode("gbk") == "優(yōu)項(xiàng)"


def test_cutting_keeps_every_byte_and_pieces_begin_with_punctuation() -> None:
    stream = "體系。”黨中央，指出；".encode("gbk")
    pieces = cut(stream, every_pair)
    assert b"".join(pieces) == stream
    assert len(pieces) == 5  # three aligned cuts, one within 。”


@pytest.mark.parametrize(
    ("stream", "loss", "seen"),
    [
        (b"\xc0", QUESTION_MARK, "?"),
        (b"\xc0", REPLACEMENT, "\ufffd"),
        (b"\xc0", DROPPED, ""),
        (b"\xc0(a", QUESTION_MARK, "?a"),
        (b"\xc0(a", REPLACEMENT, "\ufffd(a"),
        (b"\x80a", QUESTION_MARK, "€a"),
        (b"\xaa\xa1a", QUESTION_MARK, "a"),
        (b"\xaa\xa1a", PRIVATE_USE, "\ue000a"),
        (b"\xa1\x40", PRIVATE_USE, "\ue4c6"),
        (b"\xfe\xfe", PRIVATE_USE, "\ue4c5"),
    ],
)
def test_decoding_with_loss(stream: bytes, loss: Loss, seen: str) -> None:
    assert decode_with_loss(stream, loss) == seen


@pytest.mark.parametrize(
    ("pair", "seen"),
    [
        (b"\xa7\x41", "你"),
        (b"\xfa\x40", "\ue000"),
        (b"\xfe\xfe", "\ue310"),
        (b"\x8e\x40", "\ue311"),
        (b"\x81\x40", "\ueeb8"),
    ],
)
def test_big5_with_its_user_defined_areas(pair: bytes, seen: str) -> None:
    assert decode_with_loss(pair, PRIVATE_USE, BIG5) == seen


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_intact_is_read_as_written(loss: Loss) -> None:
    text = "intact 文本，沒有丟字節。"
    assert decode_with_loss(text.encode("gbk"), loss) == text


def test_traditional_knows_characters_and_no_words() -> None:
    assert traditional("头发发现，皇后以后，里面公里，台湾着急，建筑") == "頭發發現，皇后以后，里面公里，臺灣著急，建筑"


def test_listable_characters_are_outside_gb2312_and_have_a_reading() -> None:
    table = readings()
    assert table["網"] == "wǎng"
    assert table["時"] == "shí"
    assert "里" not in table
    assert len(table) > 1000


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_mirror_site_keeps_the_paragraphs_and_is_repeatable(style: Style) -> None:
    clean = "\n".join(to_damage().values())[:20_000]
    damaged = mirror_site(clean, random.Random(1), style)
    assert damaged == mirror_site(clean, random.Random(1), style)
    assert damaged.raw != damaged.intended
    assert damaged.raw.count("\n") == damaged.intended.count("\n")
    raw, intended = damaged.raw.split("\n"), damaged.intended.split("\n")
    assert damaged.marked
    assert all(raw[index] == intended[index] for index in damaged.marked)


@pytest.mark.parametrize("slip", Slip)
@pytest.mark.parametrize("charset", ["gbk", "big5"])
def test_slips_stay_within_their_paragraph(slip: Slip, charset: str) -> None:
    clean = "第一段在這裡，沒有缺少什麼。\n第二段也在這裡，同樣完整。\n\nABC"
    one = (
        slipped(clean, random.Random(3), slip, 1, charset=BIG5)
        if charset == "big5"
        else slipped(clean, random.Random(3), slip, 1)
    )
    assert one.intended == clean
    changed = [a != b for a, b in zip(one.raw.split("\n"), clean.split("\n"), strict=True)]
    assert sum(changed) == 1


def test_kinds_alone_touch_nothing_but_their_own() -> None:
    clean = "他們說：“網頁很長——長得很。”\n\n第二段，還有更多的字。" * 20
    assert annotated("网页", random.Random(0), 1.0) == Damaged("網(wǎng)頁(yè)", "網頁")
    assert width_folded("他說：（好）。") == Damaged("他說:(好)。", "他說：（好）。")
    for damaged in (markup_leaked(clean, random.Random(5), 0.2), invisible_sprinkled(clean, random.Random(5), 0.2)):
        assert damaged.intended == clean
        assert damaged.raw != clean
        assert damaged.raw.count("\n") == clean.count("\n")


def test_furniture_is_named_and_stands_around_the_text() -> None:
    damaged = furniture_added(Damaged("甲\n乙", "甲\n乙"), random.Random(2))
    lines = damaged.raw.split("\n")
    kept = [line for index, line in enumerate(lines) if index not in damaged.marked and line]
    assert kept == ["甲", "乙"]
    assert lines[-1].count("|") > 10


def test_mojibake_of_known_form() -> None:
    assert mojibake("你好", "utf-8", "gbk").raw == "浣犲ソ"
    assert mojibake("你好", "gbk", "latin-1").raw == "ÄãºÃ"
    assert mojibake("你好", "utf-8", "cp1252").raw == "ä½\xa0å¥½"
    assert mojibake("你好", "utf-8", "latin-1", layers=2).raw == "你好".encode().decode("latin-1").encode().decode(
        "latin-1"
    )


def test_broken_files() -> None:
    data = bytes(range(200))
    assert len(byte_lost(data, random.Random(1))) == 199
    assert len(byte_inserted(data, random.Random(1))) == 201
    assert data.startswith(truncated(data, random.Random(1)))


def test_the_texts_are_many_and_clean() -> None:
    texts = clean_texts()
    assert sum(map(len, texts.values())) >= 30_000
    assert all(not set("\r\ufffd\x00") & set(text) for text in texts.values())
    assert all(comparable(text).strip() for text in texts.values())


def test_the_bundled_sample_is_what_the_script_makes() -> None:
    assert SAMPLE.read_text(encoding="utf-8") == sample().raw + "\n"
