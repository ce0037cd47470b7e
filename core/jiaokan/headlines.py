"""What kind of heading one line can be, judged by the line alone. See :mod:`jiaokan.outline` for what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaokan.characters import CLOSING_BRACKETS, HANZI, OPENING_BRACKETS, PAUSES, SENTENCE_ENDS, has_hanzi

CHAPTER = "chapter"
DECIMAL = "decimal"
LISTING = frozenset({"formal ideograph", "ideograph", "ideograph in parentheses", DECIMAL, "decimal in parentheses"})
"""The families of numbers that also count the items of lists."""


@dataclass(frozen=True, slots=True)
class Style:
    """A way of numbering headings; of two styles of one family the smaller rank stands above."""

    family: str
    rank: int = 0

    def outranks(self, other: Style) -> bool:
        """Return whether a heading of this style closes one of the style ``other``, wherever that appeared first."""
        if self.family == other.family:
            return self.rank < other.rank
        return self.family == CHAPTER


DASH = Style("dash")
SECTION = Style("section")
TITLE = Style("title")
ASIDE = Style("aside")
"""A line of the head that is neither title nor text: a date, a byline, a source."""
MARKDOWN_TITLE = Style("markdown", 1)


@dataclass(frozen=True, slots=True)
class Headline:
    """A line as a heading.

    Attributes:
        style: The way it is marked.
        title: Its text, without the mark of an entry, and with the number of a numbered heading.
        number: What it counts, as in (1, 2) for 1.2; empty where it counts nothing.
        is_prose: Whether the paragraph is running text: a sentence ends in it.
        has_page: Whether a page number stands behind it: a line of a table of contents.

    """

    style: Style
    title: str
    number: tuple[int, ...] = ()
    is_prose: bool = False
    has_page: bool = False

    @property
    def key(self) -> str:
        """What a heading and its line in a table of contents have in common: the text, its number and spaces aside.

        Only the beginning of it: either may run on in a line of its own.
        """
        text = _NUMBER.sub("", self.title, count=1)
        return "".join((text or self.title).split())[:_KEY]

    @property
    def name(self) -> str:
        """What the headings of the pages of one chapter have in common: all but spaces and the number of the page."""
        return _PART.sub("", "".join(self.title.split()))


LONGEST_LINE = 400
"""A longer paragraph (code points) is running text; only its first sentence can be a heading."""

_LONGEST_TITLE = 100
_LONGEST_HEADLINE = 50
_KEY = 12
_LONGEST_SENTENCE = 2000

_INDENT = re.compile(r"[\s\u00a0\u200b\ufeff\u3000]*")
_DASH = re.compile(r"(?:[—―─－](?:[ \u3000]?[—―─－]){1,3}|--{1,3}|—(?=[^\s—-]))[ \u3000]*(?![—―─－-])")
_NUMERAL = "0-9０-９零〇一二三四五六七八九十百千两兩廿卅壹贰貳叁肆伍陆陸柒捌玖拾"
_RANKS = {
    **dict.fromkeys(("卷", "部", "部分", "集", "编", "編", "册", "冊", "辑", "輯"), 0),
    **dict.fromkeys(("篇", "幕"), 1),
    **dict.fromkeys(("章", "回", "折", "话", "話", "讲", "講", "课", "課"), 2),
    **dict.fromkeys(("节", "節", "场", "場"), 3),
}
_CHAPTER = re.compile(
    rf"(?:正文[\s\u3000]*)?第[\s\u3000]?(?P<number>[{_NUMERAL}]{{1,9}})[\s\u3000]?"
    rf"(?P<unit>部分|[卷部集编編册冊辑輯篇幕章回折话話讲講课課节節场場])"
    rf"(?:(?P<apart>$|[\s\u3000：:、.．·—-])|(?![的是里裡中内內和与與以及也就都上下前后後之时時课課目会會了过過,，])(?=[^。]{{1,30}}$))"
)
_NUMBER = re.compile(
    rf"(?:正文)?\s*第\s?[{_NUMERAL}]{{1,9}}\s?\w{{1,2}}?[\s\u3000：:、.．·—-]+|\d{{1,2}}(?:[.．]\d{{1,2}})*[.．、]?\s*"
)
_VOLUME = re.compile(rf"卷(?:之)?[{_NUMERAL}]{{1,5}}(?:$|[\s\u3000：:·])")
_MATTER = re.compile(
    r"(?:序|序[章言幕曲]|自序|代序|前言|引[言子]|楔子|绪论|緒論|导[言论]|導[言論]|尾[声聲]|终章|終章|结[语论]|結[語論]|[后後][记記]|跋"
    r"|附[录錄][A-Z一二三四五六七八九十0-9]{0,2}|番外[一二三四五六七八九十0-9]{0,3}|参考文献|參考文獻|致[谢謝])(?:$|[\s\u3000：:])"
)
_DIGITS = "一二三四五六七八九十"
_FORMAL_DIGITS = "壹贰叁肆伍陆柒捌玖拾貳參陸"
_PLAIN_DIGITS = str.maketrans(_FORMAL_DIGITS, _DIGITS + "二三六")
_LISTING_STARTS = frozenset(f"（({_DIGITS}{_FORMAL_DIGITS}")
_LISTED = (
    ("formal ideograph", re.compile(rf"(?P<number>[{_FORMAL_DIGITS}]{{1,3}})[、．.：\u3000 ](?=\S)")),
    (
        "ideograph",
        re.compile(rf"(?P<number>[{_DIGITS}]{{1,3}})[、．.](?=\S)|(?P<other>[{_DIGITS}]{{1,3}})[\u3000 ]+(?=\S)"),
    ),
    ("ideograph in parentheses", re.compile(rf"[（(](?P<number>[{_DIGITS}]{{1,3}})[）)][、.]?[\s\u3000]*(?=\S)")),
    ("decimal in parentheses", re.compile(r"[（(](?P<number>\d{1,2})[）)][、.]?[\s\u3000]*(?=\S)")),
)
_DECIMAL = re.compile(
    r"(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,4})(?P<mark>[.．、]?)(?P<space>[\s\u3000]*)(?=[^\W\d]|[“《「『（(`])"
)
# 1 引言, as in papers, but not 3 个 or 5 月.
_BARE_NUMBER = re.compile(
    rf"\d{{1,2}}[ \u3000]{{1,2}}(?![个個年月日号號天时時分秒元万萬亿億人次米岁歲条條位名级級])[{HANZI}]\S{{1,20}}$"
)
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<title>\S.*?)[ \t]*#*$")
_PART = re.compile(r"[（(]\d{1,2}(?:/\d{1,2})?[）)]$")
_PAGE = re.compile(r"[（(]?\d{1,4}[）)]?$")
_LEADER = ".…·‥・\t \u3000\u00a0"
_CLOSED = re.compile(f"[{re.escape(SENTENCE_ENDS + PAUSES)}][{re.escape(CLOSING_BRACKETS)}\"')\\]]*$")
_CLOSED_SOFTLY = re.compile(f"[。．｡{re.escape(PAUSES)}][{re.escape(CLOSING_BRACKETS)}\"')\\]]*$")

_ASIDE = re.compile(
    r"(?:[（(【\[]?(?:(?:本[报報刊社网網][\s\u3000]?)?(?:记者|記者|通讯员|通訊員|特约|特約)|作者|译者|譯者|编辑|編輯|责编|責編|责任编辑|責任編輯"
    r"|来源|來源|出处|出處|时间|時間|日期|发布|發布|发表|發表|字数|字數|更新|点击|點擊|浏览|瀏覽|阅读|閱讀|分类|分類|标签|標籤|文/|图/|圖/|文｜|文\|)"
    r"|https?:|www\.|.{0,12}?\d{2,4}[年./-]\d{1,2}[月./-]\d{1,2}|.{0,12}\d{1,2}:\d{2}|[^\w《「『“【〈（(#]*$)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:书名|書名|标题|標題|题目|題目|篇名)[\s\u3000]*[：:][\s\u3000]*(?P<title>\S.*)$")
_SITE = re.compile(r".{1,8}(?:网|網|网站|網站|在线|在線|日报|日報|晚报|晚報|论坛|論壇|频道|頻道|首页|首頁)$")
_CONTENTS = re.compile(r"目[\s\u3000]*[录錄次]$")
_SPEECH = re.compile(r"[“‘「『\"]|[-*•●·○◆※][ \u3000]")
_DATE = re.compile(r".{0,10}(?:\d{4}|[〇零一二三四五六七八九○]{4})[年.](?:.{1,3}月)?(?:.{1,3}日)?.{0,8}$")
_NOTE = re.compile(r"(?:题记|題記|编者.?|編者.?|作者.?|译者.?|譯者.?|笔者|筆者)$")
_NAME = re.compile(
    rf"[{HANZI}]{{2,4}}$|[{HANZI}]{{1,6}}·[{HANZI}·]{{1,12}}$|.{{0,14}}《[^》]{{1,30}}》.{{0,6}}$|[（(\[【〔].{{1,6}}[）)\]】〕]\S{{2,8}}$"
)
_RUNNING_ON = frozenset("。．｡" + PAUSES)
_ENDING = frozenset("。！？!?｡")
_AFTER_END = frozenset("！？!?" + CLOSING_BRACKETS)
# What a sentence goes on with after a quotation that holds a sentence of its own.
_AFTER_QUOTATION = frozenset("的和与與及等是、，,之" + SENTENCE_ENDS + CLOSING_BRACKETS)


def indent(text: str) -> int:
    """Return how many code points of space ``text`` begins with."""
    match = _INDENT.match(text)
    return 0 if match is None else match.end()


def read(text: str, start: int, *, stands_apart: bool) -> Headline | None:
    """Return the headline that the paragraph ``text`` can be from ``start`` (its indent) on, None if it can be none.

    Args:
        text: One paragraph.
        start: Where its first character that is no space stands.
        stands_apart: Whether a blank line, or nothing, stands before it.

    """
    dash = _DASH.match(text, start)
    if dash is not None:
        return _entry(text, dash)
    if len(text) - start > LONGEST_LINE:
        return _numbered_with_body(text[start : start + LONGEST_LINE])
    line = text[start:].rstrip()
    if line[-1] in _RUNNING_ON and line[0] not in _LISTING_STARTS and not _ASIDE.match(line):
        return None
    markdown = _MARKDOWN.match(line) if line[0] == "#" else None
    if markdown is not None:
        # A single # also begins a comment, and a line that root types.
        is_heading = stands_apart and (len(markdown["marks"]) > 1 or has_hanzi(markdown["title"]))
        return Headline(Style("markdown", len(markdown["marks"])), markdown["title"]) if is_heading else None
    body = _without_page(line)
    has_page = len(body) < len(line)
    return _chapter(body, has_page) or _decimal(body, has_page) or _listed(body, has_page) or _plain(line)


def _entry(text: str, dash: re.Match[str]) -> Headline | None:
    """Return the entry behind a dash: its first sentence without a closing 。 or ：."""
    rest = text[dash.end() : dash.end() + _LONGEST_SENTENCE].rstrip()
    is_single = len(dash[0].rstrip()) == 1
    if not any(map(str.isalnum, rest)) or (rest.endswith(("——", "--", "──")) and len(rest) < _LONGEST_HEADLINE):
        return None
    if (is_single or dash[0][0] in "-─－") and not has_hanzi(rest[:_LONGEST_HEADLINE]):
        return None
    if dash[0][0] == "-" and rest[0].isascii():
        return None  # an option of a command, as in --help
    sentence = first_sentence(rest)
    title = sentence.rstrip("。．｡：:；;，,、 \u3000")
    if not any(map(str.isalnum, title)) or (is_single and title == rest):
        return None
    is_prose = len(sentence) < len(rest) or sentence.endswith(tuple(SENTENCE_ENDS))
    return Headline(DASH, title, is_prose=is_prose)


def first_sentence(text: str) -> str:
    """Return the first sentence of ``text`` with its end; a sentence does not end within brackets or quotation."""
    depth = 0
    fallback = 0
    for position, character in enumerate(text):
        if character in OPENING_BRACKETS:
            depth += 1
        elif character in CLOSING_BRACKETS:
            depth = max(0, depth - 1)
            ends = depth == 0 and text[position - 1 : position] in _ENDING
            if ends and text[position + 1 : position + 2] not in _AFTER_QUOTATION:
                return text[: position + 1]
        elif character in _ENDING and text[position + 1 : position + 2] not in _AFTER_END:
            if depth == 0:
                return text[: position + 1]
            fallback = fallback or position + 1
    return text[:fallback] if fallback and depth else text


def _without_page(line: str) -> str:
    """Return a line of a table of contents without its page number and the leader before it, another as it is."""
    page = _PAGE.search(line[-6:])
    if page is None:
        return line
    before = line[: len(line) - len(page[0])]
    body = before.rstrip(_LEADER)
    leader = before[len(body) :]
    return body if len(leader) >= 4 or "\t" in leader or "……" in leader or "···" in leader else line


def _chapter(line: str, has_page: bool) -> Headline | None:
    """Return the headline of a line such as 第一章 总则, 卷二, 序言."""
    if len(line) > _LONGEST_HEADLINE or _CLOSED_SOFTLY.search(line):
        return None
    match = _CHAPTER.match(line)
    if match is not None:
        rank = _RANKS[match["unit"]]
        # 第一卷 风起 第三章 夜雨: the last of them is what the line heads.
        for inner in _CHAPTER.finditer(line, match.end()):
            rank = max(rank, _RANKS[inner["unit"]])
        return Headline(Style(CHAPTER, rank), line, has_page=has_page)
    if _VOLUME.match(line):
        return Headline(Style(CHAPTER, 0), line, has_page=has_page)
    if _MATTER.match(line) and len(line) <= 20:
        return Headline(Style(CHAPTER, 2), line, has_page=has_page)
    return None


def _listed(line: str, has_page: bool) -> Headline | None:
    """Return the headline of a line such as 一、总则, （一）目的, with or without text in the same paragraph."""
    if line[:1] not in _LISTING_STARTS:
        return None
    for family, pattern in _LISTED:
        match = pattern.match(line)
        if match is None:
            continue
        number = _number(match["number"] or match["other"])
        if match["number"] and family != "decimal in parentheses" and _CLOSED.search(line):
            return _numbered_with_body(line)
        if len(line) > _LONGEST_HEADLINE or _CLOSED.search(line):
            return None
        return Headline(Style(family), line, (number,), has_page=has_page)
    return None


def _numbered_with_body(line: str) -> Headline | None:
    """Return the headline 一、统一思想 of a paragraph 一、统一思想。各单位要…: a first sentence, and more behind it."""
    if line[:1] not in _LISTING_STARTS:
        return None
    for family, pattern in _LISTED[:3]:
        match = pattern.match(line)
        if match is not None and match["number"]:
            sentence = first_sentence(line)
            if len(sentence) < len(line) and len(sentence) <= _LONGEST_HEADLINE and sentence.endswith("。"):
                return Headline(Style(family), sentence.rstrip("。"), (_number(match["number"]),), is_prose=True)
    return None


def _decimal(line: str, has_page: bool) -> Headline | None:
    """Return the headline of a line such as 1. 概述, 2、安装, 1.1 目的."""
    match = _DECIMAL.match(line)
    if match is None or len(line) > _LONGEST_HEADLINE:
        return None
    number = tuple(int(part) for part in re.split("[.．]", match["number"]))
    # 1.2 may be a question; 1. with a question is one of a list of questions.
    if (_CLOSED if len(number) == 1 else _CLOSED_SOFTLY).search(line):
        return None
    if len(number) == 1 and not match["mark"] and not _BARE_NUMBER.match(line):
        return None
    if len(number) > 1 and not match["space"] and not match["mark"] and number[-1] > 30:
        return None
    return Headline(Style(DECIMAL, len(number)), line, number, has_page=has_page)


def _number(numeral: str) -> int:
    """Return what ``numeral`` (Chinese up to 九十九, or digits) counts."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.translate(_PLAIN_DIGITS).rpartition("十")
    return (_DIGITS.find(tens[-1:] or "一") + 1) * 10 * bool(ten) + (_DIGITS.find(ones[-1:]) + 1 if ones else 0)


