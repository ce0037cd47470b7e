"""Adds to a PDF file what Qt leaves out when it writes one: bookmarks, and the right characters behind the glyphs.

Where several characters share a glyph, Qt takes the first in the order of Unicode: 日 is found and copied as ⽇, a
radical. Those beyond the BMP it leaves out, and of a text with very many characters most cannot be found and copied at
all. The file is not written anew: what is added or changed is appended, with a table of where it is.

Source: ISO 32000-1:2008, 7.5.6 (incremental updates), 7.5.4 (cross-reference table), 12.3.3 (document outline), 9.10.3
(ToUnicode CMaps). Qt writes the table and the objects uncompressed, one page tree without branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jiaokan_gui.typesetter import Bookmark

_TAIL = 2048
_REFERENCE = re.compile(rb"(\d+) 0 R")
_ENTRY = 20  # bytes of an entry of the table
_HEAD = 512
_PART = 1 << 16
_BLOCK = 100  # The most entries that a block of a CMap may have.
_HEX = re.compile(rb"<([0-9A-F]{4})>")
_WIDTHS = re.compile(rb"(\d+) (?:\[([^\]]*)\]|(\d+) \d+)")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[((?:<[0-9A-F]{4}> ?)*)\])")


class UnknownStructure(ValueError):
    """The file is not written as Qt writes PDF files."""


class PdfUpdate:
    """An update of a PDF file that Qt wrote: reads objects, collects new and changed ones, appends them."""

    def __init__(self, file: BinaryIO) -> None:
        """Read where the objects of ``file`` are (open for reading and writing).

        Raises:
            UnknownStructure: It is no file that Qt wrote.
        """
        self._file = file
        self._new: dict[int, bytes] = {}
        end = file.seek(0, 2)
        file.seek(max(0, end - _TAIL))
        tail = file.read()
        start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", tail)
        root = re.search(rb"/Root (\d+) 0 R", tail)
        self._trailer = tail[tail.rfind(b"trailer") :]
        if start is None or root is None:
            raise UnknownStructure("no trailer")
        self.root = int(root[1])
        self._previous = int(start[1])
        file.seek(self._previous)
        head = re.match(rb"xref\s+0 (\d+)\s", file.read(64))
        if head is None:
            raise UnknownStructure("no table")
        self._table = self._previous + head.end()
        self._count = self._size = int(head[1])

    def head(self, number: int) -> bytes:
        """Return the beginning of an object as it is written, from its dictionary on."""
        self._file.seek(self._table + number * _ENTRY)
        self._file.seek(int(self._file.read(10)))
        data = self._file.read(_HEAD)
        prefix = b"%d 0 obj" % number
        if not data.startswith(prefix):
            raise UnknownStructure(f"object {number} is not where it should be")
        return data[len(prefix) :]

    def object(self, number: int) -> bytes:
        """Return an object as it is written; it must not hold the word "endobj", as data may."""
        data = bytearray(self.head(number))
        while (end := data.find(b"endobj")) < 0:
            more = self._file.read(_PART)
            if not more:
                raise UnknownStructure(f"object {number} does not end")
            data += more
        return bytes(data[:end])

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of all objects."""
        yield from range(1, self._count)

    def add(self, data: bytes) -> int:
        """Add a new object and return its number."""
        self.set(self._size, data)
        self._size += 1
        return self._size - 1

    def set(self, number: int, data: bytes) -> None:
        """Let an object be ``data`` from now on."""
        self._new[number] = data

    def reserve(self, count: int) -> int:
        """Return the first of so many numbers for objects to come, which :meth:`set` then says."""
        self._size += count
        return self._size - count

    def write(self) -> None:
        """Append what is new."""
        if not self._new:
            return
        file = self._file
        position = file.seek(0, 2)
        offsets: dict[int, int] = {}
        for number, data in self._new.items():
            offsets[number] = position
            position += file.write(b"%d 0 obj\n%s\nendobj\n" % (number, data))
        file.write(b"xref\n")
        for number in sorted(offsets):
            file.write(b"%d 1\n%010d 00000 n \n" % (number, offsets[number]))
        trailer = re.sub(rb"/Size \d+", b"/Size %d\n/Prev %d" % (self._size, self._previous), self._trailer)
        trailer = trailer.partition(b"startxref")[0]
        file.write(trailer + b"startxref\n%d\n%%%%EOF\n" % position)


