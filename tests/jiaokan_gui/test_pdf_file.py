"""The PDF file: the text can be copied as it is, the outline is there, a failure is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from editions import edition_of, mirror_edition
from jiaokan.edition import Edition
from jiaokan.script import Script
from jiaokan_gui.fonts import has_chinese_font, printed_font
from jiaokan_gui.pdf_file import shared_characters, write_pdf
from jiaokan_gui.pdf_update import Characters, UnknownStructure, finish
from PySide6.QtGui import QPageSize, QTextLayout
from PySide6.QtWidgets import QApplication

Written = Callable[[Edition], Path]


@pytest.fixture
def written(tmp_path: Path, qapp: QApplication) -> Written:
    """Write an edition as PDF."""
    assert qapp is not None
    path = tmp_path / "text.pdf"

    def write(edition: Edition) -> Path:
        write_pdf(path, edition, QPageSize.PageSizeId.A4)
        return path

    return write


def bookmarks(path: Path) -> dict[int, dict[str, str]]:
    """Return the entries of each bookmark of a PDF file, by the number of its object."""
    data = path.read_bytes()
    found = re.finditer(rb"(?m)^(\d+) 0 obj\n<< (/Title .*|/Type /Outlines .*) >>\nendobj$", data)
    return {
        int(match[1]): dict(re.findall(r"/(\w+) (<[^>]*>|\[[^\]]*\]|/\w+|-?\d+)", match[2].decode())) for match in found
    }


def _title(entry: dict[str, str]) -> str:
    return bytes.fromhex(entry["Title"][1:-1]).decode("utf-16")


def _text(path: Path, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True).stdout.decode()


def test_the_outline_becomes_bookmarks_as_it_nests(written: Written) -> None:
    headings = [(0, "題", 0), (1, "甲", 1), (3, "乙", 2), (1, "丙\U00020000", 3)]
    entries = bookmarks(written(edition_of("題\n甲\n乙\n丙\U00020000\n", (), headings)))
    root, title, first, below, second = entries
    assert [_title(entries[number]) for number in (title, first, below, second)] == ["題", "甲", "乙", "丙\U00020000"]
    assert entries[root] == {"Type": "/Outlines", "First": str(title), "Last": str(title), "Count": "3"}
    assert (entries[title]["First"], entries[title]["Last"], entries[title]["Count"]) == (str(first), str(second), "2")
    assert (entries[first]["Next"], entries[second]["Prev"]) == (str(second), str(first))
    assert (entries[first]["First"], entries[first]["Count"], entries[below]["Parent"]) == (
        str(below),
        "-1",
        str(first),
    )
    tops = [int(entries[number]["Dest"].split()[5]) for number in (title, first, below, second)]
    assert tops == sorted(tops, reverse=True)
    assert 600 < tops[3] < tops[0] < 842


def test_bookmarks_lead_to_their_pages(written: Written) -> None:
    raw = "".join(f"第{number}章\n{'字' * 900}\n" for number in range(1, 8))
    path = written(edition_of(raw, (), [(1, f"第{number}章", 2 * number - 2) for number in range(1, 8)]))
    kids = re.findall(rb"(\d+) 0 R", path.read_bytes().partition(b"/Kids")[2].partition(b"]")[0])
    entries = [entry for entry in bookmarks(path).values() if "Title" in entry]
    pages = [kids.index(entry["Dest"].strip("[").split()[0].encode()) + 1 for entry in entries]
    assert len(set(pages)) > 3
    for entry, page in zip(entries, pages, strict=True):
        assert _title(entry) in _text(path, "-f", str(page), "-l", str(page))


def test_no_outline_no_bookmarks(written: Written) -> None:
    assert bookmarks(written(edition_of("天地玄黃"))) == {}


def test_the_text_can_be_copied_as_it_is(written: Written) -> None:
    if not has_chinese_font():
        pytest.skip("there is no font with Chinese characters")
    edition = edition_of("日月玄黃青，里面一丁。——長\n　　甲―乙·丙\n" * 3)
    copied = _text(written(edition), "-raw")
    assert set("日月玄黃青里面一丁長甲乙丙——―") <= set(copied)
    assert set(copied) - set("1\n\x0c ") <= {character for text, _ in edition.texts() for character in text}


def test_characters_beyond_the_bmp_can_be_copied(written: Written) -> None:
    if not has_chinese_font():
        pytest.skip("there is no font with Chinese characters")
    # Only those that a font has are there to be copied.
    known = {character for character in "𠀋𡈽𠮟𠂉𣑊𤭖" if _is_in_a_font(character)}
    raw = "𠂉甲𠀋乙𡈽\n丙𠮟丁𠀋\n" + "".join(map(chr, range(0x4E00, 0x4E80))) + "𣑊戊𤭖"
    copied = _text(written(edition_of(raw)), "-raw")
    assert [character for character in copied if character > "\uffff"] == [
        character for character in raw if character in known
    ]
    # What a text has not, it must not get.
    assert set(copied) <= set(raw) | set("a.txt1\n\x0c ")


def _is_in_a_font(character: str) -> bool:
    layout = QTextLayout(character, printed_font(10, traditional=True))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return any(all(run.glyphIndexes()) for run in layout.glyphRuns())


def test_a_damaged_page_can_be_copied_as_it_was_repaired(written: Written) -> None:
    if not has_chinese_font():
        pytest.skip("there is no font with Chinese characters")
    edition = mirror_edition()
    copied = "".join(_text(written(edition), "-raw").split())
    for paragraph in edition.paragraphs():
        words = "".join(paragraph.repaired.split())
        # Where a page ends, its number and the title stand within.
        assert words[:20] in copied


def test_it_is_in_the_script_that_is_wanted(written: Written) -> None:
    if not has_chinese_font():
        pytest.skip("there is no font with Chinese characters")
    assert "后来" in _text(written(edition_of("後來", script=Script.SIMPLIFIED)))


def test_characters_that_share_a_glyph_are_told(qapp: QApplication) -> None:
    assert qapp is not None
    shared = shared_characters("日月中a", printed_font(10, traditional=True))
    assert set(shared.values()) <= {"日", "月", "中", "a", "——", "———"}
    assert not {ord("日"), ord("中"), ord("a")} & set(shared)
    # Who writes of radicals means them.
    assert 0x2F47 not in shared_characters("日\u2f47", printed_font(10, traditional=True))


@pytest.mark.parametrize("raw", ["", "\n\n", "\0", "\udcff\ud800", "字" * 30_000, "𠀀" * 5_000, "\u202e\u2028\u200b a"])
def test_any_text_becomes_a_file(written: Written, raw: str) -> None:
    path = written(edition_of(raw))
    assert path.read_bytes().startswith(b"%PDF-1")
    if shutil.which("pdfinfo") is not None:
        done = subprocess.run(["pdfinfo", path], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Pages:" in done.stdout


def test_long_paragraphs_lose_nothing_where_they_are_cut(written: Written) -> None:
    if not has_chinese_font():
        pytest.skip("there is no font with Chinese characters")
    raw = "".join(map(chr, range(0x4E00, 0x4E00 + 9_000)))
    copied = _text(written(edition_of(raw)), "-raw")
    hanzi = re.sub("[^\u4e00-\u9fff]", "", copied)
    # The name of the file heads the pages; of the text every character is there once, in order.
    assert hanzi == raw


def test_every_page_is_told(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    pages: list[int] = []
    write_pdf(tmp_path / "a.pdf", edition_of("字\n" * 300), QPageSize.PageSizeId.A5, pages.append)
    assert pages == list(range(1, len(pages) + 1))
    assert len(pages) > 5


def test_a_full_disk_is_told(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    with pytest.raises(OSError, match="No space left"):
        write_pdf(Path("/dev/full"), edition_of("字\n" * 3000), QPageSize.PageSizeId.A4)
    with pytest.raises(OSError):
        write_pdf(tmp_path / "missing" / "a.pdf", edition_of("字"), QPageSize.PageSizeId.A4)


def test_what_qt_did_not_write_is_left_as_it_is(tmp_path: Path) -> None:
    for data in (b"", b"%PDF-1.7\nsomething else", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"):
        (tmp_path / "a.pdf").write_bytes(data)
        with pytest.raises(UnknownStructure):
            finish(tmp_path / "a.pdf", [], Characters({0x2F00: "一"}, {}), 800)
        assert (tmp_path / "a.pdf").read_bytes() == data
