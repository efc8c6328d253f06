"""`signage fleet`: branches, screens, pads and faults, from head office's database."""

from threading import Event
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from signage.cli.options import ConfigFile
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from signage.office.database import DatabaseAway, Store
from signage.office.fleet import fleet_rows, fleet_table
from signage.office.statuses import read_statuses

_REFRESH_S: Final = 2.0
_UNBOUNDED_WIDTH: Final = 240  # columns where the output is no terminal


def fleet(
    config: ConfigFile,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and show every change.")] = False,
) -> None:
    """Statuses: branches, screens and what is on the glass, pads, faults."""
    store = Store(load_head_office(config).database.url)
    store.check()
    console = Console()
    if not console.is_terminal:
        console = Console(width=_UNBOUNDED_WIDTH)
    try:
        if watch:
            _watch(store, console)
        else:
            console.print(_table(store))
    finally:
        store.close()


def _table(store: Store) -> Table:
    try:
        return fleet_table(fleet_rows(read_statuses(store), now()))
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database") from None


def _watch(store: Store, console: Console) -> None:
    """Until Ctrl-C."""
    never = Event()
    try:
        with Live(_table(store), console=console, auto_refresh=False, screen=console.is_terminal) as live:
            while not never.wait(_REFRESH_S):
                live.update(_table(store), refresh=True)
    except KeyboardInterrupt:
        return
