"""The pads' part of the bridge's Status (contract: Status). Pure."""

from collections.abc import Iterable
from typing import Final

from firmware_bridge.port import PortState
from firmware_bridge.sessions import Condition
from firmware_bridge.station import Station
from signage.wire.messages import PadStatus

_LOST_BY_PORT: Final = frozenset({PortState.UNPLUGGED, PortState.CHANGED})


def pad_statuses(stations: Iterable[Station]) -> tuple[PadStatus, ...]:
    return tuple(_one(station, counter) for station in stations for counter in station.counters)


def _one(station: Station, counter: str) -> PadStatus:
    heard = station.session.heard(counter)
    condition = heard.condition
    if condition is Condition.ABSENT and station.state in _LOST_BY_PORT:
        condition = Condition.LOST
    return PadStatus(
        counter=counter,
        driver=station.driver,
        port=station.url,
        state=condition.value,
        last_seen=heard.last_seen,
        discarded=dict(station.session.discarded),
        serial=heard.pad,
    )
