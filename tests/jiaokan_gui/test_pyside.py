"""PySide6 itself."""

from __future__ import annotations

import subprocess
import sys

_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("name")
print("alive")
"""


def test_twenty_thousand_calls_of_a_function_that_returns_nothing() -> None:
    # PySide6 6.12.0 gives a reference to None away with each such call and aborts after some 5,000 of them.
    result = subprocess.run([sys.executable, "-c", _CALLS], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, "alive"), result.stderr
