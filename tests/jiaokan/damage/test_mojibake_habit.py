"""A word alone on a line is mojibake like the rest of its document."""

from __future__ import annotations

import pytest
from jiaokan.damage import mojibake
from jiaokan.pipeline import repair_text

_PROSE = (
    "时间过得真快，市场上又摆满了新鲜的枣子。",
    "孩子们放学以后都到桥上去看船，看到天黑才回家。",
    "为了修这条路，村里的人忙了整整一个冬天。",
)


def _misread(text: str, written: str, read: str) -> str:
    return text.encode(written).decode(read)


@pytest.mark.parametrize(("written", "read"), [("gbk", "latin-1"), ("utf-8", "latin-1"), ("gbk", "cp437")])
@pytest.mark.parametrize("word", ["目录", "第一章 河边", "再见", "int a; // 你好"])
def test_words_like_the_rest(written: str, read: str, word: str) -> None:
    raw = "\n".join(_misread(line, written, read) for line in (word, *_PROSE))
    assert repair_text(raw).repaired == "\n".join((word, *_PROSE))


@pytest.mark.parametrize("word", ["腌笃鲜", "蛋饺", "冬", "四\u3000回甘"])
def test_rare_words_where_the_bytes_are_utf_8(word: str) -> None:
    raw = "\n".join(_misread(line, "utf-8", "latin-1") for line in (word, *_PROSE))
    assert repair_text(raw).repaired == "\n".join((word, *_PROSE))


def test_what_is_sound_in_such_a_document_stays() -> None:
    sound = "目录\nfür größere Ströme\n// 返回 ±5°C\n커피\nÀ la carte"
    raw = "\n".join((*(_misread(line, "gbk", "latin-1") for line in _PROSE), sound))
    assert repair_text(raw).repaired == "\n".join((*_PROSE, sound))


def test_a_line_or_sound_text_is_no_habit() -> None:
    assert mojibake.gather(_misread(_PROSE[0], "gbk", "latin-1")).ways == ()
    assert mojibake.gather("\n".join(_PROSE)).ways == ()
