"""`signage alerts`: the low ratings that alarmed, and their clusters."""

import json
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from signage.cli.options import ConfigFile, Locale, read_end, read_time
from signage.cli.profiles import office_zone, profiles_of
from signage.cli.words import catalogue_for
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.office.alerts import Alert, read_alerts, rebuild
from signage.office.alerts_table import alerts_table
from signage.office.database import DatabaseAway, Store


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"


def alerts(
    config: ConfigFile,
    *,
    first: Annotated[str | None, typer.Option("--from", help="From this time or date on.", metavar="TIME")] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Until before this time, or to the end of this date.", metavar="TIME")
    ] = None,
    branch: Annotated[str | None, typer.Option("--branch", help="Only this branch.", metavar="ID")] = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    again: Annotated[bool, typer.Option("--rebuild", help="Make all of them again from the stored events.")] = False,
    locale: Locale = "zh",
) -> None:
    """Low ratings and clusters of them, as they alarmed when they came in."""
    loaded = load_head_office(config)
    zone, catalogue = office_zone(loaded), catalogue_for(load_catalogues(), locale)
    begin = read_time(first, "--from", zone) if first is not None else None
    end = read_end(to, "--to", zone) if to is not None else None
    store = Store(loaded.database.url)
    store.check()
    try:
        if again:
            with store.begin() as connection:
                rebuild(connection, profiles_of(loaded, now().date()))
        with store.read() as connection:
            found = read_alerts(connection, begin, end, branch)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database and ask again") from None
    finally:
        store.close()
    if form is Format.JSONL:
        print("".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in found), end="")
    else:
        Console().print(alerts_table(found, catalogue, zone))


def _plain(alert: Alert) -> dict[str, object]:
    return {name: str(value) if name in ("at", "raised_at", "since") else value for name, value in vars(alert).items()}
