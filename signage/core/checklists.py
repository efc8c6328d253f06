"""Checklists: the rounds that head office signs and staff walk, step by step; whether today's has been walked. Pure."""

from datetime import time
from enum import Enum
from typing import Final

from msgspec import field

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import Branch, Model, Text

STEPS: Final = 60  # more is no round but a book
EVERYWHERE: Final = "all"


class CheckStep(Model, frozen=True, omit_defaults=True, kw_only=True):
    """`phrases`: what may be found wrong, key → words; a general list is offered where there are none."""

    id: str
    text: Text
    phrases: dict[str, Text] = field(default_factory=dict)


class Checklist(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Signed by two. Empty `groups`: every branch; empty `roles`: everybody who may walk rounds at all.

    `due`: the local time, HH:MM, by which it is walked on every day on which the branch opens; empty: by its end.
    """

    id: str
    version: int
    title: Text
    steps: tuple[CheckStep, ...]
    groups: tuple[str, ...] = ()  # branch groups, ids, or "all"
    roles: tuple[str, ...] = ()
    due: str = ""


class Standing(Enum):
    """How a checklist stands today."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    REST = "rest"  # the branch does not open today


def concerns(checklist: Checklist, branch: Branch) -> bool:
    """Whether it is for this branch."""
    return not checklist.groups or bool({EVERYWHERE, branch.id, *branch.groups} & set(checklist.groups))


def standing(checklist: Checklist, last: Instant | None, hours: Hours, now: Instant) -> Standing:
    """`last`: when it was last walked to its end; None: never."""
    today = hours.local_date(now)
    if last is not None and hours.local_date(last) == today:
        return Standing.DONE
    if not any(hours.wall_spans(service, today) for service in hours.services):
        return Standing.REST
    late = checklist.due and now.astimezone(hours.zone).time() >= time.fromisoformat(checklist.due)
    return Standing.OVERDUE if late else Standing.DUE
