"""Support response: of each device's fault, how long until somebody took it up and until it was over.

It is taken up in the branch, which an event tells, or at head office, which `signage fleet` keeps in a table.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, select

from signage.core.faults import FaultEvent, FaultSpell, fault_spells
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.reading import happened, meaning, token, word
from signage.office.measures.suspended import LOOK_BACK
from signage.office.tables import events
from signage.office.tables_fleet import acknowledgements


@dataclass(frozen=True)
class Support:
    """The faults of a branch that were raised in a period, the earliest first."""

    faults: tuple[FaultSpell, ...] = ()

    @property
    def minutes_to_acknowledge(self) -> float | None:
        """The median; None where none was acknowledged."""
        return _median([one.acknowledged.ms - one.raised.ms for one in self.faults if one.acknowledged is not None])

    @property
    def minutes_to_clear(self) -> float | None:
        """The median; None where none is over."""
        return _median([one.cleared.ms - one.raised.ms for one in self.faults if one.cleared is not None])


def _median(spans: Sequence[int]) -> float | None:
    return median(spans) / 60_000 if spans else None


def support(connection: Connection, period: Period) -> dict[str, Support]:
    """By branch. What is not over by the period's end has no end here, whatever came after it."""
    wide = Period(Instant.of(period.first - LOOK_BACK), period.end, period.zone)
    told: dict[str, list[FaultEvent]] = defaultdict(list)
    for branch, event in _events(connection, wide):
        told[branch].append(event)
    return {
        branch: Support(found)
        for branch in sorted(told)
        if (found := tuple(one for one in fault_spells(told[branch]) if period.first <= one.raised))
    }


def _events(connection: Connection, wide: Period) -> Iterable[tuple[str, FaultEvent]]:
    order = (events.c.at, events.c.seq, events.c.id)
    columns = (events.c.branch, events.c.at)
    faults = happened("fault", wide, *columns, token("device"), token("code"), token("on")).order_by(*order)
    for branch, at, device_, code_, on_ in connection.execute(faults):
        device, code, on = word(device_), word(code_), meaning(on_)
        if device is not None and code is not None and isinstance(on, bool):
            yield branch, FaultEvent(Instant.parse(at), device, code, on=on)
    keys = ("device", "code", "on", "actor", "about")
    calls = happened("call", wide, *columns, *(token(key) for key in keys)).order_by(*order)
    for branch, at, *tokens in connection.execute(calls):
        call: Mapping[str, str | None] = dict(zip(keys, tokens, strict=True))
        device, actor, about = word(call["device"]), word(call["actor"]), word(call["about"])
        if device is not None and actor is not None and meaning(call["on"]) is False and about in (None, "fault"):
            yield branch, FaultEvent(Instant.parse(at), device, word(call["code"]), on=None, actor=actor)
    taken = select(acknowledgements).where(
        acknowledgements.c.at >= str(wide.first), acknowledgements.c.at < str(wide.end)
    )
    for row in connection.execute(taken.order_by(acknowledgements.c.key)):
        yield row.branch, FaultEvent(Instant.parse(row.at), row.device, row.code, on=None, actor=row.actor)
