"""How soon the lobby manager came: calls from kiosk and help key, each with who acknowledged it, as events tell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from signage.core.instants import Instant

FORGOTTEN_AFTER: Final = timedelta(hours=12)  # a branch drops a call that nobody took by then


@dataclass(frozen=True)
class CallEvent:
    """`on`: somebody calls. Not `on` with an `actor`: that person takes it up; without one it was taken back."""

    at: Instant
    device: str
    counter: str | None
    on: bool
    actor: str | None = None


@dataclass(frozen=True)
class Answer:
    actor: str
    called: Instant
    taken: Instant

    @property
    def seconds(self) -> float:
        return (self.taken.ms - self.called.ms) / 1000


def answers(events: Iterable[CallEvent]) -> tuple[Answer, ...]:
    """In the order of their taking. Who presses again while waiting has waited since the first time."""
    waiting: dict[tuple[str, str | None], Instant] = {}
    taken: list[Answer] = []
    for event in sorted(events, key=lambda one: (one.at, not one.on)):
        place = (event.device, event.counter)
        since = waiting.get(place)
        if event.on:
            if since is None or event.at - since >= FORGOTTEN_AFTER:
                waiting[place] = event.at
            continue
        waiting.pop(place, None)
        if event.actor is not None and since is not None and event.at - since < FORGOTTEN_AFTER:
            taken.append(Answer(event.actor, since, event.at))
    return tuple(taken)