@dataclass(frozen=True, slots=True)
class Characters:
    """What Qt does not know about the characters behind its glyphs.

    Attributes:
        shared: For code points that Qt took, what the text has with the same glyph.
        beyond: The characters beyond the BMP, which Qt leaves out, in the order in which they were first set; by family
            and style of the font.
    """

    shared: Mapping[int, str]
    beyond: Mapping[tuple[str, str], Sequence[str]]

    def beyond_of(self, font: str) -> Sequence[str]:
        """Return the characters beyond the BMP of the font with this PostScript name."""
        found = (characters for (family, style), characters in self.beyond.items() if font in _names(family, style))
        return next(found, ())


def _names(family: str, style: str) -> tuple[str, ...]:
    """Return the PostScript names that a font may have; those of collections end in the name of their first language."""
    family, style = family.replace(" ", ""), style.replace(" ", "")
    families = (family, *(f"{family[:-2]}{ending}" for ending in ("sc", "tc", "hc", "jp", "kr")))
    return (*(f"{name}-{style}" for name in families), *(families if style in ("Regular", "Book") else ()))


def finish(path: Path, bookmarks: Sequence[Bookmark], characters: Characters, top: float) -> None:
    """Add the bookmarks to the PDF file at ``path`` and put characters right.

    Args:
        path: A file that Qt wrote.
        bookmarks: The outline, in the order of the pages.
        characters: What stands behind the glyphs.
        top: Where the text of the pages begins (points above their lower edge).

    Raises:
        UnknownStructure: Qt writes its files in another way than it did; nothing is changed.
    """
    with path.open("r+b") as file:
        update = PdfUpdate(file)
        if bookmarks:
            _add_outline(update, bookmarks, top)
        _correct_characters(update, characters)
        update.write()


def _add_outline(update: PdfUpdate, bookmarks: Sequence[Bookmark], top: float) -> None:
    catalog = update.object(update.root)
    tree = re.search(rb"/Pages (\d+) 0 R", catalog)
    if tree is None:
        raise UnknownStructure("no pages")
    kids = re.search(rb"/Kids\s*\[(.*?)\]", update.object(int(tree[1])), re.DOTALL)
    if kids is None:
        raise UnknownStructure("no pages")
    pages = _REFERENCE.findall(kids[1])
    first = update.reserve(len(bookmarks) + 1)
    for number, data in enumerate(_outline(bookmarks, [int(page) for page in pages], first, top)):
        update.set(first + number, data)
    entries = b"/Type /Catalog\n/Outlines %d 0 R\n/PageMode /UseOutlines" % first
    update.set(update.root, catalog.replace(b"/Type /Catalog", entries).strip())


