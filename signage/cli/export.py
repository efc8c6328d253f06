"""`signage export`: rows from head office's database, to standard output."""

import io
import sys
from typing import Annotated

import typer

from signage.cli.options import ConfigFile, read_end, read_time, zone_of
from signage.cli.unsealing import KeyFile, Unsealed, private_key
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.office.database import DatabaseAway, Store
from signage.office.export import Format, Selection, Subject
from signage.office.export import export as write_rows


def export(
    subject: Annotated[Subject, typer.Argument(help="What to export.", show_default=False)],
    config: ConfigFile,
    *,
    first: Annotated[str | None, typer.Option("--from", help="From this time or date on.", metavar="TIME")] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Until before this time, or to the end of this date.", metavar="TIME")
    ] = None,
    branch: Annotated[str | None, typer.Option("--branch", help="Only this branch.", metavar="ID")] = None,
    form: Annotated[Format, typer.Option("--format", help="One JSON object a line, or a table.")] = Format.JSONL,
    timezone: Annotated[str, typer.Option("--timezone", help="Whose dates --from and --to are.")] = "Asia/Shanghai",
    unsealed: Unsealed = False,
    key: KeyFile = None,
) -> None:
    """Events from head office's database, oldest first as they were stored."""
    zone = zone_of(timezone)
    selection = Selection(
        subject,
        first=read_time(first, "--from", zone) if first is not None else None,
        end=read_end(to, "--to", zone) if to is not None else None,
        branch=branch,
        unsealed=unsealed,
        private=private_key(key, unsealed=unsealed),
    )
    store = Store(load_head_office(config).database.url)
    store.check()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a file for others, whatever this terminal speaks
    try:
        write_rows(store, selection, form, sys.stdout)
        sys.stdout.flush()
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database and export again") from None
    finally:
        store.close()
