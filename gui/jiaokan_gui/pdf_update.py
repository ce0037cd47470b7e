"""Adds to a PDF file what Qt leaves out when it writes one: bookmarks, and the right characters behind the glyphs.

Where several characters share a glyph, Qt takes the first in the order of Unicode: 日 is found and copied as ⽇, a
radical. And of a text with very many characters most cannot be found and copied at all. The file is not written anew:
what is added or changed is appended, with a table of where it is.

Source: ISO 32000-1:2008, 7.5.6 (incremental updates), 7.5.4 (cross-reference table), 12.3.3 (document outline), 9.10.3
(ToUnicode CMaps). Qt writes the table and the objects uncompressed, one page tree without branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from jiaokan_gui.typesetter import Bookmark

_TAIL = 2048
_REFERENCE = re.compile(rb"(\d+) 0 R")
_ENTRY = 20  # bytes of an entry of the table
_LONGEST_HEAD = 512
_BLOCK = 100  # The most entries that a block of a CMap may have.
_HEX = re.compile(rb"<([0-9A-F]{4})>")
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

    def object(self, number: int, length: int = _LONGEST_HEAD) -> bytes:
        """Return an object as it is written, from its dictionary on; at most ``length`` bytes of it."""
        self._file.seek(self._table + number * _ENTRY)
        self._file.seek(int(self._file.read(10)))
        data = self._file.read(length)
        prefix = b"%d 0 obj" % number
        if not data.startswith(prefix):
            raise UnknownStructure(f"object {number} is not where it should be")
        return data[len(prefix) :].partition(b"endobj")[0]

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


def finish(path: Path, bookmarks: Sequence[Bookmark], shared: Mapping[int, str], top: float) -> None:
    """Add the bookmarks to the PDF file at ``path`` and put characters right.

    Args:
        path: A file that Qt wrote.
        bookmarks: The outline, in the order of the pages.
        shared: For code points that Qt took, what the text has with the same glyph.
        top: Where the text of the pages begins (points above their lower edge).

    Raises:
        UnknownStructure: Qt writes its files in another way than it did; nothing is changed.
    """
    with path.open("r+b") as file:
        update = PdfUpdate(file)
        if bookmarks:
            _add_outline(update, bookmarks, top)
        _correct_characters(update, shared)
        update.write()


def _add_outline(update: PdfUpdate, bookmarks: Sequence[Bookmark], top: float) -> None:
    catalog = update.object(update.root)
    tree = re.search(rb"/Pages (\d+) 0 R", catalog)
    if tree is None:
        raise UnknownStructure("no pages")
    pages = _REFERENCE.findall(_kids(update, int(tree[1])))
    first = update.reserve(len(bookmarks) + 1)
    for number, data in enumerate(_outline(bookmarks, [int(page) for page in pages], first, top)):
        update.set(first + number, data)
    entries = b"/Type /Catalog\n/Outlines %d 0 R\n/PageMode /UseOutlines" % first
    update.set(update.root, catalog.replace(b"/Type /Catalog", entries).strip())


def _kids(update: PdfUpdate, tree: int) -> bytes:
    length = 1 << 12
    while True:
        data = update.object(tree, length)
        kids = re.search(rb"/Kids\s*\[(.*?)\]", data, re.DOTALL)
        if kids is not None:
            return kids[1]
        if len(data) < length - 32:
            raise UnknownStructure("no pages")
        length *= 4


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


def _correct_characters(update: PdfUpdate, shared: Mapping[int, str]) -> None:
    for number in list(update.numbers()):
        head = update.object(number)
        found = re.search(rb"/ToUnicode (\d+) 0 R", head) if b"/Type /Font" in head else None
        if found is None:
            continue
        table = int(found[1])
        length = re.search(rb"/Length (\d+)", update.object(table))
        if length is None:
            raise UnknownStructure("no length")
        stream = update.object(table, int(length[1]) + _LONGEST_HEAD).partition(b"stream\n")[2][: int(length[1])]
        corrected = _corrected_map(stream, shared)
        update.set(table, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(corrected), corrected))


def _corrected_map(stream: bytes, shared: Mapping[int, str]) -> bytes:
    """Return a ToUnicode CMap with the characters put right, in blocks of 100: Qt's have 101, which readers skip."""
    head, _, rest = stream.partition(b"endcodespacerange\n")
    tail = rest[rest.rfind(b"endcmap") :]
    entries: list[bytes] = []
    for first, last, value, values in _RANGE.findall(rest):
        codes = [int(code, 16) for code in _HEX.findall(values)]
        for glyph in range(int(first, 16), int(last, 16) + 1):
            place = glyph - int(first, 16)
            code = int(value, 16) + place if value else codes[place]
            characters = shared.get(code, chr(code)).encode("utf-16-be", "surrogatepass")
            entries.append(b"<%04X> <%s>\n" % (glyph, characters.hex().upper().encode()))
    blocks = (entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK))
    body = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return head + b"endcodespacerange\n" + body + tail
