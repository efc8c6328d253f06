"""Which rule holds for a service on a date: the standing one, one that began at a later date, or an exception's.

Among exceptions, and among changes of the same date, the later in the list wins, service by service: what one of them
does not name is left to the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from signage.core.days import parse_date
from signage.core.model import HoursChange, HoursException, HoursPlan, Text
from signage.core.rules import Rule

_OFF: Final = Rule("off")
_CLOSED: Final = frozenset({"off", "closed"})
_COUNTER: Final = "counter:"


def own_service(number: str) -> str:
    """The service that a counter with a rule of its own keeps."""
    return f"{_COUNTER}{number}"


def is_own_service(service: str) -> bool:
    return service.startswith(_COUNTER)


@dataclass(frozen=True)
class Exceptional:
    """A compiled exception, from `first` to `last`."""

    first: date
    last: date
    rules: Mapping[str, Rule]
    note: Text

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Change:
    """A compiled change: its rules stand from `first` on."""

    first: date
    rules: Mapping[str, Rule]
    note: Text


class Timetable:
    """The rules of a plan. Raises ValueError that names the service, the exception or the change that is wrong."""

    def __init__(self, plan: HoursPlan) -> None:
        self._rules = {service: _rule(service, text) for service, text in plan.rules.items()}
        self.services = tuple(service for service in self._rules if not is_own_service(service))
        self.exceptions = tuple(_exception(one) for one in plan.exceptions)
        self.changes = tuple(sorted((_change(one) for one in plan.changes), key=lambda one: one.first))

    def knows(self, service: str) -> bool:
        """Whether any rule names the service."""
        tables = (self._rules, *(one.rules for one in self.changes), *(one.rules for one in self.exceptions))
        return any(service in rules for rules in tables)

    def rule(self, service: str, day: date) -> Rule:
        """What holds; a service without a rule is never open."""
        excepted = (self._excepted(one, service) for one in reversed(self.exceptions) if one.covers(day))
        found = next((rule for rule in excepted if rule is not None), None)
        return found if found is not None else self.standing(service, day)

    def standing(self, service: str, day: date) -> Rule:
        """The rule without exceptions."""
        begun = (one.rules.get(service) for one in reversed(self.changes) if one.first <= day)
        return next((rule for rule in begun if rule is not None), self._rules.get(service, _OFF))

    def is_excepted(self, day: date) -> bool:
        return any(one.covers(day) for one in self.exceptions)

    def note(self, day: date) -> Text:
        """What the exceptions of a date say about it."""
        return next((one.note for one in reversed(self.exceptions) if one.covers(day) and one.note), {})

    def _excepted(self, exception: Exceptional, service: str) -> Rule | None:
        """The exception's word on a service. One that closes the whole branch closes counters with own rules too."""
        rule = exception.rules.get(service)
        if rule is None and is_own_service(service) and self._closes_all(exception):
            return _OFF
        return rule

    def _closes_all(self, exception: Exceptional) -> bool:
        rules = [exception.rules.get(service) for service in self.services]
        return bool(rules) and all(rule is not None and rule.text.strip() in _CLOSED for rule in rules)


def _rule(service: str, text: str) -> Rule:
    try:
        return Rule(text)
    except ValueError as error:
        raise ValueError(f"{service}: {error}") from error


def _rules(place: str, texts: Mapping[str, str]) -> dict[str, Rule]:
    return {service: _rule(f"{place}, {service}", text) for service, text in texts.items()}


def _exception(exception: HoursException) -> Exceptional:
    first, last = parse_date(exception.first), parse_date(exception.last)
    if last < first:
        raise ValueError(f"exception from {first} to {last}: it ends before it begins")
    return Exceptional(first, last, _rules(f"exception from {first}", exception.rules), exception.note)


def _change(change: HoursChange) -> Change:
    first = parse_date(change.first)
    return Change(first, _rules(f"change from {first}", change.rules), change.note)
