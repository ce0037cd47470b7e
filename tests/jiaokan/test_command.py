"""The command ``jiaokan repair``, as a user meets it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from jiaokan.files import UnreadableFile
from jiaokan_gui.command import main

TEXT = "雨停了以後，街上又熱鬧起來。\r\n賣花的老人把水桶一個一個搬出來，向路過的人點頭。\r\n"


def _run(
    *arguments: str | Path, module: str = "jiaokan", data: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        input=data,
        capture_output=True,
        env=environment,
        cwd=folder,
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "雨.txt"
    file.write_bytes(TEXT.encode("big5"))
    return file


def test_text_is_utf8_with_the_line_ends_of_the_source(source: Path) -> None:
    result = _run("repair", source)
    assert (result.returncode, result.stdout, result.stderr) == (0, TEXT.encode(), b"")


def test_json(source: Path) -> None:
    result = _run("repair", "--format", "json", source)
    [found] = json.loads(result.stdout)
    assert result.returncode == 0
    assert list(found) == ["file", "encoding", "encoding_confidence", "raw", "repaired", "repairs", "outline"]
    assert (found["file"], found["encoding"], found["raw"]) == (str(source), "big5hkscs", TEXT)


def test_another_script_is_no_part_of_the_repair(source: Path) -> None:
    simplified = "雨停了以后，街上又热闹起来。\r\n卖花的老人把水桶一个一个搬出来，向路过的人点头。\r\n"
    assert _run("repair", "--script", "simplified", source).stdout.decode() == simplified
    [plain] = json.loads(_run("repair", "--format", "json", source).stdout)
    [found] = json.loads(_run("repair", "--format", "json", "--script", "simplified", source).stdout)
    assert list(found)[4:7] == ["repaired", "script", "converted"]
    assert (found.pop("script"), found.pop("converted")) == ("simplified", simplified)
    assert found == plain
    assert _run("repair", "--script", "klingon", source).returncode == 2


def test_several_files_come_one_after_another_each_on_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("沒有換行的結尾".encode())
    (tmp_path / "b").write_bytes("第二個檔案\n".encode())
    assert (
        _run("repair", "a", "b", "a", folder=tmp_path).stdout.decode() == "沒有換行的結尾\n第二個檔案\n沒有換行的結尾"
    )


def test_standard_input() -> None:
    assert _run("repair", "-", data=TEXT.encode("gb18030")).stdout == TEXT.encode()
    [found] = json.loads(_run("repair", "--format=json", "-", data=b"").stdout)
    assert (found["file"], found["raw"]) == ("-", "")


def test_undecodable_bytes_are_replacement_characters_in_text() -> None:
    assert _run("repair", "-", data=TEXT.encode() + b"\xff\n").stdout == TEXT.encode() + "\ufffd\n".encode()


def test_encoding_by_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(TEXT.encode())
    result = _run("repair", "--encoding", "Latin1", "a", "--format", "json", folder=tmp_path)
    assert json.loads(result.stdout)[0]["encoding"] == "cp1252"
    result = _run("repair", "--encoding", "klingon", "a", folder=tmp_path)
    assert result.returncode == 2
    assert "there is no encoding named “klingon”" in result.stderr.decode()


def test_what_cannot_be_read_is_named_and_the_others_are_done(source: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    missing = tmp_path / "missing.txt"
    result = _run("repair", missing, tmp_path, picture, source, "/dev/zero")
    assert (result.returncode, result.stdout) == (1, TEXT.encode())
    lines = result.stderr.decode().splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["jiaokan"] * 4
    for line, name in zip(lines, [missing, tmp_path, picture, "/dev/zero"], strict=True):
        assert f" {name} " in line


def test_json_of_nothing_readable_is_an_empty_list() -> None:
    result = _run("repair", "--format", "json", "/missing")
    assert (result.returncode, json.loads(result.stdout)) == (1, [])


def test_output_is_written_as_a_whole(source: Path, tmp_path: Path) -> None:
    result = _run("repair", source, "-o", tmp_path / "out")
    assert (result.returncode, result.stdout) == (0, b"")
    assert (tmp_path / "out").read_bytes() == TEXT.encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "雨.txt"]


def test_output_is_never_a_source(source: Path) -> None:
    before = source.read_bytes()
    result = _run("repair", source, "--output", source.parent / "." / source.name)
    assert result.returncode == 2
    assert "not overwritten" in result.stderr.decode()
    assert source.read_bytes() == before


def test_output_of_nothing_readable_is_not_written(tmp_path: Path) -> None:
    assert _run("repair", "/missing", "-o", tmp_path / "out").returncode == 1
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be_written_is_one_line(source: Path, tmp_path: Path) -> None:
    result = _run("repair", source, "-o", tmp_path / "no" / "out")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "its folder does not exist" in result.stderr.decode()


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes("春眠不覺曉\n".encode() * 100_000)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "jiaokan", "repair", str(tmp_path / "long")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "code", ["import jiaokan", "import jiaokan.__main__, jiaokan.export, jiaokan.pipeline, jiaokan.decoding"]
)
def test_the_engine_loads_no_qt(code: str) -> None:
    _assert_no_qt(f"{code}\n")


def test_repair_by_the_console_entry_loads_no_qt(source: Path) -> None:
    _assert_no_qt(
        "from jiaokan_gui.command import main\n"
        f"main(['repair', '--format', 'json', {str(source)!r}], standalone_mode=False)\n"
    )


def test_output_encoding_newline_and_mark(source: Path) -> None:
    options = ("--output-encoding", "UTF-16", "--newline", "lf")
    assert _run("repair", source, *options).stdout == b"\xff\xfe" + TEXT.replace("\r", "").encode("utf-16-le")
    assert _run("repair", source, *options, "--no-bom").stdout == TEXT.replace("\r", "").encode("utf-16-le")
    assert _run("repair", source, "--bom", "--newline=cr").stdout.decode("utf-8-sig") == TEXT.replace("\n", "")
    assert _run("repair", source, "--output-encoding", "klingon").returncode == 2
    assert "no byte order mark" in _run("repair", source, "--output-encoding", "big5", "--bom").stderr.decode()


def test_what_cannot_be_written_is_listed_and_nothing_of_it_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("雨停了𠀀\n".encode())
    (tmp_path / "b").write_bytes("街上\n".encode())
    result = _run("repair", "a", "b", "--output-encoding", "big5", folder=tmp_path)
    assert (result.returncode, result.stdout) == (1, "街上\n".encode("big5"))
    assert "a is left out: big5 cannot write 𠀀 U+20000 (line 1, column 4)" in result.stderr.decode()
    alone = _run("repair", "a", "--output-encoding", "big5", "-o", "out", folder=tmp_path)
    assert (alone.returncode, (tmp_path / "out").exists()) == (1, False)
    for substitution, written in {"reference": "雨停了&#131072;\n", "mark": "雨停了□\n"}.items():
        result = _run("repair", "a", "--output-encoding=big5", "--unencodable", substitution, folder=tmp_path)
        assert (result.returncode, result.stdout) == (0, written.encode("big5"))


def test_undecodable_bytes_stay_in_the_encoding_of_the_source(tmp_path: Path) -> None:
    data = TEXT.encode("gb18030") + b"\xff\n"
    (tmp_path / "a").write_bytes(data)
    assert _run("repair", "a", "--output-encoding", "gbk", folder=tmp_path).stdout == data
    assert _run("repair", "a", "--output-encoding", "utf-8", folder=tmp_path).returncode == 1


def test_several_texts_in_utf16_have_one_mark_and_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("沒有換行的結尾".encode())
    (tmp_path / "b").write_bytes("第二個檔案\n".encode())
    result = _run("repair", "a", "b", "--output-encoding", "utf-16", folder=tmp_path)
    assert result.stdout == b"\xff\xfe" + "沒有換行的結尾\n第二個檔案\n".encode("utf-16-le")


@pytest.mark.parametrize(
    ("kind", "beginning"),
    [
        ("html", "<!DOCTYPE html>"),
        ("markdown", "雨停了以後，街上又熱鬧起來。\n\n賣花"),
        ("diff", "--- "),
        ("text", "雨停"),
    ],
)
def test_the_formats(tmp_path: Path, kind: str, beginning: str) -> None:
    (tmp_path / "a").write_bytes((TEXT + "空\u200b白\u200b字\u200b\r\n").encode())
    result = _run("repair", "a", "--format", kind, folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().startswith(beginning)


def test_a_report_is_of_one_file(source: Path) -> None:
    result = _run("repair", "--format", "html", source, source)
    assert (result.returncode, result.stdout) == (2, b"")
    assert "exactly one" in result.stderr.decode()


def test_the_source_is_overwritten_only_if_told_so_and_kept(source: Path) -> None:
    assert _run("repair", source, "--overwrite").returncode == 2
    result = _run("repair", source, "-o", source, "--overwrite")
    assert result.returncode == 0
    assert source.read_bytes() == TEXT.encode()
    backup = source.with_name("雨.txt.orig")
    assert backup.read_bytes() == TEXT.encode("big5")
    assert f"is kept as {backup}" in result.stderr.decode()


def test_files_that_are_no_commands_are_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[list[Path]] = []
    application = ModuleType("jiaokan_gui.application")

    def run(files: list[Path]) -> int:
        opened.append(files)
        return 0

    monkeypatch.setattr(application, "run", run, raising=False)
    monkeypatch.setitem(sys.modules, "jiaokan_gui.application", application)
    monkeypatch.chdir(tmp_path)
    for arguments in ([], ["a.txt", "b.txt"], ["open"], ["./repair"], ["--", "-x.txt"]):
        result = CliRunner().invoke(main, arguments)
        assert (result.exit_code, result.output) == (0, "")
    assert opened == [[], [Path("a.txt"), Path("b.txt")], [Path("open")], [Path("repair")], [Path("-x.txt")]]


def test_snapshot_is_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[tuple[Path, Path]] = []

    def snapshot(file: Path, output: Path) -> None:
        if file.name == "missing":
            raise UnreadableFile(file, "does not exist; check the name")
        rendered.append((file, output))

    module = ModuleType("jiaokan_gui.snapshot")
    monkeypatch.setattr(module, "snapshot", snapshot, raising=False)
    monkeypatch.setitem(sys.modules, "jiaokan_gui.snapshot", module)
    assert CliRunner().invoke(main, ["--snapshot", "out.png", "a.txt"]).exit_code == 0
    assert CliRunner().invoke(main, ["a.txt", "--snapshot", "out.png"]).exit_code == 0
    assert rendered == [(Path("a.txt"), Path("out.png"))] * 2
    assert CliRunner().invoke(main, ["--snapshot", "out.png"]).exit_code == 2
    failed = CliRunner().invoke(main, ["--snapshot", "out.png", "missing"])
    assert (failed.exit_code, failed.output) == (1, "Error: missing does not exist; check the name\n")


def test_help_and_version_open_no_window() -> None:
    help_ = CliRunner().invoke(main, ["--help"])
    assert "repair" in help_.output
    assert "--snapshot" in help_.output
    assert CliRunner().invoke(main, ["--version"]).output.startswith("jiaokan ")


def test_large_input_shows_its_progress_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(("x" * 50 + "\n").encode() * 6_000)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    terminal, standard_error = os.openpty()
    command = [sys.executable, "-m", "jiaokan", "repair", str(tmp_path / "long")]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=standard_error, env=environment)
    os.close(standard_error)
    shown = os.read(terminal, 10_000)
    os.close(terminal)
    assert b"100%" in shown
    assert result.stdout == (tmp_path / "long").read_bytes()


def _assert_no_qt(code: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    check = "import sys\nassert not [name for name in sys.modules if name.startswith(('PySide', 'shiboken'))]\n"
    result = subprocess.run([sys.executable, "-c", code + check], capture_output=True, env=environment)
    assert (result.returncode, result.stderr) == (0, b"")
