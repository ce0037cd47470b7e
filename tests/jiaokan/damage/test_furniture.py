"""Furniture: what is marked, what only looks like it, and that nothing is ever removed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.damage.furniture import FurnitureEvidence, find, gather
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Certainty, Kind, Repair

NOTHING_KNOWN = FurnitureEvidence()
COUNTIES = "青河县| 白水市| 南山区| 东乡旗| 石门县| 平湖市| 长岭县| 北屯市| 新林区| 大同县| 金川县| 武清区"


def found(text: str) -> list[list[Repair]]:
    evidence = gather(text)
    return [find(paragraph, evidence) for _, paragraph in paragraphs(text)]


@pytest.mark.parametrize(
    "line",
    [
        "小字號",
        "小字号",
        "大字号 中字号 小字号",
        "字号：大 中 小",
        "返回顶部",
        "返回頂部",
        "  返回首页  ",
        "分享讓更多人看到",
        "分享到：微信 微博",
        "(責編:何青、柳白)",
        "（责编：何青）",
        "责任编辑：何青",
        "【打印】【关闭】",
        "【打印】 【關閉窗口】 【收藏】",
        "上一篇：石板路的故事 下一篇：渡口的灯",
        "下一篇：没有了",
        "相关阅读",
        "相關新聞：河湾镇修路",
        "扫一扫关注公众号",
        "掃一掃，手機閱讀",
        "点击查看更多",
        "阅读原文",
        "版权所有 河湾新闻网 未经授权不得转载",
        "Copyright © 2009-2021 河湾新闻网 www.example.com",
        "京ICP备00000000号",
        "本文来自河湾新闻网，转载请注明出处。",
        "转载请注明出处",
        "当前位置：首页 > 新闻 > 国内",
        "首页 > 小说 > 渡口",
        "友情链接：河湾网 渡口网",
        "友情鏈接",
        "渡口最新章节 渡口全文阅读 请记住本站域名",
        "手机用户请浏览m.example.com阅读，更好的体验。",
        "本章未完，点击下一页继续阅读",
        "（本章未完，请点击下一页）",
        "※ 来源:·河湾站 bbs.example.com·[FROM: 192.0.2.1]",
        "猜你喜欢",
    ],
)
def test_lines_of_furniture_are_suggested_and_kept(line: str) -> None:
    (repair,) = find(line, NOTHING_KNOWN)
    assert repair.kind is Kind.FURNITURE
    assert repair.certainty is Certainty.SUGGESTED
    assert not repair.applied
    assert repair.after == ""
    assert repair.before == line.strip()


@pytest.mark.parametrize(
    "line",
    [
        "读到页尾，可以点“返回顶部”回到开头。",
        "他在页面上加了一个返回顶部的按钮",
        "小字号的标题不好认，改成大字号以后好多了。",
        "请扫一扫院子",
        "扫描仪的使用方法",
        "点击右上角的按钮查看更多设置，然后关闭窗口。",
        "打印",
        "关闭",
        "分享",
        "分享一个故事",
        "评论",
        "目录",
        "注册",
        "版权声明",
        "版权所有 © 1997, 1998 何青",
        "COPYRIGHT(版权)",
        "责任编辑这份工作，要坐得住。",
        "本文来自作者三年前的一本旧笔记",
        "上一篇文章里说过，路是两百年前修的。",
        "下一页还有",
        "首页",
        "阅读使人明智",
        "他请大家记住这条路的名字",
        "手机用户越来越多，电话亭越来越少。",
        "| 名称 | 大小 | 说明 |",
        "|---|---|---|",
        "| 打印 | 关闭 |",
        "东 | 南 | 西 | 北",
        "县 | 市 | 区 | 旗",
        "全镇有青河、白水、南山三个村。",
        "",
        "　　",
    ],
)
def test_look_alikes_stay(line: str) -> None:
    assert find(line, NOTHING_KNOWN) == []


def test_a_row_of_buttons_counts_where_there_is_other_furniture() -> None:
    assert found("打印 | 关闭 | 收藏\n他说完就走了。") == [[], []]
    assert [len(repairs) for repairs in found("打印 | 关闭 | 收藏\n他说完就走了。\n返回顶部")] == [1, 0, 1]


def test_the_name_of_the_site_twice_at_the_head() -> None:
    text = "河湾網(wǎng)\n河湾網(wǎng)\n\n石板路又热闹起来\n　　河湾網讯：路修好了。\n"
    evidence = gather(text)
    assert [len(find(line, evidence)) for line in ("河湾網", "石板路又热闹起来", "　　河湾網讯：路修好了。")] == [
        1,
        0,
        0,
    ]
    assert not any(found("归去来兮\n归去来兮\n田园将芜胡不归\n"))
    assert not any(found("河湾网\n石板路又热闹起来\n　　路修好了。\n"))


def test_a_tail_of_counties() -> None:
    text = f"路修好了，大家都来走一走。\n{COUNTIES}|\n"
    first, (repair,), last = found(text)
    assert (first, last) == ([], [])
    assert repair.before == COUNTIES + "|"
    assert repair.evidence.rule == "furniture.spam"


@pytest.mark.parametrize("separator", ["|", " | ", "｜", "| "])
def test_a_tail_behind_the_last_sentence_of_a_paragraph(separator: str) -> None:
    spam = COUNTIES.replace("| ", separator)
    text = f"路修好了，大家都来走一走。{spam}"
    (repair,) = find(text, NOTHING_KNOWN)
    assert repair.before == spam


def test_other_items_count_only_at_the_end_of_the_document() -> None:
    items = "|".join(["彩票", "棋牌", "游戏", "新闻", "体育", "娱乐"] * 5)
    assert [len(repairs) for repairs in found(f"路修好了。\n{items}\n")] == [0, 1, 0]
    assert not any(found(f"{items}\n" + "路修好了，大家都来走一走。\n" * 3000))


def test_time_grows_with_the_text_and_not_faster() -> None:
    for unit in ("甲县|", "甲乙|丙", "上一篇:", "点击", "|", "（", "※来源:", "请记住"):
        text = unit * 40_000
        started = time.perf_counter()
        find(text, gather(text))
        find(text[:240], NOTHING_KNOWN)
        assert time.perf_counter() - started < 3, unit


@given(st.text("小字号返回顶部|｜县市甲乙责编:：【】打印 ()。※来源上一篇下\u3000", max_size=80))
def test_spans_fit_and_nothing_is_applied(text: str) -> None:
    for evidence in (NOTHING_KNOWN, FurnitureEvidence("甲乙网", True, True)):
        position = 0
        for repair in find(text, evidence):
            assert position <= repair.start < repair.end <= len(text)
            assert text[repair.start : repair.end] == repair.before
            assert not repair.applied
            position = repair.end


@given(st.text())
def test_any_characters_at_all(text: str) -> None:
    found(text)
