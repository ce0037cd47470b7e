"""The edition of a document as the reader sees it: with what was decided about the repairs. No Qt; picklable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiaokan.edition import Edition, Paragraph
from jiaokan.judgement import Judgements
from jiaokan.repair import Repair

from jiaokan_gui.repair_store import RepairStore
from jiaokan_gui.rows import Rows

if TYPE_CHECKING:
    from jiaokan_gui.document import Document

_STEP = 1 << 16
"""Every so many code points it is said how far the paragraphs are."""


def _say_nothing(_length: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class DecidedEdition(Edition):
    """What the window knows about a document, frozen.

    Attributes:
        text: The raw text.
        rows: Its rows.
        repairs: The repairs as they were proposed, by row.
        judgements: What is decided about them.
        passed: Called with the number of code points (raw) that :meth:`paragraphs` has given since the last call.

    """

    text: str
    rows: Rows
    repairs: RepairStore
    judgements: Judgements
    passed: Callable[[int], object] = _say_nothing

    @classmethod
    def of(cls, document: Document) -> DecidedEdition:
        """Return the edition of a document as it is now, in the script in which it is shown.

        It shares what the document goes on changing: pickle it before anything happens to that.
        """
        encoding = document.encoding
        return cls(
            document.path.name,
            encoding.name if encoding is not None else "",
            encoding.confidence if encoding is not None else 0.0,
            encoding.parts if encoding is not None else (),
            encoding is not None and encoding.bom,
            encoding.newline if encoding is not None else "\n",
            document.headings,
            document.script,
            document.text,
            document.rows,
            document.repairs,
            document.judgements,
        )

    def frozen(self) -> DecidedEdition:
        """Return the same edition, which later decisions do not concern. The repairs, once known, do not change."""
        return replace(self, judgements=deepcopy(self.judgements))

    @property
    def length(self) -> int:
        """See :class:`Edition`."""
        return len(self.text)

    def paragraphs(self) -> Iterator[Paragraph]:
        """See :class:`Edition`. A paragraph of several rows is put together again."""
        rows, text = self.rows, self.text
        row = index = told = 0
        while row < len(rows):
            first = row
            repairs = list(self._repairs(first, 0))
            row += 1
            while row < len(rows) and rows.continues(row):
                repairs += self._repairs(row, rows.starts[row] - rows.starts[first])
                row += 1
            start, end = rows.starts[first], rows.content_span(text, row - 1)[1]
            line_end = text[end : rows.span(row - 1)[1]]
            yield Paragraph(index, start, text[start:end], tuple(repairs), line_end, self.script)
            index += 1
            if end - told >= _STEP:
                self.passed(end - told)
                told = end

    def _repairs(self, row: int, shift: int) -> tuple[Repair, ...]:
        """Return the repairs of a row as they are decided, ``shift`` code points further on."""
        if not self.repairs.is_known(row):
            return ()
        decided = self.judgements.judged(row, self.repairs.repairs(row))
        return tuple(repair.shifted(shift) for repair in decided) if shift else decided
