"""The ratings of a period as they were stored, in the order in which they happened."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from signage.core.counting import Judge, Verdict
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import happened, rows, text, without_nul
from signage.office.tables import events

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


class Said(msgspec.Struct):
    """The keys of a rating that matter here, as the contract has them."""

    counter: str | None = None
    teller: str | None = None
    stars: int | None = None
    flags: frozenset[str] | None = frozenset()
    prompt: str | None = None
    reasons: tuple[str, ...] = ()


class _Whatever(msgspec.Struct):
    """The same, whatever stands in them."""

    counter: Any = None
    teller: Any = None
    stars: Any = None
    flags: Any = ()
    prompt: Any = None
    reasons: Any = ()


_SAID: Final = msgspec.json.Decoder(Said)
_WHATEVER: Final = msgspec.json.Decoder(_Whatever)


def presses(connection: Connection, period: Period, profiles: Profiles) -> Iterator[Press]:
    """Each judged by the rules of its branch."""
    run_up = Period(Instant.of(period.first - _RUN_UP), period.end, period.zone)
    read = happened("rating", run_up, events.c.branch, events.c.id, events.c.at, events.c.data)
    first, judge = period.first.ms, Judge()
    for branch, identity, at, data in rows(connection, read.order_by(events.c.at, events.c.id)):
        said, at_ms = said_in(data), milliseconds(at)
        verdict = judge.judge(branch, said.counter, at_ms, said.stars, said.flags, profiles[branch].ratings)
        if at_ms >= first:
            yield Press(
                branch, identity, at_ms, said.counter, said.teller, said.stars, said.flags, said.prompt, said.reasons,
                verdict,
            )  # fmt: skip


def said_in(data: str) -> Said:
    """Not by the database: one rating has many keys, and each would be looked for anew."""
    try:
        return _SAID.decode(without_nul(data))
    except msgspec.MsgspecError:
        return _fitting(data)


def _fitting(data: str) -> Said:
    """What of a rating fits the contract."""
    try:
        found = _WHATEVER.decode(without_nul(data))
    except msgspec.MsgspecError:
        return Said()
    reasons = found.reasons if isinstance(found.reasons, list) else ()
    return Said(
        counter=text(found.counter),
        teller=text(found.teller),
        stars=found.stars if type(found.stars) is int else None,  # True is no number
        flags=_flags(found.flags),
        prompt=text(found.prompt),
        reasons=tuple(one for one in reasons if isinstance(one, str)),
    )


def _flags(value: Any) -> frozenset[str] | None:
    fits = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return frozenset(value) if fits else None


def milliseconds(at: str) -> int:
    """Of a stored time, since 1970. Hundreds of thousands are read for a month: no pattern, no calendar for each."""
    return _minute(at[:16]) + int(at[17:19]) * 1000 + int(at[20:23])


@lru_cache(65_536)  # more minutes than a month has
def _minute(at: str) -> int:
    return Instant.parse(f"{at}:00.000Z").ms


def written(at_ms: int) -> str:
    """The other way: a time as events are stored."""
    day, ms = divmod(at_ms, 86_400_000)
    return f"{_day(day)}T{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}Z"


@lru_cache(4096)
def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(number)).isoformat()
