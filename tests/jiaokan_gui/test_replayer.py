"""Questions whether a repair replays, answered beside the window."""

from __future__ import annotations

from jiaokan_gui.replayer import Question, Replayer
from pytestqt.qtbot import QtBot

REPLAYS = Question("體系?!秉h中央", 2, 6, "。”黨")
DOES_NOT = Question("體系?!秉h中央", 2, 6, "甲乙丙")


def test_the_answer_comes_later_and_is_kept(qtbot: QtBot) -> None:
    replayer = Replayer()
    for question, expected in ((REPLAYS, True), (DOES_NOT, False)):
        with qtbot.waitSignal(replayer.answered) as told:
            assert replayer.ask(question) is None
        assert told.args == [question, expected]
        assert replayer.ask(question) is expected
