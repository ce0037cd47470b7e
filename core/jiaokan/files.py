"""Reading and writing files: every failure is one sentence that says what to do."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# One character of text takes up to four bytes of memory, and there are several copies of it.
MAXIMUM_SIZE = 1 << 30


class UnreadableFile(Exception):
    """A file cannot be read as text; the message names it and says in one sentence what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        """Take the file and the reason, which goes on after the file's name: "is a directory; …"."""
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} {self.reason}"


class UnwritableFile(UnreadableFile):
    """A file cannot be written; the message names it and says in one sentence what to do."""


_READ_ERRORS = {
    errno.ENOENT: "does not exist; check the name",
    errno.ENOTDIR: "does not exist: a part of its path is a file; check the name",
    errno.EACCES: "may not be read by you; ask its owner for permission",
    errno.EPERM: "may not be read by you; ask its owner for permission",
    errno.ELOOP: "is a link that leads back to itself; open the file it should lead to",
    errno.ENAMETOOLONG: "has too long a name; check the name",
    errno.ESTALE: "has vanished from its server; open it again",
    errno.EIO: "cannot be read from its disk; copy it to another one if you can",
}
_WRITE_ERRORS = {
    errno.ENOENT: "cannot be written: its folder does not exist; make it first",
    errno.ENOTDIR: "cannot be written: a part of its path is a file; choose another name",
    errno.EACCES: "may not be written by you; choose another folder",
    errno.EPERM: "may not be written by you; choose another folder",
    errno.EROFS: "cannot be written: the disk is read-only; choose another folder",
    errno.ENOSPC: "cannot be written: the disk is full; make room or choose another folder",
    errno.EDQUOT: "cannot be written: your share of the disk is used up; make room or choose another folder",
    errno.EFBIG: "cannot be written: it becomes larger than files may be there; choose another folder",
    errno.ENAMETOOLONG: "cannot be written: its name is too long; choose another name",
    errno.EISDIR: "is a directory; give the name of a file",
}


