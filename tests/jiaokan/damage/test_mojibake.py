"""Mojibake: every pair of charsets that loses nothing is undone, and clean text in any script stays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.characters import count_hanzi
from jiaokan.damage.mojibake import find
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind, applied_only, apply
from rapidfuzz.distance import Levenshtein
from simulator.encodings import (
    A0_A_SPACE,
    DROPPED,
    READ_DOUBLE_BYTE,
    READ_UTF_16,
    READ_WESTERN,
    mojibake,
    mojibake_without_loss,
    pairs,
    without_loss,
)
from simulator.texts import to_damage

_READERS = (*READ_DOUBLE_BYTE, *READ_UTF_16, *READ_WESTERN)
_PAIRS = pairs(_READERS)

_SENTENCES = (
    "今天早上的雾很大，对岸的房子一座也看不见。",
    "他把窗户打开，让风吹进屋里里来，又坐下写信。",
    "今天早上的霧很大，對岸的房子一座也看不見。",
    "他把門打開，讓風吹進屋子裡來，又坐下寫信。",
    "老人說：「山上的水比城裡的好喝。」",
)

_KNOWN_FAILURES: frozenset[tuple[str, str, int]] = frozenset()
"""(written, read, index of the sentence) of what is not restored yet. Once one is, its test fails until it goes."""


def _round_trips() -> Iterator[tuple[str, str, int, str]]:
    """Yield written, read, the sentence's index and what it looks like, wherever nothing is lost on the way."""
    for (written, read), (index, sentence) in product(_PAIRS, enumerate(_SENTENCES)):
        misread = without_loss(sentence, written, read)
        if misread is not None:
            yield written, read, index, misread


_CASES = list(_round_trips())


def test_there_are_such_pairs() -> None:
    found = {(written, read) for written, read, _, _ in _CASES}
    assert found >= {(written, "latin-1") for written in ("utf-8", "gb18030", "big5hkscs")}
    assert found >= {("utf-16-le", "latin-1"), ("utf-16-be", "utf-16-le"), ("gb18030", "utf-16-be")}
    assert len(found) >= 60


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
    "옵션을 지정하지 않으면 모든 파일의 목록을 보여 줍니다.",
    "달의 날짜 수가 잘못됨",
    "페이지 %d 인쇄 중 (%d%%)",
    "                         設定を変更する",
    "切り取り、貼り付け、取り消し",
    "                                новый каталог",
    "Išsaugoti įrašą į naują aplankąąą",
    "İstanbul'da çığlık gibi bir rüzgâr, ışığı söndürdü; ğğğ.",
    "Các bước cài đặt được mô tả ở phía dưới đây.",
    "人名：龔鋆、彧翾、燊甯、韡珺、堃喆、昶赟、翀旻。",
    "ㄅㄆㄇㄈ，ㄉㄊㄋㄌ；「媽」寫作ㄇㄚ。",
    "①②③之後接④，⑤⑥可以不做。",
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
@pytest.mark.parametrize(("written", "read"), _PAIRS)
def test_mojibake_of_mojibake(written: str, read: str, layers: int) -> None:
    for sentence in _SENTENCES:
        misread = without_loss(sentence, written, read, layers)
        assert misread is None or repair_text(misread).repaired == sentence


def _prose() -> list[str]:
    """Return the sentences of our texts that have at least twelve hanzi."""
    every = (sentence for text in to_damage().values() for sentence in re.findall("[^。！？\n]+[。！？]?", text))
    return sorted({sentence for sentence in every if count_hanzi(sentence) >= 12})


_prose_sentences = st.sampled_from(_prose())


@settings(deadline=None)
@given(_prose_sentences, st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_sentence_that_lost_nothing_comes_back(sentence: str, rng: random.Random, layers: int) -> None:
    damaged = mojibake_without_loss(sentence, rng, _READERS, layers)
    assert damaged.raw != sentence
    assert apply(damaged.raw, find(damaged.raw)) == sentence


@settings(deadline=None, max_examples=40)
@given(_prose_sentences, st.sampled_from(_PAIRS))
def test_what_is_certain_replays(sentence: str, pair: tuple[str, str]) -> None:
    for repair in find(mojibake(sentence, *pair).raw):
        if repair.certainty is Certainty.CERTAIN:
            assert repair.before in {without_loss(repair.after, *every, layers=1) for every in _PAIRS}


@given(_prose_sentences)
def test_a_sound_sentence_is_no_mojibake(sentence: str) -> None:
    assert find(sentence) == []


@pytest.mark.parametrize(
    ("written", "read", "loss", "least"),
    [
        ("utf-8", "gbk", "\ufffd", 0.97),
        ("utf-8", "gbk", "?", 0.97),
        ("utf-8", "gbk", DROPPED, 0.97),
        ("utf-8", "cp1252", DROPPED, 0.97),
        ("utf-8", "cp1252", A0_A_SPACE, 0.99),
        ("gbk", "latin-1", A0_A_SPACE, 0.98),
        ("utf-8", "cp932", "\ufffd", 0.96),
        ("big5", "gbk", "\ufffd", 0.9),
        ("gbk", "cp950", "?", 0.85),
        ("gbk", "cp949", "\ufffd", 0.95),
    ],
)
def test_lost_bytes_are_found_again_for_the_most_part(written: str, read: str, loss: str, least: float) -> None:
    wrong = length = 0
    for sentence in _prose()[::25]:
        damaged = mojibake(sentence, written, read, loss=loss)
        if damaged.raw != damaged.intended and len(damaged.intended) == len(sentence):
            wrong += Levenshtein.distance(repair_text(damaged.raw).repaired, sentence)
            length += len(sentence)
    assert wrong <= (1 - least) * length


def test_what_was_chosen_has_candidates_and_is_never_certain() -> None:
    (repair,) = find(mojibake(_SENTENCES[0], "utf-8", "gbk").raw)
    assert repair.certainty is Certainty.PROBABLE
    assert repair.evidence.rule == "mojibake.lattice"
    assert repair.candidates[0].text == repair.after
    assert [candidate.score for candidate in repair.candidates] == sorted(
        (candidate.score for candidate in repair.candidates), reverse=True
    )


def test_where_nearly_all_is_lost_nothing_is_invented() -> None:
    for sentence in _SENTENCES[:2]:
        assert find(mojibake(sentence, "gbk", "utf-8").raw) == []


@pytest.mark.parametrize(("before", "after"), [("備註：", ""), ("他說：“", "”。大家都笑了。"), ("// ", "  (v2.1)")])
@pytest.mark.parametrize(("written", "read"), [("utf-8", "gbk"), ("utf-8", "cp1252"), ("gb18030", "latin-1")])
def test_a_span_between_signs_is_repaired(before: str, after: str, written: str, read: str) -> None:
    misread = mojibake("窗户打开，让风吹进屋里", written, read, loss=DROPPED).raw
    assert repair_text(before + misread + after).repaired == f"{before}窗户打开，让风吹进屋里{after}"


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


def test_a_long_paragraph_about_charsets_keeps_its_examples_however_far_they_are() -> None:
    long = "河边的柳树绿了，孩子们下水去捉鱼。" * 300
    text = f"乱码有很多种。{long}例如：鎴戜滑涓嬫按鍘绘崏楸硷紝娌宠竟鐨勬煶鏍戠豢浜嗐€�"
    assert find(text) == []
    assert find(text.replace("乱码", "花草")) != []
