"""The window's actions and menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from jiaokan.script import Script
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Shortcut = QKeySequence.StandardKey | QKeySequence | str | None
Choice = TypeVar("Choice", bound=str)


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


class Actions:
    """Every action of the window, in its menu. What they do is connected by the window."""

    def __init__(self, window: QMainWindow) -> None:
        """Make the menus of ``window``."""
        self._window = window
        keys = QKeySequence.StandardKey
        menu = self.file_menu = self._menu(_tr("&File"))
        self.open = self._action(menu, _tr("&Open…"), keys.Open, icon="document-open")
        self.recent = menu.addMenu(_tr("Open &Recent"))
        self.reload = self._action(menu, _tr("Re&load"), keys.Refresh, icon="view-refresh")
        self.cancel = self._action(menu, _tr("&Stop the Work"), "Ctrl+.", icon="process-stop")
        self.end_of_file_menu = menu.addSeparator()
        self.close_tab = self._action(menu, _tr("&Close Tab"), keys.Close, icon="window-close")
        self.quit = self._action(menu, _tr("&Quit"), keys.Quit, icon="application-exit")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        menu = self.edit_menu = self._menu(_tr("&Edit"))
        self.copy = self._action(menu, _tr("&Copy"), keys.Copy, icon="edit-copy")
        self.select_all = self._action(menu, _tr("Select &All"), keys.SelectAll, icon="edit-select-all")
        menu = self._menu(_tr("&View"))
        self._fill_view_menu(menu)
        self.repair_menu = self._menu(_tr("&Repair"))
        menu = self.go_menu = self._menu(_tr("&Go"))
        self.other_side = self._action(menu, _tr("&Other Column"), "F6")
        self.go_outline = self._action(menu, _tr("&Outline"), "Ctrl+Shift+O")
        menu.addSeparator()
        self.next_tab = self._action(menu, _tr("Next &Tab"), keys.NextChild)
        self.previous_tab = self._action(menu, _tr("Previous T&ab"), keys.PreviousChild)
        menu = self._menu(_tr("&Help"))
        self.about = self._action(menu, _tr("&About Jiaokan"), None, icon="help-about")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.about_qt = self._action(menu, _tr("About &Qt"), None)
        self.about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)
        self._of_document = [
            *(self.reload, self.close_tab, self.copy, self.select_all),
            *(self.other_side, self.next_tab, self.previous_tab),
        ]

    def _fill_view_menu(self, menu: QMenu) -> None:
        keys = QKeySequence.StandardKey
        self.view_menu = menu
        self.zoom_in = self._action(menu, _tr("Zoom &In"), keys.ZoomIn, icon="zoom-in")
        # Ctrl++ is Ctrl+Shift+= on many keyboards, and a reader's hand does not care.
        self.zoom_in.setShortcuts([*QKeySequence.keyBindings(keys.ZoomIn), QKeySequence("Ctrl+=")])
        self.zoom_out = self._action(menu, _tr("Zoom &Out"), keys.ZoomOut, icon="zoom-out")
        self.zoom_reset = self._action(menu, _tr("&Normal Size"), "Ctrl+0", icon="zoom-original")
        menu.addSeparator()
        names = {
            Script.AS_IS: _tr("&As It Is"),
            Script.SIMPLIFIED: _tr("&Simplified"),
            Script.TRADITIONAL: _tr("&Traditional"),
            Script.TAIWAN: _tr("Traditional (Tai&wan)"),
            Script.HONGKONG: _tr("Traditional (&Hong Kong)"),
        }
        self.scripts = self._choices(menu.addMenu(_tr("&Script")), names)
        names_of_indents = {"none": _tr("&None"), "two": _tr("&Two Ideographic Spaces")}
        self.indents = self._choices(menu.addMenu(_tr("In&dent")), names_of_indents)
        names_of_schemes = {"system": _tr("As the &System"), "light": _tr("&Light"), "dark": _tr("&Dark")}
        self.schemes = self._choices(menu.addMenu(_tr("&Theme")), names_of_schemes)
        menu.addSeparator()

    def _choices(self, menu: QMenu, names: Mapping[Choice, str]) -> dict[Choice, QAction]:
        """Return an action for each of the things of which one is chosen."""
        group = QActionGroup(self._window)
        actions: dict[Choice, QAction] = {}
        for choice, name in names.items():
            action = actions[choice] = self._action(menu, name, None)
            action.setCheckable(True)
            group.addAction(action)
        return actions

    def add(
        self,
        menu: QMenu,
        text: str,
        shortcut: Shortcut = None,
        *,
        icon: str = "",
        before: QAction | None = None,
    ) -> QAction:
        """Add an action that needs a document to a menu, ``before`` another one or at its end."""
        action = self._action(menu, text, shortcut, icon)
        if before is not None:
            menu.insertAction(before, action)
        self._of_document.append(action)
        return action

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _action(self, menu: QMenu, text: str, shortcut: Shortcut, icon: str = "") -> QAction:
        action = QAction(text, self._window)
        if isinstance(shortcut, QKeySequence.StandardKey):
            action.setShortcuts(shortcut)
        elif shortcut is not None:
            action.setShortcut(shortcut)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if icon and QIcon.hasThemeIcon(icon):
            action.setIcon(QIcon.fromTheme(icon))
        menu.addAction(action)
        return action

    def enable_for(self, *, has_document: bool) -> None:
        """Enable what needs a document only if there is one."""
        for action in self._of_document:
            action.setEnabled(has_document)

    def connect(self, handlers: dict[QAction, Callable[[], object]]) -> None:
        """Connect actions to what they do."""
        for action, handler in handlers.items():
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
