"""An engine that finds a repair in every other line in no time, for measuring what the window does with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.engine import StandardEngine

_FOUND = re.compile(r"(\([a-zǎ]+\))|(,)")
_GLOSS = Evidence("annotation.habit", "A reading that is printed everywhere.")
_FOLDED = Evidence("width.folded", "A folded mark.")


class QuickEngine(StandardEngine):
    """Finds glosses and folded commas, in whatever text."""

    def survey(self, text: str) -> Any:
        """See :class:`Engine`."""
        return len(text)

    def repair(self, paragraph: str, evidence: Any) -> Sequence[Repair]:
        """See :class:`Engine`."""
        assert evidence >= len(paragraph)
        return [self._repair(paragraph, match) for match in _FOUND.finditer(paragraph)]

    def _repair(self, text: str, match: re.Match[str]) -> Repair:
        if match[1]:
            return Repair.of(text, *match.span(), "", Kind.ANNOTATION, Certainty.CERTAIN, _GLOSS)
        return Repair.of(text, *match.span(), "，", Kind.WIDTH, Certainty.PROBABLE, _FOLDED)
