"""Running text out of the formats that packages keep it in: a reader yields the documents below a folder."""

from __future__ import annotations

import gettext
import gzip
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from language_model_build.registries import Document

Reader = Callable[[Path], Iterator[Document]]

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|t[dhr]|table|pre|section|article|title|br|hr|item|note|page|head|body)\b[^>]*>",
    re.IGNORECASE,
)
_IGNORED = re.compile(r"<(script|style|code)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_LITERAL = re.compile(r'"(?:[^"\\\n\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def chinese(lines: Iterator[str]) -> list[str]:
    """Return the lines that are mostly Chinese, their white space made plain."""
    kept = []
    for line in lines:
        plain = _SPACE.sub(" ", line).strip()
        if len(_HANZI.findall(plain)) * 3 > len(plain):
            kept.append(plain)
    return kept


def blocks(name: str, lines: list[str], size: int = 60) -> Iterator[Document]:
    """Cut ``lines`` into documents of ``size`` lines each."""
    for start in range(0, len(lines), size):
        yield f"{name}:{start}", lines[start : start + size]


def markup_lines(text: str) -> list[str]:
    """Return the Chinese lines of HTML or XML."""
    # In source text a line end is no paragraph's end; a block element's is.
    flat = _SPACE.sub(" ", _IGNORED.sub(" ", text))
    return chinese(html.unescape(TAG.sub("", block)) for block in _BLOCK.sub("\n", flat).split("\n"))


def markdown_lines(text: str) -> list[str]:
    """Return the Chinese lines of Markdown, without its code and its signs."""
    plain = re.sub(r"```.*?```", "\n", text, flags=re.DOTALL)
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", plain.replace("`", ""))
    return chinese(re.sub(r"^[\s#>*+-]+|\*\*|__", "", line) for line in TAG.sub("", plain).splitlines())


def markup(pattern: str) -> Reader:
    """Return a reader of the HTML or XML files that ``pattern`` (a glob) finds."""
    return _files(pattern, markup_lines)


def markdown(pattern: str) -> Reader:
    """Return a reader of the Markdown files that ``pattern`` (a glob) finds."""
    return _files(pattern, markdown_lines)


def _files(pattern: str, lines: Callable[[str], list[str]]) -> Reader:
    def read(root: Path) -> Iterator[Document]:
        for file in sorted(root.glob(pattern)):
            if file.is_file():
                yield str(file.relative_to(root)), lines(file.read_text("utf-8", "replace"))

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
        yield str(file.relative_to(root)), chinese(iter(paragraphs))


def catalogues(pattern: str) -> Reader:
    """Return a reader of the compiled message catalogues (gettext) that ``pattern`` finds."""

    def read(root: Path) -> Iterator[Document]:
        for file in sorted(root.glob(pattern)):
            with file.open("rb") as stream:
                # The library reads catalogues but has no public way to list what they hold.
                messages = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
            texts = [text for key, text in messages.items() if key and isinstance(text, str)]
            yield from blocks(str(file.relative_to(root)), _message_lines(texts))

    return read


def literals(pattern: str) -> Reader:
    """Return a reader of the messages in JSON or JavaScript that ``pattern`` finds: their string literals."""

    def read(root: Path) -> Iterator[Document]:
        for file in sorted(root.glob(pattern)):
            texts = [json.loads(literal) for literal in _LITERAL.findall(file.read_text("utf-8-sig"))]
            yield from blocks(str(file.relative_to(root)), _message_lines(texts))

    return read


def json_strings(value: Any, keys: frozenset[str] | None = None) -> Iterator[str]:
    """Yield the strings in decoded JSON, in order; if ``keys`` is given, of these fields only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if keys is None or key in keys:
                yield from json_strings(part, keys)
    elif isinstance(value, list):
        for part in value:
            yield from json_strings(part, keys)


def _message_lines(texts: list[str]) -> list[str]:
    return chinese(line for text in texts for line in TAG.sub("", text).splitlines())
