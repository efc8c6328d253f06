"""What a customer and those who followed it up wrote about one case: opened for who has the key, told nowhere else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.erasing import ERASED
from signage.office.tables import events
from signage.office.tables_cases import case_events
from signage.wire.sealing import PERSONAL, SEALED, Unopened, unsealed_data

_SHOWN: Final = ("phrases", "reasons", "consent", "answer")


@dataclass(frozen=True)
class Said:
    """One event's words. `personal`: what was sealed; `problem`: why it is not there (no key, another key, erased)."""

    at: Instant
    action: str
    actor: str | None
    personal: Mapping[str, Any]
    open: Mapping[str, Any]
    problem: str | None = None


def letters(store: Store, branch: str, case: str, private: bytes | None) -> tuple[Said, ...]:
    """In the order of time. Raises DatabaseAway."""
    keys = select(case_events.c.event_key).where(case_events.c.branch == branch, case_events.c.case_id == case)
    query = select(events.c.id, events.c.at, events.c.kind, events.c.data).where(
        or_(events.c.key.in_(keys), events.c.id == case), events.c.branch == branch
    )
    with store.read() as connection:
        rows = connection.execute(query.order_by(events.c.at, events.c.id)).all()
    return tuple(_said(row.id, Instant.parse(row.at), row.kind, json.loads(row.data), private) for row in rows)


def _said(identity: str, at: Instant, kind: str, data: dict[str, Any], private: bytes | None) -> Said:
    problem, whole = None, data
    if ERASED in data:
        problem = f"erased at {data[ERASED]}"
    elif SEALED in data and private is None:
        problem = "sealed; name the private key with --key"
    elif SEALED in data and private is not None:
        try:
            whole = unsealed_data(kind, identity, data, private)
        except Unopened as error:
            problem = str(error)
    personal = {key: whole[key] for key in PERSONAL.get(kind, ()) if whole.get(key) is not None}
    shown = {key: data[key] for key in _SHOWN if data.get(key)}
    return Said(at, str(data.get("action", kind)), data.get("actor"), personal, shown, problem)
