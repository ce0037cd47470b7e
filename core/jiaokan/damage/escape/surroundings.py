r"""Where escapes stand: among text, or where they are at home.

At home they are in string literals, regular expressions and commands, in addresses, and in talk of escapes: a sentence that
explains ``\u4e2d`` names the character itself or speaks of encodings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise

from jiaokan.characters import CHINESE_PUNCTUATION, HANZI, count_hanzi
from jiaokan.damage.escape.notations import Run


class Place(Enum):
    """Where a run of escapes stands."""

    TEXT = "text"  # in Chinese text, or a text of its own
    APART = "apart"  # neither: alone, or among words of another language
    ADDRESS = "address"
    CODE = "code"
    TALK = "talk"


# Words without which nobody explains an escape.
TALK = re.compile(
    r"转义|轉義|跳脫|逸出|编码|編碼|解码|解碼|转码|轉碼|码点|碼點|码位|碼位|内码|內碼|代码点|字符|字元|字节|字節|位元組|正则|正則|十六进制|十六進位"
    r"|十六進制|八进制|八進位|八進制|乱码|亂碼|unicode|\butf-?(?:7|8|16)|\bascii\b|\bgbk\b|\bgb2312\b|\bgb18030\b|\bbig5\b|\biso-2022"
    r"|\bescap|\bencod|\bdecod|\bbase64\b|\bmime\b|quoted-printable|\brtf\b|\bjson\b|\burl\b|\bregex|charset"
    r"|code ?point|javascript",
    re.IGNORECASE,
)
# A string between ASCII quotation marks, or what stands between backticks.
_LITERAL = re.compile(
    r"""(?<![A-Za-z0-9_"'])(?:[bruBRUfL]{1,2}|\$)?(["'])(?:\\.|(?!\1)[^\\\n]){0,2000}?\1(?![A-Za-z0-9_"'])"""
)
_BACKTICKS = re.compile(r"`[^`\n]{1,500}`")
# What may stand between a word and a string of a program.
_OPENERS = ":,(["
_CLOSED = re.compile(r"\s*(?:[,:;)\]}+.]|$)")
_ADDRESS = re.compile(rf"(?:[A-Za-z][A-Za-z0-9+.-]{{1,12}}:|www\.)[^\s{HANZI}{CHINESE_PUNCTUATION}<>\"]+")
# What an address has around its escapes even without its beginning: name/%E4…, ?q=%E4…, %E4….html.
_PIECE = re.compile(rf"[^\s{HANZI}{CHINESE_PUNCTUATION}<>\"()]+")
_ADDRESS_SIGN = re.compile(r"[/?&#@=]|\.[a-z]{2,5}\b", re.IGNORECASE)
# A line of a program, of its data or of a session: what stands in it besides escapes.
_CODE = re.compile(
    r"""^\s*(?:>>>|\.\.\.\s|In\ \[|\$\s|\#\s*include\b|//|/\*|\#!|[{}]|[\[\]],?\s*$)"""
    r"""|^\s*(?:var|let|const|def|class|import|from|return|if|elif|for|while|print|public|private|static|char|string|echo
           |printf|grep|sed|perl|python3?|msgid|msgstr)\b(?=[\s(]*[\x21-\x7e])"""
    r"""|^\s*[\w.\-]+\s?=(?!\?|[0-9A-F]{2}|$)|[\w)\]]\s?[=!]=|\w\(["'\\]|["']\s?:\s?["'\[{\\]|=>|->|::|&&|\|\||[{}]\s*$|\)\s*;\s*$"""
    r"""|\[\^""",
    re.VERBOSE,
)
_RANGE = re.compile(r"\s?(?:-|~|–|～|\.\.)\s?")
_QUANTIFIED = re.compile(r"[+*?]?[\])][+*?{]|[*{]")
_LATIN = re.compile("[A-Za-z]+")
_CHINESE = re.compile(f"[{HANZI}{CHINESE_PUNCTUATION}]")
# A text of another language has more letters than this to every Chinese character.
_LETTERS_EACH = 3
# Longer runs, and runs of a crowd, do not stand beside what they spell, to explain it.
_LONGEST_EXPLAINED = 8
_CROWD = 30
# A run that has no Chinese beside it is a text of its own from so many hanzi on.
_OWN_TEXT = 4
# Stands for each character of a run.
_BLANK = "\ufffc"
_BLANKS = re.compile(f"{_BLANK}+")
# How far away the Chinese that a run belongs to may be (code points).
_REACH = 12


def blanked(text: str, runs: Sequence[Run]) -> str:
    """Return ``text``, as long as before, with every character of the ``runs`` (in order) replaced by a blank."""
    pieces: list[str] = []
    position = 0
    for run in runs:
        pieces += (text[position : run.start], _BLANK * (run.end - run.start))
        position = run.end
    return "".join([*pieces, text[position:]])


def places(rest: str, runs: Sequence[Run]) -> list[Place]:
    """Return where each of the ``runs`` (in order) stands in their paragraph, of which ``rest`` is the blanked text."""
    if TALK.search(rest):
        return [Place.TALK] * len(runs)
    sides = _sides(rest)
    decoded = sum(count_hanzi(meant(run.reading.text)) for run in runs)
    foreign = sum(map(len, _LATIN.findall(rest))) > _LETTERS_EACH * (decoded + len(_CHINESE.findall(rest)))
    code = bytearray(b"\1" * len(rest)) if _CODE.search(rest) else _code(rest, sides)
    addresses = _marked(rest, _addresses(rest))
    found: list[Place] = []
    for index, run in enumerate(runs):
        if len(runs) <= _CROWD and _is_explained(run, rest):
            found.append(Place.TALK)
        elif run.notation.name == "percent" and addresses[run.start]:
            found.append(Place.ADDRESS)
        elif code[run.start] or _is_pattern(rest, runs, index):
            found.append(Place.CODE)
        elif foreign or not _is_among_text(run, sides):
            found.append(Place.APART)
        else:
            found.append(Place.TEXT)
    return found


def meant(decoded: str) -> str:
    """Return what the text of a run means: if it was misread as Latin-1 before it was escaped, what was written."""
    if decoded.isascii():
        return decoded
    try:
        return decoded.encode("latin-1").decode()
    except UnicodeError:
        return decoded


def _sides(rest: str) -> bytearray:
    """Return which code points are Chinese (1) or belong to a run (2), 0 for the others."""
    sides = _marked(rest, (match.span() for match in _CHINESE.finditer(rest)))
    for match in _BLANKS.finditer(rest):
        sides[match.start() : match.end()] = b"\2" * (match.end() - match.start())
    return sides


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return which code points of ``text`` lie in one of the ``spans``."""
    marked = bytearray(len(text))
    for start, end in spans:
        marked[start:end] = b"\1" * (end - start)
    return marked


def _code(text: str, sides: bytearray) -> bytearray:
    """Return which code points stand in a string literal or between backticks."""
    spans = [match.span() for match in _BACKTICKS.finditer(text)]
    spans += [match.span() for match in _LITERAL.finditer(text) if _is_literal(text, match, sides)]
    return _marked(text, spans)


def _is_literal(text: str, match: re.Match[str], sides: bytearray) -> bool:
    """Return whether what stands in quotation marks is a string of a program, not what somebody says."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    left = match.start() - len(before) + len(before.rstrip().rstrip(_OPENERS).rstrip()) - 1
    if left < 0 or not before:
        return _CLOSED.match(text, match.end()) is not None
    if sides[left] == 1:
        return before[-1].isspace()
    return sides[left] == 0 and (before[-1].isspace() or before[-1] in "=+?<>|" + _OPENERS)


def _addresses(rest: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of addresses, and of pieces of addresses that have a run in them."""
    for match in _ADDRESS.finditer(rest):
        yield match.span()
    for match in _PIECE.finditer(rest):
        if _BLANK in match[0] and _ADDRESS_SIGN.search(match[0]):
            yield match.span()


def _is_explained(run: Run, rest: str) -> bool:
    """Return whether what the run spells stands beside it."""
    text = run.reading.text
    return len(text) <= _LONGEST_EXPLAINED and count_hanzi(text) > 0 and text in rest


def _is_pattern(text: str, runs: Sequence[Run], index: int) -> bool:
    r"""Return whether the run is the end of a range, as in ``[\u4e00-\u9fff]``, or otherwise of a regular expression."""
    run = runs[index]
    if _QUANTIFIED.match(text, run.end):
        return True
    around = [*runs[max(0, index - 1) : index], run, *runs[index + 1 : index + 2]]
    return any(
        len(one.reading.text) == len(other.reading.text) == 1 and _RANGE.fullmatch(text, one.end, other.start)
        for one, other in pairwise(around)
    )


def _is_among_text(run: Run, sides: bytearray) -> bool:
    """Return whether the run stands near Chinese or another run, or is a text of its own."""
    near = any(sides[max(0, run.start - _REACH) : run.start]) or any(sides[run.end : run.end + _REACH])
    return near or count_hanzi(meant(run.reading.text)) >= _OWN_TEXT or run.end - run.start == len(sides)
