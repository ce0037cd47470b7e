"""Markdown shows the text that there is, with the outline as headings."""

from __future__ import annotations

import pytest
from editions import edition_of, mirror_edition
from jiaokan.export.markdown import markdown
from jiaokan.script import Script


def _of(raw: str, *headings: tuple[int, str, int], script: Script = Script.AS_IS) -> str:
    return "".join(text + end for text, end in markdown(edition_of(raw, (), headings, script)))


def test_paragraphs_stand_a_blank_line_apart() -> None:
    assert _of("甲\n\n\n乙\r\n　　丙\n") == "甲\n\n乙\n\n　　丙\n"
    assert _of("") == ""


def test_the_outline_becomes_headings() -> None:
    assert (
        _of("題\n第一章\n一、甲\n文", (0, "題", 0), (1, "第一章", 1), (2, "一、甲", 2))
        == "# 題\n\n## 第一章\n\n### 一、甲\n\n文\n"
    )


def test_without_a_title_the_highest_headings_are_of_the_first_level() -> None:
    assert _of("第一章\n文", (1, "第一章", 0)) == "# 第一章\n\n文\n"


def test_headings_go_no_deeper_than_markdown() -> None:
    assert _of("題\n深", (0, "題", 0), (9, "深", 1)).endswith("\n###### 深\n")


def test_an_entry_is_parted_from_the_text_behind_it() -> None:
    assert _of("  ——先修路。路通了,人就来了。", (1, "先修路", 0)) == "# 先修路\n\n路通了,人就来了。\n"
    assert _of("——先修路。", (1, "先修路", 0)) == "# 先修路\n"


def test_a_heading_that_is_not_in_its_paragraph_stands_above_it() -> None:
    assert _of("文", (1, "題", 0)) == "# 題\n\n文\n"


def test_the_marks_of_markdown_itself_become_those_of_the_outline() -> None:
    assert _of("## 題 ##", (1, "題", 0)) == "# 題\n\n\\##\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*甲*_乙_`丙`[丁](戊)", r"\*甲\*\_乙\_\`丙\`\[丁\](戊)"),
        ("<b> 3<5 <!--", r"\<b> 3<5 \<!--"),
        ("&lt; A&B; a & b", r"\&lt; A\&B; a & b"),
        ("~~刪~~ 1~2", r"\~\~刪\~\~ 1~2"),
        ("\\", "\\\\"),
        ("# 甲", r"\# 甲"),
        ("#甲", "#甲"),
        ("> 甲", r"\> 甲"),
        ("- 甲", r"\- 甲"),
        ("-甲", "-甲"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("1. 甲", r"1\. 甲"),
        ("1) 甲", r"1\) 甲"),
        ("1.5 元", "1.5 元"),
        ("1、甲", "1、甲"),
        ("    甲", "甲"),
        ("\t甲  ", "甲"),
    ],
)
def test_what_looks_like_markup_is_escaped(text: str, shown: str) -> None:
    assert _of(text) == shown + "\n"


def test_headings_are_escaped_too() -> None:
    assert _of("1. *甲* #", (1, "1. *甲* #", 0)) == "# 1. \\*甲\\* \\#\n"


def test_it_is_in_the_script_that_is_wanted() -> None:
    assert _of("後\n後來", (1, "後", 0), script=Script.SIMPLIFIED) == "# 后\n\n后来\n"


def test_a_damaged_page_keeps_all_its_text() -> None:
    edition = mirror_edition()
    text = "".join(text for text, _ in markdown(edition))
    assert text.count("#") == sum(heading.level + 1 for heading in edition.headings)
    for paragraph in edition.paragraphs():
        assert paragraph.repaired.rstrip(" 。")[-20:] in text.replace("\\", "")
