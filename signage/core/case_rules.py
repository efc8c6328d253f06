"""Which ratings, opinions and calls become cases: rules as data, the first that fits names the case. Pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, Literal

from signage.core.instants import Instant
from signage.core.model import Model

CaseSource = Literal["rating", "opinion", "call"]


class CaseRule(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Everything that it names must hold; what it does not name may be anything.

    `stars_at_most`, `callback` (a number was left with consent) and `flags_without` are for ratings, `subjects` for
    opinions, `unanswered_min` (minutes) for calls.
    """

    name: str
    on: CaseSource
    stars_at_most: int | None = None
    callback: bool | None = None
    flags_without: tuple[str, ...] = ("repeat", "suspended", "test")
    subjects: tuple[str, ...] = ()
    unanswered_min: int = 10


_ANSWERED_WITHIN: Final = timedelta(hours=12)  # nobody answers yesterday's call
_AGAIN_WITHIN: Final = timedelta(minutes=30)
DEFAULT_RULES: Final = (
    CaseRule(name="low-rating", on="rating", stars_at_most=2),
    CaseRule(name="call-back", on="rating", callback=True),
    CaseRule(name="opinion", on="opinion"),
    CaseRule(name="unanswered-call", on="call"),
)


def rating_rule(
    rules: Iterable[CaseRule], stars: int, flags: Sequence[str] = (), *, callback: bool = False
) -> str | None:
    """The rule by which a rating becomes a case; None: it does not."""
    for rule in rules:
        if rule.on != "rating" or set(rule.flags_without) & set(flags):
            continue
        if rule.stars_at_most is not None and not 1 <= stars <= rule.stars_at_most:
            continue
        if rule.callback is None or rule.callback == callback:
            return rule.name
    return None


def opinion_rule(rules: Iterable[CaseRule], subject: str | None) -> str | None:
    """The rule by which an opinion becomes a case; None: it is kept, and nobody has to follow it up."""
    for rule in rules:
        if rule.on == "opinion" and (not rule.subjects or subject in rule.subjects):
            return rule.name
    return None


def first_answer(called: Instant, answers: Iterable[Instant]) -> Instant | None:
    """When somebody came; an answer long after belongs to another call."""
    return min((at for at in answers if called <= at < called + _ANSWERED_WITHIN), default=None)


def called_again(called: Instant, calls: Iterable[Instant], answers: Sequence[Instant]) -> bool:
    """Whether somebody had called for the same shortly before and nobody had come: one case is enough."""
    earlier = [at for at in calls if called - _AGAIN_WITHIN < at < called]
    return any(not any(at <= answer <= called for answer in answers) for at in earlier)


def call_rule(rules: Iterable[CaseRule], called: Instant, answered: Instant | None) -> tuple[str, Instant] | None:
    """The rule by which a call becomes a case and when it does: nobody came in time. None: somebody did."""
    found = [
        (Instant.of(called + timedelta(minutes=rule.unanswered_min)), rule.name) for rule in rules if rule.on == "call"
    ]
    late = [(at, name) for at, name in found if answered is None or answered >= at]
    return (late[0][1], late[0][0]) if late else None
