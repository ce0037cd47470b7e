"""The legend: every kind of change with its colour and number; a box each to mark it or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from jiaokan.repair import Certainty, Kind
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QDockWidget, QLabel, QVBoxLayout, QWidget

from jiaokan_gui.kinds import certainty_name, kind_name
from jiaokan_gui.repair_store import by_gravity
from jiaokan_gui.swatches import SIZE, swatch


class Legend(QDockWidget):
    """Says what the colours mean and how often they stand in the document."""

    hidden_changed = Signal(object)
    """Another set (frozenset) of kinds is not to be marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show all kinds, none of them counted."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Legend"))
        self.setObjectName("legend")
        self._counts: Counter[tuple[Kind, Certainty]] = Counter()
        self.boxes: dict[Kind, QCheckBox] = {}
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(5)
        for kind in by_gravity():
            box = QCheckBox()
            box.setChecked(True)
            box.setIconSize(SIZE)
            box.toggled.connect(self._toggled)
            self.boxes[kind] = box
            layout.addWidget(box)
        self._note = QLabel(self.tr("Dashed underline: suggested, not changed\nDotted underline: lost"), wordWrap=True)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.setWidget(content)
        self._draw_swatches()
        self.set_counts({}, {})

    def set_counts(self, counts: Mapping[tuple[Kind, Certainty], int], carried: Mapping[Kind, int]) -> None:
        """Show how many changes there are of each kind and certainty, and how many of each kind are carried out."""
        self._counts = Counter(dict(counts))
        for kind, box in self.boxes.items():
            graded = [(certainty, self._counts[kind, certainty]) for certainty in Certainty]
            total = sum(number for _, number in graded)
            number = f"{total:,}"
            if carried.get(kind, 0) != total:
                number = self.tr("{carried} of {total}").format(carried=f"{carried.get(kind, 0):,}", total=number)
            box.setText(f"{kind_name(kind)}  {number}" if total else kind_name(kind))
            words = [f"{number:,} {certainty_name(certainty)}" for certainty, number in graded if number]
            words.append(self.tr("carried out: {number}").format(number=f"{carried.get(kind, 0):,}"))
            box.setToolTip(", ".join(words) if total else self.tr("none"))
            box.setAccessibleDescription(box.toolTip())
            font = box.font()
            font.setBold(total > 0)
            box.setFont(font)

    @property
    def hidden(self) -> frozenset[Kind]:
        """The kinds that are not to be marked."""
        return frozenset(kind for kind, box in self.boxes.items() if not box.isChecked())

    def _toggled(self) -> None:
        self.hidden_changed.emit(self.hidden)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "boxes"):
            self._draw_swatches()

    def _draw_swatches(self) -> None:
        for kind, box in self.boxes.items():
            box.setIcon(swatch(kind, self.palette(), self.devicePixelRatioF()))
