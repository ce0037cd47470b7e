"""Folded widths: 標志,沒有 is 標志，沒有.

A machine replaced the full-width ，：；！？（） by their half-width forms, in the whole document. 。、“”《》 have no half-width
form and survive, so a document with Chinese punctuation, many half-width marks tight between hanzi and no full-width
ones was folded. Authors who type half-width marks put spaces behind them, or use both; their text is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaokan.characters import HANZI, is_chinese, is_chinese_punctuation, is_hanzi
from jiaokan.repair import Certainty, Evidence, Kind, Repair

FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}

_MARKS = re.compile("[,:;!?()]")
# Marks of a decoder for a character that is lost: no question is asked before a pause.
_LOST = re.compile(r"\?\?(?=[,;、])")
_BRACKET = re.compile("[()（）]")
_TIGHT = re.compile(f"[{HANZI}]([,:;!?])(?=[{HANZI}“《「『])")
# What an author's own half-width style looks like: a space behind a mark, or a full stop.
_LOOSE = re.compile(f"[{HANZI}]([,:;!?]) ")
_STOP = re.compile(f"[{HANZI}]\\.(?:[{HANZI} ]|$)", re.MULTILINE)
_FULL = re.compile("[，：；！？（）]")
_UNFOLDABLE = re.compile("[。、“”《》「」『』]")

# Enough of a document to tell whether it is prose, in code points.
_HEAD = 50_000
_FIELDS = re.compile(r"[^,\n]{0,30}(?:,[^,\n]{0,30}){1,}")
_KEY = re.compile(rf"\s*([\w{HANZI}]{{1,8}}):\s?[^，,；;！!？?“”]{{1,40}}$")
_CODE = re.compile(
    r"[{}]|=\s*\S|\);\s*$|[A-Za-z0-9_)]\([ -~]*\)\s*$|:\s*$"
    r"|^\s*(?:#|//|def |class |import |INSERT |SELECT |UPDATE )|^\[?\d\d\d\d-\d\d-\d\d"
)

# How many more half-width marks than witnesses against folding there must be; in a document that a machine annotated
# fewer will do: the same machines fold widths.
_MARGIN = 20
_MARGIN_ANNOTATED = 5
# From so many tight half-width marks on, or from so many different ones, the habit is plain; below, a repair is only
# suggested: an author who writes “a:b” once does so twice.
_PLAIN = 4
_PLAIN_KINDS = 2


@dataclass(frozen=True, slots=True)
class WidthEvidence:
    """The habit of a document: its half-width marks between hanzi, and whether its widths were folded.

    Attributes:
        folded: Whether the full-width marks of the document were folded.
        plain: Whether there are enough of them to be sure.

    """

    folded: bool = False
    plain: bool = False


def gather(text: str, *, annotated: bool = False, chained: bool = False) -> WidthEvidence:
    """Return whether the widths of the document ``text`` (raw) were folded.

    Args:
        text: The whole document.
        annotated: Whether a machine annotated it.
        chained: Whether its no-break spaces became question marks: then one before a blank is none of the author's.
    """
    tight = [match[1] for match in _TIGHT.finditer(text)]
    if not tight or not _UNFOLDABLE.search(text):
        return WidthEvidence()
    if _is_structured(text[:_HEAD]):
        return WidthEvidence()
    loose = sum(1 for match in _LOOSE.finditer(text) if not (chained and match[1] == "?"))
    stops = {match[0] for match in _STOP.finditer(text)}
    # A few, the same ones again and again, beside full stops are no style but a disguise of words: 市.委.
    against = _count(_FULL, text) + loose + (len(stops) if len(stops) > text.count("。") else 0)
    # Nothing but colons: those of labels, which many type half-width.
    plain = set(tight) != {":"} and (len(tight) >= _PLAIN or len(set(tight)) >= _PLAIN_KINDS)
    margin = _MARGIN_ANNOTATED if annotated else _MARGIN
    return WidthEvidence(folded=against * margin <= len(tight), plain=plain)


def _is_structured(text: str) -> bool:
    """Return whether the text is a table, a list of keys and values, or code: there the half-width marks are syntax."""
    lines = [line for line in text.splitlines() if line.strip()]
    rows: dict[int, list[str]] = {}
    for line in lines:
        if _FIELDS.fullmatch(line):
            rows.setdefault(line.count(","), []).append(line)
    table = max(rows.values(), key=len, default=[])
    # By key: 问: and 答: again and again are no keys.
    pairs = list({match[1]: line for line in lines if (match := _KEY.match(line))}.values())
    code = [line for line in lines if _CODE.search(line)]
    is_listed = any(len(part) >= 2 and _is_much(part, lines, 1 / 2) for part in (table, pairs))
    return is_listed or _is_much(code, lines, 1 / 3)


def _is_much(part: list[str], lines: list[str], share: float) -> bool:
    """Return whether ``part`` is this share of the ``lines``; by length half of it will do.

    A few short lines beside a long paragraph are no table and no listing.
    """
    length = sum(map(len, lines))
    return len(part) >= share * len(lines) and sum(map(len, part)) >= share / 2 * length


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def find(text: str, evidence: WidthEvidence) -> list[Repair]:
    """Return the half-width marks of one paragraph that are Chinese punctuation, in a document whose widths were folded."""
    if not evidence.folded:
        return []
    brackets = _brackets(text)
    lost = {position for match in _LOST.finditer(text) for position in range(*match.span())}
    certainty = Certainty.PROBABLE if evidence.plain else Certainty.SUGGESTED
    repairs: list[Repair] = []
    for match in _MARKS.finditer(text):
        position, mark = match.start(), match[0]
        if position in lost:
            continue
        if position in brackets if mark in "()" else _is_chinese_mark(text, position):
            reason = f"“{mark}” stands in Chinese text, and this document's full-width marks were folded."
            proof = Evidence("width.folded", reason)
            repairs.append(Repair.of(text, position, position + 1, FULL_WIDTH[mark], Kind.WIDTH, certainty, proof))
    return repairs


def _is_chinese_mark(text: str, position: int) -> bool:
    """Return whether the mark at ``position`` is Chinese punctuation by its neighbours."""
    left, right = _neighbours(text, position)
    if right.isspace() and position + 1 < len(text.rstrip()):
        return False  # A space behind the mark is the author's own half-width style, and folding leaves none.
    if is_chinese(left) or (left == ")" and _is_chinese_or_edge(right)):
        return True
    # Behind a number, a Latin word or a sign: only before a hanzi, so not in 11:55, 3,000 or English.
    return bool(left) and not left.isspace() and _is_opening(right)


def _is_chinese_or_edge(character: str) -> bool:
    return not character or is_chinese(character)


def _is_opening(character: str) -> bool:
    return is_hanzi(character) or character in tuple("“‘《「『")


def _neighbours(text: str, position: int) -> tuple[str, str]:
    """Return the characters beside ``position``, looking past other foldable marks (as in ”?! and )、)."""
    left = position - 1
    while left >= 0 and text[left] in ",:;!?(":
        left -= 1
    right = position + 1
    while right < len(text) and text[right] in ",:;!?()":
        right += 1
    return text[left] if left >= 0 else "", text[right] if right < len(text) else ""


def _brackets(text: str) -> set[int]:
    """Return the positions of the parentheses that are Chinese: by what the pair holds, surrounds it, or its other half."""
    found: set[int] = set()
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        position = match.start()
        if match[0] in "(（":
            stack.append(position)
        elif stack:
            start = stack.pop()
            full = text[start] == "（" or match[0] == "）"
            if full or _is_chinese_pair(text, start, position):
                found.update((start, position))
    return found


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    first, last = text[start + 1], text[end - 1]
    if is_hanzi(first) or is_hanzi(last) or is_chinese_punctuation(first):
        return True
    before = text[start - 1] if start else ""
    after = text[end + 1] if end + 1 < len(text) else ""
    return is_chinese(before) and (not after or is_chinese(after) or after in FULL_WIDTH)
