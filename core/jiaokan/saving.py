"""From text to the bytes of a file: encoding, byte order mark, line ends, and what the encoding cannot write.

What cannot be written is found before anything is written (:func:`unwritable`). *Escapes*, the lone surrogates that
stand for undecodable bytes of the source (see :mod:`jiaokan.decoding`), become those bytes again where the file is
written in the encoding that the source was read in; in any other they are among what cannot be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jiaokan.decoding import UnknownEncoding, encode, known_encoding
from jiaokan.decoding.exact import ESCAPE_BASE, ESCAPES, decode_exactly, encode_exactly
from jiaokan.formats import Substitution, TextFormat, has_mark

Texts = Iterable[tuple[str, str]]
"""Whole paragraphs, each with its line end."""

_CHUNK = 1 << 16
_MOST_PLACES = 5
# Python's names for these write a byte order mark before everything that is encoded, every piece of a text.
_BYTE_ORDERS = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# The first of them that the encoding has stands for what it has not: the geta of printers, the box of editors.
_MARKS = "〓□?"
_MARKS_OF_BYTES = "\ufffd〓□?"


@dataclass(slots=True)
class Unwritable:
    """A character that the encoding cannot write.

    Attributes:
        character: The character; an escape for an undecodable byte of the source.
        count: How often it stands in the text.
        places: The first places: line and column, both from 1 (columns in code points).

    """

    character: str
    count: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def byte(self) -> int | None:
        """The undecodable byte that it stands for, if it does."""
        return ord(self.character) - ESCAPE_BASE if ESCAPES.match(self.character) else None


class UnwritableText(Exception):
    """The text has characters that the encoding cannot write; the message lists them in sentences."""

    def __init__(self, encoding: str, found: list[Unwritable]) -> None:
        """Take the encoding's name and the characters."""
        super().__init__(encoding, found)
        self.encoding = encoding
        self.found = found

    def __str__(self) -> str:
        listed = ", ".join(map(_described, self.found[:_MOST_PLACES]))
        more = f" and {len(self.found) - _MOST_PLACES} others" if len(self.found) > _MOST_PLACES else ""
        return f"{self.encoding} cannot write {listed}{more}"


def _described(found: Unwritable) -> str:
    where = [f"line {line}, column {column}" for line, column in found.places[:1]]
    times = [f"{found.count} times"] if found.count > 1 else []
    details = ", ".join(where + times)
    return f"{name_of(found.character)} ({details})" if details else name_of(found.character)


def name_of(character: str) -> str:
    """Return how a character is called for readers: the character and its number, or the byte it stands for."""
    if ESCAPES.match(character):
        return f"byte {ord(character) - ESCAPE_BASE:02X}"
    shown = f"{character} " if character.isprintable() else ""
    return f"{shown}U+{ord(character):04X}"


def target_encoding(name: str) -> str:
    """Return the name of the encoding to write for what readers call ``name``.

    Raises:
        UnknownEncoding: There is no encoding of files with this name, or none that every text can be written in.

    """
    encoding = known_encoding(name)
    encoding = _BYTE_ORDERS.get(encoding, encoding)
    try:
        is_text = encode("Aa1\n", encoding)
    except (LookupError, ValueError):
        is_text = b""
    if not is_text:
        raise UnknownEncoding(f"“{name}” cannot be written; try utf-8, gb18030, big5 or utf-16")
    return encoding


def unwritable(texts: Texts, form: TextFormat) -> list[Unwritable]:
    """Return the characters of a text that its encoding cannot write, in the order of their first places."""
    found: dict[str, Unwritable] = {}
    repertoire = _Repertoire(form)
    line = 1
    for text, line_end in texts:
        for offset in repertoire.missing(text):
            entry = found.setdefault(text[offset], Unwritable(text[offset]))
            entry.count += 1
            if len(entry.places) < _MOST_PLACES:
                entry.places.append((line, offset + 1))
        line += bool(line_end)
    return list(found.values())


