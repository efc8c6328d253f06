"""`kiosk`: reads the branch's file, takes one screen's part, and draws it until a signal (contract: programs)."""

import os
import sys
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kiosk.driver import check_display, choose_driver
from kiosk.languages import check_languages
from kiosk.program import run
from kiosk.reload import Source
from kiosk.settings import ContentSettings, KioskSettings, SoundSettings
from kiosk.showroom import open_showroom
from kiosk.view.portrait import Teller
from signage import __version__
from signage.config.addresses import broker_address
from signage.config.branch_file import BranchConfig, ScreenTable
from signage.config.load import BadConfiguration, load_branch
from signage.core.exits import Exit, Refusal
from signage.link.catalogues import load_catalogues
from signage.link.log import configure

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script."""
    try:
        app(arguments)
    except Refusal as refusal:
        for line in refusal.lines:
            sys.stderr.write(f"kiosk: {line}\n")
        sys.exit(refusal.code)


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
    configure("kiosk", log_json)
    catalogues = load_catalogues()
    read = partial(_settings, config, name, catalogues)
    settings = read()
    driver = choose_driver(os.environ)
    check_display(driver, os.environ)
    raise typer.Exit(run(settings, catalogues, driver, Source(config, read)))


def _settings(config: Path, name: str, catalogues: Collection[str]) -> KioskSettings:
    """The file's part for that screen, as the file is now. Raises Refusal."""
    settings = compose(load_branch(config), name, config)
    check_languages(catalogues, settings, config)
    return settings


def compose(branch: BranchConfig, name: str, file: Path) -> KioskSettings:
    """One screen's part of the branch's file. Raises Refusal."""
    table = next((screen for screen in branch.screen if screen.name == name), None)
    if table is None:
        names = ", ".join(screen.name for screen in branch.screen) or "none"
        raise Refusal(Exit.WRONG_USE, f"--screen: {file} has no screen {name!r}; it has {names}")
    return KioskSettings(
        name=table.name,
        kind=table.kind,
        size=table.size,
        broker=broker_address(branch.broker, table.name),
        directory=Path(table.state_directory),
        counter=table.counter,
        root=branch.broker.root,
        rotation=table.rotation,
        fullscreen=table.fullscreen,
        display=table.display,
        left=table.left,
        top=table.top,
        fps=table.fps,
        locale=table.locale,
        power=table.power,
        burn_in_shift=table.burn_in_shift,
        touch_panel=table.touch_panel,
        languages=table.languages,
        software=f"kiosk {__version__}",
        emergency_pin_file=_emergency_pin_file(branch),
        content=_content(branch),
        sound=_sound(branch, table, file),
        motion=table.motion,
        brand=branch.branch.brand,
        tellers=_tellers(branch) if table.kind == "counter" else (),
    )


def _tellers(branch: BranchConfig) -> tuple[Teller, ...]:
    """A photo is looked for when its teller first serves: one that is not there keeps no display from showing the rest."""
    return tuple(Teller(one.id, one.name, Path(one.photo) if one.photo else None) for one in branch.teller)


def _sound(branch: BranchConfig, screen: ScreenTable, file: Path) -> SoundSettings:
    folder = Path(branch.sound.directory) if branch.sound.directory is not None else None
    if folder is not None and not folder.is_dir():
        raise BadConfiguration(
            f'{file}: [sound], key directory: found "{folder}", wanted a folder with sounds such as zh/welcome.ogg'
        )
    return SoundSettings(screen.sound != "none", screen.sound == "all", folder, branch.sound.quiet)


def _content(branch: BranchConfig) -> ContentSettings | None:
    """None: there is no [content], so only house slides are shown."""
    table = branch.content
    if table is None:
        return None
    root = Path(table.trusted_root) if table.trusted_root is not None else None
    return ContentSettings(root, table.limit_mb)


def _emergency_pin_file(branch: BranchConfig) -> Path | None:
    """None: this branch has none, or it was not given to this machine."""
    name = branch.staff.emergency_pin_file if branch.staff is not None else None
    return Path(name) if name is not None and Path(name).exists() else None


if __name__ == "__main__":
    main()
