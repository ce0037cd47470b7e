"""Choosing the encoding of a file: a menu, in the File menu and on the status bar; the choice is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaokan.unseen import UNSEEN
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from jiaokan_gui.document import Document
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.encodings import ENCODINGS, encoding_name
from jiaokan_gui.feature import Feature
from jiaokan_gui.messages import Candidate

if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow


# Code points of a preview that are shown.
_PREVIEW = 18


def _tr(text: str) -> str:
    return QCoreApplication.translate("encoding_choice", text)


class EncodingChoice(Feature):
    """Reads a file again in the encoding that the reader chooses."""

    def __init__(self, window: MainWindow) -> None:
        """Add the menu to ``window``."""
        super().__init__(window)
        self._window = window
        self._page: DocumentPage | None = None
        self.menu = QMenu(_tr("&Encoding"), window)
        self.menu.setToolTipsVisible(True)
        self._group = QActionGroup(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        actions = window.actions_
        actions.file_menu.insertMenu(actions.cancel, self.menu)
        window.status.encoding.setMenu(self.menu)

    def page_added(self, page: DocumentPage) -> None:
        """Remember in which encoding a file was read, if it was the reader who chose that."""
        document = page.document
        settings = self._window.settings
        document.encoding_changed.connect(lambda: settings.remember_encoding(document.path, document.chosen_encoding))

    def show_page(self, page: DocumentPage | None) -> None:
        """Offer the encodings of this tab."""
        self._page = page
        self.menu.setEnabled(page is not None)

    def choose(self, encoding: str | None) -> None:
        """Read the file in front again, in this encoding; None: find out which."""
        if self._page is not None and self._window.desk.may_forget([self._page]):
            self._page.document.load(encoding)

    def _fill(self) -> None:
        """Offer what the file may be in, each with what it would read, then all encodings."""
        self.menu.clear()
        # The menu owns them, and forgets only their actions.
        for submenu in self.menu.findChildren(QMenu):
            submenu.deleteLater()
        self._group.deleteLater()
        group = self._group = QActionGroup(self.menu)
        document = self._page.document if self._page is not None else None
        if document is None or document.encoding is None:
            self.menu.addAction(_tr("Nothing is read yet")).setEnabled(False)
            return
        automatic = self._add(self.menu, group, _tr("&Automatic"), None)
        automatic.setChecked(document.chosen_encoding is None)
        self.menu.addSection(_tr("Detected"))
        for candidate in document.candidates:
            self._add_candidate(group, document, candidate)
        self.menu.addSection(_tr("All encodings"))
        for title, encodings in ENCODINGS.items():
            submenu = self.menu.addMenu(_tr(title))
            for encoding in encodings:
                action = self._add(submenu, group, encoding_name(encoding), encoding)
                action.setChecked(document.chosen_encoding == encoding)

    def _add_candidate(self, group: QActionGroup, document: Document, candidate: Candidate) -> None:
        # What stands behind a tab has a column of its own in a menu.
        preview = UNSEEN.sub("·", candidate.preview[:_PREVIEW]).replace("&", "&&").replace("\t", " ")
        share = _share(candidate.confidence)
        words = f"{encoding_name(candidate.encoding)} · {share}\t{preview}"
        action = self._add(self.menu, group, words, candidate.encoding)
        is_shown = document.encoding is not None and document.encoding.name == candidate.encoding
        action.setToolTip(_tr("{preview} – read as {name}").format(preview=preview, name=candidate.encoding))
        if is_shown and document.chosen_encoding is not None:
            action.setChecked(True)

    def _add(self, menu: QMenu, group: QActionGroup, words: str, encoding: str | None) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False: self.choose(encoding))
        return action


def _share(confidence: float) -> str:
    """Return a probability as readers read it: the least of them are not nothing."""
    return _tr("under 1 %") if confidence < 0.01 else f"{confidence:.0%}"
