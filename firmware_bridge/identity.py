"""Names for ever: the same press or prompt has the same event id however often it is told (contract: exactly once)."""

from typing import Final
from uuid import UUID, uuid5

from firmware_bridge.sessions import Press

PRESS_NAMESPACE: Final = UUID("8d5a7c1e-3b0f-5e6a-9c42-7a1f0b6d2e90")


def press_event_id(serial: str, boot: int, n: int) -> str:
    """`serial` in lower-case hex."""
    return str(uuid5(PRESS_NAMESPACE, f"{serial}/{boot}/{n}"))


def event_id(press: Press) -> str:
    """A pad without power-ups of its own: when it was first heard, to which the run's running number is added."""
    if press.pad.boot is None:
        return str(uuid5(PRESS_NAMESPACE, f"{press.pad.name}/{press.at}/{press.n}"))
    return press_event_id(press.pad.name, press.pad.boot, press.n)


def prompt_event_id(prompt: str) -> str:
    """How a prompt ended is told once, whoever tells it."""
    return str(uuid5(PRESS_NAMESPACE, f"{prompt}/prompt"))
