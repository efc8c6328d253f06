"""What head office does about a case: an event of its own beside the branches', and the command that tells the branch.

The event is stored as one of the branch's, in an outbox that head office keeps for it: numbered, chained, each once, by the
same custody as every other. So a case is what its events say, whoever told them.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import msgspec
from sqlalchemy import select

from signage.core.instants import Instant
from signage.office.cases.reading import HEAD_OFFICE
from signage.office.custody import OWN_EPOCH, OfficeCustody
from signage.office.database import Store
from signage.office.tables import marks
from signage.wire.chain import GENESIS, canonical
from signage.wire.messages import Batch

ACTOR: Final = f"{HEAD_OFFICE}:"  # begins the actor of what was done here
_TRIES: Final = 5


class Contended(Exception):  # noqa: N818 - names the state of the outbox
    """Others wrote for the same branch again and again; nothing was stored."""


def act(store: Store, branch: str, data: Mapping[str, Any], at: Instant) -> str:
    """Store a `case` event of head office's own about a case of `branch`; its id. Raises DatabaseAway, Contended."""
    custody = OfficeCustody(store)
    identity = str(uuid4())
    for _ in range(_TRIES):
        last, head = _mark(store, branch)
        event = {
            "id": identity,
            "at": str(at),
            "kind": "case",
            "origin": HEAD_OFFICE,
            "origin_epoch": OWN_EPOCH,
            "origin_seq": last + 1,
            "prev": head,
            "data": dict(data),
        }
        raw = msgspec.Raw(canonical(event))
        batch = Batch(node=branch, epoch=OWN_EPOCH, oldest=last + 1, first=last + 1, events=(raw,), v=1)
        if any(taken.id == identity for taken in custody.accept(batch, at).new):
            return identity
    raise Contended(f"{branch}: somebody else is writing about its cases; try again")


def _mark(store: Store, branch: str) -> tuple[int, str]:
    """The last number of head office's outbox for this branch, and what the next event continues."""
    query = select(marks.c.last, marks.c.head).where(marks.c.node == branch, marks.c.epoch == OWN_EPOCH)
    with store.read() as connection:
        row = connection.execute(query).first()
    return (0, GENESIS) if row is None else (row.last, row.head)


def told_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `case.update` that bring a branch's panel to what head office's event says."""
    named = ("case", "action", "owner", "complicated", "sealed", "answer")
    return {key: event[key] for key in named if event.get(key) is not None}
