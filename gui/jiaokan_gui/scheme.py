"""Light or dark, or as the system wants."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from jiaokan_gui.kinds import is_dark

SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}

_GROUND, _RAISED, _TEXT, _ACCENT = "#1e1f22", "#2b2d30", "#dfe1e5", "#2f65ca"


def apply_scheme(name: str) -> None:
    """Show the application in the scheme of this name, one of :data:`SCHEMES`."""
    wanted = SCHEMES[name]
    QGuiApplication.setPalette(QPalette())
    QGuiApplication.styleHints().setColorScheme(wanted)
    # Where no desktop is there to ask, the platform's palette stays light whatever is wanted.
    if wanted is Qt.ColorScheme.Dark and not is_dark(QGuiApplication.palette()):
        QGuiApplication.setPalette(dark_palette())


def dark_palette() -> QPalette:
    """Return the palette of the dark scheme where the platform has none."""
    palette, role, group = QPalette(), QPalette.ColorRole, QPalette.ColorGroup
    ground, raised, text = QColor(_GROUND), QColor(_RAISED), QColor(_TEXT)
    faint = QColor("#8b8e94")
    colours = {
        role.Window: raised,
        role.WindowText: text,
        role.Base: ground,
        role.AlternateBase: raised,
        role.Text: text,
        role.Button: QColor("#3c3f43"),
        role.ButtonText: text,
        role.BrightText: QColor("#ffffff"),
        role.ToolTipBase: QColor("#3c3f43"),
        role.ToolTipText: text,
        role.Light: QColor("#55585d"),
        role.Midlight: QColor("#484b50"),
        role.Mid: QColor("#3a3c40"),
        role.Dark: QColor("#1a1b1d"),
        role.Shadow: QColor("#000000"),
        role.Highlight: QColor(_ACCENT),
        role.HighlightedText: QColor("#ffffff"),
        role.Accent: QColor(_ACCENT),
        role.Link: QColor("#6c9ef8"),
        role.LinkVisited: QColor("#b39df0"),
        role.PlaceholderText: faint,
    }
    for part, colour in colours.items():
        palette.setColor(part, colour)
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, part, QColor("#6f7278"))
    palette.setColor(group.Inactive, role.Highlight, QColor("#3d4a63"))
    palette.setColor(group.Inactive, role.HighlightedText, text)
    return palette
