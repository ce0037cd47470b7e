"""Text read in another charset than it was written in, and files with broken bytes."""

from __future__ import annotations

import random
from itertools import product

from simulator.damaged import Damaged

# What Chinese is written in, and what it is read in by mistake.
WRITTEN = ("utf-8", "gb18030", "big5hkscs", "cp950", "cp932", "cp949", "utf-16-le", "utf-16-be")
READ_DOUBLE_BYTE = ("utf-8", "gb18030", "gbk", "big5hkscs", "cp950", "cp932", "cp949")
READ_UTF_16 = ("utf-16-le", "utf-16-be")
READ_WESTERN = ("latin-1", "cp1252", "cp437", "mac_roman")
# The same characters by the same bytes, or nearly so: reading one as the other is no mistake that shows.
_SAME = ({"gb18030", "gbk"}, {"big5hkscs", "cp950"})

# Written in, read in, with losses.
WESTERN = (("utf-8", "latin-1"), ("utf-8", "cp1252"))
CHINESE = (
    ("utf-8", "gbk"),
    ("utf-8", "big5"),
    ("gbk", "latin-1"),
    ("gbk", "cp1252"),
    ("gbk", "big5"),
    ("big5", "gbk"),
    ("big5", "latin-1"),
    ("gbk", "shift_jis"),
    ("gbk", "euc_kr"),
)

DROPPED = "dropped"
"""Bytes that the reader cannot read leave no mark."""
A0_A_SPACE = "A0 a space"
"""The no-break space that the byte A0 is read as became a plain one."""


def pairs(readers: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return every pair of charsets, written and read, of which the second is one of ``readers``."""
    return [
        (written, read)
        for written, read in product(WRITTEN, readers)
        if written != read and {written, read} not in _SAME
    ]


def without_loss(line: str, written: str, read: str, layers: int = 1) -> str | None:
    """Return the line as it is read in the wrong charset, None if something is lost or nothing is seen of it.

    A line that gets a line end on the way is none any more.
    """
    misread = line
    for _ in range(layers):
        try:
            data = misread.encode(written)
            text = _read(data, read, "strict")
            if data.decode(written) != misread or text == misread or _written_back(text, read) != data:
                return None
        except UnicodeError:
            return None
        misread = text
    return None if misread == line or "\n" in misread or "\r" in misread else misread


def mojibake_without_loss(clean: str, rng: random.Random, readers: tuple[str, ...], layers: int = 1) -> Damaged:
    """Return the text with each line in another pair of charsets; those that every pair spoils stay as they are."""
    raw: list[str] = []
    for line in clean.split("\n"):
        every = pairs(readers)
        rng.shuffle(every)
        readings = (without_loss(line, written, read, layers) for written, read in every)
        raw.append(next((reading for reading in readings if reading is not None), line))
    return Damaged("\n".join(raw), clean)


def mojibake(clean: str, written: str, read: str, layers: int = 1, loss: str = "\ufffd") -> Damaged:
    """Return the text after ``layers`` times being written in one charset and read in another, line by line.

    Characters that ``written`` has not are left out first; bytes that ``read`` has not become ``loss`` (U+FFFD, "?" or
    :data:`DROPPED`), as in cp1252, whose readers differ: by default its five holes are read as Latin-1 reads them, as
    browsers do. With :data:`A0_A_SPACE` nothing else is lost.
    """
    intended = clean.encode(written, errors="ignore").decode(written)
    lines = [_misread(line, written, read, layers, loss) for line in intended.split("\n")]
    return Damaged("\n".join(lines), intended)


def _misread(line: str, written: str, read: str, layers: int, loss: str) -> str:
    for _ in range(layers):
        text = _read(line.encode(written, errors="replace"), read, "ignore" if loss == DROPPED else "replace")
        if loss == A0_A_SPACE:
            text = text.replace("\xa0", " ")
        elif loss != DROPPED:
            text = text.replace("\ufffd", loss)
        line = text.replace("\n", "\ufffd").replace("\r", "\ufffd")
    return line


def _read(data: bytes, charset: str, errors: str) -> str:
    if charset != "cp1252" or errors == "ignore":
        return data.decode(charset, errors)
    return "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in data)


def _written_back(text: str, charset: str) -> bytes:
    if charset != "cp1252":
        return text.encode(charset)
    return b"".join(sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else "cp1252") for sign in text)


def byte_lost(data: bytes, rng: random.Random) -> bytes:
    """Return ``data`` without one byte, anywhere."""
    place = rng.randrange(len(data))
    return data[:place] + data[place + 1 :]


def byte_inserted(data: bytes, rng: random.Random) -> bytes:
    """Return ``data`` with one byte of any value more, anywhere."""
    place = rng.randrange(len(data) + 1)
    return data[:place] + bytes((rng.randrange(256),)) + data[place:]


def truncated(data: bytes, rng: random.Random) -> bytes:
    """Return ``data`` cut off somewhere in its second half."""
    return data[: rng.randrange(len(data) // 2, len(data))]
