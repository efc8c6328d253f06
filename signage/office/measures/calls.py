"""Calls of the lobby manager and how soon each was answered, by branch and who answered."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from signage.core.answers import FORGOTTEN_AFTER, Answer, CallEvent, answers
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.reading import happened, meaning, token, word
from signage.office.tables import events

_CALL: tuple[str | None, ...] = ("call", None)  # what a call's acknowledgement is about; a fault's is support response


def answered(connection: Connection, period: Period) -> dict[tuple[str, str], tuple[Answer, ...]]:
    """(branch, actor) → answers to calls that were made in the period, in order."""
    wide = Period(Instant.of(period.first - FORGOTTEN_AFTER), Instant.of(period.end + FORGOTTEN_AFTER), period.zone)
    told: dict[str, list[CallEvent]] = defaultdict(list)
    for branch, event in _told(connection, wide):
        told[branch].append(event)
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for branch in sorted(told):
        for answer in answers(told[branch]):
            if period.first <= answer.called < period.end:
                found[branch, answer.actor].append(answer)
    return {key: tuple(found[key]) for key in sorted(found)}


def _told(connection: Connection, period: Period) -> Iterator[tuple[str, CallEvent]]:
    columns = (events.c.branch, events.c.at, *(token(key) for key in ("device", "counter", "on", "actor", "about")))
    read = happened("call", period, *columns).order_by(events.c.at, events.c.seq, events.c.id)
    for branch, at, device_, counter, on_, actor, about in connection.execute(read):
        device, on = word(device_), meaning(on_)
        if device is not None and isinstance(on, bool) and word(about) in _CALL:
            yield branch, CallEvent(Instant.parse(at), device, word(counter), on, word(actor))
