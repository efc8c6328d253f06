"""How bright a screen is, as it was told from afar. Pure."""

from typing import Any, Final

from msgspec import Struct

_KEYS: Final = frozenset({"screen", "on", "brightness", "volume"})
_DARKEST: Final = 0.94  # of black over the picture, where a screen is on but as dim as can be


class Dimming(Struct, frozen=True, omit_defaults=True):
    """`brightness` and `volume` from 0 to 100. Off is black; as dim as can be is still to be read."""

    on: bool = True
    brightness: int = 100
    volume: int = 100

    @property
    def shade(self) -> float:
        """How much black lies over the picture, 0 to 1."""
        return 1.0 if not self.on else round(_DARKEST * (100 - self.brightness) / 100, 3)

    @property
    def loudness(self) -> int:
        """0 to 100. From a dark screen nobody expects a voice."""
        return self.volume if self.on else 0


def dimmed(before: Dimming, args: dict[str, Any]) -> Dimming | str:
    """What the arguments of a `screen` command make of it, or what is wrong with them."""
    unknown = sorted(set(args) - _KEYS)
    if unknown:
        return f"unknown argument {unknown[0][:40]!r}"
    on = args.get("on", before.on)
    if not isinstance(on, bool):
        return "on: wanted true or false"
    levels = {}
    for name, now in (("brightness", before.brightness), ("volume", before.volume)):
        level = args.get(name, now)
        if not isinstance(level, int) or isinstance(level, bool) or not 0 <= level <= 100:
            return f"{name}: wanted a whole number from 0 to 100"
        levels[name] = level
    return Dimming(on, levels["brightness"], levels["volume"])
