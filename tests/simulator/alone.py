"""Each kind of damage by itself, done to a clean text."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum

from simulator.annotation import is_hanzi, numbered, reading_of, readings, toneless
from simulator.charset import GBK, QUESTION_MARK, Charset, Loss, Private, decode_with_loss
from simulator.crawler import folded, without_private_use
from simulator.damaged import Damaged
from simulator.script import traditional


def annotated(clean: str, rng: random.Random, share: float = 0.3) -> Damaged:
    """Return the Traditional text with the readings of ``share`` of the listable characters behind them."""
    table = {character: reading for character, reading in readings().items() if rng.random() < share}
    return annotated_by(clean, table)


ANNOTATION_STYLES: Mapping[str, Callable[[str], str]] = {
    "doubled": lambda reading: f"({reading})({reading})",
    "toneless": lambda reading: f"({toneless(reading)})",
    "toneless, doubled": lambda reading: f"({toneless(reading)})({toneless(reading)})",
    "spaces within": lambda reading: f"({reading} )",
    "full-width brackets": lambda reading: f"（{reading}）",
    "tone numbers": lambda reading: f"({numbered(reading)})",
}
"""How sites print a reading, other than 實(shí)."""

_EMOJI = ("😀", "👍", "🌹", "✨")


def annotated_in_style(clean: str, rng: random.Random, style: str, share: float = 0.3) -> Damaged:
    """Return the Traditional text with readings printed in one of :data:`ANNOTATION_STYLES`."""
    table = {character: reading for character, reading in readings().items() if rng.random() < share}
    intended = traditional(clean)
    form = ANNOTATION_STYLES[style]
    raw = "".join(character + form(table[character]) if character in table else character for character in intended)
    return Damaged(raw, intended)


def annotated_anywhere(clean: str, rng: random.Random, share: float = 0.15, *, emoji: bool = False) -> Damaged:
    """Return the text with readings strewn over it: behind every hanzi with the probability ``share``.

    With ``emoji``, one stands behind every other reading; it is part of the damage and stays in what is intended, for
    nobody can tell it from the author's.
    """
    raw, intended = list[str](), list[str]()
    for character in clean:
        raw.append(character)
        intended.append(character)
        if is_hanzi(character) and rng.random() < share:
            raw.append(f"({reading_of(character)})")
            if emoji and rng.random() < 0.5:
                sign = rng.choice(_EMOJI)
                raw.append(sign)
                intended.append(sign)
    return Damaged("".join(raw), "".join(intended))


def annotated_by_second_list(clean: str, rng: random.Random, share: float = 0.3) -> Damaged:
    """Return the text with readings behind listed characters, most of them inside GB2312: 長(cháng), 著(zhù), 的(de)."""
    characters = sorted({character for character in clean if is_hanzi(character)})
    table = {character: reading_of(character) for character in characters if rng.random() < share}
    raw = "".join(f"{character}({table[character]})" if character in table else character for character in clean)
    return Damaged(raw, clean)


def annotated_by(clean: str, table: Mapping[str, str]) -> Damaged:
    """Return the Traditional text with the reading behind every character of ``table``."""
    intended = traditional(clean)
    raw = "".join(f"{character}({table[character]})" if character in table else character for character in intended)
    return Damaged(raw, intended)


class Slip(Enum):
    """How a reader falls out of step."""

    CUT = "cut within a character"
    LOST = "one byte lost"
    INSERTED = "one byte inserted"


def slipped(
    clean: str, rng: random.Random, slip: Slip, count: int, loss: Loss = QUESTION_MARK, charset: Charset = GBK
) -> Damaged:
    """Return the text with ``count`` slips at random places, each within its paragraph.

    A run ends where it ends by itself: at an ASCII character, at a trail byte that is ASCII, at the end of the
    paragraph; and half of them, as in pages cut before punctuation, before the next ， or 。 at the latest.
    """
    intended = clean.encode(charset.codec, errors="ignore").decode(charset.codec)
    places = [place for place, character in enumerate(intended) if ord(character) > 0x7F]
    chosen = sorted(rng.sample(places, min(count, len(places))))
    raw: list[str] = []
    start = 0
    for line in intended.split("\n"):
        here = {place - start for place in chosen if start <= place < start + len(line)}
        pieces = _pieces(line, here, rng, slip, charset)
        raw.append("".join(decode_with_loss(piece, loss, charset) for piece in pieces))
        start += len(line) + 1
    text = "\n".join(raw)
    return Damaged(text if loss.private is Private.KEPT else without_private_use(text), intended)


def _pieces(line: str, slips: set[int], rng: random.Random, slip: Slip, charset: Charset) -> list[bytes]:
    """Return the bytes of ``line`` with a slip at each of the given characters, in the pieces that are read."""
    pieces = [b""]
    stops_early = False
    for place, character in enumerate(line):
        code = character.encode(charset.codec)
        if stops_early and character in "，。":
            pieces.append(b"")
            stops_early = False
        if place not in slips:
            pieces[-1] += code
            continue
        stops_early = rng.random() < 0.5
        if slip is Slip.CUT:
            pieces[-1] += code[:1]
            pieces.append(code[1:])
        elif slip is Slip.LOST:
            pieces[-1] += code[rng.randrange(2) :][:1]
        else:
            pieces[-1] += code[:1] + bytes((rng.randrange(0x81, 0xFF),)) + code[1:]
    return pieces


def width_folded(clean: str) -> Damaged:
    """Return the text with its punctuation in half width."""
    return Damaged(folded(clean), clean)


_AFTER_PARAGRAPH = ("</p>", "/p>", "<br>", "<br />", "</div>", "</span></p>", "<!-- end -->")
_WITHIN = (
    "<b>",
    "</b>",
    "<span>",
    "</span>",
    '<font color="red">',
    "</font>",
    '<a href="/n1/2.html">',
    "</a>",
    "<wbr>",
)
_NAMED = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&middot;", "×": "&times;"}


def markup_leaked(clean: str, rng: random.Random, share: float = 0.02) -> Damaged:
    """Return the text with tags, crumbs of tags and entities in it; ``share`` of the characters are touched."""
    lines = [_with_markup(line, rng, share) for line in clean.split("\n")]
    return Damaged("\n".join(lines), clean)


def _with_markup(line: str, rng: random.Random, share: float) -> str:
    if not line or any(mark in line for mark in "<>&"):
        return line
    written = [_leaked(character, rng) if rng.random() < share else character for character in line]
    indent = "&nbsp;" * 2 if rng.random() < 0.2 else ""
    return indent + "".join(written) + (rng.choice(_AFTER_PARAGRAPH) if rng.random() < 0.3 else "")


def _leaked(character: str, rng: random.Random) -> str:
    if character.isascii():
        return character
    ways: list[Callable[[], str]] = [
        lambda: character + rng.choice(_WITHIN),
        lambda: f"&#{ord(character)};",
        lambda: f"&#x{ord(character):X};",
    ]
    if character in _NAMED:
        ways = [lambda: _NAMED[character]]
    return rng.choice(ways)()


# Zero-width space, non-joiner, joiner, word joiner, BOM, soft hyphen, bidi marks and overrides, controls.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u202d\u202e\x07\x08\x7f"


def invisible_sprinkled(clean: str, rng: random.Random, share: float = 0.02) -> Damaged:
    """Return the text with characters that nobody sees behind ``share`` of its hanzi."""
    raw = "".join(
        character + rng.choice(_INVISIBLE) if "\u4e00" <= character <= "\u9fff" and rng.random() < share else character
        for character in clean
    )
    return Damaged(raw, clean)


def no_break_spaces_lost(clean: str, rng: random.Random, share: float = 0.2) -> Damaged:
    """Return the text with no-break spaces behind ``share`` of its sentences, a '?' for each, plain spaces between."""
    raw, intended = list[str](), list[str]()
    for character in clean:
        gap = "\xa0 " * rng.randrange(2, 7) if character == "。" and rng.random() < share else ""
        raw.append(character + gap.replace("\xa0", "?"))
        intended.append(character + gap)
    return Damaged("".join(raw), "".join(intended))


_ABOVE = (
    "小字号",
    "字号：大 中 小",
    "首页 > 新闻 > 正文",
    "当前位置：首页 > 资讯",
    "设为首页 | 加入收藏",
    "打印本页",
    "分享到：",
)
_BELOW = (
    "分享让更多人看到",
    "上一篇：没有了",
    "返回顶部",
    "下一篇：没有了",
    "点击进入专题",
    "扫一扫在手机打开",
    "关闭窗口",
    "相关阅读",
)
_SYLLABLES = "安宁平昌和永新兴清河阳山泉林江陵川武定远临丰城南东北固西海云龙水源原桥石金华关"
_DIVISIONS = ("县", "县", "市", "市", "区", "旗", "镇", "自治县")


def spam_tail(rng: random.Random) -> str:
    """Return one line of link spam: invented names of counties between bars."""
    names = ["".join(rng.sample(_SYLLABLES, 2)) + rng.choice(_DIVISIONS) for _ in range(rng.randrange(12, 50))]
    return "| ".join(names) + "|"


def furniture_added(damaged: Damaged, rng: random.Random, convert: bool = True) -> Damaged:
    """Return the text with a site's own lines above and below it and a tail of link spam; they count as marked.

    Args:
        damaged: The text.
        rng: Chance.
        convert: Whether the site's own lines are in Traditional script; link spam is Simplified always.
    """
    above = [_own_line(line, convert) for line in rng.sample(_ABOVE, rng.randrange(1, 4))]
    below = [_own_line(line, convert) for line in rng.sample(_BELOW, rng.randrange(1, 4))]
    below += ["", spam_tail(rng)]
    raw = [*above, "", *damaged.raw.split("\n"), "", *below]
    intended = [*above, "", *damaged.intended.split("\n"), "", *below]
    before = {index + len(above) + 1 for index in damaged.marked}
    own = {index for index, line in enumerate(raw) if line and (index < len(above) or index >= len(raw) - len(below))}
    return replace(damaged, raw="\n".join(raw), intended="\n".join(intended), marked=frozenset(before | own))


def _own_line(line: str, convert: bool) -> str:
    return folded(traditional(line) if convert else line)
