"""Random decisions: whatever is accepted, refused, edited and undone, everything is as if worked out from scratch."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from in_process import document_of
from jiaokan.judgement import Ruling, Variant, Verdict
from jiaokan.outline import Heading, OutlineBuilder
from jiaokan.repair import Certainty, Kind, Repair, revert
from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.decisions import decide, switch_kind
from jiaokan_gui.document import Document
from jiaokan_gui.outline_update import OutlineUpdate
from PySide6.QtWidgets import QApplication

TEXT = "".join(
    f"第{number}章　風(fēng)起,雨落\n　　甲(jiǎ)乙?!秉h丙,丁\u200b戊。\n己,\ufffd庚(gēng)\n\n"
    for number in "一二三四五六七"
)
READINGS = ("", "字", "，", "長一點的", "\U00020000")


@dataclass(frozen=True)
class Step:
    """Something that a reader does: an action, and numbers that choose what it is done to."""

    action: str
    numbers: tuple[int, int, int]


ACTIONS = ("accept", "refuse", "propose", "edit", "variant", "sort", "several", "switch", "undo", "undo", "redo")
STEPS = st.builds(Step, st.sampled_from(ACTIONS), st.tuples(*[st.integers(0, 999)] * 3))


@dataclass
class Model:
    """The same, kept as simply as can be: a list of what was decided, and what was undone."""

    repairs: dict[tuple[int, int], Repair]
    done: list[Ruling | frozenset[Kind]] = field(default_factory=list)
    undone: list[Ruling | frozenset[Kind]] = field(default_factory=list)

    def do(self, what: Ruling | frozenset[Kind]) -> None:
        self.done.append(what)
        self.undone.clear()

    @property
    def off(self) -> frozenset[Kind]:
        return next((what for what in reversed(self.done) if isinstance(what, frozenset)), frozenset())

    def after(self, place: tuple[int, int]) -> str | None:
        """What stands in place of a repair's ``before``; None if it is not carried out."""
        repair = self.repairs[place]
        if repair.kind in self.off:
            return None
        for ruling in reversed(self.done):
            if isinstance(ruling, Ruling) and _concerns(ruling, place, repair):
                if ruling.verdict is Verdict.PROPOSED:
                    break
                if ruling.verdict is Verdict.REFUSED:
                    return None
                if ruling.reading is None and repair.certainty is Certainty.LOST:
                    return None
                return repair.after if ruling.reading is None else ruling.reading
        return repair.after if repair.certainty in (Certainty.CERTAIN, Certainty.PROBABLE) else None

    @property
    def carried_out(self) -> Counter[tuple[Kind, Certainty]]:
        """How many repairs are carried out, from scratch."""
        places = (place for place in self.repairs if self.after(place) is not None)
        return Counter((self.repairs[place].kind, self.repairs[place].certainty) for place in places)

    def row(self, row: int, raw: str) -> str:
        """The repaired text of a row, from scratch."""
        text = raw
        for place in sorted((place for place in self.repairs if place[0] == row), reverse=True):
            after, repair = self.after(place), self.repairs[place]
            if after is not None:
                text = text[: repair.start] + after + text[repair.end :]
        return text


def _concerns(ruling: Ruling, place: tuple[int, int], repair: Repair) -> bool:
    if place in ruling.places or Variant.of(repair) in ruling.variants:
        return True
    return any(kind in (None, repair.kind) and grade in (None, repair.certainty) for kind, grade in ruling.sorts)


