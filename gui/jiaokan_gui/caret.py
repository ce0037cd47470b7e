"""How the caret moves: by characters, words, lines, pages, on one side of the rows."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QPointF
from PySide6.QtGui import QKeyEvent, QKeySequence

from jiaokan_gui.document import Side
from jiaokan_gui.row_layout import RowLayout
from jiaokan_gui.selection import Place


class Motion(Enum):
    """A way in which the caret moves."""

    NEXT_CHARACTER = auto()
    PREVIOUS_CHARACTER = auto()
    NEXT_WORD = auto()
    PREVIOUS_WORD = auto()
    NEXT_LINE = auto()
    PREVIOUS_LINE = auto()
    LINE_START = auto()
    LINE_END = auto()
    NEXT_PAGE = auto()
    PREVIOUS_PAGE = auto()
    START = auto()
    END = auto()


_KEY = QKeySequence.StandardKey
_MOTIONS: tuple[tuple[Motion, QKeySequence.StandardKey, QKeySequence.StandardKey], ...] = (
    (Motion.NEXT_CHARACTER, _KEY.MoveToNextChar, _KEY.SelectNextChar),
    (Motion.PREVIOUS_CHARACTER, _KEY.MoveToPreviousChar, _KEY.SelectPreviousChar),
    (Motion.NEXT_WORD, _KEY.MoveToNextWord, _KEY.SelectNextWord),
    (Motion.PREVIOUS_WORD, _KEY.MoveToPreviousWord, _KEY.SelectPreviousWord),
    (Motion.NEXT_LINE, _KEY.MoveToNextLine, _KEY.SelectNextLine),
    (Motion.PREVIOUS_LINE, _KEY.MoveToPreviousLine, _KEY.SelectPreviousLine),
    (Motion.LINE_START, _KEY.MoveToStartOfLine, _KEY.SelectStartOfLine),
    (Motion.LINE_END, _KEY.MoveToEndOfLine, _KEY.SelectEndOfLine),
    (Motion.NEXT_PAGE, _KEY.MoveToNextPage, _KEY.SelectNextPage),
    (Motion.PREVIOUS_PAGE, _KEY.MoveToPreviousPage, _KEY.SelectPreviousPage),
    (Motion.START, _KEY.MoveToStartOfDocument, _KEY.SelectStartOfDocument),
    (Motion.END, _KEY.MoveToEndOfDocument, _KEY.SelectEndOfDocument),
)


def motion_of(event: QKeyEvent) -> tuple[Motion, bool] | None:
    """Return the motion that a key means on this platform, and whether it extends the selection; None if it means none."""
    for motion, move, select in _MOTIONS:
        if event.matches(move):
            return motion, False
        if event.matches(select):
            return motion, True
    return None


class CaretMover:
    """Moves a caret through rows."""

    def __init__(self, count: Callable[[], int], layout: Callable[[int], RowLayout]) -> None:
        """Move through ``count()`` rows, laid out by ``layout``."""
        self._count = count
        self._layout = layout
        self._goal: float | None = None

    def moved(self, side: Side, place: Place, motion: Motion) -> Place:
        """Return where the caret comes to; pages are not for this function, they depend on the screen."""
        row, offset = place
        lines = self._layout(row).side(side)
        if motion not in (Motion.NEXT_LINE, Motion.PREVIOUS_LINE):
            self._goal = None
        match motion:
            case Motion.NEXT_CHARACTER | Motion.NEXT_WORD:
                return self._step(side, place, forward=True, words=motion is Motion.NEXT_WORD)
            case Motion.PREVIOUS_CHARACTER | Motion.PREVIOUS_WORD:
                return self._step(side, place, forward=False, words=motion is Motion.PREVIOUS_WORD)
            case Motion.NEXT_LINE:
                return self._line(side, place, 1)
            case Motion.PREVIOUS_LINE:
                return self._line(side, place, -1)
            case Motion.LINE_START:
                return row, lines.line_span(lines.line_of(offset))[0]
            case Motion.LINE_END:
                return row, lines.line_span(lines.line_of(offset))[1]
            case Motion.START:
                return 0, 0
            case Motion.END:
                last = max(0, self._count() - 1)
                return last, len(self._layout(last).content.text(side))
        return place

    def _step(self, side: Side, place: Place, *, forward: bool, words: bool) -> Place:
        row, offset = place
        moved = self._layout(row).side(side).next_offset(offset, forward=forward, words=words)
        if moved != offset:
            return row, moved
        if forward and row + 1 < self._count():
            return row + 1, 0
        if not forward and row > 0:
            return row - 1, len(self._layout(row - 1).content.text(side))
        return place

    def _line(self, side: Side, place: Place, step: int) -> Place:
        row, offset = place
        lines = self._layout(row).side(side)
        caret = lines.caret(offset)
        if self._goal is None:
            self._goal = caret.center().x()
        number = lines.line_of(offset) + step
        if not 0 <= number < lines.lines:
            row += step
            if not 0 <= row < self._count():
                return (0, 0) if step < 0 else (row - 1, len(lines.text.source))
            lines = self._layout(row).side(side)
            number = 0 if step > 0 else max(0, lines.lines - 1)
        pitch = caret.height() and lines.height / max(1, lines.lines)
        return row, lines.offset_at(QPointF(self._goal, (number + 0.5) * pitch))
