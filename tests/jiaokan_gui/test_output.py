"""Saving, exporting and printing in the window, as a reader does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.formats import Substitution
from jiaokan.judgement import Ruling, Verdict
from jiaokan.script import Script
from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.decisions import decide
from jiaokan_gui.print_preview import PrintPreview
from jiaokan_gui.publish_dialog import PublishDialog
from jiaokan_gui.publishing import Product
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from toy_engine import ToyEngine
from window_driver import WindowDriver

Make = Callable[..., WindowDriver]
RAW = "題,一(yī)\r\n甲龦,乙𠀀\r\n"
REPAIRED = "題，一\r\n甲龦，乙𠀀\r\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(RAW.encode())
    return path


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Answer the system's dialog for names: what is last in the list; empty: cancelled."""
    names = [tmp_path / "out"]
    monkeypatch.setattr(QFileDialog, "exec", lambda _: bool(names))
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(names[-1])])
    return names


def dialog_of(made: WindowDriver, product: Product = Product.TEXT) -> PublishDialog:
    """Open the dialog for a product."""
    output = made.window.output
    action = output.save_as if product is Product.TEXT else output.exports[product]
    assert action.isEnabled()
    action.trigger()
    assert output.dialog is not None
    return output.dialog


def write(made: WindowDriver, dialog: PublishDialog, qtbot: QtBot) -> None:
    """Press Save and wait until the file is there."""
    qtbot.waitUntil(lambda: save_button(dialog).isEnabled(), timeout=20_000)
    save_button(dialog).click()
    qtbot.waitUntil(lambda: not made.window.output.is_busy, timeout=20_000)


def save_button(dialog: PublishDialog) -> QPushButton:
    [button] = [
        button
        for button in dialog.buttons.buttons()
        if dialog.buttons.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
    ]
    assert isinstance(button, QPushButton)
    return button


def choose(dialog: PublishDialog, encoding: str, qtbot: QtBot) -> None:
    """Choose an encoding and wait until it is known what that cannot write."""
    dialog.encoding.setCurrentIndex(dialog.encoding.findData(encoding))
    qtbot.waitUntil(lambda: not dialog._is_checking, timeout=20_000)


def cell(dialog: PublishDialog, column: int) -> str:
    """Return what the list says about the first character that cannot be written."""
    item = dialog.unwritable.table.item(0, column)
    assert item is not None
    return item.text()


def test_the_actions_have_the_keys_that_everybody_knows(driver: Make) -> None:
    output = driver().window.output
    assert QKeySequence("Ctrl+S") in output.save_as.shortcuts()
    assert QKeySequence("Ctrl+Shift+S") in output.save_as.shortcuts()
    assert output.print.shortcut() == QKeySequence("Ctrl+P")
    for action in (output.save_as, output.print, output.preview, *output.exports.values()):
        assert not action.isEnabled()


def test_saving_writes_what_was_decided(driver: Make, source: Path, name: list[Path], qtbot: QtBot) -> None:
    made = driver()
    made.open(source)
    decide(made.front.document, Ruling(Verdict.REFUSED, places=frozenset({(1, 0)})), "")
    dialog = dialog_of(made)
    assert dialog.wish.form.encoding == "utf-8"
    assert not dialog.unwritable.isVisible()
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == "題，一\r\n甲龦,乙𠀀\r\n".encode()
    assert f"{name[-1]} is written" in made.window.status.currentMessage()
    assert made.window.output.dialog is None
    assert not made.window.output.progress.isVisible()
    assert source.read_bytes() == RAW.encode()


def test_encoding_mark_and_line_ends_are_chosen(driver: Make, source: Path, name: list[Path], qtbot: QtBot) -> None:
    made = driver()
    made.open(source)
    dialog = dialog_of(made)
    assert not dialog.mark.isChecked()
    choose(dialog, "utf-16-le", qtbot)
    assert dialog.mark.isChecked()
    dialog.newline.setCurrentIndex(dialog.newline.findData("\n"))
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == ("\ufeff" + REPAIRED.replace("\r", "")).encode("utf-16-le")


