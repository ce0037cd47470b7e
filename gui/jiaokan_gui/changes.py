"""Going from one change of a document to the next."""

from __future__ import annotations

from collections.abc import Container

from jiaokan.repair import Kind, Repair

from jiaokan_gui.document import Document, Side
from jiaokan_gui.selection import Place

Change = tuple[int, Repair]
"""A row and one of its repairs."""


def next_change(
    document: Document, current: Change | None, place: Place, hidden: Container[Kind] = ()
) -> Change | None:
    """Return the change after ``current``, or if there is no current one, at or after ``place`` (of the raw text)."""
    row: int | None = current[0] if current is not None else place[0]
    start = current[1].start + 1 if current is not None else place[1]
    while row is not None and (row := document.repairs.next_marked(row)) is not None:
        for repair in document.row(row).repairs:
            later = row != (current[0] if current is not None else place[0]) or repair.start >= start
            if later and repair.kind not in hidden:
                return row, repair
        row += 1
    return None


def previous_change(
    document: Document, current: Change | None, place: Place, hidden: Container[Kind] = ()
) -> Change | None:
    """Return the change before ``current``, or if there is no current one, before ``place`` (of the raw text)."""
    first, before = (current[0], current[1].start) if current is not None else place
    row: int | None = first
    while row is not None and row >= 0 and (row := document.repairs.previous_marked(row)) is not None:
        for repair in reversed(document.row(row).repairs):
            if (row != first or repair.start < before) and repair.kind not in hidden:
                return row, repair
        row -= 1
    return None


def place_of(document: Document, change: Change, side: Side) -> Place:
    """Return where a change starts on one side."""
    row, repair = change
    content = document.row(row)
    index = content.repairs.index(repair)
    return row, content.spans(side)[index][0]
