"""What a bridge is told. Composed from the configuration by whoever starts it; paths are relative to the working directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from firmware_bridge.sessions import Look
from signage.link.client import Address
from signage.link.exporter import Listen

PROMPT_S: Final = 15.0  # contract: a rating stays open so long unless configured


@dataclass(frozen=True)
class PadSettings:
    """One counter's pad. `driver` and the default of `baud` stand in the register of drivers.

    `stars`: key → stars where the driver's own table does not hold; `address` is ff68's, or a line's if its pattern has
    one; `prompt_timeout_s` None: 15 s for what a keypad opens, and as long as it is asked for what the branch opens.
    """

    counter: str
    driver: str
    port: str
    baud: int = 115200
    bridge: str = ""
    stars: Mapping[str, int] | None = None
    address: int | str | None = None
    pattern: str = ""
    reply: str = ""
    repeat_s: float = 1.5
    prompt_timeout_s: float | None = None


@dataclass(frozen=True)
class StripSettings:
    """One counter's window strip."""

    counter: str
    driver: str
    port: str
    address: int
    baud: int = 9600


@dataclass(frozen=True)
class BridgeSettings:
    """`look_words`: what a pad with a text line shows; `teller_words` has the field {teller}; `strip_words`: what a window strip says."""

    name: str
    broker: Address
    directory: Path
    pads: tuple[PadSettings, ...]
    strips: tuple[StripSettings, ...] = ()
    root: str = "bank/v1"
    software: str = ""
    look_words: Mapping[Look, str] = field(default_factory=dict)
    teller_words: str = "{teller}"
    strip_words: Mapping[Look, str] = field(default_factory=dict)
    metrics: Listen | None = None
    strip_asking: str = ""  # what an open counter's strip says while a rating is asked for
