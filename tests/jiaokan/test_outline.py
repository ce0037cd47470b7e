"""The outline of documents of every sort: reports with —— entries, official documents, novels, manuals, poems."""

import pickle
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.damage import furniture
from jiaokan.headlines import first_sentence
from jiaokan.outline import Heading, OutlineBuilder
from jiaokan.paragraphs import paragraphs
from jiaokan.repair import Certainty, Evidence, Kind, Repair

SPECIMENS = sorted((Path(__file__).parents[3] / "shared" / "specimens").glob("*.txt"))


def headings(text: str, passed_over: Sequence[str] = ()) -> list[Heading]:
    builder = OutlineBuilder()
    for index, (start, paragraph) in enumerate(paragraphs(text)):
        builder.add(index, start, start, paragraph, furniture=paragraph.strip() in passed_over)
    return builder.headings()


def outline(text: str, passed_over: Sequence[str] = ()) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for heading in headings(text, passed_over)]


REPORT = """河湾新闻网
河湾新闻网

让老街重新热闹起来——河湾镇三年整修记

2021年05月08日09:30 |
小字号
　　河湾镇有一条走了两百年的石板路。三年前，路边的铺子关了一大半，如今又一家一家地开了门。

　　先修路，再修房

　　修路是从雨季结束后的第一个星期开始的。镇上的人谁也没有想到会这么快。

　　——一块石板也不丢。旧石板编了号，洗净以后照原样铺回去；碎了的，请石匠补。
　　——水管和电线都走地下。工程队只在夜里挖沟，白天照常开市。

　　铺子开了，人也回来了

　　有了路，还要有生意。镇里把空着的铺面租给愿意回来的年轻人。

　　──房租前两年减半。第三年起再按市价的八成收。
　　— —“手艺课”天天开。竹编、染布、做豆腐，谁都可以学。
(责编:何青)
返回顶部
"""


def test_a_report_has_title_sections_and_entries() -> None:
    assert outline(REPORT, ("小字号", "返回顶部", "(责编:何青)")) == [
        (0, "让老街重新热闹起来——河湾镇三年整修记"),
        (1, "先修路，再修房"),
        (2, "一块石板也不丢"),
        (2, "水管和电线都走地下"),
        (1, "铺子开了，人也回来了"),
        (2, "房租前两年减半"),
        (2, "“手艺课”天天开"),
    ]


def test_headings_point_at_the_first_character_behind_the_indent() -> None:
    found = headings(REPORT, ("小字号",))
    assert len(found) == 7
    for heading in found:
        assert heading.raw_start == heading.repaired_start
        assert REPORT[heading.raw_start] in "让先—铺─"
        assert REPORT[: heading.raw_start].count("\n") == heading.paragraph


@pytest.mark.parametrize(
    "paragraph",
    [
        "——修桥铺路。两年里修了三座桥。",
        "　　——修桥铺路。两年里修了三座桥。",
        "―― 修桥铺路。两年里修了三座桥。",
        "──修桥铺路。两年里修了三座桥。",
        "— — 修桥铺路。两年里修了三座桥。",
        "--修桥铺路。两年里修了三座桥。",
        "  -- 修桥铺路。两年里修了三座桥。",
        "－－修桥铺路。两年里修了三座桥。",
        "—修桥铺路。两年里修了三座桥。",
        "\u3000\u00a0 ——修桥铺路。",
        "——修桥铺路：",
        "——修桥铺路",
    ],
)
def test_every_form_of_the_dash_makes_an_entry(paragraph: str) -> None:
    text = f"今年要办的几件事情，年初就向大家说定了，一件一件都要落到实处。\n{paragraph}\n"
    assert outline(text) == [(1, "修桥铺路")]


