"""The window's side of the worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jiaokan_gui import messages
from jiaokan_gui.worker import MOST, Workers
from pytestqt.qtbot import QtBot
from toy_engine import ToyEngine


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Callable[[ToyEngine], Workers]]:
    made: list[Workers] = []

    def make(engine: ToyEngine) -> Workers:
        assert qtbot is not None
        made.append(Workers(engine=engine))
        return made[-1]

    yield make
    for each in made:
        each.close()


class Listener:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.answers: list[messages.Answer] = []
        self.text = ""

    def __call__(self, answer: messages.Answer, text: str) -> None:
        self.answers.append(answer)
        self.text = text or self.text

    def has(self, kind: type[messages.Answer]) -> bool:
        return any(isinstance(answer, kind) for answer in self.answers)


def write(folder: Path, text: str) -> Path:
    path = folder / "text.txt"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def test_the_text_arrives_whole_whatever_is_in_it(
    workers: Callable[[ToyEngine], Workers], tmp_path: Path, qtbot: QtBot
) -> None:
    text = "甲\0\udc85𠀀\r\n" * 100_000
    listener = Listener()
    workers(ToyEngine()).open(write(tmp_path, text), None, listener)
    qtbot.waitUntil(lambda: listener.has(messages.TextEnd), timeout=20_000)
    assert listener.text == text
    assert isinstance(listener.answers[0], messages.Head)


def test_many_jobs_are_done_by_few_processes(
    workers: Callable[[ToyEngine], Workers], tmp_path: Path, qtbot: QtBot
) -> None:
    made, listeners = workers(ToyEngine()), [Listener() for _ in range(7)]
    path = write(tmp_path, "甲,乙")
    jobs = [made.open(path, None, listener) for listener in listeners]
    assert len(made._busy) <= MOST
    qtbot.waitUntil(lambda: all(listener.has(messages.Finished) for listener in listeners), timeout=20_000)
    assert [{answer.job for answer in listener.answers} for listener in listeners] == [{job} for job in jobs]
    assert len(made._idle) <= MOST


def test_nothing_is_heard_of_a_cancelled_job(
    workers: Callable[[ToyEngine], Workers], tmp_path: Path, qtbot: QtBot
) -> None:
    made, listener, next_listener = workers(ToyEngine(slowness=0.01)), Listener(), Listener()
    job = made.open(write(tmp_path, "甲,乙\n" * 1000), None, listener)
    qtbot.waitUntil(lambda: listener.has(messages.Block), timeout=20_000)
    made.cancel(job)
    heard = len(listener.answers)
    made.open(write(tmp_path, "丙"), None, next_listener)
    qtbot.waitUntil(lambda: next_listener.has(messages.Finished), timeout=20_000)
    assert len(listener.answers) == heard


def test_a_process_that_dies_is_reported_and_replaced(
    workers: Callable[[ToyEngine], Workers], tmp_path: Path, qtbot: QtBot
) -> None:
    made, listener, next_listener = workers(ToyEngine(slowness=0.01)), Listener(), Listener()
    made.open(write(tmp_path, "甲,乙\n" * 1000), None, listener)
    qtbot.waitUntil(lambda: listener.has(messages.Block), timeout=20_000)
    made._busy[0]._process.kill()
    qtbot.waitUntil(lambda: listener.has(messages.Failed), timeout=20_000)
    made.open(write(tmp_path, "丙"), None, next_listener)
    qtbot.waitUntil(lambda: next_listener.has(messages.Finished), timeout=20_000)


def test_a_long_outline_arrives_whole(workers: Callable[[ToyEngine], Workers], tmp_path: Path, qtbot: QtBot) -> None:
    listener = Listener()
    workers(ToyEngine()).open(write(tmp_path, "".join(f"——{number}\n" for number in range(4001))), None, listener)
    qtbot.waitUntil(lambda: listener.has(messages.Finished), timeout=20_000)
    outline = [answer for answer in listener.answers if isinstance(answer, messages.Outline)][-1]
    assert [heading.title for heading in outline.headings] == [str(number) for number in range(4001)]
