"""`config/head-office.toml` as tables (contract: programs)."""

from typing import Annotated

from msgspec import Meta

from signage.config.branch_file import BrokerTable
from signage.config.case_tables import CasesTable, MailTable, OfficePrivacyTable
from signage.config.leaves import Table, Word, Words
from signage.config.metrics_entries import OfficeMetricsTable


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


Days = Annotated[int, Meta(ge=1, le=36_500, description="days, 1 or more")] | None


class RetentionTable(Table, frozen=True, kw_only=True):
    """Days for each kind of event; None: kept for ever."""

    rating: Days = None
    prompt: Days = None
    suspension: Days = None
    notice: Days = None
    transaction: Days = None
    checklist: Days = None
    case: Days = None
    fault: Days = None
    call: Days = None
    play: Days = None
    shown: Days = None
    audit: Days = None
    unreadable: Days = None  # what could not be read, or is of a kind that this version does not know


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
    retention: RetentionTable = RetentionTable()
    privacy: OfficePrivacyTable = OfficePrivacyTable()
    cases: CasesTable = CasesTable()
    mail: MailTable | None = None
    report: ReportTable = ReportTable()
    metrics: OfficeMetricsTable = OfficeMetricsTable()
