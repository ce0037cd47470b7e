"""A mirror site: the steps of the model, one after the other."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

from simulator.alone import furniture_added
from simulator.annotation import annotate, listed, readings
from simulator.charset import LOSSES, QUESTION_MARK, Loss, Private, decode_with_loss
from simulator.crawler import folded, without_private_use, without_tags
from simulator.damaged import Damaged
from simulator.script import traditional
from simulator.stream import Cutting, by_chance, cut, stepping


@dataclass(frozen=True, slots=True)
class Style:
    """One site's habits.

    Attributes:
        loss: How it loses what it cannot read.
        annotated: Share of the listable characters that stand on the site's list.
        cutting: Probability of a cut at a pair that looks like punctuation; None: those met when stepping by two.
        traditional: Whether the page is converted to Traditional first.
        folds: Whether widths are folded.
        furniture: Whether lines of the site's own and a spam tail stay in.
    """

    loss: Loss = QUESTION_MARK
    annotated: float = 0.25
    cutting: float | None = None
    traditional: bool = True
    folds: bool = True
    furniture: bool = True

    @property
    def name(self) -> str:
        """A short name for tables."""
        script = "" if self.traditional else ", Simplified"
        widths = "" if self.folds else ", widths kept"
        return f"{self.loss.name}{script}{widths}"


STYLES = (
    *(Style(loss) for loss in LOSSES),
    Style(cutting=0.3, folds=False),
    Style(traditional=False, annotated=0.0),
)


def mirror_site(clean: str, rng: random.Random, style: Style) -> Damaged:
    """Return the clean text (one paragraph a line; only what GBK can write is kept) as it comes off a mirror site."""
    clean = clean.encode("gbk", errors="ignore").decode("gbk")
    intended = traditional(clean) if style.traditional else clean
    page = "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in intended.split("\n"))
    raw = damage_page(page, listed(rng, style.annotated), _cutting(rng, style), style.loss)
    if style.folds:
        raw = folded(raw)
    damaged = Damaged(raw.removesuffix("\n"), intended)
    return furniture_added(damaged, rng, style.traditional) if style.furniture else damaged


def damage_page(page: str, chosen: list[str], cutting: Cutting, loss: Loss) -> str:
    """Return ``page`` (HTML or text) after annotation, cutting, reading with loss and crawling; widths are kept."""
    stream = annotate(page.encode("gbk"), readings(), chosen)
    read = "".join(decode_with_loss(piece, loss) for piece in cut(stream, cutting))
    return without_tags(read if loss.private is Private.KEPT else without_private_use(read))


def _cutting(rng: random.Random, style: Style) -> Cutting:
    return stepping(rng.randrange(2)) if style.cutting is None else by_chance(rng, style.cutting)
