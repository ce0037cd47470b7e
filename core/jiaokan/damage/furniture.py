"""Furniture: what a page puts around a document and a scraper takes for text, and tails of link spam.

Marked, never removed: every repair is *suggested*, with nothing in place of the line. Only whole lines count, so that a
sentence that speaks of 返回顶部 stays what it is. Three things are looked for:

- lines that a phrase of the tables below fills from end to end (compared without spaces, in simplified script);
- the name of the site, alone on two of the first lines;
- runs of short items between ``|``: names of counties anywhere, other items where the document ends in such a run.

Source of the phrases: the common wording of Chinese news sites, portals, novel sites and bulletin boards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaokan.characters import HANZI
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# Folds the characters of the phrases below to simplified script. No table for texts: it holds what the phrases need.
_FOLD = str.maketrans(
    "號體頂關閉責編輯錄單頁網絡點擊鏈轉載請註說權來閱讀書籤發佈佈報導機構類別標題當開後討論讓見專內與為維掃碼電聲備獲條舉"
    "聞廣務幫訂歡節選參熱門瀏覽經營傳戶親進無彈產連結會員種視頻圖賬錯誤複製蓋詢應實習審終監簽評猜歡這裡處並絕禁須聯繫",
    "号体顶关闭责编辑录单页网络点击链转载请注说权来阅读书签发布布报导机构类别标题当开后讨论让见专内与为维扫码电声备获条举"
    "闻广务帮订欢节选参热门浏览经营传户亲进无弹产连结会员种视频图账错误复制盖询应实习审终监签评猜欢这里处并绝禁须联系",
)

# A line that one of these fills is furniture by itself.
_LINES = (
    # type size, going about the page, sharing
    r"(?:[小中大]字[号体]){1,3}|字[号体][:：]?(?:[大中小特超默认正常|]{1,8}|[-+]{1,2})",
    r"(?:返回|回到)(?:顶部|首页|目录|列表|书页|顶端|上一?页|搜狐,?查看更多)",
    r"[上下]一篇[:：].{1,60}|上一[篇页章条].{0,60}下一[篇页章条].{0,60}|[上下]一[篇章]",
    r"分享(?:让更多人看到|到[:：]?(?:微信|微博|朋友圈|QQ)?.{0,12}|给(?:好友|朋友|更多人|大家).{0,6})",
    r"(?:用?(?:微信|手机)?)?扫(?:一扫|描二维码|码|描上方二维码|描下方二维码).{0,16}(?:关注|分享|阅读|下载|二维码|公众号|手机|微信).{0,12}",
    r"(?:长按|识别).{0,6}二维码.{0,12}|(?:欢迎|敬请)关注.{0,16}(?:公众号|微信号|官方微博|订阅号).{0,16}",
    r"点击(?:查看|展开|加载|阅读|下方)(?:更多|全文|全部|大图|原图|原文|余下全文|剩余内容).{0,8}|(?:展开|阅读|查看)(?:余下)?(?:全文|原文|更多)",
    # who is responsible, and the rights
    rf"(?:责任编辑|责编|网络编辑|值班编辑|实习编辑)[:：][{HANZI}·、,，/A-Za-z0-9_]{{2,24}}|\((?:编辑|校对|审核)[:：][{HANZI}·、,，]{{2,20}}\)",
    r".{0,24}版权所有.{0,20}(?:网|公司|报社|集团|传媒|电视台|备\d|未经|不得|禁止|转载|授权).{0,60}",
    r"(?:copyright|©|\(c\)).{0,40}(?:网|www\.|\.com|\.cn).{0,60}|.{0,20}[A-Z]?ICP[备证]\d.{0,40}|.{0,8}[公网]安备\d?.{0,30}",
    r"(?:版权|免责|特别|郑重)声明[:：].{0,60}(?:转载|本站|本网|侵权|删除).{0,80}",
    r"(?:本文|文章|稿件)(?:来自|转自|转载自|首发于?|来源[:：]|来源于)[^。]{1,40}(?:转载|注明|侵删|出处|删除)[^。]{0,20}。?",
    r"(?:如需|未经(?:本站|本网)?(?:授权|许可),?|欢迎)?(?:请勿|不得|谢绝|禁止)?转载,?(?:请|须|务必)(?:注明|标明|联系)[^。]{0,30}。?",
    # elsewhere on the site
    r"(?:相关|延伸|推荐|热门|精彩)(?:阅读|新闻|文章|链接|推荐|报道|专题|视频)(?:[:：].{0,60})?|猜你喜欢|为您推荐|大家都在看|(?:点击|阅读|热门)排行",
    r"友情(?:链接|连结)(?:[:：].{0,200})?",
    r"您?(?:的|现在的|当前的?|目前)?(?:所在)?位置[:：](?:首页|主页|.{1,12}网).{0,60}|首页(?:>+|»|→|›).{1,60}",
    # novel sites
    r".{1,30}(?:最新章节|全文阅读|无弹窗|txt下载).{0,12}(?:最新章节|全文阅读|无弹窗|txt下载|请记住|首发|www\.).{0,40}",
    r".{0,12}请(?:大家)?(?:记住|牢记|收藏)(?:本站|本书|我们|网址|首发|域名)[^。]{0,50}。?",
    r"手机(?:用户|阅读|版|站)[^。]{0,16}(?:浏览|访问|登录|网址|[:：])[^。]{0,16}(?:m|wap|www)\..{1,50}",
    r"\(?(?:本章|小说)?(?:未完|没完),?(?:待续)?,?(?:请?点击|请翻|转下一?页)[^。]{0,20}",
    r"(?:快捷键|温馨提示|按键提示|友情提示)[:：].{0,20}(?:上一章|下一章|回车|方向键|书签|书架).{0,40}",
    r"(?:一秒记住|天才一秒|百度搜索|最快更新|无错更新)[^。]{1,30}(?:网|\.com|\.net|\.cn|\.org|阅读|章节)[^。]{0,20}",
    # bulletin boards
    r"※(?:来源|修改|转载)[:：·].{1,80}|发信人[:：].{1,40}信区[:：].{1,20}|发信站[:：].{1,80}",
)
# Words of buttons and menus, which are words of manuals too: only several on one line, and all of it.
_BUTTONS = (
    "打印|打印本页|关闭|关闭窗口|关闭本页|收藏|收藏本页|加入收藏|加入书签|加入书架|设为首页|推荐本书|投推荐票|复制链接|分享|转发|点赞|打赏"
    r"|评论|发表评论|我要评论|查看评论|纠错|我要纠错|举报|微信|微博|新浪微博|腾讯微博|QQ空间|朋友圈|网站地图|联系我们|关于我们|网站首页|首页"
    r"|登录|注册|手机版|电脑版|客户端|简体|繁体|English|广告服务|版权声明|上一页|下一页|上一章|下一章|目录|返回目录|章节目录|返回书页|字号|大|中|小"
)
_LINE = re.compile("|".join(f"(?:{phrase})" for phrase in _LINES), re.IGNORECASE)
_BUTTON = re.compile(_BUTTONS, re.IGNORECASE)
_BETWEEN_BUTTONS = re.compile(r"[\s\u3000【】\[\]|｜/·•<>《》«»→←↑:：]+")
_ORNAMENT = " \u3000\t【】[]「」*★☆■□●◆▲▼>»→←↑|｜-—=~"
_SPACES = re.compile(r"[\s\u3000\u00a0]+")
_LONGEST_LINE = 240
# A line that goes on in the next, or has a second sentence, is no furniture, with the exception of declarations.
_RUNNING_TEXT = re.compile(r"[，,；;、]\s*$|^(?!.{0,8}(?:声明|聲明)).*。\s*\S")

_SITE = re.compile(
    r".{1,8}(?:网|网站|在线|日报|晚报|早报|时报|周刊|新闻|论坛|频道|首页|新华社|电视台|中文|文学|小说|书城|书院|书屋|阁)|[\w.-]{1,30}\.(?:com|cn|net|org)"
)
_ANNOTATION = re.compile(r"\([a-zà-ÿāēīōūǎǐǒǔǖǘǚǜńňǹɡ]{1,6}\)")
_HEAD_LINES, _HEAD, _TAIL = 6, 4_000, 20_000

_ITEM = rf"[{HANZI}·]{{2,8}}"
_BAR = r"\s{0,4}[|｜]\s{0,4}"
_RUN = re.compile(rf"[|｜]?\s{{0,4}}(?:{_ITEM}{_BAR}){{7,}}(?:{_ITEM})?")
_FEW = re.compile(rf"\s*(?:{_ITEM}{_BAR})+(?:{_ITEM})?\s*")
_PLACE = re.compile("[县縣市区區旗州盟省镇鎮]$")
_OTHER_ITEMS = 20
"""Of items that are no names of places it takes so many."""


@dataclass(frozen=True, slots=True)
class FurnitureEvidence:
    """What the whole document says.

    Attributes:
        site: The name of the site, if it stands alone on two of the first lines, folded; else "".
        has_buttons: Whether the head or the end of the document has lines that are surely furniture.
        has_spam: Whether the document ends in a run of short items between bars.

    """

    site: str = ""
    has_buttons: bool = False
    has_spam: bool = False


def gather(text: str) -> FurnitureEvidence:
    """Return what the head and the end of ``text`` (raw) say. The time does not depend on the length of the text."""
    head = [_folded(line) for line in _ANNOTATION.sub("", text[:_HEAD]).splitlines()]
    tail = _ANNOTATION.sub("", text[-_TAIL:])
    ends = [*head, *map(_folded, tail.splitlines())]
    return FurnitureEvidence(
        site=_site([line for line in head if line][:_HEAD_LINES]),
        has_buttons=any(_is_line(line) for line in ends if 0 < len(line) <= _LONGEST_LINE),
        has_spam=any(_is_spam(run[0], ends_document=True) for run in _RUN.finditer(tail)),
    )


def _site(lines: list[str]) -> str:
    """Return the first of ``lines`` that reads like the name of a site and comes twice, "" if none does."""
    return next((line for line in lines if lines.count(line) > 1 and _SITE.fullmatch(line)), "")


def find(text: str, evidence: FurnitureEvidence) -> list[Repair]:
    """Return what is furniture in ``text``, one paragraph: the whole of it, or a run of spam, as suggestions."""
    if len(text) <= 2 * _LONGEST_LINE and not _RUNNING_TEXT.search(text):
        line = _folded(text)
        if line and len(line) <= _LONGEST_LINE:
            if line == evidence.site:
                return [_suggestion(text, 0, len(text), "site", "the name of the site, from the head of the page")]
            if _is_line(line) or _is_buttons(text, evidence):
                return [_suggestion(text, 0, len(text), "line", "a line that pages put around a document")]
    if "|" not in text and "｜" not in text:
        return []
    if evidence.has_spam and _FEW.fullmatch(text):
        return [_suggestion(text, 0, len(text), "spam", "part of the run of links at the end of the document")]
    return [
        _suggestion(text, *run.span(), "spam", "a long run of short names between bars: links for search engines")
        for run in _RUN.finditer(text)
        if _is_spam(run[0], ends_document=evidence.has_spam)
    ]


def _folded(line: str) -> str:
    """Return ``line`` without spaces and ornaments at its ends, in simplified script as far as the tables need it."""
    return (
        _SPACES.sub("", line.strip(_ORNAMENT)).translate(_FOLD).replace("（", "(").replace("）", ")").replace("，", ",")
    )


def _is_line(line: str) -> bool:
    """Return whether the folded ``line`` is one of the phrases, bare or in parentheses."""
    if _LINE.fullmatch(line):
        return True
    return line.startswith("(") and line.endswith(")") and _LINE.fullmatch(line[1:-1]) is not None


def _is_buttons(text: str, evidence: FurnitureEvidence) -> bool:
    """Return whether ``text`` is a row of buttons: two in 【】, or three where the document has other furniture."""
    words = [word for word in _BETWEEN_BUTTONS.split(text.translate(_FOLD)) if word]
    if not (text.count("【") >= 2 and len(words) >= 2) and not (evidence.has_buttons and len(words) >= 3):
        return False
    return all(_BUTTON.fullmatch(word) for word in words)


def _is_spam(run: str, *, ends_document: bool) -> bool:
    """Return whether a run of items between bars is spam: places for the most part, or very many at the end."""
    items = [item for item in re.split(r"[|｜\s]+", run) if item]
    places = sum(1 for item in items if _PLACE.search(item))
    return places * 10 >= len(items) * 6 or (ends_document and len(items) >= _OTHER_ITEMS)


def _suggestion(text: str, start: int, end: int, rule: str, reason: str) -> Repair:
    """Return the suggestion to leave out ``text[start:end]`` without the space around it."""
    span = text[start:end]
    start, end = start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())
    evidence = Evidence(f"furniture.{rule}", reason)
    return Repair.of(text, start, end, "", Kind.FURNITURE, Certainty.SUGGESTED, evidence)
