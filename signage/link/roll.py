"""Who is there: the last Status of every node and whether it counts as online (contract: Status). Pure."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from signage.link.clock import Moment
from signage.link.status import SILENT_AFTER_S
from signage.wire.messages import Status

_NEVER: Final = float("inf")


@dataclass(frozen=True)
class NodeStatus:
    """A status has come, or a node has fallen silent. `status` is the last one; `online` is what counts."""

    node: str
    status: Status
    online: bool
    device: str | None = None  # of ROOT/<branch>/up/device/<device>/status


class Roll:
    """`online: false` counts only for the session last seen; no status for 90 s counts as offline."""

    def __init__(self) -> None:
        self.entries: dict[str, NodeStatus] = {}
        self._heard_at: dict[str, float] = {}  # of those online

    def heard(self, status: Status, moment: Moment, *, retained: bool) -> NodeStatus | None:
        """None: the last will of a connection that has been followed by another."""
        last = self.entries.get(status.node)
        if not status.online and last is not None and last.status.session != status.session:
            return None
        age = moment.at - status.at
        stale = retained and age > timedelta(seconds=SILENT_AFTER_S)  # its node is gone, and its will was lost
        entry = NodeStatus(status.node, status, status.online and not stale)
        self.entries[status.node] = entry
        if entry.online:
            self._heard_at[status.node] = moment.mono
        else:
            self._heard_at.pop(status.node, None)
        return entry

    def device(self, branch: str, device: str, status: Status) -> NodeStatus:
        """As the branch's controller has seen it; whether it is silent is the controller's to say."""
        entry = NodeStatus(branch, status, status.online, device)
        self.entries[f"{branch}/{device}"] = entry
        return entry

    def silent(self, moment: Moment) -> list[NodeStatus]:
        """Those that have gone offline by silence since the last call."""
        gone = [node for node, at in self._heard_at.items() if moment.mono - at >= SILENT_AFTER_S]
        for node in gone:
            del self._heard_at[node]
            self.entries[node] = replace(self.entries[node], online=False)
        return [self.entries[node] for node in gone]

    def deadline(self) -> float:
        """When the next one would be silent."""
        return min(self._heard_at.values(), default=_NEVER) + SILENT_AFTER_S
