"""The names of the scripts in which the repaired text can be shown."""

from __future__ import annotations

from jiaokan.script import Script
from PySide6.QtCore import QCoreApplication


def _tr(text: str) -> str:
    return QCoreApplication.translate("scripts", text)


def script_name(script: Script) -> str:
    """Return what readers call the script; none if the text is shown as it is."""
    names = {
        Script.AS_IS: "",
        Script.SIMPLIFIED: _tr("Simplified"),
        Script.TRADITIONAL: _tr("Traditional"),
        Script.TAIWAN: _tr("Traditional (Taiwan)"),
        Script.HONGKONG: _tr("Traditional (Hong Kong)"),
    }
    return names[script]
