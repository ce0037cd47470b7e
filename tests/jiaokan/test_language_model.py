from __future__ import annotations

import math
import pickle
import struct
from pathlib import Path

import jiaokan_resources
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.language_model import (
    BOUNDARY,
    CLASSES,
    FILE_NAME,
    MAGIC,
    DocumentCounts,
    LanguageModel,
    MixedModel,
    fold,
)

MODEL = LanguageModel.load()
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


def total(model: LanguageModel | MixedModel, first: str, second: str) -> float:
    """The probabilities of all signs in one context; a class counts as often as it has members."""
    signs = MODEL.vocabulary
    # After two boundaries a line begins: a third one is never predicted.
    return math.fsum(math.exp(model.conditional(first, second, sign) + MODEL.class_size(sign)) for sign in signs)


@given(ANY_TEXT)
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_every_character_has_a_probability(text: str) -> None:
    values = MODEL.per_character(text)
    assert len(values) == len(text)
    assert all(-60 < value <= 0.1 for value in values)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("漢語與臺灣後來著", "汉语与台湾后来着"),
        ("「好」『是』", "“好”‘是’"),
        ("a,b:(c)!?;", "a，a：（a）！？；"),
        ("Ａ１，％", "a0，%"),
        ("\t\u3000\xa0", "   "),
        ("カひ한Яλé", "アの한яαé"),
        ("\ud800\ue123\ufffd\x00\u200b", "\ufffe\ue000\ufffd\x01\u200b"),
        ("\r\n", BOUNDARY * 2),
        ("―─〜‧", "——～·"),
        ("饕餮𠀀〇", "饕餮𠀀〇"),
        ("\uf900", "岂"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_all_signs_of_classes_are_known_and_fold_to_themselves() -> None:
    assert set(MODEL.vocabulary) >= CLASSES
    assert fold("".join(sorted(CLASSES))) == "".join(sorted(CLASSES))


@pytest.mark.parametrize("context", ["中国", "。”", "的一", "a ", "龘龘", "的龘", BOUNDARY + "第"])
def test_probabilities_sum_to_one(context: str) -> None:
    # Eight bits a value: the sum is off by a little.
    assert total(MODEL, *context) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("before", "likely", "unlikely", "after"),
    [
        ("我们明天就出发", "。", "璕", "”他说"),
        ("我们明天就出发", "。", "保", "”他说"),
        ("他轻轻地说：", "“", "啊", "你来了。"),
        ("中华人民", "共", "功", "和国"),
        ("市、县、", "乡", "香", "三级"),
        ("我很高", "兴", "行", "见到你"),
    ],
)
def test_preferences(before: str, likely: str, unlikely: str, after: str) -> None:
    assert MODEL.score(likely, before, after) > MODEL.score(unlikely, before, after) + 1


def test_both_scripts_are_one() -> None:
    assert MODEL.score("這裡的風景很美，") == MODEL.score("这里的风景很美，")


def test_chinese_is_likelier_than_its_misreadings() -> None:
    text = "这里的风景很美，我们明年还要再来看看。"
    right = MODEL.score(text) / len(text)
    for wrong in (
        text.encode("gb18030").decode("big5", "replace"),
        text.encode("utf-8").decode("gb18030", "replace"),
        text.encode("utf-8").decode("latin-1"),
        text.encode("gb18030")[1:].decode("gb18030", "replace"),
    ):
        assert MODEL.score(wrong) < MODEL.score(text)
        assert MODEL.score(wrong) / len(wrong) < right


def test_a_score_is_the_sum_of_its_conditionals() -> None:
    text = "你好。"
    whole = MODEL.per_character(text)
    end = MODEL.conditional("好", "。", BOUNDARY)
    assert MODEL.score(text) == pytest.approx(sum(whole) + end, abs=1e-4)
    # What follows is judged after the text: only P(好 | 他你) and P(吗 | 你好) depend on the text before.
    expected = MODEL.conditional("是", "他", "你")
    expected += MODEL.conditional("他", "你", "好") + MODEL.conditional("你", "好", "吗")
    assert MODEL.score("你", "他不是他", "好吗？") == pytest.approx(expected)


