"""Leaked markup: crumbs of HTML tags and character references that were never text.

A scraper strips tags and decodes references; what it does not recognise stays: ``</p>``, ``/p>`` whose ``<`` a lossy
decoder swallowed, ``&nbsp;``, ``&amp;nbsp;``, ``#xff1a;``. The same strings are text in a page's source, in Markdown,
in a manual of HTML, in code: so a crumb counts only where it abuts Chinese prose, and not at all in a document that is
source or that speaks of tags.

What takes the place of a crumb: of a tag, nothing (a paragraph is never split in two); of a reference, its character;
of a run of ``&nbsp;`` at the start of a paragraph, an indent of one ideographic space for every two of them, next to
Chinese punctuation or another space nothing, elsewhere one space, for that is what the reader of the page saw.

Source of the names: the elements and the named character references of the HTML Living Standard, the latter as in
:data:`html.entities.html5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.entities import html5

from jiaokan.characters import CHINESE_PUNCTUATION, HANZI, IDEOGRAPHIC_SPACE, is_chinese, is_chinese_punctuation
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# Names that nobody writes between angle brackets for anything but a tag.
_PLAIN = "br|div|span|img|hr|h[1-6]|tbody|thead|tr|td|th|ul|ol|li|dl|dt|dd|nobr|wbr"
# Names that are also words or variables (第<i>个, <table>): bare and opening they count only with their partner.
_AMBIGUOUS = "p|a|b|i|u|s|em|strong|font|center|table|blockquote|strike|del|ins|sup|sub|big|small|pre|code|tt|section"
_AMBIGUOUS += "|article|script|style|cite|q|o:p|input|iframe|embed|object|param|form|button|label|figure|ruby|rb|rt|rp"
_NAMES = f"{_PLAIN}|{_AMBIGUOUS}"
# Every repetition is bounded, so that no text makes the search slower than linear.
_ATTRIBUTE = r"""\s{1,20}[A-Za-z:_-]{1,30}\s?=\s?(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>=]{1,500})"""
_CRUMB = re.compile(
    rf"""
      (?P<comment> <!--[^<>]{{0,300}}--> )
    | (?P<tag> (?:[<＜]|&lt;) (?P<slash>/?) (?P<name>{_NAMES}) (?P<attributes>(?:{_ATTRIBUTE}){{0,12}})
               \s{{0,8}}/?(?:[>＞]|&gt;) )
    | (?P<unclosed> </(?:{_NAMES}) (?![\w:>＞-]) | <br\s?/? (?![\w:>＞=-]) )
    | (?P<unopened> (?<![A-Za-z0-9<＜/]) (?: /(?:{_NAMES})\s?[>＞] | (?:{_PLAIN})\s?/?[>＞]
               | (?:{_NAMES})(?:{_ATTRIBUTE}){{1,12}}\s{{0,8}}/?[>＞] ) )
    | (?P<bare_p> (?<![A-Za-z0-9<＜/]) p[>＞] )
    | (?P<space> (?:&(?:amp;)*(?:nbsp;?|ensp;|emsp;|\#160;|\#xA0;)|(?<![&A-Za-z0-9;])nbsp;)
               (?:\s?(?:&(?:amp;)*(?:nbsp;?|ensp;|emsp;|\#160;|\#xA0;)|(?<![&A-Za-z0-9])nbsp;)){{0,40}} )
    | (?P<reference> &(?:amp;)*(?: [A-Za-z][A-Za-z0-9]{{1,30}}; | \#[0-9]{{2,7}}[;；] | \#[xX][0-9A-Fa-f]{{2,6}}[;；] )
               | &(?:ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|quot)(?![A-Za-z0-9;=]) )
    | (?P<unended> &(?:amp;)*\#(?: [0-9]{{4,6}} (?![0-9;；]) | [xX][0-9A-Fa-f]{{4,5}} (?![0-9A-Fa-f;；]) ) )
    | (?P<bare> (?<![&A-Za-z0-9;]) (?: (?:ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|amp|quot);
               | (?:\#[xX][0-9A-Fa-f]{{4,5}};)+ | (?:\#[0-9]{{4,6}};)+ ) )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TRIGGER = re.compile("[<>＜＞;]|&[a-z#]")
# Where nothing is a crumb whatever it looks like: addresses and code between backticks.
_SHELTER = re.compile(rf"[A-Za-z]{{2,8}}://[^\s{HANZI}{CHINESE_PUNCTUATION}<>]+|`[^`]{{1,200}}`")
_INK = re.compile(r"\S")
_CHINESE_INK = re.compile(f"[{HANZI}{CHINESE_PUNCTUATION}]")

# A reference is spoken of beside its character in quotation marks: “中”写成&#20013;.
_QUOTED = re.compile('[“‘「『"`](.)[”’」』"`]')

# How far around a crumb its neighbours are looked for (code points).
_REACH = 20

# A crumb is spoken of, not leaked, when it stands in quotation marks or beside the word for it.
_TERM = r"(?:标签|標籤|标记|標記|元素|实体|實體|属性|屬性|转义|轉義|字符|字元|语法|語法|tags?\b|elements?\b|entit)"
_MENTIONED = r"(?:</?[A-Za-z][A-Za-z0-9]{0,9}\s?/?>|&\#?[A-Za-z0-9]{2,8};)"
_MENTION = re.compile(
    rf"""[“‘「『（"'`(]{_MENTIONED}[”’」』）"'`)]"""
    rf"|{_MENTIONED}\s?(?:{_TERM}|表示|代表|用[来來于於]|的作用|就是|是\s?(?:X?HTML|XML|网页|網頁))(?!</)"  # but not <b>元素</b>
    rf"|{_TERM}(?:\s|\s?(?:是|为|為|如|:|：)\s?){_MENTIONED}",  # but not …元素</p>
    re.IGNORECASE,
)
# Whole tags are examples in a paragraph that is about markup anywhere; debris of tags is no example.
_SPEAKS_OF_MARKUP = re.compile(
    "标签|標籤|标记语言|標記語言|(?<![A-Za-z.])X?HTML|超文本|网页代码|網頁原始碼", re.IGNORECASE
)
_CHINESE_CRUMB = re.compile(
    rf"(?<=[{HANZI}{CHINESE_PUNCTUATION},.!?;:)])(?:</?(?:{_NAMES})[\s/>]|/(?:{_NAMES})>|br\s?/?>|&(?:amp;)?\#?[A-Za-z0-9]{{2,8}};)"
    rf"|</?(?:{_NAMES})\s?/?>(?=[{HANZI}{CHINESE_PUNCTUATION}])|&nbsp;"
    # References one behind the other are Chinese themselves, be their & or their ; lost.
    r"|(?:(?:&(?:amp;){0,9})?#(?:[0-9]{4,6}|x[0-9a-f]{4,5})[;；]){2}|(?:&(?:amp;){0,9}#(?:[0-9]{4,6}|x[0-9a-f]{4,5})(?![0-9a-f;])){2}",
    re.IGNORECASE,
)

# What a document is written in, judged by its head (code points): lines that only source has.
_HEAD = 1_000_000
_PAGE = re.compile(
    r"<(?:!doctype\s|html[\s>]|\?xml\s|head>|body[\s>]|meta\s|link\s|title>|script[\s>]|style[\s>])", re.I
)
_CLOSING = re.compile(r"</([A-Za-z][\w:.-]{0,40})>")
_KNOWN = re.compile(f"(?:{_NAMES})", re.IGNORECASE)
_FRAME = re.compile(
    r"(?m)^[ \t]*</?(?:div|ul|ol|dl|table|tbody|tr|nav|form|main|select|section|article)\b[^<>\n]*>[ \t]*\r?$"
)
_MARKDOWN = re.compile(r"(?m)^(?:```|~~~|#{1,6} \S|\|?[ :|-]*---[ :|-]*\|)|\]\((?:https?:|#|\.{0,2}/)")
_ROFF = re.compile(r"(?m)^[.'](?:TH|SH|SS|PP|IP|TP|B|I|BR|br|nf|fi)\b")
_CODE = re.compile(
    r"(?m)^[ \t]*(?:import [\w.]+|from [\w.]+ import|def \w+\(|class \w+[:({]|#include\b|function \w*\(|"
    r"package [\w.]+;|(?:var|let|const) \w+ =|return\b.*;|(?:public|private|static) \w|\}\s*$|"
    r"<\?php|\\(?:begin|section)\{)|\{[ \t]*\r?$"
)


@dataclass(frozen=True, slots=True)
class MarkupEvidence:
    """What the whole document says about crumbs of markup.

    Attributes:
        source: What the document is the source of ("html", "xml", "markdown", "roff", "code"), or "" for prose.
        crumbs: How many crumbs abut Chinese.
        mentions: How many tags and references are spoken of (quoted, or beside a word such as 标签).

    """

    source: str = ""
    crumbs: int = 0
    mentions: int = 0

    @property
    def leaves_markup(self) -> bool:
        """Whether markup belongs to this document: it is source, or it speaks of markup more than now and then."""
        return bool(self.source) or self.mentions * 10 > self.crumbs


def gather(text: str) -> MarkupEvidence:
    """Return what the whole of ``text`` (raw) says about markup. Linear in the text."""
    if _TRIGGER.search(text) is None:
        return MarkupEvidence()
    crumbs = sum(1 for _ in _CHINESE_CRUMB.finditer(text))
    mentions = sum(1 for _ in _MENTION.finditer(text))
    return MarkupEvidence(_source(text[:_HEAD]), crumbs, mentions)


def _source(head: str) -> str:
    """Return what ``head``, the start of a document, is the source of, "" if it is prose."""
    if _at_least(2, _PAGE.finditer(head)) or _at_least(4, _FRAME.finditer(head)):
        return "html"
    names = [match[1] for match in _CLOSING.finditer(head)]
    unknown = sum(1 for name in names if _KNOWN.fullmatch(name) is None)
    if unknown >= 3 and unknown * 4 >= len(names):
        return "xml"
    if _at_least(2, _MARKDOWN.finditer(head)):
        return "markdown"
    if _at_least(3, _ROFF.finditer(head)):
        return "roff"
    if _at_least(3, _CODE.finditer(head)):
        return "code"
    return ""


def _at_least(count: int, matches: Iterable[object]) -> bool:
    return any(number >= count for number, _ in enumerate(matches, 1))


def find(text: str, evidence: MarkupEvidence) -> list[Repair]:
    """Return the repairs of the markup in ``text``, one paragraph: offsets in code points of it, in order."""
    if evidence.leaves_markup or _TRIGGER.search(text) is None:
        return []
    closed = {match[1].lower() for match in _CLOSING.finditer(text)}
    quoted = set(_QUOTED.findall(text))
    crumbs = _sheltered(text, [match for match in _CRUMB.finditer(text) if _plausible(match, text, closed, quoted)])
    if not crumbs or not _is_prose(text, crumbs, evidence):
        return []
    repairs: list[Repair] = []
    for cluster in _clusters(text, crumbs):
        if _abuts_prose(text, cluster):
            repairs.extend(_repair(text, crumb) for crumb in cluster)
    return repairs


def _plausible(match: re.Match[str], text: str, closed: set[str], quoted: set[str]) -> bool:
    """Return whether the crumb can be markup, by its own form and its partner.

    ``closed`` are the names with an end tag, ``quoted`` the characters in quotation marks.
    """
    if match["tag"]:
        if match["slash"] or match["attributes"] or re.fullmatch(_PLAIN, match["name"], re.IGNORECASE):
            return True
        return match["name"].lower() in closed or (match["name"] in "pP" and _begins(text, match.start()))
    if match["bare_p"]:
        # p>0.05 is statistics: only after the end of a sentence, at the end of the paragraph.
        return (
            _begins(text, match.start()) and match.start() > 0 and not text[match.end() : match.end() + _REACH].strip()
        )
    if match["bare"]:
        return _decoded(match[0]) is not None and _is_reference(match, text)
    if match["reference"] or match["unended"]:
        decoded = _decoded(match[0])
        return decoded is not None and decoded not in quoted and bool(match["reference"] or is_chinese(decoded))
    return True


def _begins(text: str, position: int) -> bool:
    """Return whether a sentence can begin at ``position``."""
    before = text[max(0, position - _REACH) : position].rstrip()
    return not before or before[-1] in "。！？!?”」；;>"


def _is_reference(match: re.Match[str], text: str) -> bool:
    """Return whether a reference without its & is one: #12345; may be the number of a report."""
    crumb = match[0]
    if not crumb.startswith("#") or crumb[1] in "xX":
        return True
    decoded = _decoded(crumb) or ""
    if not all(map(is_chinese, decoded)):
        return False
    return len(decoded) > 1 or (is_chinese_punctuation(decoded) and is_chinese(text[match.start() - 1 : match.start()]))


def _decoded(crumb: str) -> str | None:
    """Return the characters that a reference stands for, without & or doubly escaped too; None if it is none."""
    body = crumb.lstrip("&")
    while body.lower().startswith("amp;") and len(body) > 4:
        body = body[4:]
    if not body.startswith("#"):
        return html5.get(body if body.endswith(";") else f"{body};")
    characters = [_numbered(number) for number in body[1:].rstrip(";；").split(";#")]
    return "".join(characters) if all(characters) else None


def _numbered(number: str) -> str:
    """Return the character of ``20013`` or ``x4e2d``; "" where no character that can be printed has this number."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if 0x80 <= code < 0xA0:
        # As browsers do: such numbers are meant in windows-1252.
        return bytes([code]).decode("cp1252", "ignore")
    if code > 0x10FFFF or code == 0xFFFD or 0xD800 <= code < 0xF900 or code < 0x20:
        return ""
    return chr(code)


def _sheltered(text: str, crumbs: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the crumbs that do not stand in an address or in code."""
    if not crumbs or ("://" not in text and "`" not in text):
        return crumbs
    kept: list[re.Match[str]] = []
    shelters = iter([*_SHELTER.finditer(text)])
    shelter = next(shelters, None)
    for crumb in crumbs:
        while shelter is not None and shelter.end() <= crumb.start():
            shelter = next(shelters, None)
        if shelter is None or shelter.start() > crumb.start():
            kept.append(crumb)
    return kept


def _is_prose(text: str, crumbs: list[re.Match[str]], evidence: MarkupEvidence) -> bool:
    """Return whether what is left of ``text`` without the crumbs is Chinese for the better part, or nothing at all."""
    if _MENTION.search(text) or (_SPEAKS_OF_MARKUP.search(text) and any(crumb["tag"] for crumb in crumbs)):
        return False
    rest = list(text)
    for crumb in crumbs:
        rest[crumb.start() : crumb.end()] = " " * (crumb.end() - crumb.start())
    remaining = "".join(rest)
    ink = len(_INK.findall(remaining))
    if ink == 0:
        return evidence.crumbs > 0
    return len(_CHINESE_INK.findall(remaining)) >= 0.3 * ink


def _clusters(text: str, crumbs: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Group the crumbs that have nothing but space between them."""
    clusters: list[list[re.Match[str]]] = []
    end = -1
    for crumb in crumbs:
        if clusters and (crumb.start() == end or text[end : crumb.start()].isspace()):
            clusters[-1].append(crumb)
        else:
            clusters.append([crumb])
        end = crumb.end()
    return clusters


def _abuts_prose(text: str, cluster: list[re.Match[str]]) -> bool:
    """Return whether the crumbs of ``cluster`` stand in prose, judged by what stands on either side."""
    start, end = cluster[0].start(), cluster[-1].end()
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    left, right = before.rstrip()[-1:], after.lstrip()[:1]
    is_apart = before[-1:].isspace() and (after[:1].isspace() or is_chinese_punctuation(after[:1]))
    if is_apart and is_chinese(left) and is_chinese(right):
        return False  # set off by spaces: spoken of, as in 使用 <br> 换行
    if not _prose_side(left, ",.!?;:)%" + "\"'" * (not right)) or not _prose_side(
        right, ",.!?;:()" + "\"'" * (not left)
    ):
        return False
    is_reference = all(crumb.lastgroup in ("reference", "unended", "space") for crumb in cluster)
    return is_reference or not (left.isascii() and left.isalnum() and right.isascii() and right.isalnum())


def _prose_side(character: str, punctuation: str) -> bool:
    return not character or is_chinese(character) or character.isalnum() or character in punctuation


def _repair(text: str, crumb: re.Match[str]) -> Repair:
    start, end = crumb.span()
    if crumb["space"]:
        after, rule, reason = _space(text, crumb), "space", "references to spaces that a page used for layout"
    elif crumb["reference"] or crumb["unended"] or crumb["bare"]:
        after, rule = _decoded(crumb[0]) or "", "reference"
        reason = f"a reference of HTML to the character {after!r}, not text"
    else:
        after, rule, reason = "", "tag", "a piece of an HTML tag or comment, not text"
    return Repair.of(text, start, end, after, Kind.MARKUP, Certainty.PROBABLE, Evidence(f"markup.{rule}", reason))


def _space(text: str, crumb: re.Match[str]) -> str:
    """Return what a run of references to spaces becomes (see the module's description)."""
    start, end = crumb.span()
    if not text[end : end + _REACH].strip():
        return ""
    if start < _REACH and not text[:start].strip():
        width = sum(2 if "emsp" in entity else 1 for entity in re.findall(r"nbsp|ensp|emsp|160|xA0", crumb[0], re.I))
        return IDEOGRAPHIC_SPACE * (width // 2)
    left, right = text[start - 1], text[end]
    if any(side.isspace() or is_chinese_punctuation(side) or side in ",;:!?<&" for side in (left, right)):
        return ""
    return " "
