"""The three timelies: how many steps of cases fell due in a period, and how many of them were done in time.

Beside them the cases that arrived in it, which of them are complaints, and how much of the opinion book was answered.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from signage.core.case_history import History, Told, history
from signage.core.cases import FRIENDLY
from signage.core.days import Calendar
from signage.core.instants import Instant
from signage.core.measures import rate
from signage.core.model import HoursPlan
from signage.core.timelies import Clocked, Terms, WorkingDays, clocks
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.reading import happened, text, told
from signage.office.measures.suspended import LOOK_BACK
from signage.office.tables import events

_OPINION: Final = "opinion"
_RATING: Final = "rating"


@dataclass(frozen=True)
class Timeliness:
    """Cases whose step fell due in the period, and those of them whose step was done in time."""

    due: int = 0
    in_time: int = 0

    @property
    def rate(self) -> float | None:
        return rate(self.in_time, self.due)

    def __add__(self, other: "Timeliness") -> "Timeliness":
        return Timeliness(self.due + other.due, self.in_time + other.in_time)


@dataclass(frozen=True)
class Cases:
    """`opened`: cases that arrived in the period, by source. `clocks`: every one, also those that nothing fell due of.

    `complaints`: those that are no rating, and say something else than praise, a question or a suggestion.
    `answered`: opinions of the period that were fed back by its end.
    """

    opened: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[Clocked, Timeliness] = field(default_factory=lambda: dict.fromkeys(Clocked, Timeliness()))
    complaints: int = 0
    answered: int = 0

    @property
    def n(self) -> int:
        return sum(self.opened.values())

    @property
    def timely(self) -> Timeliness:
        """三及时 altogether: the three steps, without the clock of the whole case."""
        return self.clocks[Clocked.INVESTIGATED] + self.clocks[Clocked.HANDLED] + self.clocks[Clocked.FED_BACK]

    @property
    def answer_rate(self) -> float | None:
        """Of the opinion book."""
        return rate(self.answered, self.opened.get(_OPINION, 0))


def cases(connection: Connection, period: Period, profiles: Profiles, terms: Terms | None = None) -> dict[str, Cases]:
    """By branch, for every branch that has a case. A clock is due in the period in which its deadline lies."""
    days: dict[str, WorkingDays] = {}
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for (branch, _), case in _heard(connection, period).items():
        found = history(case.steps)
        if found is None:
            continue
        if branch not in days:
            days[branch] = _working_days(profiles[branch], period)
        if period.first <= found.progress.opened < period.end:
            sums[branch].opened_one(case, found)
        for clock in clocks(found.progress, days[branch], terms or Terms()):
            if period.first <= clock.due < period.end:
                done = clock.done is not None and clock.done < clock.due
                sums[branch].clocks[clock.what] += Timeliness(1, int(done))
    return {branch: sums[branch].figures() for branch in sorted(sums)}


@dataclass
class _Case:
    """What events say of one case."""

    steps: list[Told] = field(default_factory=list)
    source: str | None = None
    phrases: frozenset[str] = frozenset()

    @property
    def complains(self) -> bool:
        return self.source != _RATING and not (self.phrases and self.phrases <= FRIENDLY)


@dataclass
class _Sums:
    opened: Counter[str] = field(default_factory=Counter)
    clocks: dict[Clocked, Timeliness] = field(default_factory=lambda: dict.fromkeys(Clocked, Timeliness()))
    complaints: int = 0
    answered: int = 0

    def opened_one(self, case: _Case, found: History) -> None:
        self.opened[case.source or ""] += 1
        self.complaints += case.complains
        self.answered += case.source == _OPINION and found.progress.fed_back is not None

    def figures(self) -> Cases:
        return Cases(dict(sorted(self.opened.items())), self.clocks, self.complaints, self.answered)


def _working_days(profile: Profile, period: Period) -> WorkingDays:
    """The branch's; where its hours are not known, weekdays by head office's zone."""
    if profile.hours is not None:
        return WorkingDays(profile.hours.calendar, profile.hours.zone)
    return WorkingDays(Calendar(HoursPlan(timezone=period.zone.key, rules={})), period.zone)


class _Said(msgspec.Struct):
    """What an event says, whatever stands in it."""

    case: Any = None
    action: Any = None
    source: Any = None
    actor: Any = None
    owner: Any = None
    complicated: Any = None
    complex: Any = None
    note: Any = None
    phrases: Any = None


_SAID: Final = msgspec.json.Decoder(_Said)


def _heard(connection: Connection, period: Period) -> dict[tuple[str, str], _Case]:
    """(branch, case) → what its events say, in order."""
    wide = Period(Instant.of(period.first - LOOK_BACK), period.end, period.zone)
    read = happened("case", wide, events.c.branch, events.c.at, events.c.id, events.c.data)
    heard: dict[tuple[str, str], _Case] = defaultdict(_Case)
    for (branch, at, identity, _), said in told(connection, read.order_by(events.c.at, events.c.id), _SAID):
        if not isinstance(said.case, str) or not isinstance(said.action, str):
            continue
        case = heard[branch, said.case]
        complicated = text(said.complicated) or (text(said.note) if said.complex is True else None)
        actor, owner = text(said.actor), text(said.owner)
        case.steps.append(Told(Instant.parse(at), identity, said.action, actor, owner, complicated))
        if said.action == "opened" and case.source is None:
            case.source, case.phrases = text(said.source) or "", _phrases(said.phrases)
    return heard


def _phrases(value: Any) -> frozenset[str]:
    fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return frozenset(value) if fits else frozenset()
