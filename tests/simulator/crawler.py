"""What a crawler does to a page: drop private-use characters, strip tags, fold widths."""

from __future__ import annotations

import html
import re

from simulator.charset import is_private

_TAG = re.compile(r"<[^<>\n]*>")
_FOLDED = str.maketrans("，：；！？（）\u3000", ",:;!?() ")


def without_private_use(text: str) -> str:
    """Return ``text`` without private-use characters."""
    return "".join(character for character in text if not is_private(character))


def without_tags(page: str) -> str:
    """Return the text of ``page``. "/p>" stays where its "<" has been swallowed."""
    return html.unescape(_TAG.sub("", page))


def folded(text: str) -> str:
    """Return ``text`` with ，：；！？（） and the ideographic space in half width. 。、“”《》—— have no half-width form."""
    return text.translate(_FOLDED)
