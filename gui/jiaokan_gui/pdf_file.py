"""The repaired text of an edition as a PDF file, with the outline as bookmarks."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from jiaokan.edition import Edition
from PySide6.QtCore import QFile, QFileDevice, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QRawFont, QTextLayout

from jiaokan_gui.fonts import looks_traditional, printed_font
from jiaokan_gui.pdf_update import Characters, UnknownStructure, finish
from jiaokan_gui.typesetter import Typesetter, title_of

RESOLUTION = 600
"""Dots per inch: fine enough that glyphs stand where they should."""

MARGINS = QMarginsF(22, 16, 22, 14)
"""Left, top, right and bottom (millimetres); the header and the footer lie within the text's area."""

_BMP = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000))))
# Fonts of Chinese set a dash of two or three as one glyph, which is that of another character.
_LIGATURES = {0x2E3A: "——", 0x2E3B: "———"}
_log = logging.getLogger(__name__)


def write_pdf(
    path: Path, edition: Edition, page_size: QPageSize.PageSizeId, turned: Callable[[int], object] = lambda _page: None
) -> None:
    """Write the repaired text of ``edition`` as PDF at ``path``; call ``turned`` with the number of every page done.

    Raises:
        OSError: The file cannot be written.
    """
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(errno.EIO, file.errorString())
    writer = QPdfWriter(file)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(QPageSize(page_size), QPageLayout.Orientation.Portrait, MARGINS, QPageLayout.Unit.Millimeter)
    )
    writer.setTitle(title_of(edition))
    writer.setCreator("Jiaokan")
    traditional = is_traditional(edition)
    painter = QPainter(writer)
    try:
        setter = Typesetter(writer, painter, traditional=traditional)
        for page in setter.pages(edition):
            turned(page)
            _check(file)
    finally:
        painter.end()
        file.close()
    _check(file)
    top = (
        writer.pageLayout().pageSize().sizePoints().height() - writer.pageLayout().margins(QPageLayout.Unit.Point).top()
    )
    shared = shared_characters(setter.characters, printed_font(10, traditional=traditional))
    beyond = {font: list(glyphs.values()) for font, glyphs in setter.beyond.items()}
    try:
        finish(path, setter.bookmarks, Characters(shared, beyond), top)
    except UnknownStructure as error:
        _log.warning("the PDF file has no bookmarks: %s", error)


def _check(file: QFile) -> None:
    """Raise what went wrong with ``file``: Qt's writer of PDF says nothing."""
    if file.error() != QFileDevice.FileError.NoError:
        is_full = os.strerror(errno.ENOSPC) in file.errorString()
        raise OSError(errno.ENOSPC if is_full else errno.EIO, file.errorString())


def is_traditional(edition: Edition) -> bool:
    """Return whether the beginning of the text is rather in Traditional than in Simplified characters."""
    beginning: list[str] = []
    size = 0
    for text, _ in edition.texts():
        beginning.append(text[:20_000])
        size += len(text)
        if size > 20_000:
            break
    return looks_traditional("".join(beginning))


def shared_characters(characters: Iterable[str], font: QFont) -> dict[int, str]:
    """Return the code points that Qt takes for those of ``characters`` (the BMP only) whose glyph they share.

    Qt names each glyph of a PDF file by the first code point that has it: U+2F00, a radical, for the hanzi U+4E00.
    """
    used = set(characters)
    text = "".join(sorted(character for character in used if " " < character <= "\uffff"))
    result = {code: text for code, text in _LIGATURES.items() if chr(code) not in used}
    for raw in _fonts_of(text, font):
        first: dict[int, str] = {}
        for character, glyph in zip(_BMP, raw.glyphIndexesForString(_BMP), strict=True):
            first.setdefault(glyph, character)
        for character, glyph in zip(text, raw.glyphIndexesForString(text), strict=True):
            other = first.get(glyph, character)
            if glyph and other != character and other not in used:
                result[ord(other)] = character
    return result


def _fonts_of(text: str, font: QFont) -> list[QRawFont]:
    """Return the fonts with which ``text`` is set, ``font`` being wanted."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    while layout.createLine().isValid():
        pass
    layout.endLayout()
    found = {(run.rawFont().familyName(), run.rawFont().styleName()): run.rawFont() for run in layout.glyphRuns()}
    return list(found.values())
