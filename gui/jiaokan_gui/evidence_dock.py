"""The panel beside the list of changes: why the current change was made, what is selected, the paragraph around it."""

from __future__ import annotations

from collections.abc import Sequence

from jiaokan.judgement import Place
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QTabWidget, QToolButton, QWidget

from jiaokan_gui.change_evidence import ChangeEvidence
from jiaokan_gui.changes import change_at
from jiaokan_gui.collation_view import CollationView
from jiaokan_gui.document import Side
from jiaokan_gui.inspector import Inspector
from jiaokan_gui.paragraph_fields import ParagraphFields

_LEAST = 180  # pixels
_DELAY = 80  # milliseconds between two looks


class EvidenceDock(QDockWidget):
    """Follows the current change, the selection and the caret of a collation view."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        """Start without a view; ``actions`` decide about the current change."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evidence"))
        self.setObjectName("evidence")
        self._view: CollationView | None = None
        self.change = ChangeEvidence()
        self.inspector = Inspector()
        self.paragraph = ParagraphFields()
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(self.change, self.tr("C&hange"))
        self.tabs.addTab(self.inspector, self.tr("Ch&aracters"))
        self.tabs.addTab(self.paragraph, self.tr("&Paragraph"))
        self.tabs.setMinimumWidth(_LEAST)
        self._buttons = _buttons(actions)
        self.tabs.setCornerWidget(self._buttons)
        self.setWidget(self.tabs)
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._timer.timeout.connect(self._show)
        self.visibilityChanged.connect(self._soon)
        self.tabs.currentChanged.connect(self._show)

    def set_view(self, view: CollationView | None) -> None:
        """Follow another view, or none."""
        if self._view is not None:
            document = self._view.document
            self._view.selection_changed.disconnect(self._soon)
            self._view.current_changed.disconnect(self._soon)
            for signal in (document.rows_changed, document.script_changed, document.text_changed):
                signal.disconnect(self._soon)
        self._view = view
        if view is not None:
            document = view.document
            view.selection_changed.connect(self._soon)
            view.current_changed.connect(self._soon)
            for signal in (document.rows_changed, document.script_changed, document.text_changed):
                signal.connect(self._soon)
        self._soon()

    @property
    def current(self) -> Place | None:
        """The change that is shown: the current one, or the one on which the caret stands."""
        view = self._view
        if view is None or view.selection.caret[0] >= len(view.document.rows):
            return None
        return view.current or change_at(view.document, view.selection.side, view.selection.caret)

    @property
    def is_busy(self) -> bool:
        """Whether it does not yet show all about what is current."""
        return self._timer.isActive() or self.change.is_busy

    def _soon(self) -> None:
        # Not put off again: while the work goes on, rows change all the time.
        if not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        """Show what can be seen; the other tabs are filled when they come to the front."""
        if not self.isVisible():
            return
        view = self._view
        part = self.tabs.currentWidget()
        if part is self.change:
            if view is not None:
                self.change.set_text_font(view.text_font(Side.REPAIRED))
            self.change.show_change(view.document if view is not None else None, self.current)
        elif part is self.inspector:
            exists = view is not None and view.selection.end[0] < len(view.document.rows)
            self.inspector.show_selection(
                view.document if view is not None else None, view.selection if view is not None and exists else None
            )
        else:
            self.paragraph.show_row(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the buttons out, which the menu has too, where they would hide the tabs."""
        super().resizeEvent(event)
        needed = self.tabs.tabBar().sizeHint().width() + self._buttons.sizeHint().width()
        self._buttons.setVisible(needed <= self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_timer"):
            self._soon()


def _buttons(actions: Sequence[QAction]) -> QWidget:
    """Return a row of buttons that do ``actions``."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 4, 0)
    layout.setSpacing(0)
    for action in actions:
        button = QToolButton(autoRaise=True)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout.addWidget(button)
    return row
