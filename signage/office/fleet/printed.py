"""The fleet on paper and for programs: as much of each branch as its number allows, or all of it as JSON. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from rich.console import RenderableType
from rich.text import Text

from signage.core.instants import Instant
from signage.office.fleet.branch_page import branch_page
from signage.office.fleet.choice import by_region, totals, urgency
from signage.office.fleet.heading import heading
from signage.office.fleet.line import BranchLine, DeviceLine
from signage.office.fleet.tables import branches_table, regions_table
from signage.office.fleet.words import Words

WHOLE: Final = 5  # branches of which everything is said
LISTED: Final = 200  # branches that are listed each; of more, those that need somebody
URGENT: Final = 40
LATE_S: Final = 45  # each node speaks every 30 s, and what it says is stored within one


def printed(lines: Sequence[BranchLine], words: Words, width: int, *, details: bool) -> Iterator[RenderableType]:
    """Sums, regions, branches; `details`: every device of every branch, however many they are."""
    chosen = sorted(lines, key=urgency)
    yield from heading(words.say("title"), totals(chosen), words, width)
    yield Text()
    if details or len(chosen) <= WHOLE:
        for line in chosen:
            yield branch_page(line, words)
            yield Text()
        return
    regions = by_region(chosen)
    if len(regions) > 1:
        yield regions_table(regions, words)
        yield Text()
    listed = chosen if len(chosen) <= LISTED else chosen[:URGENT]
    yield branches_table(listed, words, width)
    if len(listed) < len(chosen):
        yield Text(words.say("more", count=words.count(len(chosen) - len(listed))), style="dim")


def lateness(newest: str, words: Words, now: Instant) -> Text | None:
    """That nothing has been stored for a while, so that everybody seems silent; None while statuses come."""
    if not newest:
        return Text(words.say("none_yet"), style="bold red")
    if _age_s(newest, now) <= LATE_S:
        return None
    return Text(words.say("late", age=words.age(newest)), style="bold red")


def document(lines: Sequence[BranchLine], now: Instant) -> dict[str, Any]:
    """For programs: sums, regions, and every branch with its devices, faults, and what is on each glass."""
    return {
        "at": str(now),
        "totals": msgspec.to_builtins(totals(lines)),
        "regions": {region: msgspec.to_builtins(sums) for region, sums in by_region(lines).items()},
        "branches": [_branch(line, now) for line in lines],
    }


def _branch(line: BranchLine, now: Instant) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(line)
    plain["not_well"] = dict(line.not_well)
    plain["counters"] = dict(line.counters)
    plain["faults"] = [msgspec.to_builtins(fault) | {"age_s": _age_s(fault.since, now)} for fault in line.faults]
    plain["devices"] = [_device(device, now) for device in line.devices]
    return plain | ({"age_s": _age_s(line.heard_at, now)} if line.heard_at else {})


def _device(device: DeviceLine, now: Instant) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(device)
    return plain | {"age_s": _age_s(device.heard_at, now)}


def _age_s(since: str, now: Instant) -> int:
    return max(0, int((now - Instant.parse(since)).total_seconds()))
