"""The rows count what they say they count, and every tool is given the same input."""

from __future__ import annotations

import random

import pytest
from jiaokan.repair import Certainty
from simulator.damaged import Damaged

from fidelity.comparison import Look
from fidelity.experiments import DamagedFile, Experiment
from fidelity.rows import measure
from fidelity.table import by_tool, by_tool_header, details, header, line, speed
from fidelity.tools import NOTHING, TOOLS, Mended, Tool

_TEXTS = {"a": "甲乙丙丁。\n戊己庚辛。", "b": "天地玄黄。"}
_PERFECT = Tool("perfect", lambda _: Mended(_TEXTS["b"]), lambda _: Mended(_TEXTS["b"]))
_ONLY_BYTES = Tool("only bytes", None, lambda data: Mended(data.decode("utf-8")))


def _shortened(clean: str, rng: random.Random) -> Damaged:
    return Damaged(clean[rng.randrange(1, 2) :], clean)


def test_a_row_counts_documents_and_characters() -> None:
    row = measure(Experiment("shortened", _shortened), _TEXTS, seeds=2, tools=(NOTHING,))
    score = row.scores[NOTHING.name]
    assert (score.documents, score.documents_exact) == (4, 0)
    assert (score.spans[Look.OTHER], score.restored[Look.OTHER]) == (4, 0)
    assert score.distance == 4
    assert score.length == 2 * (5 + 5 + 5)
    assert not score.false_changes


def test_a_perfect_tool_is_perfect() -> None:
    row = measure(Experiment("shortened", _shortened), {"b": _TEXTS["b"]}, tools=(_PERFECT, NOTHING))
    assert row.scores["perfect"].documents_exact == row.scores["perfect"].documents == 1
    assert row.scores["perfect"].right == 100
    assert row.scores["perfect"].restored == row.scores["perfect"].spans
    assert row.scores[NOTHING.name].documents_exact == 0


def test_tools_for_bytes_get_files_only() -> None:
    text = measure(Experiment("clean", lambda clean, _: Damaged(clean, clean)), _TEXTS, tools=(_ONLY_BYTES, NOTHING))
    assert set(text.scores) == {NOTHING.name}
    assert not text.of_files

    def as_file(clean: str, _: random.Random) -> DamagedFile:
        return DamagedFile(clean, clean, data=clean.encode())

    file = measure(Experiment("file", as_file), _TEXTS, tools=(_ONLY_BYTES, NOTHING))
    assert file.of_files
    assert file.scores["only bytes"].documents_exact == 2


def test_paragraphs_that_are_no_part_of_the_document_are_not_compared() -> None:
    def with_line(clean: str, _: random.Random) -> Damaged:
        return Damaged(f"广告\n{clean}", f"原文\n{clean}", frozenset({0}))

    row = measure(Experiment("marked", with_line), _TEXTS)
    assert row.marks == 2
    assert row.own.documents_exact == 2


def test_right_and_wrong_repairs_are_told_apart() -> None:
    raw = "他們說現(xiàn)在還實(shí)行這(zhè)個辦法," * 6

    def annotated(_: str, __: random.Random) -> Damaged:
        return Damaged(raw, raw.replace("(xiàn)", "").replace("(zhè)", "").replace(",", "，"))

    row = measure(Experiment("annotated", annotated), {"a": ""})
    right, whole = (sum(pair) for pair in zip(*(row.right(grade) for grade in Certainty), strict=True))
    assert whole - right == 6
    assert len(row.wrong) == 6
    assert {wrong.before for wrong in row.wrong} == {"(shí)"}


def test_a_part_of_the_texts() -> None:
    texts = {str(number): "甲" * (number + 1) for number in range(10)}
    row = measure(Experiment("four", lambda clean, _: Damaged(clean, clean)), texts, every=5, tools=(NOTHING,))
    assert row.scores[NOTHING.name].documents == 2


@pytest.mark.parametrize("name", ["short", "a name that is much longer than the column that it is printed in, by far"])
def test_lines_are_as_wide_as_their_headings(name: str) -> None:
    row = measure(Experiment(name, _shortened), _TEXTS, kind="own")
    assert len(line(row)) == len(header())
    assert len(by_tool(row)) == len(by_tool_header())
    assert len(list(speed([row]))) == len(TOOLS) + 1
    assert any("raw" in text for text in details(row, 1))
