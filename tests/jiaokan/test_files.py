"""Reading and writing files, and every way in which that fails."""

from __future__ import annotations

import gzip
import io
import os
import random
import signal
import stat
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from jiaokan.decoding import decode
from jiaokan.files import UnreadableFile, UnwritableFile, back_up, looks_binary, read, remove_leftovers, save_atomically

CHINESE = "院子里的枣树今年结了很多果子，孩子们拿着竹竿去打，落了一地。\n" * 40


def test_read_gives_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x00\xff\r\n")
    assert read(file) == b"\x00\xff\r\n"
    assert read(str(file)) == b"\x00\xff\r\n"


def test_read_of_what_is_no_file_says_what_to_do(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    (tmp_path / "file").touch()
    for path, reason in {
        tmp_path: "is a directory; give the files in it",
        tmp_path / "missing": "does not exist; check the name",
        tmp_path / "file" / "below": "does not exist: a part of its path is a file; check the name",
        loop: "is a link that leads back to itself; open the file it should lead to",
        tmp_path / "\0": "has a name that no file can have; check the name",
        tmp_path / ("x" * 5000): "has too long a name; check the name",
        Path("/dev/zero"): "is a device or a pipe, not a file; pass what it gives through standard input (-)",
    }.items():
        with pytest.raises(UnreadableFile) as caught:
            read(path)
        assert (caught.value.path, caught.value.reason) == (path, reason)
        assert str(caught.value) == f"{path} {reason}"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    caught: list[UnreadableFile] = []

    def attempt() -> None:
        try:
            read(pipe)
        except UnreadableFile as error:
            caught.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert "a pipe" in caught[0].reason


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Nothing is forbidden to the superuser, as whom tests may run, so the system's answer is played.
    (tmp_path / "a").touch()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="may not be read by you; ask its owner for permission"):
        read(tmp_path / "a")


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate((1 << 30) + 1)
    with pytest.raises(UnreadableFile, match="is larger than 1024 MiB; split it"):
        read(tmp_path / "big")


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", CHINESE)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a\1\0\1\0", "picture"),
        (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        (_archive(), "ZIP"),
        (gzip.compress(CHINESE.encode()), "compressed"),
        (b"\x7fELF\2\1\1\0", "program"),
        (b"MZ\x90\0" + bytes(60) + b"PE\0\0", "program"),
        (b"SQLite format 3\0", "database"),
        (bytes.fromhex("0001000000130100 00040030") + b"FFTM", "font"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "sound"),
        (bytes(500), "NUL"),
    ],
)
def test_binary_formats_are_named(data: bytes, what: str) -> None:
    assert what in looks_binary(data)


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_are_binary(seed: int) -> None:
    data = random.Random(seed).randbytes(20_000)
    assert "binary" in looks_binary(data, decode(data).text)


def test_tables_of_numbers_are_binary() -> None:
    chooser = random.Random(3)
    rows = (struct.pack("<HIhd", row * 37 % 65536, row, -row % 251, chooser.random()) for row in range(3000))
    data = b"name\0rows\0" + b"".join(rows)
    assert "binary" in looks_binary(data, decode(data).text)