def test_the_script_that_is_shown_is_written_only_if_asked_for(
    driver: Make, source: Path, name: list[Path], qtbot: QtBot
) -> None:
    made = driver()
    made.open(source)
    made.window.set_script(Script.SIMPLIFIED)
    dialog = dialog_of(made)
    assert [dialog.script.itemText(index) for index in range(dialog.script.count())] == [
        "As repaired",
        "Simplified, as shown",
    ]
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == REPAIRED.encode()
    dialog = dialog_of(made)
    dialog.script.setCurrentIndex(1)
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == REPAIRED.replace("題", "题").encode()


def test_what_cannot_be_written_is_listed_and_must_be_settled(
    driver: Make, source: Path, name: list[Path], qtbot: QtBot
) -> None:
    made = driver()
    made.open(source)
    dialog = dialog_of(made)
    choose(dialog, "big5hkscs", qtbot)
    panel = dialog.unwritable
    assert panel.isVisible()
    assert panel.table.rowCount() == 1
    assert [cell(dialog, column) for column in range(3)] == ["𠀀 U+20000", "1", "2 : 5"]
    assert not save_button(dialog).isEnabled()
    panel.mark.click()
    assert save_button(dialog).isEnabled()
    assert dialog.wish.form.substitution is Substitution.MARK
    # Another encoding, another question.
    choose(dialog, "cp950", qtbot)
    assert panel.table.rowCount() == 2
    assert not save_button(dialog).isEnabled()
    choose(dialog, "gb18030", qtbot)
    assert not panel.isVisible()
    assert save_button(dialog).isEnabled()
    choose(dialog, "cp950", qtbot)
    panel.reference.click()
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == "題，一\r\n甲&#40870;，乙&#131072;\r\n".encode("cp950")


def test_undecodable_bytes_are_written_back_or_listed(
    driver: Make, source: Path, name: list[Path], qtbot: QtBot
) -> None:
    source.write_bytes(RAW.encode() + b"\xff")
    made = driver()
    made.open(source)
    write(made, dialog_of(made), qtbot)
    assert name[-1].read_bytes() == REPAIRED.encode() + b"\xff"
    dialog = dialog_of(made)
    choose(dialog, "gb18030", qtbot)
    assert cell(dialog, 0) == "byte FF"
    assert not dialog.unwritable.reference.isEnabled()
    dialog.unwritable.mark.click()
    write(made, dialog, qtbot)
    assert name[-1].read_bytes() == (REPAIRED + "\ufffd").encode("gb18030")


@pytest.mark.parametrize("product", [product for product in Product if product is not Product.TEXT])
def test_every_export_is_written(driver: Make, source: Path, name: list[Path], qtbot: QtBot, product: Product) -> None:
    made = driver()
    made.open(source)
    write(made, dialog_of(made, product), qtbot)
    assert name[-1].stat().st_size >= len(REPAIRED.encode()) // 2
    assert made.window.messages.text == ""


def test_cancelling_writes_nothing(driver: Make, source: Path, name: list[Path]) -> None:
    made = driver()
    made.open(source)
    dialog_of(made).reject()
    assert made.window.output.dialog is None
    assert not name[-1].exists()
    name.clear()
    made.window.output.save_as.trigger()
    assert made.window.output.dialog is None


def answer_box(text: str) -> None:
    """Press a button of the message box that will be there."""

    def press() -> None:
        [box] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
        [button] = [button for button in box.buttons() if button.text().replace("&", "") == text]
        button.click()

    QTimer.singleShot(50, press)


def test_the_source_is_overwritten_only_if_the_reader_means_it(
    driver: Make, source: Path, name: list[Path], qtbot: QtBot
) -> None:
    made = driver()
    made.open(source)
    name.append(source)
    dialog = dialog_of(made)
    answer_box("Cancel")
    save_button(dialog).click()
    assert dialog.isVisible()
    assert source.read_bytes() == RAW.encode()
    answer_box("Overwrite")
    write(made, dialog, qtbot)
    assert source.read_bytes() == REPAIRED.encode()
    assert source.with_name("article.txt.orig").read_bytes() == RAW.encode()
    assert "kept as article.txt.orig" in made.window.status.currentMessage()


