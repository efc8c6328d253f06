"""What is wrong with the ports themselves: each state said once in the log and told once as a fault (contract: ports)."""

from collections.abc import Callable, Iterable

import structlog

from firmware_bridge.garbage import Garbage
from firmware_bridge.port import CURES, PortBytes, PortEvent, PortGone, PortOpened, PortState
from firmware_bridge.station import Station
from signage.core.instants import Instant
from signage.link.clock import Moment
from signage.link.log import Trouble

Tell = Callable[[str, str, bool, str, Instant], bool]  # counter, code, on, text, when; True when that is news


class PortWatch:
    """`tell` keeps a fault of a counter."""

    def __init__(self, stations: Iterable[Station], tell: Tell) -> None:
        self._stations = tuple(stations)
        self._tell = tell
        self._log = structlog.get_logger()
        self._troubles = {
            station.name: Trouble("a pad's port cannot be used", "a pad's port is open again", port=station.url)
            for station in self._stations
        }
        self._reasons: dict[str, str] = {}
        self._garbage: dict[str, Garbage] = {}  # of open ports
        self._devices: dict[str, str] = {}

    def take(self, station: Station, event: PortEvent, moment: Moment, now: Instant) -> None:
        """The station has taken it already."""
        match event:
            case PortBytes():
                if station.name in self._garbage:
                    self._garbage[station.name].took(len(event.data), now)
            case PortOpened():
                self._troubles[station.name].over(moment)
                self._garbage[station.name] = Garbage(now)
                self._is_at(station, event.device)
                self._tell_states(station, now)
            case PortGone():
                self._reasons[station.name] = f"{event.reason}; {CURES[event.state]}"
                self._garbage.pop(station.name, None)
                self._tell_garbage(station, False, now)
                self._tell_states(station, now)

    def tick(self, moment: Moment, now: Instant) -> None:
        for station in self._stations:
            garbage = self._garbage.get(station.name)
            if garbage is not None and garbage.tick(now, station.last_seen()):
                self._tell_garbage(station, garbage.on, now)
            if station.state is not PortState.OPEN and station.name in self._reasons:
                self._troubles[station.name].on(self._reasons[station.name], moment)

    def deadlines(self) -> list[Instant | None]:
        return [garbage.deadline() for garbage in self._garbage.values()]

    def _is_at(self, station: Station, device: str) -> None:
        before = self._devices.get(station.name, device)
        self._devices[station.name] = device
        if before != device:
            self._log.info("a port's name means another device than before", port=station.url, was=before, now=device)

    def _tell_states(self, station: Station, now: Instant) -> None:
        for state in (one for one in PortState if one is not PortState.OPEN):
            on = station.state is state
            text = f"port {station.url}: {self._reasons[station.name] if on else 'open again'}"
            for counter in station.counters or station.strips:
                self._tell(counter, f"port-{state.value}", on, text, now)

    def _tell_garbage(self, station: Station, on: bool, now: Instant) -> None:
        wrong = "sends without end what driver {} cannot read; check its speed, its driver and the cable"
        text = f"port {station.url}: {wrong.format(station.driver) if on else 'no garbage any more'}"
        news = [self._tell(counter, "port-garbage", on, text, now) for counter in station.counters or station.strips]
        if any(news):
            (self._log.warning if on else self._log.info)(text, fault="port-garbage", on=on)
