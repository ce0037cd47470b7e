"""The reader's decisions: go from change to change, accept, refuse, choose or write another reading, undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jiaokan.judgement import Place, Ruling, Variant, Verdict
from jiaokan.repair import Kind, Repair
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox

from jiaokan_gui.change_model import shortened
from jiaokan_gui.changes import change_at, next_change, previous_change, repair_of
from jiaokan_gui.changes_dock import ChangesDock
from jiaokan_gui.decisions import decide, switch_kind
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.feature import Feature
from jiaokan_gui.kinds import certainty_name, describe, kind_name
from jiaokan_gui.repair_store import by_gravity, kind_of

if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("desk", text)


_MOST_CANDIDATES = 20
_MOST_TARGETS = 10_000  # changes that get another reading together
_DOCK_HEIGHT = 250  # pixels
_SURROGATE = re.compile("[\ud800-\udfff]")


class Desk(Feature):
    """Everything that is decided about changes, from the menus, the list of changes and the text."""

    def __init__(self, window: MainWindow) -> None:
        """Add the actions and the list of changes to ``window``."""
        super().__init__(window)
        self._window = window
        self._page: DocumentPage | None = None
        self.dock = ChangesDock(window)
        window.panels.add(self.dock, Qt.DockWidgetArea.BottomDockWidgetArea, "Ctrl+Alt+C")
        window.resizeDocks([self.dock], [_DOCK_HEIGHT], Qt.Orientation.Vertical)
        self.dock.change_chosen.connect(self.go_to)
        self.dock.table.activated.connect(self._go_to_text)
        self.undo_group = QUndoGroup(self)
        self._add_undo()
        self._add_going()
        self._add_deciding()
        self.dock.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.dock.table.customContextMenuRequested.connect(
            lambda point: window.actions_.repair_menu.popup(self.dock.table.viewport().mapToGlobal(point))
        )

    # Actions

    def _add_undo(self) -> None:
        menu, keys = self._window.actions_.edit_menu, QKeySequence.StandardKey
        first = menu.actions()[0]
        undo, redo = self.undo_group.createUndoAction(self), self.undo_group.createRedoAction(self)
        for action, key in ((undo, keys.Undo), (redo, keys.Redo)):
            action.setShortcuts(key)
            menu.insertAction(first, action)
        menu.insertSeparator(first)

    def _add_going(self) -> None:
        actions = self._window.actions_
        menu = actions.go_menu
        first = menu.actions()[0] if menu.actions() else None
        rows: tuple[tuple[str, str, bool, bool], ...] = (
            (_tr("&Next Change"), "F8", True, False),
            (_tr("&Previous Change"), "Shift+F8", False, False),
            (_tr("Next of the &Same Kind"), "Ctrl+F8", True, True),
            (_tr("Previous of the Same &Kind"), "Ctrl+Shift+F8", False, True),
        )
        for text, key, forward, same in rows:
            action = actions.add(menu, text, key, before=first)
            action.triggered.connect(
                lambda _checked=False, forward=forward, same=same: self.go_on(forward=forward, same_kind=same)
            )
        if first is not None:
            menu.insertSeparator(first)

    def _add_deciding(self) -> None:
        actions, menu = self._window.actions_, self._window.actions_.repair_menu
        verdicts = {
            Verdict.ACCEPTED: _tr("Accept"),
            Verdict.REFUSED: _tr("Refuse"),
            Verdict.PROPOSED: _tr("As Proposed"),
        }
        keys = {
            Verdict.ACCEPTED: "Ctrl+Return",
            Verdict.REFUSED: "Ctrl+Backspace",
            Verdict.PROPOSED: "Ctrl+Alt+Backspace",
        }
        self.deciding: dict[Verdict, QAction] = {}
        for verdict, name in verdicts.items():
            action = self.deciding[verdict] = actions.add(menu, f"&{name}", keys[verdict])
            action.triggered.connect(lambda _checked=False, verdict=verdict: self.decide(verdict))
        menu.addSeparator()
        self.readings = menu.addMenu(_tr("&Choose a Reading"))
        self.readings.aboutToShow.connect(self._fill_readings)
        self.edit = actions.add(menu, _tr("&Edit the Reading…"), "F2")
        self.edit.triggered.connect(lambda _checked=False: self.edit_reading())
        menu.addSeparator()
        scopes: tuple[tuple[str, Callable[[], Ruling | None]], ...] = (
            (_tr("All &Like This One"), self._like_this),
            (_tr("All of This &Kind"), self._of_this_kind),
            (_tr("All of This C&ertainty"), self._of_this_certainty),
            (_tr("All in the Li&st"), self._in_the_list),
        )
        self.scopes: dict[str, QMenu] = {}
        for title, scope in scopes:
            submenu = self.scopes[title.replace("&", "")] = menu.addMenu(title)
            for verdict, name in verdicts.items():
                action = actions.add(submenu, f"&{name}")
                action.triggered.connect(
                    lambda _checked=False, scope=scope, verdict=verdict: self._decide_about(scope(), verdict)
                )
        menu.addSeparator()
        self.kinds = menu.addMenu(_tr("Kinds Carried &Out"))
        self.kinds.aboutToShow.connect(self._check_kinds)
        self.kind_actions: dict[Kind, QAction] = {}
        for kind in by_gravity():
            action = self.kind_actions[kind] = actions.add(self.kinds, kind_name(kind))
            action.setCheckable(True)
            action.setChecked(True)
            action.triggered.connect(lambda checked, kind=kind: self.switch(kind, on=checked))

    # Documents

    def page_added(self, page: DocumentPage) -> None:
        """Follow the current change of a tab."""
        self.undo_group.addStack(page.document.undo_stack)
        page.view.current_changed.connect(lambda: self._current_changed(page))
        page.document.judged.connect(lambda rows: self._reveal(page, rows))
        page.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        page.view.customContextMenuRequested.connect(lambda point: self._menu_at(page, point))

    def show_page(self, page: DocumentPage | None) -> None:
        """List the changes of the tab in front."""
        self._page = page
        self.undo_group.setActiveStack(page.document.undo_stack if page is not None else None)  # type: ignore[arg-type]
        self.dock.set_document(page.document if page is not None else None)

    def may_close(self) -> bool:
        """Ask whether decisions that were not saved may be forgotten."""
        return self.may_forget(self._window.pages())

    def may_forget(self, pages: Sequence[DocumentPage]) -> bool:
        """Return whether what was decided in these tabs may be forgotten; ask if anything was since it was saved."""
        number = sum(page.document.undo_stack.index() for page in pages if not page.document.undo_stack.isClean())
        if not number:
            return True
        question = _tr("What you decided about changes ({number} steps) will be forgotten. Go on?")
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        return QMessageBox.question(self._window, "Jiaokan", question.format(number=f"{number:,}"), yes | no, no) == yes

    def _current_changed(self, page: DocumentPage) -> None:
        if page is self._page:
            change = page.view.current
            self.dock.follow(change)
            repair = repair_of(page.document, change) if change is not None else None
            self._window.status.showMessage(describe(repair) if repair is not None else "")

    def _reveal(self, page: DocumentPage, rows: Sequence[int] | None) -> None:
        """Show what was decided or undone if it is off the screen."""
        if page is self._page and rows:
            page.view.reveal_row(rows[0])

    def _menu_at(self, page: DocumentPage, point: QPoint) -> None:
        actions = self._window.actions_
        menu = QMenu(page.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if page.view.current is not None:
            menu.addActions([*self.deciding.values(), self.readings.menuAction(), self.edit])
            for submenu in self.scopes.values():
                menu.addMenu(submenu)
            menu.addSeparator()
        menu.addActions([actions.copy, actions.select_all])
        menu.popup(page.view.viewport().mapToGlobal(point))

    # Going

    def go_to(self, change: Place) -> None:
        """Show a change in both columns."""
        if self._page is not None and repair_of(self._page.document, change) is not None:
            self._page.view.show_change(change)

    def go_to_gravest(self) -> None:
        """Go to the first change of the gravest kind that there is."""
        if self._page is not None:
            document = self._page.document
            ranks = [rank for rank in sorted(set(document.repairs.marks)) if rank]
            if ranks:
                kind = kind_of(ranks[0])
                change = next_change(document, None, (0, 0), lambda repair: repair.kind is kind)
                if change is not None:
                    self.go_to(change)

    def _go_to_text(self) -> None:
        if self._page is not None:
            self._page.view.setFocus()

    def go_on(self, *, forward: bool, same_kind: bool = False) -> None:
        """Go to the next or the previous change that is marked and say what it is."""
        if self._page is None:
            return
        view, document = self._page.view, self._page.document
        current = self._current_repair()
        kinds = {current.kind} if same_kind and current is not None else set(Kind) - view.hidden
        find = next_change if forward else previous_change
        change = find(document, view.current, view.raw_place(), lambda repair: repair.kind in kinds)
        if change is None:
            told = _tr("No change after this one") if forward else _tr("No change before this one")
            if document.is_busy:
                told = _tr("{told} so far").format(told=told)
            self._window.status.showMessage(told, 4000)
        else:
            view.show_change(change)

    # Deciding

    @property
    def _is_in_list(self) -> bool:
        """Whether the reader is in the list of changes."""
        return self.dock.isAncestorOf(QApplication.focusWidget() or self._window)

    def targets(self, most: int | None = None) -> list[Place]:
        """Return what is decided about: what is selected in the list if the reader is there, else the current change.

        Without one, it is the change on which the caret stands. ``most``: only so many of them.
        """
        if self._page is None:
            return []
        known = self._page.document.repairs.known
        if self._is_in_list:
            return [change for change in self.dock.selected(most) if change[0] < known]
        change = self._current()
        return [change] if change is not None and change[0] < known else []

    def _current(self) -> Place | None:
        if self._page is None:
            return None
        view = self._page.view
        return view.current or change_at(self._page.document, view.selection.side, view.selection.caret)

    def _current_repair(self) -> Repair | None:
        change = self._current()
        return repair_of(self._page.document, change) if self._page is not None and change is not None else None

    def _proposed(self, change: Place) -> Repair:
        assert self._page is not None
        return self._page.document.repairs.repairs(change[0])[change[1]]

    def decide(self, verdict: Verdict) -> None:
        """Decide about the targets."""
        if self._is_in_list and self.dock.is_all_selected:
            self._decide_about(self._in_the_list(), verdict)  # there may be millions
            return
        targets = self.targets()
        if not targets:
            self._ask_for_a_change()
            return
        self._push(Ruling(verdict, places=frozenset(targets)), self._words(targets))

    def _ask_for_a_change(self) -> None:
        self._window.status.showMessage(_tr("Go to a change first (F8), or select some in the list"), 4000)

    def _words(self, targets: Sequence[Place]) -> str:
        if len(targets) > 1:
            return _tr("{number} changes").format(number=f"{len(targets):,}")
        repair = self._proposed(targets[0])
        return f"{shortened(repair.before)} → {shortened(repair.after)}"

    def _push(self, ruling: Ruling, words: str) -> None:
        if self._page is None:
            return
        names = {
            Verdict.ACCEPTED: _tr("Accept {words}"),
            Verdict.REFUSED: _tr("Refuse {words}"),
            Verdict.PROPOSED: _tr("As Proposed {words}"),
        }
        name = _tr("Another Reading of {words}") if ruling.reading is not None else names[ruling.verdict]
        decide(self._page.document, ruling, name.format(words=words))

    def _fill_readings(self) -> None:
        """Offer the candidates of the first target."""
        self.readings.clear()
        targets = self.targets(_MOST_TARGETS)
        if not targets:
            self.readings.addAction(_tr("No change is chosen")).setEnabled(False)
            return
        repair = self._proposed(targets[0])
        texts = dict.fromkeys([repair.after, *(candidate.text for candidate in repair.candidates)])
        for text in list(texts)[:_MOST_CANDIDATES]:
            action = self.readings.addAction(shortened(text))
            action.triggered.connect(lambda _checked=False, text=text: self.choose_reading(targets, text))

    def choose_reading(self, targets: Sequence[Place], reading: str) -> None:
        """Let ``reading`` stand at these places."""
        self._push(Ruling(Verdict.ACCEPTED, reading, places=frozenset(targets)), self._words(targets))

    def edit_reading(self) -> None:
        """Ask the reader what shall stand there."""
        targets = self.targets(_MOST_TARGETS)
        if not targets or self._page is None:
            self._ask_for_a_change()
            return
        repair = repair_of(self._page.document, targets[0])
        if repair is None:
            return
        label = _tr("What shall stand for {before}?").format(before=shortened(repair.before))
        shown = _SURROGATE.sub("\ufffd", repair.after)
        text, accepted = QInputDialog.getText(self._window, _tr("Edit the Reading"), label, text=shown)
        if accepted and text != shown:
            # Line ends are never touched: raw and repaired text have the same paragraphs.
            self.choose_reading(targets, " ".join(text.splitlines()))

    def _variant(self) -> Variant | None:
        targets = self.targets(1)
        return Variant.of(self._proposed(targets[0])) if targets else None

    def _like_this(self) -> Ruling | None:
        variant = self._variant()
        return None if variant is None else Ruling(Verdict.PROPOSED, variants=frozenset({variant}))

    def _of_this_kind(self) -> Ruling | None:
        variant = self._variant()
        return None if variant is None else Ruling(Verdict.PROPOSED, sorts=frozenset({(variant.kind, None)}))

    def _of_this_certainty(self) -> Ruling | None:
        variant = self._variant()
        return None if variant is None else Ruling(Verdict.PROPOSED, sorts=frozenset({(None, variant.certainty)}))

    def _in_the_list(self) -> Ruling | None:
        wanted = self.dock.model.filter
        if self._page is None:
            return None
        if wanted.text:
            variants = (variant for variant in self._page.document.index.variants if wanted.takes(variant))
            return Ruling(Verdict.PROPOSED, variants=frozenset(variants))
        sorts = frozenset((kind, certainty) for kind in wanted.kinds for certainty in wanted.certainties)
        return Ruling(Verdict.PROPOSED, sorts=sorts)

    def _decide_about(self, scope: Ruling | None, verdict: Verdict) -> None:
        if scope is None or not scope.is_general:
            self._ask_for_a_change()
            return
        self._push(Ruling(verdict, variants=scope.variants, sorts=scope.sorts), _words_of(scope))

    def switch(self, kind: Kind, *, on: bool) -> None:
        """Carry out a kind of repairs in this document, or do not."""
        if self._page is not None:
            name = (_tr("Switch On {kind}") if on else _tr("Switch Off {kind}")).format(kind=kind_name(kind))
            switch_kind(self._page.document, kind, name, on=on)

    def _check_kinds(self) -> None:
        off: frozenset[Kind] = self._page.document.judgements.switched_off if self._page is not None else frozenset()
        for kind, action in self.kind_actions.items():
            action.setChecked(kind not in off)


def _words_of(scope: Ruling) -> str:
    """Return what readers call all that a ruling describes."""
    if len(scope.variants) == 1:
        (variant,) = scope.variants
        return _tr("all {before} → {after}").format(before=shortened(variant.before), after=shortened(variant.after))
    if len(scope.sorts) == 1:
        ((kind, certainty),) = scope.sorts
        names = [kind_name(kind)] if kind is not None else []
        names += [certainty_name(certainty)] if certainty is not None else []
        return _tr("all: {sort}").format(sort=", ".join(names))
    return _tr("all in the list")
