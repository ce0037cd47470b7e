"""Make the bundled sample: ``PYTHONPATH=tests python -m simulator.make_sample``.

The sample is one of our own articles as a mirror site would have it. The seed is the first whose page shows every kind
of damage that such pages show; nothing is touched by hand.
"""

from __future__ import annotations

import random
import re
from itertools import count
from pathlib import Path

from simulator.damaged import Damaged
from simulator.mirror import Style, mirror_site
from simulator.texts import clean_texts

TEXT = "simplified/report_wetland"
SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "jiaokan_resources" / "sample.txt"
_STYLE = Style(annotated=0.2)
_SLIPPED_PARAGRAPHS = 4
_LONGEST_HEADING = 30


def sample() -> Damaged:
    """Return the sample and its truth."""
    clean = clean_texts()[TEXT]
    return next(
        damaged for seed in count() if _shows_everything(damaged := mirror_site(clean, random.Random(seed), _STYLE))
    )


def _shows_everything(damaged: Damaged) -> bool:
    """Return whether slips stand in four paragraphs, none a heading, two characters were struck and a tag leaked."""
    pairs = zip(damaged.raw.split("\n"), damaged.intended.split("\n"), strict=True)
    slipped = [len(intended) for raw, intended in pairs if raw.count("?") > intended.count("？")]
    struck = set(re.findall(r"\?([a-zāáǎàēéěèīíǐìōóǒòūúǔù]+)\)", damaged.raw))
    enough = len(slipped) == _SLIPPED_PARAGRAPHS and min(slipped) > _LONGEST_HEADING
    return enough and len(struck) > 1 and "/p>" in damaged.raw


def main() -> None:
    """Write the sample to its place."""
    SAMPLE.write_text(sample().raw + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
