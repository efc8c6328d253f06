"""`kiosk`: reads the branch's file, takes one screen's part, and draws it until a signal (contract: programs).

What a screen's start looks like stands in `starting`; this adds what people ask for: help, the version, the gallery.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kiosk.showroom import open_showroom
from kiosk.starting import Words, ended, start
from signage import __version__
from signage.link.catalogues import load_catalogues

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script."""
    ended(lambda: int(app(arguments) or 0))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kiosk {__version__}")
        raise typer.Exit


def _gallery(wanted: bool) -> None:
    if wanted:
        raise typer.Exit(open_showroom(load_catalogues()))


@app.command()
def kiosk(
    config: Annotated[Path, typer.Option("--config", metavar="F", help="The branch's file.")],
    name: Annotated[str, typer.Option("--screen", metavar="NAME", help="Which [[screen]].")],
    log_json: Annotated[bool, typer.Option("--log-json", help="Log lines for machines.")] = False,
    _bare: Annotated[
        bool, typer.Option("--bare", help="Without the guard that stands in for a screen that cannot draw.")
    ] = False,
    _gallery_only: Annotated[
        bool, typer.Option("--gallery", callback=_gallery, is_eager=True, help="The design, to look at in a window.")
    ] = False,
    _version_only: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else.")
    ] = False,
) -> None:
    """One screen of a branch: touch kiosk, wall, counter display, fascia or window strip."""
    raise typer.Exit(start(Words(config, name, log_json)))


if __name__ == "__main__":
    main()