def _texts() -> Iterator[tuple[str, bytes]]:
    for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16", "utf-32"):
        yield codec, CHINESE.encode(codec)
    yield "NULs", CHINESE.replace("，", "\0\0\0").encode("gb18030")
    yield "a third NULs", CHINESE.encode() + bytes(len(CHINESE))
    yield "form feeds", (CHINESE + "\f").encode() * 3
    chooser = random.Random(5)
    damaged = bytearray(CHINESE.encode("gb18030"))
    for _ in range(len(damaged) // 50):
        del damaged[chooser.randrange(len(damaged))]
    yield "every fiftieth byte lost", bytes(damaged)
    for codec in ("utf-8", "gb18030", "big5", "utf-16-le"):
        overwritten = bytearray(CHINESE.replace("枣树", "老人").replace("个", "一").encode(codec, "ignore"))
        for _ in range(len(overwritten) // 10):
            overwritten[chooser.randrange(len(overwritten))] = chooser.randrange(256)
        yield f"every tenth byte overwritten, {codec}", bytes(overwritten)
    yield "truncated", CHINESE.encode()[:-1]
    yield "private use", CHINESE.replace("，", "\ue5e5\ue5e6\ue5e7").encode()
    yield "like a program", b"MZ is how it begins\n"
    yield "like sound", b"ID3 tags and RIFF\n"
    yield "rare hanzi", "".join(map(chr, range(0x7E00, 0x8200))).encode("gb18030")
    yield "one bad byte", b"\xff"
    yield "empty", b""
    yield "terminal colours", b"\x1b[31mred\x1b[0m\n" * 30


@pytest.mark.parametrize(("name", "data"), [*_texts()], ids=lambda value: value if isinstance(value, str) else "")
def test_texts_are_not_binary(name: str, data: bytes) -> None:
    assert looks_binary(data, decode(data).text) == "", name


def test_save_writes_all_and_leaves_nothing_else(tmp_path: Path) -> None:
    save_atomically(tmp_path / "a", b"one")
    save_atomically(tmp_path / "a", iter([b"t", b"wo"]))
    assert (tmp_path / "a").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_save_keeps_the_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    file.chmod(0o640)
    save_atomically(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    save_atomically(tmp_path / "b", b"new")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o666 & ~mask


def test_save_through_a_link_replaces_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("a")
    save_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(RuntimeError):
        save_atomically(tmp_path / "a", pieces())
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_save_to_a_pipe_writes_to_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    thread = threading.Thread(target=lambda: received.append(pipe.read_bytes()), daemon=True)
    thread.start()
    save_atomically(pipe, b"through")
    thread.join(10)
    assert received == [b"through"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["a", "link", "hard", "folder/../a"])
def test_save_refuses_the_source_by_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").write_bytes(b"source")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "hard").hardlink_to(tmp_path / "a")
    with pytest.raises(UnwritableFile, match="not overwritten"):
        save_atomically(tmp_path / name, b"new", ["missing", tmp_path / "a"])
    assert (tmp_path / "a").read_bytes() == b"source"
    backup = save_atomically(tmp_path / name, b"new", [tmp_path / "a"], overwrite_sources=True)
    assert (tmp_path / name).read_bytes() == b"new"
    assert backup is not None
    assert backup.read_bytes() == b"source"


def test_no_backup_is_made_of_what_is_no_source_or_if_nothing_is_written(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    (tmp_path / "a").write_bytes(b"source")
    (tmp_path / "b").write_bytes(b"another")
    assert save_atomically(tmp_path / "b", b"new", [tmp_path / "a"], overwrite_sources=True) is None
    with pytest.raises(RuntimeError):
        save_atomically(tmp_path / "a", pieces(), [tmp_path / "a"], overwrite_sources=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_save_where_that_cannot_be_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    for path, reason in {
        tmp_path: "is a directory; give the name of a file",
        tmp_path / "missing" / "a": "its folder does not exist",
        tmp_path / "a" / "b": "a part of its path is a file",
    }.items():
        with pytest.raises(UnwritableFile, match=reason):
            save_atomically(path, b"")


def test_the_longest_names_can_be_saved(tmp_path: Path) -> None:
    name = "長" * 85  # 255 bytes, the most that a name may have
    save_atomically(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"
    with pytest.raises(UnwritableFile, match="its name is too long"):
        save_atomically(tmp_path / (name + "長"), b"new")


def _saving(path: Path, data: str, prelude: str = "") -> str:
    """Return a program that saves ``data`` (an expression) at ``path`` and says how that ends."""
    return (
        f"import sys\nsys.path[:0] = {sys.path!r}\n{prelude}\n"
        f"from jiaokan.files import UnwritableFile, save_atomically\n"
        f"try:\n    save_atomically({str(path)!r}, {data})\n"
        f"except UnwritableFile as error:\n    print(error.reason)\n"
    )


def test_a_disk_that_becomes_full_leaves_the_old_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("only the superuser may make a disk that is soon full")
    try:
        (disk / "a").write_bytes(b"old")
        with pytest.raises(UnwritableFile, match="the disk is full; make room or choose another folder"):
            save_atomically(disk / "a", iter([b"x" * 10_000] * 20))
        assert (disk / "a").read_bytes() == b"old"
        assert [path.name for path in disk.iterdir()] == ["a"]
        (disk / "big").write_bytes(b"x" * 40_000)
        with pytest.raises(UnwritableFile, match="the disk is full"):
            back_up(disk / "big")
        assert sorted(path.name for path in disk.iterdir()) == ["a", "big"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_that_grows_larger_than_allowed_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    limits = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limits += "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))"
    program = _saving(tmp_path / "a", "iter([b'x' * 10_000] * 20)", limits)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "becomes larger than files may be there" in done.stdout
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_process_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    prelude = "import os, signal\ndef pieces():\n    yield b'x' * 1_000_000\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    with subprocess.Popen([sys.executable, "-c", _saving(tmp_path / "a", "pieces()", prelude)]) as process:
        assert process.wait() == -signal.SIGKILL
    assert (tmp_path / "a").read_bytes() == b"old"
    # What it had written stays behind, hidden, until somebody takes it away who knows the process.
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path / "a", process.pid + 1)
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path / "a", process.pid)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_backups_never_overwrite_each_other(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for number, name in enumerate(["a.txt.orig", "a.txt.orig2", "a.txt.orig3"]):
        file.write_bytes(f"{number}".encode())
        os.utime(file, (1000, 1000 + number))
        file.chmod(0o640)
        backup = back_up(file)
        assert backup == tmp_path / name
        assert stat.S_IMODE(backup.stat().st_mode) == 0o640
        assert backup.stat().st_mtime == 1000 + number
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [b"2", b"0", b"1", b"2"]


def test_the_backup_of_a_link_is_of_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_bytes(b"text")
    (tmp_path / "link").symlink_to("folder/a")
    assert back_up(tmp_path / "link") == tmp_path / "folder" / "a.orig"
    assert not (tmp_path / "folder" / "a.orig").is_symlink()


def test_a_backup_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile):
        back_up(tmp_path / "missing")
    (tmp_path / ("a" * 253)).touch()
    with pytest.raises(UnwritableFile, match="its name is too long"):
        back_up(tmp_path / ("a" * 253))
