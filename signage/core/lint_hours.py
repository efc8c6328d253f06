"""A branch's hours, linted: years that nobody knows, services that never open, exceptions and changes that say nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from signage.core.hours import Hours
from signage.core.hours_weeks import ANNOUNCED
from signage.core.instants import Instant
from signage.core.lint import Finding
from signage.core.model import HoursException

_AUTUMN: Final = 11  # by November the next year's arrangement has been announced


def lint_hours(hours: Hours, now: Instant) -> Iterator[Finding]:
    """Every finding about the plan at `now`."""
    today = hours.local_date(now)
    yield from _years(hours, today)
    for service in hours.plan.rules:
        state = hours.at(service, now)
        if not state.open and state.next_open is None:
            cure = "say when it opens, or leave it out"
            yield Finding("error", "[hours]", f"{service} opens at no time within 400 days", cure)
    yield from _exceptions(hours.plan.exceptions, today)
    yield from _changes(hours, today)


def _years(hours: Hours, today: date) -> Iterator[Finding]:
    known = hours.plan.known_until
    if not known:
        if any("PH" in rule for rule in hours.plan.rules.values()) and not hours.plan.days:
            cure = "set country, or enter the holidays under days"
            yield Finding("warning", "[hours] country", "rules name holidays (PH), but no calendar is configured", cure)
        return
    wanted = today.year + (today.month >= _AUTUMN)
    if known < f"{wanted}-12-28":
        what = f"the holidays of {wanted} are not known: after {known} every date keeps its weekday's hours"
        cure = "update the calendar library, or enter them under days and set known_until"
        yield Finding("warning", "[hours] known_until", what, cure)


def _exceptions(exceptions: tuple[HoursException, ...], today: date) -> Iterator[Finding]:
    for number, one in enumerate(exceptions, 1):
        place = f'[[hours.exceptions]] {number} "{one.first}"'
        if one.last < str(today):
            yield Finding("note", place, f"it was over on {one.last}", "take it out")
        over = next((other for other in exceptions[number:] if _covers(other, one)), None)
        if over is not None:
            what = f"it never counts: the later one from {over.first} to {over.last} says otherwise for all of it"
            yield Finding("warning", place, what, "take it out, or put it after that one")


def _covers(other: HoursException, one: HoursException) -> bool:
    return other.first <= one.first and one.last <= other.last and set(one.rules) <= set(other.rules)


def _changes(hours: Hours, today: date) -> Iterator[Finding]:
    for number, one in enumerate(hours.plan.changes, 1):
        place = f'[[hours.change]] {number} "{one.first}"'
        first = date.fromisoformat(one.first)
        if first <= today:
            yield Finding("note", place, "it holds already", "write its hours into [hours] and take it out")
        elif first < today + ANNOUNCED:
            what = f"it begins in {(first - today).days} days, and changes are announced at least 7 days before"
            yield Finding("warning", place, what, "let it begin later, or tell customers by a notice as well")
