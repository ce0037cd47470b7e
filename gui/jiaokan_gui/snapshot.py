"""A picture of the window with one file, made without anybody looking: on a machine without a display as well."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan.files import UnreadableFile, UnwritableFile

from jiaokan_gui.engine import Engine
from jiaokan_gui.worker_process import launch

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType

    from jiaokan_gui.document import Document
    from jiaokan_gui.main_window import MainWindow

_log = logging.getLogger(__name__)


def snapshot(
    file: Path,
    output: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    scheme: str = "light",
    scale: float = 1.0,
    find: str = "",
    engine: Engine | None = None,
) -> None:
    """Render the window with ``file``, fully repaired, and write the picture as PNG.

    Args:
        file: The text to show.
        output: Where the picture goes.
        size: Width and height of the window (device-independent pixels).
        scheme: "light" or "dark".
        scale: Pixels of the picture per device-independent pixel; only as long as there is no QApplication.
        find: Raw text whose first paragraph is shown at the top; the beginning if it is empty or not there.
        engine: What repairs the text; Jiaokan's own if None.

    Raises:
        UnreadableFile: ``file`` cannot be shown.
        UnwritableFile: ``output`` cannot be written.
    """
    warm = launch(engine)
    _use_offscreen_platform_without_display()
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from jiaokan_gui.application import make_application
    from jiaokan_gui.fonts import has_chinese_font
    from jiaokan_gui.main_window import MainWindow
    from jiaokan_gui.settings import Settings
    from jiaokan_gui.worker import Workers

    handler = qInstallMessageHandler(_tell)
    application = QApplication.instance() or make_application()
    if not has_chinese_font():
        _log.warning("no font with Chinese characters was found: they will be missing from the picture")
    workers = Workers(engine=engine, warm=warm)
    # Neither the reader's settings make the picture nor does the picture change them.
    window = MainWindow(workers, Settings.passing())
    try:
        window.set_scheme(scheme)
        window.resize(*size)
        _render(window, application, file, output, find)
    finally:
        window.close()
        workers.close()
        qInstallMessageHandler(handler)


def _render(window: MainWindow, application: QCoreApplication, file: Path, output: Path, find: str) -> None:
    """Show ``file`` in the window, off the screen; wait until it is repaired and explained; write the picture."""
    from PySide6.QtCore import QEventLoop, Qt

    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    window.open_files([file])
    pages = window.pages()
    document = pages[0].document if pages else None
    while document is not None and document.is_busy:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    _check(file, document)
    page = window.pages()[0]
    position = page.document.text.find(find) if find else 0
    window.desk.go_to_gravest()
    page.view.go_to_row(page.document.rows.at(max(0, position)))
    application.processEvents()
    # The evidence follows a moment later, to spare readers who hurry on.
    while window.explanation.dock.is_busy:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
    if not window.grab().save(str(output), "PNG"):
        raise UnwritableFile(output, "cannot be written; choose another folder")


def _use_offscreen_platform_without_display() -> None:
    unix = sys.platform not in ("win32", "darwin")
    if unix and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Log Qt's messages, except that the offscreen platform cannot tell a window manager how large windows may be."""
    if message != "This plugin does not support propagateSizeHints()":
        level = logging.DEBUG if kind.name in ("QtDebugMsg", "QtInfoMsg") else logging.WARNING
        logging.getLogger(context.category or "qt").log(level, message)


def _check(file: Path, document: Document | None) -> None:
    from jiaokan_gui.document import State

    if document is not None and document.state is not State.DONE:
        raise UnreadableFile(file, document.failure or "could not be repaired")
