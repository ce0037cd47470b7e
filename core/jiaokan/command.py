"""The command line of the engine: ``jiaokan repair FILE…``."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiaokan.files import MAXIMUM_SIZE, UnreadableFile, UnwritableFile, is_one_of, looks_binary, read, save_atomically
from jiaokan.formats import Format, Substitution, TextFormat, has_mark, usual_mark
from jiaokan.script import Script

# What reads, repairs and writes is imported by the functions that need it: the window's start loads this module too.
if TYPE_CHECKING:
    from jiaokan.decoding import Decoded
    from jiaokan.edition import Edition

STANDARD_INPUT = "-"
# Files of together fewer bytes are done before anybody asks how long it takes.
_WORTH_A_PROGRESS_BAR = 1 << 18
_NEWLINES = {"keep": "", "lf": "\n", "crlf": "\r\n", "cr": "\r"}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted of every file: its encoding ("" to find out), and the format, script and form of the output."""

    encoding: str | None
    kind: Format
    script: Script
    form: TextFormat
    keeps_bytes: bool

    def form_of(self, edition: Edition, *, is_first: bool) -> TextFormat:
        """Return the form in which an edition is written; a byte order mark stands before the first one only."""
        source_encoding = edition.encoding if self.keeps_bytes else ""
        return replace(self.form, bom=self.form.bom and is_first, source_encoding=source_encoding)


