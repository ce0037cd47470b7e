"""What runs in a publisher process: it gets an edition, then checks and writes it as often as it is told to.

The window's process loads this module to start another one, so the writers are imported by what uses them; and Qt only
for PDF, which needs fonts. The process ends when the window closes the connection; whatever ends a
piece of work early, a cancel or the window's end, leaves the file that was there before.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from jiaokan.files import UnreadableFile, replacing, save_atomically
from jiaokan.formats import Format

from jiaokan_gui import publishing
from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.publishing import Product, Wish

_INTERVAL = 0.05  # seconds between two looks at what the window says
_log = logging.getLogger(__name__)


def launch() -> tuple[SpawnProcess, Connection]:
    """Start a publisher process and return it with the window's end of the connection to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True, name="jiaokan-publisher")
    process.start()
    theirs.close()
    return process, ours


def serve(connection: Connection) -> None:
    """Do what comes through the connection until it says Close or is closed."""
    try:
        edition = _received(connection)
        while edition is not None:
            order = connection.recv()
            if isinstance(order, publishing.Close):
                return
            connection.send(_answer(connection, edition, order))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return


def _received(connection: Connection) -> DecidedEdition | None:
    """Return the edition that is sent; None if the window has changed its mind meanwhile."""
    parts: list[str] = []
    while isinstance(message := connection.recv(), publishing.TextPart):
        parts.append(message.text)
    return replace(message, text="".join(parts)) if isinstance(message, DecidedEdition) else None


def _answer(connection: Connection, edition: DecidedEdition, order: publishing.Order) -> publishing.Answer:
    from jiaokan.export import unwritable_in
    from jiaokan.saving import UnwritableText

    try:
        match order:
            case publishing.Check():
                watched = replace(
                    edition, script=order.wish.script, passed=_Watch(connection, order.number, edition.length).passed
                )
                found = unwritable_in(watched, Format(order.wish.product), order.wish.form)
                return publishing.Checked(order.number, tuple(found))
            case publishing.Write():
                return _written(connection, edition, order)
            case _:
                return publishing.Interrupted(order.number)  # Cancel, and there is nothing to cancel any more
    except _Interruption:
        return publishing.Interrupted(order.number)
    except UnreadableFile as error:
        return publishing.Failed(order.number, f"{error.path.name} {error.reason}")
    except UnwritableText as error:
        return publishing.Failed(order.number, str(error))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        _log.exception("publishing %s", edition.name)
        return publishing.Failed(order.number, f"{type(error).__name__}: {error}")


def _written(connection: Connection, edition: DecidedEdition, order: publishing.Write) -> publishing.Written:
    from jiaokan.export import WRITERS, export

    wish = order.wish
    passes = 1 if wish.product is Product.PDF else WRITERS[Format(wish.product)].passes
    watch = _Watch(connection, order.number, passes * edition.length)
    watched = replace(edition, script=wish.script, passed=watch.passed)
    if wish.product is Product.PDF:
        with replacing(order.path, [order.source], overwrite_sources=order.overwrite) as new:
            _write_pdf(new.temporary, watched, wish, watch.look)
        backup = new.backup
    else:
        pieces = export(watched, Format(wish.product), wish.form)
        backup = save_atomically(order.path, pieces, [order.source], overwrite_sources=order.overwrite)
    return publishing.Written(order.number, order.path, order.path.stat().st_size, backup)


def _write_pdf(path: Path, edition: DecidedEdition, wish: Wish, turned: Callable[[], object]) -> None:
    # Windows' fonts are not there without its own platform; elsewhere nothing of the display is needed.
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication, QPageSize

    from jiaokan_gui.pdf_file import write_pdf

    application = QGuiApplication.instance() or QGuiApplication([])
    write_pdf(path, edition, QPageSize.PageSizeId[wish.paper], lambda _page: turned())
    del application


class _Interruption(Exception):
    """The window wants something else, or nothing any more."""


class _Watch:
    """Tells the window how far the work is, and ends it when the window says something: nothing else can be meant."""

    def __init__(self, connection: Connection, number: int, total: int) -> None:
        self._connection, self._number = connection, number
        self._done, self._total = 0, total
        self._looked = time.monotonic()

    def passed(self, length: int) -> None:
        """Take note of so many more code points.

        Raises:
            _Interruption: The window has said something.
        """
        self._done += length
        self.look()

    def look(self) -> None:
        """Look whether the window has said something, if it is time to.

        Raises:
            _Interruption: It has.
        """
        now = time.monotonic()
        if now < self._looked + _INTERVAL:
            return
        self._looked = now
        if self._connection.poll():
            raise _Interruption
        self._connection.send(publishing.Progress(self._number, min(self._done, self._total), self._total))