@pytest.mark.parametrize(
    "line",
    [
        "他想说什么——可是没有说出口。",
        "----------",
        "——————————",
        "──────────────",
        "--help 显示帮助",
        "-- ",
        "- 你来啦！",
        "—",
        "——",
        "├── 源代码",
        "——— 分割线 ———",
        "-m 指定模式。后面要有参数。",
        "<!-- 注释 -->",
    ],
)
def test_other_dashes_make_none(line: str) -> None:
    text = f"今年要办的几件事情，年初就向大家说定了，一件一件都要落到实处。\n{line}\n今年要办的事情还有很多很多。\n"
    assert outline(text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("一句。两句。", "一句。"),
        ("没有句号", "没有句号"),
        ("能不能行？能。", "能不能行？"),
        ("真的吗？！当然。", "真的吗？！"),
        ("他说：“走吧。”大家都笑了。", "他说：“走吧。”"),
        ("坚持“一切靠大家。”的办法。第二句。", "坚持“一切靠大家。”的办法。"),
        ("守住“老字号”。第二句。", "守住“老字号”。"),
        ("引号“没有关上。第二句。", "引号“没有关上。"),
        ("（试行。暂行。）开始。", "（试行。暂行。）"),
        ("数据增长3.5倍。好。", "数据增长3.5倍。"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_long_first_sentence_is_kept_whole() -> None:
    sentence = "把每一条街、" * 30 + "都走一遍"
    assert outline(f"说明如下，请大家逐条对照检查，不要遗漏。\n——{sentence}。然后再说。") == [(1, sentence)]


def test_a_signature_is_no_entry() -> None:
    text = """　　“石板路是走出来的，不是铺出来的。”
　　——何青

　　河湾镇的人常把这句话挂在嘴边，说的时候总要笑一笑。

　　——先修路。石板一块也不能丢。
　　——再修房。房子要修旧如旧。

　　——二〇二一年五月八日
"""
    assert outline(text) == [(1, "先修路"), (1, "再修房")]


def test_short_entries_in_a_row_are_no_signatures() -> None:
    text = "今年要办的几件事情，年初就向大家说定了：\n——修路\n——架桥\n——植树造林\n"
    assert outline(text) == [(1, "修路"), (1, "架桥"), (1, "植树造林")]


OFFICIAL = """关于加强河湾镇古树保护工作的通知

各村委会、各单位：
　　为做好古树保护工作，现将有关事项通知如下。
　　一、工作目标
　　用三年时间给全镇每一棵古树建立档案。
　　二、主要任务
　　（一）摸清底数。各村要逐棵登记，写明树种、树龄和位置。
　　（二）落实责任。每一棵树都要有人看护。
　　1.划定保护范围
　　树冠以外五米为保护范围。
　　2.签订责任书
　　责任书一式两份，村里和看护人各存一份。
　　三、工作要求
　　各单位要按月报送进度。
　　（一）经费。由镇财政统一安排。
"""


def test_an_official_document_nests_as_it_numbers() -> None:
    assert outline(OFFICIAL) == [
        (0, "关于加强河湾镇古树保护工作的通知"),
        (1, "一、工作目标"),
        (1, "二、主要任务"),
        (2, "（一）摸清底数"),
        (2, "（二）落实责任"),
        (3, "1.划定保护范围"),
        (3, "2.签订责任书"),
        (1, "三、工作要求"),
        (2, "（一）经费"),
    ]


def test_traditional_script_and_entries_below_numbered_headings() -> None:
    text = """第一章　總則
　　本章說明編寫的緣由，以及各卷之間的關係。
第一節　緣起
　　——蒐集。凡鎮上老人所記，盡數抄錄。
第二節　體例
　　按年代編次，同年者以月日為序。
第二章　人物
　　本章記鎮上人物。
"""
    assert outline(text) == [
        (1, "第一章　總則"),
        (2, "第一節　緣起"),
        (3, "蒐集"),
        (2, "第二節　體例"),
        (1, "第二章　人物"),
    ]


NOVEL = """《渡口》

作者：何青

目录
第一章 雨夜
第二章 来客
第三章 灯

第一卷 水
第一章 雨夜
　　雨下到半夜才停。
　　“谁？”
　　“我。”
　　老人把灯举高了一些
　　没有人
第二章 来客
　　第二回见面是在渡口，他记得很清楚。
　　第三章的故事要从这里说起，不过那是后话了。
第二卷 山
第三章 灯
　　——他没有再说下去。
　　灯灭了。
尾声
　　渡口还在。
"""


def test_a_novel_has_volumes_and_chapters_once_and_no_dialogue() -> None:
    assert outline(NOVEL) == [
        (0, "《渡口》"),
        (1, "第一卷 水"),
        (2, "第一章 雨夜"),
        (2, "第二章 来客"),
        (1, "第二卷 山"),
        (2, "第三章 灯"),
        (3, "他没有再说下去"),
        (2, "尾声"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第一章 你是谁？",
        "第12章：出城",
        "第一百二十三回 风雪夜归人",
        "第３节 气压",
        "卷三 北行",
        "楔子",
        "第一部分",
        "第二篇 用法",
    ],
)
def test_chapter_lines(line: str) -> None:
    assert outline(f"{line}\n　　正文从这里开始，一直写到天黑。\n") == [(1, line)]


@pytest.mark.parametrize(
    "line",
    [
        "第一部分内容是讲树的，第二部分才讲人。",
        "第一章的最后，",
        "第三节课开始了",
        "第一次来到这里",
        "第二天",
        "卷起袖子",
        "序列号",
        "一、二、三，走！",
        "一心一意",
        "2.5万元",
        "3.14",
        "2021.5.8",
        "1. 打开盒子，取出说明书。",
    ],
)
def test_lines_that_only_look_numbered(line: str) -> None:
    text = f"　　正文从这里开始，一直写到天黑才停笔。\n　　{line}\n　　然后大家都回家去了，路上没有人说话。\n"
    assert outline(text) == []


def test_the_pages_of_a_chapter_make_one_heading_and_chapters_of_one_name_stay() -> None:
    text = "第一章 雨夜\n雨下了。\n第一章 雨夜(2)\n又下了。\n第二章 雨夜\n还在下。\n第三章\n停了。\n第四章\n天亮了。\n"
    assert [title for _, title in outline(text)] == ["第一章 雨夜", "第二章 雨夜", "第三章", "第四章"]


def test_formal_numerals_and_the_bare_numbers_of_papers() -> None:
    text = "壹、前言\n路修好了。\n貳、修路\n修了三條。\n一、石板\n補齊了。\n參、結語\n寫完了。\n"
    assert outline(text) == [(1, "壹、前言"), (1, "貳、修路"), (2, "一、石板"), (1, "參、結語")]
    text = "1 引言\n树很多，年轮也很多。\n2 方法\n2.1 取样\n每棵树取三份。\n3 个人\n3 结论\n树很老。\n"
    assert outline(text) == [(1, "1 引言"), (1, "2 方法"), (2, "2.1 取样"), (1, "3 结论")]


def test_the_author_above_the_date_is_no_section() -> None:
    text = "修路总结\n何青\n（2021年12月30日）\n路修好了，铺子也开了。\n——修路。三条。\n——架桥。两座。\n"
    assert outline(text) == [(0, "修路总结"), (1, "修路"), (1, "架桥")]


MANUAL = """钟表维修手册

目  录
1. 准备 ............ 1
1.1 工具 ............ 2
2. 拆卸 ............ 5

1. 准备

工作台要干净，光线要足。

1.1 工具

需要的工具有：

1. 镊子
2. 螺丝刀
3. 放大镜

1.2 场地

避开风口。

2. 拆卸

2.1 后盖

后盖有螺旋和按压两种。

2.1.1 螺旋后盖

用开表器逆时针转动。

3. 装配

顺序相反。
"""


def test_a_manual_with_contents_and_lists() -> None:
    assert outline(MANUAL) == [
        (0, "钟表维修手册"),
        (1, "1. 准备"),
        (2, "1.1 工具"),
        (2, "1.2 场地"),
        (1, "2. 拆卸"),
        (2, "2.1 后盖"),
        (3, "2.1.1 螺旋后盖"),
        (1, "3. 装配"),
    ]


def test_markdown() -> None:
    text = "# 钟表\n\n准不准要看摆。\n\n## 摆\n\n```\n# 注释\n\n# 注释\n```\n\n### 摆长\n\n越长越慢。\n\n## 发条\n"
    assert outline(text) == [(0, "钟表"), (1, "摆"), (2, "摆长"), (1, "发条")]


def test_short_lines_make_no_outline_without_entries() -> None:
    lines = ["窗外的雨落了一夜", "石板路亮起来", "没有人走过", "只有灯", "慢慢地灭了", ""]
    verse = "\n".join(["春眠", "", *lines * 20])
    assert outline(verse) == [(0, "春眠")]


def test_verse_between_entries_makes_no_sections() -> None:
    text = "几件事要说清楚。\n——修路。先修村口。\n石板路亮起来\n没有人走过\n只有灯\n——架桥。再修渡口。\n"
    assert outline(text) == [(1, "修路"), (1, "架桥")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "只有一行",
        "　　石板路是两百年前铺的。走的人多了，石头也亮了。\n　　如今路又修好了。\n",
        "2021年05月08日09:30\n　　石板路是两百年前铺的。走的人多了，石头也亮了。\n",
        "河湾新闻网\n河湾新闻网\n　　石板路是两百年前铺的。走的人多了，石头也亮了。\n",
        "来源：河湾报\n　　石板路是两百年前铺的。走的人多了，石头也亮了。\n",
    ],
)
def test_a_document_without_a_title_has_none(text: str) -> None:
    assert outline(text) == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("书名：渡口", "渡口"),
        ("石板路——河湾镇旧事", "石板路——河湾镇旧事"),
        ("谁在渡口？", "谁在渡口？"),
        ("# 渡口", "渡口"),
        ("标题：石板路", "石板路"),
    ],
)
def test_titles(line: str, title: str) -> None:
    assert outline(f"{line}\n\n　　石板路是两百年前铺的。走的人多了，石头也亮了。\n") == [(0, title)]


