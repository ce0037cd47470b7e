"""ftfy's own published cases: what ftfy repairs is repaired here too, what it leaves alone is left alone.

The cases come with ftfy's source distribution, which is fetched when it is asked for and never stored with the project.
Where this program differs, ``ftfy_exceptions.json`` says why, by the labels of the cases.

``python -m fidelity.ftfy_cases`` prints every difference.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jiaokan.pipeline import repair_text

CACHE = Path(__file__).resolve().parents[2] / "build" / "fidelity"
_EXCEPTIONS = Path(__file__).parent / "ftfy_exceptions.json"
# Building what pip wants to know of the package takes it half a minute.
_PATIENCE = 180


class NotToBeHad(Exception):
    """The source distribution could not be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One published case.

    Attributes:
        label: Its name.
        original: The damaged text, or one that only looks damaged.
        fixed: What ftfy makes of it by default.
        decoded: What it makes of it where only encodings are mended.
        passes: Whether ftfy achieves that itself; its authors publish what it cannot do too.
    """

    label: str
    original: str
    fixed: str
    decoded: str
    passes: bool

    @property
    def negative(self) -> bool:
        """Whether nothing about the encoding is to be mended."""
        return self.decoded == self.original

    @property
    def counts(self) -> bool:
        """Whether it is a case that ftfy repairs, or one to be left alone."""
        return self.passes or self.negative

    def result(self) -> str:
        """Return what this program makes of it."""
        return repair_text(self.original).repaired

    def as_ftfy(self) -> bool:
        """Return whether that is what ftfy makes of it, whether or not punctuation is made plain as well."""
        return self.result() in ((self.original,) if self.negative else (self.decoded, self.fixed))


def cases(cache: Path = CACHE) -> list[Case]:
    """Return the published cases of the installed version of ftfy.

    Raises:
        NotToBeHad: The source distribution is not in ``cache`` and cannot be downloaded.
    """
    member = f"ftfy-{version('ftfy')}/tests/test_cases.json"
    with tarfile.open(_source(cache)) as archive:
        stream = archive.extractfile(member)
        entries = json.load(stream) if stream else []
    return [
        Case(
            entry["label"],
            entry["original"],
            entry["fixed"],
            entry.get("fixed-encoding", entry["fixed"]),
            entry["expect"] == "pass",
        )
        for entry in entries
    ]


def exceptions() -> dict[str, str]:
    """Return why this program does otherwise, by the labels of the cases."""
    reasons: dict[str, list[str]] = json.loads(_EXCEPTIONS.read_text("utf-8"))
    return {label: reason for reason, labels in reasons.items() for label in labels}


def differences(published: list[Case]) -> Iterator[Case]:
    """Yield the cases of which this program makes something else."""
    return (case for case in published if case.counts and not case.as_ftfy())


def _source(cache: Path) -> Path:
    wanted = f"ftfy-{version('ftfy')}.tar.gz"
    if not (cache / wanted).exists():
        cache.mkdir(parents=True, exist_ok=True)
        options = ["--quiet", "--no-deps", "--no-binary=:all:", "--retries=0", "--timeout=10", "--dest", str(cache)]
        command = [sys.executable, "-m", "pip", "download", *options, f"ftfy=={version('ftfy')}"]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)
        except (OSError, subprocess.SubprocessError) as error:
            raise NotToBeHad(f"{wanted} is not in {cache} and cannot be downloaded ({type(error).__name__})") from error
    return cache / wanted


def _print() -> None:
    reasons = exceptions()
    for case in differences(cases()):
        print(f"{case.label}\n  {reasons.get(case.label, 'no reason on record')}")
        print(f"  original {case.original!r}\n  ftfy     {case.decoded!r}\n  here     {case.result()!r}")


if __name__ == "__main__":
    _print()
