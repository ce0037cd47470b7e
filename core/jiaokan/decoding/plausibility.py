"""How likely is a text as a text? The measure by which encodings compete.

Chinese is judged by the language model; everything else by a rough count of what a character of its script costs, good
enough to tell writing from debris. All figures are natural logarithms of probabilities. Reading the same bytes in two
encodings gives two texts, and as each reading can be undone, their probabilities can be compared as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol

# Costs in nats. A letter of a known script: the logarithm of how many are in common use. A change of script within
# text is rare, and debris (controls, private use, undecodable bytes) rarer still.
_COST_LETTER = 3.0
_COST_CAPITAL_WITHIN = 4.0
_COST_DIGIT = 2.6
_COST_SPACE = 1.9
_COST_ASCII_MARK = 4.6
_COST_KANA = 4.2
_COST_HALF_WIDTH_KANA = 8.0
_COST_COMMON_HANGUL = 4.6
_COST_HANGUL = 7.8
_COST_RARE_HANGUL = 13.0
_COST_ACCENTED = 6.0
_COST_COMMON_ACCENTED = 4.8
_COST_ACCENTED_AGAIN = 9.5
_COST_COMMON_AGAIN = 6.0
_COST_LATIN_MARK = 9.0
_COST_WESTERN_SIGN = 6.5
_COST_SAME_ALPHABET = 3.8
_COST_SAME_BLOCK = 5.2
_COST_NEW_BLOCK = 11.0
_COST_SWITCH = 3.0
_COST_CONTROL = 10.0
_COST_PRIVATE = 15.0
COST_UNDECODABLE = 12.5
# A byte of text costs 2 to 4 nats, up to 4.4 if a tenth of its bytes is overwritten; of what is no text it costs more.
NO_TEXT = 4.5

_TOKEN = re.compile(
    "(?P<han>[\u2014-\u201d\u2026\u3000-\u3011\u3014-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]+)"
    "|(?P<letters>[A-Za-z]+)"
    "|(?P<digits>[0-9]+)"
    "|(?P<spaces>[ \t\r\n]+)"
    "|(?P<marks>[!-/:-@\\[-`{-~]+)"
    "|(?P<kana>[\u3041-\u30ff]+)"
    "|(?P<hangul>[\uac00-\ud7a3]+)"
    "|(?P<half_kana>[\uff61-\uff9f]+)"
    "|(?P<undecodable>[\ud800-\udfff]+)"
    "|(?P<controls>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]+)"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010ffff]+)"
    "|(?P<cyrillic>[\u0400-\u045f]+)"
    "|(?P<accented>[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+)"
    "|(?P<latin_marks>[\u00a0-\u00bf\u00d7\u00f7]+)"
    "|(?P<western_signs>[\u2013\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122])"
    "|(?P<others>.)",
    re.DOTALL,
)
_PER_CHARACTER = {
    "digits": _COST_DIGIT,
    "spaces": _COST_SPACE,
    "marks": _COST_ASCII_MARK,
    "kana": _COST_KANA,
    "half_kana": _COST_HALF_WIDTH_KANA,
    "undecodable": COST_UNDECODABLE,
    "controls": _COST_CONTROL,
    "private": _COST_PRIVATE,
    "latin_marks": _COST_LATIN_MARK,
    "western_signs": _COST_WESTERN_SIGN,
}
_SCRIPTS = {
    "han": "han",
    "letters": "latin",
    "accented": "latin",
    "kana": "kana",
    "cyrillic": "cyrillic",
    "hangul": "hangul",
    "others": "other",
}
# Japanese changes between kanji and kana in every word.
_FREE_SWITCHES = frozenset((("han", "kana"), ("kana", "han")))


class Model(Protocol):
    """What is asked of a language model."""

    def fold(self, text: str) -> str:
        """Return ``text`` as the model sees it, as many code points as before."""

    def conditional(self, first: str, second: str, character: str) -> float:
        """Return ln P(character | first second); all three single folded characters."""


def plausibility(text: str, model: Model) -> list[float]:
    """Return for each character of ``text`` ln of its probability where it stands, by ``model`` if it is Chinese."""
    folded = model.fold("\n\n" + text)
    is_japanese = _is_japanese(text)
    scores: list[float] = []
    script = ""
    block = -1
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or ""
        token = match[0]
        start = len(scores)
        if name == "han":
            end = match.end()
            han = map(model.conditional, folded[start:end], folded[start + 1 :], folded[start + 2 :])
            scores.extend(map(_in_japanese, token, han) if is_japanese else han)
        elif name in _SPECIAL:
            scores.extend(-cost for cost in _SPECIAL[name](token))
        elif name == "others":
            scores.append(-_other(token, block))
            block = ord(token) >> 7
        else:
            scores.extend([-_PER_CHARACTER[name]] * len(token))
        new_script = _SCRIPTS.get(name, script)
        if script and new_script != script and (script, new_script) not in _FREE_SWITCHES:
            scores[start] -= _COST_SWITCH
        script = new_script
    return scores


# The kanji in common use are the first level of the national standard JIS X 0208.
_COST_OF_KANJI = 8.5
# In Japanese at least so many of the characters are kana; debris has fewer.
_SHARE_OF_KANA = 1 / 6
_KANA = re.compile("[\u3041-\u30fa]")
_KANA_OR_HANZI = re.compile("[\u3041-\u30fa\u4e00-\u9fff]")


def _is_japanese(text: str) -> bool:
    kana = len(_KANA.findall(text))
    return kana > 0 and kana >= _SHARE_OF_KANA * len(_KANA_OR_HANZI.findall(text))


def _in_japanese(character: str, score: float) -> float:
    """Return ln of the probability of a hanzi beside kana: the model of Chinese, which gave ``score``, knows few kanji."""
    return max(score, -_COST_OF_KANJI) if character in _kanji() else score


@cache
def _kanji() -> frozenset[str]:
    pairs = bytes(byte for lead in range(0xB0, 0xD0) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    return frozenset(pairs.decode("euc_jp", "ignore"))


def _other(character: str, block: int) -> float:
    """Return what a character of another script costs after one of the block (of 128 code points) ``block``.

    Yi and its neighbours are debris in every file that is not all Yi.
    """
    if ord(character) >> 7 != block or "\ua000" <= character < "\uac00":
        return _COST_NEW_BLOCK
    return _COST_SAME_ALPHABET if "\u0370" <= character < "\u1d00" else _COST_SAME_BLOCK


# The syllables that make up about half of Korean prose: particles, endings, and what many words have.
_COMMON_HANGUL = frozenset(
    "이다는을의가에고하지은기로한사도를서리시어자인아들대나수일정으해만스그부보라과니면여것주었있게전상장제원구할우조오유동안모소년"
)


@cache
def _hangul(syllable: str) -> float:
    # The national standard KS X 1001 has the 2,350 syllables in common use of the 11,172 possible ones.
    # (Python's codec writes the others as compositions of eight bytes.)
    if syllable in _COMMON_HANGUL:
        return _COST_COMMON_HANGUL
    return _COST_HANGUL if len(syllable.encode("euc_kr")) == 2 else _COST_RARE_HANGUL


def _letters(word: str) -> Iterator[float]:
    capitals = sum(letter.isupper() for letter in word[1:])
    usual = capitals in (0, len(word) - 1)
    for index, letter in enumerate(word):
        unusual = index > 0 and not usual and letter.isupper()
        yield _COST_LETTER + (_COST_CAPITAL_WITHIN if unusual else 0.0)


# The letters of Russian, the common ones first; the logarithms of their shares are near enough to a straight line.
_RUSSIAN = {letter: 2.2 + 0.1 * rank for rank, letter in enumerate("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")}
_COST_OF_OTHER_CYRILLIC = 8.0
_COST_OF_CAPITAL = 1.5
_COST_OF_CYRILLIC = 2.0


def _cyrillic(word: str) -> Iterator[float]:
    extra = _COST_OF_CYRILLIC
    within = word[1:]
    usual = within.islower() or word.isupper()
    for index, letter in enumerate(word):
        cost = _RUSSIAN.get(letter.lower(), _COST_OF_OTHER_CYRILLIC)
        if letter.isupper():
            cost += _COST_OF_CAPITAL if usual or not index else _COST_CAPITAL_WITHIN
        yield cost + extra
        extra = 0.0


# What most words with accents in French, German, Spanish and Italian have.
_COMMON_ACCENTED = frozenset("éèàêçäöüßóíá")


def _accented(letters: str) -> Iterator[float]:
    yield _COST_COMMON_ACCENTED if letters[0] in _COMMON_ACCENTED else _COST_ACCENTED
    for letter in letters[1:]:
        yield _COST_COMMON_AGAIN if letter in _COMMON_ACCENTED else _COST_ACCENTED_AGAIN


_SPECIAL: dict[str, Callable[[str], Iterator[float]]] = {
    "letters": _letters,
    "cyrillic": _cyrillic,
    "accented": _accented,
    "hangul": lambda syllables: map(_hangul, syllables),
}
