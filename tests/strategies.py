"""Hypothesis strategies: texts of every kind of code point, and passes of repairs over them."""

from __future__ import annotations

from hypothesis import strategies as st
from jiaokan.repair import Certainty, Evidence, Kind, Repair

EVIDENCE = Evidence("test", "A test wants it so.")

any_text = st.text(st.characters())
"""Texts of any code points: lone surrogates, NUL, private use and line ends too."""

small_text = st.text("ab中(", max_size=12)
"""Texts in which spans soon touch and overlap, and nothing else matters."""


def repair_of(text: str, start: int, end: int, after: str, *, applied: bool = True) -> Repair:
    """Return a repair of ``text[start:end]`` that is applied, or only suggested."""
    certainty = Certainty.CERTAIN if applied else Certainty.SUGGESTED
    return Repair.of(text, start, end, after, Kind.WIDTH, certainty, EVIDENCE)


@st.composite
def passes(draw: st.DrawFn, text: str) -> list[Repair]:
    """Draw a pass over ``text``: replacements, deletions and insertions that may touch, and repairs not applied anywhere."""
    steps = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("xy文", max_size=3)), max_size=5))
    repairs: list[Repair] = []
    position = 0
    for gap, length, after in steps:
        start = position + gap
        position = min(start + length, len(text))
        if start > len(text):
            break
        if start < position or after:  # Else it is no repair at all.
            repairs.append(repair_of(text, start, position, after))
    offsets = st.integers(0, len(text))
    for first, second in draw(st.lists(st.tuples(offsets, offsets), max_size=2)):
        repairs.append(repair_of(text, min(first, second), max(first, second), "", applied=False))
    # Stable, so that insertions at one place keep their order.
    return sorted(repairs, key=lambda repair: (repair.start, -repair.end) if not repair.applied else (repair.start, 0))
