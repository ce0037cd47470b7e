"""Mojibake: every pair of charsets that loses nothing is undone, and clean text in any script stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from jiaokan.damage.mojibake import find
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind, applied_only

_WRITTEN = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949")
_READ = (*_WRITTEN, "latin-1", "cp1252", "cp437", "mac_roman")

_SENTENCES = (
    "今天早上的雾很大，对岸的房子一座也看不见。",
    "他把窗户打开，让风吹进屋子里来，又坐下写信。",
    "今天早上的霧很大，對岸的房子一座也看不見。",
    "他把門打開，讓風吹進屋子裡來，又坐下寫信。",
    "老人說：「山上的水比城裡的好喝。」",
)

_KNOWN_FAILURES: frozenset[tuple[str, str, int]] = frozenset()
"""(written, read, index of the sentence) of what is not restored yet. Once one is, its test fails until it goes."""


def _round_trips() -> Iterator[tuple[str, str, int, str]]:
    """Yield written, read, the sentence's index and what it looks like, wherever nothing is lost on the way."""
    for written, read, (index, sentence) in product(_WRITTEN, _READ, enumerate(_SENTENCES)):
        try:
            misread = sentence.encode(written).decode(read)
            restored = misread.encode(read).decode(written)
        except UnicodeError:
            continue
        if restored == sentence != misread:
            yield written, read, index, misread


_CASES = list(_round_trips())


def test_there_are_such_pairs() -> None:
    pairs = {(written, read) for written, read, _, _ in _CASES}
    assert pairs >= {(written, "latin-1") for written in ("utf-8", "gb18030", "big5hkscs")}
    assert len(pairs) >= 15


@pytest.mark.parametrize(("written", "read", "index", "misread"), _CASES)
def test_what_was_read_in_another_charset_is_restored(written: str, read: str, index: int, misread: str) -> None:
    restored = repair_text(misread).repaired == _SENTENCES[index]
    if (written, read, index) in _KNOWN_FAILURES:
        assert not restored, "a known failure no longer fails: take the entry away"
    else:
        assert repair_text(misread).repaired == _SENTENCES[index]


def test_known_failures_are_cases() -> None:
    assert {(written, read, index) for written, read, index, _ in _CASES} >= _KNOWN_FAILURES


_CLEAN = (
    "今日は朝から霧が深く、向こう岸の家は一軒も見えない。",
    "ﾊﾝｶｸのカタカナと全角のカタカナが混ざっている。",
    "오늘 아침에는 안개가 짙어서 건너편 집이 하나도 보이지 않는다.",
    "Сегодня утром густой туман, и домов на том берегу не видно.",
    "Ce matin, le brouillard est épais : on ne voit plus la forêt, déjà, là-bas.",
    "Heute früh ist der Nebel dicht; die Häuser drüben heißen „Süd“ und „Größe“.",
    "Σήμερα το πρωί η ομίχλη είναι πυκνή.",
    "Šiandien rūkas tirštas; ąčęėįšųūž.",
    "Hôm nay sương mù dày đặc, không thấy nhà bên kia sông.",
    "今天的天气😀很好👍🏽，我们去爬山🏔️吧👨‍👩‍👧！",
    "¿Dónde está el niño? «Allí», dijo él — con una sonrisa… €5 ½ ± 3°.",
    "「ㄅㄆㄇㄈ」是注音，「ěr」是拼音，「엄마」是諺文。",
    "他在俄語課上念：«Я иду домой»，老師點頭。",
    "鱻麤猋驫羴，囧槑烎嫑，龘靐齉爩。",
    "┌─┐│表│└─┘",
)


@pytest.mark.parametrize("text", [*_CLEAN, *_SENTENCES])
def test_clean_text_in_any_script_stays(text: str) -> None:
    assert applied_only(repair_text(text).repairs) == []


@pytest.mark.parametrize("text", _CLEAN)
def test_clean_text_stays_beside_mojibake(text: str) -> None:
    misread = _SENTENCES[0].encode().decode("latin-1")
    first, second = repair_text(f"{misread}\n{text}").repaired.split("\n")
    assert (first, second) == (_SENTENCES[0], text)


@pytest.mark.parametrize("layers", [2, 3])
def test_mojibake_of_mojibake(layers: int) -> None:
    text = _SENTENCES[0]
    for _ in range(layers):
        text = text.encode().decode("latin-1")
    assert repair_text(text).repaired == _SENTENCES[0]


@pytest.mark.parametrize(
    "misread",
    ["浣犲ソ", "ÄãºÃ", "ä½\xa0å¥½", "ä½ å¥½", "§A¦n"],
    ids=["utf-8 as gbk", "gbk as latin-1", "utf-8 as latin-1", "the same, its A0 now a plain space", "big5 as latin-1"],
)
def test_two_characters_are_enough(misread: str) -> None:
    assert repair_text(misread).repaired == "你好"


def test_a_span_within_a_line_is_repaired_and_the_rest_stays() -> None:
    misread = "窗户打开，让风吹进来".encode("gb18030").decode("latin-1")
    text = f"標題寫著“{misread}”，沒有人看得懂，café 裡的人也不懂。"
    (repair,) = find(text)
    assert repair.after == "窗户打开，让风吹进来"
    assert text[repair.start : repair.end] == repair.before
    assert repair.kind is Kind.MOJIBAKE


def test_the_charsets_are_named() -> None:
    (repair,) = find(_SENTENCES[0].encode("gb18030").decode("latin-1"))
    assert repair.certainty is Certainty.CERTAIN
    assert "gb18030" in repair.evidence.reason
    assert repair.evidence.rule.startswith("mojibake.")


@pytest.mark.parametrize(
    "text", ["", "abc", "甲", "\ud800\udfff", "\x00\x80\x81", "é", "\ue000\ue001", "锟斤拷" * 5, "烫烫烫"]
)
def test_what_nothing_can_be_made_of_stays(text: str) -> None:
    assert find(text) == []
