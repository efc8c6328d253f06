"""One port with its session: bytes to turns, turns to bytes. Knows nothing of events or the broker."""

from firmware_bridge.port import Port, PortBytes, PortEvent, PortGone, PortOpened, PortState
from firmware_bridge.sessions import Outcome, Session, Turn
from signage.core.instants import Instant


class Station:
    """`counters` are those whose pads hang on this port, `strips` those whose window strips do."""

    def __init__(
        self,
        port: Port,
        url: str,
        driver: str,
        session: Session,
        counters: tuple[str, ...],
        strips: tuple[str, ...] = (),
    ) -> None:
        self.url = url
        self.driver = driver
        self.session = session
        self.counters = counters
        self.strips = strips
        self.state = PortState.ABSENT
        self._port = port
        self._opening = 0

    @property
    def name(self) -> str:
        return self._port.name

    def take(self, event: PortEvent, now: Instant) -> tuple[Outcome, ...]:
        """Something happened at the port."""
        match event:
            case PortOpened():
                self.state = PortState.OPEN
                self._opening = event.opening
                return self.send(self.session.opened(now))
            case PortBytes():
                return self.send(self.session.received(event.data, now))
            case PortGone():
                was_open, self.state = self.state is PortState.OPEN, event.state
                return self.send(self.session.closed(now)) if was_open else ()

    def send(self, turn: Turn) -> tuple[Outcome, ...]:
        """Put a turn's bytes on the line; its outcomes are the caller's."""
        if turn.send and self.state is PortState.OPEN:
            self._port.send(self._opening, turn.send)
        return turn.outcomes

    def last_seen(self) -> Instant | None:
        """When some pad here was last understood."""
        seen = (self.session.heard(counter).last_seen for counter in self.counters)
        return max((at for at in seen if at is not None), default=None)

    def stop(self) -> None:
        self._port.stop()
