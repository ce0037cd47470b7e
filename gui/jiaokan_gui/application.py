"""The application: one process with the window, worker processes for the work."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiaokan_gui.worker_process import launch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NAME = "Jiaokan"
_log = logging.getLogger(__name__)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, with its name, icon and translations; there must be none yet."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    application = QApplication([NAME.lower(), *arguments])
    application.setOrganizationName(NAME)
    application.setApplicationName(NAME)
    application.setDesktopFileName(NAME.lower())
    application.setWindowIcon(QIcon(str(Path(__file__).with_name("icons") / "jiaokan.svg")))
    translator = QTranslator(application)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def run(files: Sequence[Path]) -> int:
    """Open the window with ``files``, each in a tab, and return the exit status when it has been closed."""
    # The worker process starts while Qt is being loaded.
    warm = launch()
    # The window's thread waits at most so long (seconds; Python's default is 5 ms) for the one that receives answers.
    sys.setswitchinterval(0.001)
    application = make_application()
    from jiaokan_gui.main_window import MainWindow
    from jiaokan_gui.settings import Settings
    from jiaokan_gui.worker import Workers

    workers = Workers(warm=warm)
    window = MainWindow(workers, Settings())
    workers.setParent(window)
    window.show()
    window.open_files(files)
    # What is there by now stays: the collector of garbage need not look at it again, which takes longer than a frame.
    gc.freeze()
    try:
        return application.exec()
    finally:
        workers.close()


if __name__ == "__main__":
    sys.exit(run([Path(argument) for argument in sys.argv[1:]]))
