"""The main window: tabs with documents, docks, menus, status bar; files come in by drop, dialog, list or argument."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.repair import Kind
from jiaokan.script import Script
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from jiaokan_gui.actions import Actions
from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.copying import Copier
from jiaokan_gui.desk import Desk
from jiaokan_gui.document import Document, Side, State
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.drop_overlay import DropOverlay
from jiaokan_gui.encoding_choice import EncodingChoice
from jiaokan_gui.explanation import Explanation
from jiaokan_gui.feature import Feature
from jiaokan_gui.find_bar import FindBar
from jiaokan_gui.finding import Finding
from jiaokan_gui.message_bar import MessageBar
from jiaokan_gui.output import Output
from jiaokan_gui.panels import Panels
from jiaokan_gui.recent_files import RecentFiles
from jiaokan_gui.rows_view import LARGEST, SMALLEST
from jiaokan_gui.scheme import apply_scheme
from jiaokan_gui.selection import Selection
from jiaokan_gui.settings import DEFAULT_POINTS, Settings
from jiaokan_gui.start_page import StartPage
from jiaokan_gui.worker import Workers

if TYPE_CHECKING:
    from jiaokan.outline import Heading

_ZOOM_STEP = 1.1
_SIZE = (1520, 960)


class MainWindow(QMainWindow):
    """The application's window."""

    def __init__(self, workers: Workers, settings: Settings) -> None:
        """Use these worker processes and settings; the window closes the former."""
        super().__init__()
        self.settings = settings
        self._workers = workers
        self._points = settings.points
        self.setWindowTitle("Jiaokan")
        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        self.messages = MessageBar()
        self.start_page = StartPage(QIcon(str(Path(__file__).with_name("icons") / "jiaokan.svg")))
        self.tabs = QTabWidget(documentMode=True, tabsClosable=True, movable=True)
        self.panels = Panels(self, self.actions_.view_menu)
        self.outline, self.legend = self.panels.outline, self.panels.legend
        self.status = self.panels.status
        self.recent_files = RecentFiles(self.actions_.recent, self.start_page, settings)
        self.copier = Copier(self)
        self.find_bar = FindBar()
        self.desk = Desk(self)
        self.output = Output(self)
        self.explanation = Explanation(self)
        self.encoding_choice = EncodingChoice(self)
        self.finding = Finding(self)
        self.features: tuple[Feature, ...] = (
            self.desk,
            self.explanation,
            self.encoding_choice,
            self.finding,
            self.output,
        )
        self._lay_out()
        self._connect()
        self._restore()
        self._current_changed()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self.tabs)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.find_bar)
        self.setCentralWidget(central)
        self.overlay = DropOverlay(self)

    def _connect(self) -> None:
        actions = self.actions_
        actions.connect(
            {
                actions.open: self.choose_files,
                actions.reload: self._reload,
                actions.cancel: self.cancel_work,
                actions.close_tab: lambda: self.close_tab(self.tabs.currentIndex()),
                actions.quit: self.close,
                actions.copy: self.copy,
                actions.select_all: lambda: self._with_view(CollationView.select_all),
                actions.zoom_in: lambda: self.zoom(1),
                actions.zoom_out: lambda: self.zoom(-1),
                actions.zoom_reset: lambda: self.set_points(DEFAULT_POINTS),
                actions.other_side: self._other_side,
                actions.go_outline: self._go_outline,
                actions.next_tab: lambda: self._step_tab(1),
                actions.previous_tab: lambda: self._step_tab(-1),
                actions.about: self._about,
                actions.about_qt: QApplication.aboutQt,
            }
        )
        for scheme, action in actions.schemes.items():
            action.triggered.connect(lambda _checked=False, scheme=scheme: self.set_scheme(scheme))
        for script, action in actions.scripts.items():
            action.triggered.connect(lambda _checked=False, script=script: self.set_script(script))
        for indent, action in actions.indents.items():
            action.triggered.connect(lambda _checked=False, indent=indent: self.set_indent(indent))
        self.start_page.open_requested.connect(self.choose_files)
        self.recent_files.chosen.connect(lambda path: self.open_files([path]))
        self.tabs.currentChanged.connect(self._current_changed)
        self.tabs.tabCloseRequested.connect(self.close_tab)
        self.outline.heading_chosen.connect(self.go_to_heading)
        self.legend.hidden_changed.connect(self._hide_kinds)
        self.status.progress.cancelled.connect(self.cancel_work)
        self.copier.told.connect(self.status.showMessage)

    def _restore(self) -> None:
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize() - QSize(40, 60)))
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
        if not self.settings.layout.isEmpty():
            self.restoreState(self.settings.layout)
        self.set_scheme(self.settings.scheme)
        self.set_script(self.settings.script)
        self.set_indent(self.settings.indent)

    # Documents

    @property
    def page(self) -> DocumentPage | None:
        """The tab in front."""
        page = self.tabs.currentWidget()
        return page if isinstance(page, DocumentPage) else None

    def pages(self) -> list[DocumentPage]:
        """Return all tabs."""
        pages = (self.tabs.widget(index) for index in range(self.tabs.count()))
        return [page for page in pages if isinstance(page, DocumentPage)]

    def _with_view(self, do: object) -> None:
        if self.page is not None and callable(do):
            do(self.page.view)

    def choose_files(self) -> None:
        """Ask the reader which files to open."""
        recent = self.settings.recent_files
        folder = str(recent[0].parent) if recent else ""
        filters = self.tr("Texts (*.txt *.text *.md *.log *.csv);;All files (*)")
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Open"), folder, filters)
        self.open_files(Path(name) for name in names)

    def open_files(self, paths: Iterable[Path]) -> None:
        """Open each file in a tab of its own; one that is open already comes to the front."""
        for path in paths:
            absolute = path.absolute()
            page = next((page for page in self.pages() if page.document.path == absolute), None)
            self.tabs.setCurrentWidget(page or self._new_page(absolute))
            self._stack.setCurrentWidget(self.tabs)

    def _new_page(self, path: Path) -> DocumentPage:
        document = Document(path, self._workers)
        document.set_script(self.settings.script)
        page = DocumentPage(document, self._points)
        document.text_changed.connect(lambda: self._opened(document))
        document.state_changed.connect(lambda: self._state_changed(page))
        page.view.set_hidden(self.legend.hidden)
        page.view.set_indented(self.settings.indent == "two")
        page.view.zoom_requested.connect(self.zoom)
        page.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        page.view.addActions([self.actions_.copy, self.actions_.select_all])
        index = self.tabs.addTab(page, path.name.replace("&", "&&"))
        self.tabs.setTabToolTip(index, str(path))
        for feature in self.features:
            feature.page_added(page)
        document.load(self.settings.encoding_of(path))
        return page

    def _opened(self, document: Document) -> None:
        self.recent_files.add(document.path)

    def _state_changed(self, page: DocumentPage) -> None:
        document = page.document
        if document.state is State.FAILED:
            self.messages.add(f"{document.path.name} {document.failure.rstrip('.')}.")
            if not document.text:
                self.close_tab(self.tabs.indexOf(page))
                return
        if page is self.page:
            self.actions_.cancel.setEnabled(document.is_busy)

    def close_tab(self, index: int) -> None:
        """Close a tab, unless the reader wants to keep what was decided there; work on its document ends."""
        page = self.tabs.widget(index)
        if isinstance(page, DocumentPage) and self.desk.may_forget([page]):
            page.document.close()
            for feature in self.features:
                feature.page_closed(page)
            self.tabs.removeTab(index)
            page.deleteLater()

    def _reload(self) -> None:
        if self.page is not None and self.desk.may_forget([self.page]):
            self.page.document.load(self.page.document.chosen_encoding)

    def cancel_work(self) -> None:
        """Stop the work on the document in front."""
        if self.page is not None:
            self.page.document.cancel()

    def _current_changed(self) -> None:
        page = self.page
        self._stack.setCurrentWidget(self.tabs if page is not None else self.start_page)
        self.actions_.enable_for(has_document=page is not None)
        self.actions_.cancel.setEnabled(page is not None and page.document.is_busy)
        self.panels.show_page(page)
        for feature in self.features:
            feature.show_page(page)
        if page is None:
            self.setWindowTitle("Jiaokan")
            self.start_page.open_button.setFocus()
        else:
            self.setWindowTitle(f"{page.document.path.name} – Jiaokan")
            page.setFocus()

    # Going and copying

    def go_to_heading(self, heading: Heading) -> None:
        """Show a heading at the top and put the caret there."""
        if self.page is None:
            return
        view, rows = self.page.view, self.page.document.rows
        row = rows.at(heading.raw_start)
        side = view.selection.side
        place = (row, heading.raw_start - rows.starts[row] if side is Side.RAW else 0)
        view.go_to_row(row)
        view.select(Selection(side, place, place), reveal=False)
        self.outline.follow(heading.raw_start)

    def _other_side(self) -> None:
        if self.page is not None:
            view = self.page.view
            view.set_side(Side.REPAIRED if view.selection.side is Side.RAW else Side.RAW)
            view.setFocus()

    def _go_outline(self) -> None:
        self.outline.show()
        self.outline.raise_()
        self.outline.filter.setFocus()

    def _step_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % max(1, self.tabs.count()))

    def copy(self) -> None:
        """Copy what is selected to the clipboard."""
        if self.page is not None:
            selection = self.page.view.selection
            if not selection.is_empty:
                self.copier.copy(self.page.document, selection)

    # Look

    def zoom(self, steps: int) -> None:
        """Show the text larger by so many steps (smaller if negative)."""
        self.set_points(self._points * _ZOOM_STEP**steps)

    def set_points(self, points: float) -> None:
        """Show the text in another size, in all tabs."""
        self._points = round(max(SMALLEST, min(LARGEST, points)), 2)
        self.settings.points = self._points
        for page in self.pages():
            page.view.set_points(self._points)

    def _hide_kinds(self, kinds: frozenset[Kind]) -> None:
        for page in self.pages():
            page.view.set_hidden(kinds)

    def set_scheme(self, scheme: str) -> None:
        """Show the window light, dark, or as the system wants."""
        self.settings.scheme = scheme
        self.actions_.schemes[scheme].setChecked(True)
        apply_scheme(scheme)

    def set_script(self, script: Script) -> None:
        """Show the repaired texts in a script, in all tabs."""
        self.settings.script = script
        self.actions_.scripts[script].setChecked(True)
        for page in self.pages():
            page.document.set_script(script)

    def set_indent(self, indent: str) -> None:
        """Show the repaired texts with their paragraphs indented ("two") or as they are ("none"), in all tabs."""
        self.settings.indent = indent
        self.actions_.indents[indent].setChecked(True)
        for page in self.pages():
            page.view.set_indented(indent == "two")

    def _about(self) -> None:
        text = self.tr(
            "<h3>Jiaokan 校勘</h3><p>Shows a damaged Chinese text and the repaired one side by side, every repair with "
            "its evidence. The file itself is not changed unless you save onto it.</p>"
        )
        QMessageBox.about(self, self.tr("About Jiaokan"), text)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.overlay.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the frame away."""
        self.overlay.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        self.overlay.hide()
        urls: list[QUrl] = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.activateWindow()
            self.open_files(Path(url.toLocalFile()) for url in urls)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and end the work."""
        if not all(feature.may_close() for feature in self.features):
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.layout = self.panels.layout
        self.settings.sync()
        self.copier.cancel()
        self._workers.close()
        super().closeEvent(event)
