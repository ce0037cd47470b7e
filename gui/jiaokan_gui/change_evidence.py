"""Why a change was made, in words and in bytes, with what else could stand there."""

from __future__ import annotations

from jiaokan.judgement import Place, Variant
from jiaokan.repair import Certainty, Kind, Repair
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from jiaokan_gui.byte_cells import Cells, cells_of
from jiaokan_gui.byte_table import ByteTable
from jiaokan_gui.change_model import decision_name
from jiaokan_gui.changes import repair_of
from jiaokan_gui.copyable_table import CopyableTable
from jiaokan_gui.decisions import ruling_of
from jiaokan_gui.document import Document
from jiaokan_gui.encodings import encoding_name
from jiaokan_gui.kinds import certainty_name, kind_name
from jiaokan_gui.replayer import Question, Replayer
from jiaokan_gui.shown_text import ShownText

_LONGEST_REPLAY = 200  # code points; a longer slip is replayed nowhere but in the tests
_LEAST = 40  # pixels that the words are high
_LONGEST = 400  # code points of a text that the words show


class ChangeEvidence(QWidget):
    """Shows one change of a document."""

    reading_chosen = Signal(str)
    """The reader wants this reading to stand there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a change."""
        super().__init__(parent)
        self.words = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.words.setAccessibleName(self.tr("Why this change"))
        self.words.setMinimumHeight(_LEAST)
        self.words.setPlaceholderText(self.tr("Go to a change: click one, or press F8"))
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.bytes = ByteTable()
        self.candidates = self._candidates_table()
        self._lay_out()
        self._shown: tuple[Document, Place] | None = None
        self._replayer = Replayer(self)
        self._replayer.answered.connect(self._show_again)
        self.show_change(None, None)

    def _candidates_table(self) -> CopyableTable:
        table = CopyableTable(self.tr("Candidates"))
        table.setColumnCount(2)
        table.setHorizontalHeaderLabels([self.tr("Reading"), self.tr("Score")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setToolTip(
            self.tr(
                "Double-click a reading, or press Enter, to let it stand.\n"
                "The score is a natural logarithm: 0 is the likeliest, −2.3 is ten times less likely."
            )
        )
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setHighlightSections(False)
        table.setMinimumWidth(130)
        table.row_chosen.connect(self._choose)
        return table

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.words, 1)
        left.addWidget(self.bytes)
        both = QHBoxLayout(self)
        both.setContentsMargins(4, 4, 4, 4)
        both.setSpacing(4)
        both.addLayout(left, 3)
        both.addWidget(self.candidates, 1)

    def set_text_font(self, font: QFont) -> None:
        """Show readings in the font of the text, in the size of the panel."""
        fitting = QFont(font)
        fitting.setPointSizeF(self.font().pointSizeF())
        for part in (self.bytes, self.candidates):
            if part.font() != fitting:
                part.setFont(fitting)

    @property
    def is_busy(self) -> bool:
        """Whether there is more to say in a moment."""
        return self._replayer.is_busy

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_change(*self._shown)

    def show_change(self, document: Document | None, change: Place | None) -> None:
        """Show the change at a place of a document; None: there is no current one."""
        self._shown = (document, change) if document is not None and change is not None else None
        repair = repair_of(document, change) if document is not None and change is not None else None
        cells = cells_of(repair, _encoding(document)) if repair is not None else None
        lines: list[str] = []
        if document is not None and change is not None and repair is not None and cells is not None:
            lines = self._sentences(repair, document.row(change[0]).raw, cells, _decision(document, change))
        if (words := "\n".join(lines)) != self.words.toPlainText():
            self.words.setPlainText(words)
        self.bytes.show_cells(cells, repair.kind if repair is not None else None)
        self.bytes.setVisible(cells is not None and bool(cells.pairs))
        self._show_candidates(repair)

    def _sentences(self, repair: Repair, text: str, cells: Cells, decision: str) -> list[str]:
        carried = self.tr("carried out") if repair.applied else self.tr("not carried out")
        carried += f" ({decision})" if decision else ""
        before, after = (ShownText(side[:_LONGEST]).shown or "∅" for side in (repair.before, repair.after))
        encoding = self.tr("bytes in {encoding}").format(encoding=encoding_name(cells.encoding))
        if cells.read_as != cells.encoding:
            encoding += self.tr(", read as {encoding}").format(encoding=encoding_name(cells.read_as))
        if not cells.is_whole:
            encoding += self.tr(" (the first ones)")
        lines = [" · ".join((kind_name(repair.kind), certainty_name(repair.certainty), carried, encoding))]
        if repair.certainty is Certainty.LOST and repair.after == repair.before:
            lines.append(self.tr("Stood there: {before}").format(before=before))
        else:
            lines.append(self.tr("Stood there: {before}  →  {after}").format(before=before, after=after))
        if (replayed := self._replayed(repair, text)) is not None:
            lines.append(replayed)
        reason = ShownText(repair.evidence.reason).shown
        lines.append(self.tr("Why: {reason} [{rule}]").format(reason=reason, rule=repair.evidence.rule))
        return lines

    def _replayed(self, repair: Repair, text: str) -> str | None:
        """Say whether the damage, done again to the reading, gives the raw text. Only slips can be done again."""
        if repair.kind is not Kind.SLIP or not repair.evidence.intended or len(repair.before) > _LONGEST_REPLAY:
            return None
        answer = self._replayer.ask(Question(text, repair.start, repair.end, repair.after))
        if answer is None:
            return self.tr("Being replayed…")
        if answer:
            return self.tr("Replays: damaged again, this reading gives exactly what stood there.")
        return self.tr("Does not replay: no known damage makes what stood there of this reading.")

    # Candidates

    def _show_candidates(self, repair: Repair | None) -> None:
        table = self.candidates
        candidates = repair.candidates if repair is not None else ()
        table.setVisible(bool(candidates))
        table.setRowCount(len(candidates))
        for row, candidate in enumerate(candidates):
            reading = table.put(row, 0, ShownText(candidate.text).shown or "∅")
            reading.setData(Qt.ItemDataRole.UserRole, candidate.text)
            score = table.put(row, 1, f"{candidate.score:.1f}".replace("-", "−"))
            score.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if repair is not None and repair.applied and candidate.text == repair.after:
                for item in (reading, score):
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)

    def _choose(self, row: int) -> None:
        item = self.candidates.item(row, 0)
        if item is not None:
            self.reading_chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _decision(document: Document, change: Place) -> str:
    """Return what readers call what is decided about a change."""
    proposed = document.repairs.repairs(change[0])[change[1]]
    return decision_name(document, Variant.of(proposed), ruling_of(document, change))


def _encoding(document: Document | None) -> str:
    return document.encoding.name if document is not None and document.encoding is not None else "utf-8"