def test_the_indent_is_found_in_the_raw_text_too() -> None:
    raw, repaired = "&nbsp;&nbsp;——修路。先修村口。", "　——修路。先修村口。"
    repair = Repair.of(raw, 0, 12, "　", Kind.MARKUP, Certainty.PROBABLE, Evidence("markup.space", ""))
    builder = OutlineBuilder()
    builder.add(0, 100, 90, repaired, [repair])
    assert builder.headings() == [Heading(1, "修路", 0, 112, 91)]


def test_the_builder_can_be_pickled_half_way() -> None:
    builder = OutlineBuilder()
    parts = list(enumerate(paragraphs(REPORT)))
    for index, (start, text) in parts[:12]:
        builder.add(index, start, start, text)
    builder = pickle.loads(pickle.dumps(builder))
    for index, (start, text) in parts[12:]:
        builder.add(index, start, start, text)
    assert builder.headings() == headings(REPORT)


def test_time_grows_with_the_text_and_not_faster() -> None:
    short = "——修路" + "。先修" * 50_000 + "\n" + "雨\n" * 50_000 + "——" * 50_000 + "\n第" + "一" * 100_000 + "\n"
    started = time.perf_counter()
    headings(short)
    once = time.perf_counter() - started
    started = time.perf_counter()
    headings(short * 4)
    assert time.perf_counter() - started < 12 * once + 0.5


@given(st.lists(st.text("——一二第章节、.1 　。“”（）修路\n#`*-", max_size=40), max_size=30))
def test_any_text_gives_headings_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = headings(text)
    starts = [heading.raw_start for heading in found]
    assert starts == sorted(set(starts))
    assert all(heading.title and heading.level >= 0 for heading in found)
    levels = [heading.level for heading in found]
    assert [level for level in levels if level == 0] == [0] * levels.count(0) and levels.count(0) <= 1
    # A level is never skipped on the way down.
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@given(st.text(max_size=300))
def test_any_characters_at_all(text: str) -> None:
    headings(text)


def test_the_real_document() -> None:
    if not SPECIMENS:
        pytest.skip("the specimens are not beside this checkout")
    raw = SPECIMENS[0].read_text(encoding="utf-8")
    repaired = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", "", raw)
    evidence = furniture.gather(raw)
    lines = [line for _, line in paragraphs(repaired)]
    found = headings(repaired, [line.strip() for line in lines if furniture.find(line, evidence)])
    assert [heading.level for heading in found] == [0] + [1, 2, 2, 2] + [1, 2, 2, 2] + [1] + [2] * 6 + [1, 2, 2, 2]
