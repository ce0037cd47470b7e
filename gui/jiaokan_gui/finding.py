"""Finding: the actions, the bar, and the search through the tab in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QInputDialog

from jiaokan_gui.document import Side
from jiaokan_gui.document_page import DocumentPage
from jiaokan_gui.feature import Feature
from jiaokan_gui.hits import Hit
from jiaokan_gui.results_dock import ResultsDock
from jiaokan_gui.results_model import Result
from jiaokan_gui.search import Search
from jiaokan_gui.search_pattern import BadPattern, Pattern
from jiaokan_gui.selection import Place, Selection

if TYPE_CHECKING:
    from jiaokan_gui.main_window import MainWindow

_LONGEST = 200  # code points of a selection that is taken for what is to be found


def _tr(text: str) -> str:
    return QCoreApplication.translate("finding", text)


class Finding(Feature):
    """Finds words in the tab in front, and goes from one to the next; goes to a paragraph."""

    def __init__(self, window: MainWindow) -> None:
        """Add the actions to ``window``; its bar says what to find."""
        super().__init__(window)
        self._window = window
        self.bar = window.find_bar
        self._page: DocumentPage | None = None
        self.search: Search | None = None
        self.current: Hit | None = None
        self._origin: tuple[Side, Place] = (Side.RAW, (0, 0))
        self._going: bool | None = None  # forward, back, or nowhere: where to go as soon as something is found
        self._wrapped = False
        self.results = ResultsDock(window)
        window.panels.add(self.results, Qt.DockWidgetArea.BottomDockWidgetArea, "Ctrl+Alt+F")
        window.tabifyDockWidget(window.desk.dock, self.results)
        self.results.hide()
        self._add_actions()
        self._connect()

    def _add_actions(self) -> None:
        actions = self._window.actions_
        menu = actions.edit_menu
        menu.addSeparator()
        self.find = actions.add(menu, _tr("&Find…"), QKeySequence.StandardKey.Find, icon="edit-find")
        # Ctrl+G, which is one more key for this on some systems, goes to a paragraph.
        self.find_next = actions.add(menu, _tr("Find &Next"), "F3")
        self.find_previous = actions.add(menu, _tr("Find Pre&vious"), "Shift+F3")
        self.find_in_tabs = actions.add(menu, _tr("Find in All &Tabs"), "Ctrl+Shift+F")
        self.go_to_paragraph = actions.add(actions.go_menu, _tr("To &Paragraph…"), "Ctrl+G", icon="go-jump")

    def _connect(self) -> None:
        actions, bar = self._window.actions_, self.bar
        actions.connect(
            {
                self.find: self.open,
                self.find_next: lambda: self.go(forward=True),
                self.find_previous: lambda: self.go(forward=False),
                self.find_in_tabs: self.search_all_tabs,
                self.go_to_paragraph: self.ask_paragraph,
            }
        )
        bar.query_changed.connect(self._query_changed)
        bar.next_wanted.connect(lambda: self.go(forward=True))
        bar.previous_wanted.connect(lambda: self.go(forward=False))
        bar.stop_wanted.connect(self.stop)
        bar.all_tabs_wanted.connect(self.search_all_tabs)
        bar.closed.connect(self.close)
        self.results.result_chosen.connect(self._show_result)

    # The tab in front

    def page_added(self, page: DocumentPage) -> None:
        """Take what was found in a tab off the list when its text is another."""
        document = page.document
        document.text_changed.connect(lambda: self.results.forget(document))

    def page_closed(self, page: DocumentPage) -> None:
        """Take what was found in the tab off the list."""
        self.results.forget(page.document)

    def show_page(self, page: DocumentPage | None) -> None:
        """Search this tab from now on."""
        self._end_search()
        self._page = page
        self._begin_here()
        if page is None:
            self.bar.hide()
        elif self.bar.isVisible():
            self._start_search()

    def open(self) -> None:
        """Open the bar; what is selected, if it is within a paragraph, is what to find."""
        if self._page is None:
            return
        view = self._page.view
        words, selection = "", view.selection
        if not selection.is_empty and selection.start[0] == selection.end[0]:
            words = "".join(self._page.document.slice(selection.side, selection.start, selection.end))
        self._begin_here()
        was_open = self.bar.isVisible()
        self.bar.open(words if len(words) <= _LONGEST else "")
        if not was_open and self.bar.words.text():
            self._start_search()

    def close(self) -> None:
        """Close the bar, mark nothing any more, and give the keyboard back to the text."""
        self._end_search()
        self.bar.hide()
        if self._page is not None:
            self._page.view.setFocus()

    def stop(self) -> None:
        """Search no further; what is found stays."""
        self._going = None
        if self.search is not None:
            self.search.stop()

    # Searching

    def _begin_here(self) -> None:
        """Let the search begin where the reader is."""
        if self._page is not None:
            selection = self._page.view.selection
            self._origin = (selection.side, selection.start)

    def _query_changed(self) -> None:
        self._start_search()
        if self.search is not None:
            self._going = True
            self._changed()

    def _start_search(self) -> None:
        self._end_search()
        query = self.bar.query
        if self._page is None or not query.text:
            self.bar.tell("")
            return
        try:
            pattern = Pattern(query)
        except BadPattern as error:
            self.bar.tell(_tr("Expression: {reason}").format(reason=error), wrong=True)
            return
        self.search = Search(self._page.document, pattern, self._origin[1][0], self)
        self.search.changed.connect(self._changed)
        self._changed()

    def _end_search(self) -> None:
        self._going, self.current, self._wrapped = None, None, False
        if self.search is not None:
            self.search.close()
            self.search.deleteLater()
            self.search = None
        if self._page is not None:
            self._page.view.set_hits(None)

    def _changed(self) -> None:
        if self.search is None or self._page is None:
            return
        if self._going is not None:
            self._try_to_go()
        self._page.view.set_hits(self.search.hits, self.current)
        self._tell()

    # Going

    def go(self, *, forward: bool) -> None:
        """Go to the next or the previous place; open the bar if nothing is searched yet."""
        if self._page is None:
            return
        if not self.bar.query.text:
            self.open()
            return
        self.bar.show()
        self.bar.flush()
        if self.current is not None or self._going is None:
            self._begin_here()
        if self.search is None:
            self._start_search()
        self._going = forward
        self._changed()

    def _try_to_go(self) -> None:
        """Go where the reader wants to be, if that is known already."""
        search, page = self.search, self._page
        if search is None or page is None or self._going is None:
            return
        hits, forward = search.hits, self._going
        side, place = self._origin
        if side not in search.pattern.query.sides:
            side, place = search.pattern.query.sides[0], (place[0], 0)
        number = hits.first_from(side, place)
        is_there = self.current is not None and number < len(hits) and hits[number] == self.current
        if not forward:
            number -= 1
        elif is_there and self._is_selected(hits[number]):
            number += 1
        if not 0 <= number < len(hits) or not forward:
            if search.is_busy:
                return  # It will be told when there is more.
            self._wrapped = not 0 <= number < len(hits)
            number %= max(1, len(hits))
        else:
            self._wrapped = False
        self._going = None
        if len(hits):
            self.current = hits[number]
            page.view.show_hit(self.current)

    def _is_selected(self, hit: Hit) -> bool:
        assert self._page is not None
        selection = self._page.view.selection
        return selection.side is hit.side and selection.start == (hit.row, hit.start) and not selection.is_empty

    def _tell(self) -> None:
        search = self.search
        if search is None or self._page is None:
            return
        number = search.hits.number(self.current) if self.current is not None else None
        count = f"{len(search.hits):,}" + ("+" if search.is_full else "")
        words = count if number is None else _tr("{number} of {count}").format(number=f"{number + 1:,}", count=count)
        wrong = False
        if search.too_slow is not None:
            paragraph = self._page.document.rows.paragraph(search.too_slow) + 1
            words = _tr("The expression takes too long in paragraph {number}").format(number=f"{paragraph:,}")
            wrong = True
        elif search.is_busy:
            words = _tr("{found}… {share}").format(found=words, share=f"{search.share:.0%}")
        elif not len(search.hits):
            words, wrong = _tr("Not found"), True
        elif self._wrapped:
            words = _tr("{found}, past the end").format(found=words)
        self.bar.tell(words, wrong=wrong, busy=search.is_busy)

    # All tabs

    def search_all_tabs(self) -> None:
        """List what is found in all tabs; ask for it if nothing is searched yet."""
        self.bar.flush()
        query = self.bar.query
        if not self.bar.isVisible() or not query.text:
            self.open()
            return
        try:
            pattern = Pattern(query)
        except BadPattern:
            return  # The bar says so already.
        self.results.show()
        self.results.raise_()
        self.results.search(pattern, [page.document for page in self._window.pages()])

    def _show_result(self, result: Result) -> None:
        page = next((page for page in self._window.pages() if page.document is result.document), None)
        if page is not None:
            self._window.tabs.setCurrentWidget(page)
            self.current = result.hit
            page.view.show_hit(result.hit)
            page.view.set_hits(self.search.hits if self.search is not None else None, self.current)
            self._tell()

    # Paragraphs

    def ask_paragraph(self) -> None:
        """Ask for the number of a paragraph and go there."""
        if self._page is None:
            return
        page, rows = self._page, self._page.document.rows
        count = rows.paragraph(len(rows) - 1) + 1
        dialog = QInputDialog(self._window)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setWindowTitle(_tr("Go to Paragraph"))
        dialog.setLabelText(_tr("Paragraph, 1 to {count}:").format(count=QLocale().toString(count)))
        dialog.setIntRange(1, count)
        dialog.setIntValue(rows.paragraph(page.view.selection.caret[0]) + 1)
        dialog.intValueSelected.connect(lambda number: self.show_paragraph(page, number))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_paragraph(self, page: DocumentPage, number: int) -> None:
        """Show a paragraph (the first is 1) at the top, the caret at its beginning."""
        row = page.document.rows.row_of_paragraph(number - 1)
        view = page.view
        view.go_to_row(row)
        view.select(Selection(view.selection.side, (row, 0), (row, 0)), reveal=False)
        view.setFocus()
