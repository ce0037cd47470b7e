"""``python -m jiaokan``: the engine's command line without the application."""

from __future__ import annotations

import click

from jiaokan.command import repair


@click.group()
def main() -> None:
    """Restore damaged Chinese texts."""


main.add_command(repair)

if __name__ == "__main__":
    main(prog_name="python -m jiaokan")
