"""The traffic straight into a database, through the same custody as the collector's; and what must be there afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from signage.office.custody import OfficeCustody
from signage.office.database import Store
from tests.office_traffic.outbox import kept
from tests.office_traffic.plan import Plan
from tests.office_traffic.way import traffic


@dataclass(frozen=True)
class Held:
    """An event that head office holds in the end. `readable` False: it is stored as it came, and counts nowhere."""

    branch: str
    id: str
    at: str
    kind: str
    data: dict[str, Any]
    readable: bool


def held(plan: Plan) -> Iterator[Held]:
    """Every event that is not lost for ever, each once, branch by branch: made from the plan, never from a database."""
    for branch, one, readable in kept(plan):
        yield Held(branch, one.id, one.at, one.kind, one.data, readable)


def fill(store: Store, plan: Plan) -> None:
    """Store the plan's traffic. `store` is prepared."""
    custody = OfficeCustody(store)
    for sent in traffic(plan):
        custody.accept(sent.batch, sent.at)
