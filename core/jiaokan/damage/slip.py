"""Slips: text that was read out of step, 管理?xiàng)l例 for 管理條例, 體系?!秉h中央 for 體系。”黨中央.

This module finds the places where a slip may have happened, lets the search explain them, and accepts an explanation
that beats the text as it stands by a margin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from os.path import commonprefix
from typing import TYPE_CHECKING

from jiaokan.characters import CHINESE_PUNCTUATION, HANZI
from jiaokan.damage.annotation import is_in_gb2312
from jiaokan.damage.slip_search import Found, Prices, SlipSearch
from jiaokan.damage.slip_text import SlipText
from jiaokan.doublebyte import big5, gbk
from jiaokan.language_model import DocumentCounts, LanguageModel, MixedModel
from jiaokan.readings import PINYIN_LETTERS
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair

if TYPE_CHECKING:
    from jiaokan.survey import Survey

_CHINESE = f"{HANZI}{CHINESE_PUNCTUATION}"
# What a decoder leaves behind where it lost a byte: a mark behind Chinese text, or a reading without its parenthesis.
_MARK = f"(?<=[{_CHINESE})0-9])[?\ufffd\ue000-\uf8ff\udc80-\udcff](?=.)"
_READING = f"(?<=[{_CHINESE}])[(（]?[{PINYIN_LETTERS}]{{1,6}}[)）]"
# The byte that brought the reader back into step: a letter or sign from 40 to 7E alone within Chinese.
_STRAY = f"(?<=[{_CHINESE}])[@-~](?=[{_CHINESE}(（]|$)"
_SUSPECT = re.compile(f"(?P<mark>{_MARK})|(?P<reading>{_READING})|(?P<stray>{_STRAY})")
# Cheap test whether a document can hold a slip at all.
_ANY_SUSPECT = re.compile(f"[{_CHINESE})][?\ufffd\ue000-\uf8ff\udc80-\udcff][^ \n]|{_STRAY}")

# How far a slip is followed, and how far back its start is looked for when nothing marks it, in code points.
_REACH = 400
_BACK = 40
# By how many nats an explanation must beat the text as it stands.
_MARGIN = 5.0
_MARGIN_UNSEEN = 10.0
# Text that costs more than this a character is suspected of being read out of step (running text costs 4 to 5).
_STRANGE = 7.5
# Candidates further behind the best than this are not worth showing, in nats.
_CANDIDATE_RANGE = 12.0
# Enough of a document to tell its script, in code points.
_SCRIPT_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class SlipEvidence:
    """What the document says: its own n-grams (None if nothing in it can be a slip) and its script.

    Attributes:
        counts: The document's own n-grams.
        traditional: Share of Traditional among the characters that differ between the scripts.

    """

    counts: DocumentCounts | None = None
    traditional: float = 0.5


def gather(text: str) -> SlipEvidence:
    """Return the document's n-grams and script, if anything in it (raw) can be a slip."""
    if _ANY_SUSPECT.search(text) is None:
        return SlipEvidence()
    plain = re.sub(_READING, "", text)
    return SlipEvidence(DocumentCounts.of(plain), _traditional_share(plain[:_SCRIPT_SAMPLE]))


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


def find(text: str, evidence: Survey) -> list[Repair]:
    """Return the slips of one paragraph."""
    if evidence.slip.counts is None:
        return []
    desk: _Desk | None = None
    repairs: list[Repair] = []
    position = 0
    for match in _SUSPECT.finditer(text):
        if match.start() >= position:
            desk = desk or _Desk(text, evidence)
            found = desk.examine(match, position)
            if found is not None:
                repairs.append(found[0])
                position = found[1]
    return repairs


@lru_cache(maxsize=2)
def _prices(evidence: Survey) -> Prices:
    """Return what characters cost in the document; once for all its paragraphs."""
    counts = evidence.slip.counts
    model = LanguageModel.load()
    mixed = MixedModel(model, counts or DocumentCounts({}, {}, {}))
    share = min(0.99, max(0.01, evidence.slip.traditional))
    traditional, simplified = -log(share), -log(1 - share)

    @cache
    def foreign(character: str) -> float:
        if is_traditional_only(character):
            return traditional
        return simplified if is_simplified_only(character) else 0.0

    return Prices(mixed.conditional, mixed.conditional_elsewhere, mixed.fold, foreign, evidence.annotation.habitual)