def test_a_failure_is_told_and_the_next_try_works(
    driver: Make, source: Path, name: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    made = driver()
    made.open(source)
    name.append(tmp_path / "missing" / "out")
    write(made, dialog_of(made), qtbot)
    assert made.window.messages.text == "out cannot be written: its folder does not exist; make it first."
    name.append(tmp_path / "out")
    write(made, dialog_of(made), qtbot)
    assert name[-1].exists()


@pytest.mark.usefixtures("name")
def test_a_document_that_is_being_repaired_waits(driver: Make, source: Path) -> None:
    source.write_bytes(b"line\n" * 2000)
    made = driver(ToyEngine(slowness=0.01))
    made.window.open_files([source])
    made.wait_for_text()
    made.window.output.save_as.trigger()
    assert made.window.output.dialog is None
    assert "still being repaired" in made.window.status.currentMessage()
    made.window.cancel_work()
    dialog = dialog_of(made)
    assert any("stopped after" in label.accessibleName() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_writing_can_be_cancelled_in_the_status_bar(driver: Make, source: Path, name: list[Path], qtbot: QtBot) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 200_000)
    made = driver()
    made.open(source)
    name[-1].write_bytes(b"old")
    save_button(dialog_of(made, Product.JSON)).click()
    output = made.window.output
    assert output.progress.isVisible()
    made.window.output.print.trigger()
    assert "Another file" in made.window.status.currentMessage()
    qtbot.waitUntil(lambda: output.progress.bar.value() > 0, timeout=20_000)
    output.progress.cancel.click()
    qtbot.waitUntil(lambda: not output.is_busy, timeout=20_000)
    assert made.window.status.currentMessage() == "out was not written"
    assert name[-1].read_bytes() == b"old"


def test_closing_the_window_asks_before_it_gives_a_file_up(driver: Make, source: Path, name: list[Path]) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 200_000)
    made = driver()
    made.open(source)
    name[-1].write_bytes(b"old")
    save_button(dialog_of(made, Product.JSON)).click()
    answer_box("No")
    assert not made.window.close()
    answer_box("Yes")
    assert made.window.close()
    assert name[-1].read_bytes() == b"old"


def test_printing_goes_on_page_by_page(driver: Make, source: Path, qtbot: QtBot, tmp_path: Path) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 4000)
    made = driver()
    made.open(source)
    output = made.window.output
    printer = output.printing.new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    output.printing.start(DecidedEdition.of(made.front.document).frozen(), printer)
    assert output.is_busy
    assert "Printing page" in output.progress.label.text()
    qtbot.waitUntil(lambda: not output.is_busy, timeout=20_000)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") > 20
    assert made.window.status.currentMessage() == "Printed"


def test_only_the_pages_that_are_wanted_are_printed(driver: Make, source: Path, qtbot: QtBot, tmp_path: Path) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 1000)
    made = driver()
    made.open(source)
    output = made.window.output
    printer = output.printing.new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 4)
    output.printing.start(DecidedEdition.of(made.front.document).frozen(), printer)
    qtbot.waitUntil(lambda: not output.is_busy, timeout=20_000)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == 2


def test_printing_can_be_stopped(driver: Make, source: Path, qtbot: QtBot, tmp_path: Path) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 9000)
    made = driver()
    made.open(source)
    output = made.window.output
    printer = output.printing.new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    output.printing.start(DecidedEdition.of(made.front.document).frozen(), printer)
    qtbot.wait(50)
    output.progress.cancel.click()
    assert not output.is_busy
    assert made.window.status.currentMessage() == "Printing was stopped"


def test_the_preview_shows_the_first_pages(driver: Make, source: Path, qtbot: QtBot) -> None:
    source.write_bytes("天地玄黃宇宙洪荒日月盈昃\n".encode() * 4000)
    made = driver()
    made.open(source)
    made.window.output.preview.trigger()
    [preview] = made.window.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: preview.view.pageCount() > 1, timeout=20_000)
    assert preview.view.pageCount() == 50
    assert preview.place.text().strip() == "1 of the first 50"
    preview._turn(1)
    assert preview.view.currentPage() == 2
    preview.reject()