def encoded(texts: Texts, form: TextFormat) -> Iterator[bytes]:
    """Yield the bytes of a text in pieces.

    Raises:
        UnwritableText: The text has characters that the encoding cannot write, and the substitution is ABORT. Some
            pieces may have been yielded before.

    """
    if form.bom and has_mark(form.encoding):
        yield encode_exactly("\ufeff", form.encoding)
    repertoire = _Repertoire(form)
    pieces: list[str] = []
    size = 0
    for text, line_end in texts:
        missing = repertoire.missing(text)
        if missing and form.substitution is Substitution.ABORT:
            raise UnwritableText(form.encoding, [Unwritable(text[offset], 1) for offset in missing])
        pieces += (repertoire.substituted(text, missing), (form.newline or line_end) if line_end else "")
        size += len(text)
        if size >= _CHUNK:
            yield encode_exactly("".join(pieces), form.encoding)
            pieces, size = [], 0
    yield encode_exactly("".join(pieces), form.encoding)


def mark_for(character: str, encoding: str) -> str:
    """Return the mark that is written for a character that the encoding cannot write; see :class:`Substitution`."""
    return _Repertoire(TextFormat(encoding)).mark_for(character)


class _Repertoire:
    """The characters that a format can write: those that the encoding writes and reads back as what they were."""

    def __init__(self, form: TextFormat) -> None:
        self._form = form
        self._keeps_bytes = form.encoding == form.source_encoding
        self._known: set[str] = set()
        self._missing: set[str] = set()
        self._escapes: set[str] = set()  # those that can be written back as bytes

    def missing(self, text: str) -> list[int]:
        """Return where characters stand in ``text`` (a paragraph; code points) that cannot be written."""
        characters = set(text)
        if characters <= self._known:
            return []
        self._learn(characters)
        missing = self._occurrences(text, characters & self._missing)
        if characters & self._escapes and not self._keeps_its_escapes(self.substituted(text, missing)):
            missing = self._occurrences(text, characters & (self._missing | self._escapes))
        return missing

    def _learn(self, characters: set[str]) -> None:
        for character in characters - self._known - self._missing - self._escapes:
            if ESCAPES.match(character):
                (self._escapes if self._keeps_bytes else self._missing).add(character)
            else:
                (self._known if self._writes(character) else self._missing).add(character)

    def _occurrences(self, text: str, characters: set[str]) -> list[int]:
        if not characters:
            return []
        pattern = re.compile(f"[{re.escape(''.join(characters))}]")
        return [match.start() for match in pattern.finditer(text) if not self._is_mark_on_letter(text, match.start())]

    def _keeps_its_escapes(self, text: str) -> bool:
        """Return whether ``text``, which has escapes, is read back as what it is.

        Beside repaired text an undecodable byte may become a part of a character.
        """
        # What is out of step in UTF-16 is told by more than a paragraph. The bytes are what they were in any case.
        return self._form.encoding.startswith(("utf-16", "utf-32")) or self._writes(text)

    def _is_mark_on_letter(self, text: str, offset: int) -> bool:
        """Return whether a mark is written together with the letter before it, as ê̄ in Big5-HKSCS."""
        return offset > 0 and unicodedata.combining(text[offset]) > 0 and self._writes(text[offset - 1 : offset + 1])

    def _writes(self, text: str) -> bool:
        try:
            # Code page 950 writes ¢ as what it reads as ￠.
            return decode_exactly(encode_exactly(text, self._form.encoding), self._form.encoding) == text
        except UnicodeEncodeError:
            return False

    def substituted(self, text: str, missing: list[int]) -> str:
        """Return ``text`` with what stands for the characters at ``missing``."""
        if not missing:
            return text
        pieces: list[str] = []
        position = 0
        for offset in missing:
            pieces += (text[position:offset], self._substitute(text[offset]))
            position = offset + 1
        return "".join([*pieces, text[position:]])

    def _substitute(self, character: str) -> str:
        is_surrogate = "\ud800" <= character <= "\udfff"
        if self._form.substitution is Substitution.REFERENCE and not is_surrogate:
            return f"&#{ord(character)};"
        return self.mark_for(character)

    def mark_for(self, character: str) -> str:
        """Return what is written for a character if it is to be a mark."""
        marks = _MARKS_OF_BYTES if "\ud800" <= character <= "\udfff" else _MARKS
        return next((mark for mark in marks if self._writes(mark)), "")
