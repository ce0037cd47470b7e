"""The command line of the engine: ``jiaokan repair FILE…``."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.files import MAXIMUM_SIZE, UnreadableFile, UnwritableFile, is_one_of, looks_binary, read, save_atomically
from jiaokan.script import Script, converted

if TYPE_CHECKING:
    from jiaokan.decoding import Decoded
    from jiaokan.report import Report

STANDARD_INPUT = "-"
_SURROGATES = re.compile("[\ud800-\udfff]")
_SLICE = 1 << 20
# Files of together fewer bytes are done before anybody asks how long it takes.
_WORTH_A_PROGRESS_BAR = 1 << 18


def _known_encoding(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    from jiaokan.decoding import UnknownEncoding, known_encoding

    try:
        return None if name is None else known_encoding(name)
    except UnknownEncoding as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The repaired text in UTF-8, or a list of objects with the texts, every repair and the outline.",
)
@click.option(
    "--encoding",
    metavar="NAME",
    callback=_known_encoding,
    help="The encoding of the files, as gb18030 or big5. Default: found out for each file.",
)
@click.option(
    "--script",
    type=click.Choice([script.value for script in Script]),
    default=Script.AS_IS.value,
    show_default=True,
    help="Write the repaired text in this script. In JSON it stands beside the repair, which stays as it is.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Write to this file, all or nothing. Default: standard output.",
)
def repair(files: tuple[str, ...], form: str, encoding: str | None, script: str, output: Path | None) -> None:
    """Repair damaged Chinese texts and write the result.

    FILE may be - for standard input. A file that cannot be read, or is no text, is named on standard error; the others
    are done all the same, and the exit status is 1.
    """
    sources = [name for name in files if name != STANDARD_INPUT]
    if output is not None and is_one_of(output, sources):
        raise click.UsageError(f"{output} is one of the files to repair and is not overwritten; choose another name")
    failures: list[UnreadableFile] = []
    reports = _repaired(files, encoding, failures)
    first = next(reports, None)
    if first is not None or (form == "json" and output is None):
        done = itertools.chain(() if first is None else (first,), reports)
        _write(_pieces(done, form, Script(script)), output, sources)
    if failures:
        raise SystemExit(1)


def _repaired(files: tuple[str, ...], encoding: str | None, failures: list[UnreadableFile]) -> Iterator[Report]:
    """Yield the report of each file that can be repaired; say what is wrong with the others and add it to failures."""
    with _progress(files) as advance:
        for name in files:
            try:
                yield _repair_file(name, encoding, advance)
            except UnreadableFile as error:
                failures.append(error)
                click.echo(f"jiaokan: {error}", err=True)
                advance(_size(name))


@contextlib.contextmanager
def _progress(files: tuple[str, ...]) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error, if that is a terminal and there is much to do; give what moves it on."""
    total = sum(map(_size, files))
    if total < _WORTH_A_PROGRESS_BAR or not sys.stderr.isatty():
        yield lambda _size: None
        return
    with click.progressbar(length=total, label="Repairing", file=sys.stderr, update_min_steps=total // 40) as bar:
        yield bar.update


def _size(name: str) -> int:
    try:
        return 0 if name == STANDARD_INPUT else Path(name).stat().st_size
    except (OSError, ValueError):
        return 0


def _repair_file(name: str, encoding: str | None, advance: Callable[[int], None]) -> Report:
    from jiaokan.decoding import decode
    from jiaokan.pipeline import repair_text
    from jiaokan.report import Report

    path = Path("standard input" if name == STANDARD_INPUT else name)
    data = _standard_input(path) if name == STANDARD_INPUT else read(name)
    if reason := looks_binary(data):
        raise UnreadableFile(path, reason)
    decoded = decode(data, encoding)
    # Who names the encoding has said that it is a text.
    if encoding is None and (reason := looks_binary(data, decoded.text)):
        raise UnreadableFile(path, reason)
    if encoding is not None:
        _warn(path, decoded)
    bytes_each = len(data) / max(1, len(decoded.text))
    return Report(name, decoded, repair_text(decoded.text, _scaled(advance, bytes_each)))


def _warn(path: Path, decoded: Decoded) -> None:
    """Say on standard error what makes the given encoding doubtful."""
    if decoded.likelier:
        click.echo(f"jiaokan: {path} is likelier in {decoded.likelier} than in {decoded.encoding}", err=True)
    if decoded.undecodable:
        count = f"{decoded.undecodable} bytes are" if decoded.undecodable > 1 else "1 byte is"
        click.echo(f"jiaokan: {path}: {count} no text in {decoded.encoding}; is --encoding right?", err=True)


def _scaled(advance: Callable[[int], None], factor: float) -> Callable[[int], None]:
    """Return what moves ``advance`` on by ``factor`` times its argument, in whole steps that lose nothing."""
    left = 0.0

    def step(size: int) -> None:
        nonlocal left
        left += size * factor
        whole = round(left)
        if whole > 0:
            advance(whole)
            left -= whole

    return step


def _standard_input(path: Path) -> bytes:
    if sys.stdin is None:
        raise UnreadableFile(path, "is closed; give the name of a file")
    data = sys.stdin.buffer.read(MAXIMUM_SIZE + 1)
    if len(data) > MAXIMUM_SIZE:
        raise UnreadableFile(path, f"gives more than {MAXIMUM_SIZE >> 20} MiB; split it")
    return data


def _pieces(reports: Iterable[Report], form: str, script: Script) -> Iterator[bytes]:
    if form == "json":
        from jiaokan.report import json_report

        return json_report(reports, script)
    return _texts(reports, script)


def _texts(reports: Iterable[Report], script: Script) -> Iterator[bytes]:
    """Yield the repaired texts, in the script, one after another; each starts a line."""
    missing_line_end = ""
    for report in reports:
        yield missing_line_end.encode()
        text = converted(report.result.repaired, script)
        for start in range(0, len(text), _SLICE):
            # Slices keep the memory small; a lone surrogate is one code point, so none is cut.
            yield _SURROGATES.sub("\ufffd", text[start : start + _SLICE]).encode()
        missing_line_end = "" if text.endswith(("\n", "\r")) or not text else report.decoded.newline


def _write(pieces: Iterator[bytes], output: Path | None, sources: list[str]) -> None:
    if output is not None:
        try:
            save_atomically(output, pieces, sources)
        except UnwritableFile as error:
            raise click.ClickException(str(error)) from error
        return
    if sys.stdout is None:
        raise click.ClickException("standard output is closed; give a file with -o")
    try:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever was reading has read enough; click ends the program in silence.
        raise
    except OSError as error:
        # What is still buffered must not be tried again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.ClickException(f"standard output cannot be written: {error.strerror}") from error
