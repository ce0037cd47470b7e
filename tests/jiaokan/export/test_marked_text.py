"""Both sides of a paragraph are cut at the repairs, and what is cut makes up the text."""

from __future__ import annotations

from editions import editions
from hypothesis import given
from jiaokan.edition import Paragraph, RepairedEdition
from jiaokan.export.marked_text import Stretch, raw_stretches, repaired_stretches
from jiaokan.repair import Certainty, Kind, Repair
from jiaokan.script import Script
from strategies import EVIDENCE, repair_of


@given(editions())
def test_the_stretches_make_up_the_text(edition: RepairedEdition) -> None:
    for paragraph in edition.paragraphs():
        assert "".join(stretch.text for stretch in raw_stretches(paragraph)) == paragraph.raw
        assert "".join(stretch.text for stretch in repaired_stretches(paragraph)) == paragraph.text
        for index, repair in enumerate(paragraph.repairs):
            if repair.applied:
                mine = [stretch.text for stretch in raw_stretches(paragraph) if stretch.repair == index]
                assert "".join(mine) == repair.before
                mine = [stretch.text for stretch in repaired_stretches(paragraph) if stretch.repair == index]
                assert "".join(mine) == repair.after


def test_the_innermost_counts() -> None:
    raw = "許昌(xǔ)市|"
    line = Repair.of(raw, 0, len(raw), "", Kind.FURNITURE, Certainty.SUGGESTED, EVIDENCE)
    paragraph = Paragraph(0, 0, raw, (line, repair_of(raw, 2, 6, "")))
    assert list(raw_stretches(paragraph)) == [Stretch("許昌", 0), Stretch("(xǔ)", 1), Stretch("市|", 0)]
    assert list(repaired_stretches(paragraph)) == [Stretch("許昌", 0), Stretch("", 1), Stretch("市|", 0)]


def test_the_repaired_side_is_in_the_script() -> None:
    paragraph = Paragraph(0, 0, "後,", (repair_of("後,", 1, 2, "來"),), script=Script.SIMPLIFIED)
    assert [stretch.text for stretch in repaired_stretches(paragraph)] == ["后", "来"]
    assert [stretch.text for stretch in raw_stretches(paragraph)] == ["後", ","]
