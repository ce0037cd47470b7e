"""The outline follows what is decided about the repairs: headings are read again from the text as it is now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from jiaokan.judgement import Verdict
from jiaokan.repair import Kind, Repair, apply
from PySide6.QtCore import QObject, QTimer

from jiaokan_gui.decisions import verdict_of
from jiaokan_gui.document import Document, State
from jiaokan_gui.rows import LONGEST
from jiaokan_gui.slices import Slices

_DELAY = 30  # milliseconds; several decisions in a row are one
_FEW = 64  # rows whose headings are read at once
_ROWS = 20  # between two looks at the clock


class OutlineUpdate(QObject):
    """Keeps the outline of a document in step with the decisions."""

    def __init__(self, document: Document) -> None:
        """Follow ``document``."""
        super().__init__(document)
        self._document = document
        self._slices = Slices(self)
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._start)
        document.judged.connect(self._judged)
        document.text_changed.connect(self._slices.stop)
        document.state_changed.connect(self._state_changed)

    @property
    def is_busy(self) -> bool:
        """Whether the outline is not yet what it will be."""
        return self._timer.isActive() or self._slices.is_busy

    def _judged(self, rows: list[int] | None) -> None:
        # A long text is read again in seconds; the titles of what was decided are there at once.
        if rows is not None and len(rows) <= _FEW:
            self._rename(rows)
        self._timer.start()

    def _state_changed(self) -> None:
        # As long as a worker reads the text, it sends an outline that knows no decisions.
        if self._document.state in (State.DONE, State.CANCELLED) and len(self._document.judgements):
            self._timer.start()

    def _start(self) -> None:
        if not self._document.is_busy:
            self._slices.start(self._read())

    def _rename(self, rows: list[int]) -> None:
        """Give the headings in these rows the titles that they have now."""
        from jiaokan import headlines

        document = self._document
        headings = list(document.headings)
        starts = [heading.raw_start for heading in headings]
        for row in rows:
            start, end = document.rows.span(row)
            for number in range(bisect_left(starts, start), bisect_left(starts, end)):
                text = document.row(row).repaired
                headline = headlines.read(text, headlines.indent(text), stands_apart=True)
                if headline is not None and headline.title != headings[number].title:
                    headings[number] = replace(headings[number], title=headline.title)
        if headings != list(document.headings):
            document.set_headings(headings)

    def _read(self) -> Iterator[None]:
        """Read all headings again."""
        from jiaokan.outline import OutlineBuilder, is_furniture

        document, builder, shift = self._document, OutlineBuilder(), 0
        rows, row = document.rows, 0
        while row < len(rows):
            first = row
            raw, repaired, repairs = self._row(row)
            furniture = is_furniture(raw, repairs)
            growth = len(repaired) - len(raw)
            row += 1
            while row < len(rows) and rows.continues(row):
                # A paragraph of several rows is longer than any heading: its beginning tells that as well as all of it.
                more_raw, more_repaired, more_repairs = self._row(row)
                if len(repaired) < LONGEST:
                    repaired += more_repaired
                furniture = furniture and is_furniture(more_raw, more_repairs)
                growth += len(more_repaired) - len(more_raw)
                row += 1
                if row % _ROWS == 0:
                    yield
            start = rows.starts[first]
            builder.add(rows.paragraph(first), start, start + shift, repaired, repairs, furniture=furniture)
            shift += growth
            if row % _ROWS == 0:
                yield
        document.set_headings(builder.headings())

    def _row(self, row: int) -> tuple[str, str, list[Repair]]:
        """Return a row's raw text, repaired text and repairs; furniture that the reader wants to keep is none."""
        document = self._document
        start, end = document.rows.content_span(document.text, row)
        raw = document.text[start:end]
        if row >= len(document.repairs.marks) or not document.repairs.marks[row]:
            return raw, raw, []
        repairs = document.judgements.judged(row, document.repairs.repairs(row))
        counted = [
            repair
            for index, repair in enumerate(repairs)
            if repair.kind is not Kind.FURNITURE or self._is_furniture(row, index)
        ]
        return raw, apply(raw, repairs), counted

    def _is_furniture(self, row: int, index: int) -> bool:
        if Kind.FURNITURE in self._document.judgements.switched_off:
            return False
        return verdict_of(self._document, (row, index)) is not Verdict.REFUSED
