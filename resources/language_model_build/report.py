"""The figures that the build prints."""

from __future__ import annotations

from pathlib import Path

from jiaokan.language_model import DocumentCounts, LanguageModel, MixedModel

from language_model_build.corpora import SHORTEST, Corpus, Document, distinct_lines
from language_model_build.evaluation import exact_share, perplexity, places, simplified, without


def report(corpus: Corpus, file: Path, amount: int = 1500) -> str:
    """Measure the model of ``file`` on the held-out documents of every genre; ``amount`` places each."""
    model = LanguageModel.load(file)
    rows = [f"{'genre':12} {'characters':>10} {'perplexity':>10} {'any':>7} {'+ doc':>7} {'quote':>7} {'+ doc':>7}"]
    trained = set(distinct_lines(corpus.training))
    for genre, documents in sorted(corpus.testing.items()):
        clean = [
            (name, [line for line in simplified((name, lines)) if usable(line, trained)]) for name, lines in documents
        ]
        lines = [line for _, part in clean for line in part]
        if not lines:
            continue
        measured = perplexity(model, lines[:5000])
        shares = [share for quotes in (False, True) for share in _shares(model, clean, amount, quotes)]
        figures = " ".join("      –" if share is None else f"{share:7.1%}" for share in shares)
        rows.append(f"{genre:12} {sum(map(len, lines)):10} {measured:10.1f} {figures}")
    return "\n".join(rows)


def usable(line: str, trained: set[str]) -> bool:
    """Return whether a held-out line is running text that was not trained on in another document."""
    return len(line) >= SHORTEST and line not in trained


def _shares(
    model: LanguageModel, documents: list[Document], amount: int, quotes: bool
) -> tuple[float | None, float | None]:
    lines = [line for _, part in documents for line in part]
    hidden = list(places(lines, amount, seed=1, only_before_quotes=quotes))
    if not hidden:
        return None, None
    mixed = MixedModel(model, DocumentCounts.of(without(lines, hidden)))
    return exact_share(model, lines, hidden), exact_share(mixed, lines, hidden)