def _plain(line: str) -> Headline | None:
    """Return a line without a number as what it can be: the title, a section, or an aside of the head."""
    titled = _TITLED.match(line)
    if titled is not None and len(line) <= _LONGEST_TITLE:
        return Headline(TITLE, titled["title"])
    if len(line) <= _LONGEST_TITLE and (_ASIDE.match(line) or _CONTENTS.match(line) or " > " in line):
        return Headline(ASIDE, line)
    if len(line) > _LONGEST_TITLE or _CLOSED_SOFTLY.search(line) or not any(map(str.isalpha, line)):
        return None
    if _CLOSED.search(line) or _SPEECH.match(line) or len(line) > _LONGEST_HEADLINE or not has_hanzi(line):
        return Headline(TITLE, line)
    return Headline(SECTION, line)


def is_quotation(text: str) -> bool:
    """Return whether a name below ``text`` would sign it: it is quoted, or as short as a line of verse."""
    line = text.strip()
    if not line or len(line) > LONGEST_LINE:
        return False
    is_quoted = line[:1] in set(OPENING_BRACKETS + '"') and line[-1:] in set(CLOSING_BRACKETS + '"')
    is_couplet = len(line) <= 24 and "，" in line[:-1] and line[-1] in _ENDING
    return is_quoted or is_couplet or (len(line) <= _LONGEST_HEADLINE and not _CLOSED.search(line))


def is_site_name(line: str) -> bool:
    """Return whether ``line`` reads like the name of a site or a newspaper at the head of a page."""
    return len(line) <= 12 and _SITE.match(line) is not None


def may_sign(title: str) -> bool:
    """Return whether the text of an entry can be a signature, a source, a date or a note."""
    return (
        len(title) <= 40
        and not _CLOSED.search(title)
        and bool(_DATE.match(title) or _NOTE.match(title) or _NAME.match(title))
    )


def is_date_or_note(title: str) -> bool:
    """Return whether the text of an entry is a date or says whose note stands above, whatever that is."""
    return bool(_DATE.match(title) or _NOTE.match(title))
