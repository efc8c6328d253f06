"""How far content has come, read and printed: received, verified, staged, on the glass, from the branches' own words."""

import json
from pathlib import Path
from threading import Event
from typing import Final

from rich.console import Console, RenderableType
from rich.live import Live

from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from signage.office.database import DatabaseAway, Store
from signage.office.delivered import Progress, Totals, progress, totals
from signage.office.delivered_table import delivered_table
from signage.office.statuses import read_statuses
from signage.wire.codec import plain

_REFRESH_S: Final = 1.0
_UNBOUNDED_WIDTH: Final = 160  # columns where the output is no terminal


def show(config: Path, *, watch: bool, as_json: bool) -> None:
    """Once, or with every change until Ctrl-C. Raises Refusal."""
    loaded = load_head_office(config)
    store = Store(loaded.database.url)
    store.check()
    console = Console()
    if not console.is_terminal:
        console = Console(width=_UNBOUNDED_WIDTH)
    try:
        if as_json:
            rows, sums = _read(loaded, store)
            document = {"totals": plain(sums), "rows": [plain(row) | {"done": row.done} for row in rows]}
            print(json.dumps(document, ensure_ascii=False))
        elif watch:
            _watch(loaded, store, console)
        else:
            console.print(_table(loaded, store))
    finally:
        store.close()


def _read(config: HeadOfficeConfig, store: Store) -> tuple[list[Progress], Totals]:
    repository = Repository(Path(config.content.repository))
    lines = repository.lines()
    base = next((line.version for line in lines if not line.branches), 0)
    apart = {branch: line.version for line in lines for branch in line.branches}
    expected = [branch.id for branch in roster_of(config)]
    try:
        rows = progress(read_statuses(store), apart, base, expected, now())
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database") from None
    return rows, totals(rows, max((base, *apart.values())))


def _table(config: HeadOfficeConfig, store: Store, height: int | None = None) -> RenderableType:
    return delivered_table(*_read(config, store), height)


def _watch(config: HeadOfficeConfig, store: Store, console: Console) -> None:
    """Until Ctrl-C."""
    never, whole = Event(), console.is_terminal
    try:
        with Live(console=console, auto_refresh=False, screen=whole) as live:
            while True:
                live.update(_table(config, store, console.height if whole else None), refresh=True)
                never.wait(_REFRESH_S)
    except KeyboardInterrupt:
        return
