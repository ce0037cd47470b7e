"""Deciding about the repairs of a document, so that every step can be undone."""

from __future__ import annotations

from collections import Counter

from jiaokan.judgement import Place, Ruling, Variant, Verdict
from jiaokan.repair import Certainty, Kind
from PySide6.QtGui import QUndoCommand

from jiaokan_gui.document import Document


class _RulingCommand(QUndoCommand):
    def __init__(self, document: Document, ruling: Ruling, name: str) -> None:
        super().__init__(name)
        self._document = document
        self._ruling = ruling
        self._rows = None if ruling.is_general else sorted({row for row, _ in ruling.places})

    def redo(self) -> None:
        self._document.judgements.push(self._ruling)
        self._document.tell_judged(self._rows)

    def undo(self) -> None:
        self._document.judgements.pop()
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


def carried_out(document: Document) -> Counter[tuple[Kind, Certainty]]:
    """Return how many repairs of each kind and certainty are carried out, as it is decided.

    Linear in the number of kinds, of variants and of places that decisions name. Where accepted repairs overlap, all
    of them count.
    """
    judgements, index = document.judgements, document.index
    rest = Counter(document.counts)
    result: Counter[tuple[Kind, Certainty]] = Counter()
    for variant in judgements.variants:
        number = index.count(variant)
        sort = (variant.kind, variant.certainty)
        rest[sort] -= number
        result[sort] += number * applies(document, variant, judgements.of_variant(variant))
    for (kind, certainty), number in rest.items():
        carried = applies(document, Variant(kind, certainty, "", ""), judgements.of_sort(kind, certainty))
        result[kind, certainty] += number * carried
    for place in judgements.places:
        found = index.number(place)
        if found is not None:
            variant = index.variant(found)
            own, general = judgements.of(place, variant), judgements.of_variant(variant)
            difference = applies(document, variant, own) - applies(document, variant, general)
            result[variant.kind, variant.certainty] += difference
    return +result


def applies(document: Document, variant: Variant, ruling: Ruling | None) -> bool:
    """Return whether a repair like ``variant``, of which ``ruling`` counts, is carried out."""
    if variant.kind in document.judgements.switched_off:
        return False
    if ruling is None or ruling.verdict is Verdict.PROPOSED:
        return variant.certainty.applies
    return ruling.verdict is Verdict.ACCEPTED and (
        variant.certainty is not Certainty.LOST or ruling.reading is not None
    )
