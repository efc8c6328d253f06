"""A bridge's events as the contract words them. Pure."""

from dataclasses import dataclass
from typing import Any

from firmware_bridge.identity import event_id, prompt_event_id
from firmware_bridge.prompts import Answer, Asked, Ending
from firmware_bridge.sessions import Look, Press
from firmware_bridge.standings import Standing
from signage.core.instants import Instant


@dataclass(frozen=True)
class Draft:
    """An event before the outbox numbers it; `id` None: any."""

    kind: str
    data: dict[str, Any]
    at: Instant
    id: str | None = None


def rating(press: Press, stars: int, answer: Answer | None, standing: Standing | None) -> Draft:
    """A key was pressed. `standing`: what the counter was at that moment, where known."""
    flags = []
    if answer is None:
        flags.append("unprompted")
    elif not answer.counts:
        flags.append("repeat")
    if standing is not None and _suspended(standing, answer):
        flags.append("suspended")
    teller = answer.asked.teller if answer and answer.asked.teller else standing.teller if standing else None
    data: dict[str, Any] = {
        "counter": press.counter,
        "stars": stars,
        "channel": "pad",
        "pad": press.pad.name,
        "reasons": [],
        "flags": flags,
    }
    data |= {"press": {"boot": press.pad.boot, "n": press.n}} if press.pad.boot is not None else {}
    data |= {"prompt": answer.asked.prompt} if answer else {}
    data |= {"teller": teller} if teller else {}
    return Draft("rating", data, press.at, event_id(press))


def _suspended(standing: Standing, answer: Answer | None) -> bool:
    """Unless it answers a prompt that was opened later than the suspension began: the counter had been resumed for it.

    The key that opens a prompt resumes; the branch's own word of that comes some time after.
    """
    if standing.look not in (Look.SUSPENDED, Look.PAUSED):
        return False
    if answer is None or not answer.counts or standing.since is None:
        return True
    return answer.asked.opened <= standing.since


def call(press: Press, bridge: str) -> Draft:
    """The help key: the lobby manager is wanted."""
    return Draft("call", {"counter": press.counter, "device": bridge, "on": True}, press.at, event_id(press))


def prompt_ended(asked: Asked, now: Instant) -> Draft | None:
    """How a prompt ended, where it is this bridge's to say: it was shown here, and answered nowhere else."""
    if asked.ending in (None, Ending.ELSEWHERE) or not (asked.shown or asked.answered):
        return None
    data = {"prompt": asked.prompt, "counter": asked.counter, "outcome": asked.ending.value}
    data |= {"teller": asked.teller} if asked.teller else {}
    return Draft("prompt", data, now, prompt_event_id(asked.prompt))


def fault(device: str, code: str, on: bool, text: str, now: Instant) -> Draft:
    return Draft("fault", {"device": device, "code": code, "on": on, "text": text}, now)
