"""The outline as a Qt model: a tree of headings, narrowed by a filter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jiaokan.script import Script, converted
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from jiaokan_gui.shown_text import ShownText

if TYPE_CHECKING:
    from jiaokan.outline import Heading


_NONE = -1
AnyIndex = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractItemModel):
    """A tree of headings. An index's internal id is the heading's number in the document."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._headings: Sequence[Heading] = ()
        self._script = Script.AS_IS
        self._parents: list[int] = []
        self._filter = ""
        self._children: dict[int, list[int]] = {}
        self._places: dict[int, int] = {}

    def set_headings(self, headings: Sequence[Heading], script: Script = Script.AS_IS) -> None:
        """Show other headings (in the order of the document), in a script."""
        self.beginResetModel()
        self._headings, self._script = headings, script
        self._parents = parents_of([heading.level for heading in headings])
        self._arrange()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only headings that contain ``text`` as they are shown (in whatever case), and those above them."""
        folded = text.strip().casefold()
        if folded != self._filter:
            self.beginResetModel()
            self._filter = folded
            self._arrange()
            self.endResetModel()

    def _arrange(self) -> None:
        shown: set[int] | None = None
        if self._filter:
            shown = set()
            for number, heading in enumerate(self._headings):
                if self._filter in self.title(heading).casefold():
                    above = number
                    while above != _NONE and above not in shown:
                        shown.add(above)
                        above = self._parents[above]
        self._children, self._places = {}, {}
        for number, parent in enumerate(self._parents):
            if shown is None or number in shown:
                siblings = self._children.setdefault(parent, [])
                self._places[number] = len(siblings)
                siblings.append(number)

    def __len__(self) -> int:
        return len(self._places)

    def heading(self, index: AnyIndex) -> Heading | None:
        """Return the heading at the index."""
        return self._headings[int(index.internalId())] if index.isValid() else None

    def title(self, heading: Heading) -> str:
        """Return the heading's title in the script in which it is shown."""
        return converted(heading.title, self._script)

    def index_for_offset(self, raw_offset: int) -> QModelIndex:
        """Return the last shown heading that starts at or before the offset (code points of the raw text)."""
        number = bisect_right(self._headings, raw_offset, key=lambda heading: heading.raw_start) - 1
        while number >= 0 and number not in self._places:
            number -= 1
        return self._index(number)

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._places[number], 0, number) if number in self._places else QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex | None = None) -> QModelIndex:
        """See Qt."""
        children = self._children.get(self._number(parent), ())
        return self.createIndex(row, 0, children[row]) if column == 0 and 0 <= row < len(children) else QModelIndex()

    def parent(self, index: AnyIndex | None = None) -> Any:
        """See Qt."""
        if index is None:
            return super().parent()
        return self._index(self._parents[int(index.internalId())]) if index.isValid() else QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return len(self._children.get(self._number(parent), ()))

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        del parent
        return 1

    def _number(self, index: AnyIndex | None) -> int:
        return int(index.internalId()) if index is not None and index.isValid() else _NONE

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        heading = self.heading(index)
        if heading is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return ShownText(self.title(heading)).shown
        if role == Qt.ItemDataRole.FontRole and self._children.get(int(index.internalId())):
            font = QFont()
            font.setBold(True)
            return font
        return None


def parents_of(levels: Sequence[int]) -> list[int]:
    """Return for every heading the number of the one that it stands under, the last of a lesser level; -1 for none."""
    parents, above = list[int](), list[int]()
    for number, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        parents.append(above[-1] if above else _NONE)
        above.append(number)
    return parents
