"""What only looks like damage stays as it is: alone, in a clean document, and with real damage around it."""

from __future__ import annotations

import random
from functools import cache

import pytest
from jiaokan.pipeline import repair_text
from simulator import alone
from simulator.mirror import Style, mirror_site
from simulator.texts import clean_texts

_LOOK_ALIKES = (
    "銅鼎上的饕餮(tāo tiè)紋還很清楚。",
    "“重(chóng)复”里的“重”读阳平，不读去声。",
    "「樂」有兩讀:快樂(lè)、音樂(yuè)。",
    "他買了A股，又賣了B股。",
    "穿T恤的人在唱K歌，隔壁是卡拉OK。",
    "“3+1”手册已经印好。",
    "求f(x)在[0,1]上的最大值。",
    "圓周率約為3.14，列車12:30開。",
    "你折騰?!你再折騰!",
    "網(Web)頁與應用(App)各有所長。",
    "「ㄊㄠ ㄊㄧㄝˋ」是注音，tāo tiè是拼音。",
    "托爾斯泰的原名是「Лев Толстой」，老師念了兩遍。",
    "這是真的嗎?是真的。",
    "牌子上寫著“No smoking!”，沒有人看。",
    "維生素B₁₂、X光片、U盤，各有各的用處。",
    "「東京(とうきょう)」是日文的注音。",
    "𠀀是擴展B區的第一個字，𠮷是吉的異體。",
    "他發來一個👨‍👩‍👧，我回了一個👍🏽。",
)
# In a document whose widths were folded, a half-width mark of Chinese text is damage.
_FOLDABLE = {"「樂」有兩讀:快樂(lè)、音樂(yuè)。", "你折騰?!你再折騰!", "這是真的嗎?是真的。"}


def _around(name: str) -> str:
    """Return the document around the look-alikes."""
    clean = clean_texts()["simplified/minutes_waterworks"]
    rng = random.Random(name)
    folding = Style(furniture=False)
    documents = {
        "clean": clean,
        "annotated": alone.annotated(clean, rng).raw,
        "slipped": alone.slipped(clean, rng, alone.Slip.CUT, 5).raw,
        "with markup": alone.markup_leaked(clean, rng).raw,
        "misread": clean.split("\n")[0].encode().decode("latin-1") + "\n" + clean,
        "mirrored": mirror_site(clean, rng, folding).raw,
        "mirrored, widths kept": mirror_site(clean, rng, Style(furniture=False, folds=False)).raw,
    }
    return documents[name]


@cache
def _repaired_within(name: str) -> list[str]:
    """Return what becomes of the look-alikes, each a paragraph between two halves of a document."""
    lines = _around(name).split("\n")
    middle = len(lines) // 2
    text = "\n".join([*lines[:middle], *_LOOK_ALIKES, *lines[middle:]])
    return repair_text(text).repaired.split("\n")[middle : middle + len(_LOOK_ALIKES)]


@pytest.mark.parametrize("text", _LOOK_ALIKES)
def test_alone(text: str) -> None:
    assert repair_text(text).repaired == text


@pytest.mark.parametrize("text", _LOOK_ALIKES)
@pytest.mark.parametrize("name", ["clean", "annotated", "slipped", "with markup", "misread", "mirrored, widths kept"])
def test_within_a_document(name: str, text: str) -> None:
    assert _repaired_within(name)[_LOOK_ALIKES.index(text)] == text


@pytest.mark.parametrize("text", [text for text in _LOOK_ALIKES if text not in _FOLDABLE])
def test_within_a_document_whose_widths_were_folded(text: str) -> None:
    repaired = _repaired_within("mirrored")[_LOOK_ALIKES.index(text)]
    # Brackets around a foreign word in Chinese text may have been full-width: nobody can know.
    assert repaired.replace("（", "(").replace("）", ")").replace("！", "!") == text
