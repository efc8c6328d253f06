"""Cases: opened by customers' opinions and low ratings, followed up by staff, answered, closed. Pure."""

import re
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from signage.branch.facts import ANSWERS_KEPT, CASES_KEPT, Change, Draft, Facts, Refused, without_none
from signage.branch.letters import Letter
from signage.core.case_history import ORDER
from signage.core.cases import SUBJECTS
from signage.core.instants import Instant
from signage.core.model import Answer, Case, CaseAction, Text
from signage.core.timelies import Progress, Terms, WorkingDays, clocks, next_clock
from signage.wire.codec import Malformed, convert
from signage.wire.messages import Event

LONGEST_NAME: Final = 64
_LONGEST_COUNTER: Final = 20
_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", re.ASCII)
_PHRASES: Final = frozenset(phrase for phrases in SUBJECTS.values() for phrase in phrases)


class OpenedData(Struct, frozen=True):
    """The data of a `case` event that opens one; all but `case` and `action` may be missing."""

    case: str
    action: str
    source: str = "opinion"
    text: str | None = None
    contact: str | None = None
    consent: str | None = None
    counter: str | None = None
    subject: str | None = None
    phrases: tuple[str, ...] = ()
    strokes: dict[str, Any] | None = None
    sealed: dict[str, Any] | None = None
    locale: str | None = None


class RatedData(Struct, frozen=True):
    """What of a rating matters to its case."""

    stars: int
    counter: str | None = None
    comment: str | None = None
    contact: str | None = None
    consent: str | None = None
    phrases: tuple[str, ...] = ()
    strokes: dict[str, Any] | None = None
    sealed: dict[str, Any] | None = None


@dataclass(frozen=True)
class Opened:
    """A case that a device's event opens, and what the customer wrote."""

    case: Case
    letter: Letter


def opened_by(event: Event) -> Opened | None:
    """The case that a customer's opinion opens; None: it opens none, or cannot be read."""
    try:
        said = convert(event.data, OpenedData)
    except Malformed:
        return None
    if said.action != "opened" or not 0 < len(said.case) <= LONGEST_NAME:
        return None
    case = Case(
        id=said.case,
        at=event.at,
        source=said.source[:40],
        counter=_short(said.counter),
        subject=said.subject if said.subject in SUBJECTS else None,
        callback=said.contact is not None or said.consent is not None,
        locale=said.locale if said.locale is not None and _LOCALE.fullmatch(said.locale) else None,
    )
    phrases = tuple(phrase for phrase in said.phrases if phrase in _PHRASES)
    return Opened(case, Letter(said.text, said.contact, said.consent, said.strokes, phrases, said.sealed))


def follows(event: Event, *, low: bool) -> Opened | None:
    """The case that a rating makes: where it was `low`, or the customer wants to be called. None: there is none."""
    try:
        rated = convert(event.data, RatedData)
    except Malformed:
        return None
    callback = rated.contact is not None or rated.consent is not None
    if (not low and not callback) or len(event.id) > LONGEST_NAME:
        return None
    case = Case(
        id=event.id,
        at=event.at,
        source="rating",
        counter=_short(rated.counter),
        stars=rated.stars,
        callback=callback,
    )
    phrases = tuple(phrase for phrase in rated.phrases if phrase in _PHRASES)
    return Opened(case, Letter(rated.comment, rated.contact, rated.consent, rated.strokes, phrases, rated.sealed))


def _short(counter: str | None) -> str | None:
    """What a device sends goes into a document that every screen reads: nothing long."""
    return None if counter is None else counter[:_LONGEST_COUNTER]


def take_in(facts: Facts, case: Case) -> Facts:
    """One more open case. Of too many the oldest goes: head office has them all."""
    if any(known.id == case.id for known in facts.cases):
        return facts
    return replace(facts, cases=(*facts.cases, case)[-CASES_KEPT:])


def told_of_rating(case: Case) -> Draft:
    """The event that tells of a rating's case; the customer's words are in the rating, whose id is the case's."""
    data = without_none(case=case.id, action="opened", source="rating", counter=case.counter, stars=case.stars)
    return Draft("case", data)


