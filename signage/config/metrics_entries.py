"""[metrics]: where programs answer Prometheus. Off unless named; on this machine alone unless an address says otherwise."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from msgspec import Meta, field

from signage.config.check import Checked
from signage.config.leaves import HostPort, NodeName, Port, Table
from signage.config.places import Mistake, nearest, shown

_LOOPBACK: Final = "127.0.0.1"
LAST_PORT: Final = 65535
At = Port | HostPort  # a port alone: on loopback
Devices = Annotated[
    dict[NodeName, At], Meta(description="a table from screen or bridge to port, such as { lobby-wall = 9112 }")
]


class BranchMetricsTable(Table, frozen=True, kw_only=True):
    """`listen`: the controller; `devices`: screens and bridges, each on a port of its own where they share a machine."""

    listen: At | None = None
    devices: Devices = field(default_factory=dict)


class OfficeMetricsTable(Table, frozen=True, kw_only=True):
    """`listen`: the collector, and `publisher`; of several, --shard I/N answers I ports further. `fleet`: `signage fleet --serve`.

    `cases`: `signage cases run`.
    """

    listen: At | None = None
    publisher: At | None = None
    fleet: At | None = None
    cases: At | None = None


def host_and_port(at: At) -> tuple[str, int]:
    """A port alone is this machine's."""
    if isinstance(at, int):
        return _LOOPBACK, at
    host, _, port = at.rpartition(":")
    return host.strip("[]"), int(port)


def metrics_mistakes(checked: Checked, devices: Sequence[str]) -> Iterator[Mistake]:
    """Ports that are none, or are named twice; devices that there are not."""
    for place, table in checked.of(BranchMetricsTable):
        named = [("listen", table.listen), *((f"devices.{name}", at) for name, at in table.devices.items())]
        for name in table.devices:
            if name not in devices:
                wanted = f"a screen or bridge, {nearest(name, devices)}"
                yield Mistake(place, "devices", shown(name), wanted)
        yield from (Mistake(place, *wrong) for wrong in _ports(named))
    for place, table in checked.of(OfficeMetricsTable):
        keys = ("listen", "publisher", "fleet", "cases")
        named = [(key, getattr(table, key)) for key in keys]
        yield from (Mistake(place, *wrong) for wrong in _ports(named))


def _ports(named: Sequence[tuple[str, At | None]]) -> Iterator[tuple[str, str, str]]:
    """Key, what was found, what is wanted."""
    taken: dict[tuple[str, int], str] = {}
    for key, at in named:
        if at is None:
            continue
        host, port = host_and_port(at)
        if not 1 <= port <= LAST_PORT:
            yield key, shown(at), "a port number, 1 to 65535"
        elif (other := taken.setdefault((host, port), key)) != key:
            yield key, f"{shown(at)}, which {other} has", "an address of its own"
