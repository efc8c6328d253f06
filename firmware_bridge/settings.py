"""What a bridge is told. Composed from the configuration by whoever starts it; paths are relative to the working directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from firmware_bridge.sessions import Look
from signage.link.client import Address


class Driver(StrEnum):
    PADLINK = "padlink"


@dataclass(frozen=True)
class PadSettings:
    """One counter's pad. `stars`: key → stars, where the pad's keys are not 1 to 5."""

    counter: str
    driver: Driver
    port: str
    baud: int = 115200
    stars: Mapping[int, int] | None = None


@dataclass(frozen=True)
class BridgeSettings:
    """`look_words`: what a pad with a text line shows; `teller_words` has the field {teller}."""

    name: str
    broker: Address
    directory: Path
    pads: tuple[PadSettings, ...]
    root: str = "bank/v1"
    software: str = ""
    look_words: Mapping[Look, str] = field(default_factory=dict)
    teller_words: str = "{teller}"
