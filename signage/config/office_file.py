"""`config/head-office.toml` as tables (contract: programs)."""

from typing import Annotated

from msgspec import Meta

from signage.config.branch_file import BrokerTable
from signage.config.leaves import Table, Word, Words


class DatabaseTable(Table, frozen=True, kw_only=True):
    url: Annotated[
        str,
        Meta(
            pattern=r"^(sqlite|postgresql\+psycopg)://.+\Z",
            description='"sqlite:///path" or "postgresql+psycopg://user@host/name"',
        ),
    ] = "sqlite:///var/head-office.db"


class RepositoryTable(Table, frozen=True, kw_only=True):
    repository: Word = "var/repository"
    keys: Word = "var/keys"


class RosterTable(Table, frozen=True, kw_only=True):
    file: Word
    profiles: Word | None = None  # hours, counters and rating rules of the branches; None: none is known


class ReportTable(Table, frozen=True, kw_only=True):
    bank: Words | None = None  # whose name stands on the bulletin
    timezone: Word = "Asia/Shanghai"  # whose months these are
    rules: Word = "config/branch-score.toml"


class HeadOfficeConfig(Table, frozen=True, kw_only=True):
    """Head office, whole and checked. Paths in it are relative to the working directory."""

    broker: BrokerTable = BrokerTable(port=1884)
    database: DatabaseTable = DatabaseTable()
    content: RepositoryTable = RepositoryTable()
    roster: RosterTable | None = None
    report: ReportTable = ReportTable()
