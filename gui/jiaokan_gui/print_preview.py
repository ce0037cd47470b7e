"""How the pages will look on paper: the first ones, in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPainter
from PySide6.QtPrintSupport import QPageSetupDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QLabel, QToolBar, QVBoxLayout, QWidget

from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.pdf_file import is_traditional
from jiaokan_gui.typesetter import Typesetter

MOST_PAGES = 50
"""So many pages are shown; painting more would keep the reader waiting."""

_SIZE = (900, 900)  # pixels


class PrintPreview(QDialog):
    """Shows the first pages of a document as a printer will print them."""

    print_requested = Signal()

    def __init__(self, printer: QPrinter, edition: DecidedEdition, parent: QWidget | None = None) -> None:
        """Show ``edition`` as ``printer`` will print it."""
        super().__init__(parent)
        self.printer = printer
        self._edition = edition
        self.setWindowTitle(self.tr("Print Preview"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*_SIZE)
        self.view = QPrintPreviewWidget(printer)
        self.view.paintRequested.connect(self._paint)
        self.view.previewChanged.connect(self._show_place)
        self.place = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tool_bar())
        layout.addWidget(self.view, 1)
        self.view.setFocus()

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keys, view = QKeySequence.StandardKey, self.view
        self._action(bar, self.tr("&Print…"), "document-print", keys.Print, self._print)
        self._action(bar, self.tr("Page &Setup…"), "document-page-setup", None, self._set_up)
        bar.addSeparator()
        self._action(bar, self.tr("P&revious"), "go-previous", keys.MoveToPreviousPage, lambda: self._turn(-1))
        self._action(bar, self.tr("&Next"), "go-next", keys.MoveToNextPage, lambda: self._turn(1))
        bar.addWidget(self.place)
        bar.addSeparator()
        self._action(bar, self.tr("Zoom &Out"), "zoom-out", keys.ZoomOut, view.zoomOut)
        self._action(bar, self.tr("Zoom &In"), "zoom-in", keys.ZoomIn, view.zoomIn)
        self._action(bar, self.tr("Fit &Width"), "zoom-fit-width", None, view.fitToWidth)
        self._action(bar, self.tr("&Fit Page"), "zoom-fit-best", None, view.fitInView)
        return bar

    def _action(
        self, bar: QToolBar, text: str, icon: str, key: QKeySequence.StandardKey | None, handler: object
    ) -> None:
        action = QAction(QIcon.fromTheme(icon), text, self)
        if key is not None:
            action.setShortcuts(key)
        action.triggered.connect(lambda _checked=False: handler() if callable(handler) else None)
        bar.addAction(action)

    def _paint(self, printer: QPrinter) -> None:
        painter = QPainter(printer)
        setter = Typesetter(printer, painter, traditional=is_traditional(self._edition), last=MOST_PAGES)
        for _page in setter.pages(self._edition):
            pass
        painter.end()

    def _show_place(self) -> None:
        count = self.view.pageCount()
        shown = self.tr(" {page} of {count} ") if count < MOST_PAGES else self.tr(" {page} of the first {count} ")
        self.place.setText(shown.format(page=self.view.currentPage(), count=count))

    def _turn(self, step: int) -> None:
        self.view.setCurrentPage(max(1, min(self.view.pageCount(), self.view.currentPage() + step)))
        self._show_place()

    def _set_up(self) -> None:
        if QPageSetupDialog(self.printer, self).exec() == QDialog.DialogCode.Accepted:
            self.view.updatePreview()

    def _print(self) -> None:
        self.accept()
        self.print_requested.emit()
