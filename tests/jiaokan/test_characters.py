"""The classes of characters against what unicodedata, an independent copy of Unicode's tables, says of them."""

import re
import sys
import unicodedata

from jiaokan.characters import (
    CHINESE_PUNCTUATION,
    CJK_PUNCTUATION,
    CLOSING_BRACKETS,
    HANZI,
    OPENING_BRACKETS,
    PAUSES,
    SENTENCE_ENDS,
    count_hanzi,
    has_hanzi,
    is_chinese,
    is_chinese_punctuation,
    is_hanzi,
)


def test_every_ideograph_of_unicode_is_a_hanzi() -> None:
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.name(chr(code), "").startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH"))
        and not is_hanzi(chr(code))
    ]
    assert missed == []


def test_nothing_else_that_unicode_names_is_a_hanzi() -> None:
    wrong = {
        chr(code)
        for code in range(sys.maxunicode + 1)
        if is_hanzi(chr(code)) and not unicodedata.name(chr(code), "CJK").startswith("CJK")
    }
    assert wrong == {"々", "〇"}


def test_the_predicate_and_the_class_agree() -> None:
    pattern = re.compile(f"[{HANZI}]")
    assert all(is_hanzi(chr(code)) == bool(pattern.match(chr(code))) for code in range(sys.maxunicode + 1))


def test_look_alikes_are_no_hanzi() -> None:
    for character in ("", "a", "ㄅ", "の", "ア", "한", "。", "\u3000", "⼀", "⺀", "\ud840", "\ue000", "\ufffd", "①"):
        assert not is_hanzi(character), character


def test_punctuation() -> None:
    for character in "，。！？；：、“”‘’「」『』（）《》〈〉【】〔〕…—·～":
        assert is_chinese_punctuation(character), character
        assert is_chinese(character), character
    for character in ("", ",", ".", "(", "a", "中", "\u3000", "Ａ", "１", "々", "〇"):
        assert not is_chinese_punctuation(character), character


def test_cjk_punctuation_holds_no_letter_and_no_digit() -> None:
    pattern = re.compile(f"[{CJK_PUNCTUATION}]")
    held = {unicodedata.category(chr(code)) for code in range(0x20000) if pattern.match(chr(code))}
    assert not held & {"Lu", "Ll", "Lt", "Nd", "Zs", "Cc", "Cs", "Co"}


def test_brackets_come_in_pairs() -> None:
    assert len(OPENING_BRACKETS) == len(CLOSING_BRACKETS)
    for opening, closing in zip(OPENING_BRACKETS, CLOSING_BRACKETS, strict=True):
        assert unicodedata.category(opening) in {"Ps", "Pi"}
        assert unicodedata.category(closing) in {"Pe", "Pf"}
    assert not set(SENTENCE_ENDS) & set(PAUSES)


def test_the_names_are_usable_as_class_bodies() -> None:
    for body in (HANZI, CHINESE_PUNCTUATION, OPENING_BRACKETS, CLOSING_BRACKETS, SENTENCE_ENDS, PAUSES):
        assert re.compile(f"[{body}]").search("\0") is None


def test_counting() -> None:
    assert has_hanzi("abc中") and not has_hanzi("abc。") and not has_hanzi("")
    assert count_hanzi("𠀀丶A，中文") == 4
    assert count_hanzi("") == 0
