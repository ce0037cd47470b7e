"""Sets the repaired text of an edition in pages, on anything that has pages: a PDF file, a printer, a preview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.edition import Edition
from jiaokan.script import converted
from jiaokan.unseen import label
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPainter, QTextLayout, QTextLine, QTextOption

from jiaokan_gui.fonts import printed_font

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_POINTS = 10.5
_LARGER = {0: 1.7, 1: 1.3, 2: 1.12}
"""How much larger than the text headings are, by their level; deeper ones are as large as the text."""

_LINE = 1.5  # the height of a line, in heights of its characters
_GAP = 0.45  # between paragraphs, in lines; between others, where the text has a blank line, twice that
_GREY = QColor(110, 110, 110)
_LONGEST_HEADING = 100
"""A longer paragraph (code points) only begins with a heading: it is set as text."""

_POINTS_PER_INCH = 72

_CHUNK = 4000
"""So many code points are laid out at once."""

_LINES_BELOW_HEADING = 2
# Qt cannot draw what stands for an undecodable byte.
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a heading stands: its level and title, the page (from 0), and how far below the top of its text (points)."""

    level: int
    title: str
    page: int
    down: float


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph to be set: its text, the level of the heading that it is (None: text), whether a blank line precedes."""

    text: str
    level: int | None
    after_blank: bool


class Typesetter:
    """Paints pages, one after another; only those from ``first`` to ``last`` (from 1; 0: to the end) are painted."""

    def __init__(
        self, device: QPagedPaintDevice, painter: QPainter, *, traditional: bool, first: int = 1, last: int = 0
    ) -> None:
        """Set text for ``device``, on which ``painter`` is active, in Traditional or Simplified forms of characters."""
        self.bookmarks: list[Bookmark] = []
        self.characters: set[str] = set()
        """The characters that were set."""
        self.beyond: dict[tuple[str, str], dict[int, str]] = {}
        """Those beyond the BMP by their glyphs, in the order in which they were set; by family and style of the font."""
        self._device, self._painter = device, painter
        self._font = printed_font(_POINTS, traditional=traditional)
        self._first, self._last = first, last
        small = QFont(self._font)
        small.setPointSizeF(_POINTS * 0.8)
        self._small = small
        metrics = QFontMetricsF(self._font, device)
        self._line = metrics.height() * _LINE
        self._width = float(device.width())
        self._margin = QFontMetricsF(small, device).height() * 2.4  # for the header and for the footer
        self._height = device.height() - 2 * self._margin
        self._y = 0.0
        self._page = 1
        self._title = ""

    def pages(self, edition: Edition) -> Iterator[int]:
        """Paint the pages of the repaired text; yield each one's number (from 1) when it is complete."""
        headings = {heading.paragraph: heading for heading in edition.headings}
        self._title = title_of(edition)
        self._begin_page()
        for block, heading in _blocks(edition, headings):
            yield from self._set(block, heading, edition)
            if self._last and self._page > self._last:
                return
        yield self._page

    @property
    def _is_wanted(self) -> bool:
        return self._page >= self._first and (not self._last or self._page <= self._last)

    def _set(self, block: _Block, heading: Heading | None, edition: Edition) -> Iterator[int]:
        font = QFont(self._font)
        if block.level is not None:
            font.setBold(True)
            font.setPointSizeF(_POINTS * _LARGER.get(block.level, 1.0))
        line_height = QFontMetricsF(font, self._device).height() * _LINE
        if self._y > 0:
            self._y += self._line * _GAP * (2 if block.after_blank or block.level is not None else 1)
        needed = line_height + (_LINES_BELOW_HEADING * self._line if block.level is not None else 0)
        if self._y > 0 and self._y + needed > self._height:
            yield self._turn()
        if heading is not None:
            title = _seen(converted(heading.title, edition.script))
            down = (self._margin + self._y) * _POINTS_PER_INCH / self._device.logicalDpiY()
            self.bookmarks.append(Bookmark(heading.level, title, self._page - 1, down))
        for line in self._lines(block.text, font):
            if self._y > 0 and self._y + line_height > self._height:
                yield self._turn()
            if self._is_wanted:
                line.draw(self._painter, QPointF(0, self._margin + self._y + (line_height - line.height()) / 2))
            self._y += line_height

    def _lines(self, text: str, font: QFont) -> Iterator[QTextLine]:
        """Yield the lines of a paragraph, each at the origin; it is laid out in chunks, so that its length is no matter."""
        option = QTextOption(Qt.AlignmentFlag.AlignJustify)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text = _seen(text)
        start = 0
        while start < len(text):
            chunk = text[start : start + _CHUNK]
            self.characters.update(chunk)
            layout = QTextLayout(chunk, font, self._device)
            layout.setTextOption(option)
            lines = _laid_out(layout, self._width)
            if _BEYOND.search(chunk):
                self._note_beyond(layout, chunk)
            is_last = start + len(chunk) >= len(text)
            if not is_last and len(lines) > 1:
                # The last line goes on with the next chunk.
                start += _code_points(chunk, lines.pop().textStart())
            else:
                start += len(chunk)
            for line in lines:
                line.setPosition(QPointF(0, 0))
                yield line

    def _note_beyond(self, layout: QTextLayout, text: str) -> None:
        flags = QTextLayout.GlyphRunRetrievalFlag
        units = "".join(character * (2 if character > "\uffff" else 1) for character in text)
        for run in layout.glyphRuns(-1, -1, flags.RetrieveGlyphIndexes | flags.RetrieveStringIndexes):
            font = run.rawFont()
            glyphs = self.beyond.setdefault((font.familyName(), font.styleName()), {})
            for glyph, index in zip(run.glyphIndexes(), run.stringIndexes(), strict=False):
                if glyph and units[index] > "\uffff":
                    glyphs.setdefault(glyph, units[index])

    def _begin_page(self) -> None:
        self._y = 0.0
        if not self._is_wanted:
            return
        if self._page > self._first:
            self._device.newPage()
        painter = self._painter
        painter.save()
        painter.setFont(self._small)
        painter.setPen(_GREY)
        header = QRectF(0, 0, self._width, self._margin)
        footer = QRectF(0, self._margin + self._height, self._width, self._margin)
        if self._page > 1:
            title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(self._width))
            painter.drawText(header, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)
        painter.drawText(footer, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, f"{self._page}")
        painter.restore()

    def _turn(self) -> int:
        done = self._page
        self._page += 1
        self._begin_page()
        return done


