"""Taking the result away: saving the repaired text, exporting, printing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from jiaokan_gui.document import Document
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.feature import Feature
from jiaokan_gui.products import SUFFIXES, product_name
from jiaokan_gui.publishing import Product, Written
from jiaokan_gui.status import ProgressPart

# What is only needed once the reader wants something is imported then: the window is to be there at once.
if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow
    from jiaokan_gui.printing import Printing
    from jiaokan_gui.publish_dialog import PublishDialog
    from jiaokan_gui.publisher import Publisher

_TOLD = 10_000  # milliseconds that a message stays


def _tr(text: str) -> str:
    return QCoreApplication.translate("output", text)


class Output(Feature):
    """The actions of the File menu that take a document away; one file is written at a time, beside the window."""

    def __init__(self, window: MainWindow) -> None:
        """Add the actions to ``window``."""
        super().__init__(window)
        self._window = window
        self._page: DocumentPage | None = None
        self._publisher: Publisher | None = None
        self.dialog: PublishDialog | None = None
        self.progress = ProgressPart(_tr("Stop writing; the file that was there before stays"))
        self.progress.cancelled.connect(self.cancel)
        window.status.addPermanentWidget(self.progress)
        self._printing: Printing | None = None
        self._add_actions()

    def _add_actions(self) -> None:
        actions, keys = self._window.actions_, QKeySequence.StandardKey
        menu, end = actions.file_menu, self._window.actions_.end_of_file_menu
        menu.insertSeparator(end)
        # Windows has no key for Save As of its own.
        self.save_as = actions.add(menu, _tr("&Save Repaired As…"), icon="document-save-as", before=end)
        saving = [
            *QKeySequence.keyBindings(keys.Save),
            *QKeySequence.keyBindings(keys.SaveAs),
            QKeySequence("Ctrl+Shift+S"),
        ]
        self.save_as.setShortcuts(list(dict.fromkeys(saving)))
        export = self.export_menu = menu.addMenu(_tr("&Export"))
        menu.removeAction(export.menuAction())
        menu.insertMenu(end, export)
        texts = {
            Product.HTML: _tr("HTML &Report…"),
            Product.PDF: _tr("&PDF…"),
            Product.MARKDOWN: _tr("&Markdown…"),
            Product.DIFF: _tr("Unified &Diff…"),
            Product.JSON: _tr("&JSON…"),
        }
        key = {Product.HTML: "Ctrl+E"}
        self.exports: dict[Product, QAction] = {
            product: actions.add(export, text, key.get(product)) for product, text in texts.items()
        }
        menu.insertSeparator(end)
        self.preview = actions.add(menu, _tr("Print Pre&view…"), icon="document-print-preview", before=end)
        self.print = actions.add(menu, _tr("&Print…"), keys.Print, icon="document-print", before=end)
        for product, action in {Product.TEXT: self.save_as, **self.exports}.items():
            action.triggered.connect(lambda _checked=False, product=product: self.publish(product))
        self.preview.triggered.connect(lambda _checked=False: self._print(preview=True))
        self.print.triggered.connect(lambda _checked=False: self._print(preview=False))

    def show_page(self, page: DocumentPage | None) -> None:
        """Take this document away when told to."""
        self._page = page

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written or pages are being printed."""
        is_printing = self._printing is not None and self._printing.is_busy
        return is_printing or (self._publisher is not None and self._publisher.is_writing)

    def _is_ready(self) -> bool:
        """Return whether there is a document to take away, and nothing else is being written; say so if not."""
        if self._page is None or self.dialog is not None:
            return False
        if self._page.document.is_busy:
            told = _tr("The document is still being repaired: wait for the end, or stop the work")
        elif self.is_busy:
            told = _tr("Another file is still being written: wait for the end, or cancel it")
        else:
            return True
        self._window.status.showMessage(told, _TOLD)
        return False

    # Files

    def publish(self, product: Product) -> None:
        """Ask for a name and for how the document is to be written, and write it."""
        from jiaokan_gui.decided_edition import DecidedEdition
        from jiaokan_gui.publish_dialog import PublishDialog
        from jiaokan_gui.publisher import Publisher

        if self._page is None or not self._is_ready():
            return
        document = self._page.document
        path = self.ask_name(product)
        if path is None:
            return
        edition = DecidedEdition.of(document)
        publisher = self._publisher = Publisher(edition, self)
        publisher.progress_changed.connect(lambda done, total: self._show_progress(path, done, total))
        decided = document.undo_stack.index()
        publisher.written.connect(lambda written: self._written(written, document, decided))
        publisher.interrupted.connect(lambda: self._ended(_tr("{name} was not written").format(name=path.name)))
        publisher.failed.connect(self._failed)
        dialog = self.dialog = PublishDialog(publisher, edition, product, path, document.path, self._window)
        dialog.finished.connect(lambda result: self._answered(dialog, document.path, result))
        dialog.open()

    def ask_name(self, product: Product) -> Path | None:
        """Ask the reader for the name of the file; None if there is to be none."""
        assert self._page is not None
        source, suffix = self._page.document.path, SUFFIXES[product]
        name = _tr("{name}.repaired").format(name=source.stem) if product is Product.TEXT else source.stem
        title = _tr("Save Repaired As") if product is Product.TEXT else _tr("Export")
        kinds = _tr("{name} (*{suffix});;All files (*)").format(name=product_name(product), suffix=suffix)
        dialog = QFileDialog(self._window, title, str(source.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.selectFile(name + suffix)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None

    def _answered(self, dialog: PublishDialog, source: Path, result: int) -> None:
        self.dialog = None
        dialog.deleteLater()
        publisher = self._publisher
        if publisher is None:
            return
        if result != QDialog.DialogCode.Accepted:
            self._close_publisher()
            return
        publisher.write(dialog.path, dialog.wish, source, overwrite=dialog.overwrites_source)
        self._show_progress(dialog.path, 0, 0)

    def _show_progress(self, path: Path, done: int, total: int) -> None:
        if self._publisher is not None and self._publisher.is_writing:
            self.progress.show_work(_tr("Writing {name}…").format(name=path.name), done, total)

    def _written(self, written: Written, document: Document, decided: int) -> None:
        """Tell of it; what the reader had decided when it was taken away, so many steps, is saved now."""
        is_open = any(page.document is document for page in self._window.pages())
        if is_open and document.undo_stack.index() == decided:
            document.undo_stack.setClean()
        size = QLocale().formattedDataSize(written.size)
        told = _tr("{path} is written, {size}").format(path=written.path, size=size)
        if written.backup is not None:
            told += _tr("; the raw text is kept as {name}").format(name=written.backup.name)
        self._ended(told)

    def _failed(self, reason: str) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._window.messages.add(f"{reason.rstrip('.')}.")
        self._ended(_tr("Nothing was written"))

    def _ended(self, told: str) -> None:
        self.progress.hide()
        self._window.status.showMessage(told, _TOLD)
        self._close_publisher()

    def _close_publisher(self) -> None:
        if self._publisher is not None:
            self._publisher.close()
            self._publisher.deleteLater()
            self._publisher = None

    def cancel(self) -> None:
        """Stop writing or printing."""
        if self._publisher is not None:
            self._publisher.cancel()
        if self._printing is not None:
            self._printing.cancel()

    # Paper

    @property
    def printing(self) -> Printing:
        """What prints."""
        from jiaokan_gui.printing import Printing

        if self._printing is None:
            self._printing = Printing(self._window, self.progress)
        return self._printing

    def _print(self, *, preview: bool) -> None:
        from jiaokan_gui.decided_edition import DecidedEdition

        if self._page is None or not self._is_ready():
            return
        edition = DecidedEdition.of(self._page.document).frozen()
        if preview:
            self.printing.show_preview(edition)
        else:
            self.printing.print(edition)

    # The end

    def may_close(self) -> bool:
        """Ask whether what is being written shall be given up; the file that was there before stays."""
        question = _tr("A file is still being written. Stop that and close the window?")
        yes = QMessageBox.StandardButton.Yes
        if self.is_busy and QMessageBox.question(self._window, "Jiaokan", question) != yes:
            return False
        if self._printing is not None:
            self._printing.cancel()
        self._close_publisher()
        return True
