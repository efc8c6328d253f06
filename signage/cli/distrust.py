"""`signage distrust`: what is suspicious about a month's ratings, each with its evidence."""

import json
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from signage.cli.options import ConfigFile, Locale
from signage.cli.profiles import office_zone, profiles_of
from signage.cli.words import catalogue_for
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.office.database import DatabaseAway, Store
from signage.office.distrust import Found, suspicions
from signage.office.distrust_words import distrust_table, evidence
from signage.office.measures import Period, ratings


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"


def distrust(
    config: ConfigFile,
    *,
    month: Annotated[str, typer.Option("--month", help="Which month, such as 2026-11.", show_default=False)],
    branch: Annotated[str | None, typer.Option("--branch", help="Only this branch.", metavar="ID")] = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """Ratings to look into: stuck keys, fives in a row, bursts, self-rating, cherry-picked prompts."""
    loaded = load_head_office(config)
    zone, catalogue = office_zone(loaded), catalogue_for(load_catalogues(), locale)
    try:
        period = Period.month(month, zone)
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"--month: {error}") from None
    known, store = profiles_of(loaded, now().date()), Store(loaded.database.url)
    store.check()
    try:
        with store.read() as connection:
            found = suspicions(connection, period, known, ratings(connection, period, known))
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database and ask again") from None
    finally:
        store.close()
    chosen = {name: some for name, some in found.items() if branch in (None, name)}
    if form is Format.JSONL:
        print("".join(_lines(chosen, catalogue)), end="")
    else:
        Console().print(distrust_table(chosen, month, catalogue, zone))


def _lines(found: Found, catalogue: Catalogue) -> list[str]:
    return [
        json.dumps(
            {
                "branch": branch,
                "kind": one.kind,
                "from": str(Instant.from_ms(one.first_ms)),
                "to": str(Instant.from_ms(one.last_ms)),
                "counter": one.counter,
                "teller": one.teller,
                "n": one.n,
                **one.facts,
                "evidence": catalogue.render(evidence(one)),
            },
            ensure_ascii=False,
        )
        + "\n"
        for branch, some in found.items()
        for one in some
    ]
