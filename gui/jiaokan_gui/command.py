"""The command ``jiaokan``: opens the window, or repairs files without it.

Nothing of Qt is imported before it is clear that a window is wanted.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import click
from jiaokan.command import repair


class _FilesOrCommand(click.Group):
    """A group whose arguments are files to open unless the first one names a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the (hidden) command that opens files in front of anything but a command, --help and --version."""
        names = [name for name, command in self.commands.items() if not command.hidden]
        if args[:1] not in [[name] for name in (*names, "--help", "-h", "--version")]:
            args = [_open.name or "", *args]
        return super().parse_args(ctx, args)


def _version() -> str:
    try:
        return metadata.version("jiaokan")
    except metadata.PackageNotFoundError:
        return "(run from its source)"


@click.group(
    cls=_FilesOrCommand,
    options_metavar="[--snapshot PNG]",
    subcommand_metavar="[FILE…] | repair FILE…",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(_version(), prog_name="jiaokan", message="%(prog)s %(version)s")
def main() -> None:
    """Restore damaged Chinese texts: raw and repaired side by side.

    With files or without, opens the window. With --snapshot, renders the window with one file as a PNG picture and
    exits. A file that is named like a command is opened as ./NAME.
    """


@main.command("open", hidden=True)
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--snapshot", metavar="PNG", type=click.Path(dir_okay=False, path_type=Path), help="Render, do not open.")
def _open(files: tuple[Path, ...], snapshot: Path | None) -> None:
    """Open the window with FILES, or render it."""
    if snapshot is None:
        from jiaokan_gui.application import run

        sys.exit(run(list(files)))
    if len(files) != 1:
        raise click.UsageError("--snapshot renders one file: give exactly one")
    from jiaokan.files import UnreadableFile

    from jiaokan_gui.snapshot import snapshot as render

    try:
        render(files[0], snapshot)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error


main.add_command(repair)
