"""What the window shows while no file is open: what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QPushButton, QStyle, QVBoxLayout, QWidget

_SHOWN = 5
_WIDTH = 420  # pixels


class StartPage(QWidget):
    """Says how to open a file, and which were opened last."""

    open_requested = Signal()
    file_chosen = Signal(object)
    """The reader chose a recent file (a Path)."""

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        """Show ``icon`` above the words."""
        super().__init__(parent)
        self._recent = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addStretch(3)
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(icon.pixmap(96, 96))
        layout.addWidget(picture)
        layout.addSpacing(12)
        title = QLabel(self.tr("Drop a damaged Chinese text here"), alignment=Qt.AlignmentFlag.AlignCenter)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        title.setFont(font)
        layout.addWidget(title)
        explanation = QLabel(
            self.tr("It is shown raw and repaired, side by side, with an outline.\nThe file itself is not changed."),
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        layout.addWidget(explanation)
        layout.addSpacing(14)
        self.open_button = QPushButton(self.tr("&Open a file…"), default=True)
        self.open_button.clicked.connect(self.open_requested)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addSpacing(18)
        layout.addLayout(self._recent)
        layout.addStretch(4)

    def set_recent_files(self, files: Sequence[Path]) -> None:
        """Offer these files."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path in files[:_SHOWN]:
            button = QCommandLinkButton(path.name.replace("&", "&&"))
            folder = button.fontMetrics().elidedText(str(path.parent), Qt.TextElideMode.ElideMiddle, _WIDTH - 60)
            button.setDescription(folder)
            button.setToolTip(str(path))
            button.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_FileIcon))
            button.setFixedWidth(_WIDTH)
            button.clicked.connect(lambda _checked=False, path=path: self.file_chosen.emit(path))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