class Reader:
    """Does the steps, to the document and to the model."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline = OutlineUpdate(document)
        rows = range(len(document.rows))
        self.model = Model(
            {(row, index): repair for row in rows for index, repair in enumerate(document.repairs.repairs(row))}
        )
        self.places = sorted(self.model.repairs)
        # The toy engine has an outline of its own; this has the headings read as the window reads them.
        document.tell_judged(None)

    def do(self, step: Step) -> None:
        document, model = self.document, self.model
        if step.action == "undo":
            if model.done:
                model.undone.append(model.done.pop())
            document.undo_stack.undo()
        elif step.action == "redo":
            if model.undone:
                model.done.append(model.undone.pop())
            document.undo_stack.redo()
        elif step.action == "switch":
            kind = list(Kind)[step.numbers[0] % len(Kind)]
            model.do(model.off ^ {kind})
            switch_kind(document, kind, "", on=kind not in model.off)
        else:
            ruling = self._ruling(step)
            model.do(ruling)
            decide(document, ruling, "")

    def _ruling(self, step: Step) -> Ruling:
        first, second, third = step.numbers
        place = self.places[first % len(self.places)]
        variant = Variant.of(self.model.repairs[place])
        verdict = list(Verdict)[second % len(Verdict)]
        sorts = [(variant.kind, None), (None, variant.certainty), (variant.kind, variant.certainty), (None, None)]
        match step.action:
            case "edit":
                return Ruling(Verdict.ACCEPTED, READINGS[third % len(READINGS)], places=frozenset({place}))
            case "variant":
                return Ruling(verdict, variants=frozenset({variant}))
            case "sort":
                return Ruling(verdict, sorts=frozenset({sorts[third % len(sorts)]}))
            case "several":
                some = random.Random(third).sample(self.places, 1 + third % len(self.places))
                return Ruling(verdict, places=frozenset(some))
        verdicts = {"accept": Verdict.ACCEPTED, "refuse": Verdict.REFUSED, "propose": Verdict.PROPOSED}
        return Ruling(verdicts[step.action], places=frozenset({place}))

    def wait(self) -> None:
        while self.outline.is_busy:
            QApplication.processEvents()

    def texts(self) -> list[str]:
        return [self.document.row(row).repaired for row in range(len(self.document.rows))]

    def check(self) -> None:
        """Compare everything with what comes out from scratch."""
        document = self.document
        assert document.text == TEXT
        for row, text in enumerate(self.texts()):
            shown = document.row(row)
            assert text == self.model.row(row, shown.raw)
            assert revert(text, shown.repairs) == shown.raw
        whole = "".join(text + document.line_end(row) for row, text in enumerate(self.texts()))
        assert "".join(text + end for text, end in DecidedEdition.of(document).texts()) == whole
        assert document.tally.carried_out == self.model.carried_out
        self.wait()
        assert list(document.headings) == headings(document)


def headings(document: Document) -> Sequence[Heading]:
    """The outline of the text as it is now, each of whose paragraphs is one row."""
    builder, start = OutlineBuilder(), 0
    for row in range(len(document.rows)):
        content = document.row(row)
        builder.add(row, document.rows.starts[row], start, content.repaired, content.repairs)
        start += len(content.repaired) + len(document.line_end(row))
    return builder.headings()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=60))
def test_any_decisions_leave_everything_consistent(steps: list[Step], tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    reader = Reader(document_of(TEXT, tmp_path))
    for step in steps:
        reader.do(step)
        assert reader.document.tally.carried_out == reader.model.carried_out
    reader.check()


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_decisions_and_all_of_them_undone_and_done_again(
    seed: int, tmp_path: Path, qapp: QApplication
) -> None:
    assert qapp is not None
    reader, chance = Reader(document_of(TEXT, tmp_path)), random.Random(seed)
    first = reader.texts()
    for number in range(1000):
        numbers = (chance.randrange(1000), chance.randrange(1000), chance.randrange(1000))
        reader.do(Step(chance.choice(ACTIONS), numbers))
        if number % 250 == 0:
            reader.check()
    reader.check()
    stack = reader.document.undo_stack
    index, last = stack.index(), reader.texts()
    assert last != first
    stack.setIndex(0)
    assert reader.texts() == first
    stack.setIndex(index)
    assert reader.texts() == last
    reader.check()


def test_the_outline_is_right_behind_a_paragraph_of_many_rows(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    document = document_of("第一章　風\n\n" + "甲,乙(yǐ)" * 2000 + "\n\n第二章　雨(yǔ)\n", tmp_path)
    update = OutlineUpdate(document)
    assert len(document.rows) > 6
    for kind in (Kind.WIDTH, Kind.ANNOTATION):
        decide(document, Ruling(Verdict.REFUSED, sorts=frozenset({(kind, None)})), "")
        while update.is_busy:
            QApplication.processEvents()
        whole = "".join(text + end for text, end in DecidedEdition.of(document).texts())
        assert [heading.repaired_start for heading in document.headings] == [0, whole.index("第二章")]
        assert [heading.raw_start for heading in document.headings] == [0, document.text.index("第二章")]


def test_a_switched_off_kind_stays_off_whatever_is_accepted(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    document = document_of("甲,乙(yǐ)丙\n丁,戊", tmp_path)
    switch_kind(document, Kind.WIDTH, "", on=False)
    decide(document, Ruling(Verdict.ACCEPTED, sorts=frozenset({(Kind.WIDTH, None)})), "")
    assert document.row(0).repaired == "甲,乙丙"
    switch_kind(document, Kind.WIDTH, "", on=True)
    assert document.row(1).repaired == "丁，戊"


def test_switching_what_is_switched_already_is_no_step(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    document = document_of("甲,乙", tmp_path)
    switch_kind(document, Kind.WIDTH, "", on=True)
    assert document.undo_stack.count() == 0
