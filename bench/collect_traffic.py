"""Traffic for the collectors' benchmark: real kinds of events, numbered and chained as outboxes do, ready to be published."""

from collections.abc import Iterator
from hashlib import sha256
from random import Random

import msgspec
import paho.mqtt.client as mqtt

from signage.wire.chain import GENESIS
from tests.office_traffic import Plan, happened
from tests.office_traffic.happening import fresh, stamp

ROOT = "bank/v1"
BRANCHES = [f"b-{number:04d}" for number in range(1, 41)]
_encode = msgspec.json.Encoder(order="sorted").encode
_MONTH_MS = 30 * 86_400_000
_TEMPLATES = happened(Plan(branches=1, days=30), "b-0001")


class Outbox:
    """One branch's events without end. `ordered`: their ids begin with their times, as nodes make them; else all dice."""

    def __init__(self, branch: str, ordered: bool = True) -> None:
        self._ordered = ordered
        self.branch = branch
        self.topic = f"{ROOT}/{branch}/up/events"
        self._dice = Random(branch)
        self._epoch = fresh(self._dice)
        self._prev, self.last = GENESIS, 0

    def batch(self, size: int) -> bytes:
        """The next `size` events as a message."""
        first, events = self.last + 1, []
        for _ in range(size):
            self.last += 1
            month, place = divmod(self.last, len(_TEMPLATES))  # the same month again and again, each later by one
            told = _TEMPLATES[place]
            at_ms = told.at_ms + month * _MONTH_MS
            raw = _encode({
                "id": self._identity(at_ms), "at": stamp(at_ms), "kind": told.kind, "origin": told.origin or self.branch,
                "origin_epoch": self._epoch, "origin_seq": self.last, "prev": self._prev, "data": told.data,
            })  # fmt: skip
            self._prev = sha256(raw).hexdigest()
            events.append(msgspec.Raw(raw))
        return self._message(first, events)

    def _identity(self, at_ms: int) -> str:
        """As signage.link.identities has it, from this outbox's own dice."""
        one = fresh(self._dice)
        time = f"{at_ms:012x}"
        return f"{time[:8]}-{time[8:]}-7{one[15:]}" if self._ordered else one

    def probe(self) -> bytes:
        """A batch of no events: whoever collects answers it."""
        return self._message(1, [])

    def _message(self, first: int, events: list[msgspec.Raw]) -> bytes:
        message = {"v": 1, "node": self.branch, "epoch": self._epoch, "oldest": 1, "first": first, "events": events}
        return _encode(message)


def messages(outboxes: list[Outbox], events: int, size: int) -> Iterator[tuple[str, bytes]]:
    """(topic, payload), the branches by turns, until there are `events`."""
    for number in range(events // size):
        outbox = outboxes[number % len(outboxes)]
        yield outbox.topic, outbox.batch(size)


def publish(client: mqtt.Client, made: list[tuple[str, bytes]]) -> None:
    """All of them at QoS 1, as fast as the broker takes them."""
    for topic, payload in made:
        client.publish(topic, payload, qos=1)
