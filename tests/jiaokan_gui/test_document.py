"""A document: text, repairs, slices, what it does with answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from in_process import Collector, answers, document_of
from jiaokan.repair import Kind, apply
from jiaokan.script import Script
from jiaokan_gui import messages
from jiaokan_gui.document import Document, Side, State
from jiaokan_gui.rows import LONGEST
from jiaokan_gui.worker import Receiver, Workers
from jiaokan_gui.worker_process import HEAD, Job, head_of, rows_of
from toy_engine import ToyEngine

Make = Callable[[str], Document]


@pytest.mark.parametrize("text", ["", "\n", "字", "\r\n\r\n", "\udc85\ufeff", "\0", "甲,乙"])
def test_the_smallest_texts(document: Make, text: str) -> None:
    made = document(text)
    assert made.state is State.DONE
    assert made.text == text
    last = len(made.rows) - 1
    assert "".join(made.slice(Side.RAW, (0, 0), (last, len(made.row(last).raw)))) == text


def test_both_sides_of_a_row(document: Make) -> None:
    row = document("開發(fā),好").row(0)
    assert row.raw == "開發(fā),好"
    assert row.repaired == "開發,好"
    assert [repair.kind for repair in row.repairs] == [Kind.ANNOTATION]
    assert row.spans(Side.RAW) == [(2, 6)]
    assert row.spans(Side.REPAIRED) == [(2, 2)]


def test_another_script_is_shown_and_changes_no_repair(document: Make) -> None:
    made = document("萬里(lǐ)𠀀里,發\udcff展\r\n干淨")
    as_it_is = made.row(0)
    made.set_script(Script.SIMPLIFIED)
    row = made.row(0)
    assert (row.text(Side.RAW), row.repaired, row.repairs) == (as_it_is.raw, as_it_is.repaired, as_it_is.repairs)
    assert row.text(Side.REPAIRED) == "万里𠀀里，发\udcff展"
    assert row.spans(Side.REPAIRED) == as_it_is.spans(Side.REPAIRED)
    assert "".join(made.slice(Side.REPAIRED, (0, 0), (1, 2))) == "万里𠀀里，发\udcff展\r\n干净"
    assert "".join(made.slice(Side.RAW, (0, 0), (1, 2))) == made.text


def test_what_is_suggested_stays_in_the_repaired_text(document: Make) -> None:
    row = document("甲,乙 許昌|武川|x").row(0)
    assert row.repaired == "甲，乙 許昌|武川|x"
    assert row.spans(Side.REPAIRED) == [(1, 2), (4, 11)]


def test_counts_and_outline(document: Make) -> None:
    made = document("題\n——甲。乙\n丙,丁,戊\n")
    assert {kind: number for (kind, _), number in made.counts.items()} == {Kind.WIDTH: 2}
    assert [heading.title for heading in made.headings] == ["題", "甲"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["甲", ",", "乙(yǐ)", "𠀀", "\n", "\r\n", "\u200b", "長" * LONGEST]), max_size=12
    ).map("".join),
    data=st.data(),
)
def test_a_slice_is_exactly_what_lies_between(tmp_path: Path, text: str, data: st.DataObject) -> None:
    made = document_of(text, tmp_path)
    for side in Side:
        pieces = [made.row(row).text(side) + made.line_end(row) for row in range(len(made.rows))]
        whole = "".join(pieces)
        assert whole == (made.text if side is Side.RAW else _repaired(made))
        first = data.draw(st.integers(0, len(pieces) - 1))
        last = data.draw(st.integers(first, len(pieces) - 1))
        low = data.draw(st.integers(0, len(made.row(first).text(side))))
        high = data.draw(st.integers(low if first == last else 0, len(made.row(last).text(side))))
        before = sum(map(len, pieces[:first]))
        end = sum(map(len, pieces[:last])) + high
        assert "".join(made.slice(side, (first, low), (last, high))) == whole[before + low : end]


def _repaired(document: Document) -> str:
    repairs = [
        repair.shifted(document.rows.starts[row])
        for row in range(len(document.rows))
        for repair in document.row(row).repairs
    ]
    return apply(document.text, repairs)


class SilentWorkers(Workers):
    """Never answers; keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, int]] = []

    def open(self, path: Path, encoding: str | None, receiver: Receiver) -> int:
        assert path
        assert encoding is None
        self.receiver = receiver
        return 1

    def look(self, job: int, first: int, last: int) -> None:
        assert job == 1
        self.asked.append((first, last))


@pytest.mark.usefixtures("qapp")
def test_one_question_at_a_time_and_then_the_latest(tmp_path: Path) -> None:
    workers = SilentWorkers()
    made = Document(tmp_path / "text.txt", workers)
    made.load()
    text = "字\n" * 100
    workers.receiver(messages.TextEnd(1, messages.Encoding("utf-8"), rows_of(text)), text)
    for row in range(50):
        made.look(row, row + 5)
    assert workers.asked == [(0, 5)]
    workers.receiver(messages.Block(1, 0, 6, b"", (), early=True), "")
    assert workers.asked == [(0, 5), (49, 54)]
    workers.receiver(messages.Block(1, 49, 55, b"", (), early=True), "")
    made.look(50, 54)
    assert workers.asked == [(0, 5), (49, 54)]


def test_a_document_that_is_read_again_keeps_its_text_until_all_is_there(document: Make) -> None:
    made, texts = document("甲\n" * 100_000), list[int]()
    made.text_changed.connect(lambda: texts.append(len(made.text)))
    made.load()
    assert texts == [200_000]


def test_a_long_text_shows_its_head_first(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("甲,乙\n" * 30_000, encoding="utf-8")
    first, *rest = answers(path)
    assert isinstance(first, messages.Head)
    assert path.read_text(encoding="utf-8").startswith(first.text)
    assert first.text.endswith("\n")
    assert isinstance(rest[-1], messages.Finished)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_the_head_of_a_text_without_line_ends_is_cut_between_characters(encoding: str) -> None:
    data = ("x" + "漢" * HEAD).encode(encoding)
    head = head_of(data)
    assert HEAD - 4 < len(head) <= HEAD
    if encoding in ("utf-8", "utf-16"):
        assert head.decode(encoding).endswith("漢")


def test_the_repairs_of_a_long_paragraph_come_in_small_blocks(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("甲,乙(yǐ)" * 5000 + "\n丙,丁", encoding="utf-8")
    blocks = [answer for answer in answers(path) if isinstance(answer, messages.Block)]
    assert [block.first for block in blocks[1:]] == [block.end for block in blocks[:-1]]
    assert max(block.end - block.first for block in blocks) <= 2
    assert sum(sum(block.counts.values()) for block in blocks) == 10_001


class _Looking(Collector):
    """The worker's end of a connection through which one question comes while the text is being surveyed."""

    def __init__(self, look: messages.Look) -> None:
        super().__init__()
        self._looks = [look]

    def poll(self, timeout: float | None = 0.0, /) -> bool:
        assert timeout is not None
        return bool(self._looks)

    def recv(self) -> messages.Look:
        return self._looks.pop()


def test_only_the_rows_on_screen_are_repaired_early(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("甲,乙(yǐ)" * 20_000, encoding="utf-8")
    connection = _Looking(messages.Look(1, 3, 5))
    Job(connection, ToyEngine(), messages.Open(1, path)).run()
    early = [answer for answer in connection.sent if isinstance(answer, messages.Block) and answer.early]
    assert [(block.first, block.end) for block in early] == [(3, 6)]
    assert [row for row, _ in early[0].marks] == [3, 4, 5]
