"""What must stand on a branch's screens while it is open: hours, hotline, complaint process (compliance of display). Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Required:
    """`item` for `seconds` in every `every_s`, on each screen whose name or kind is among `screens`.

    `refs`: the assets of the programme that show it.
    """

    item: str
    refs: tuple[str, ...]
    screens: tuple[str, ...] = ("wall",)
    seconds: int = 10
    every_s: int = 300

    def concerns(self, name: str, kind: str) -> bool:
        return name in self.screens or kind in self.screens
