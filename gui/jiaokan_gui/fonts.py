"""The font of the text: one for Chinese, with forms as the text's script wants them, and what stands in for it."""

from __future__ import annotations

from jiaokan.script import Script
from PySide6.QtGui import QFont, QFontDatabase

_TRADITIONAL = ("Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", "WenQuanYi Zen Hei")
_SIMPLIFIED = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei")
_PRINTED_TRADITIONAL = ("Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", "PMingLiU")
_PRINTED_SIMPLIFIED = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")
# For what the others lack: characters beyond the BMP, symbols.
_REST = ("Noto Sans", "HanaMinB", "Noto Sans Symbols 2", "sans-serif")

# Frequent characters that only one of the two scripts has.
_ONLY_TRADITIONAL = frozenset("這個們說來對時為國會學發業經過還後動開長進實現體種與樣機關點將無從見")
_ONLY_SIMPLIFIED = frozenset("这个们说来对时为国会学发业经过还动开长进实现体种与样机关点将无从见")


def looks_traditional(text: str) -> bool:
    """Return whether the beginning of the text is rather in Traditional than in Simplified characters."""
    beginning = text[:20_000]
    traditional = sum(character in _ONLY_TRADITIONAL for character in beginning)
    simplified = sum(character in _ONLY_SIMPLIFIED for character in beginning)
    return traditional > simplified


def shown_traditional(script: Script, *, traditional: bool) -> bool:
    """Return whether a text (Traditional or not) is in Traditional characters when it is shown in ``script``."""
    return traditional if script is Script.AS_IS else script is not Script.SIMPLIFIED


def text_font(points: float, *, traditional: bool) -> QFont:
    """Return the font of the text, ``points`` large, with its fallbacks in order."""
    first, second = (_TRADITIONAL, _SIMPLIFIED) if traditional else (_SIMPLIFIED, _TRADITIONAL)
    font = QFont()
    font.setFamilies([*first, *second, *_REST])
    font.setPointSizeF(points)
    return font


def printed_font(points: float, *, traditional: bool) -> QFont:
    """Return the font of printed text, with serifs as books have them, ``points`` large."""
    font = text_font(points, traditional=traditional)
    font.setFamilies([*(_PRINTED_TRADITIONAL if traditional else _PRINTED_SIMPLIFIED), *font.families()])
    return font


def has_chinese_font() -> bool:
    """Return whether any font on this machine has Chinese characters."""
    systems = QFontDatabase.WritingSystem
    return any(QFontDatabase.families(system) for system in (systems.SimplifiedChinese, systems.TraditionalChinese))
