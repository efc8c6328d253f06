"""The firmware bridge beside its peers, in one run: readers, latency, rate, processor, memory, many pads, many presses.

    python -m bench.bridge [--parts readers,hosts,pads,memory] [--presses 400] [--flood 5000] [--rest 20] [--endurance 100000]

hosts    the same bytes on the same kind of pty, into Mosquitto at QoS 1:
           bare        pyserial + paho: read, split, publish; nothing is kept
           Node-RED    version 4 with its serial node: `serial in`, split on newline → `mqtt out`; nothing is kept
           bridge      firmware-bridge with a `lines` pad: every press committed and synced before it leaves
           no disk     the same with its state in memory: what the program costs without the wait for the disk
           padlink     a padlink pad, which waits for an acknowledgement and forgets nothing itself; on the disk
         press → broker, each in its turn, about ten presses a second; then as many as the line takes.
pads     32 padlink pads on one bridge: at rest, then 50 presses a second over all of them
memory   one bridge, 8 pads, as fast as they are acknowledged; the documented run has --endurance 1000000
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import bridge_readers, rig
from bench.bridge_hosts import Host, bare, install_node_red, node_red, product
from bench.bridge_measure import SETTLE_S, Figures, Runner, measure, wait
from bench.bridge_pads import Padlinks, TextPad

PADS = 32
PER_SECOND = 50
ENDURANCE_PADS = 8
TENTHS = 10
MEMORY = Path("/dev/shm")
AT_REST_LIMIT = 1.0  # per cent of a core


@contextmanager
def _lines(folder: Path, link: Path) -> Iterator[Host]:
    with product(folder, "lines", [link]) as host:
        yield host


@contextmanager
def _lines_in_memory(folder: Path, link: Path) -> Iterator[Host]:
    with (
        TemporaryDirectory(prefix="bench-", dir=MEMORY) as state,
        product(folder, "lines", [link], Path(state)) as host,
    ):
        yield host


@contextmanager
def _padlink(folder: Path, link: Path) -> Iterator[Host]:
    with product(folder, "padlink", [link]) as host:
        yield host


def hosts(presses: int, flood: int) -> dict[str, float]:
    with rig.workshop("bridge") as folder:
        print(rig.line("fsync of 4 KiB, what any durable way pays", rig.fsync_cost(folder)))
        why_not = install_node_red(folder / "npm.log")
        if why_not:
            print(f"Node-RED is left out: {why_not}")
        kinds: dict[str, tuple[type[TextPad] | None, AbstractContextManager[Host]]] = {}
        for name, make, text in (
            ("bare", bare, True),
            ("Node-RED", node_red, True),
            ("bridge", _lines, True),
            ("no disk", _lines_in_memory, True),
            ("padlink", _padlink, False),
        ):
            if (name == "Node-RED" and why_not) or (name == "no disk" and not MEMORY.is_dir()):
                continue
            place = folder / name
            place.mkdir()
            kinds[name] = (TextPad if text else None, make(place, place / "pad"))
        with ExitStack() as stack:
            runners = {}
            for name, (text_pad, context) in kinds.items():
                link = folder / name / "pad"
                pad = text_pad(link) if text_pad else Padlinks([link])
                stack.callback(pad.close)
                runners[name] = Runner(stack.enter_context(context), pad)
            found = measure(runners, presses, flood)
        for name, figures in found.items():
            _say(name, figures)
    return _ratios(found)


def _say(name: str, one: Figures) -> None:
    print(rig.line(f"{name}: press → broker", one.latency))
    print(
        f"{'':<44} {one.rate:.0f} presses/s at most; processor {one.cpu:.2f} % of a core in its turns, "
        f"{one.flood_us:.0f} µs a press in the flood; {one.rss_mb:.1f} MB"
    )


def _ratios(found: dict[str, Figures]) -> dict[str, float]:
    ratios: dict[str, float] = {}
    ours = found["bridge"]
    for name in ("bare", "Node-RED"):
        if name not in found:
            continue
        peer = found[name]
        one = {
            "p50": rig.quantile(ours.latency, 0.5) / rig.quantile(peer.latency, 0.5),
            "p99": rig.quantile(ours.latency, 0.99) / rig.quantile(peer.latency, 0.99),
            "rate": ours.rate / peer.rate,
            "cpu": ours.cpu / max(peer.cpu, 0.01),
            "rss": ours.rss_mb / peer.rss_mb,
        }
        print(f"ratio bridge/{name}: " + ", ".join(f"{what} {value:.2f}" for what, value in one.items()))
        ratios |= {f"{what}_to_{name}": value for what, value in one.items()}
    if {"Node-RED", "no disk"} <= found.keys():
        ours, peer = found["no disk"], found["Node-RED"]
        ratios["p99_without_disk_to_Node-RED"] = rig.quantile(ours.latency, 0.99) / rig.quantile(peer.latency, 0.99)
        print(f"ratio of p99 without the disk/Node-RED: {ratios['p99_without_disk_to_Node-RED']:.2f}")
    if "Node-RED" in found:
        p99, rate = ratios["p99_to_Node-RED"], ratios["rate_to_Node-RED"]
        print(f"aim p99 and rate as Node-RED's or better, with durability: {'held' if p99 <= 1 <= rate else 'missed'}")
    return ratios


def many_pads(seconds: float) -> dict[str, float]:
    """Processor time of a bridge with 32 pads."""
    with rig.workshop("pads") as folder, ExitStack() as stack:
        links = [folder / f"pad-{number}" for number in range(PADS)]
        pads = Padlinks(links)
        stack.callback(pads.close)
        host = stack.enter_context(product(folder, "padlink", links))
        rig.wait_for(lambda: pads.welcomed, 60, "WELCOME at every pad")
        time.sleep(SETTLE_S)
        rest = _share(host, seconds)
        began, cpu, pressed = time.perf_counter(), rig.cpu_s(host.pid), 0
        sent: list[float] = []
        while time.perf_counter() - began < seconds:
            sent.append(pads.press())
            pressed += 1
            time.sleep(max(0.0, began + pressed / PER_SECOND - time.perf_counter()))
        busy = 100 * (rig.cpu_s(host.pid) - cpu) / (time.perf_counter() - began)
        wait(host, pressed)
        memory = rig.memory_now_mb(host.pid)
    print(
        f"{PADS} pads at rest: {rest:.2f} % of a core, aim below {AT_REST_LIMIT:.0f} %: {_held(rest < AT_REST_LIMIT)}"
    )
    print(f"{PADS} pads, {PER_SECOND} presses a second: {busy:.2f} % of a core; {memory:.1f} MB")
    return {"cpu_at_rest": rest, "cpu_at_50_a_second": busy}


def _share(host: Host, seconds: float) -> float:
    cpu = rig.cpu_s(host.pid)
    time.sleep(seconds)
    return 100 * (rig.cpu_s(host.pid) - cpu) / seconds


def _held(aim: bool) -> str:
    return "held" if aim else "missed"


def memory(presses: int) -> dict[str, float]:
    """Resident memory after every tenth of the presses; what came before the first tenth is warming up."""
    with rig.workshop("memory") as folder, ExitStack() as stack:
        links = [folder / f"pad-{number}" for number in range(ENDURANCE_PADS)]
        pads = Padlinks(links)
        stack.callback(pads.close)
        host = stack.enter_context(product(folder, "padlink", links))
        rig.wait_for(lambda: pads.welcomed, 60, "WELCOME at every pad")
        sizes = [rig.memory_now_mb(host.pid)]
        began = time.perf_counter()
        for _ in range(TENTHS):
            piece = presses // TENTHS
            host.arrived.clear()
            pads.flood(piece, depth=4)
            rig.wait_for(lambda piece=piece: len(host.arrived) >= piece, 1200, "the presses")
            sizes.append(rig.memory_now_mb(host.pid))
        rate = presses / (time.perf_counter() - began)
    print(
        f"{presses} presses at {rate:.0f}/s; MB at the start and after each tenth: "
        + " ".join(f"{s:.1f}" for s in sizes)
    )
    growth = sizes[-1] - sizes[1]
    print(f"growth from the first tenth to the end: {growth:.2f} MB")
    return {"endurance_growth_mb": growth, "endurance_rate": rate}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.bridge")
    parser.add_argument("--parts", default="readers,hosts,pads,memory")
    parser.add_argument("--seconds", type=float, default=1.0, help="of each round of each reader")
    parser.add_argument("--presses", type=int, default=400, help="for the latency of each host")
    parser.add_argument("--flood", type=int, default=5000, help="for the rate of each host")
    parser.add_argument("--rest", type=float, default=20.0, help="seconds at rest, and at 50 presses a second")
    parser.add_argument("--endurance", type=int, default=100_000, help="presses for the memory")
    wanted = parser.parse_args()
    print(rig.machine())
    figures: dict[str, float] = {}
    for part, work in (
        ("readers", lambda: bridge_readers.main(wanted.seconds)),
        ("hosts", lambda: hosts(wanted.presses, wanted.flood)),
        ("pads", lambda: many_pads(wanted.rest)),
        ("memory", lambda: memory(wanted.endurance)),
    ):
        if part in wanted.parts.split(","):
            print(f"-- {part}")
            figures |= work()
    rig.report("bridge", figures)


if __name__ == "__main__":
    main()
