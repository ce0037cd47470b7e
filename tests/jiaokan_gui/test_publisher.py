"""A document is checked and written by a process of its own, which can be stopped at any time."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jiaokan.formats import Substitution, TextFormat
from jiaokan.judgement import Ruling, Verdict
from jiaokan.outline import Heading
from jiaokan.paragraphs import paragraph_starts
from jiaokan.repair import Kind
from jiaokan.script import Script
from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.decisions import decide
from jiaokan_gui.document import Document
from jiaokan_gui.publisher import Publisher
from jiaokan_gui.publishing import Product, Wish, Written
from jiaokan_gui.rows import LONGEST
from pytestqt.qtbot import QtBot

Make = Callable[[str], Document]
Start = Callable[[Document], Publisher]
UTF8 = Wish(Product.TEXT, TextFormat())
RAW = "題,一(yī)\r\n——甲,乙\n" + "字" * LONGEST + ",丙(bǐng)" + "字" * LONGEST + "\u200b\n\n末"
REPAIRED = "題，一\r\n——甲，乙\n" + "字" * LONGEST + "，丙" + "字" * LONGEST + "\n\n末"
CR = REPAIRED.replace("\r", "").replace("\n", "\r")


@pytest.fixture
def publish(qtbot: QtBot) -> Iterator[Callable[[Document], Publisher]]:
    """Start a publisher for a document."""
    assert qtbot is not None
    made: list[Publisher] = []

    def start(document: Document) -> Publisher:
        made.append(Publisher(DecidedEdition.of(document)))
        return made[-1]

    yield start
    for publisher in made:
        publisher.close()


def write(qtbot: QtBot, publisher: Publisher, path: Path, wish: Wish = UTF8) -> Written:
    """Have a file written and wait for it."""
    with qtbot.waitSignal(publisher.written, timeout=30_000) as blocker:
        publisher.write(path, wish, Path("/source"))
    [written] = blocker.args or []
    assert isinstance(written, Written)
    return written


def test_an_edition_puts_paragraphs_of_several_rows_together(document: Make) -> None:
    edition = DecidedEdition.of(document(RAW))
    found = list(edition.paragraphs())
    assert "".join(paragraph.raw + paragraph.line_end for paragraph in found) == RAW
    assert "".join(paragraph.repaired + paragraph.line_end for paragraph in found) == REPAIRED
    assert [paragraph.line_end for paragraph in found] == ["\r\n", "\n", "\n", "\n", ""]
    assert [paragraph.start for paragraph in found] == list(paragraph_starts(RAW))


def test_an_edition_is_as_it_was_decided(document: Make) -> None:
    made = document("甲,乙(yǐ)丙")
    decide(made, Ruling(Verdict.REFUSED, places=frozenset({(0, 0)})), "")
    decide(made, Ruling(Verdict.ACCEPTED, "〔乙〕", places=frozenset({(0, 1)})), "")
    assert [text for text, _ in DecidedEdition.of(made).texts()] == ["甲,乙〔乙〕丙"]
    made.judgements.switched_off = frozenset({Kind.ANNOTATION})
    assert [text for text, _ in DecidedEdition.of(made).texts()] == ["甲,乙(yǐ)丙"]


def test_a_pickled_edition_is_frozen(document: Make) -> None:
    made = document("甲,乙")
    made.repairs.repairs(0)
    packed = pickle.dumps(DecidedEdition.of(made))
    decide(made, Ruling(Verdict.REFUSED, places=frozenset({(0, 0)})), "")
    assert [text for text, _ in pickle.loads(packed).texts()] == ["甲，乙"]
    assert [text for text, _ in DecidedEdition.of(made).texts()] == ["甲,乙"]


def test_what_is_not_known_stays_raw(document: Make) -> None:
    made = document("甲,乙\n丙,丁")
    made.repairs.known = 1
    assert [text for text, _ in DecidedEdition.of(made).texts()] == ["甲，乙", "丙,丁"]


@pytest.mark.parametrize(
    ("wish", "data"),
    [
        (UTF8, REPAIRED.encode()),
        (Wish(Product.TEXT, TextFormat("utf-16-le", True, "\r")), f"\ufeff{CR}".encode("utf-16-le")),
        (Wish(Product.TEXT, TextFormat("gb18030"), Script.SIMPLIFIED), REPAIRED.replace("題", "题").encode("gb18030")),
    ],
)
def test_what_is_written(document: Make, publish: Start, qtbot: QtBot, tmp_path: Path, wish: Wish, data: bytes) -> None:
    written = write(qtbot, publish(document(RAW)), tmp_path / "out.txt", wish)
    assert written.path.read_bytes() == data
    assert (written.path, written.size, written.backup) == (tmp_path / "out.txt", len(data), None)


@pytest.mark.parametrize(
    ("product", "beginning"),
    [
        (Product.HTML, b"<!DOCTYPE html>"),
        (Product.PDF, b"%PDF-"),
        (Product.MARKDOWN, "# 題，一\n\n## 甲，乙\n\n字".encode()),
        (Product.DIFF, b"--- "),
        (Product.JSON, b'[\n{"file": '),
    ],
)
def test_every_product_one_after_another_by_one_process(
    document: Make,
    publish: Start,
    qtbot: QtBot,
    tmp_path: Path,
    product: Product,
    beginning: bytes,
) -> None:
    publisher = publish(document(RAW))
    for name in ("first", "second"):
        written = write(qtbot, publisher, tmp_path / name, Wish(product, TextFormat()))
        assert written.path.read_bytes().startswith(beginning)


def test_what_cannot_be_written_is_told_and_not_written(
    document: Make, publish: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    publisher = publish(document("甲\n龦,𠀀"))
    big5 = Wish(Product.TEXT, TextFormat("big5"))
    with qtbot.waitSignal(publisher.checked, timeout=30_000) as blocker:
        publisher.check(UTF8)
        publisher.check(big5)
    [found] = blocker.args or []
    assert [(entry.character, entry.places) for entry in found] == [("龦", [(2, 1)]), ("𠀀", [(2, 3)])]
    with qtbot.waitSignal(publisher.failed, timeout=30_000):
        publisher.write(tmp_path / "out", big5, Path("/source"))
    assert not (tmp_path / "out").exists()
    write(qtbot, publisher, tmp_path / "out", Wish(Product.TEXT, TextFormat("big5", substitution=Substitution.MARK)))
    assert (tmp_path / "out").read_bytes().decode("big5") == "甲\n□，□"


def test_the_source_is_overwritten_only_if_told_so(document: Make, publish: Start, qtbot: QtBot) -> None:
    made = document("甲,乙")
    publisher = publish(made)
    with qtbot.waitSignal(publisher.failed, timeout=30_000) as blocker:
        publisher.write(made.path, UTF8, made.path)
    assert "not overwritten" in (blocker.args or [""])[0]
    assert made.path.read_bytes() == "甲,乙".encode()
    with qtbot.waitSignal(publisher.written, timeout=30_000) as done:
        publisher.write(made.path, UTF8, made.path, overwrite=True)
    assert made.path.read_bytes() == "甲，乙".encode()
    backup = (done.args or [None])[0].backup
    assert backup.read_bytes() == "甲,乙".encode()


LONG = ("天地玄黃,宇宙洪荒(huāng)\n" * 50) + "天地玄黃宇宙洪荒日月盈昃辰宿列張\n" * 150_000


@pytest.mark.parametrize("product", [Product.TEXT, Product.HTML, Product.PDF, Product.JSON])
def test_writing_tells_how_far_it_is_and_can_be_cancelled(
    document: Make, publish: Start, qtbot: QtBot, tmp_path: Path, product: Product
) -> None:
    (tmp_path / "out").write_bytes(b"old")
    publisher = publish(document(LONG))
    told: list[tuple[int, int]] = []
    publisher.progress_changed.connect(lambda done, total: told.append((done, total)))
    publisher.progress_changed.connect(lambda: publisher.cancel())
    with qtbot.waitSignal(publisher.interrupted, timeout=60_000):
        publisher.write(tmp_path / "out", Wish(product, TextFormat()), Path("/source"))
    assert 0 <= told[0][0] < told[0][1]
    assert not publisher.is_writing
    assert (tmp_path / "out").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_closing_ends_the_writing_and_leaves_nothing(
    document: Make, publish: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "out").write_bytes(b"old")
    publisher = publish(document(LONG))
    with qtbot.waitSignal(publisher.progress_changed, timeout=60_000):
        publisher.write(tmp_path / "out", Wish(Product.JSON, TextFormat()), Path("/source"))
    publisher.close()
    assert (tmp_path / "out").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "text.txt"]


def test_a_process_that_is_killed_is_told_and_the_old_file_stays(
    document: Make, publish: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "out").write_bytes(b"old")
    publisher = publish(document(LONG))
    with qtbot.waitSignal(publisher.progress_changed, timeout=60_000):
        publisher.write(tmp_path / "out", Wish(Product.JSON, TextFormat()), Path("/source"))
    with qtbot.waitSignal(publisher.failed, timeout=30_000) as blocker:
        os.kill(publisher._process.pid or 0, signal.SIGKILL)
    assert "unexpectedly" in (blocker.args or [""])[0]
    assert (tmp_path / "out").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "text.txt"]


def test_where_nothing_can_be_written_is_told(document: Make, publish: Start, qtbot: QtBot, tmp_path: Path) -> None:
    publisher = publish(document("甲"))
    for product in (Product.TEXT, Product.PDF):
        with qtbot.waitSignal(publisher.failed, timeout=30_000) as blocker:
            publisher.write(tmp_path / "missing" / "out", Wish(product, TextFormat()), Path("/source"))
        assert (blocker.args or [""])[0] == "out cannot be written: its folder does not exist; make it first"


def test_headings_of_the_json_are_where_they_stand_now(
    document: Make, publish: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    made = document("甲,乙(yǐ)\n——題")
    made.set_headings([Heading(1, "題", 1, 10, 99)])
    write(qtbot, publish(made), tmp_path / "out", Wish(Product.JSON, TextFormat()))
    assert '"raw_start": 10, "repaired_start": 6' in (tmp_path / "out").read_text()