def _known_encoding(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    from jiaokan.decoding import known_encoding

    return _looked_up(known_encoding, name)


def _target_encoding(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    from jiaokan.saving import target_encoding

    return _looked_up(target_encoding, name)


def _looked_up(find: Callable[[str], str], name: str | None) -> str | None:
    from jiaokan.decoding import UnknownEncoding

    try:
        return None if name is None else find(name)
    except UnknownEncoding as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.TEXT.value,
    show_default=True,
    help="The repaired text; the same as Markdown with the outline as headings; a unified diff; a list of objects with the "
    "texts, every repair and the outline; a report to look at, of one file.",
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
    "--output-encoding",
    metavar="NAME",
    callback=_target_encoding,
    help="Write text, Markdown or diff in this encoding. Bytes that are undecodable in it stay as they were if the file is "
    "in it too. Default: UTF-8, with U+FFFD for undecodable bytes.",
)
@click.option("--bom/--no-bom", default=None, help="Begin with a byte order mark. Default: UTF-16 and UTF-32 do.")
@click.option(
    "--newline",
    type=click.Choice(list(_NEWLINES)),
    default="keep",
    show_default=True,
    help="The line ends of text and Markdown.",
)
@click.option(
    "--unencodable",
    "substitution",
    type=click.Choice([substitution.value for substitution in Substitution]),
    default=None,
    help="What is done about characters that the output encoding cannot write: leave the file out and list them, write "
    "references as in &#40860;, or 〓. Default: abort if an output encoding is given.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Write to this file, all or nothing. Default: standard output.",
)
@click.option(
    "--overwrite", is_flag=True, help="The output may be one of the files; what was in it is kept as NAME.orig."
)
def repair(
    files: tuple[str, ...],
    kind: str,
    encoding: str | None,
    script: str,
    output_encoding: str | None,
    bom: bool | None,
    newline: str,
    substitution: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Repair damaged Chinese texts and write the result.

    FILE may be - for standard input. A file that cannot be read, or is no text, is named on standard error; the others
    are done all the same, and the exit status is 1.
    """
    sources = [name for name in files if name != STANDARD_INPUT]
    if output is not None and not overwrite and is_one_of(output, sources):
        raise click.UsageError(f"{output} is one of the files to repair and is not overwritten; choose another name")
    if overwrite and output is None:
        raise click.UsageError("--overwrite says that the file given with -o may be overwritten: give one")
    if kind == Format.HTML and len(files) > 1:
        raise click.UsageError("--format html makes a report of one file: give exactly one")
    form = _form(output_encoding, bom, newline, substitution)
    wish = _Wish(encoding, Format(kind), Script(script), form, keeps_bytes=output_encoding is not None)
    failures: list[Exception] = []
    pieces = _pieces(files, wish, failures)
    first = next(pieces, None)
    if first is not None or (kind == Format.JSON and output is None):
        _write(itertools.chain(() if first is None else (first,), pieces), output, sources, overwrite=overwrite)
    if failures:
        raise SystemExit(1)


def _form(encoding: str | None, bom: bool | None, newline: str, substitution: str | None) -> TextFormat:
    default = Substitution.MARK if encoding is None else Substitution.ABORT
    target = encoding or "utf-8"
    if bom and not has_mark(target):
        raise click.UsageError(f"there is no byte order mark in {target}")
    begins_with_mark = usual_mark(target) if bom is None else bom
    return TextFormat(target, begins_with_mark, _NEWLINES[newline], Substitution(substitution or default))


def _editions(files: tuple[str, ...], wish: _Wish, failures: list[Exception]) -> Iterator[Edition]:
    """Yield the edition of each file that can be repaired; say what is wrong with the others and add it to failures."""
    from jiaokan.export import unwritable_in
    from jiaokan.saving import UnwritableText

    with _progress(files) as advance:
        for name in files:
            try:
                edition = _repair_file(name, wish, advance)
                if wish.form.substitution is Substitution.ABORT:
                    form = wish.form_of(edition, is_first=True)
                    if found := unwritable_in(edition, wish.kind, form):
                        raise UnwritableText(form.encoding, found)
                yield edition
            except UnreadableFile as error:
                failures.append(error)
                click.echo(f"jiaokan: {error}", err=True)
                advance(_size(name))
            except UnwritableText as error:
                failures.append(error)
                click.echo(f"jiaokan: {name} is left out: {error}; see --unencodable", err=True)


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


def _repair_file(name: str, wish: _Wish, advance: Callable[[int], None]) -> Edition:
    from jiaokan.decoding import decode
    from jiaokan.edition import RepairedEdition
    from jiaokan.pipeline import repair_text

    path = Path("standard input" if name == STANDARD_INPUT else name)
    data = _standard_input(path) if name == STANDARD_INPUT else read(name)
    if reason := looks_binary(data):
        raise UnreadableFile(path, reason)
    decoded = decode(data, wish.encoding)
    # Who names the encoding has said that it is a text.
    if wish.encoding is None and (reason := looks_binary(data, decoded.text)):
        raise UnreadableFile(path, reason)
    if wish.encoding is not None:
        _warn(path, decoded)
    bytes_each = len(data) / max(1, len(decoded.text))
    return RepairedEdition.of(name, decoded, repair_text(decoded.text, _scaled(advance, bytes_each)), wish.script)


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


def _pieces(files: tuple[str, ...], wish: _Wish, failures: list[Exception]) -> Iterator[bytes]:
    from jiaokan.decoding import encode
    from jiaokan.export import export
    from jiaokan.export.json_report import json_report

    editions = _editions(files, wish, failures)
    if wish.kind is Format.JSON:
        yield from json_report(editions)
        return
    missing_line_end = ""
    for number, edition in enumerate(editions):
        form = wish.form_of(edition, is_first=number == 0)
        # The texts come one after another; each starts a line.
        yield encode(missing_line_end, form.encoding)
        yield from export(edition, wish.kind, form)
        missing_line_end = _missing_line_end(edition, wish)


def _missing_line_end(edition: Edition, wish: _Wish) -> str:
    """Return the line end that the output of an edition lacks."""
    if wish.kind is not Format.TEXT:
        return "\n" if wish.kind is Format.MARKDOWN else ""
    last = deque(edition.paragraphs(), maxlen=1).pop()
    return (wish.form.newline or edition.newline) if last.raw else ""


def _write(pieces: Iterable[bytes], output: Path | None, sources: list[str], *, overwrite: bool) -> None:
    if output is not None:
        try:
            backup = save_atomically(output, pieces, sources, overwrite_sources=overwrite)
        except UnwritableFile as error:
            raise click.ClickException(str(error)) from error
        if backup is not None:
            click.echo(f"jiaokan: what was in {output} is kept as {backup}", err=True)
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
