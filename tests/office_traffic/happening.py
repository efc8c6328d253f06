"""One thing that happened, as its device tells it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any


@dataclass(frozen=True)
class Happened:
    """`data` as the event's; `origin`: the device, "" for the controller itself."""

    at_ms: int
    id: str
    kind: str
    origin: str
    data: dict[str, Any]

    @property
    def at(self) -> str:
        return stamp(self.at_ms)


def stamp(ms: int) -> str:
    """Milliseconds since 1970 as the contract writes times."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")[:23] + "Z"


def fresh(dice: Random) -> str:
    """A UUID, version 4, out of these dice."""
    text = f"{dice.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def tell(at_ms: float, kind: str, origin: str, dice: Random, **data: Any) -> Happened:
    """An event with those of `data` that are not None."""
    said = {key: value for key, value in data.items() if value is not None}
    return Happened(int(at_ms), fresh(dice), kind, origin, said)
