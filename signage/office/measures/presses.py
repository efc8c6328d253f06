"""The ratings of a period as they were stored, in the order in which they happened."""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from signage.core.counting import Judge, Verdict
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import happened, without_nul
from signage.office.tables import events

_AT_ONCE: Final = 5000  # rows read at a time
_RUN_UP: Final = timedelta(hours=1)  # before a period: whether its first press counts can depend on one before it


class Press(NamedTuple):
    """One rating. `stars` None: it could not be read; `prompt`: whose answer it is."""

    branch: str
    id: str
    at_ms: int
    counter: str | None
    teller: str | None
    stars: int | None
    flags: frozenset[str] | None
    prompt: str | None
    reasons: tuple[str, ...]
    verdict: Verdict


class _Said(msgspec.Struct):
    """The keys of a rating that matter here, whatever stands in them."""

    counter: Any = None
    teller: Any = None
    stars: Any = None
    flags: Any = ()
    prompt: Any = None
    reasons: Any = ()


_SAID: Final = msgspec.json.Decoder(_Said)
_NONE: Final[frozenset[str]] = frozenset()


def presses(connection: Connection, period: Period, profiles: Profiles) -> Iterator[Press]:
    """Each judged by the rules of its branch."""
    run_up = Period(Instant.of(period.first - _RUN_UP), period.end, period.zone)
    read = happened("rating", run_up, events.c.branch, events.c.id, events.c.at, events.c.data)
    first, judge = period.first.ms, Judge()
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(read.order_by(events.c.at, events.c.id))
    for branch, identity, at, data in rows:
        said, at_ms = _read(data), milliseconds(at)
        counter, stars, flags = _word(said.counter), _whole(said.stars), _flags(said.flags)
        verdict = judge.judge(branch, counter, at_ms, stars, flags, profiles[branch].ratings)
        if at_ms >= first:
            reasons = (
                tuple(one for one in said.reasons if isinstance(one, str)) if isinstance(said.reasons, list) else ()
            )
            yield Press(
                branch, identity, at_ms, counter, _word(said.teller), stars, flags, _word(said.prompt), reasons, verdict
            )


def _read(data: str) -> _Said:
    """Not by the database: one rating has many keys, and each would be looked for anew."""
    try:
        return _SAID.decode(without_nul(data))
    except msgspec.MsgspecError:
        return _Said()


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return value if type(value) is int else None  # True is no number


def _flags(value: Any) -> frozenset[str] | None:
    if not value:
        return _NONE if isinstance(value, list | tuple) else None
    return frozenset(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def milliseconds(at: str) -> int:
    """Of a stored time, since 1970. Hundreds of thousands are read for a month: no pattern, no calendar for each."""
    return (
        _midnight(at[:10])
        + int(at[11:13]) * 3_600_000
        + int(at[14:16]) * 60_000
        + int(at[17:19]) * 1000
        + int(at[20:23])
    )


@lru_cache(4096)
def _midnight(day: str) -> int:
    return Instant.parse(f"{day}T00:00:00.000Z").ms
