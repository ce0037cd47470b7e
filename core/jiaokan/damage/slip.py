"""Slips: text that was read out of step, 管理?xiàng)l例 for 管理條例, 體系?!秉h中央 for 體系。”黨中央.

This module finds the places where a slip may have happened, lets the search explain them, and accepts an explanation
that beats the text as it stands by a margin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from math import log
from os.path import commonprefix
from typing import NamedTuple

from jiaokan.characters import CHINESE_PUNCTUATION, HANZI, count_hanzi, is_chinese
from jiaokan.damage import slip_prices as price
from jiaokan.damage.annotation import is_in_gb2312
from jiaokan.damage.slip_bytes import guesser
from jiaokan.damage.slip_prices import Prices
from jiaokan.damage.slip_search import Found, SlipSearch
from jiaokan.damage.slip_text import SlipText
from jiaokan.doublebyte import big5
from jiaokan.language_model import DocumentCounts, LanguageModel, MixedModel
from jiaokan.rarity import common_pattern, rare_crowd_pattern
from jiaokan.readings import LONGEST_READING, PINYIN_LETTERS
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair
from jiaokan.replay import slip_replays

_CHINESE = f"{HANZI}{CHINESE_PUNCTUATION}"
_LOST = "?\ufffd\ue000-\uf8ff\udc80-\udcff"
_ANNOTATED = f"[{PINYIN_LETTERS}]{{1,{LONGEST_READING}}}[)）]"
# What a decoder leaves behind where it lost a byte: a mark near Chinese text, or a reading without its parenthesis.
# Two kept bytes that GBK would have read as a pair: they are of a character of UTF-8, and no slip.
_REST_OF_UTF8 = "[\udce3-\udce9\udcef][\udc80-\udcbf]"
_MARK = f"(?!{_REST_OF_UTF8})(?:(?:(?<=[{_CHINESE})0-9,:;!?(])|^)[{_LOST}]|(?<=[A-Za-z])[{_LOST}](?=[?{_CHINESE}]))"
_READING = f"(?<=[{_CHINESE}])[(（]?{_ANNOTATED}"
# The byte that brought the reader back into step: a letter or sign from 40 to 7E alone within Chinese.
_STRAY = f"(?<=[{_CHINESE}])[@-~€](?=[{_CHINESE}(（,:;!?]|$)"
_SUSPECT = re.compile(f"(?P<mark>{_MARK})|(?P<reading>{_READING})|(?P<stray>{_STRAY})")
# Cheap test whether a document can hold a slip at all.
_ANY_SUSPECT = re.compile(f"[{_CHINESE})][{_LOST}]|{_STRAY}", re.MULTILINE)

# A reading whose parenthesis the loss mark swallowed, and a loss mark where the stream was cut.
_STRUCK = re.compile(f"[{_LOST}]{_ANNOTATED}")
_MARKED_CUT = re.compile(f"[{_CHINESE})][{_LOST}][，。！；、,!;]")
_CUT = re.compile(f"(?<=[{_CHINESE})])[，。！？；、,!?;]")

# What is no witness for how the document writes: it is out of step itself, and may stand there many times.
_SURELY_SLIPPED = re.compile(
    f"(?:[{_LOST}](?=[，。！？；、,!?;]|{_ANNOTATED}|/?[a-z]{{1,6}}>)|\ufffd|{_STRAY})[^\n]{{0,6}}"
)

# How far a slip is followed, and within how much of it its start is looked for when nothing marks it, in code points.
_REACH = 1000
_BACK = 12
# How many searches of a paragraph may be in vain, besides one for each reach of text.
_FAILURES = 8
# By how many nats an explanation must beat the text as it stands.
_MARGIN = 4.0
_MARGIN_UNSEEN = 7.0
# Text that costs more than this a character is suspected of being read out of step (running text costs 4 to 5).
_STRANGE = 7.5
# The same around what may be a trace of a slip.
_STRANGE_NEAR = 5.8
# Text that costs more than this is no text, and text below that is plain.
_UNREADABLE = 9.5
_PLAIN = 5.5
# Over how many code points these costs are averaged; the second where rare hanzi crowd.
_WINDOW = 5
_CROWD = 7
# Both bytes of a character were cut off, each for itself: no question is asked before a pause.
_GONE = re.compile(f"(?<=[{HANZI}])[?\ufffd]{{2}}(?=[，；、,;])")
# A slip that nothing explains is marked from one of these marks on, if it is at least so long (code points).
_PLAIN_MARKS = frozenset("?\ufffd")
_SHORTEST_LOSS = 4
# From this share of Traditional characters on a document can have been written in Big5.
_TRADITIONAL = 0.6
# Any two bytes may have been a pair that was dropped without a trace: a reading in which nothing was chosen is certain
# if all others, with such pairs, are this far behind.
_CERTAIN_MARGIN = 6.0
# Candidates further behind the best than this are not worth showing, in nats.
_CANDIDATE_RANGE = 12.0
_QUOTES = ("“”", "‘’", "「」", "『』")
# So many of them show how the decoder works.
_FEWEST_STRUCK = 2
# A document uses a kind of quotation marks if it has at least so many of it per code point.
_QUOTES_USED = 1 / 5000
# Signs that fold to ASCII are cheap for the language model, and rare in text. Letters and digits in full width are
# common in some documents.
_ODD_WIDTH = frozenset("\u3000") | frozenset(map(chr, range(0xFF01, 0xFF5F))) - frozenset("，：；！？（）％")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW = re.compile("[0-9A-Za-z]")
# A share of rare hanzi that slips do not reach in a document of more than so many hanzi.
_GARBLED = 0.4
_FEW_HANZI = 400
# A paragraph in which every fourth character is suspect is no text with slips. Code points.
_SUSPECTS_EACH = 4
_SHORT = 60
# Enough of a document to tell its script, in code points.
_SCRIPT_SAMPLE = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class SlipEvidence:
    """What the document says: its own n-grams (None if nothing in it can be a slip) and its script.

    Attributes:
        counts: The document's own n-grams.
        annotated: The characters that the document annotates everywhere, each with its reading.
        traditional: Share of Traditional among the characters that differ between the scripts.
        quotes: The quotation marks that the document uses.
        wide: Share of full-width among letters and digits.
        private_use: Whether there are private-use characters in it.
        drops: Whether the decoder dropped dangling bytes, so that nothing marks the start of a slip at a cut.

    """

    counts: DocumentCounts | None = None
    annotated: Mapping[str, str] = field(default_factory=dict)
    traditional: float = 0.5
    quotes: frozenset[str] = frozenset()
    wide: float = 0.0
    private_use: bool = False
    drops: bool = False


def gather(text: str, annotated: Mapping[str, str]) -> SlipEvidence:
    """Return what the document ``text`` (raw) says, if anything in it can be a slip.

    ``annotated`` are the characters that it annotates everywhere.
    """
    if _ANY_SUSPECT.search(text) is None and rare_crowd_pattern().search(text) is None:
        return SlipEvidence()
    if _is_garbled(text):
        return SlipEvidence()
    plain = _SURELY_SLIPPED.sub("\n", re.sub(_READING, "", text))
    sample = plain[:_SCRIPT_SAMPLE]
    quotes = frozenset(mark for pair in _QUOTES if _QUOTES_USED * len(sample) < sample.count(pair[0]) for mark in pair)
    drops = len(_STRUCK.findall(text)) >= _FEWEST_STRUCK and _MARKED_CUT.search(text) is None
    return SlipEvidence(
        DocumentCounts.of(plain),
        annotated,
        _traditional_share(sample),
        quotes,
        _wide_share(sample),
        _PRIVATE_USE.search(text) is not None,
        drops,
    )


def _wide_share(text: str) -> float:
    wide = len(_WIDE.findall(text))
    return wide / (wide + len(_NARROW.findall(text)) + 1)


def _is_garbled(text: str) -> bool:
    """Return whether so many hanzi are rare that the whole document was read in the wrong charset: no slip looks so."""
    hanzi = count_hanzi(text[:_SCRIPT_SAMPLE])
    return hanzi > _FEW_HANZI and hanzi - len(common_pattern().findall(text[:_SCRIPT_SAMPLE])) > _GARBLED * hanzi


def _traditional_share(text: str) -> float:
    traditional = sum(map(is_traditional_only, text))
    simplified = sum(map(is_simplified_only, text))
    return (traditional + 1) / (traditional + simplified + 2)


@cache
def is_traditional_only(character: str) -> bool:
    """Return whether ``character`` has a Simplified form that differs from it."""
    return "\u3400" <= character <= "\u9fff" and LanguageModel.load().fold(character) != character


@cache
def is_simplified_only(character: str) -> bool:
    """Return whether ``character`` is a Simplified form that Traditional text does not have: GB2312 has it, Big5 not."""
    return "\u4e00" <= character <= "\u9fff" and character not in big5().pairs and is_in_gb2312(character)


def find(text: str, evidence: SlipEvidence) -> list[Repair]:
    """Return the slips of one paragraph."""
    if evidence.counts is None:
        return []
    suspects = [(match.start(), match.end(), match.lastgroup or "") for match in _SUSPECT.finditer(text)]
    suspects += [(match.start(), match.end(), "crowd") for match in rare_crowd_pattern().finditer(text)]
    if evidence.drops:
        suspects += [(match.start(), match.end(), "cut") for match in _CUT.finditer(text)]
    if len(text) > _SHORT and len(suspects) * _SUSPECTS_EACH > len(text):
        return []
    desk: _Desk | None = None
    repairs: list[Repair] = []
    position = 0
    for suspect in sorted(suspects):
        if suspect[0] >= position:
            desk = desk or _Desk(text, evidence)
            found = desk.examine(_Suspect(*suspect), position)
            if found is not None:
                repairs.append(found[0])
                position = found[1]
    return repairs


class _Suspect(NamedTuple):
    """What may be the trace of a slip: its span (code points) and what it is: "mark", "reading", "stray", "crowd", "cut"."""

    start: int
    end: int
    trace: str


@lru_cache(maxsize=2)
def _prices(evidence: SlipEvidence) -> Prices:
    """Return what characters cost in the document; once for all its paragraphs."""
    counts = evidence.counts
    model = LanguageModel.load()
    mixed = MixedModel(model, counts or DocumentCounts.of(""))
    share = min(0.99, max(0.01, evidence.traditional))
    traditional, simplified = -log(share), -log(1 - share)

    strange_quotes = frozenset("".join(_QUOTES)) - evidence.quotes if evidence.quotes else frozenset()
    wide = min(price.ODD_WIDTH, -log(evidence.wide)) if evidence.wide else price.ODD_WIDTH

    @cache
    def foreign(character: str) -> float:
        if is_traditional_only(character):
            return traditional
        if is_simplified_only(character):
            return simplified
        if character in strange_quotes:
            return price.ODD_QUOTE
        if _WIDE.match(character):
            return wide
        return price.ODD_WIDTH if character in _ODD_WIDTH else 0.0

    prices = Prices(
        mixed.conditional,
        mixed.conditional_elsewhere,
        mixed.fold,
        foreign,
        evidence.annotated,
        drops_pairs=not evidence.private_use,
    )
    if not evidence.drops:
        return prices
    return replace(
        prices,
        enter_at_mark=price.ENTER_AT_ODD_MARK,
        enter_unseen_at_cut=price.ENTER_DROPPED,
        leave_unseen=price.LEAVE_DROPPED,
    )


class _Desk:
    """One paragraph under examination."""

    def __init__(self, text: str, evidence: SlipEvidence) -> None:
        self._slip_text = SlipText(text)
        self._prices = _prices(evidence)
        # Pages of the mainland are GBK in either script; Big5 has Traditional characters only,
        # and the list of annotations is one of GBK.
        self._margin_unseen = _MARGIN if evidence.drops else _MARGIN_UNSEEN
        # So that the time stays linear in text that is strange all over, and no slip.
        self._failures_left = _FAILURES + len(text) // _REACH
        both = evidence.traditional > _TRADITIONAL and not evidence.annotated
        self._charsets = ("gbk", "big5") if both else ("gbk",)

    def examine(self, suspect: _Suspect, earliest: int) -> tuple[Repair, int] | None:
        """Return the repair of the slip that shows at ``suspect``, and where the search ended; None if it is none.

        Code points before ``earliest`` belong to another repair.
        """
        if self._failures_left <= 0:
            return None
        place = suspect.start
        found = None
        if self._begins_slip(suspect):
            found = self._best(place, suspect.end, unseen=False, margin=_MARGIN)
        if found is None and suspect.trace != "reading" and self._is_within_slip(suspect, earliest):
            place = self._start_of_strangeness(place, earliest)
            found = self._best(place, max(suspect.end, place + _BACK), unseen=True, margin=self._margin_unseen)
        if found is None:
            return self._loss(suspect)
        self._failures_left += 1
        return self._repair(place, *found)

    def _loss(self, suspect: _Suspect) -> tuple[Repair, int] | None:
        """Return the mark on text that was plainly read out of step but that no slip explains, None if it is plain."""
        text, start = self._slip_text.text, suspect.start
        gone = _GONE.match(text, start)
        if gone:
            evidence = Evidence("slip.gone", "A character of which both bytes are gone.")
            return Repair.of(text, *gone.span(), gone[0], Kind.SLIP, Certainty.LOST, evidence), gone.end()
        if suspect.trace != "mark" or text[start] not in _PLAIN_MARKS or self._explains_itself(start):
            return None
        end = start + 1
        while end < len(text) and is_chinese(text[end]) and self._strangeness(end, end + _WINDOW) > _UNREADABLE:
            end += 1
        if end - start < _SHORTEST_LOSS:
            return None
        evidence = Evidence("slip.lost", "Read out of step, and nothing that fits the bytes is plain text.")
        lost = Repair.of(text, start, end, text[start:end], Kind.SLIP, Certainty.LOST, evidence)
        return lost, end

    def _explains_itself(self, place: int) -> bool:
        """Return whether the mark at ``place`` can be a question mark of the text: what comes behind it is plain."""
        return self._strangeness(place + 1, place + 1 + _WINDOW) <= _UNREADABLE

    def _best(self, start: int, suspect: int, *, unseen: bool, margin: float) -> tuple[Found, str] | None:
        """Return the best explanation of the text from ``start`` on, with its charset, if it beats the text as it is."""
        limit = min(len(self._slip_text.text), suspect + _REACH)
        best: tuple[Found, str] | None = None
        self._failures_left -= 1
        for charset in self._charsets:
            search = SlipSearch(self._slip_text, guesser(charset), self._prices, unseen=unseen)
            found = search.run(start, suspect, limit)
            if found is not None and found.gain >= margin and (best is None or found.gain > best[0].gain):
                best = found, charset
        return best

    def _begins_slip(self, suspect: _Suspect) -> bool:
        """Return whether a slip can begin where ``suspect`` shows."""
        text, place = self._slip_text, suspect.start
        if suspect.trace == "reading":
            reading = text.annotations.get(place) or text.broken.get(place)
            # With its parenthesis: only a reading that does not belong to the character before it.
            return (
                reading is not None
                and not reading.reading.isascii()
                and not text.is_reading(reading.reading, text.plain_before(place, 1))
            )
        if suspect.trace != "mark" or place + 1 >= len(text.text):
            return False
        named = place + 1 in text.broken or place + 1 in text.annotations
        if named or text.is_cut_mark(place + 1) or text.is_stray(place + 1):
            return True
        return self._strangeness(place + 1, place + 5) > _STRANGE

    def _is_within_slip(self, suspect: _Suspect, earliest: int) -> bool:
        """Return whether the text around ``suspect`` reads like text out of step."""
        if suspect.trace == "cut":
            text, behind = self._slip_text, suspect.end
            swallowed = text.is_loss_mark(behind) and text.is_headless_tag(behind + 1)
            return swallowed or self._strangeness(suspect.start, suspect.start + 4) > _STRANGE
        if suspect.trace == "crowd":  # classical texts and names have rare hanzi too, but plain ones between them
            return self._strangeness(suspect.start, suspect.start + _CROWD) > _UNREADABLE
        start = max(earliest, suspect.start - 3)
        return self._strangeness(start, max(suspect.end, start + 3)) > _STRANGE_NEAR

    def _start_of_strangeness(self, place: int, earliest: int) -> int:
        """Return where, going back from ``place``, the text begins to be strange, and a little before that."""
        start = place
        while start > earliest and place - start < _REACH:
            window = max(earliest, start - _WINDOW)
            if self._strangeness(window, start) < _PLAIN and start < place:
                break
            start = window
        return max(earliest, start - _WINDOW)

    def _strangeness(self, start: int, end: int) -> float:
        """Return what the characters of the span (code points) cost on average, in nats."""
        text = self._slip_text.plain_before(min(end, len(self._slip_text.text)), end - start + 2)
        folded = self._prices.fold(text)
        costs = list(map(self._prices.kept, folded, folded[1:], folded[2:]))
        return -sum(costs) / len(costs)

    def _repair(self, start: int, found: Found, charset: str) -> tuple[Repair, int] | None:
        text = self._slip_text.text
        raw = text[start : found.end]
        best = found.readings[0]
        kept = [reading for reading in found.readings if reading.cost <= best.cost + _CANDIDATE_RANGE]
        head, tail = _common([raw, *(reading.text for reading in kept)])
        if best.text == raw:
            return None
        candidates = tuple(Candidate(_inner(reading.text, head, tail), best.cost - reading.cost) for reading in kept)
        after = candidates[0].text
        alone = len(candidates) < 2 or candidates[1].score < -_CERTAIN_MARGIN
        certain = (
            alone
            and best.free == 0
            and slip_replays(text, start + head, found.end - tail, after, guesser(charset).charset)
        )
        repair = Repair.of(
            text,
            start + head,
            found.end - tail,
            after,
            Kind.SLIP,
            Certainty.CERTAIN if certain else Certainty.PROBABLE,
            _evidence(after, raw[head : len(raw) - tail], charset, certain=certain),
            () if certain else candidates,
        )
        return repair, found.end - tail


def _inner(text: str, head: int, tail: int) -> str:
    return text[head : len(text) - tail]


def _common(texts: list[str]) -> tuple[int, int]:
    """Return how many characters all texts share at the start and, behind those, at the end."""
    head = len(commonprefix(texts))
    tail = len(commonprefix([text[head:][::-1] for text in texts]))
    return head, tail


def _evidence(after: str, before: str, charset: str, *, certain: bool) -> Evidence:
    reason = (
        "The bytes, paired again in step, can spell nothing else."
        if certain
        else "Read out of step: a byte is lost, and what the language makes likely was chosen among the bytes that fit."
    )
    return Evidence(
        "slip.certain" if certain else "slip.chosen",
        reason,
        intended=after.encode(charset, "replace"),
        read=before.encode(charset, "replace"),
    )
