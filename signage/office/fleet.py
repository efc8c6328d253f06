"""The fleet at one glance: every branch with its screens, pads and faults, as a table for a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from rich.table import Table
from rich.text import Text

from signage.core.instants import Instant
from signage.office.statuses import KnownStatus
from signage.wire.messages import Fault, PadStatus, Status

_SILENT: Final = timedelta(seconds=90)  # contract: no status for so long is offline
_NO_ROLE: Final = "branch"


@dataclass(frozen=True)
class FleetRow:
    """One branch, screen, bridge or pad. `shows`: what is on the glass; `faults`: their codes and words."""

    branch: str
    device: str
    role: str
    online: bool
    shows: str
    faults: tuple[str, ...]
    age_s: int


def fleet_rows(known: Iterable[KnownStatus], now: Instant) -> list[FleetRow]:
    """A row for every branch and device, and one for every pad."""
    rows = []
    for entry in known:
        status = entry.status
        online = entry.online and now - entry.received_at <= _SILENT
        age_s = max(0, (now - entry.received_at) // timedelta(seconds=1))
        role = status.role if entry.device else _NO_ROLE
        faults = tuple(_fault(fault) for fault in status.faults)
        rows.append(FleetRow(entry.branch, entry.device, role, online, _shows(status), faults, age_s))
        rows += [_pad(entry, pad, online, age_s) for pad in status.pads or ()]
    return rows


def _fault(fault: Fault) -> str:
    return f"{fault.code} since {fault.since}: {fault.text}"


def _shows(status: Status) -> str:
    if (screen := status.screen) is not None:
        elder = ", elder" if screen.elder else ""
        return (
            f"{screen.scene}, revision {screen.revision}, content {screen.content}, "
            f"{screen.fps:.0f} fps, {screen.locale}{elder}"
        )
    if (branch := status.branch) is not None:
        counters = " ".join(f"{number}:{state}" for number, state in sorted(branch.counters.items()))
        waiting = f", {branch.backlog} events waiting" if branch.backlog else ""
        return f"{branch.state}, revision {branch.revision}, counters {counters or 'none'}{waiting}"
    return ""


def _pad(entry: KnownStatus, pad: PadStatus, online: bool, age_s: int) -> FleetRow:
    discarded = sum(pad.discarded.values())
    thrown = f", {discarded} discarded" if discarded else ""
    seen = f", last seen {pad.last_seen}" if pad.last_seen is not None and pad.state != "online" else ""
    return FleetRow(
        entry.branch,
        f"{entry.device}/{pad.counter}",
        "pad",
        online and pad.state == "online",
        f"{pad.driver} {pad.serial or pad.port}: {pad.state}{seen}{thrown}",
        (),
        age_s,
    )


def fleet_table(rows: Sequence[FleetRow]) -> Table:
    """The rows for people. Offline is said in a word as well as in colour."""
    table = Table(title=_title(rows), title_justify="left", expand=True)
    for heading in ("branch", "device", "role", "online", "shows", "faults"):
        table.add_column(heading, overflow="fold")
    table.add_column("age", justify="right")
    branch = None
    for row in rows:
        table.add_row(
            Text(row.branch if row.branch != branch else ""),
            Text(row.device or "–"),
            Text(row.role),
            Text("yes", style="green") if row.online else Text("NO", style="bold red"),
            Text(row.shows),
            Text("\n".join(row.faults), style="yellow"),
            Text(_age(row.age_s)),
            end_section=False,
        )
        branch = row.branch
    return table


def _title(rows: Sequence[FleetRow]) -> str:
    branches = {row.branch for row in rows}
    away = {row.branch for row in rows if not row.device and not row.online}
    faults = sum(len(row.faults) for row in rows)
    return f"{len(branches)} branches, {len(away)} offline, {faults} faults"


def _age(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 7200:
        return f"{seconds // 60} min"
    return f"{seconds // 3600} h"
