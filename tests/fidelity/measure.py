"""``python tests/fidelity/measure.py [--help]``: print how faithful the repair is (the work is done in ``report``)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    sys.path[:0] = [str(_ROOT / room) for room in ("core", "resources", "tests")]
    runpy.run_module("fidelity.report", run_name="__main__", alter_sys=True)
