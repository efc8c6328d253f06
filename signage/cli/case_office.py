"""What every command about cases works with: head office's file, its database, the register up to now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from signage.cli.case_settings import case_settings
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.office.cases.acting import Contended
from signage.office.cases.listing import CaseRow, Wanted, read_cases
from signage.office.cases.register import Register
from signage.office.cases.service import CaseSettings
from signage.office.database import DatabaseAway, Store

Number = Annotated[str, typer.Argument(help="The eight digits, or the id.", metavar="NUMBER")]
Branch = Annotated[str | None, typer.Option("--branch", help="Only of this branch.", metavar="ID")]


@dataclass(frozen=True)
class Desk:
    """What every command works with."""

    config: HeadOfficeConfig
    settings: CaseSettings
    store: Store

    @property
    def register(self) -> Register:
        return Register(self.store, self.settings.rules, self.settings.prompted_only)

    def find(self, number: str, branch: str | None, at: Instant) -> CaseRow:
        """The one case that is meant. Raises Refusal (2)."""
        wanted = Wanted(branch=branch, number=number)
        found = read_cases(self.store, wanted, self.settings.calendars, self.settings.terms, at)
        if not found:
            where = f" at {branch}" if branch is not None else ""
            raise Refusal(Exit.WRONG_USE, f"{number!r}: no such case{where}; see `signage cases list --all`")
        if len(found) > 1:
            branches = ", ".join(case.branch for case in found)
            raise Refusal(Exit.WRONG_USE, f"{number!r}: several cases are called so, at {branches}; name one by its id")
        return found[0]


@contextmanager
def desk(config: Path) -> Iterator[Desk]:
    """The register up to now. Raises Refusal: 69 where the database is away."""
    loaded = load_head_office(config)
    store = Store(loaded.database.url)
    try:
        store.check()
        store.prepare()
        made = Desk(loaded, case_settings(loaded), store)
        made.register.follow()
        yield made
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database") from None
    except Contended as error:
        raise Refusal(Exit.UNREACHABLE, str(error)) from None
    finally:
        store.close()