def title_of(edition: Edition) -> str:
    """Return the title of the edition in its script: that of the outline, or the name of the file."""
    titles = [heading.title for heading in edition.headings if heading.level == 0]
    return _seen(converted(titles[0], edition.script) if titles else Path(edition.name).name)


def _blocks(edition: Edition, headings: dict[int, Heading]) -> Iterator[tuple[_Block, Heading | None]]:
    """Yield the paragraphs that are not blank, each with the heading that stands in it."""
    after_blank = False
    for paragraph in edition.paragraphs():
        text = paragraph.text.rstrip()
        if not text:
            after_blank = True
            continue
        heading = headings.get(paragraph.index)
        is_heading = heading is not None and len(text) <= _LONGEST_HEADING
        level = heading.level if heading is not None and is_heading else None
        yield _Block(text.strip() if is_heading else text, level, after_blank), heading
        after_blank = False


def _laid_out(layout: QTextLayout, width: float) -> list[QTextLine]:
    lines: list[QTextLine] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(line)
    layout.endLayout()
    return lines


def _code_points(text: str, units: int) -> int:
    """Return how many code points of ``text`` its first ``units`` UTF-16 units are."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))


def _seen(text: str) -> str:
    return _SURROGATE.sub(lambda match: f"⟨{label(match[0])}⟩", text)
