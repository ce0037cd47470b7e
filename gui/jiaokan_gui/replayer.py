"""Whether a repair replays, found out beside the window: the tables and the trying take longer than a frame."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

_MOST = 1000  # answers that are kept


class Question(NamedTuple):
    """Whether ``text[start:end]`` (code points) comes out when the damage is done again to ``after``."""

    text: str
    start: int
    end: int
    after: str


class Replayer(QObject):
    """Answers one question after another, in a thread that starts with the first."""

    answered = Signal(object, bool)
    """A question, and the answer."""
    _found = Signal(object, bool)  # the same, in the thread

    def __init__(self, parent: QObject | None = None) -> None:
        """Start idle."""
        super().__init__(parent)
        self._answers: dict[Question, bool] = {}
        self._questions: SimpleQueue[Question] = SimpleQueue()
        self._open: Question | None = None
        self._thread: Thread | None = None
        self._found.connect(self._keep)

    def ask(self, question: Question) -> bool | None:
        """Return the answer if it is known; else None, and it comes later (:attr:`answered`)."""
        answer = self._answers.get(question)
        if answer is None:
            self._open = question
            self._questions.put(question)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="jiaokan-replayer", daemon=True)
                self._thread.start()
        return answer

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._open is not None

    def _keep(self, question: Question, answer: bool) -> None:
        if question == self._open:
            self._open = None
        if len(self._answers) >= _MOST:
            self._answers.clear()
        self._answers[question] = answer
        self.answered.emit(question, answer)

    def _work(self) -> None:
        # Imported here, because it takes long.
        from jiaokan.doublebyte import big5, gbk
        from jiaokan.replay import slip_replays

        while True:
            question = self._questions.get()
            # Only the last question is still of interest.
            while not self._questions.empty():
                question = self._questions.get()
            answer = any(slip_replays(*question, charset()) for charset in (gbk, big5))
            try:
                self._found.emit(question, answer)
            except RuntimeError:
                return  # The window is gone.
