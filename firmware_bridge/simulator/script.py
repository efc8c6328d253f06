"""What may be done to a pad, in words: ``press 5; wait 2s; unplug; plug; noise 1%; mute; reboot``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from firmware_bridge.simulator.ff68_sets import KEYPAD


@dataclass(frozen=True)
class Press:
    """`address`: which set of an ff68 line; None: the first."""

    key: int
    address: int | None = None


@dataclass(frozen=True)
class Keypad:
    """The teller's key on an ff68 set."""

    key: str
    address: int | None = None


@dataclass(frozen=True)
class Help:
    """The help key."""


@dataclass(frozen=True)
class Wait:
    ms: int


@dataclass(frozen=True)
class Drain:
    """Wait until every press is acknowledged, at most so long."""

    ms: int


@dataclass(frozen=True)
class Unplug:
    """Take the cable out; without a battery that is a power cut."""


@dataclass(frozen=True)
class Plug:
    pass


@dataclass(frozen=True)
class Reboot:
    """A power cut of no length."""


@dataclass(frozen=True)
class Mute:
    """The line carries nothing, either way."""

    on: bool


@dataclass(frozen=True)
class SetNoise:
    rate: float


@dataclass(frozen=True)
class Stuck:
    """`key` is held down: such a key is told of, and gives no more presses."""

    on: bool
    key: int | None = None


@dataclass(frozen=True)
class Quit:
    pass


Step = Press | Keypad | Help | Wait | Drain | Unplug | Plug | Reboot | Mute | SetNoise | Stuck | Quit

_KEY: Final = r"(?P<value>\d{1,3})"
_TIME: Final = r"(?P<value>\d+(?:\.\d+)?)(?P<unit>ms|s)"
_FORMS: Final[Mapping[str, tuple[str, Callable[[re.Match[str]], Step]]]] = {
    "press K": (rf"press {_KEY}", lambda found: Press(_key(found["value"]))),
    "press K at ADDRESS": (
        rf"press {_KEY} at (?P<address>\d{{1,3}})",
        lambda found: Press(_key(found["value"]), int(found["address"])),
    ),
    f"keypad {'|'.join(KEYPAD)} [at ADDRESS]": (
        rf"keypad (?P<value>{'|'.join(KEYPAD)})(?: at (?P<address>\d{{1,3}}))?",
        lambda found: Keypad(found["value"], int(found["address"]) if found["address"] else None),
    ),
    "help": ("help", lambda _: Help()),
    "wait 2s": (rf"wait {_TIME}", lambda found: Wait(_ms(found))),
    "drain 30s": (rf"drain {_TIME}", lambda found: Drain(_ms(found))),
    "unplug": ("unplug", lambda _: Unplug()),
    "plug": ("plug", lambda _: Plug()),
    "reboot": ("reboot", lambda _: Reboot()),
    "mute": ("mute", lambda _: Mute(on=True)),
    "unmute": ("unmute", lambda _: Mute(on=False)),
    "noise 1%": (r"noise (?P<value>\d+(?:\.\d+)?)%", lambda found: SetNoise(min(float(found["value"]) / 100, 1.0))),
    "stuck": ("stuck", lambda _: Stuck(on=True)),
    "stuck K": (rf"stuck {_KEY}", lambda found: Stuck(on=True, key=_key(found["value"]))),
    "unstuck": ("unstuck", lambda _: Stuck(on=False)),
    "quit": ("quit", lambda _: Quit()),
}


def read_script(text: str) -> tuple[Step, ...]:
    """Steps divided by ``;`` or line ends. Raises ValueError naming the step and what there is."""
    words = [" ".join(step.split()) for step in re.split(r"[;\n]", text)]
    return tuple(_step(step) for step in words if step)


def _step(text: str) -> Step:
    for pattern, make in _FORMS.values():
        found = re.fullmatch(pattern, text)
        if found:
            return make(found)
    raise ValueError(f"{text!r} is no step; there are: {', '.join(_FORMS)}")


def _key(text: str) -> int:
    if not 1 <= int(text) <= 255:
        raise ValueError(f"press {text}: keys are 1 to 255")
    return int(text)


def _ms(found: re.Match[str]) -> int:
    return round(float(found["value"]) * (1000 if found["unit"] == "s" else 1))
