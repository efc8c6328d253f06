"""The ratings of a period as they were stored, in the order in which they happened."""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Connection

from signage.core.counting import Judge, Verdict
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import happened, token, whole, word, words
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
    reasons: str | None  # JSON
    verdict: Verdict


def presses(connection: Connection, period: Period, profiles: Profiles) -> Iterator[Press]:
    """Each judged by the rules of its branch."""
    read = happened(
        "rating",
        Period(Instant.of(period.first - _RUN_UP), period.end, period.zone),
        events.c.branch,
        events.c.id,
        events.c.at,
        *(token(key) for key in ("counter", "teller", "stars", "flags", "prompt", "reasons")),
    ).order_by(events.c.at, events.c.id)
    first, judge = period.first.ms, Judge()
    for branch, identity, at, counter_, teller, stars_, flags_, prompt, reasons in connection.execution_options(
        yield_per=_AT_ONCE
    ).execute(read):
        at_ms, counter, stars, flags = milliseconds(at), word(counter_), whole(stars_), words(flags_)
        verdict = judge.judge(branch, counter, at_ms, stars, flags, profiles[branch].ratings)
        if at_ms >= first:
            yield Press(branch, identity, at_ms, counter, word(teller), stars, flags, word(prompt), reasons, verdict)


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
