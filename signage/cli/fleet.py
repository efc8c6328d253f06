"""`signage fleet`: regions, branches, screens, pads; what is on each glass; faults, and who has taken them on."""

import json
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from signage import __version__
from signage.cli.fleet_watch import watch
from signage.cli.options import ConfigFile, Locale, LogJson
from signage.cli.roster import roster_of
from signage.cli.words import catalogue_for
from signage.config.addresses import listen_at
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.link.log import configure
from signage.office.database import DatabaseAway, Store
from signage.office.fleet.acknowledging import acknowledge
from signage.office.fleet.choice import Choice
from signage.office.fleet.faults import OpenFault
from signage.office.fleet.line import BranchLine
from signage.office.fleet.printed import document, lateness, printed
from signage.office.fleet.reading import FleetReader
from signage.office.fleet.serving import FleetFigures, serve
from signage.office.fleet.words import Words

_UNBOUNDED_WIDTH: Final = 200  # columns where the output is no terminal
_NAME_LIMIT: Final = 100

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class Form(StrEnum):
    TABLE = "table"
    JSON = "json"


@app.callback(invoke_without_command=True)
def fleet(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option("--config", help="The configuration file.", show_default=False)] = None,
    *,
    stay: Annotated[bool, typer.Option("--watch", help="Stay, and show every change; keys open and filter.")] = False,
    region: Annotated[str | None, typer.Option("--region", help="Only this region.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Only branches of this group.")] = None,
    branch: Annotated[str | None, typer.Option("--branch", help="Only this one, or a glob such as 'hz-*'.")] = None,
    faults: Annotated[bool, typer.Option("--faults", help="Only branches with a fault.")] = False,
    unacknowledged: Annotated[
        bool, typer.Option("--unacknowledged", help="Only branches with a fault that nobody has taken on.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Only branches that are silent, or never spoke.")] = False,
    behind: Annotated[bool, typer.Option("--behind", help="Only branches whose content is behind or refused.")] = False,
    serving: Annotated[bool, typer.Option("--serve", help="Stay, and answer Prometheus at [metrics] fleet.")] = False,
    details: Annotated[bool, typer.Option("--details", help="Every device, however many branches there are.")] = False,
    form: Annotated[Form, typer.Option("--format", help="For people or for programs.")] = Form.TABLE,
    locale: Locale = "zh",
    log_json: LogJson = False,
) -> None:
    """Every branch at one glance: who is silent, what is on each glass, what is wrong and for how long."""
    if context.invoked_subcommand is not None:
        return
    if config is None:
        raise Refusal(Exit.WRONG_USE, "--config: name head office's file, such as config/head-office.toml")
    loaded = load_head_office(config)
    choice = Choice(region, group, branch, faults, unacknowledged, offline, behind)
    catalogue = catalogue_for(load_catalogues(), locale)
    with closing(_store(loaded)) as store:
        reader = FleetReader(store, roster_of(loaded))
        if serving:
            raise typer.Exit(_serve(loaded, reader, log_json=log_json))
        wanted = wanted_content(Path(loaded.content.repository))
        if stay:
            watch(reader, choice, catalogue, wanted)
            return
        lines = [line for line in _read(reader, wanted) if choice.takes(line)]
    at = now()
    if form is Form.JSON:
        print(json.dumps(document(lines, at), ensure_ascii=False))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=_UNBOUNDED_WIDTH)
    words = Words(catalogue, at)
    if (late := lateness(reader.board.newest, words, at)) is not None:
        console.print(late)
    for part in printed(lines, words, console.width, details=details):
        console.print(part)


@app.command("ack")
def ack(
    branch: Annotated[str, typer.Argument(help="The branch, or a glob such as 'hz-*'.")],
    device: Annotated[str, typer.Argument(help="The device, a glob, or - for the branch's controller.")],
    code: Annotated[str, typer.Argument(help="The fault's code, or a glob.")],
    config: ConfigFile,
    by: Annotated[str, typer.Option("--by", help="Who takes it on.", metavar="NAME")],
    note: Annotated[str | None, typer.Option("--note", help="What is being done.")] = None,
) -> None:
    """Take faults on by name: from then on they are somebody's, and support response counts from raised to now."""
    name = " ".join(by.split())
    if not 0 < len(name) <= _NAME_LIMIT:
        raise Refusal(Exit.WRONG_USE, f"--by: a name of 1 to {_NAME_LIMIT} characters is wanted")
    loaded = load_head_office(config)
    with closing(_store(loaded)) as store:
        reader = FleetReader(store, roster_of(loaded))
        lines = [line for line in _read(reader, lambda _: 0) if fnmatchcase(line.id, branch)]
        if not lines:
            raise Refusal(Exit.BAD_DATA, f"{branch}: no such branch has ever been heard, nor is it on the roster")
        found = [
            (line.id, fault)
            for line in lines
            for fault in line.faults
            if fnmatchcase(fault.device, line.id if device == "-" else device) and fnmatchcase(fault.code, code)
        ]
        if not found:
            raise Refusal(Exit.BAD_DATA, f"{branch} {device} {code}: no such fault stands now; {_what_stands(lines)}")
        try:
            acknowledge(store, found, name, now(), note)
        except DatabaseAway as error:
            raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database and try again") from None
    for branch_id, fault in found:
        print(_told(branch_id, fault, name))


def _told(branch: str, fault: OpenFault, name: str) -> str:
    where = f"{branch} {fault.device} {fault.code}"
    if fault.by is not None:
        return f"{where}: {fault.by.actor} has had it since {fault.by.at}; nothing is changed"
    return f"{where}: taken on by {name}, raised {fault.since}"


def _what_stands(lines: list[BranchLine]) -> str:
    stand = sorted({f"{fault.device} {fault.code}" for line in lines for fault in line.faults})
    return f"there are: {', '.join(stand[:12])}" if stand else "nothing is wrong there"


def wanted_content(repository: Path) -> Callable[[str], int]:
    """The version that a branch is to have: as it is published, a roll-out in parts included. 0 where none is."""
    lines = Repository(repository).lines()
    base = next((line.version for line in lines if not line.branches), 0)
    apart = {branch: line.version for line in lines for branch in line.branches}
    return lambda branch: apart.get(branch, base)


def _serve(config: HeadOfficeConfig, reader: FleetReader, *, log_json: bool) -> int:
    listen = listen_at(config.metrics.fleet)
    if listen is None:
        raise Refusal(Exit.CONFIGURATION, "--serve: no address is named; set [metrics] fleet, such as fleet = 9463")
    configure("fleet", log_json)
    repository = Path(config.content.repository)
    return serve(listen, __version__, FleetFigures(reader, lambda: wanted_content(repository)))


def _store(config: HeadOfficeConfig) -> Store:
    store = Store(config.database.url)
    store.check()
    return store


def _read(reader: FleetReader, wanted: Callable[[str], int]) -> list[BranchLine]:
    try:
        at = now()
        reader.refresh(at)
        return reader.board.lines(at, wanted)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{error}; start the database and `signage collect`") from None
