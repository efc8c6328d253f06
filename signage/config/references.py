"""What must agree between the tables of a branch's file: names, counters, probes, scopes."""

from collections.abc import Iterator, Sequence

from signage.config.branch_file import (
    BranchTable,
    BridgeTable,
    ChangeTable,
    CounterTable,
    DayTable,
    ExceptionTable,
    HoursTable,
    PadTable,
    ProbeTable,
    RuleTable,
    ScreenTable,
    SelfServiceTable,
    StripTable,
)
from signage.config.check import Checked
from signage.config.customer_entries import AmenityTable, GuideEntryTable, GuideTable
from signage.config.customer_references import customer_contradictions
from signage.config.leaves import Raw
from signage.config.metrics_entries import metrics_mistakes
from signage.config.places import Mistake, Place, nearest, shown
from signage.config.teller_entries import TellerTable
from signage.core.model import BRANCH_SCOPE


def contradictions(raw: Raw, checked: Checked) -> Iterator[Mistake]:
    """Every disagreement between sound tables. Names of unsound tables still count as known."""
    counters = names(raw, "counter", "number")
    devices = [name for table in ("screen", "bridge", "self_service") for name in names(raw, table, "name")]
    yield from _unique(checked)
    yield from _counters(checked, counters)
    yield from _rules(checked, counters, devices, names(raw, "probe", "name"))
    domains = [domain for _, allowed in checked.at("domains", GuideTable) for domain in allowed]
    yield from metrics_mistakes(checked, [name for table in ("screen", "bridge") for name in names(raw, table, "name")])
    yield from customer_contradictions(checked, counters, names(raw, "self_service", "name"), domains)


def names(raw: Raw, table: str, key: str) -> list[str]:
    """What the entries of [[table]] are called, sound or not."""
    entries = raw.get(table)
    if not isinstance(entries, list):
        return []
    return [entry[key] for entry in entries if isinstance(entry, dict) and isinstance(entry.get(key), str)]


def _twice(named: Sequence[tuple[Place, str]], key: str, wanted: str) -> Iterator[Mistake]:
    first: dict[str, Place] = {}
    for place, name in named:
        if name in first:
            yield Mistake(place, key, f"{shown(name)}, which {first[name]} has", wanted)
        else:
            first[name] = place


def _unique(checked: Checked) -> Iterator[Mistake]:
    devices = checked.at("id", BranchTable) + checked.at("name", ScreenTable, BridgeTable, SelfServiceTable)
    yield from _twice(devices, "name", "a name of its own, being a user of the broker")
    yield from _twice(checked.at("number", CounterTable), "number", "a number of its own")
    yield from _twice(checked.at("id", TellerTable), "id", "a staff number of its own")
    yield from _twice(checked.at("name", ProbeTable), "name", "a name of its own")
    for kind in (GuideEntryTable, AmenityTable):
        yield from _twice(checked.at("name", kind), "name", "a name of its own")
    yield from _twice(checked.at("date", DayTable), "date", "one entry for each date")
    yield from _twice(checked.at("counter", PadTable), "counter", "one pad for each counter")
    yield from _twice(checked.at("counter", StripTable), "counter", "one strip for each counter")
    directories = [(at, it.state_directory) for kind in (ScreenTable, BridgeTable) for at, it in checked.of(kind)]
    yield from _twice(directories, "directory", "a directory of its own")


def _counters(checked: Checked, counters: Sequence[str]) -> Iterator[Mistake]:
    for place, number in checked.at("counter", ScreenTable, PadTable, StripTable, ProbeTable):
        if number not in counters:
            yield Mistake(place, "counter", shown(number), f"a counter of [[counter]], {nearest(number, counters)}")
    if any(hours.corporate is None for _, hours in checked.of(HoursTable)):
        for place, service in checked.at("hours", CounterTable):
            if service == "corporate":
                yield Mistake(place, "hours", '"corporate"', '"personal", or corporate hours in [hours]')
    own = [counter.number for _, counter in checked.of(CounterTable) if counter.own_rule is not None]
    for place, rules in checked.at("counters", ExceptionTable, ChangeTable):
        for number in rules:
            if number not in own:
                wanted = f"a counter whose hours are a rule of its own, {nearest(number, own)}"
                yield Mistake(place, "counters", shown(number), wanted)


def _rules(
    checked: Checked, counters: Sequence[str], devices: Sequence[str], probes: Sequence[str]
) -> Iterator[Mistake]:
    for place, device in checked.at("device", ProbeTable):
        if device not in devices:
            yield Mistake(place, "device", shown(device), f"a screen or bridge, {nearest(device, devices)}")
    for place, probe in checked.at("when", RuleTable):
        if probe not in probes:
            yield Mistake(place, "when", shown(probe), f"a probe of [[probe]], {nearest(probe, probes)}")
    for place, scope in checked.at("suspend", RuleTable):
        if (wanted := scope_wanted(scope, counters, devices)) is not None:
            yield Mistake(place, "suspend", shown(scope), wanted)


def scope_wanted(scope: str, counters: Sequence[str], devices: Sequence[str]) -> str | None:
    """What is wanted instead of this scope; None if it is one."""
    kind, colon, name = scope.partition(":")
    if scope == BRANCH_SCOPE:
        return None
    if colon and kind == "counter":
        return None if name in counters else f"counter:<n> with a counter of [[counter]], {nearest(name, counters)}"
    if colon and kind == "device":
        return None if name in devices else f"device:<id> with a screen or bridge, {nearest(name, devices)}"
    return '"branch", "counter:<n>" or "device:<id>"'
