"""Support response: of each device's fault, how long until somebody took it up and until it was over.

It is taken up in the branch, which an event tells, or at head office, which `signage fleet` keeps in a table.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from signage.core.faults import FaultEvent, FaultSpell, fault_spells
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.reading import happened, text, told
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
    heard: dict[str, list[FaultEvent]] = defaultdict(list)
    for branch, event in _events(connection, wide):
        heard[branch].append(event)
    return {
        branch: Support(found)
        for branch in sorted(heard)
        if (found := tuple(one for one in fault_spells(heard[branch]) if period.first <= one.raised))
    }


class _Said(msgspec.Struct):
    """What an event says of a fault, whatever stands in it."""

    device: Any = None
    code: Any = None
    on: Any = None
    actor: Any = None
    about: Any = None


_SAID: Final = msgspec.json.Decoder(_Said)


def _events(connection: Connection, wide: Period) -> Iterable[tuple[str, FaultEvent]]:
    order = (events.c.at, events.c.seq, events.c.id)
    columns = (events.c.branch, events.c.at, events.c.data)
    faults = happened("fault", wide, *columns).order_by(*order)
    for (branch, at, _), said in told(connection, faults, _SAID):
        if isinstance(said.device, str) and isinstance(said.code, str) and isinstance(said.on, bool):
            yield branch, FaultEvent(Instant.parse(at), said.device, said.code, on=said.on)
    calls = happened("call", wide, *columns).order_by(*order)
    for (branch, at, _), said in told(connection, calls, _SAID):
        taken_up = said.on is False and text(said.about) in (None, "fault")
        if taken_up and isinstance(said.device, str) and isinstance(said.actor, str):
            yield branch, FaultEvent(Instant.parse(at), said.device, text(said.code), on=None, actor=said.actor)
    taken = select(acknowledgements).where(
        acknowledgements.c.at >= str(wide.first), acknowledgements.c.at < str(wide.end)
    )
    for row in connection.execute(taken.order_by(acknowledgements.c.key)):
        yield row.branch, FaultEvent(Instant.parse(row.at), row.device, row.code, on=None, actor=row.actor)
