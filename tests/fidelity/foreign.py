"""Clean text in other languages: nothing in it is Chinese that was damaged, however it may look to a model of Chinese."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from language_model_build.corpora import Document, Source

# Of each package so many documents are enough, taken evenly from all.
_MOST = 60
_IGNORED = re.compile(r"<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ROFF = re.compile(r"\\f.|\\s[-+]?\d|\\[&/|^:]|\\\(..|\\\*.")


def _from_html(text: str) -> list[str]:
    """Return the lines of a page as they stand, blanks at their starts included."""
    return html.unescape(_TAG.sub("", _IGNORED.sub(" ", text))).splitlines()


def _from_roff(text: str) -> list[str]:
    """Return the lines of a manual page that are no requests."""
    return [_ROFF.sub("", line) for line in text.splitlines() if not line.startswith((".", "'"))]


def _sample(pattern: str, lines: Callable[[str], list[str]]) -> Callable[[Path], Iterator[Document]]:
    def read(root: Path) -> Iterator[Document]:
        files = sorted(file for file in root.glob(pattern) if file.is_file() and not file.is_symlink())
        for file in files[:: len(files) // _MOST + 1]:
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            try:
                yield str(file.relative_to(root)), lines(data.decode("utf-8"))
            except UnicodeDecodeError:
                continue

    return read


def _manual(language: str, package: str) -> Source:
    reader = _sample(f"usr/share/man/{language}/**/*.gz", _from_roff)
    return Source(package, "debian", "other languages", "GPL-2+ and others", reader, training=False)


FOREIGN = (
    _manual("ja", "manpages-ja"),
    _manual("ru", "manpages-ru"),
    _manual("el", "manpages-el"),
    _manual("pl", "manpages-pl"),
    _manual("cs", "manpages-cs"),
    _manual("fr", "manpages-fr"),
    _manual("de", "manpages-de"),
    Source(
        "debian-faq-ko",
        "debian",
        "other languages",
        "GPL-2+",
        _sample("usr/share/doc/debian/FAQ/ko/*.html", _from_html),
        training=False,
    ),
    Source(
        "aptitude-doc-ja",
        "debian",
        "other languages",
        "GPL-2+",
        _sample("usr/share/doc/aptitude/html/ja/*.html", _from_html),
        training=False,
    ),
)
