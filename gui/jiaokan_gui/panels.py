"""The panels around the text: docks and status bar. They show one document at a time, the one in front."""

from __future__ import annotations

from collections import Counter

from jiaokan.repair import Kind
from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from jiaokan_gui.document import Document
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.legend import Legend
from jiaokan_gui.outline_dock import OutlineDock
from jiaokan_gui.status import StatusBar

_COUNTS_DELAY = 100  # milliseconds; the counts change hundreds of times a second


class Panels(QObject):
    """Keeps the panels of a window in step with a document."""

    def __init__(self, window: QMainWindow, menu: QMenu) -> None:
        """Make the panels of ``window``, put them in their places, and what shows and hides them in ``menu``."""
        super().__init__(window)
        self._window = window
        self._page: DocumentPage | None = None
        self._hidden_layout: QByteArray | None = None
        self.outline = OutlineDock(window)
        self.legend = Legend(window)
        self.status = StatusBar(window)
        self._docks: list[QDockWidget] = []
        self._menu = menu
        self._counts_timer = QTimer(self, interval=_COUNTS_DELAY, singleShot=True)
        self._counts_timer.timeout.connect(self._show_counts)
        area = Qt.DockWidgetArea
        # The outline is as high as the window; what lies below the text is as wide as the text.
        window.setCorner(Qt.Corner.BottomLeftCorner, area.LeftDockWidgetArea)
        self.add(self.outline, area.LeftDockWidgetArea, "Ctrl+Alt+O")
        self.add(self.legend, area.LeftDockWidgetArea, "Ctrl+Alt+L")
        window.resizeDocks([self.outline], [330], Qt.Orientation.Horizontal)
        window.resizeDocks([self.outline, self.legend], [520, 210], Qt.Orientation.Vertical)
        window.setStatusBar(self.status)

    def add(self, dock: QDockWidget, area: Qt.DockWidgetArea, shortcut: str) -> None:
        """Add a dock, and to the menu an action that shows and hides it."""
        self._window.addDockWidget(area, dock)
        action = dock.toggleViewAction()
        action.setShortcut(shortcut)
        self._menu.addAction(action)
        self._docks.append(dock)

    @property
    def layout(self) -> QByteArray:
        """Where the docks are when a document is open (QMainWindow.saveState)."""
        return self._hidden_layout if self._hidden_layout is not None else self._window.saveState()

    def show_page(self, page: DocumentPage | None) -> None:
        """Show another document, or none: then the docks are hidden, having nothing to show."""
        if self._page is not None:
            self._disconnect(self._page)
        self._page = page
        self._show_docks(has_document=page is not None)
        self.status.clearMessage()
        self.status.show_document(self._document)
        if page is not None:
            self._connect(page)
        self._show_outline()
        self._show_growing()
        self._show_counts()

    @property
    def _document(self) -> Document | None:
        return self._page.document if self._page is not None else None

    def _show_docks(self, *, has_document: bool) -> None:
        for dock in self._docks:
            dock.toggleViewAction().setEnabled(has_document)
        if has_document and self._hidden_layout is not None:
            self._window.restoreState(self._hidden_layout)
            self._hidden_layout = None
        elif not has_document and self._hidden_layout is None:
            self._hidden_layout = self._window.saveState()
            for dock in self._docks:
                dock.hide()

    def _connect(self, page: DocumentPage) -> None:
        page.document.outline_changed.connect(self._show_outline)
        page.document.script_changed.connect(self._show_outline)
        page.document.counts_changed.connect(self._show_counts_soon)
        page.document.encoding_changed.connect(self._show_encoding)
        page.document.progress_changed.connect(self._show_progress)
        page.document.state_changed.connect(self._show_state)
        page.view.current_row_changed.connect(self._follow)

    def _disconnect(self, page: DocumentPage) -> None:
        page.document.outline_changed.disconnect(self._show_outline)
        page.document.script_changed.disconnect(self._show_outline)
        page.document.counts_changed.disconnect(self._show_counts_soon)
        page.document.encoding_changed.disconnect(self._show_encoding)
        page.document.progress_changed.disconnect(self._show_progress)
        page.document.state_changed.disconnect(self._show_state)
        page.view.current_row_changed.disconnect(self._follow)

    def _show_outline(self) -> None:
        document = self._document
        if document is None:
            self.outline.set_headings(())
        else:
            self.outline.set_headings(document.headings, document.script)
        self._follow()

    def _show_growing(self) -> None:
        self.outline.set_growing(self._document is not None and self._document.is_busy)

    def _follow(self) -> None:
        if self._page is not None:
            self.outline.follow(self._page.view.top_offset())

    def _show_counts_soon(self) -> None:
        if not self._counts_timer.isActive():
            self._counts_timer.start()

    def _show_counts(self) -> None:
        carried: Counter[Kind] = Counter()
        if self._document is not None:
            for (kind, _), number in self._document.tally.carried_out.items():
                carried[kind] += number
        self.legend.set_counts(self._document.counts if self._document is not None else {}, carried)
        self.status.show_counts(self._document)

    def _show_encoding(self) -> None:
        self.status.show_encoding(self._document)

    def _show_progress(self) -> None:
        self.status.progress.show_document(self._document)

    def _show_state(self) -> None:
        self._show_counts()
        self._show_growing()
        self.status.show_document(self._document)