@dataclass(frozen=True)
class Update:
    """What is done about a case. `released`: the answer for everybody to read; empty: it is taken down.

    `urges`: head office asks for the next step.
    """

    case: str
    action: CaseAction
    actor: str
    owner: str | None = None
    note: str | None = None
    sealed: dict[str, Any] | None = None
    complicated: str | None = None
    urges: bool = False
    answer: str | None = None
    released: Text | None = None
    phrases: tuple[str, ...] = ()


def update(facts: Facts, wanted: Update, now: Instant) -> Change:
    """Raises Refused: the case is not open, or it has come further than that."""
    case = next((known for known in facts.cases if known.id == wanted.case), None)
    if case is None:
        return _take_down(facts, wanted)
    if ORDER[wanted.action] < ORDER[case.action] and wanted.action != "assigned":
        raise Refused("too-late", f"the case is {case.action} already")
    owner = wanted.owner or (wanted.actor if wanted.action == "assigned" else case.owner)
    changed = replace(_reached(case, wanted, now), owner=owner)
    kept = tuple(changed if known.id == case.id else known for known in facts.cases)
    if wanted.action == "closed":
        kept = tuple(known for known in kept if known.id != case.id)
    after = _released(replace(facts, cases=kept), case, wanted, now)
    return Change(after, (_told(wanted, case.source, owner),))


def _reached(case: Case, wanted: Update, now: Instant) -> Case:
    """Each step that it comes to has its time; a later one reaches the earlier ones too. Done is not urged any more."""
    times = {
        field: now
        for field, step in (("investigated_at", "investigated"), ("handled_at", "handled"), ("fed_back_at", "fed-back"))
        if getattr(case, field) is None and ORDER[wanted.action] >= ORDER[step]
    }
    urged = wanted.urges or (case.urged and not times)
    complicated = case.complicated or wanted.complicated
    furthest = max(case.action, wanted.action, key=ORDER.__getitem__)
    return replace(case, action=furthest, urged=urged, complicated=complicated, **times)


def open_from_afar(facts: Facts, case: Case, actor: str) -> Change:
    """A case by head office's rules: a call that nobody answered, a rating that is low to them. Once."""
    if any(known.id == case.id for known in facts.cases):
        raise Refused("known-case", "that case is open already")
    data = without_none(
        case=case.id, action="opened", actor=actor, source=case.source, counter=case.counter, stars=case.stars
    )
    return Change(take_in(facts, case), (Draft("case", data),))


def with_clock(case: Case, days: WorkingDays) -> Case:
    """As screens get it: with the step that falls due next, and when."""
    progress = Progress(
        case.at, case.investigated_at, case.handled_at, case.fed_back_at, complicated=case.complicated is not None
    )
    clock = next_clock(clocks(progress, days, Terms()))
    return case if clock is None else replace(case, step=clock.what.value, remind=clock.remind, due=clock.due)


def _released(facts: Facts, case: Case, wanted: Update, now: Instant) -> Facts:
    if wanted.released is None:
        return facts
    others = tuple(known for known in facts.answers if known.id != case.id)
    if not wanted.released:
        return replace(facts, answers=others)
    answer = Answer(
        id=case.id, opened=case.at, at=now, text=wanted.released, subject=case.subject, phrases=wanted.phrases
    )
    return replace(facts, answers=(answer, *others)[:ANSWERS_KEPT])


def _take_down(facts: Facts, wanted: Update) -> Change:
    """A closed case's answer can still be taken away."""
    others = tuple(known for known in facts.answers if known.id != wanted.case)
    if wanted.released != {} or others == facts.answers:
        raise Refused("unknown-case", "no such case is open")
    return Change(replace(facts, answers=others), (_told(wanted, "opinion", None),))


def _told(wanted: Update, source: str, owner: str | None) -> Draft:
    return Draft(
        "case",
        without_none(
            case=wanted.case,
            action=wanted.action,
            actor=wanted.actor,
            source=source,
            owner=owner,
            text=wanted.note,
            sealed=wanted.sealed,
            complicated=wanted.complicated,
            answer=wanted.answer,
            released=wanted.released,
        ),
    )