def read(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of the regular file at ``path``.

    Raises:
        UnreadableFile: It is missing, a directory, a device or a pipe, may not be read, or has more than
            :data:`MAXIMUM_SIZE` bytes.

    """
    path = Path(path)
    try:
        # Opening a pipe waits for somebody to write to it, so the kind is asked first, and again of what was opened.
        _check_kind(path, path.stat())
        with path.open("rb") as file:
            _check_kind(path, os.fstat(file.fileno()))
            data = file.read(MAXIMUM_SIZE + 1)
    except OSError as error:
        raise UnreadableFile(path, _READ_ERRORS.get(error.errno or 0, f"cannot be read: {error.strerror}")) from error
    except ValueError as error:
        raise UnreadableFile(path, "has a name that no file can have; check the name") from error
    except MemoryError as error:
        raise UnreadableFile(path, "is too big for this machine's memory; split it") from error
    if len(data) > MAXIMUM_SIZE:
        raise UnreadableFile(path, _TOO_BIG)
    return data


_TOO_BIG = f"is larger than {MAXIMUM_SIZE >> 20} MiB; split it"


def _check_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(path, "is a directory; give the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(path, "is a device or a pipe, not a file; pass what it gives through standard input (-)")
    if status.st_size > MAXIMUM_SIZE:
        raise UnreadableFile(path, _TOO_BIG)


# What begins so is no text. Those that are plain letters count only if control characters follow.
_SIGNATURES = (
    (
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|II\*\x00|MM\x00\*|GIF8[79]a"),
        "is a picture; take the text out of it first",
    ),
    (re.compile(rb"%PDF-"), "is a PDF document; export its text first"),
    (
        re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
        "is a ZIP archive (as .docx, .epub and .xlsx are too); save the document as plain text first",
    ),
    (
        re.compile(rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd"),
        "is a compressed archive; unpack it first",
    ),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "is an old Office document; save it as plain text first"),
    (
        re.compile(rb"\x7fELF|MZ.{56,}?PE\x00\x00|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm", re.DOTALL),
        "is a program, not a text; give a text file",
    ),
    (re.compile(rb"SQLite format 3\x00"), "is a database; export its text first"),
    (
        re.compile(rb"RIFF....(?:WAVE|AVI |WEBP)|OggS|fLaC|ID3|....ftyp|\x1aE\xdf\xa3", re.DOTALL),
        "is sound or video; give a text file",
    ),
    (re.compile(rb"wOF[F2]|OTTO\x00|\x00\x01\x00\x00\x00[\x04-\x40][\x00-\x04]"), "is a font; give a text file"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 1 << 12

# Bytes drawn by chance cost ln 256 = 5.5 nats each in the best of all models, and more in one that expects text. Of the
# files measured, texts with a tenth of their bytes overwritten cost up to 4.4, with a fifth of them deleted 5.6;
# random bytes, programs, fonts and databases 6.2 to 8.1.
_CHANCE = 6.1
_FEWEST_CONTROLS = 0.02
_SAMPLE = 1 << 12
_SHORTEST_TO_JUDGE = 64


def looks_binary(data: bytes, text: str = "") -> str:
    """Return why ``data``, read as ``text``, is no text file, or "" if it may be one.

    The reason goes on after the file's name. Texts with NULs in them, UTF-16 and heavy damage are texts. Without
    ``text`` only the signatures of common formats are looked for.
    """
    head = data[:_HEAD]
    if _CONTROLS.search(head) or head.startswith(b"%PDF-"):
        for signature, reason in _SIGNATURES:
            if signature.match(head):
                return reason
    if data and not data.strip(b"\0"):
        return "holds nothing but NUL bytes; look for another copy of it"
    controls = len(_CONTROLS.findall(head))
    if controls > _FEWEST_CONTROLS * len(head) and _cost_of_a_byte(data, text) > _CHANCE:
        return "is binary data, not a text; give a text file, or its encoding if it is one"
    return ""


def _cost_of_a_byte(data: bytes, text: str) -> float:
    """Return how many nats a byte of ``data`` that is not NUL costs if it is to be ``text``; 0 for short texts."""
    # Imported here because only files with control characters are asked this.
    from jiaokan.decoding.plausibility import plausibility
    from jiaokan.language_model import LanguageModel

    third = _SAMPLE // 3
    middle = len(text) // 2
    sample = text if len(text) <= _SAMPLE else text[:third] + text[middle : middle + third] + text[-third:]
    sample = sample.replace("\0", "")
    bytes_per_character = (len(data) - data.count(0)) / max(1, len(text) - text.count("\0"))
    if len(sample) < _SHORTEST_TO_JUDGE:
        return 0.0
    return -sum(plausibility(sample, LanguageModel.load())) / (len(sample) * bytes_per_character)


@dataclass(slots=True)
class Replacement:
    """A file that is to take the place of another one.

    Attributes:
        temporary: Where it is written; an empty file in the same folder.
        backup: The backup of what it replaced, if that was a source; see :func:`back_up`. Known at the end.

    """

    temporary: Path
    backup: Path | None = None


@contextlib.contextmanager
def replacing(
    path: str | os.PathLike[str],
    sources: Iterable[str | os.PathLike[str]] = (),
    *,
    overwrite_sources: bool = False,
) -> Iterator[Replacement]:
    """Give a temporary file to be written, which at the end takes the place of ``path`` and its permissions.

    If an exception leaves the body, what is at ``path`` stays as it is and the temporary file is removed. A link stays
    a link: what it leads to is replaced.

    Raises:
        UnwritableFile: ``path`` is one of ``sources`` (and ``overwrite_sources`` is not set) or cannot be written.

    """
    path = Path(path)
    is_source = is_one_of(path, sources)
    if is_source and not overwrite_sources:
        raise UnwritableFile(path, _IS_SOURCE)
    with _failures_told(path):
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Nothing of the target's name, which may be as long as a name can be.
        new = Replacement(target.with_name(f".jiaokan-{os.getpid()}-{secrets.token_hex(8)}.tmp"))
        with _removed_on_failure(new.temporary):
            new.temporary.open("xb").close()
            yield new
            with new.temporary.open("r+b") as file:
                os.fsync(file.fileno())
            with contextlib.suppress(FileNotFoundError):
                new.temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            new.backup = back_up(target) if is_source else None
            new.temporary.replace(target)


def remove_leftovers(path: str | os.PathLike[str], process: int) -> None:
    """Remove what a process (its number) that was killed has left beside ``path`` when it was :func:`replacing` it."""
    with contextlib.suppress(OSError):
        for leftover in Path(path).resolve().parent.glob(f".jiaokan-{process}-*.tmp"):
            leftover.unlink()


_IS_SOURCE = "is one of the files to repair and is not overwritten; choose another name"


@contextlib.contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = _WRITE_ERRORS.get(error.errno or 0, f"cannot be written: {error.strerror}")
        raise UnwritableFile(path, reason) from error


def save_atomically(
    path: str | os.PathLike[str],
    data: bytes | Iterable[bytes],
    sources: Iterable[str | os.PathLike[str]] = (),
    *,
    overwrite_sources: bool = False,
) -> Path | None:
    """Write ``data`` (in pieces, if it is not ``bytes``) to ``path``, all of it or nothing; see :func:`replacing`.

    To a device or a pipe is simply written.

    Returns:
        The backup of the source, if one was overwritten.

    Raises:
        UnwritableFile: ``path`` is one of ``sources`` (and ``overwrite_sources`` is not set) or cannot be written.

    """
    path = Path(path)
    pieces = (data,) if isinstance(data, bytes) else data
    if _is_device_or_pipe(path):
        with _failures_told(path), path.open("wb") as file:
            file.writelines(pieces)
        return None
    with replacing(path, sources, overwrite_sources=overwrite_sources) as new, new.temporary.open("r+b") as file:
        file.writelines(pieces)
    return new.backup


def _is_device_or_pipe(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


@contextlib.contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def back_up(path: str | os.PathLike[str]) -> Path:
    """Copy the file at ``path`` to one beside it, NAME.orig or NAME.orig2 and so on; return that. None is overwritten.

    Of a link, what it leads to is copied, beside that. The copy keeps the time and the permissions.

    Raises:
        UnwritableFile: The copy cannot be written, or the file cannot be read.

    """
    source = Path(path).resolve()
    with _failures_told(source), source.open("rb") as data:
        for number in itertools.count(1):
            backup = source.with_name(f"{source.name}.orig{number if number > 1 else ''}")
            with contextlib.suppress(FileExistsError):
                _copy(data, source, backup)
                return backup
    raise AssertionError("the numbers never end")


def _copy(data: BinaryIO, source: Path, backup: Path) -> None:
    file = backup.open("xb")
    with _removed_on_failure(backup), file:
        shutil.copyfileobj(data, file)
        file.flush()
        os.fsync(file.fileno())
        shutil.copystat(source, backup)


def is_one_of(path: str | os.PathLike[str], others: Iterable[str | os.PathLike[str]]) -> bool:
    """Return whether ``path`` is the same file as one of ``others``, by whatever name or link."""
    return any(_same_file(Path(path), other) for other in others)


def _same_file(path: Path, other: str | os.PathLike[str]) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
