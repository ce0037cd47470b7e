from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from jiaokan.language_model import BOUNDARY, CLASSES, FoldTable, LanguageModel
from language_model_build import counting, smoothing, storing
from language_model_build.corpora import distinct_lines, held_out
from language_model_build.counting import Counts, Grams
from language_model_build.evaluation import candidates, places, without
from language_model_build.folding import class_sizes, fold_pairs
from language_model_build.readers import manual_pages, markup

LINES = ["山上有一座庙。", "庙里有一个人。", "山上有一个人，", "人在山上。"] * 5 + ["一个人有一座山。"]


def counts_of(lines: list[str], characters: list[str]) -> Counts:
    trigrams = counting.trigrams(counting.indexed(lines, characters))
    bigrams = counting.shortened(trigrams)
    return Counts(counting.shortened(bigrams), bigrams, trigrams)


def written(file: Path, sizes: tuple[int, int]) -> LanguageModel:
    """A small model of two texts mixed, by the way that the real one goes."""
    characters = counting.vocabulary(LINES, frozenset("。，"), frozenset("海"), 1)
    text = smoothing.kneser_ney(counts_of(LINES, characters), len(characters))
    other = smoothing.discounted(counts_of(["海上有山。"] * 3, characters), len(characters))
    tables = smoothing.pruned(smoothing.mixed(text, other, 2.0), sizes)
    storing.write(file, storing.sections(tables, characters, class_sizes(), fold_pairs()), {"name": "small"})
    return LanguageModel(file)


@pytest.mark.parametrize("sizes", [(1000, 1000), (30, 20), (12, 0)])
@pytest.mark.parametrize("context", ["有一", "海上", "。人", "海海", BOUNDARY * 2])
def test_probabilities_sum_to_one_however_much_is_pruned(tmp_path: Path, sizes: tuple[int, int], context: str) -> None:
    model = written(tmp_path / "model.bin", sizes)
    values = [model.conditional(context[0], context[1], sign) + model.class_size(sign) for sign in model.vocabulary]
    assert math.fsum(map(math.exp, values)) == pytest.approx(1, abs=0.03)


def test_the_same_texts_give_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path / "one.bin", (30, 20))
    written(tmp_path / "two.bin", (30, 20))
    assert (tmp_path / "one.bin").read_bytes() == (tmp_path / "two.bin").read_bytes()


def test_what_was_seen_is_likelier_than_what_was_not(tmp_path: Path) -> None:
    model = written(tmp_path / "model.bin", (1000, 1000))
    assert model.conditional("一", "个", "人") > model.conditional("一", "个", "庙") + 1
    # Only the second text has 海, and only there does 上 follow it.
    assert model.conditional(BOUNDARY, "海", "上") > model.conditional(BOUNDARY, "海", "山") + 1


def test_counts_of_known_text() -> None:
    characters = counting.vocabulary(["天天"], frozenset(), frozenset(), 1)
    day = characters.index("天")
    trigrams = counting.trigrams(counting.indexed(["天天", "天"], characters))
    packed = {(a << 2 * counting.BITS) | (b << counting.BITS) | c: n for (a, b, c), n in {
        (0, 0, day): 2, (0, day, day): 1, (day, day, 0): 1, (0, day, 0): 1,
    }.items()}  # fmt: skip
    assert dict(zip(trigrams.keys.tolist(), trigrams.amounts.tolist(), strict=True)) == packed


def test_quantised_values_are_near() -> None:
    values = np.linspace(-20, 0, 1001)
    book, places_ = storing.quantised(values)
    assert np.abs(book[places_] - values).max() <= 20 / 255 / 2 + 1e-4


def test_grams_add_up() -> None:
    grams = Grams.counted(np.array([3, 1, 3]), np.array([1.0, 2.0, 0.5]))
    assert (grams.keys.tolist(), grams.amounts.tolist()) == ([1, 3], [2.0, 1.5])


def test_fold_pairs_are_final() -> None:
    pairs = fold_pairs()
    table = FoldTable(pairs)
    assert all(table[target] == target for target in pairs.values())
    assert not {ord(sign) for sign in CLASSES if len(sign) == 1 and pairs.get(ord(sign), ord(sign)) != ord(sign)}


def test_markup_becomes_paragraphs_of_running_text(tmp_path: Path) -> None:
    page = (
        "<html><style>p{}</style><p>这是第一段，\n  它有<b>两</b>行。</p><p>English only</p><p>A&amp;B 是第二段。</p>"
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert list(markup("*.html")(tmp_path)) == [("page.html", ["这是第一段， 它有两行。", "A&B 是第二段。"])]


def test_no_manual_pages_no_documents(tmp_path: Path) -> None:
    assert list(manual_pages(tmp_path)) == []


def test_equal_lines_count_once_unless_short() -> None:
    documents = {"news": [("one", ["短", "短", "一二三四五六七八九十一二", "一二三四五六七八九十一二"])]}
    assert list(distinct_lines(documents)) == ["短", "短", "一二三四五六七八九十一二"]


def test_about_one_document_in_twenty_is_held_out() -> None:
    assert 30 < sum(held_out(f"document {number}") for number in range(1000)) < 80


def test_hidden_places_are_reproducible_and_can_be_blanked() -> None:
    lines = ["山上有一座庙。", "庙里有人说：“走。”"]
    hidden = list(places(lines, 2, seed=1))
    assert hidden == list(places(lines, 2, seed=1))
    assert without(lines, hidden).count("\ufffd") == len(hidden) == 2
    assert [place.offset for place in places(lines, 9, 1, only_before_quotes=True)] == [8]


def test_candidates_share_the_trail_byte() -> None:
    assert {"。", "保", "！"} <= {*candidates("。"), *candidates("！")}
    assert all(choice.encode("gbk")[1] == 0xA3 for choice in candidates("保"))
