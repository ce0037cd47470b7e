"""Leaked markup: what is removed or decoded, and where the same characters are text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.damage.markup import MarkupEvidence, find, gather
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Certainty, Kind, apply


def cleaned(text: str) -> str:
    evidence = gather(text)
    lines: list[str] = []
    for _, paragraph in paragraphs(text):
        repairs = find(paragraph, evidence)
        assert all(repair.kind is Kind.MARKUP and repair.certainty is Certainty.PROBABLE for repair in repairs)
        lines.append(apply(paragraph, repairs))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("石板路又热闹起来了。</p>", "石板路又热闹起来了。"),
        ("石板路又热闹起来了。/p>", "石板路又热闹起来了。"),
        ("“石板路又热闹起来了。”/p>", "“石板路又热闹起来了。”"),
        ("石板路又热闹起来了。p>", "石板路又热闹起来了。"),
        ("<p>　　石板路又热闹起来了。</p>", "　　石板路又热闹起来了。"),
        ("石板路修好了，br>铺子也开了。", "石板路修好了，铺子也开了。"),
        ("石板路修好了，<br/>铺子也开了。<BR>", "石板路修好了，铺子也开了。"),
        ("石板路修好了，<br />铺子也开了。", "石板路修好了，铺子也开了。"),
        ("石板路修好了,<br>铺子也开了.", "石板路修好了,铺子也开了."),
        ("<p class=\"text\" style='margin:0'>石板路修好了。", "石板路修好了。"),
        ('p class="text">石板路修好了。', "石板路修好了。"),
        ("石板路<span lang=ZH-CN>修好</span>了。", "石板路修好了。"),
        ("石板路<b>修好</b>了。", "石板路修好了。"),
        ("石板路是老街的<b>标记</b>，也是它的元素</p>", "石板路是老街的标记，也是它的元素"),
        ("石板路＜br＞修好了。", "石板路修好了。"),
        ("石板路&lt;br&gt;修好了。", "石板路修好了。"),
        ("石板路修好了。</p", "石板路修好了。"),
        ("石板路修好了。</div></td></tr>", "石板路修好了。"),
        ("石板路修好了。<!-- 正文完 -->", "石板路修好了。"),
        ("他说&ldquo;修好了&rdquo;，就走了&hellip;", "他说“修好了”，就走了…"),
        ("他说&ldquo修好了&rdquo，就走了", "他说“修好了”，就走了"),
        ("他说ldquo;修好了rdquo;，就走了", "他说“修好了”，就走了"),
        ("他说&amp;ldquo;修好了&amp;rdquo;", "他说“修好了”"),
        ("石板路&mdash;&mdash;镇上的老街", "石板路——镇上的老街"),
        ("&#20013;&#x56FD;的石板路", "中国的石板路"),
        ("石板路#xff1a;两百年了", "石板路：两百年了"),
        ("石板路#65306;两百年了", "石板路：两百年了"),
        ("石板路#20013;#22269;两百年了", "石板路中国两百年了"),
        ("比尔&#183;盖茨", "比尔·盖茨"),
        ("A&amp;B公司修好了石板路", "A&B公司修好了石板路"),
        ("&nbsp;&nbsp;&nbsp;&nbsp;石板路修好了。", "　　石板路修好了。"),
        ("&emsp;&emsp;石板路修好了。", "　　石板路修好了。"),
        ("石板路修好了。&nbsp;铺子也开了。&nbsp;", "石板路修好了。铺子也开了。"),
        ("石板路&nbsp;两百年", "石板路 两百年"),
        ("石板路修好了。\n&nbsp;\n铺子也开了。&nbsp;", "石板路修好了。\n\n铺子也开了。"),
    ],
)
def test_crumbs_in_chinese_prose_go(damaged: str, clean: str) -> None:
    assert cleaned(damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        # spoken of
        "用 <br> 换行，用 <p> 分段。",
        "标签“<br>”的作用是换行。",
        "写一个`<br>`就换行了。",
        "<br>标签的作用是换行。",
        "在段落末尾写上</p>标签，浏览器就知道段落到此为止。",
        "空格写作“&nbsp;”，和号写作“&amp;”。",
        "实体&nbsp;表示一个空格。",
        # names, placeholders, marks that are no tags
        "请输入<名字>和<年龄>。",
        "见《石板路》<<三号>>文件。",
        "写信给<a@example.com>，或看<http://example.com/?a=1&amp;b=2>。",
        "若a<b且c>d，则取第<i>个。",
        "若p>0.05，则不显著。",
        "统计量p>临界值时拒绝。",
        "命令是cp <源文件> <目标>，详见<table>。",
        "电话#20013;分机8。",
        "修复了#20013;的问题。",
        "A&B公司，R&D中心，AT&T。",
        "泛型写作List<String>。",
        "&unknown;不是实体，&#0;和&#xD800;也不是。",
        # no Chinese prose
        "<p>Hello, world.</p>",
        'html += "<p>你好</p>";',
        "if (a &lt; b) return;",
        "",
    ],
)
def test_look_alikes_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<html>\n<body>\n<p>石板路修好了。</p>\n</body>\n</html>",
        '<div class="a">\n<ul>\n<li>石板路修好了。</li>\n</ul>\n</div>',
        "<书><卷>\n<chapter><para>石板路修好了。</para></chapter>\n<chapter><para>铺子开了。</para></chapter></卷>",
        "# 石板路\n\n修好了。<br>铺子也开了。\n\n## 铺子\n\n开了。<br>",
        ".TH SHIBAN 1\n.SH 名称\n石板路修好了。<br>\n.SH 描述\n铺子开了。&nbsp;",
        "import re\n\ndef strip(text):\n    # 去掉段落标记。</p>\n    return re.sub('石板路。</p>', '', text);\n",
    ],
)
def test_source_is_left_whole(text: str) -> None:
    assert cleaned(text) == text


def test_a_text_that_teaches_tags_is_left_whole() -> None:
    text = "“<br>”用来换行。\n“<p>”用来分段。\n比如写成：石板路修好了。<br>铺子也开了。\n"
    assert cleaned(text) == text


def test_one_mention_among_many_crumbs_protects_its_paragraph_only() -> None:
    leaked = "石板路修好了。<br>铺子也开了。</p>\n"
    text = leaked * 20 + "“<br>”就是换行。</p>\n"
    assert cleaned(text) == leaked.replace("<br>", "").replace("</p>", "") * 20 + "“<br>”就是换行。</p>\n"


def test_the_source_is_named() -> None:
    assert gather("<!DOCTYPE html><html><body>").source == "html"
    assert gather("石板路修好了。</p>") == MarkupEvidence("", 1, 0)


def test_time_grows_with_the_text_and_not_faster() -> None:
    for unit in (
        "<p",
        "<",
        "&",
        "&amp;",
        "路<b>",
        '<p a="',
        "路/p>",
        "#20013;",
        "<p  ",
        "br>",
        ";",
        "路。p>",
    ):
        text = unit * (80_000 // len(unit)) + "路"
        started = time.perf_counter()
        evidence = gather(text)
        find(text, MarkupEvidence(crumbs=evidence.crumbs))
        assert time.perf_counter() - started < 4, unit


@given(st.text("<>/pbr &;#nbsp20013xamp路。“”=\"'`", max_size=60))
def test_spans_fit(text: str) -> None:
    position = 0
    for repair in find(text, MarkupEvidence(crumbs=1)):
        assert position <= repair.start < repair.end <= len(text)
        assert text[repair.start : repair.end] == repair.before
        position = repair.end


@given(st.text())
def test_any_characters_at_all(text: str) -> None:
    cleaned(text)


@given(st.text("石板路又热闹起来，。！？“”《》（）3.14abc \u3000", max_size=80))
def test_text_without_crumbs_stays(text: str) -> None:
    assert cleaned(text) == text
