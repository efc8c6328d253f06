"""A branch's outbox, as events made by hand: numbered, chained, and bent where a test wants them bent."""

from typing import Any
from uuid import UUID

import msgspec

from signage.core.instants import Instant
from signage.wire.chain import GENESIS, link_hash
from signage.wire.messages import Batch

NOW = Instant.parse("2026-11-24T01:00:00.000Z")
EPOCH = "11111111-1111-4111-8111-111111111111"


class OutboxByHand:
    def __init__(self, node: str = "hz-1", epoch: str = EPOCH) -> None:
        self.node = node
        self.epoch = epoch
        self.events: list[dict[str, Any]] = []
        self._prev = GENESIS

    def add(self, kind: str = "rating", data: dict[str, Any] | None = None, **bent: Any) -> "OutboxByHand":
        seq = len(self.events) + 1
        event: dict[str, Any] = {
            "id": str(UUID(int=seq)),
            "at": f"2026-11-24T01:00:{seq % 60:02d}.000Z",
            "kind": kind,
            "origin": "bridge-1",
            "origin_epoch": "22222222-2222-4222-8222-222222222222",
            "origin_seq": seq,
            "prev": self._prev,
            "data": {"counter": "1", "stars": 5} if data is None else data,
        } | bent
        self.events.append(event)
        self._prev = link_hash(event)
        return self

    def batch(self, first: int = 1, last: int | None = None, oldest: int = 1) -> Batch:
        events = self.events[first - 1 : last]
        return Batch(
            node=self.node,
            epoch=self.epoch,
            oldest=oldest,
            first=first,
            events=tuple(msgspec.Raw(msgspec.json.encode(event)) for event in events),
            v=1,
        )
