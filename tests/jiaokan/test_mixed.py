"""Files with lines in different encodings: every line in its own, and damage is not taken for another encoding."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.decoding import decode
from mixed_files import LINES, family, written
from simulator.encodings import byte_inserted, byte_lost, truncated
from simulator.script import traditional
from simulator.texts import clean_texts

ENCODINGS = ("utf-8", "gb18030", "big5")


def mixed(lines: list[str], main: str, others: dict[int, str], line_end: str = "\n") -> bytes:
    """Return the bytes of ``lines`` in ``main``; those with these numbers in other encodings."""
    return b"".join((line + line_end).encode(others.get(number, main)) for number, line in enumerate(lines))


@pytest.mark.parametrize("main", ENCODINGS)
@pytest.mark.parametrize("other", ENCODINGS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("number", [0, 3, 5])
def test_a_line_in_another_encoding_is_read_in_it(main: str, other: str, line_end: str, number: int) -> None:
    lines = [*map(traditional, LINES)] if "big5" in (main, other) else [*LINES]
    lines[number] = lines[number][:8]
    data = mixed(lines, main, {number: other}, line_end)
    decoded = decode(data)
    assert decoded.text == "".join(line + line_end for line in lines)
    assert family(decoded.encoding) == main
    assert [family(part.encoding) for part in decoded.parts if part.encoding != decoded.encoding] == [other] * (
        main != other
    )
    assert decoded.undecodable == 0
    assert written(decoded) == data


def test_a_passage_and_a_line_in_a_third_encoding() -> None:
    lines = [*map(traditional, LINES * 3)]
    data = mixed(lines, "utf-8", {4: "gb18030", 5: "gb18030", 6: "gb18030", 12: "big5"})
    decoded = decode(data)
    assert decoded.text == "".join(line + "\n" for line in lines)
    assert [family(part.encoding) for part in decoded.parts] == ["utf-8", "gb18030", "utf-8", "big5", "utf-8"]


def test_ascii_between_lines_of_another_encoding_belongs_to_the_passage() -> None:
    lines = [*LINES, "<p>", LINES[0], "</p>", "", LINES[1], *LINES]
    decoded = decode(mixed(lines, "utf-8", {7: "gb18030", 10: "gb18030"}))
    assert decoded.text == "".join(line + "\n" for line in lines)
    assert [part.encoding for part in decoded.parts] == ["utf-8", "gb18030", "utf-8"]


@pytest.mark.parametrize("short", ["第一章", "麻將", "下雨"])
def test_a_short_line_that_two_encodings_can_read_is_decided_by_its_neighbours(short: str) -> None:
    lines = [*map(traditional, LINES)]
    alone = decode(mixed([*lines, short, *lines], "gb18030", {6: "big5"}))
    assert [part.encoding for part in alone.parts] == ["gb18030"]
    among = decode(
        mixed([*lines, lines[0], "", short, lines[1], *lines], "gb18030", dict.fromkeys(range(6, 10), "big5"))
    )
    assert [family(part.encoding) for part in among.parts] == ["gb18030", "big5", "gb18030"]
    assert short in among.text


@pytest.mark.parametrize("main", ["cp932", "koi8-r"])
def test_utf8_in_files_in_other_languages(main: str) -> None:
    text = {
        "cp932": "昨日は朝から雨が降っていましたが、夕方になるとすっかり晴れました。\n",
        "koi8-r": "Вчера с утра шёл дождь, но к вечеру небо прояснилось.\n",
    }[main]
    decoded = decode(text.encode(main) * 3 + text.encode() + text.encode(main))
    assert decoded.text == text * 5
    assert [part.encoding for part in decoded.parts] == [main, "utf-8", main]


@pytest.mark.parametrize("codec", ENCODINGS)
@pytest.mark.parametrize("harm", [byte_lost, byte_inserted, truncated, lambda data, _: data[3:]])
def test_damage_is_not_another_encoding(codec: str, harm: Callable[[bytes, random.Random], bytes]) -> None:
    chooser = random.Random(codec)
    for text in clean_texts().values():
        data = (traditional(text) if codec == "big5" else text).encode(codec, "ignore")
        for _ in range(3):
            data = harm(data, chooser)
        assert len(decode(data).parts) == 1


@pytest.mark.parametrize("codec", ENCODINGS)
def test_clean_text_has_one_part(codec: str) -> None:
    odd = "魑魅魍魉\n饕餮\n①②③\n──────\nαβγ\n\nПривет\nあいう\nカタカナ\n　　\n囹圄\n喆\n"
    for text in (*clean_texts().values(), odd, odd * 20, "".join(LINES) + odd):
        kept = (traditional(text) if codec == "big5" else text).encode(codec, "ignore").decode(codec)
        assert len(decode(kept.encode(codec)).parts) == 1


def test_broken_characters_alone_in_a_line_are_damage() -> None:
    data = "\n".join(LINES).encode() + b"\n\xe4\xbd \xe5\xa5\n\xe6\xb1\n" + "\n".join(LINES).encode()
    decoded = decode(data)
    assert len(decoded.parts) == 1
    assert decoded.undecodable == 6


def test_a_given_encoding_is_that_of_every_line() -> None:
    data = mixed([*LINES], "utf-8", {2: "gb18030"})
    decoded = decode(data, "utf-8")
    assert [part.encoding for part in decoded.parts] == ["utf-8"]
    assert decoded.undecodable > 0


_line = st.sampled_from(LINES).flatmap(
    lambda line: st.sampled_from(("utf-8", "gb18030", "big5", "cp932", "utf-16-le")).map(
        lambda codec: line.encode(codec, "ignore")
    )
)


@settings(max_examples=60)
@given(
    lines=st.lists(_line | st.binary(max_size=30), max_size=9), line_end=st.sampled_from((b"\n", b"\r", b"\r\n", b""))
)
def test_every_byte_of_a_mixed_file_comes_back(lines: list[bytes], line_end: bytes) -> None:
    data = line_end.join(lines)
    decoded = decode(data)
    assert written(decoded) == data
    assert [part.start for part in decoded.parts[1:]] == [part.end for part in decoded.parts[:-1]]
    assert (decoded.parts[0].start, decoded.parts[-1].end) == (0, len(decoded.text))


def test_time_grows_linearly() -> None:
    data = mixed([*LINES], "utf-8", {1: "gb18030", 4: "gb18030"})

    def seconds(times: int) -> float:
        start = time.perf_counter()
        assert len(decode(data * times).parts) == 4 * times + 1
        return time.perf_counter() - start

    seconds(10)
    short = min(seconds(30) for _ in range(2))
    assert seconds(240) < 8 * 4 * short
