"""What the reader decides: the topmost ruling counts, and taking it off leaves what was there before."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st
from jiaokan.judgement import Judgements, Ruling, Variant, Verdict
from jiaokan.repair import Certainty, Evidence, Kind, Repair, apply, revert

TEXT = "實(shí)現(xiàn)?!秉h中央,完了。返回頂部"
_EVIDENCE = Evidence("test", "Because.")


def _repair(before: str, after: str, kind: Kind, certainty: Certainty) -> Repair:
    start = TEXT.index(before)
    return Repair.of(TEXT, start, start + len(before), after, kind, certainty, _EVIDENCE)


REPAIRS = (
    _repair("(shí)", "", Kind.ANNOTATION, Certainty.CERTAIN),
    _repair("(xiàn)", "", Kind.ANNOTATION, Certainty.CERTAIN),
    _repair("?!秉h", "。”黨", Kind.SLIP, Certainty.PROBABLE),
    # It encloses the two that follow: only one of them and it can be carried out.
    _repair(",完了。返回頂部", "", Kind.FURNITURE, Certainty.SUGGESTED),
    _repair(",", "，", Kind.WIDTH, Certainty.PROBABLE),
    _repair("返回頂部", "", Kind.FURNITURE, Certainty.SUGGESTED),
)
PLACES = [(0, index) for index in range(len(REPAIRS))]


def _repaired(judgements: Judgements) -> str:
    return apply(TEXT, judgements.judged(0, REPAIRS))


def _ruling(verdict: Verdict, *indices: int, reading: str | None = None) -> Ruling:
    return Ruling(verdict, reading, places=frozenset((0, index) for index in indices))


def test_without_rulings_the_proposals_stand() -> None:
    assert Judgements().judged(0, REPAIRS) == REPAIRS


def test_refused_accepted_and_another_reading() -> None:
    judgements = Judgements()
    judgements.push(_ruling(Verdict.REFUSED, 0))
    judgements.push(_ruling(Verdict.ACCEPTED, 2, reading="。“黨"))
    judgements.push(_ruling(Verdict.ACCEPTED, 5))
    assert _repaired(judgements) == "實(shí)現。“黨中央，完了。"


def test_of_two_that_overlap_the_one_decided_last_is_carried_out() -> None:
    judgements = Judgements()
    judgements.push(_ruling(Verdict.ACCEPTED, 3))
    assert _repaired(judgements) == "實現。”黨中央"
    judgements.push(_ruling(Verdict.ACCEPTED, 4))
    assert _repaired(judgements) == "實現。”黨中央，完了。返回頂部"


def test_all_of_a_kind_a_certainty_and_all_alike() -> None:
    judgements = Judgements()
    judgements.push(Ruling(Verdict.REFUSED, sorts=frozenset({(Kind.ANNOTATION, None)})))
    assert _repaired(judgements) == "實(shí)現(xiàn)。”黨中央，完了。返回頂部"
    judgements.push(Ruling(Verdict.REFUSED, sorts=frozenset({(None, Certainty.PROBABLE)})))
    assert _repaired(judgements) == TEXT
    judgements.push(Ruling(Verdict.ACCEPTED, variants=frozenset({Variant.of(REPAIRS[0])})))
    assert _repaired(judgements) == TEXT.replace("(shí)", "")


def test_one_decided_about_later_goes_before_all_of_its_kind() -> None:
    judgements = Judgements()
    judgements.push(Ruling(Verdict.REFUSED, sorts=frozenset({(Kind.ANNOTATION, None)})))
    judgements.push(_ruling(Verdict.ACCEPTED, 0))
    assert _repaired(judgements).startswith("實現(xiàn)")
    judgements.push(_ruling(Verdict.PROPOSED, 1))
    assert _repaired(judgements).startswith("實現。")


def test_a_kind_that_is_switched_off_is_not_carried_out_whatever_is_decided() -> None:
    judgements = Judgements()
    judgements.push(_ruling(Verdict.ACCEPTED, 0))
    judgements.switched_off = frozenset({Kind.ANNOTATION})
    assert _repaired(judgements).startswith("實(shí)現(xiàn)。")
    judgements.switched_off = frozenset()
    assert _repaired(judgements).startswith("實現。")


def test_other_paragraphs_are_not_concerned() -> None:
    judgements = Judgements()
    judgements.push(_ruling(Verdict.REFUSED, 0, 1, 2))
    assert judgements.judged(1, REPAIRS) == REPAIRS


_RULINGS = st.builds(
    Ruling,
    st.sampled_from(Verdict),
    st.none() | st.text("甲乙。", max_size=2),
    st.frozensets(st.sampled_from(PLACES), max_size=3),
    st.frozensets(st.sampled_from([Variant.of(repair) for repair in REPAIRS]), max_size=2),
    st.frozensets(st.tuples(st.none() | st.sampled_from(Kind), st.none() | st.sampled_from(Certainty)), max_size=1),
)


@given(st.lists(_RULINGS, max_size=12), st.frozensets(st.sampled_from(Kind), max_size=2))
def test_every_state_applies_and_reverts_and_undoing_gives_the_state_before(
    rulings: list[Ruling], switched_off: frozenset[Kind]
) -> None:
    judgements = Judgements()
    judgements.switched_off = switched_off
    states = [judgements.judged(0, REPAIRS)]
    for ruling in rulings:
        judgements.push(ruling)
        states.append(judgements.judged(0, REPAIRS))
        assert revert(apply(TEXT, states[-1]), states[-1]) == TEXT
        assert pickle.loads(pickle.dumps(judgements)).judged(0, REPAIRS) == states[-1]
    for ruling, state in zip(reversed(rulings), reversed(states), strict=False):
        assert judgements.judged(0, REPAIRS) == state
        assert judgements.pop() == ruling
    assert judgements.judged(0, REPAIRS) == states[0]
