"""A bar across the top of the window for what went wrong: it stays until it is closed and stops nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStyle, QToolButton, QWidget

_MOST = 6  # messages shown together


class MessageBar(QFrame):
    """Shows messages, one below the other, until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a message, hidden."""
        super().__init__(parent)
        self._messages: list[str] = []
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        icon = QLabel()
        style = self.style()
        size = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        icon.setPixmap(style.standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(size, size))
        self._text = QLabel(wordWrap=True)
        self._text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(autoRaise=True)
        self._close.setIcon(style.standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 6, 5)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """The messages that are shown."""
        return self._text.text()

    def add(self, message: str) -> None:
        """Show another message."""
        self._messages = [*self._messages, message][-_MOST:]
        self._text.setText("\n".join(self._messages))
        self.setAccessibleName(message)
        self.show()

    def clear(self) -> None:
        """Show none."""
        self._messages.clear()
        self._text.clear()
        self.hide()
