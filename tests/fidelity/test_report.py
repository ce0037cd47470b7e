"""One run prints the table and writes the figures, with or without text from packages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from language_model_build.corpora import Source

from fidelity import report
from fidelity.corpus import CleanCorpus, CleanDocument
from fidelity.tools import TOOLS

_SENTENCE = "河水在这里转了一个弯，岸边的柳树已经绿了，孩子们放学以后总要到桥下来看船，一直看到天黑才肯回家。"


def _run(*options: str) -> str:
    result = CliRunner().invoke(report.main, ["--processes", "1", *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_without_text_from_packages_it_goes_on_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Source, __: Path) -> Path:
        raise FileNotFoundError("apt-get")

    monkeypatch.setattr("fidelity.corpus.fetch", refuse)
    target = tmp_path / "figures.json"
    kind = "annotated: doubled"
    told = _run("--kind", kind, "--text", "poems", "--every", "1", "--cache", str(tmp_path), "--json", str(target))
    assert "Not to be had" in told
    assert "only our own texts" in told
    (row,) = json.loads(target.read_text("utf-8"))["rows"]
    assert (row["experiment"], row["texts"]) == (kind, "own")
    assert {tool.name for tool in TOOLS if tool.mend} == set(row["tools"])
    assert row["tools"]["Jiaokan"]["documents_exact"] == row["tools"]["Jiaokan"]["documents"] == 1
    assert row["tools"]["nothing"]["documents_exact"] == 0


def test_unseen_text_has_rows_of_its_own_and_is_checked_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"第{place}段，{_SENTENCE}" for place in range(60))
    corpus = CleanCorpus((CleanDocument("package", "name", "novel", text, unseen=True),), ("another",))
    monkeypatch.setattr(report, "load", lambda _: corpus)
    monkeypatch.setattr(report, "names", lambda _: ["annotated"])
    told = _run("--text", "", "--every", "30")
    assert "another" in told
    assert "unseen: annotated" in told
    assert "changes (all): none" in told
