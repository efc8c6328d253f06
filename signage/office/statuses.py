"""The last Status of every branch and device, kept in the database; written together, at most once a second."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import insert, select, tuple_, update

from signage.core.instants import Instant
from signage.link.roll import NodeStatus
from signage.office.database import Store
from signage.office.tables import statuses
from signage.wire.codec import Malformed, decode, encode
from signage.wire.messages import Status


@dataclass(frozen=True)
class KnownStatus:
    """`device` is "" for the branch's controller. `online` as last told; who has been silent for 90 s is offline too."""

    branch: str
    device: str
    received_at: Instant
    online: bool
    status: Status


class StatusKeeper:
    """Collects statuses in memory until `flush`: the last one of each wins."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[tuple[str, str], tuple[NodeStatus, Instant]] = {}

    def note(self, status: NodeStatus, at: Instant) -> None:
        self._waiting[status.node, status.device or ""] = (status, at)

    @property
    def waiting(self) -> int:
        """Nodes whose last status is not written yet."""
        return len(self._waiting)

    def flush(self) -> None:
        """Write what has come. Raises DatabaseAway, and keeps it for the next time."""
        if not self._waiting:
            return
        rows = {
            key: {
                "branch": key[0],
                "device": key[1],
                "received_at": str(at),
                "online": told.online,
                "document": encode(told.status).decode(),
            }
            for key, (told, at) in self._waiting.items()
        }
        identity = tuple_(statuses.c.branch, statuses.c.device)
        with self._store.begin() as connection:
            for part in _parts(list(rows)):
                known = {
                    (row.branch, row.device)
                    for row in connection.execute(
                        select(statuses.c.branch, statuses.c.device).where(identity.in_(part))
                    )
                }
                fresh = [rows[key] for key in part if key not in known]
                if fresh:
                    connection.execute(insert(statuses), fresh)
                for key in known:
                    connection.execute(
                        update(statuses)
                        .where(statuses.c.branch == key[0], statuses.c.device == key[1])
                        .values(**rows[key])
                    )
        self._waiting.clear()


def _parts(keys: list[tuple[str, str]], size: int = 500) -> list[list[tuple[str, str]]]:
    """SQLite takes 32,766 values in one statement."""
    return [keys[start : start + size] for start in range(0, len(keys), size)]


def read_statuses(store: Store) -> list[KnownStatus]:
    """Every branch and device, in order. Raises DatabaseAway. A document that this version cannot read is left out."""
    with store.read() as connection:
        rows = connection.execute(select(statuses).order_by(statuses.c.branch, statuses.c.device)).all()
    known = []
    for row in rows:
        try:
            status = decode(row.document.encode(), Status)
            known.append(KnownStatus(row.branch, row.device, Instant.parse(row.received_at), row.online, status))
        except (Malformed, msgspec.MsgspecError, ValueError):
            continue
    return known
