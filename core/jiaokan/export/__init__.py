"""What an edition can be written as: plain text, Markdown, a unified diff, JSON, an HTML report.

One format, one module. Text, Markdown and diff are texts, written in any encoding; JSON and HTML are always in UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from jiaokan.edition import Edition
from jiaokan.export.html_report import html_report
from jiaokan.export.json_report import json_report
from jiaokan.export.markdown import markdown
from jiaokan.export.unified_diff import unified_diff
from jiaokan.formats import Format, TextFormat
from jiaokan.saving import Texts, Unwritable, encoded, unwritable


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written.

    Attributes:
        passes: How often the paragraphs of an edition are asked for.
        texts: Makes lines of text, which any encoding can write; None if it makes bytes.
        pieces: Makes bytes in UTF-8; None if it makes text.

    """

    passes: int = 1
    texts: Callable[[Edition], Texts] | None = None
    pieces: Callable[[Edition], Iterator[bytes]] | None = None


WRITERS: Mapping[Format, Writer] = {
    Format.TEXT: Writer(texts=Edition.texts),
    Format.MARKDOWN: Writer(texts=markdown),
    Format.DIFF: Writer(texts=unified_diff),
    Format.JSON: Writer(passes=4, pieces=lambda edition: json_report([edition])),
    Format.HTML: Writer(passes=2, pieces=html_report),
}


def unwritable_in(edition: Edition, kind: Format, form: TextFormat) -> list[Unwritable]:
    """Return what the encoding of ``form`` cannot write of the edition in this format."""
    texts = WRITERS[kind].texts
    return [] if texts is None else unwritable(texts(edition), form)


def export(edition: Edition, kind: Format, form: TextFormat) -> Iterator[bytes]:
    """Return the bytes of the edition in this format, in pieces.

    Args:
        edition: What is written.
        kind: The format.
        form: How text is written; JSON and HTML are in UTF-8 whatever it says.

    Raises:
        UnwritableText: See :func:`jiaokan.saving.encoded`; :func:`unwritable_in` tells before.

    """
    writer = WRITERS[kind]
    if writer.texts is not None:
        # The line ends of a diff are those of the texts that it compares.
        return encoded(writer.texts(edition), replace(form, newline="") if kind is Format.DIFF else form)
    assert writer.pieces is not None
    return writer.pieces(edition)
