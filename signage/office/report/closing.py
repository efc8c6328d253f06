"""A month closed: its figures are kept as they were published. What arrives later changes nothing but a supplement."""

import json
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from signage.core.instants import Instant
from signage.office.measures import Period
from signage.office.report.gathering import Gathered
from signage.office.tables import events
from signage.office.tables_report import closings, talks

_ON_ITS_WAY: Final = timedelta(minutes=10)  # longer than any collector takes from receiving a batch to committing it


class AlreadyClosed(Exception):  # noqa: N818 - names the state of the month
    """The month was closed before, by `closed.who`."""

    def __init__(self, closed: "Closed") -> None:
        super().__init__(closed.who)
        self.closed = closed


@dataclass(frozen=True)
class Closed:
    """A closed month. `recent`: ids of its events that had arrived within ten minutes of the closing."""

    month: str
    at: Instant
    who: str
    sha256: str
    gathered: Gathered
    recent: frozenset[str]


@dataclass(frozen=True)
class Talk:
    branch: str
    who: str
    at: Instant
    note: str


def closing(connection: Connection, gathered: Gathered, period: Period, who: str, at: Instant) -> Closed:
    """`at`: before the reading transaction began in which `gathered` was read, and in which this must be asked."""
    recent = _arrived(connection, period, Instant.of(at - _ON_ITS_WAY))
    return Closed(gathered.document.month, at, who, sha256(_packed(gathered)).hexdigest(), gathered, frozenset(recent))


def keep(connection: Connection, one: Closed) -> None:
    """Raises AlreadyClosed."""
    if (before := closed(connection, one.month)) is not None:
        raise AlreadyClosed(before)
    row = {"month": one.month, "closed_at": str(one.at), "actor": one.who, "sha256": one.sha256}
    figures, recent = zlib.compress(_packed(one.gathered), 9), json.dumps(sorted(one.recent))
    connection.execute(insert(closings).values(**row, figures=figures, recent=recent))


def _packed(gathered: Gathered) -> bytes:
    return msgspec.json.encode(gathered, order="deterministic")


def closed(connection: Connection, month: str) -> Closed | None:
    """Raises msgspec.ValidationError for figures that a newer program kept."""
    row = connection.execute(select(closings).where(closings.c.month == month)).mappings().first()
    if row is None:
        return None
    gathered = msgspec.json.decode(zlib.decompress(row["figures"]), type=Gathered)
    recent = frozenset(json.loads(row["recent"]))
    return Closed(month, Instant.parse(row["closed_at"]), row["actor"], row["sha256"], gathered, recent)


def late(connection: Connection, period: Period, one: Closed) -> dict[str, Counter[str]]:
    """Branch → kind → events of the month that the closing did not have, in order.

    Events are known by when they were received; those that were received just before and committed after are known by
    not being among `recent`.
    """
    since = Instant.of(one.at - _ON_ITS_WAY)
    found: dict[str, Counter[str]] = {}
    query = select(events.c.branch, events.c.kind, events.c.id).where(_of(period), events.c.received_at >= str(since))
    for branch, kind, identity in connection.execute(query.order_by(events.c.branch, events.c.kind)):
        if identity not in one.recent:
            found.setdefault(branch, Counter())[kind] += 1
    return found


def _arrived(connection: Connection, period: Period, since: Instant) -> list[str]:
    query = select(events.c.id).where(_of(period), events.c.received_at >= str(since), events.c.id.is_not(None))
    return list(connection.execute(query).scalars())


def _of(period: Period) -> ColumnElement[bool]:
    return and_(events.c.at >= str(period.first), events.c.at < str(period.end))


def acknowledge(connection: Connection, month: str, talk: Talk) -> bool:
    """Put a name under a branch's talk; whether it is the first there. A name that stands is not replaced."""
    known = select(func.count()).select_from(talks).where(talks.c.month == month, talks.c.branch == talk.branch)
    if connection.execute(known).scalar():
        return False
    row = {"month": month, "branch": talk.branch, "actor": talk.who, "at": str(talk.at), "note": talk.note}
    connection.execute(insert(talks).values(**row))
    return True


def acknowledged(connection: Connection, month: str) -> dict[str, Talk]:
    rows = connection.execute(select(talks).where(talks.c.month == month).order_by(talks.c.branch)).mappings()
    return {row["branch"]: Talk(row["branch"], row["actor"], Instant.parse(row["at"]), row["note"]) for row in rows}
