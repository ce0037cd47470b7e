r"""What a reader searches for, words or a regular expression, and the places of one row where it stands.

A regular expression can take longer than anybody waits ("catastrophic backtracking"). Therefore the package `regex`
searches, which can be told when to give up, and which knows the classes of characters that scholars ask for:
``\p{Han}``, ``\p{P}``. It reads what Python's own `re` reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from jiaokan_gui.document import Side

if TYPE_CHECKING:
    import regex

LONGEST_ACROSS = 256
"""A match of an expression goes on at most so many characters (code points) into the next row."""

_PATIENCE = 0.03  # seconds for one row
_AT_LEAST = re.compile(r"\{([1-9][0-9]{0,9})")
_MOST_REPEATED = 50_000  # 40 ms of reading the expression

Span = tuple[int, int]


class BadPattern(ValueError):
    """The expression is none; the message says in a sentence what is wrong, and where."""


class TooSlow(Exception):
    """The expression took too long on one row."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    Attributes:
        text: The words, or the expression.
        regular: Whether it is an expression.
        case: Whether A is another letter than a.
        sides: The columns that are searched, in their order.
    """

    text: str
    regular: bool = False
    case: bool = False
    sides: tuple[Side, ...] = (Side.RAW, Side.REPAIRED)


class Pattern:
    """A query made ready."""

    def __init__(self, query: Query) -> None:
        """Read the query.

        Raises:
            BadPattern: It is no regular expression.
        """
        self.query = query
        has_case = query.text.lower() != query.text.upper()
        self._words = "" if query.regular or (has_case and not query.case) else query.text
        self._letters = re.compile(re.escape(query.text), re.IGNORECASE)
        self._expression = _compiled(query) if query.regular else None
        self.overlap = LONGEST_ACROSS if query.regular else max(0, len(query.text) - 1)
        """So many characters of the next row are looked at too where a paragraph goes on there."""

    def spans(self, text: str) -> list[Span]:
        """Return where it stands in ``text`` (code points: start, end), in order, without overlap; never nothing.

        Raises:
            TooSlow: The expression would take too long.
        """
        if not self.query.text:
            return []
        if self._words:
            return _places(text, self._words)
        if self._expression is None:
            return [match.span() for match in self._letters.finditer(text)]
        try:
            matches = self._expression.finditer(text, timeout=_PATIENCE)
            return [match.span() for match in matches if match.end() > match.start()]
        except (TimeoutError, MemoryError) as error:
            raise TooSlow from error


def _compiled(query: Query) -> regex.Pattern[str]:
    import regex  # Here, because it takes time to load, and who searches for words does not need it.

    # The package writes out what is to stand there so many times, with all that stands in it.
    if prod(int(number) for number in _AT_LEAST.findall(query.text)) > _MOST_REPEATED:
        raise BadPattern("more repetitions than can be searched for")
    flags = regex.V0 if query.case else regex.V0 | regex.IGNORECASE
    try:
        return regex.compile(query.text, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise BadPattern(_reason(error)) from error


def _places(text: str, words: str) -> list[Span]:
    spans: list[Span] = []
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        spans.append((start, end))
        start = text.find(words, end)
    return spans


def _reason(error: Exception) -> str:
    """Return a sentence for readers: what is wrong with the expression, and at which character."""
    message = getattr(error, "msg", None) or str(error) or "too deep"
    position = getattr(error, "pos", None)
    return str(message) if position is None else f"{message}, character {position + 1}"