class _Desk:
    """One paragraph under examination."""

    def __init__(self, text: str, evidence: Survey) -> None:
        self._slip_text = SlipText(text)
        self._prices = _prices(evidence)

    def examine(self, suspect: re.Match[str], earliest: int) -> tuple[Repair, int] | None:
        """Return the repair of the slip that shows at ``suspect``, and where the search ended; None if it is none.

        Args:
            suspect: What may be the trace of a slip.
            earliest: Code points before this belong to another repair.

        """
        place = suspect.start()
        seen = suspect["mark"] is not None or suspect["reading"] is not None
        if seen and self._is_worth_a_search(suspect):
            found = self._search(place, suspect.end(), unseen=False)
            if found is not None and _gain(found) >= _MARGIN:
                return self._repair(place, found)
            found = self._search(place, suspect.end(), unseen=True)
            if found is not None and _gain(found) >= _MARGIN_UNSEEN:
                return self._repair(place, found)
        if not seen and self._strangeness(max(earliest, place - 4), place) > _STRANGE:
            start = max(earliest, place - _BACK)
            found = self._search(start, place, unseen=True)
            if found is not None and _gain(found) >= _MARGIN_UNSEEN:
                return self._repair(start, found)
        return None

    def _search(self, start: int, suspect: int, *, unseen: bool) -> Found | None:
        search = SlipSearch(self._slip_text, gbk(), self._prices, unseen=unseen)
        return search.run(start, suspect, min(len(self._slip_text.text), suspect + _REACH))

    def _is_worth_a_search(self, suspect: re.Match[str]) -> bool:
        text, place = self._slip_text, suspect.start()
        if suspect["reading"] is not None:
            reading = text.annotations.get(place) or text.broken.get(place)
            if reading is None:
                return False
            # With its parenthesis: only a reading that does not belong to the character before it.
            misfit = not text.is_reading(reading.reading, text.character_before(place))
            return misfit and not reading.reading.isascii()
        if place + 1 in text.broken or place + 1 in text.annotations or text.is_cut_mark(place + 1):
            return True
        return self._strangeness(place + 1, place + 5) > _STRANGE

    def _strangeness(self, start: int, end: int) -> float:
        """Return what the characters of the span (code points) cost on average, in nats."""
        text = self._slip_text.plain_before(min(end, len(self._slip_text.text)), end - start + 2)
        folded = self._prices.fold(text)
        costs = list(map(self._prices.kept, folded, folded[1:], folded[2:]))
        return -sum(costs) / len(costs)

    def _repair(self, start: int, found: Found) -> tuple[Repair, int] | None:
        text = self._slip_text.text
        raw = text[start : found.end]
        best = found.readings[0]
        kept = [reading for reading in found.readings if reading.cost <= best.cost + _CANDIDATE_RANGE]
        head, tail = _common([raw, *(reading.text for reading in kept)])
        if best.text == raw:
            return None
        candidates = tuple(Candidate(_inner(reading.text, head, tail), best.cost - reading.cost) for reading in kept)
        certain = best.free == 0
        after = candidates[0].text
        repair = Repair.of(
            text,
            start + head,
            found.end - tail,
            after,
            Kind.SLIP,
            Certainty.CERTAIN if certain else Certainty.PROBABLE,
            _evidence(after, raw[head : len(raw) - tail], certain=certain),
            () if certain else candidates,
        )
        return repair, found.end - tail


def _gain(found: Found) -> float:
    return found.unchanged_cost - found.readings[0].cost


def _inner(text: str, head: int, tail: int) -> str:
    return text[head : len(text) - tail]


def _common(texts: list[str]) -> tuple[int, int]:
    """Return how many characters all texts share at the start and, behind those, at the end."""
    head = len(commonprefix(texts))
    tail = len(commonprefix([text[head:][::-1] for text in texts]))
    return head, tail


def _evidence(after: str, before: str, *, certain: bool) -> Evidence:
    reason = (
        "The bytes, paired again in step, can spell nothing else."
        if certain
        else "Read out of step: a byte is lost, and what the language makes likely was chosen among the bytes that fit."
    )
    return Evidence(
        "slip.certain" if certain else "slip.chosen",
        reason,
        intended=after.encode("gbk", "replace"),
        read=before.encode("gb18030", "replace"),
    )
