"""How far content has come: per branch and per screen, received → verified → staged → on the glass, from their own statuses.

What was sent stands nowhere here: a stage is reached when the node itself says so. "On the glass" is the version whose
pixels a screen has drawn. Pure.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from signage.core.instants import Instant
from signage.office.statuses import KnownStatus
from signage.wire.messages import DeliveryStatus, Status

SILENT: Final = timedelta(seconds=90)  # contract: no status for so long is offline


class Progress(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One branch (`screen` empty) or one of its screens. Versions are the snapshot's, 0: none.

    `wanted`: the version this one is to reach. `glass` None: it has no glass, or has never said.
    """

    branch: str
    screen: str = ""
    online: bool
    wanted: int
    received: int
    verified: int
    staged: int
    glass: int | None = None
    bytes_here: int = 0
    bytes_all: int = 0
    refused: str | None = None
    age_s: int  # since its last status

    @property
    def done(self) -> bool:
        """Whether the wanted content is on this glass, by a status that is not stale."""
        return self.online and self.glass is not None and self.wanted > 0 and self.glass >= self.wanted


class Totals(Struct, frozen=True, kw_only=True):
    """`on_the_glass` of `screens`; `offline`: branches and screens that are silent; `refused`: nodes that refused it."""

    wanted: int
    screens: int
    on_the_glass: int
    branches: int
    verified: int  # branches that hold the wanted version, verified
    offline: tuple[str, ...]
    refused: tuple[str, ...]


def progress(
    known: Iterable[KnownStatus], wanted: dict[str, int], newest: int, expected: Sequence[str], now: Instant
) -> list[Progress]:
    """A row for each branch and each screen, in order.

    `wanted`: the version of a branch that is to have another than `newest` (a roll-out in parts). `expected`: the
    branches of the roster, so that one that never spoke is named too.
    """
    rows: dict[tuple[str, str], Progress] = {}
    branches_online: dict[str, bool] = {}
    entries = sorted(known, key=lambda entry: (entry.branch, entry.device))
    for entry in entries:
        online = entry.online and now - entry.received_at <= SILENT
        if not entry.device:
            branches_online[entry.branch] = online
        elif entry.status.role != "screen":
            continue
        # What a controller last said of a screen is worth nothing while the controller itself is silent.
        online = online and (not entry.device or branches_online.get(entry.branch, True))
        rows[entry.branch, entry.device] = _row(entry, online, wanted.get(entry.branch, newest), now)
    for branch in expected:
        if (branch, "") not in rows:
            rows[branch, ""] = _never(branch, wanted.get(branch, newest))
    return [rows[key] for key in sorted(rows)]


def totals(rows: Iterable[Progress], newest: int) -> Totals:
    """The sum for the last line."""
    all_rows = list(rows)
    screens = [row for row in all_rows if row.screen]
    branches = [row for row in all_rows if not row.screen]
    return Totals(
        wanted=newest,
        screens=len(screens),
        on_the_glass=sum(row.done for row in screens),
        branches=len(branches),
        verified=sum(row.online and 0 < row.wanted <= row.verified for row in branches),
        offline=tuple(name(row) for row in all_rows if not row.online),
        refused=tuple(name(row) for row in all_rows if row.refused is not None),
    )


def name(row: Progress) -> str:
    return f"{row.branch}/{row.screen}" if row.screen else row.branch


def _row(entry: KnownStatus, online: bool, wanted: int, now: Instant) -> Progress:
    status: Status = entry.status
    delivery = status.delivery or DeliveryStatus()
    return Progress(
        branch=entry.branch,
        screen=entry.device,
        online=online,
        wanted=wanted,
        received=delivery.received,
        verified=delivery.verified,
        staged=delivery.staged,
        glass=status.screen.content if status.screen is not None else None,
        bytes_here=delivery.bytes_here,
        bytes_all=delivery.bytes_all,
        refused=delivery.refused,
        age_s=max(0, (now - entry.received_at) // timedelta(seconds=1)),
    )


def _never(branch: str, wanted: int) -> Progress:
    return Progress(branch=branch, online=False, wanted=wanted, received=0, verified=0, staged=0, age_s=-1)
