"""What the controller knows and would not know again after a restart; and how a change of it is described.

Every transition is a pure function ``(facts, …, now) -> Change``; whoever calls it commits the new facts together with
the events in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import msgspec

from signage.core.instants import Instant
from signage.core.model import (
    Answer,
    Call,
    Case,
    Finding,
    Model,
    Notice,
    PadCondition,
    Prompt,
    Round,
    Suspension,
    Thanks,
)

CALLS_KEPT: Final = 50  # what a lobby manager could still look through
NOTICES_KEPT: Final = 50
SUSPENSIONS_KEPT: Final = 100
CASES_KEPT: Final = 100  # open at once; head office has them all
ANSWERS_KEPT: Final = 50
FINDINGS_KEPT: Final = 100


class RuleMemory(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Where one rule stands. `since`: when its probe last changed its mind; `fired`: it has suspended and not yet lifted.

    `unsure`: the probe cannot tell; `changes`: when it changed its mind of late; `flapping`: that has been reported.
    """

    failed: bool = False
    since: Instant | None = None
    fired: bool = False
    unsure: bool = False
    changes: tuple[Instant, ...] = ()
    flapping: bool = False


class Facts(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Mappings are by counter number, those of `rules` by rule name, those of `offline` by device."""

    revision: int = 0
    settled: bool = False  # whether what the branch showed before this database was made has been taken over
    suspensions: tuple[Suspension, ...] = ()
    notices: tuple[Notice, ...] = ()
    calls: tuple[Call, ...] = ()
    cases: tuple[Case, ...] = ()  # open ones, the oldest first
    answers: tuple[Answer, ...] = ()  # released ones, the newest first
    rounds: tuple[Round, ...] = ()  # the last of each checklist
    findings: tuple[Finding, ...] = ()  # open ones, the oldest first
    reminded: tuple[str, ...] = ()  # ids of overdue suspensions that have called already
    prompts: dict[str, Prompt] = msgspec.field(default_factory=dict)
    thanks: dict[str, Thanks] = msgspec.field(default_factory=dict)
    tellers: dict[str, str] = msgspec.field(default_factory=dict)
    pads: dict[str, PadCondition] = msgspec.field(default_factory=dict)
    transactions: dict[str, Instant] = msgspec.field(default_factory=dict)  # when the running transaction began
    rules: dict[str, RuleMemory] = msgspec.field(default_factory=dict)
    offline: dict[str, Instant] = msgspec.field(default_factory=dict)  # devices that are not heard, since when
    considered: dict[str, Instant] = msgspec.field(default_factory=dict)  # by screen: its last LocalState
    amenities: dict[str, bool] = msgspec.field(default_factory=dict)  # by name: whether staff say it is to be had
    lifted: dict[str, Instant] = msgspec.field(default_factory=dict)  # by scope: when a person last lifted it


@dataclass(frozen=True)
class Draft:
    """An event before the outbox numbers it. `id`: only where a repetition must be the same event."""

    kind: str
    data: dict[str, Any]
    id: str | None = None


@dataclass(frozen=True)
class Change:
    """New facts and the events that tell of them."""

    facts: Facts
    events: tuple[Draft, ...] = field(default=())

    def then(self, transition: "Callable[[Facts], Change]") -> "Change":
        """This change and another one upon it."""
        after = transition(self.facts)
        return Change(after.facts, self.events + after.events)


class Refused(Exception):  # noqa: N818 - an answer to a command, not a failure
    """A command that changes nothing. `code` is for programs, `text` for people, `result` what the asker may use."""

    def __init__(self, code: str, text: str, **result: int | str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.result = result


def fresh() -> str:
    """An identity that nobody has used."""
    return str(uuid4())


def without_none(**data: Any) -> dict[str, Any]:
    """Event data as JSON: absent fields left out, instants written."""
    return {
        key: str(value) if isinstance(value, Instant) else value for key, value in data.items() if value is not None
    }


def next_revision(last: int, now: Instant) -> int:
    """It never goes back, nor after a lost disk (contract: BranchState)."""
    return max(last + 1, now.ms)
