"""Deciding about the repairs of a document, so that every step can be undone."""

from __future__ import annotations

from jiaokan.judgement import Place, Ruling, Variant, Verdict
from jiaokan.repair import Kind
from PySide6.QtGui import QUndoCommand

from jiaokan_gui.document import Document


class _RulingCommand(QUndoCommand):
    def __init__(self, document: Document, ruling: Ruling, name: str) -> None:
        super().__init__(name)
        self._document = document
        self._ruling = ruling
        self._rows = None if ruling.is_general else sorted({row for row, _ in ruling.places})

    def redo(self) -> None:
        tally, ruling = self._document.tally, self._ruling
        if ruling.is_general:
            tally.forget()
        tally.leave(ruling.places)
        self._document.judgements.push(ruling)
        tally.add_topmost(ruling, 1)
        self._document.tell_judged(self._rows)

    def undo(self) -> None:
        tally, ruling = self._document.tally, self._ruling
        if ruling.is_general:
            tally.forget()
        tally.add_topmost(ruling, -1)
        self._document.judgements.pop()
        tally.enter(ruling.places)
        self._document.tell_judged(self._rows)


class _SwitchCommand(QUndoCommand):
    def __init__(self, document: Document, switched_off: frozenset[Kind], name: str) -> None:
        super().__init__(name)
        self._document = document
        self._before, self._after = document.judgements.switched_off, switched_off

    def redo(self) -> None:
        self._set(self._after)

    def undo(self) -> None:
        self._set(self._before)

    def _set(self, kinds: frozenset[Kind]) -> None:
        self._document.judgements.switched_off = kinds
        self._document.tally.forget()
        self._document.tell_judged(None)


def decide(document: Document, ruling: Ruling, name: str) -> None:
    """Decide; ``name`` says in the Undo menu what that was."""
    document.undo_stack.push(_RulingCommand(document, ruling, name))


def switch_kind(document: Document, kind: Kind, name: str, *, on: bool) -> None:
    """Carry repairs of a kind out in this document, or do not, whatever else is decided about them."""
    before = document.judgements.switched_off
    after = before - {kind} if on else before | {kind}
    if after != before:
        document.undo_stack.push(_SwitchCommand(document, after, name))


def ruling_of(document: Document, place: Place) -> Ruling | None:
    """Return the decision that counts for the repair at ``place``; None if nobody has decided about it."""
    row, index = place
    repairs = document.repairs.repairs(row)
    return document.judgements.of(place, Variant.of(repairs[index])) if index < len(repairs) else None


def verdict_of(document: Document, place: Place) -> Verdict:
    """Return what is decided about the repair at ``place``."""
    ruling = ruling_of(document, place)
    return Verdict.PROPOSED if ruling is None else ruling.verdict
