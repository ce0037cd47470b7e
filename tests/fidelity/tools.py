"""The tools that are compared, all with one face: a damaged text, or the bytes of a file, and what they make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import chardet
import charset_normalizer
import ftfy
from jiaokan.decoding import decode
from jiaokan.pipeline import Repaired, repair_text

# Only what is about encodings, line by line as fix_text does it; the rest of its defaults rewrites Chinese punctuation.
_CAREFUL = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What a tool made of a text.

    Attributes:
        text: The text afterwards.
        repaired: How it came about, if the tool tells.
    """

    text: str
    repaired: Repaired | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    Attributes:
        name: Its name in the table.
        mend: What it makes of a text; None: it is for bytes and can do nothing about a text.
        read: What it makes of the bytes of a file whose encoding nobody told.
    """

    name: str
    mend: Callable[[str], Mended] | None
    read: Callable[[bytes], Mended]


def _jiaokan(text: str) -> Mended:
    repaired = repair_text(text)
    return Mended(repaired.repaired, repaired)


def _ftfy(text: str) -> Mended:
    return Mended(ftfy.fix_text(text))


def _ftfy_careful(text: str) -> Mended:
    return Mended(ftfy.fix_text(text, _CAREFUL))


def _as_utf_8(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _by_charset_normalizer(data: bytes) -> Mended:
    best = charset_normalizer.from_bytes(data).best()
    return Mended(_as_utf_8(data) if best is None else str(best))


def _by_chardet(data: bytes) -> Mended:
    found = chardet.detect(data)["encoding"]
    return Mended(data.decode(found or "utf-8", "replace"))


JIAOKAN = Tool("Jiaokan", _jiaokan, lambda data: _jiaokan(decode(data).text))
NOTHING = Tool("nothing", Mended, lambda data: Mended(_as_utf_8(data)))
TOOLS = (
    JIAOKAN,
    Tool("ftfy default", _ftfy, lambda data: _ftfy(ftfy.guess_bytes(data)[0])),
    Tool("ftfy careful", _ftfy_careful, lambda data: _ftfy_careful(ftfy.guess_bytes(data)[0])),
    Tool("charset-normalizer", None, _by_charset_normalizer),
    Tool("chardet", None, _by_chardet),
    NOTHING,
)
