"""Where mojibake can be: a whole paragraph that reads strangely, or a stretch of debris in one that is sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from jiaokan.characters import CHINESE_PUNCTUATION, CJK_PUNCTUATION, IDEOGRAPHIC_SPACE, count_hanzi, has_hanzi
from jiaokan.damage.mojibake.charsets import NARROW, UTF_8
from jiaokan.rarity import common_hanzi

Span = tuple[int, int]
"""Start and end, in code points."""

# Debris of bytes read one by one: runs of accented letters, C1 controls, currency and typographic signs, box drawing.
NARROW_SIGNS = (
    "\x80-\xff\u011e\u011f\u0130\u0131\u015e\u015f\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02c7\u02d8-\u02dd\u0393\u0398\u03a3\u03a6"
    "\u03a9\u03b1-\u03c6\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2044\u207f\u20a7\u20ac\u2122"
    "\u2202-\u2265\u2310\u2320\u2321\u2500-\u25ca\uf8ff\ufb01\ufb02"
)
_NARROW_SPAN = re.compile(f"[{NARROW_SIGNS}](?:[{NARROW_SIGNS} -~]*[{NARROW_SIGNS} -~])?")
_NARROW_CHARACTER = re.compile(f"[{NARROW_SIGNS}]")

_ONLY_NARROW = re.compile(f"[{NARROW_SIGNS}\x00-\x7f]*")

# Bytes of the file that were no text in its encoding, with the signs of two bytes and the letters between them.
_KEPT = "[\udc80-\udcff]"
_KEPT_SPAN = re.compile(f"{_KEPT}(?:[\udc80-\udcff\x80-\u07ff!-~]*[\udc80-\udcff\x80-\u07ff@-~])?")

# Signs that Chinese text has of itself: what is (nearly) nothing but a few kinds of these is a table or an ornament.
_MANY_SIGNS = 6
_PLAIN_SIGN = re.compile("[\xa0\xb7\u2013-\u2026\u2500-\u25ff]")
# Punctuation around a span that may be sound while the span is not.
_AROUND = "“”‘’—–…· \xa0"
# Of the characters of a paragraph this share must be strange before readings in other charsets are looked into.
_STRANGE_SHARE = 0.12
_FEWEST_STRANGE = 2
# This share, where bytes are lost and guessed at.
_DEBRIS_SHARE = 0.3
LOSS = re.compile("\ufffd|(?<=[^\x00-\x7f])\\?(?=[^\x00-\x7f])")
"""A mark of lost bytes: U+FFFD, or a question mark within text that is not ASCII."""
MARK = re.compile("\ufffd|(?<=[^\x00-\x7f])\\?|\\?(?=[^\x00-\x7f])")
"""What may be a mark of lost bytes: a question mark beside text that is not ASCII, too."""
# No language has words that are longer on average.
_UNSPACED = 14
# Scripts whose texts are strange as well, and sound.
_SCRIPTS = tuple(
    map(
        re.compile,
        (
            "[\u3041-\u30ff]",
            "[\uac00-\ud7a3]",
            "[\u3105-\u312f]",
            "[\u0400-\u04ff]",
            "[\u0370-\u03ff]",
            "[\u0590-\u08ff]",
            "[\u0900-\u0fff]",
            "[\u1000-\u10ff\u0530-\u058f]",
            "[\u00c0-\u024f\u1e00-\u1eff]",
        ),
    )
)
# Fewer characters of single bytes than this are no hanzi.
_FEWEST_NARROW = 4
_FEWEST_KINDS = 3
# What UTF-8 looks like in a Western charset, Chinese included.
_UTF8_DEBRIS = re.compile("[\xc2-\xf4\u0393\u251c][\x80-\xbf\u2013-\u2122\u0152-\u0192\u02c6\u02dc]")
# UTF-8 without hanzi, kana and their punctuation; what goes on with a sequence can be a sign of loss.
_WESTERN_BYTES = re.compile(
    rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf?]|[\xe0-\xe2\xea-\xef][\x80-\xbf?]{1,2}|[\xf0-\xf4][\x80-\xbf?]{1,3})+"
)
# Text that is neither ASCII nor debris of single bytes; controls are none, which text in UTF-16 is full of for others.
_SYMBOLS = "\u200d\u2100-\u24ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_COUNTED = re.compile(f"[^\t -~{NARROW_SIGNS}{_SYMBOLS}]")
_WORDY = re.compile("[A-Za-z ]")
# So many strange characters with so few between them are a crowd.
_CROWD, _CLOSE = 4, 4
# What a span of misread hanzi stands between.
_SIGNS = f"\t -~{CJK_PUNCTUATION}“”‘’"
_SIGN = re.compile(f"[{_SIGNS}]")
_SIGNS_RUN = re.compile(f"[{_SIGNS}]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@cache
def _strange() -> re.Pattern[str]:
    """Return the pattern of what is counted and is nothing that Chinese text is made of."""
    return re.compile(f"[^\t -~{NARROW_SIGNS}{_SYMBOLS}{common_hanzi()}{CHINESE_PUNCTUATION}{IDEOGRAPHIC_SPACE}]")


def is_strange(text: str) -> bool:
    """Return whether so many characters are rare that the paragraph may have been read in the wrong charset."""
    strange = len(_strange().findall(text))
    if not strange:
        return False
    counted = len(_COUNTED.findall(text))
    enough = counted >= _FEWEST_STRANGE or _CONTROL.search(text) is not None
    return enough and strange > _STRANGE_SHARE * counted


def strangeness(text: str) -> float:
    """Return what share is rare of the characters that are neither ASCII nor signs that bytes read one by one become."""
    counted = len(_COUNTED.findall(text))
    return len(_strange().findall(text)) / counted if counted else 0.0


def is_partly_sound(text: str) -> bool:
    """Return whether common hanzi stand together at an end of the paragraph or around signs in it."""
    return any(piece and not _strange().search(piece) and has_hanzi(piece) for piece in _SIGNS_RUN.split(text))


def is_foreign(text: str) -> bool:
    """Return whether the text is, for the most part, in one script that is neither Latin nor Chinese."""
    return 2 * _in_a_script(text, _SCRIPTS[:-1]) > len(_COUNTED.findall(text))


def is_language(text: str) -> bool:
    """Return whether the text is in a script that bytes of Chinese never become for long, with words in it."""
    if LOSS.search(text) or _CONTROL.search(text):
        return False
    return 2 * _in_a_script(text, _SCRIPTS[2:]) > len(_COUNTED.findall(text))


def is_debris(text: str) -> bool:
    """Return whether the paragraph is so strange that no text reads like it: not even one with another script in it."""
    strange, counted = len(_strange().findall(text)), len(_COUNTED.findall(text))
    if not LOSS.search(text):
        strange -= _in_a_script(text, _SCRIPTS)
    return strange > _DEBRIS_SHARE * counted


def _in_a_script(text: str, scripts: Sequence[re.Pattern[str]]) -> int:
    """Return how many letters of one of the scripts there are, of the one with most.

    A long text without a space is in none that puts spaces between its words.
    """
    spaced = text.count(" ") * _UNSPACED + _UNSPACED
    found = ((script, len(script.findall(text))) for script in scripts)
    return max(count if script is _SCRIPTS[0] or count < spaced else 0 for script, count in found)


def kept_spans(text: str) -> Iterator[Span]:
    """Yield the spans of another charset in a file of UTF-8: bytes that were kept, and what they read as by accident."""
    for match in _KEPT_SPAN.finditer(text) if not text.isascii() else ():
        yield match.span()


def wide_spans(text: str) -> Iterator[tuple[Span, ...]]:
    """Yield the spans in which strange characters crowd: up to the signs and the ASCII around them, and the crowd alone."""
    places = [match.start() for match in _strange().finditer(text)]
    if len(places) < _CROWD or is_language(text):
        return
    breaks = [
        index
        for index, (here, following) in enumerate(pairwise(places), 1)
        if following - here > _CLOSE or _SIGN.search(text, here, following)
    ]
    for first, last in pairwise((0, *breaks, len(places))):
        if last - first >= _CROWD:
            yield _extents(text, places[first], places[last - 1] + 1)


def _extents(text: str, first: int, last: int) -> tuple[Span, ...]:
    """Return the span up to the signs around it, and as it is."""
    start, sign = first, _SIGN.search(text, last)
    while start and not _SIGN.match(text, start - 1):
        start -= 1
    return tuple(dict.fromkeys(((start, sign.start() if sign else len(text)), (first, last))))


def narrow_spans(text: str) -> Iterator[tuple[Span, ...]]:
    """Yield the spans that can be Chinese whose bytes were read one by one: each as far as it may reach, widest first.

    Quotation marks, dots and spaces at the ends of one can belong to it or to the sound text around it.
    """
    for match in _NARROW_SPAN.finditer(text):
        start = match.end() - len(match[0].lstrip(_AROUND))
        end = match.start() + len(match[0].rstrip(_AROUND))
        if start < end and _is_bytes(text[start:end], alone=not (text[:start] + text[end:]).strip(_AROUND)):
            whole = [(0, len(text))] if _ONLY_NARROW.fullmatch(text) else []
            starts, ends = dict.fromkeys((match.start(), start)), dict.fromkeys((match.end(), end))
            yield tuple(dict.fromkeys([*whole, *((first, last) for first in starts for last in ends)]))


def _is_bytes(span: str, *, alone: bool) -> bool:
    """Return whether the span looks like bytes, not like words of another language; ``alone``: nothing else is there."""
    narrow = _NARROW_CHARACTER.findall(span)
    plain = _PLAIN_SIGN.findall(span)
    if len(narrow) < len(_WORDY.findall(span)) or all("\u0391" <= character <= "\u03c9" for character in narrow):
        return False
    if 4 * len(plain) > 3 * len(narrow) and len(set(plain)) < _MANY_SIGNS:
        return False
    if _is_western(span):
        return False
    if (
        len(narrow) >= _FEWEST_NARROW
        and max(len(set(narrow) - set(plain)), len(set(plain)) - _FEWEST_KINDS) >= _FEWEST_KINDS
    ):
        return True
    return alone and len(set(narrow)) > 1 and " " not in span


def _is_western(span: str) -> bool:
    """Return whether the span is UTF-8 without a hanzi in it: what no charset of Chinese looks like by accident.

    Its bytes may be incomplete: readers show ? or U+FFFD for what they could not read.
    """
    for charset in NARROW:
        data = charset.encode(span.replace("\ufffd", "?"))
        if data and _WESTERN_BYTES.fullmatch(data):
            text = data.decode("utf-8", "replace")
            if not _UTF8_DEBRIS.search(text) and not _holds_hanzi(text):
                return True
    return False


def _holds_hanzi(text: str) -> bool:
    """Return whether the text is UTF-8 that was read one byte at a time, once more, with hanzi in it."""
    readings = (UTF_8.decode(data) for charset in NARROW if (data := charset.encode(text)) is not None)
    return any(count_hanzi(reading or "") for reading in readings)
