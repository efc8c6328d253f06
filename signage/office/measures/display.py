"""Compliance of display: how long each required item really stood on the screens it must stand on, by proof of play.

Hour by hour: what is shown more often in one hour makes up for nothing in another. A screen that tells of no play has
shown nothing. What a screen draws by itself (its frame's hours and hotline) is no item of the programme and not asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec
from sqlalchemy import Connection

from signage.core.downtime import open_times
from signage.core.measures import rate
from signage.core.required_display import Required
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.reading import happened, moment, told
from signage.office.tables import events

_HOUR_MS: Final = 3_600_000


@dataclass(frozen=True)
class Displayed:
    """Milliseconds that an item should have stood on a branch's screens, and for which it did, never more in an hour."""

    owed: int = 0
    shown: int = 0

    @property
    def rate(self) -> float | None:
        return rate(self.shown, self.owed)

    def __add__(self, other: "Displayed") -> "Displayed":
        return Displayed(self.owed + other.owed, self.shown + other.shown)


class _Item(msgspec.Struct):
    ref: str
    seconds: int


class _Said(msgspec.Struct):
    """A stretch of play; a screen that says something else has shown nothing."""

    screen: str
    begun: str = msgspec.field(name="from")
    items: list[_Item]


_SAID: Final = msgspec.json.Decoder(_Said)


def display(connection: Connection, period: Period, profiles: Profiles) -> dict[str, dict[str, Displayed]]:
    """Branch → required item → milliseconds, for every branch whose hours and screens are known."""
    wanted = profiles.required
    if not wanted:
        return {}
    shown = _shown(connection, period, profiles, wanted)
    owed_by_plan: dict[int, dict[int, int]] = {}
    figures: dict[str, dict[str, Displayed]] = {}
    for branch in profiles:
        profile = profiles[branch]
        if profile.hours is None or not profile.screens:
            continue
        if id(profile.hours) not in owed_by_plan:  # branches of one plan share their hours
            owed_by_plan[id(profile.hours)] = _open_hours(profile, period)
        hours = owed_by_plan[id(profile.hours)]
        figures[branch] = {
            one.item: _sum(one, hours, [shown.get((branch, name, one.item), {}) for name in _screens(profile, one)])
            for one in wanted
        }
    return figures


def _screens(profile: Profile, required: Required) -> list[str]:
    return [name for name, kind in profile.screens.items() if required.concerns(name, kind)]


def _sum(required: Required, hours: Mapping[int, int], screens: Iterable[Mapping[int, int]]) -> Displayed:
    owed = {hour: opened * required.seconds // required.every_s for hour, opened in hours.items()}
    every = list(screens)
    shown = sum(min(owed[hour], spent) for screen in every for hour, spent in screen.items() if hour in owed)
    return Displayed(sum(owed.values()) * len(every), shown)


def _open_hours(profile: Profile, period: Period) -> dict[int, int]:
    """Hour since 1970 → how many of its milliseconds the branch is open."""
    opened: dict[int, int] = defaultdict(int)
    if profile.hours is None:
        return opened
    for start, end in open_times(profile.hours, profile.hours.services, period.first, period.end):
        for hour in range(start.ms // _HOUR_MS, -(-end.ms // _HOUR_MS)):
            opened[hour] += min(end.ms, (hour + 1) * _HOUR_MS) - max(start.ms, hour * _HOUR_MS)
    return opened


def _shown(
    connection: Connection, period: Period, profiles: Profiles, wanted: tuple[Required, ...]
) -> dict[tuple[str, str, str], dict[int, int]]:
    """(branch, screen, item) → hour in which a stretch of play began → milliseconds."""
    sums: dict[tuple[str, str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    asked: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for branch, screen, hour, items in _plays(connection, period):
        what = (screen, profiles[branch].screens.get(screen))
        if what not in asked:
            asked[what] = _by_ref(*what, wanted)
        for item in items:
            for name in asked[what].get(item.ref, ()):
                sums[branch, screen, name][hour] += item.seconds * 1000
    return sums


def _by_ref(screen: str, kind: str | None, wanted: tuple[Required, ...]) -> dict[str, list[str]]:
    """What plays → the required items that it is, on a screen of that name and kind. `kind` None: no screen of ours."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in wanted:
        if kind is not None and one.concerns(screen, kind):
            for ref in one.refs:
                found[ref].append(one.item)
    return dict(found)


def _plays(connection: Connection, period: Period) -> Iterator[tuple[str, str, int, list[_Item]]]:
    for (branch, _), said in told(connection, happened("play", period, events.c.branch, events.c.data), _SAID):
        hour = _hour(said.begun)
        if hour is not None:
            yield branch, said.screen, hour, said.items


@lru_cache(4096)
def _hour(begun: str) -> int | None:
    """Since 1970. Screens end a stretch of play by the clock, so that many begin at one time."""
    at = moment(begun)
    return at.ms // _HOUR_MS if at is not None else None
