"""`config/profiles.toml`: what head office knows of its branches in order to count their events, as the office's structures.

Tables are laid one over another in the file's order, key by key, for the branches that each of them names; so one table
can say what holds everywhere, and a later one what is different in a region or in one branch.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from signage.config.branch_file import SERVICES, HoursTable, RatingsTable
from signage.config.check import Checked, walk
from signage.config.entries import timezone_mistakes
from signage.config.holidays import plan_of
from signage.config.hours_entries import COUNTER_HOURS, hours_mistakes, rule_mistakes
from signage.config.leaves import CounterNumber, NodeName, Table, Word
from signage.config.load import BadConfiguration, read_toml
from signage.config.places import Mistake, shown
from signage.core.counting import RatingRules
from signage.core.hours import read_hours
from signage.core.model import ScreenKind
from signage.core.required_display import Required
from signage.core.timetable import own_service
from signage.office.measures.profiles import Profile, Profiles
from signage.office.rollout import fits
from signage.office.roster import RosterBranch

Patterns = Annotated[tuple[Word, ...], Meta(min_length=1, description='ids or groups, such as ["hz-*", "city"]')]
Names = Annotated[tuple[Word, ...], Meta(min_length=1, description="a list of names")]
_ANY: Final = RosterBranch("", "", "", ())  # a branch that is not on the roster fits only "*"
T = TypeVar("T")


class CounterHours(Table, frozen=True, kw_only=True):
    number: CounterNumber
    hours: Word = "personal"  # personal, corporate, or an opening_hours rule of its own


class ScreenPlace(Table, frozen=True, kw_only=True):
    name: NodeName
    kind: ScreenKind


class ProfileTable(Table, frozen=True, kw_only=True):
    branches: Patterns
    timezone: Word | None = None
    hours: HoursTable | None = None
    ratings: RatingsTable | None = None
    counter: tuple[CounterHours, ...] = ()
    screen: tuple[ScreenPlace, ...] = ()


class RequiredTable(Table, frozen=True, kw_only=True):
    item: Word  # "hours", "hotline", "complaint-process"
    refs: Names
    screens: Names = ("wall",)
    seconds: Annotated[int, Meta(ge=1, le=3600, description="seconds, 1 to 3600")] = 10
    every_s: Annotated[int, Meta(ge=1, le=3600, description="seconds, 1 to 3600")] = 300


class ProfilesFile(Table, frozen=True, kw_only=True):
    profile: tuple[ProfileTable, ...] = ()
    required: tuple[RequiredTable, ...] = ()


def load_profiles(path: Path, roster: Sequence[RosterBranch], since: date, timezone: str) -> Profiles:
    """`since`: the first date whose hours may be asked for; `timezone`: of profiles that name none.

    Raises BadConfiguration.
    """
    raw = read_toml(path)
    checked = walk(raw, ProfilesFile)
    mistakes = [*checked.mistakes, *hours_mistakes(checked), *_contradictions(checked)]
    if mistakes:
        raise BadConfiguration(*[mistake.line(str(path)) for mistake in mistakes])
    file = msgspec.convert(raw, ProfilesFile)
    made: dict[tuple[int, ...], Profile] = {}

    def profile(branch: RosterBranch) -> Profile:
        here = tuple(number for number, table in enumerate(file.profile) if fits(branch, table.branches))
        if here not in made:  # hundreds of branches share a few profiles, and so their compiled hours
            made[here] = _profile([file.profile[number] for number in here], since, timezone)
        return made[here]

    required = tuple(Required(one.item, one.refs, one.screens, one.seconds, one.every_s) for one in file.required)
    return Profiles({branch.id: profile(branch) for branch in roster}, required, profile(_ANY))


def _profile(tables: Sequence[ProfileTable], since: date, timezone: str) -> Profile:
    zone = _last([one.timezone for one in tables]) or timezone
    hours = _last([one.hours for one in tables])
    rated = _last([one.ratings for one in tables]) or RatingsTable()
    counters = _last([one.counter or None for one in tables]) or ()
    own = {one.number: one.hours for one in counters if one.hours not in SERVICES}
    return Profile(
        ratings=RatingRules(rated.require_prompt, round(rated.min_gap_s * 1000)),
        hours=read_hours(plan_of(hours, zone, own, since)) if hours is not None else None,
        counters={one.number: own_service(one.number) if one.number in own else one.hours for one in counters},
        screens={one.name: one.kind for one in _last([one.screen or None for one in tables]) or ()},
    )


def _contradictions(checked: Checked) -> Iterator[Mistake]:
    for place, name in checked.at("timezone", ProfileTable):
        yield from timezone_mistakes(place, name)
    for place, rule in checked.at("hours", CounterHours):
        if rule not in SERVICES:
            yield from rule_mistakes(place, "hours", rule, COUNTER_HOURS)
    for place, table in checked.of(RequiredTable):
        if table.seconds > table.every_s:
            yield Mistake(place, "seconds", shown(table.seconds), f"at most {table.every_s}, as every_s says")


def _last(given: Sequence[T | None]) -> T | None:
    """The latest word."""
    return next((one for one in reversed(given) if one is not None), None)
