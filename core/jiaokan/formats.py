"""What a text can be written as, and how: plain names and data, so that whoever asks for it need not load the writers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The formats that :mod:`jiaokan.export` writes, by the names that the command line uses."""

    TEXT = "text"
    MARKDOWN = "markdown"
    DIFF = "diff"
    JSON = "json"
    HTML = "html"

    @property
    def is_text(self) -> bool:
        """Whether it is written in any encoding; the others are in UTF-8."""
        return self in (Format.TEXT, Format.MARKDOWN, Format.DIFF)


COMPLETE_REPORT = 200_000
"""Up to this length (code points of the raw text) an HTML report shows a text as a whole."""


class Substitution(StrEnum):
    """What is done about characters that the encoding cannot write, by the names that the command line uses."""

    ABORT = "abort"
    """Nothing is written at all."""
    REFERENCE = "reference"
    """A numeric character reference, as HTML and XML have them: &#40860; for 龜."""
    MARK = "mark"
    """〓 or, where the encoding has not even that, □ or ?; what stood there is lost."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a text is written.

    Attributes:
        encoding: The name of the encoding, as :func:`jiaokan.decoding.known_encoding` gives it.
        bom: Whether a byte order mark stands at the beginning; only where :func:`has_mark`.
        newline: The line end; every one stays as it is if this is "".
        substitution: What is done about characters that the encoding cannot write.
        source_encoding: The encoding that the source was read in; "" if escapes are not to become bytes again.

    """

    encoding: str = "utf-8"
    bom: bool = False
    newline: str = ""
    substitution: Substitution = Substitution.ABORT
    source_encoding: str = ""


def has_mark(encoding: str) -> bool:
    """Return whether files in the encoding may begin with a byte order mark."""
    return encoding in ("utf-8", "gb18030") or encoding.startswith(("utf-16", "utf-32"))


def usual_mark(encoding: str) -> bool:
    """Return whether files in the encoding usually begin with a byte order mark: without it UTF-16 is guesswork."""
    return encoding.startswith(("utf-16", "utf-32"))
