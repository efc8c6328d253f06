"""One connection to one broker, kept up for ever. The only import of paho.

Callbacks only put: `Connected`, `Lost`, `Arrived`, each tagged with the link's name, into the owner's queue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from signage.wire.will import Will


@dataclass(frozen=True)
class Address:
    """Where a broker is and how to be let in. TLS is on when `ca_file` is set; `cert_file` and `key_file` go together."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

    @property
    def private(self) -> bool:
        """Whether nobody can listen in: TLS, or loopback. PINs are sent over nothing else."""
        raise NotImplementedError


@dataclass(frozen=True)
class Connected:
    """The broker has taken us in and granted the subscriptions; `session` is the UUID of this connection."""

    link: str
    session: str


@dataclass(frozen=True)
class Lost:
    """The connection, or the attempt to make one, has failed. Reported once for each."""

    link: str
    reason: str


@dataclass(frozen=True)
class Arrived:
    """A message. A payload above the contract's limit is cut one byte above it, so that reading it fails by its size."""

    link: str
    topic: str
    payload: bytes
    retained: bool = False


LinkEvent = Connected | Lost | Arrived


class Client:
    """A supervised paho client: new session and will for every connection, jittered back-off from 0.2 s to 30 s."""

    def __init__(
        self,
        link: str,
        address: Address,
        client_name: str,
        subscriptions: tuple[tuple[str, int], ...],
        put: Callable[[LinkEvent], None],
        will: Callable[[str], Will] | None = None,
    ) -> None:
        """`subscriptions`: (topic filter, QoS); `put` may block; `will` gets the session; client id: name-8 hex of it."""
        raise NotImplementedError

    def start(self) -> None:
        """Begin to connect, in a thread named ``mqtt-<link>``."""
        raise NotImplementedError

    def publish(self, topic: str, payload: bytes, qos: int = 1, retain: bool = False) -> bool:
        """Hand a message to the broker. False: not connected, or 200 wait already; nothing was queued."""
        raise NotImplementedError

    def stop(self, last: tuple[str, bytes] | None = None, timeout_s: float = 2.0) -> None:
        """Publish `last` retained (the status "offline"), disconnect, end the threads; at most `timeout_s`."""
        raise NotImplementedError
