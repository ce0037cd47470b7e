"""Measure the window: start to first paint, a wheel step, a jump, memory, the longest time it did not answer.

    python tests/benchmarks/window.py [--one-line] [MEGABYTES…]

Every figure is taken in a fresh process, next to that of a bare window of PySide6 with one empty label. Texts are made
up from random characters, half of the paragraphs damaged. Times are milliseconds, memory is MiB.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
for folder in ("core", "gui", "resources", "tests"):
    sys.path.insert(0, str(ROOT / folder))

WHEEL_STEPS = 300
JUMPS = 60
WATCHED = 6.0  # seconds in which the window's answering is watched while the work goes on


def write_text(path: Path, size: int, *, one_line: bool = False) -> None:
    """Write about ``size`` bytes of made-up Chinese in UTF-8."""
    chance = random.Random(1)
    characters = [chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3000)]
    paragraphs = [_paragraph(chance, characters).encode() for _ in range(2000)]
    with path.open("wb") as file:
        while file.tell() < size:
            file.write(chance.choice(paragraphs) + (b"" if one_line else b"\n"))


def _paragraph(chance: random.Random, characters: list[str]) -> str:
    pieces = []
    for _ in range(chance.randrange(1, 40)):
        pieces.append("".join(chance.choices(characters, k=chance.randrange(3, 14))))
        pieces.append(chance.choices(["，", "。", "、", ",", "網(wǎng)"], [40, 30, 10, 5, 5])[0])
    return "".join(pieces)


def memory() -> float:
    """Return how much memory this process holds (MiB); 0 where that cannot be known."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measure_bare(started: float) -> dict[str, Any]:
    """Show a bare window and return the time to its first paint."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QLabel

    painted: list[float] = []

    class Label(QLabel):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
            super().paintEvent(event)
            painted.append(time.time())

    application = QApplication([])
    label = Label()
    label.resize(1280, 800)
    label.show()
    while not painted:
        application.processEvents()
    return {"first paint": (painted[0] - started) * 1000, "memory": memory()}


def measure_window(started: float, path: Path) -> dict[str, Any]:
    """Open ``path`` in the window and return all figures."""
    from jiaokan_gui.application import make_application
    from jiaokan_gui.worker_process import launch

    warm = launch()
    application = make_application()
    from jiaokan_gui.collation_view import CollationView
    from jiaokan_gui.document import State
    from jiaokan_gui.main_window import MainWindow
    from jiaokan_gui.settings import Settings
    from jiaokan_gui.worker import Workers
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent

    result: dict[str, Any] = {}
    paint = CollationView.paintEvent

    def paint_event(view: CollationView, event: QPaintEvent) -> None:
        paint(view, event)
        if view.document.text:
            result.setdefault("first paint", (time.time() - started) * 1000)

    setattr(CollationView, "paintEvent", paint_event)  # noqa: B010  # to be told when it happens
    window = MainWindow(Workers(warm=warm), Settings.passing())
    window.resize(1280, 800)
    window.show()
    window.open_files([path])
    # Processor time tells what the window itself did, however busy the machine was with other things.
    beats, work = [time.perf_counter()], [time.thread_time()]
    heart = QTimer(interval=1)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.timeout.connect(lambda: work.append(time.thread_time()))
    heart.start()
    document = window.pages()[0].document
    while document.state is State.OPENING:
        application.processEvents()
    result["whole text"] = (time.time() - started) * 1000
    watched = time.perf_counter() + WATCHED
    while document.is_busy and time.perf_counter() < watched:
        application.processEvents()
    heart.stop()
    result["longest silence"] = max((b - a) * 1000 for a, b in pairwise(beats))
    result["longest step, processor time"] = max((b - a) * 1000 for a, b in pairwise(work))
    result |= {f"{name} busy": figure for name, figure in _measure_scrolling(application, window).items()}
    result["done"] = document.progress[0] / max(1, document.progress[1])
    window.cancel_work()
    result |= _measure_scrolling(application, window)
    result["memory"] = memory()
    window.close()
    return result


def _measure_scrolling(application: Any, window: Any) -> dict[str, float]:
    view = window.pages()[0].view
    bar, chance = view.verticalScrollBar(), random.Random(2)
    view.go_to_row(len(view.document.rows) // 2)
    application.processEvents()
    steps, jumps = [], []
    for _ in range(WHEEL_STEPS):
        start = time.perf_counter()
        view.scroll_by(3 * bar.singleStep())
        application.processEvents()
        steps.append((time.perf_counter() - start) * 1000)
    for _ in range(JUMPS):
        start = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum() + 1))
        application.processEvents()
        jumps.append((time.perf_counter() - start) * 1000)
    return {
        "wheel step, median": statistics.median(steps),
        "wheel step, worst": max(steps),
        "jump, median": statistics.median(jumps),
        "jump, worst": max(jumps),
    }


def child(arguments: list[str]) -> dict[str, Any]:
    """Run one measurement in a process of its own and return its figures."""
    command = [sys.executable, __file__, "--child", str(time.time()), *arguments]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(output.splitlines()[-1])
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("megabytes", nargs="*", type=int, default=[1, 100])
    parser.add_argument("--one-line", action="store_true", help="one paragraph, as long as the text")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        started, *rest = arguments.child
        figures = measure_bare(float(started)) if not rest else measure_window(float(started), Path(rest[0]))
        print(json.dumps(figures))
        return
    bare = [child([])["first paint"] for _ in range(3)]
    print(f"bare window of PySide6: first paint {min(bare):.0f} ms, memory {child([])['memory']:.0f} MiB")
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in arguments.megabytes:
            path = Path(folder) / f"{megabytes}.txt"
            write_text(path, megabytes * 1_000_000, one_line=arguments.one_line)
            print(f"text of {megabytes} MB:")
            for name, figure in child([str(path)]).items():
                print(f"  {name}: {figure:.2f}")


if __name__ == "__main__":
    main()
