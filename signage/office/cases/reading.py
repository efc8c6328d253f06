"""From an event to what of it matters to a case. Pure: an event that cannot be read matters to none."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from signage.core.case_history import ORDER
from signage.core.case_rules import CaseRule, opinion_rule, rating_rule
from signage.wire.codec import Malformed, convert

KINDS: Final = ("rating", "call", "case")
CALLED: Final = "called"
ANSWERED: Final = "answered"
HEAD_OFFICE: Final = "head-office"  # the origin of what was done here, not in the branch
_LONGEST: Final = 128  # characters of a name that is kept


class _Rating(Struct, frozen=True):
    stars: int
    counter: str | None = None
    teller: str | None = None
    device: str | None = None
    flags: tuple[str, ...] = ()
    contact: str | None = None
    consent: str | None = None


class _Call(Struct, frozen=True):
    on: bool
    device: str | None = None
    counter: str | None = None
    actor: str | None = None


class _Case(Struct, frozen=True):
    case: str
    action: str
    source: str | None = None
    actor: str | None = None
    owner: str | None = None
    complicated: str | None = None
    counter: str | None = None
    teller: str | None = None
    device: str | None = None
    stars: int | None = None
    subject: str | None = None
    contact: str | None = None
    consent: str | None = None


_ABSENT: Final[Mapping[str, Any]] = dict.fromkeys(
    ("matter", "actor", "owner", "complicated", "rule", "source", "counter", "teller", "device", "stars", "subject")
)


def matter_of(
    event: Mapping[Any, Any], rules: Sequence[CaseRule], *, prompted_only: bool = False
) -> dict[str, Any] | None:
    """A row of `case_events` for a row of `events`; None: no case is concerned."""
    if event["id"] is None or event["at"] is None or event["problem"] is not None:
        return None
    try:
        data = json.loads(event["data"])
        match event["kind"]:
            case "rating":
                rating = convert(data, _Rating)
                unasked = prompted_only and "unprompted" in rating.flags
                found = None if unasked else _rated(event, rating, rules)
            case "call":
                found = _called(event, convert(data, _Call))
            case _:
                found = _told(convert(data, _Case), rules)
    except (Malformed, ValueError, RecursionError):
        return None
    return None if found is None else dict(_ABSENT) | _heading(event) | found


def _heading(event: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "event_key": event["key"],
        "branch": event["branch"],
        "event_id": event["id"],
        "kind": event["kind"],
        "at": event["at"],
        "callback": False,
        "from_branch": event["origin"] != HEAD_OFFICE,
    }


def _rated(event: Mapping[Any, Any], rating: _Rating, rules: Sequence[CaseRule]) -> dict[str, Any] | None:
    callback = rating.consent is not None or rating.contact is not None
    rule = rating_rule(rules, rating.stars, rating.flags, callback=callback)
    if rule is None:
        return None
    return {
        "case_id": event["id"],
        "action": "opened",
        "rule": rule,
        "source": "rating",
        "counter": _short(rating.counter),
        "teller": _short(rating.teller),
        "device": _short(rating.device) or event["origin"],
        "stars": rating.stars if 1 <= rating.stars <= 5 else None,
        "callback": callback,
    }


def _called(event: Mapping[Any, Any], call: _Call) -> dict[str, Any]:
    device = _short(call.device) or event["origin"]
    return {
        "case_id": event["id"] if call.on else "",
        "action": CALLED if call.on else ANSWERED,
        "matter": f"{device}/{_short(call.counter) or ''}",
        "source": "call",
        "actor": _short(call.actor),
        "counter": _short(call.counter),
        "device": device,
    }


def _told(told: _Case, rules: Sequence[CaseRule]) -> dict[str, Any] | None:
    if not 0 < len(told.case) <= _LONGEST or "\0" in told.case:
        return None
    opens = told.action == "opened"
    rule = "branch" if opens else None
    if opens and told.source == "opinion":
        rule = opinion_rule(rules, told.subject)
    return {
        "case_id": told.case,
        "action": told.action if told.action in ORDER else "told",
        "actor": _short(told.actor),
        "owner": _short(told.owner),
        "complicated": _short(told.complicated),
        "rule": rule,
        "source": _short(told.source),
        "counter": _short(told.counter),
        "teller": _short(told.teller),
        "device": _short(told.device),
        "stars": told.stars if told.stars is not None and 1 <= told.stars <= 5 else None,
        "subject": _short(told.subject),
        "callback": told.consent is not None or told.contact is not None,
    }


def _short(text: str | None) -> str | None:
    return text.replace("\0", "\ufffd")[:_LONGEST] if text else None
