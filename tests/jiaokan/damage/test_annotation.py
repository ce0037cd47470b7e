"""Inserted readings: the habit of a document tells them from an author's glosses."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest
from jiaokan.damage.annotation import find, gather, is_in_gb2312
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind, apply
from simulator import alone
from simulator.alone import annotated
from simulator.annotation import is_hanzi, reading_of
from simulator.damaged import Damaged
from simulator.texts import clean_texts

_DOCUMENT = (
    "他們(men)把車(chē)開進(jìn)了鄉(xiāng)下，車(chē)上的人們(men)"
    "都說(shuō)這裡的鄉(xiāng)親好客，進(jìn)門就說(shuō)笑。"
)
_CLEAN = "他們把車開進了鄉下，車上的人們都說這裡的鄉親好客，進門就說笑。"


def _without_annotations(text: str, document: str = "") -> str:
    evidence = gather(document + text)
    return apply(text, find(text, evidence))


def test_the_habit_of_a_document_is_gathered() -> None:
    assert gather(_DOCUMENT).habitual == {"們": "men", "車": "chē", "進": "jìn", "鄉": "xiāng", "說": "shuō"}


def test_the_readings_go_and_nothing_else() -> None:
    assert _without_annotations(_DOCUMENT) == _CLEAN
    for repair in find(_DOCUMENT, gather(_DOCUMENT)):
        assert repair.kind is Kind.ANNOTATION
        assert repair.certainty is Certainty.CERTAIN
        assert repair.after == ""
        assert repair.before[0] == "("
        assert repair.before[-1] == ")"


@pytest.mark.parametrize(
    "style",
    [
        lambda text: text.replace("(", "（").replace(")", "）"),
        lambda text: text.replace("(", "( ").replace(")", " )"),
        lambda text: text.replace("a", "ɑ"),
        str.upper,
    ],
    ids=["full-width brackets", "spaces", "Latin alpha", "capitals"],
)
def test_sites_print_readings_in_many_styles(style: object) -> None:
    assert callable(style)
    assert _without_annotations(style(_DOCUMENT)) == _CLEAN


@pytest.mark.parametrize("name", ["simplified/manual_pump", "traditional/novel_lighthouse", "simplified/poems"])
def test_a_whole_document_is_restored(name: str) -> None:
    damaged = annotated(clean_texts()[name], random.Random(name))
    assert damaged.raw != damaged.intended
    assert repair_text(damaged.raw).repaired == damaged.intended


@pytest.mark.parametrize(
    "text",
    [
        "車(chē)上有人，那輛車停在這輛車後面，車門開著，車燈也亮著。",  # one in four
        "車(chē)與車(jū)：下棋說車(jū)，趕路說車(chē)；說(shuō)服、說(shuì)客。",  # two readings
        "我(wǒ)們(men)的(de)車(chē)很(hěn)大(dà)，他(tā)們(men)的(de)小(xiǎo)。",  # a lesson for beginners
        "銅(Cu)、鐵(Fe)、錫(Sn)、銅(Cu)、鐵(Fe)、錫(Sn)。",  # no readings
        "饕餮(tāo tiè)、魑魅(chī mèi)、魍魎(wǎng liǎng)，都不好念。",  # words, not characters
        "這個瀣(xiè)字很少見。",
        "",
        "(men)",
        "們(",
        "們(men",
        "們()",
    ],
)
def test_what_is_no_habit_stays(text: str) -> None:
    assert _without_annotations(text) == text


@pytest.mark.parametrize(
    "gloss",
    [
        "銅鼎上的饕餮(tāo tiè)紋還很清楚。",
        "“重(chóng)复”的“重”不读zhòng。",
        "這叫網(Web)誌，又叫部落格(Blog)。",
        "他把鄉(xiǎng)字念錯了。",
        "見附圖(a)與附圖(b)。",
        "長(cháng)度和長(zhǎng)大，一字兩讀。",
    ],
)
def test_glosses_stay_in_a_document_that_annotates(gloss: str) -> None:
    assert _without_annotations(gloss, document=_DOCUMENT * 3 + "\n") == gloss


def test_the_list_has_no_character_of_gb2312() -> None:
    assert is_in_gb2312("重")
    assert not is_in_gb2312("車")
    assert not is_in_gb2312("\ud800")


_DAMAGES: dict[str, Callable[[str, random.Random], Damaged]] = {
    **{style: partial(alone.annotated_in_style, style=style) for style in alone.ANNOTATION_STYLES},
    "strewn": alone.annotated_anywhere,
    "strewn with emoji": partial(alone.annotated_anywhere, emoji=True),
    "a list inside GB2312": alone.annotated_by_second_list,
}


@pytest.mark.parametrize("damage", _DAMAGES)
@pytest.mark.parametrize("name", ["simplified/manual_pump", "traditional/novel_lighthouse"])
def test_variants_seen_in_the_wild_are_undone(damage: str, name: str) -> None:
    damaged = _DAMAGES[damage](clean_texts()[name], random.Random(name))
    assert damaged.raw != damaged.intended
    assert repair_text(damaged.raw).repaired == damaged.intended


def _primer(text: str, every: int) -> str:
    """Return a text as a primer prints it: a reading behind every so many hanzi in a row, then none for as many."""
    pieces, number = list[str](), 0
    for character in text:
        pieces.append(character)
        if is_hanzi(character):
            number += 1
            if every == 1 or number // every % 2 == 0:
                pieces.append(f"({reading_of(character)})")
    return "".join(pieces)


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("name", ["simplified/poems", "simplified/manual_pump"])
def test_a_primer_stays(name: str, every: int) -> None:
    primer = _primer(clean_texts()[name], every)
    assert repair_text(primer).repaired == primer


def test_a_text_with_a_gloss_now_and_then_stays() -> None:
    clean = clean_texts()["simplified/manual_pump"]
    places = [place for place, character in enumerate(clean) if is_hanzi(character)]
    chosen = set(random.Random(1).sample(places, 8))
    glossed = "".join(
        f"{character}({reading_of(character)})" if place in chosen else character
        for place, character in enumerate(clean)
    )
    assert repair_text(glossed).repaired == glossed
