"""What only the whole document can tell, gathered once, so that a paragraph can then be repaired by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiaokan.damage import annotation, blank, escape, furniture, invisible, markup, mojibake, slip, width
from jiaokan.damage.annotation import AnnotationEvidence
from jiaokan.damage.blank import BlankEvidence
from jiaokan.damage.escape import EscapeEvidence
from jiaokan.damage.furniture import FurnitureEvidence
from jiaokan.damage.invisible import InvisibleEvidence
from jiaokan.damage.markup import MarkupEvidence
from jiaokan.damage.mojibake import MojibakeEvidence
from jiaokan.damage.slip import SlipEvidence
from jiaokan.damage.width import WidthEvidence


@dataclass(frozen=True, slots=True)
class Survey:
    """The evidence of a whole document, one field a kind of damage (picklable; one object serves every paragraph)."""

    annotation: AnnotationEvidence = field(default_factory=AnnotationEvidence)
    blank: BlankEvidence = field(default_factory=BlankEvidence)
    escape: EscapeEvidence = field(default_factory=EscapeEvidence)
    furniture: FurnitureEvidence = field(default_factory=FurnitureEvidence)
    invisible: InvisibleEvidence = field(default_factory=InvisibleEvidence)
    markup: MarkupEvidence = field(default_factory=MarkupEvidence)
    mojibake: MojibakeEvidence = field(default_factory=MojibakeEvidence)
    slip: SlipEvidence = field(default_factory=SlipEvidence)
    width: WidthEvidence = field(default_factory=WidthEvidence)


def survey(text: str) -> Survey:
    """Return the evidence that the whole of ``text`` (raw) gives. Time grows linearly with the text."""
    annotations = annotation.gather(text)
    annotated = bool(annotations.habitual)
    blanks = blank.gather(text, annotated=annotated)
    return Survey(
        annotation=annotations,
        blank=blanks,
        escape=escape.gather(text),
        furniture=furniture.gather(text),
        invisible=invisible.gather(text),
        markup=markup.gather(text),
        mojibake=mojibake.gather(text),
        slip=slip.gather(text, annotations.habitual),
        width=width.gather(text, annotated=annotated, chained=blanks.chained),
    )
