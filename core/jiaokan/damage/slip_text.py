"""One paragraph as the search for slips sees it: its characters, the annotations in it and what is left of broken ones."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from jiaokan.characters import CHINESE_PUNCTUATION, HANZI
from jiaokan.readings import LONGEST_READING, PINYIN_LETTERS, is_reading_of, is_syllable

# What a decoder leaves of a byte that it could not pair, besides private-use characters and kept bytes.
_PRINTED_MARKS = frozenset("?\ufffd")
# The marks before which the stream was cut, in both widths.
CUT_MARKS = frozenset("，。！？；、,!?;")

_ANNOTATION = re.compile(f"[(（](?P<reading>[{PINYIN_LETTERS}]{{1,{LONGEST_READING}}})[)）]")
_BROKEN = re.compile(f"(?<![(（A-Za-z{PINYIN_LETTERS}])(?P<reading>[{PINYIN_LETTERS}]{{1,{LONGEST_READING}}})[)）]")
# What a tag looks like when its '<' is gone.
_HEADLESS_TAG = re.compile(
    r"/?(?:p|br|div|span|font|strong|em|b|i|a|td|tr|li|ul|center|img)\b[^<>]{0,200}>", re.IGNORECASE
)


_CHINESE = f"{HANZI}{CHINESE_PUNCTUATION}"
# A letter or sign from 40 to 7E, or the euro sign (80), alone before Chinese: such a byte brings a reader back into step.
STRAY = re.compile(f"[@-~€](?=[{_CHINESE}(（,:;!?]|[{PINYIN_LETTERS}]{{1,{LONGEST_READING}}}[)）]|$)")

OPENING_QUOTES = frozenset("“「")
CLOSING_QUOTES = frozenset("”」")
# What stands before a quotation that is speech, and so may end in 。 (and nothing: the start of the paragraph).
_SPEECH_INTRODUCED = frozenset(("", "：", ":", "，", ",", "。", "！", "!", "？", "?", "”", "」"))
_CLAUSE_END = re.compile("[，。；！？,;!?]")
_BRACKET = re.compile("[()（）]")
# Code points, annotations included.
_LONGEST_TERM = 20
_LONGEST_BRACKETED = 60


class Quotation(Enum):
    """The kinds of quotation. Of some 5,300 terms quoted in a month of newspapers 12 ended in 。 before ”."""

    NONE = "none"
    TERM = "term"
    SPEECH = "speech"


def quotation_opened(before: str) -> Quotation:
    """Return what kind of quotation opens behind the character ``before`` ("" at the start of a paragraph)."""
    return Quotation.SPEECH if before in _SPEECH_INTRODUCED else Quotation.TERM


class Annotation(NamedTuple):
    """A reading printed in the text: where it ends (code points) and the reading."""

    end: int
    reading: str


class SlipText:
    """A paragraph, and where readings are printed in it.

    Attributes:
        text: The paragraph.
        annotations: Readings in parentheses, by the place of the parenthesis.
        broken: Readings whose opening parenthesis is gone, by the place of their first letter.

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.annotations = _printed(_ANNOTATION, text)
        self.broken = _printed(_BROKEN, text)
        self._ends = {annotation.end: start for start, annotation in self.annotations.items()}
        self.is_reading = cache(is_reading_of)

    def is_loss_mark(self, position: int) -> bool:
        """Return whether a decoder's mark for a byte that it could not pair stands at ``position``."""
        if position >= len(self.text):
            return False
        character = self.text[position]
        return character in _PRINTED_MARKS or "\ue000" <= character <= "\uf8ff" or "\udc80" <= character <= "\udcff"

    def is_stray(self, position: int) -> bool:
        """Return whether a lone letter or sign from 40 to 7E stands at ``position``, within Chinese."""
        return STRAY.match(self.text, position) is not None

    def kept_byte(self, position: int) -> int | None:
        """Return the undecodable byte (80-FF) that the decoder kept at ``position``, if it did."""
        code = ord(self.text[position])
        return code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else None

    def is_cut_mark(self, position: int) -> bool:
        """Return whether the character at ``position`` is one of those before which the stream was cut."""
        return self.text[position : position + 1] in CUT_MARKS

    def is_behind_reading(self, position: int) -> bool:
        """Return whether a reading in parentheses ends at ``position``."""
        return position in self._ends

    def quotation(self, position: int) -> Quotation:
        """Return what kind of quotation is open at ``position``."""
        opened = max(self.text.rfind(mark, 0, position) for mark in OPENING_QUOTES)
        closed = max(self.text.rfind(mark, 0, position) for mark in CLOSING_QUOTES)
        if (
            opened < 0
            and closed < 0
            and 0 < position <= _LONGEST_TERM
            and not _CLAUSE_END.search(self.text, 0, position)
        ):
            return Quotation.TERM  # a piece of text that may begin within a quotation
        if opened <= closed:
            return Quotation.NONE
        if position - opened > _LONGEST_TERM or _CLAUSE_END.search(self.text, opened, position):
            return Quotation.SPEECH
        return quotation_opened(self.text[opened - 1 : opened])

    def plain_before(self, position: int, count: int) -> str:
        """Return the ``count`` characters before ``position`` without annotations, filled up with line ends."""
        found: list[str] = []
        while position and len(found) < count:
            start = self._ends.get(position)
            if start is None:
                position -= 1
                found.append(self.text[position])
            else:
                position = start
        return "".join(reversed(found)).rjust(count, "\n")

    def is_closed(self, position: int) -> bool:
        """Return whether a parenthesis that opened before ``position`` closes behind it, within a clause or two."""
        depth = 0
        for match in _BRACKET.finditer(self.text, position, position + _LONGEST_BRACKETED):
            depth += 1 if match[0] in "(（" else -1
            if depth < 0:
                opened = self.text.rfind("(", 0, position), self.text.rfind("（", 0, position)
                closed = self.text.rfind(")", 0, position), self.text.rfind("）", 0, position)
                return max(opened) <= max(closed)
        return False

    def is_headless_tag(self, position: int) -> bool:
        """Return whether a tag without its '<' stands at ``position``."""
        return _HEADLESS_TAG.match(self.text, position) is not None


def _printed(pattern: re.Pattern[str], text: str) -> dict[int, Annotation]:
    return {
        match.start(): Annotation(match.end(), match["reading"])
        for match in pattern.finditer(text)
        if is_syllable(match["reading"])
    }
