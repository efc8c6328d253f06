"""Calls of the lobby manager and how soon each was answered, by branch and who answered."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from signage.core.answers import FORGOTTEN_AFTER, Answer, CallEvent, answers
from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.measures.reading import happened, text, told
from signage.office.tables import events

_CALL: tuple[str | None, ...] = ("call", None)  # what a call's acknowledgement is about; a fault's is support response


def answered(connection: Connection, period: Period) -> dict[tuple[str, str], tuple[Answer, ...]]:
    """(branch, actor) → answers to calls that were made in the period, in order."""
    wide = Period(Instant.of(period.first - FORGOTTEN_AFTER), Instant.of(period.end + FORGOTTEN_AFTER), period.zone)
    heard: dict[str, list[CallEvent]] = defaultdict(list)
    for branch, event in _heard(connection, wide):
        heard[branch].append(event)
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for branch in sorted(heard):
        for answer in answers(heard[branch]):
            if period.first <= answer.called < period.end:
                found[branch, answer.actor].append(answer)
    return {key: tuple(found[key]) for key in sorted(found)}


class _Said(msgspec.Struct):
    """What an event says, whatever stands in it."""

    device: Any = None
    counter: Any = None
    on: Any = None
    actor: Any = None
    about: Any = None


_SAID: Final = msgspec.json.Decoder(_Said)


def _heard(connection: Connection, period: Period) -> Iterator[tuple[str, CallEvent]]:
    read = happened("call", period, events.c.branch, events.c.at, events.c.data)
    for (branch, at, _), said in told(connection, read.order_by(events.c.at, events.c.seq, events.c.id), _SAID):
        if isinstance(said.device, str) and isinstance(said.on, bool) and text(said.about) in _CALL:
            yield branch, CallEvent(Instant.parse(at), said.device, text(said.counter), said.on, text(said.actor))
