"""The diff turns the raw text into the repaired one, as ``patch`` carries it out."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from difflib import unified_diff as library_diff
from pathlib import Path

import pytest
from editions import edition_of, editions, mirror_edition
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jiaokan.edition import Edition, RepairedEdition
from jiaokan.export import export
from jiaokan.export.unified_diff import unified_diff
from jiaokan.formats import Format, TextFormat
from strategies import repair_of

_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def _of(edition: Edition) -> str:
    return "".join(text + end for text, end in unified_diff(edition))


def _changed(raw: str, *places: int) -> RepairedEdition:
    """Return an edition in which the characters at these places became ！."""
    return edition_of(raw, [repair_of(raw, place, place + 1, "！") for place in places])


def test_nothing_changed_is_nothing() -> None:
    assert _of(edition_of("甲\n乙\n")) == ""


def test_a_change_has_three_lines_around_it() -> None:
    raw = "".join(f"{letter}\n" for letter in "abcdefghi")
    assert _of(_changed(raw, 8)) == (
        "--- a.txt\traw\n+++ a.txt\trepaired\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+！\n f\n g\n h\n"
    )


def test_a_last_line_without_line_end_is_marked() -> None:
    assert _of(_changed("a", 0)).splitlines()[2:] == [
        "@@ -1 +1 @@",
        "-a",
        "\\ No newline at end of file",
        "+！",
        "\\ No newline at end of file",
    ]


@given(st.text("ab\n", max_size=60), st.data())
def test_it_is_what_the_library_makes(raw: str, data: st.DataObject) -> None:
    # The library looks for alike lines; with changes to what stands nowhere else both must come to the same.
    letters = [place for place, character in enumerate(raw) if character != "\n"]
    places = sorted(data.draw(st.sets(st.sampled_from(letters), max_size=4))) if letters else []
    edition = _changed(raw, *places)
    before, after = raw.splitlines(keepends=True), edition.result.repaired.splitlines(keepends=True)
    unique = (
        [f"{number}{line}" for number, line in enumerate(before)],
        [f"{number}{line}" for number, line in enumerate(after)],
    )
    expected = list(library_diff(*unique, n=3))
    assert _of(edition).count("\n@@") == sum(line.startswith("@@") for line in expected)
    ours = [line for line in _of(edition).splitlines() if line.startswith("@@")]
    assert ours == [line.rstrip("\n") for line in expected if line.startswith("@@")]


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@settings(max_examples=30)
@given(edition=editions())
def test_patch_makes_the_repaired_text(edition: RepairedEdition, tmp_path_factory: pytest.TempPathFactory) -> None:
    # Halves of pairs that stand for no byte of a file cannot be written in any encoding.
    assume(_HALVES.search(edition.result.raw + edition.result.repaired) is None)
    _patch_and_compare(edition, "utf-8", tmp_path_factory.mktemp("patch"))


def _patch_and_compare(edition: RepairedEdition, encoding: str, folder: Path) -> None:
    mark = b"\xef\xbb\xbf" if edition.bom else b""
    form = TextFormat(encoding, source_encoding=encoding)
    wanted = mark + b"".join(export(edition, Format.TEXT, form))
    (folder / "a.txt").write_bytes(mark + b"".join(export(edition_of(edition.result.raw), Format.TEXT, form)))
    difference = b"".join(export(edition, Format.DIFF, form))
    done = subprocess.run(["patch", "--binary", "-s", "a.txt"], input=difference, cwd=folder, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (folder / "a.txt").read_bytes() == wanted


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_in_the_encoding_of_the_source_it_patches_the_source(encoding: str, tmp_path: Path) -> None:
    raw = "一,二\r\n三\r四,\n\udcff五,\n" * 5 + "六,"
    repairs = [repair_of(raw, place, place + 1, "，") for place, character in enumerate(raw) if character == ","]
    _patch_and_compare(edition_of(raw, repairs[::4]), encoding, tmp_path)


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_a_byte_order_mark_is_a_part_of_the_first_line(tmp_path: Path) -> None:
    _patch_and_compare(replace(_changed("a\nb\n", 0), bom=True), "utf-8", tmp_path)


def test_the_line_ends_of_a_diff_are_never_converted() -> None:
    edition = _changed("a\r\nb\r\n", 0)
    form = TextFormat(newline="\r\n")
    assert b"".join(export(edition, Format.DIFF, form)).endswith(b"@@ -1,2 +1,2 @@\n-a\r\n+\xef\xbc\x81\r\n b\r\n")


def test_names_of_files_break_no_line() -> None:
    edition = edition_of("a", [repair_of("a", 0, 1, "b")], name="x\n+++\udcff.txt")
    assert _of(edition).startswith("--- x?+++?.txt\traw\n+++ x?+++?.txt\trepaired\n")


def test_a_damaged_page_is_mostly_changed() -> None:
    lines = _of(mirror_edition()).splitlines()
    assert sum(line.startswith("-") for line in lines) == sum(line.startswith("+") for line in lines) > 10