def test_the_document_teaches_its_own_words() -> None:
    # 堎 is rare; the document below writes of it all the time.
    document = "长堎镇的人说，长堎镇有长堎街，长堎街在长堎镇。\n" * 20
    mixed = MixedModel(MODEL, DocumentCounts.of(document))
    assert mixed.score("堎", "去了长", "镇的") > MODEL.score("堎", "去了长", "镇的") + 5
    assert mixed.score("堎", "去了长", "镇的") > mixed.score("江", "去了长", "镇的")


def test_the_document_teaches_hanzi_that_the_model_has_no_statistics_for() -> None:
    rare = "\u9fd0"
    assert not MODEL.knows(rare)
    mixed = MixedModel(MODEL, DocumentCounts.of(f"{rare}江上。\n" * 20))
    assert mixed.conditional(BOUNDARY, BOUNDARY, rare) > math.log(0.4)


@pytest.mark.parametrize("context", ["长堎", "中国", "a "])
def test_mixed_probabilities_sum_to_one(context: str) -> None:
    mixed = MixedModel(MODEL, DocumentCounts.of("中国长沙的长桥，abc 中国中心。\n中国人"))
    assert total(mixed, *context) == pytest.approx(1, abs=0.02)


def test_an_empty_document_changes_nothing() -> None:
    mixed = MixedModel(MODEL, DocumentCounts.of(""))
    assert mixed.score("你好", "他说", "。") == pytest.approx(MODEL.score("你好", "他说", "。"))


@given(ANY_TEXT)
def test_any_document_can_be_counted_and_pickled(text: str) -> None:
    counts = DocumentCounts.of(text)
    again = pickle.loads(pickle.dumps(counts))
    assert again == counts
    assert all(math.isfinite(value) for value in MixedModel(MODEL, again).per_character(text))


def test_long_documents_are_sampled_from_all_their_parts() -> None:
    text = "".join(f"{sign}是{sign}。\n" * 5000 for sign in "甲乙丙丁")
    counts = DocumentCounts.of(text, limit=8_000)
    assert {sign + "是" for sign in "甲乙丙丁"} <= counts.pairs.keys()
    assert sum(counts.pairs.values()) < 12_000


def test_a_place_is_no_witness_for_itself() -> None:
    once, twice = (MixedModel(MODEL, DocumentCounts.of("鑫龘。" * times)) for times in (1, 2))
    first, second, third = list(MODEL.fold("鑫龘。"))
    # What stands there once has no other witness; what stands there twice has one.
    assert once.conditional_elsewhere(first, second, third) < once.conditional(first, second, third)
    assert once.conditional_elsewhere(first, second, third) < twice.conditional_elsewhere(first, second, third)
    assert once.conditional_elsewhere(second, first, third) == once.conditional(second, first, third)


def test_models_pass_between_processes() -> None:
    assert pickle.loads(pickle.dumps(MODEL)) is MODEL
    mixed = MixedModel(MODEL, DocumentCounts.of("你好。"))
    again = pickle.loads(pickle.dumps(mixed))
    assert again.score("你好") == mixed.score("你好")
    assert len(pickle.dumps(MODEL)) < 1_000


def test_the_file_says_what_it_was_trained_on() -> None:
    held_out = MODEL.description["held_out"]
    assert "manpages-zh" in held_out
    assert not any(package in line for package in held_out for line in MODEL.description["trained"])
    notice = jiaokan_resources.path("NOTICE").read_text("utf-8")
    assert all(line.split(" ")[0] in notice for line in MODEL.description["trained"])


def test_the_file_is_small() -> None:
    assert jiaokan_resources.path(FILE_NAME).stat().st_size <= 9_900_000


@pytest.mark.parametrize("content", [b"x" * 100, MAGIC[:-1] + b"9" + struct.pack("<I", 2) + b"{}"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="not a language model"):
        LanguageModel(file)


def test_the_reader_of_data_files_keeps_to_the_package() -> None:
    with pytest.raises(FileNotFoundError):
        jiaokan_resources.path("no such file")
    with pytest.raises(ValueError, match="not the name"):
        jiaokan_resources.path("../jiaokan_resources/../../pyproject.toml")
