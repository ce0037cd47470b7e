"""Double-byte charsets as tables of pairs, which the arithmetic of bytes relies on."""

from __future__ import annotations

import pytest
from jiaokan.doublebyte import DoubleByteCharset, big5, gbk, user_defined_pair


@pytest.mark.parametrize(
    ("charset", "pair", "character"),
    [
        (gbk(), 0xA1A3, "。"),
        (gbk(), 0xA1B1, "”"),
        (gbk(), 0xED97, "項"),
        (gbk(), 0x976C, "條"),
        (gbk(), 0xFC68, "黨"),
        (big5(), 0xA440, "一"),
        (big5(), 0xA143, "。"),
        (big5(), 0xC5E9, "體"),
    ],
)
def test_known_pairs(charset: DoubleByteCharset, pair: int, character: str) -> None:
    assert charset.character(pair >> 8, pair & 0xFF) == character
    assert charset.pairs[character] == pair


@pytest.mark.parametrize(("charset", "codec"), [(gbk(), "gbk"), (big5(), "cp950")])
def test_the_tables_are_those_of_the_codec(charset: DoubleByteCharset, codec: str) -> None:
    for pair, character in charset.characters.items():
        assert pair.to_bytes(2, "big").decode(codec) == character
    for character, pair in charset.pairs.items():
        assert charset.characters.get(pair, character) == character
    assert len(charset.characters) > 13_000


@pytest.mark.parametrize(("character", "pair"), [("⿻", 0xA995), ("⻊", 0xFE84), ("㑳", 0xFE55), ("ǹ", 0xA8BF)])
def test_what_newer_readers_show_for_undefined_pairs_has_its_pair(character: str, pair: int) -> None:
    assert gbk().pairs[character] == pair
    assert gbk().character(pair >> 8, pair & 0xFF) == ""


def test_the_euro_sign_is_one_byte_and_no_pair() -> None:
    assert "€" not in gbk().pairs


@pytest.mark.parametrize("charset", [gbk(), big5()])
def test_every_view_holds_the_same_pairs(charset: DoubleByteCharset) -> None:
    by_trail = {lead << 8 | trail: c for trail, found in charset.by_trail.items() for lead, c in found}
    by_lead = {lead << 8 | trail: c for lead, found in charset.by_lead.items() for trail, c in found}
    assert by_trail == by_lead == charset.characters
    for lead, trails in charset.undefined.items():
        assert not any(lead << 8 | trail in charset.characters for trail in trails)


def test_no_private_use_character_is_a_character() -> None:
    assert not any("\ue000" <= character <= "\uf8ff" for character in gbk().pairs)
    assert gbk().character(0xAA, 0xA1) == ""
    assert gbk().character(0xA1, 0x40) == ""
    assert gbk().character(0x20, 0x20) == ""


@pytest.mark.parametrize(
    ("character", "pair"),
    [
        ("\ue000", 0xAAA1),
        ("\ue05d", 0xAAFE),
        ("\ue233", 0xAFFE),
        ("\ue234", 0xF8A1),
        ("\ue4c5", 0xFEFE),
        ("\ue4c6", 0xA140),
        ("\ue504", 0xA17E),
        ("\ue505", 0xA180),
        ("\ue765", 0xA7A0),
        ("\ue766", 0),
        ("\uf8ff", 0),
        ("中", 0),
    ],
)
def test_the_user_defined_areas(character: str, pair: int) -> None:
    assert user_defined_pair(character) == pair


def test_user_defined_pairs_are_distinct_and_undefined() -> None:
    pairs = [user_defined_pair(chr(code)) for code in range(0xE000, 0xE766)]
    assert len(set(pairs)) == len(pairs)
    assert not set(pairs) & set(gbk().characters)
