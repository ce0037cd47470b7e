"""Going from one change of a document to the next."""

from __future__ import annotations

from collections.abc import Callable

from jiaokan.judgement import Place as Change
from jiaokan.repair import Repair

from jiaokan_gui.document import Document, Side
from jiaokan_gui.selection import Place

__all__ = ["Change", "change_at", "next_change", "place_of", "previous_change", "repair_of"]

Wanted = Callable[[Repair], bool]


def _any(_repair: Repair) -> bool:
    return True


def next_change(document: Document, current: Change | None, place: Place, wanted: Wanted = _any) -> Change | None:
    """Return the wanted change after ``current``; if there is no current one, at or after ``place`` (of the raw text)."""
    first = current[0] if current is not None else place[0]
    row: int | None = first
    while row is not None and (row := document.repairs.next_marked(row)) is not None:
        for index, repair in enumerate(document.row(row).repairs):
            after = index > current[1] if current is not None else repair.start >= place[1]
            if (row != first or after) and wanted(repair):
                return row, index
        row += 1
    return None


def previous_change(document: Document, current: Change | None, place: Place, wanted: Wanted = _any) -> Change | None:
    """Return the wanted change before ``current``; if there is no current one, before ``place`` (of the raw text)."""
    first = current[0] if current is not None else place[0]
    row: int | None = first
    while row is not None and row >= 0 and (row := document.repairs.previous_marked(row)) is not None:
        for index, repair in reversed(list(enumerate(document.row(row).repairs))):
            before = index < current[1] if current is not None else repair.start < place[1]
            if (row != first or before) and wanted(repair):
                return row, index
        row -= 1
    return None


def change_at(document: Document, side: Side, place: Place) -> Change | None:
    """Return the change that covers a place of one side, the shortest of several; None if there is none."""
    row, offset = place
    spans = [
        (end - start, index)
        for index, (start, end) in enumerate(document.row(row).spans(side))
        if start <= offset < end or start == offset == end
    ]
    return (row, min(spans)[1]) if spans else None


def repair_of(document: Document, change: Change) -> Repair | None:
    """Return the repair, as it is decided; None if the document does not have it (any more)."""
    row, index = change
    if row >= len(document.rows):
        return None
    repairs = document.row(row).repairs
    return repairs[index] if index < len(repairs) else None


def place_of(document: Document, change: Change, side: Side) -> Place:
    """Return where a change starts on one side."""
    row, index = change
    return row, document.row(row).spans(side)[index][0]
