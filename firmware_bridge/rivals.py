"""Two bridges that claim one counter: who began later is refused it (contract: several bridges). Pure.

Every bridge reads the others' statuses and judges alike: by the beginning that each of them tells, then by name.
"""

from signage.core.instants import Instant
from signage.wire.messages import Status


class Rivals:
    """`name`, `started_at`: this bridge's, as its own status tells them; `counters`: those it has pads for."""

    def __init__(self, name: str, started_at: Instant, counters: frozenset[str]) -> None:
        self._self = (started_at, name)
        self._counters = counters
        self._claims: dict[str, tuple[Instant, frozenset[str]]] = {}  # by other bridge

    def hear(self, status: Status) -> bool:
        """Another node's status; True when who has what may have changed."""
        if status.node == self._self[1] or status.role != "bridge":
            return False
        before = self._claims.get(status.node)
        claimed = self._counters & {pad.counter for pad in status.pads or ()} if status.online else frozenset()
        if claimed:
            self._claims[status.node] = (status.started_at, frozenset(claimed))
        else:
            self._claims.pop(status.node, None)
        return self._claims.get(status.node) != before

    def refused(self) -> dict[str, str]:
        """Counter → the bridge that has it, for those that are not ours."""
        found: dict[str, tuple[Instant, str]] = {}
        for node, (started_at, counters) in self._claims.items():
            if (started_at, node) < self._self:
                for counter in counters:
                    found[counter] = min(found.get(counter, (started_at, node)), (started_at, node))
        return {counter: node for counter, (_, node) in found.items()}
