"""Files that were joined of others in other encodings, with byte order marks and without; wide units among bytes."""

from __future__ import annotations

import codecs
import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.decoding import decode
from mixed_files import LINES, family, written
from simulator.encodings import byte_inserted, byte_lost, truncated
from simulator.texts import clean_texts

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "gb18030": b"",
}
FIRST = "雨下了一夜，课本还摊在窗台上。\n纸页都湿了。\n"
SECOND = "The last page was missing.\n早上放晴，他把书页一张张揭开。\n"


@pytest.mark.parametrize(("first", "second"), [*itertools.permutations(MARKS, 2)])
@pytest.mark.parametrize("marked", [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.parametrize("times", [1, 30])
def test_each_part_is_read_in_its_own_encoding(first: str, second: str, marked: tuple[bool, bool], times: int) -> None:
    marks = [MARKS[name] if has_mark else b"" for name, has_mark in zip((first, second), marked, strict=True)]
    data = marks[0] + (FIRST * times).encode(first) + marks[1] + (SECOND * times).encode(second)
    decoded = decode(data)
    assert decoded.text == FIRST * times + ("\ufeff" if marks[1] else "") + SECOND * times
    assert [part.encoding for part in decoded.parts] == [first, second]
    assert decoded.bom == marks[0]
    assert written(decoded) == data


def test_three_files_with_a_mark_each() -> None:
    data = b"".join(MARKS[name] + FIRST.encode(name) for name in ("utf-16-le", "utf-8", "utf-16-be"))
    decoded = decode(data)
    assert decoded.text == FIRST + "\ufeff" + FIRST + "\ufeff" + FIRST
    assert [part.encoding for part in decoded.parts] == ["utf-16-le", "utf-8", "utf-16-be"]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_ascii_in_utf16_behind_utf8(order: str) -> None:
    log = "2024-03-05 12:00 done\r\n"
    decoded = decode((LINES[0] + "\n").encode() + log.encode(order) * 2)
    assert decoded.text == LINES[0] + "\n" + log * 2
    assert [part.encoding for part in decoded.parts] == ["utf-8", order]


@pytest.mark.parametrize(
    ("main", "other"),
    [("utf-8", "utf-16-le"), ("gb18030", "utf-16-be"), ("utf-16-le", "utf-8"), ("utf-16-be", "gb18030")],
)
@pytest.mark.parametrize("number", [0, 2, 5])
def test_a_line_of_other_units(main: str, other: str, number: int) -> None:
    encoded = [(line + "\n").encode(other if index == number else main) for index, line in enumerate(LINES)]
    decoded = decode(b"".join(encoded))
    assert decoded.text == "".join(line + "\n" for line in LINES)
    assert family(decoded.encoding) == main
    assert written(decoded) == b"".join(encoded)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("harm", [byte_lost, byte_inserted, truncated, lambda data, _: data[1:]])
def test_damaged_utf16_stays_in_one_part(codec: str, harm: Callable[[bytes, random.Random], bytes]) -> None:
    chooser = random.Random(codec)
    for text in clean_texts().values():
        assert len(decode(harm(text.encode(codec), chooser)).parts) == 1


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_nuls_are_no_wide_units(codec: str) -> None:
    chooser = random.Random(codec)
    for text in clean_texts().values():
        for _ in range(8):
            place = chooser.randrange(len(text))
            text = text[:place] + "\0" * chooser.choice((1, 2, 3, 40, 600)) + text[place:]
        decoded = decode(text.encode(codec))
        assert decoded.text == text
        assert len(decoded.parts) == 1


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_utf32_without_a_mark(codec: str) -> None:
    decoded = decode(FIRST.encode(codec))
    assert (decoded.encoding, decoded.text) == (codec, FIRST)


@pytest.mark.parametrize("text", ["한국어 문장입니다. " * 40, "Вчера шёл дождь. " * 40, "สวัสดีครับ " * 40])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_other_languages_in_utf16_are_in_one_part(text: str, codec: str) -> None:
    for data in (MARKS[codec] + text.encode(codec), text.encode(codec)):
        assert [part.encoding for part in decode(data).parts] == [codec]


_piece = st.sampled_from(tuple(MARKS)).flatmap(
    lambda name: st.sampled_from((FIRST, SECOND, "a\n", "\0")).map(lambda text: text.encode(name) + MARKS[name])
)


@settings(max_examples=100)
@given(pieces=st.lists(_piece | st.binary(max_size=9), max_size=7))
def test_every_byte_of_a_joined_file_comes_back(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert written(decode(data)) == data
