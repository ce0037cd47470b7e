"""Printing: page by page in slices, so that the window goes on meanwhile, and a preview of the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.pdf_file import MARGINS, is_traditional
from jiaokan_gui.print_preview import PrintPreview
from jiaokan_gui.slices import Slices
from jiaokan_gui.status import ProgressPart
from jiaokan_gui.typesetter import Typesetter, title_of

if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow

_TOLD = 10_000  # milliseconds that a message stays


class Printing(QObject):
    """Prints documents of a window, one at a time."""

    def __init__(self, window: MainWindow, progress: ProgressPart) -> None:
        """Print for ``window`` and show in ``progress`` how far that is."""
        super().__init__(window)
        self._window, self._progress = window, progress
        self._slices = Slices(self)
        self._slices.finished.connect(lambda: self._ended(self.tr("Printed")))
        self._printer: QPrinter | None = None
        self._painter = QPainter()

    @property
    def is_busy(self) -> bool:
        """Whether pages are being printed."""
        return self._slices.is_busy

    def new_printer(self) -> QPrinter:
        """Return the printer that the system prefers, with margins as the PDF file has them."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        layout = printer.pageLayout()
        size = layout.pageSize() if layout.pageSize().isValid() else QPageSize(QPageSize.PageSizeId.A4)
        unit = QPageLayout.Unit.Millimeter
        printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, MARGINS, unit))
        return printer

    def show_preview(self, edition: DecidedEdition) -> None:
        """Show how the pages will look."""
        preview = PrintPreview(self.new_printer(), edition, self._window)
        preview.print_requested.connect(lambda: self.print(edition, preview.printer))
        preview.open()

    def print(self, edition: DecidedEdition, printer: QPrinter | None = None) -> None:
        """Ask on which printer, and print."""
        printer = printer or self.new_printer()
        printer.setDocName(title_of(edition))
        dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.start(edition, printer)

    def start(self, edition: DecidedEdition, printer: QPrinter) -> None:
        """Print on a printer that has been asked for."""
        self._painter = QPainter()
        if not self._painter.begin(printer):
            self._window.messages.add(self.tr("The printer cannot be used; choose another one."))
            return
        self._printer = printer
        self._progress.show_work(self.tr("Printing…"), 0, 0)
        self._slices.start(self._pages(edition, printer))

    def _pages(self, edition: DecidedEdition, printer: QPrinter) -> Iterator[None]:
        is_range = printer.printRange() is QPrinter.PrintRange.PageRange
        first, last = (printer.fromPage(), printer.toPage()) if is_range else (1, 0)
        traditional = is_traditional(edition)
        setter = Typesetter(printer, self._painter, traditional=traditional, first=max(1, first), last=last)
        for page in setter.pages(edition):
            self._progress.show_work(self.tr("Printing page {number}…").format(number=f"{page:,}"), 0, 0)
            yield

    def cancel(self) -> None:
        """Print no more; pages that the printer has may still come out."""
        if self._slices.is_busy:
            self._slices.stop()
            if self._printer is not None:
                self._printer.abort()
            self._ended(self.tr("Printing was stopped"))

    def _ended(self, told: str) -> None:
        self._painter.end()
        self._printer = None
        self._progress.hide()
        self._window.status.showMessage(told, _TOLD)
