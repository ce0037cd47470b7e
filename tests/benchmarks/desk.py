"""Measure the desk on a long text: decide about all, narrow and sort the list, find all; scroll while that goes on.

    python tests/benchmarks/desk.py [--most SECONDS] [MEGABYTES]

For everything that is done: how long until it is done, and the longest step of the window's event loop meanwhile, as the
clock has it and as the processor's time of the window's thread has it (which another program's work does not lengthen).
Milliseconds. The repairs are found by a few lines instead of the engine: it is the window that is measured, and it is to
have a repair in every other line.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaokan.judgement import Verdict

ROOT = Path(__file__).parents[2]
for folder in ("core", "gui", "resources", "tests"):
    sys.path.insert(0, str(ROOT / folder))

WHEEL_STEPS = 300
JUMPS = 60


class Bench:
    """The window with one document, and the table of what was measured."""

    def __init__(self, path: Path) -> None:
        from benchmarks.quick_engine import QuickEngine
        from jiaokan_gui.application import make_application
        from jiaokan_gui.main_window import MainWindow
        from jiaokan_gui.settings import Settings
        from jiaokan_gui.worker import Workers
        from PySide6.QtCore import QTimer

        # As the application does.
        sys.setswitchinterval(0.001)
        self.application = make_application()
        self.window = MainWindow(Workers(engine=QuickEngine()), Settings.passing())
        self.window.resize(1280, 800)
        self.window.show()
        self._beats: list[tuple[float, float]] = []
        self._heart = QTimer(interval=1)
        self._heart.timeout.connect(lambda: self._beats.append((time.perf_counter(), time.thread_time())))
        self._heart.start()
        self.window.open_files([path])
        gc.freeze()  # as the application does
        self.page = self.window.pages()[0]

    def measure(self, name: str, do: Callable[[], object], is_busy: Callable[[], bool] = lambda: False) -> None:
        """Do something, wait until it is done, and print how long it took and the longest step."""
        self.spin(0.05)
        self._beats = [(time.perf_counter(), time.thread_time())]
        do()
        self.application.processEvents()
        while is_busy():
            self.application.processEvents()
        whole = (time.perf_counter() - self._beats[0][0]) * 1000
        self.spin(0.2)  # what is done a moment later counts too
        steps = [((b[0] - a[0]) * 1000, (b[1] - a[1]) * 1000) for a, b in pairwise(self._beats)]
        longest = max(step for step, _ in steps), max(step for _, step in steps)
        print(f"| {name} | {whole:,.0f} | {longest[0]:.1f} | {longest[1]:.1f} |", flush=True)

    def spin(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.application.processEvents()

    def wait(self, seconds: float) -> None:
        """Wait until the work on the document has ended, at most so long."""
        end = time.perf_counter() + seconds
        while self.page.document.is_busy and time.perf_counter() < end:
            self.application.processEvents()

    # What is measured

    def scroll(self) -> None:
        """Turn the wheel and jump about."""
        view, chance = self.page.view, random.Random(2)
        bar = view.verticalScrollBar()
        view.go_to_row(len(view.document.rows) // 2)
        for _ in range(WHEEL_STEPS):
            view.scroll_by(3 * bar.singleStep())
            self.application.processEvents()
        for _ in range(JUMPS):
            bar.setValue(chance.randrange(bar.maximum() + 1))
            self.application.processEvents()

    def decide_about_all(self, verdict: Verdict) -> None:
        """Decide about every change of the document."""
        from jiaokan.judgement import Ruling
        from jiaokan_gui.decisions import decide

        decide(self.page.document, Ruling(verdict, sorts=frozenset({(None, None)})), "")

    @property
    def is_list_busy(self) -> bool:
        """Whether the outline or the list of changes is not yet what it will be."""
        return bool(self.page.outline_update.is_busy or self.window.desk.dock.model.is_busy)

    def find(self, words: str, *, regular: bool = False) -> None:
        """Find all in both columns."""
        bar = self.window.find_bar
        bar.show()
        bar.regular.setChecked(regular)
        bar.words.setText(words)
        bar.flush()

    @property
    def is_finding(self) -> bool:
        """Whether the search is going on."""
        search = self.window.finding.search
        return search is not None and search.is_busy

    def measure_deciding(self) -> None:
        """Measure decisions about everything, and the list."""
        from jiaokan.judgement import Verdict
        from PySide6.QtCore import Qt

        dock, stack = self.window.desk.dock, self.page.document.undo_stack
        self.measure("refuse all", lambda: self.decide_about_all(Verdict.REFUSED), lambda: self.is_list_busy)
        self.measure("accept all", lambda: self.decide_about_all(Verdict.ACCEPTED), lambda: self.is_list_busy)
        self.measure("undo that", stack.undo, lambda: self.is_list_busy)
        self.measure("select all in the list", dock.table.selectAll)
        self.measure("refuse what is selected", self._refuse_selected, lambda: self.is_list_busy)
        self.measure("list: one kind", lambda: dock.kind.setCurrentIndex(7), lambda: self.is_list_busy)
        self.measure("list: all kinds", lambda: dock.kind.setCurrentIndex(0), lambda: self.is_list_busy)
        order = Qt.SortOrder.DescendingOrder
        self.measure("list: sort by raw", lambda: dock.table.sortByColumn(2, order), lambda: self.is_list_busy)

    def _refuse_selected(self) -> None:
        from jiaokan.judgement import Verdict

        self.window.desk.dock.table.setFocus()
        self.window.desk.decide(Verdict.REFUSED)

    def measure_finding(self, word: str, when: str) -> None:
        """Measure searches through everything."""
        self.measure(f"find a word, all{when}", lambda: self.find(word), lambda: self.is_finding)
        self.measure(f"find a comma, all{when}", lambda: self.find("，"), lambda: self.is_finding)
        self.measure(
            f"find an expression, all{when}",
            lambda: self.find(r"\p{Han}{2}[,，]\p{Han}{3}。", regular=True),
            lambda: self.is_finding,
        )
        self.measure(f"close the bar{when}", self.window.finding.close)


def main() -> None:
    """Measure and print."""
    from benchmarks.window import write_text

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("megabytes", nargs="?", type=int, default=100)
    parser.add_argument(
        "--most", type=float, default=120.0, help="seconds to wait for the repairs; then they are stopped"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        write_text(path, arguments.megabytes * 1_000_000)
        word = path.read_text(encoding="utf-8")[40:42]
        bench = Bench(path)
        print(f"text of {arguments.megabytes} MB\n\n| what | ms until done | longest step | its processor time |")
        print("|---|---|---|---|")
        from jiaokan_gui.document import State

        bench.measure("read", lambda: None, lambda: bench.page.document.state is State.OPENING)
        bench.measure("scroll while the worker is busy", bench.scroll)
        bench.measure_finding(word, " while the worker is busy")
        bench.measure("repair", lambda: bench.wait(arguments.most))
        bench.window.cancel_work()
        print(f"| changes: {len(bench.page.document.index):,} | | | |")
        bench.measure("scroll", bench.scroll)
        bench.measure_deciding()
        bench.measure_finding(word, "")
        bench.page.document.undo_stack.setClean()
        bench.window.close()


if __name__ == "__main__":
    main()
