"""A part of the window with actions of its own, and perhaps a dock: each in its module, none knows another."""

from __future__ import annotations

from PySide6.QtCore import QObject

from jiaokan_gui.document_page import DocumentPage


class Feature(QObject):
    """What the window tells its parts. A feature adds its actions and docks when it is made."""

    def page_added(self, page: DocumentPage) -> None:
        """Take note of a new tab; its document has not been read yet."""

    def page_closed(self, page: DocumentPage) -> None:
        """Forget a tab: it is being closed."""

    def may_close(self) -> bool:
        """Return whether the window may be closed now; ask the reader if need be. If so, end what goes on."""
        return True

    def show_page(self, page: DocumentPage | None) -> None:
        """Work on this tab, which is in front now; None: there is no tab."""
