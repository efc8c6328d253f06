"""What tests of cases share: branches' events by hand, a calendar, and the register up to now."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select

from signage.core.case_rules import DEFAULT_RULES, CaseRule
from signage.core.days import Calendar
from signage.core.instants import Instant
from signage.core.timelies import Terms, WorkingDays
from signage.office.cases.listing import CaseRow, Wanted, read_cases
from signage.office.cases.register import Register
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.tables_cases import case_events, cases
from signage.wire.chain import GENESIS, link_hash
from signage.wire.messages import Batch
from tests.unit.core.plans import SHANGHAI

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = WorkingDays(Calendar(SHANGHAI), ZONE)
_IDS = UUID("6f0a1f52-8d2c-4b6e-9d8b-0b1c7c3a5f11")


def local(text: str) -> Instant:
    """The branch's own time."""
    return Instant.of(datetime.fromisoformat(text).replace(tzinfo=ZONE))


TUESDAY = local("2026-11-24T10:00")


def later(minutes: float) -> Instant:
    """After Tuesday, 24 November, ten o'clock."""
    return Instant.of(TUESDAY + timedelta(minutes=minutes))


def calendars(_branch: str) -> WorkingDays:
    return DAYS


@dataclass
class Branches:
    """Events of branches, stored as they arrive: in order, or in any other."""

    store: Store
    rules: Sequence[CaseRule] = DEFAULT_RULES
    _made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _number: int = 0
    _sent: dict[str, tuple[int, str]] = field(default_factory=dict)

    def event(self, kind: str, at: Instant, data: Mapping[str, Any], branch: str = "hz-1", **bent: Any) -> str:
        """One event that is not sent yet; its id."""
        self._number += 1
        identity = str(uuid5(_IDS, str(self._number)))
        event = {"id": identity, "at": str(at), "kind": kind, "origin": "lobby", "data": dict(data)} | bent
        self._made.append((branch, event))
        return str(event["id"])

    def arrive(self, seed: int | None = None) -> "Branches":
        """Everything that was made, shuffled if there is a seed."""
        made, self._made = list(self._made), []
        if seed is not None:
            random.Random(seed).shuffle(made)
        custody = OfficeCustody(self.store)
        for branch, event in made:
            last, prev = self._sent.get(branch, (0, GENESIS))
            whole = event | {"origin_epoch": "o", "origin_seq": last + 1, "prev": prev}
            raw = msgspec.Raw(msgspec.json.encode(whole))
            batch = Batch(node=branch, epoch="e", oldest=last + 1, first=last + 1, events=(raw,), v=1)
            assert custody.accept(batch, TUESDAY).receipt.upto == last + 1
            self._sent[branch] = (last + 1, link_hash(whole))
        return self

    @property
    def register(self) -> Register:
        return Register(self.store, self.rules, at_once=3)

    def cases(self, now: Instant | None = None, wanted: Wanted | None = None) -> tuple[CaseRow, ...]:
        """After the register has followed."""
        self.register.follow()
        return read_cases(self.store, wanted or Wanted(closed=True), calendars, Terms(), now or later(60 * 24 * 60))


def derived(store: Store) -> tuple[list[Any], list[Any]]:
    """Everything that the register keeps, without the keys that say in which order it came."""
    with store.read() as connection:
        told = connection.execute(select(case_events)).mappings().all()
        found = connection.execute(select(cases)).mappings().all()
    rows = [
        sorted(
            [{str(name): value for name, value in row.items() if name != "event_key"} for row in part],
            key=lambda row: str(sorted(row.items(), key=lambda pair: pair[0])),
        )
        for part in (told, found)
    ]
    return rows[0], rows[1]
