"""The traffic over MQTT: every branch of a plan sends until its receipts say that all is stored. Brokers may come and go.

    with Lines(plan, broker.port) as lines:    # sends from now on, in a thread of its own
        ...                                    # kill whom you like
        lines.wait(60)                         # until everything is receipted as final; AssertionError otherwise

Batches come twice and before their time by the plan's shares; a branch goes on to its new disk when the old one is empty.
"""

import queue
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

import msgspec

from signage.link.client import Address, Arrived, Client, Connected, LinkEvent
from signage.link.clock import monotonic
from signage.wire.codec import decode, encode
from signage.wire.messages import Batch, Receipt
from signage.wire.topics import Topics
from tests.office_traffic.outbox import Disk, disks
from tests.office_traffic.plan import Plan

IN_FLIGHT: Final = 8  # contract: batches without a receipt
_AGAIN_S: Final = 1.0  # shorter than in earnest, so that a test need not wait
_PAUSE_S: Final = 0.02


@dataclass
class _Branch:
    name: str
    disks: list[Disk]
    dice: Random
    upto: int = 0
    sent: int = 0
    heard_at: float = field(default_factory=monotonic)

    @property
    def disk(self) -> Disk:
        return self.disks[0]

    def heard(self, receipt: Receipt) -> None:
        if not self.disks or receipt.epoch != self.disk.epoch:
            return
        if receipt.upto < self.sent and receipt.upto <= self.upto:
            self.sent = receipt.upto  # it asks for what is missing
        self.heard_at = monotonic()
        self.upto = max(self.upto, min(receipt.upto, receipt.final))
        while self.disks and self._past_lost(self.upto) >= len(self.disk.events):
            self.disks.pop(0)
            self.upto = self.sent = 0

    def next(self, most: int) -> Batch | None:
        """The next batch to send, None while enough are on their way."""
        if not self.disks:
            return None
        if self.sent > self.upto and monotonic() - self.heard_at > _AGAIN_S:
            self.sent, self.heard_at = self.upto, monotonic()
        first = self._past_lost(max(self.sent, self.upto)) + 1
        if first > len(self.disk.events) or first - self.upto > IN_FLIGHT * most:
            return None
        last = first
        while last < len(self.disk.events) and last - first < most - 1 and not self.disk.gone(last + 1):
            last += 1
        self.sent = last
        events = tuple(msgspec.Raw(raw) for raw in self.disk.events[first - 1 : last])
        oldest = min(self._past_lost(self.upto) + 1, first)
        return Batch(node=self.name, epoch=self.disk.epoch, oldest=oldest, first=first, events=events, v=1)

    def _past_lost(self, number: int) -> int:
        """What comes after `number` is lost: it holds nothing below the number after that."""
        while self.disks and number < len(self.disk.events) and self.disk.gone(number + 1):
            number += 1
        return number


class Lines:
    """`sent`: events published, repeats included. Only for the plan's branches that `among` names, if it does."""

    def __init__(self, plan: Plan, port: int, root: str = "bank/v1", among: list[str] | None = None) -> None:
        self.sent = 0
        self._plan = plan
        self._topics = Topics(root)
        self._heard: queue.Queue[LinkEvent] = queue.Queue()
        topic = self._topics.down("+", "receipt")
        self._client = Client("lines", Address("127.0.0.1", port), "lines", ((topic, 1),), self._heard.put)
        self._branches = {
            name: _Branch(name, disks(plan, name), plan.dice(name, "lines"))
            for name in (plan.branch_ids() if among is None else among)
        }
        self._done, self._ending = Event(), Event()
        self._thread = Thread(target=self._run, name="lines", daemon=True)

    def __enter__(self) -> Self:
        self._client.start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join(10)
        self._client.stop()

    def wait(self, seconds: float) -> None:
        assert self._done.wait(seconds), f"not receipted after {seconds} s: {self.missing}"

    @property
    def missing(self) -> dict[str, str]:
        """Branch → how far it is, of those that are not done."""
        return {name: f"{one.upto} of {len(one.disk.events)}" for name, one in self._branches.items() if one.disks}

    def _run(self) -> None:
        connected = False
        while not self._ending.is_set():
            try:
                event = self._heard.get(timeout=_PAUSE_S)
                while True:
                    if isinstance(event, Arrived):
                        self._receipt(event)
                    else:
                        connected = isinstance(event, Connected)
                    event = self._heard.get_nowait()
            except queue.Empty:
                pass
            waiting = [one for one in self._branches.values() if one.disks]
            if not waiting:
                self._done.set()
                return
            if connected:
                for one in waiting:
                    self._send(one)

    def _receipt(self, arrived: Arrived) -> None:
        place = self._topics.read(arrived.topic)
        if place is not None and place.node in self._branches:
            self._branches[place.node].heard(decode(arrived.payload, Receipt))

    def _send(self, one: _Branch) -> None:
        before = one.sent
        batches: list[Batch] = []
        while len(batches) < IN_FLIGHT and (batch := one.next(self._plan.batch)) is not None:
            batches.append(batch)
        if len(batches) > 1 and one.dice.random() < self._plan.disorder:
            batches[0], batches[1] = batches[1], batches[0]
        if batches and one.dice.random() < self._plan.repeats:
            batches.append(batches[-1])
        for batch in batches:
            if not self._client.publish(self._topics.up(one.name, "events"), encode(batch)):
                one.sent = before  # too many wait for the broker, or there is none
                return
            self.sent += len(batch.events)
