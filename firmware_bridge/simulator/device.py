"""What a rig needs of whatever hangs on its line, and what every such device tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Notable:
    """Something a person or a test wants to know of."""

    what: str  # pressed, acked, refused, given-up, welcome, state, prompt, lapsed, cancelled, show, sound, …
    facts: Mapping[str, int | str] = field(default_factory=dict)


class Device(Protocol):
    """One powered device. It reads no clock: `now` is milliseconds since any fixed moment."""

    notables: list[Notable]
    stuck: bool
    on_battery: bool
    boot: int

    @property
    def pending(self) -> int:
        """Presses that wait for the host's answer."""

    def press(self, key: int, now: int, address: int | None = None) -> bool:
        """A customer's key. False: not taken, and the device shows so."""

    def keypad(self, key: str, now: int, address: int | None = None) -> bool:
        """The teller's key, by its name."""

    def received(self, data: bytes, now: int) -> None:
        """Bytes from the host."""

    def tick(self, now: int) -> None:
        """Send what is due."""

    def deadline(self) -> int | None:
        """When `tick` has something to do next."""

    def take_out(self) -> bytes:
        """Everything to put on the line now."""

    def picture(self, now: int) -> Sequence[tuple[str, str]]:
        """What a customer and a teller see of it, for the live view: label and text."""
