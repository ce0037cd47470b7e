"""Text read in another charset than it was written in, and files with broken bytes."""

from __future__ import annotations

import random

from simulator.damaged import Damaged

# Written in, read in.
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


def mojibake(clean: str, written: str, read: str, layers: int = 1) -> Damaged:
    """Return the text after ``layers`` times being written in one charset and read in another, line by line.

    Characters that ``written`` has not are left out first; bytes that ``read`` has not become U+FFFD, as in cp1252,
    whose readers differ: here its five holes are read as Latin-1 reads them, as browsers do.
    """
    intended = clean.encode(written, errors="ignore").decode(written)
    lines = [_misread(line, written, read, layers) for line in intended.split("\n")]
    return Damaged("\n".join(lines), intended)


def _misread(line: str, written: str, read: str, layers: int) -> str:
    for _ in range(layers):
        line = _read(line.encode(written, errors="replace"), read).replace("\n", "\ufffd").replace("\r", "\ufffd")
    return line


def _read(data: bytes, charset: str) -> str:
    if charset != "cp1252":
        return data.decode(charset, errors="replace")
    return "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in data)


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
