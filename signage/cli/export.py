"""`signage export`: rows from head office's database, to standard output."""

import io
import sys
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from signage.cli.options import ConfigFile, read_end, read_time
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
) -> None:
    """Events from head office's database, oldest first as they were stored."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(Exit.WRONG_USE, f"--timezone: {timezone!r} is none; wanted one such as Asia/Shanghai") from None
    selection = Selection(
        subject,
        first=read_time(first, "--from", zone) if first is not None else None,
        end=read_end(to, "--to", zone) if to is not None else None,
        branch=branch,
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
