"""A device's fault from its beginning to its end, and who took it up, as its events tell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.model import Model


@dataclass(frozen=True)
class FaultEvent:
    """A `fault` that came or went, or (`on` None) somebody's word that it is seen to; then `code` may be missing."""

    at: Instant
    device: str
    code: str | None
    on: bool | None
    actor: str | None = None


class FaultSpell(Model, frozen=True, omit_defaults=True, kw_only=True):
    """`acknowledged`: by whom first, while it lasted. None: it has not happened yet."""

    device: str
    code: str
    raised: Instant
    acknowledged: Instant | None = None
    actor: str | None = None
    cleared: Instant | None = None


_KIND_ORDER: Final = {True: 0, None: 1, False: 2}  # of one instant: it comes, it is taken up, it goes


def fault_spells(events: Iterable[FaultEvent]) -> tuple[FaultSpell, ...]:
    """In the order of their beginnings. A fault that is told again while it lasts is the same one."""
    open_: dict[tuple[str, str], FaultSpell] = {}
    done: list[FaultSpell] = []
    for event in sorted(events, key=lambda one: (one.at, _KIND_ORDER[one.on])):
        if event.on is None:
            for key in [one for one in open_ if one[0] == event.device and event.code in (None, one[1])]:
                if open_[key].acknowledged is None:
                    open_[key] = replace(open_[key], acknowledged=event.at, actor=event.actor)
        elif event.code is not None and event.on:
            fresh = FaultSpell(device=event.device, code=event.code, raised=event.at)
            open_.setdefault((event.device, event.code), fresh)
        elif event.code is not None and (over := open_.pop((event.device, event.code), None)) is not None:
            done.append(replace(over, cleared=event.at))
    return tuple(sorted([*done, *open_.values()], key=lambda one: (one.raised, one.device, one.code)))
