"""A case as its events tell it: however often, and in whatever order they came, the same. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, get_args

from signage.core.instants import Instant
from signage.core.model import CaseAction
from signage.core.timelies import Progress

ORDER: Final[Mapping[str, int]] = {action: place for place, action in enumerate(get_args(CaseAction))}


class Complication(StrEnum):
    """Why a case may take twice as long. Words stand in the catalogues under ``case.complex.<value>``."""

    THIRD_PARTY = "third-party"
    RECORDS = "records"
    BRANCHES = "branches"
    LEGAL = "legal"
    OTHER = "other"


@dataclass(frozen=True)
class Told:
    """One event about a case. `id` is the event's; an unknown `action` only adds what it carries."""

    at: Instant
    id: str
    action: str
    actor: str | None = None
    owner: str | None = None
    complicated: str | None = None


@dataclass(frozen=True)
class History:
    """`action`: the furthest that was reached; `owner`: who was named last; `complicated`: the reason given first."""

    progress: Progress
    action: str
    owner: str | None = None
    complicated: str | None = None
    closed: Instant | None = None


def history(told: Iterable[Told]) -> History | None:
    """None: nothing is told."""
    ordered = sorted(told, key=lambda one: (one.at, one.id))
    if not ordered:
        return None
    opened = next((one.at for one in ordered if one.action == "opened"), ordered[0].at)
    reached = {action: _reached(ordered, action) for action in ORDER}
    complicated = next((one.complicated for one in ordered if one.complicated), None)
    progress = Progress(
        opened,
        reached["investigated"],
        reached["handled"],
        reached["fed-back"],
        complicated is not None,
    )
    furthest = max((action for action in ORDER if reached[action] is not None), key=ORDER.__getitem__, default="opened")
    return History(progress, furthest, _owner(ordered), complicated, reached["closed"])


def _reached(ordered: list[Told], action: str) -> Instant | None:
    """When it was first as far as that."""
    return next((one.at for one in ordered if ORDER.get(one.action, -1) >= ORDER[action]), None)


def _owner(ordered: list[Told]) -> str | None:
    """Who assigns a case without naming anybody takes it."""
    named = [one.owner or (one.actor if one.action == "assigned" else None) for one in ordered]
    return next((one for one in reversed(named) if one is not None), None)