def _outline(bookmarks: Sequence[Bookmark], pages: Sequence[int], first: int, top: float) -> Iterator[bytes]:
    """Yield the objects of an outline: the root, whose number is ``first``, and one for each bookmark."""
    above: list[int] = []  # the bookmarks that are open, as they nest
    parents: list[int] = []
    for number, bookmark in enumerate(bookmarks):
        while above and bookmarks[above[-1]].level >= bookmark.level:
            above.pop()
        parents.append(above[-1] if above else -1)
        above.append(number)
    children: dict[int, list[int]] = {}
    places: list[int] = []
    for number, parent in enumerate(parents):
        siblings = children.setdefault(parent, [])
        places.append(len(siblings))
        siblings.append(number)
    roots = children[-1]
    # What stands below a bookmark is folded (its count is negative), but not below the title of everything.
    opened = roots[0] if len(roots) == 1 else -1
    shown = len(roots) + len(children.get(opened, ()))
    ends = first + 1 + roots[0], first + 1 + roots[-1]
    yield b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (*ends, shown)
    for number, bookmark in enumerate(bookmarks):
        siblings, place = children[parents[number]], places[number]
        entries = [b"/Title <%s>" % (b"\xfe\xff" + bookmark.title.encode("utf-16-be")).hex().encode()]
        entries.append(b"/Parent %d 0 R" % (first + 1 + parents[number]))
        if place > 0:
            entries.append(b"/Prev %d 0 R" % (first + 1 + siblings[place - 1]))
        if place + 1 < len(siblings):
            entries.append(b"/Next %d 0 R" % (first + 1 + siblings[place + 1]))
        if below := children.get(number):
            # A negative count: what stands below is folded.
            ends = first + 1 + below[0], first + 1 + below[-1]
            count = len(below) if number == opened else -len(below)
            entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (*ends, count))
        entries.append(b"/Dest [%d 0 R /XYZ null %d null]" % (pages[bookmark.page], round(top - bookmark.down)))
        yield b"<< " + b" ".join(entries) + b" >>"


def _correct_characters(update: PdfUpdate, characters: Characters) -> None:
    for number in list(update.numbers()):
        if b"/ToUnicode" not in update.head(number):
            continue
        font = update.object(number)
        name = re.search(rb"/BaseFont /([^\s/>]+)", font)
        below = re.search(rb"/DescendantFonts \[(\d+) 0 R\]", font)
        table = re.search(rb"/ToUnicode (\d+) 0 R", font)
        if name is None or below is None or table is None:
            continue
        glyphs = _glyph_count(update.object(int(below[1])))
        stream = update.object(int(table[1])).partition(b"stream\n")[2].partition(b"endstream")[0]
        beyond = characters.beyond_of(name[1].decode("latin-1"))
        corrected = _corrected_map(stream, characters.shared, beyond, glyphs)
        update.set(int(table[1]), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(corrected), corrected))


def _glyph_count(font: bytes) -> int:
    """Return how many glyphs a font has: their widths are listed, one by one or for ranges (9.7.4.3)."""
    ends = [0]
    for first, widths, last in _WIDTHS.findall(font.partition(b"/W [")[2]):
        ends.append(int(last) + 1 if last else int(first) + len(widths.split()))
    return max(ends)


def _corrected_map(stream: bytes, shared: Mapping[int, str], beyond: Sequence[str], glyphs: int) -> bytes:
    """Return the ToUnicode CMap of so many ``glyphs`` with the characters put right.

    It comes in blocks of 100: Qt's have 101, which readers skip.
    """
    head, _, rest = stream.partition(b"endcodespacerange\n")
    tail = rest[rest.rfind(b"endcmap") :]
    texts: dict[int, str] = {}
    for first, last, value, values in _RANGE.findall(rest):
        codes = [int(code, 16) for code in _HEX.findall(values)]
        for glyph in range(int(first, 16), int(last, 16) + 1):
            place = glyph - int(first, 16)
            code = int(value, 16) + place if value else codes[place]
            texts[glyph] = shared.get(code, chr(code))
    # Qt numbers glyphs as they come, and says nothing of those beyond the BMP: if nothing else is missing, it is they.
    missing = [glyph for glyph in range(glyphs) if glyph not in texts]
    if len(missing) == len(beyond):
        texts.update(zip(missing, beyond, strict=True))
    entries = [b"<%04X> <%s>\n" % (glyph, _hexadecimal(texts[glyph])) for glyph in sorted(texts)]
    blocks = (entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK))
    body = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return head + b"endcodespacerange\n" + body + tail


def _hexadecimal(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass").hex().upper().encode()
