"""Editions for tests: of a text with given repairs, and of a page that a mirror site mangled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st
from jiaokan.decoding import decode
from jiaokan.edition import RepairedEdition
from jiaokan.outline import Heading
from jiaokan.paragraphs import paragraph_starts, paragraphs
from jiaokan.pipeline import Repaired, repair_text
from jiaokan.repair import Repair, apply
from jiaokan.script import Script
from jiaokan.survey import Survey
from simulator.mirror import Style, mirror_site
from simulator.texts import clean_texts
from strategies import any_text, passes


def edition_of(
    raw: str,
    repairs: Sequence[Repair] = (),
    headings: Sequence[tuple[int, str, int]] = (),
    script: Script = Script.AS_IS,
    name: str = "a.txt",
    encoding: str = "utf-8",
) -> RepairedEdition:
    """Return the edition of ``raw`` with these repairs (absolute) and headings (level, title, paragraph)."""
    starts = paragraph_starts(raw)
    outline = tuple(Heading(level, title, paragraph, starts[paragraph], 0) for level, title, paragraph in headings)
    result = Repaired(raw, Survey(), tuple(repairs), apply(raw, repairs), outline)
    return RepairedEdition.of(name, decode(b"", encoding), result, script)


@cache
def mirror_edition() -> RepairedEdition:
    """Return the edition of a page with every kind of damage that a mirror site does, as the engine repairs it."""
    raw = mirror_site(clean_texts()["simplified/report_wetland"], random.Random(1), Style()).raw
    decoded = decode(raw.encode())
    return RepairedEdition.of("wetland.txt", decoded, repair_text(decoded.text))


@st.composite
def editions(draw: st.DrawFn) -> RepairedEdition:
    """Draw the edition of any text with any repairs."""
    raw = draw(any_text | st.text("ab中,\n\r", max_size=20))
    ends = [(start, start + len(text)) for start, text in paragraphs(raw)]
    repairs = [
        repair
        for repair in draw(passes(raw))
        if any(low <= repair.start and repair.end <= high for low, high in ends)
        and not set("\r\n") & {*repair.before, *repair.after}
    ]
    return edition_of(raw, repairs)
