"""Explaining the changes: the panel with the evidence, and what the reader decides there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaokan.judgement import Verdict
from PySide6.QtCore import QCoreApplication, Qt

from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.evidence_dock import EvidenceDock
from jiaokan_gui.feature import Feature

if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("explanation", text)


class Explanation(Feature):
    """The panel with the evidence, beside the list of changes."""

    def __init__(self, window: MainWindow) -> None:
        """Add the panel to ``window``, whose desk is there already."""
        super().__init__(window)
        desk = window.desk
        buttons = [desk.deciding[Verdict.ACCEPTED], desk.deciding[Verdict.REFUSED], desk.edit]
        self.dock = EvidenceDock(buttons, window)
        window.panels.add(self.dock, Qt.DockWidgetArea.BottomDockWidgetArea, "Ctrl+Alt+E")
        window.splitDockWidget(desk.dock, self.dock, Qt.Orientation.Horizontal)
        self.paragraph = window.actions_.add(window.actions_.go_menu, _tr("Paragraph as &Text Fields"), "Ctrl+Alt+P")
        window.actions_.connect({self.paragraph: self.go_to_paragraph})
        self._desk = desk
        self._page: DocumentPage | None = None
        self.dock.change.reading_chosen.connect(self._choose)

    def show_page(self, page: DocumentPage | None) -> None:
        """Explain the changes of this tab."""
        self._page = page
        self.dock.set_view(page.view if page is not None else None)

    def go_to_paragraph(self) -> None:
        """Put the keyboard into the paragraph's field on the side of the caret."""
        self.dock.show()
        self.dock.raise_()
        self.dock.tabs.setCurrentWidget(self.dock.paragraph)
        view = self._page.view if self._page is not None else None
        if view is not None:
            self.dock.paragraph.show_row(view)
            self.dock.paragraph.fields[view.selection.side].setFocus()

    def _choose(self, reading: str) -> None:
        change = self.dock.current
        if change is not None:
            self._desk.choose_reading([change], reading)
