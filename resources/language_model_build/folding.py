"""The table of :func:`jiaokan.language_model.fold`, and how many characters share one sign."""

from __future__ import annotations

import math
from pathlib import Path

from jiaokan.language_model import CLASSES, FoldTable, is_hanzi

# What stands for itself although it is no hanzi.
KEPT = frozenset(
    "，：；！？（）。、“”‘’《》〈〉【】〔〕〖〗［］…—～·•々￥→←↑↓■□●○◆◇★☆△▲√℃°×÷±≤≥§‰©®™− \"'#$%&*+-./<=>@[\\]^_`{|}"
)
# Other shapes of punctuation → the usual one.
_SHAPES = {
    ",:;!?()": "，：；！？（）",
    "~〜∼˜": "～～～～",
    "「」『』﹁﹂﹃﹄": "“”‘’“”‘’",
    "―─–‒━": "—————",
    "⋯": "…",
    "‧・･∙⋅": "·····",
    "｡､": "。、",
    "︰﹕﹔﹐﹒": "：：；，。",
    "○": "○",
}
# Where Traditional text writes one character for several words, or prefers another one than OpenCC's first choice.
_VARIANTS = {"著": "着", "妳": "你", "牠": "它", "祂": "他", "藉": "借", "徵": "征"}
# How many characters are as likely as each other where only their class is known (for scripts with letters of very
# different frequency: fewer than there are).
_CLASS_MEMBERS = {
    "a": 20,
    "0": 9,
    "é": 60,
    "я": 30,
    "α": 24,
    "の": 50,
    "ア": 60,
    "한": 1000,
    "ㄅ": 37,
    "ا": 2000,
    "①": 60,
    "│": 60,
    "¤": 500,
    "※": 100,
    "\u0301": 100,
    "\x01": 60,
    "\u200b": 40,
    "\ue000": 6400,
    "\uffff": 100_000,
    "\ufffe": 2048,
    "\ufdd0": 15_000,
}


def fold_pairs() -> dict[int, int]:
    """Return the code points that fold to something else than their class says, and what they fold to.

    ``TSCharacters.txt`` is OpenCC's (Apache-2.0), as opencc-python-reimplemented 0.1.7 has it.
    """
    pairs = {ord(character): ord(character) for character in KEPT}
    lines = Path(__file__).with_name("TSCharacters.txt").read_text("utf-8").splitlines()
    for traditional, choices in (line.split("\t") for line in lines if line):
        pairs[ord(traditional)] = ord(choices.split(" ")[0])
    for shapes, usual in _SHAPES.items():
        pairs.update(zip(map(ord, shapes), map(ord, usual), strict=True))
    pairs.update({ord(variant): ord(usual) for variant, usual in _VARIANTS.items()})
    table = FoldTable(pairs)
    # 後 → 后 is one step; where OpenCC needs two, take both.
    pairs = {source: table[target] for source, target in pairs.items()}
    for code in range(0xFF01, 0xFF5F):
        pairs[code] = table[code - 0xFEE0]
    return {source: target for source, target in pairs.items() if source != target or not is_hanzi(source)}


def class_sizes() -> dict[str, float]:
    """Return ln of the number of characters that each sign of a class stands for."""
    assert set(_CLASS_MEMBERS) <= CLASSES | {"\ufdd0"}
    return {sign: math.log(count) for sign, count in _CLASS_MEMBERS.items()}
