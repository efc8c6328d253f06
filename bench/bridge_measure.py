"""Latency, rate, processor and memory of hosts that take presses from a line to a broker."""

import time
from dataclasses import dataclass, field

from bench import rig
from bench.bridge_hosts import Host
from bench.bridge_pads import Padlinks, TextPad

GAP_S = 0.02  # between two presses; five hosts in turn are ten a second each
SETTLE_S = 2.0


@dataclass(frozen=True)
class Figures:
    """Of one host. `cpu`: per cent of a core while it is pressed in its turn; `flood_us`: of the processor, a press in the flood."""

    latency: list[float]
    rate: float
    cpu: float
    flood_us: float
    rss_mb: float


@dataclass
class Runner:
    """A host at work, and the pad on its line."""

    host: Host
    pad: TextPad | Padlinks
    sent: list[float] = field(default_factory=list)


def measure(runners: dict[str, Runner], presses: int, flood: int) -> dict[str, Figures]:
    """All hosts are there at once and are pressed in turn, so that a busy machine slows everybody; floods one by one."""
    for one in runners.values():
        warm_up(one.host, one.pad)
    began = time.perf_counter()
    cpu = {name: rig.cpu_s(one.host.pid) for name, one in runners.items()}
    for _ in range(presses):
        for one in runners.values():
            one.sent.append(one.pad.press())
            time.sleep(GAP_S)
    for one in runners.values():
        wait(one.host, presses)
    took = time.perf_counter() - began
    found = {}
    for name, one in runners.items():
        share = 100 * (rig.cpu_s(one.host.pid) - cpu[name]) / took
        latency = [there - here for here, there in zip(one.sent, one.host.arrived, strict=True)]
        found[name] = _flood(one, flood, latency, share)
    return found


def _flood(one: Runner, flood: int, latency: list[float], share: float) -> Figures:
    host = one.host
    rss = rig.memory_now_mb(host.pid)
    host.arrived.clear()
    cpu = rig.cpu_s(host.pid)
    began = one.pad.flood(flood)
    wait(host, flood)
    took = host.arrived[-1] - began
    return Figures(latency, flood / took, share, (rig.cpu_s(host.pid) - cpu) / flood * 1e6, rss)


def warm_up(host: Host, pad: TextPad | Padlinks) -> None:
    """Until a press comes through; then everything that was pressed meanwhile."""
    deadline = time.monotonic() + 60
    if isinstance(pad, Padlinks):
        rig.wait_for(lambda: pad.welcomed, 30, "WELCOME")
    while not host.arrived:
        if time.monotonic() > deadline:
            raise SystemExit("bench: no press came through in 60 s")
        pad.press()
        time.sleep(0.5)
    time.sleep(SETTLE_S)
    host.arrived.clear()


def wait(host: Host, presses: int) -> None:
    rig.wait_for(lambda: len(host.arrived) >= presses, 120, f"{presses} presses; {len(host.arrived)} came")
    if len(host.arrived) > presses:
        raise SystemExit(f"bench: {len(host.arrived)} arrived of {presses}")
