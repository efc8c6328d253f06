"""What was around a customer when a case began: who served, what stood on the screens, what was suspended."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.tables import events

_PLAYS: Final = timedelta(minutes=15)  # a screen tells what it played every five minutes
_SERVED: Final = timedelta(minutes=30)  # how long ago the teller may have been named
_SHOWN: Final = timedelta(hours=12)
_LONGEST_LOCALE: Final = 16


@dataclass(frozen=True)
class Suspended:
    """A suspension that stood then. `scope` and `reason` as in its event."""

    scope: str
    reason: str
    since: Instant
    actor: str | None


@dataclass(frozen=True)
class Played:
    """What a screen showed over a span around that time; `seconds` of it."""

    screen: str
    ref: str
    seconds: int


@dataclass(frozen=True)
class Surroundings:
    teller: str | None
    suspended: tuple[Suspended, ...]
    played: tuple[Played, ...]
    notices: tuple[str, ...]  # ids of notices that had been drawn and not taken down
    locale: str | None = None  # in which the customer wrote


def surroundings(store: Store, branch: str, at: Instant, counter: str | None, case: str = "") -> Surroundings:
    """From the branch's own events up to and around `at`, and from the `case`'s first. Raises DatabaseAway."""
    with store.read() as connection:
        return Surroundings(
            _teller(connection, branch, at, counter),
            _suspended(connection, branch, at),
            _played(connection, branch, at),
            _notices(connection, branch, at),
            _locale(connection, branch, case),
        )


def _locale(connection: Connection, branch: str, case: str) -> str | None:
    """An opinion's event bears the case's name, and the language it was written in."""
    query = select(events.c.data).where(events.c.branch == branch, events.c.id == case, events.c.problem.is_(None))
    data = json.loads(connection.execute(query.limit(1)).scalar() or "{}")
    locale = data.get("locale") if isinstance(data, dict) else None
    return locale[:_LONGEST_LOCALE] if isinstance(locale, str) and locale.isprintable() else None


def _data(
    connection: Connection, branch: str, kinds: Sequence[str], first: Instant | None, last: Instant
) -> Iterator[tuple[str, Instant, Mapping[str, Any]]]:
    """Kind, time and data of the readable events of these kinds, the oldest first."""
    query = select(events.c.kind, events.c.at, events.c.data).where(
        events.c.branch == branch, events.c.kind.in_(kinds), events.c.problem.is_(None), events.c.at <= str(last)
    )
    if first is not None:
        query = query.where(events.c.at >= str(first))
    for row in connection.execute(query.order_by(events.c.at, events.c.id)):
        data = json.loads(row.data)
        if isinstance(data, dict):
            yield row.kind, Instant.parse(row.at), data


def _teller(connection: Connection, branch: str, at: Instant, counter: str | None) -> str | None:
    """Who was last said to serve at that counter."""
    if counter is None:
        return None
    there = _data(connection, branch, ("transaction", "prompt", "rating"), Instant.of(at - _SERVED), at)
    named = [data["teller"] for _, _, data in there if data.get("counter") == counter and data.get("teller")]
    return str(named[-1]) if named else None


def _suspended(connection: Connection, branch: str, at: Instant) -> tuple[Suspended, ...]:
    """Each suspension has an id, which its end names too; one takes the place of another of the same source and rule."""
    standing: dict[tuple[str, str, str], tuple[str, Suspended, Instant | None]] = {}
    for _, since, data in _data(connection, branch, ("suspension",), None, at):
        scope, rule = str(data.get("scope", "")), str(data.get("rule", ""))
        place, identity = (scope, str(data.get("source", "")), rule), str(data.get("suspension", ""))
        if data.get("on") is True:
            actor = data.get("actor") or rule
            one = Suspended(scope, str(data.get("reason", "")), since, str(actor) if actor else None)
            standing[place] = (identity, one, _until(data))
        else:
            standing = {key: kept for key, kept in standing.items() if kept[0] != identity or key[0] != scope}
    return tuple(one for _, one, until in standing.values() if until is None or at < until)


def _until(data: Mapping[str, Any]) -> Instant | None:
    try:
        return Instant.parse(str(data["until"])) if data.get("until") else None
    except ValueError:
        return None


def _played(connection: Connection, branch: str, at: Instant) -> tuple[Played, ...]:
    found: dict[tuple[str, str], int] = {}
    for _, _, data in _data(connection, branch, ("play",), Instant.of(at - _PLAYS), Instant.of(at + _PLAYS)):
        if not str(data.get("from", "")) <= str(at) <= str(data.get("to", "")):
            continue
        for item in data.get("items") or ():
            key = (str(data.get("screen", "")), str(item.get("ref", "")))
            found[key] = found.get(key, 0) + int(item.get("seconds", 0))
    return tuple(Played(screen, ref, seconds) for (screen, ref), seconds in sorted(found.items()))


def _notices(connection: Connection, branch: str, at: Instant) -> tuple[str, ...]:
    """Drawn on a screen, and not withdrawn or expired by then."""
    shown: dict[str, None] = {}
    for kind, _, data in _data(connection, branch, ("shown", "notice"), Instant.of(at - _SHOWN), at):
        if kind == "shown" and data.get("what") == "notice":
            shown[str(data.get("ref", ""))] = None
        elif kind == "notice" and data.get("action") in ("withdrawn", "expired"):
            shown.pop(str(data.get("notice", "")), None)
    return tuple(shown)
