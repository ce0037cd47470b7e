"""Small pictures of the colours that mark the kinds of changes."""

from __future__ import annotations

from jiaokan.repair import Kind
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPen, QPixmap

from jiaokan_gui.kinds import is_dark, strong_colour, wash_colour

SIZE = QSize(22, 14)


def swatch(kind: Kind, palette: QPalette, ratio: float) -> QIcon:
    """Return the colour of a kind, for a screen of ``ratio`` pixels to one."""
    dark = is_dark(palette)
    pixmap = QPixmap(SIZE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wash = wash_colour(kind, dark=dark)
    wash.setAlpha(min(255, wash.alpha() * 2))
    painter.setBrush(wash)
    painter.setPen(QPen(strong_colour(kind, dark=dark), 1))
    painter.drawRoundedRect(1, 1, SIZE.width() - 2, SIZE.height() - 2, 3, 3)
    painter.end()
    return QIcon(pixmap)
