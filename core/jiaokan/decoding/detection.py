"""Which encoding is a file in? Every candidate reads samples of it tolerantly; the likeliest text wins.

No byte is a veto: one that a candidate cannot read costs it what damage of one byte costs, no more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from jiaokan.decoding.plausibility import Model
from jiaokan.decoding.sampling import samples
from jiaokan.decoding.tolerance import best_reading

# Every candidate with the logarithm (natural) of how often such files are met, relative to UTF-8. UTF-16 nearly always
# says so by a byte order mark. Close relatives (code pages 936 and 950) are told apart afterwards.
PRIORS = {
    "utf-8": 0.0,
    "gb18030": -1.0,
    "big5hkscs": -2.0,
    "utf-16-le": -5.0,
    "utf-16-be": -6.0,
    "cp932": -5.0,
    "euc_jp": -5.0,
    "cp949": -5.0,
    "cp1252": -3.5,
    "cp1251": -4.5,
    "koi8-r": -5.0,
}
PRIOR_OF_OTHERS = -10.0
# What the vote of another detector and a byte order mark weigh.
VOTE = 3.0
MARK = 20.0

# A candidate that is this far behind (nats) is out of the race.
_HOPELESS = 60.0
# The model's errors are not independent of each other, so its scores are too sure of themselves by about this factor.
_TEMPERATURE = 2.0

# Kana have the same codes in GB 2312 and in EUC-JP, and are rare in the former and in Big5, the first one above all.
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_ROWS_OF_KANA = {"gb18030": frozenset((0xA4, 0xA5)), "big5hkscs": frozenset((0xC7,))}
_COST_OF_FIRST_KANA = 4.0
_COST_OF_KANA = 5.0
_MOST_KANA = 10
# Where no more than two bytes beyond ASCII stand together, all of them letters in cp1252, that is what they are.
_WESTERN = re.compile(rb"(?=.*[a-z]{2})(?:[\x00-\x7f]|(?<![\x80-\xff])[\xc0-\xff]{1,2}(?![\x80-\xff]))+", re.DOTALL)
_GAIN_OF_WESTERN = 3.0


def rank(data: bytes, model: Model, priors: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the candidates with their probabilities (0 to 1, together 1), the likeliest first.

    Args:
        data: A file's bytes, without a byte order mark.
        model: The language model that judges.
        priors: The candidates (names of codecs) with the logarithms of their probabilities before the bytes are seen.
    """
    scores = dict(priors)
    behind = dict.fromkeys(scores, 0.0)
    alive = list(scores)
    for offset, block in samples(data):
        for encoding in alive:
            scores[encoding] += _score(block, offset, encoding, model)
        best = max(scores[encoding] for encoding in alive)
        # What has dropped out stays as far behind as it was then: it does not go on collecting costs.
        behind.update({encoding: best - scores[encoding] for encoding in alive})
        alive = [encoding for encoding in alive if behind[encoding] < _HOPELESS]
        if len(alive) == 1:
            break
    weights = {encoding: math.exp(-distance / _TEMPERATURE) for encoding, distance in behind.items()}
    total = sum(weights.values())
    return sorted(((encoding, weight / total) for encoding, weight in weights.items()), key=lambda pair: -pair[1])


def _score(block: bytes, offset: int, encoding: str, model: Model) -> float:
    # A file in UTF-16 has its characters at even offsets.
    start = offset % 2 if encoding.startswith("utf-16") else 0
    score = best_reading(block[start:], encoding, model)
    if rows := _ROWS_OF_KANA.get(encoding):
        kana = sum(pair[0] in rows for pair in _PAIR.findall(block))
        score -= _COST_OF_FIRST_KANA * (kana > 0) + _COST_OF_KANA * min(_MOST_KANA, kana)
    elif encoding == "cp1252" and _WESTERN.fullmatch(block):
        score += _GAIN_OF_WESTERN
    return score
