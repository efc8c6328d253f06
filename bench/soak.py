"""How the screens last: `python -m bench.soak MINUTES SPEED`, on a machine with nothing else to do.

A wall and a touch kiosk, each with its guard, under Xvfb; their content's clock goes SPEED times as fast. Memory, threads
and files of each process go to a CSV every second, as they are read; `--from CSV` says what an earlier run, or one that
was cut short, has found. `--only films`, `pictures` or `news`: that alone, on a wall, far oftener than in a branch. A run of half
an hour or more of everything draws docs/soak.svg, another one beside its CSV.
"""

import argparse
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Final

from bench import rig
from bench.soak_branch import ALONE, SCREENS, FastBranch, Life
from bench.soak_figures import MEMORY, Held, Sample, Samples, findings, plot, read, slope, warm_from

EVERY_S: Final = 1.0
LONG_MIN: Final = 30.0
CSV: Final = Path("out/soak/samples.csv")


def main() -> int:
    """0: every aim is held, 1: one is missed, 2: none is missed, but this run was too short or too restless to show one."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__.splitlines()[0])
    parser.add_argument("minutes", nargs="?", type=float, default=45.0)
    parser.add_argument("speed", nargs="?", type=float, default=20.0)
    parser.add_argument("--csv", type=Path, default=CSV, help="where the samples go")
    parser.add_argument("--from", dest="kept", type=Path, help="only say what these samples say")
    parser.add_argument("--only", choices=tuple(ALONE), help="one kind of work alone")
    parser.add_argument("--plot", type=Path, help="where the plot goes")
    options = parser.parse_args()
    path = options.kept or options.csv
    if options.kept is None:
        run(options.minutes, options.speed, path, ALONE.get(options.only, Life()))
    samples = read(path)
    if not samples:
        raise SystemExit(f"bench: {path} holds no samples")
    long = options.only is None and max(sample.at for sample in samples) >= LONG_MIN * 60 * 0.95
    target = options.plot or (Path("docs/soak.svg") if long else path.with_suffix(".svg"))
    hours = max(sample.content_h for sample in samples)
    title = f"{max(sample.at for sample in samples) / 60:.0f} minutes, {hours:.1f} hours of content"
    target.write_text(plot(samples, title), encoding="utf-8")
    print(f"\n{title}; {rig.machine()}; samples {path}, plot {target}")
    return say(samples)


def run(minutes: float, speed: float, path: Path, life: Life) -> None:
    samples = Samples(path)
    with ExitStack() as stack:
        folder = stack.enter_context(rig.workshop("soak"))
        port = rig.free_port()
        stack.enter_context(rig.mosquitto(folder, port))
        sizes = [SCREENS[name] for name in life.screens]
        width = sum(size[0] for size in sizes)
        display = stack.enter_context(rig.xvfb(folder, width, max(size[1] for size in sizes)))
        branch = FastBranch(folder, port, display, speed, life=life)
        branch.open()
        stack.callback(branch.close)
        guards = {name: stack.enter_context(screen(folder, display, name)).pid for name in life.screens}
        deadline = time.monotonic() + 90
        while not all(branch.statuses.get(name, {}).get("screen", {}).get("revision") for name in life.screens):
            branch.step()
            time.sleep(0.02)
            if time.monotonic() > deadline:
                raise SystemExit("bench: the screens do not draw; see their logs: " + logs(folder))
        began = due = time.monotonic()
        while (passed := time.monotonic() - began) < minutes * 60:
            branch.step()
            if time.monotonic() >= due:
                due += EVERY_S
                for sample in look(guards, branch, passed, passed * speed / 3600):
                    samples.put(sample)
            time.sleep(0.02)
        print(f"{branch.visits} visits, {branch.events} events; what the screens said last:\n{logs(folder)}")


def screen(folder: Path, display: str, name: str) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    words = ("env", "-C", str(folder), str(rig.BIN / "kiosk"), "--config", "branch.toml", "--screen", name)
    env = {"DISPLAY": display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
    return rig.program(*words, log=folder / f"{name}.log", env=env)


def logs(folder: Path) -> str:
    found = []
    for name in (one for one in SCREENS if (folder / f"{one}.log").exists()):
        lines = [
            line for line in (folder / f"{name}.log").read_text(errors="replace").splitlines() if " kiosk: " in line
        ]
        found += [f"  {name}: {line}" for line in lines[-6:]]
    return "\n".join(found)


def look(guards: dict[str, int], branch: FastBranch, at: float, content_h: float) -> Iterator[Sample]:
    """Of each screen and its guard; a screen that is just being started again has none."""
    for name, guard in guards.items():
        status = branch.statuses.get(name, {}).get("screen", {})
        pids = {f"{name}-guard": guard}
        for child in children(guard):
            pids[name] = child
        for process, pid in pids.items():
            try:
                yield Sample(
                    at=round(at, 2),
                    content_h=round(content_h, 4),
                    process=process,
                    rss_mb=round(rig.memory_now_mb(pid), 3),
                    own_mb=round(rig.memory_now_mb(pid, "RssAnon"), 3),
                    threads=entries(f"/proc/{pid}/task"),
                    files=entries(f"/proc/{pid}/fd"),
                    stall_ms=float(status.get("stall_ms", 0)) if process == name else 0.0,
                    cpu_s=rig.cpu_s(pid),
                    pid=pid,
                )
            except (FileNotFoundError, ProcessLookupError, StopIteration):
                continue


def entries(folder: str) -> int:
    return sum(1 for _ in Path(folder).iterdir())


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def say(samples: Sequence[Sample]) -> int:
    """A row for each process, then each aim; the exit code."""
    warm = warm_from(samples)
    figures: dict[str, float] = {}
    print(
        f"{'process':<14}{'MB first':>9}{'warm':>8}{'last':>8}{'MB/h, 95 %':>16}{'its own':>16}{'threads':>10}{'files':>10}{'gap ms':>10}{'CPU %':>7}"
    )
    for name in sorted({sample.process for sample in samples}):
        own = [sample for sample in samples if sample.process == name]
        late = [sample for sample in own if sample.at >= warm]
        if len(late) < 2:
            continue
        fitted = {memory: slope(late, amount) for memory, amount in MEMORY.items()}
        words = [
            f"{one.per_hour:+.2f} ± {one.within:.2f}" if one is not None else "run longer" for one in fitted.values()
        ]
        stall = max(sample.stall_ms for sample in late)
        cpu = (late[-1].cpu_s - late[0].cpu_s) / (late[-1].at - late[0].at) * 100
        print(
            f"{name:<14}{own[0].rss_mb:>9.1f}{late[0].rss_mb:>8.1f}{late[-1].rss_mb:>8.1f}{words[0]:>16}{words[1]:>16}"
            f"{span(sample.threads for sample in late):>10}{span(sample.files for sample in late):>10}"
            f"{stall:>10.0f}{cpu:>7.1f}"
        )
        for memory, line in fitted.items():
            if line is not None:
                key = name if memory == "resident" else f"{name}_own"
                figures |= {f"{key}_mb_per_h": line.per_hour, f"{key}_within": line.within}
        figures[f"{name}_stall_ms"] = stall
    rig.report("soak", figures)
    found = list(findings(samples))
    for one in found:
        if one.held is not Held.YES:
            print(f"{one.held.value}: {one.process}, {one.aim}: {one.seen}")
    print(f"{sum(one.held is Held.YES for one in found)} of {len(found)} aims held")
    return (
        1 if any(one.held is Held.NO for one in found) else 2 if any(one.held is Held.UNKNOWN for one in found) else 0
    )


def span(counts: Iterator[int]) -> str:
    seen = set(counts)
    return str(min(seen)) if len(seen) == 1 else f"{min(seen)}-{max(seen)}"


if __name__ == "__main__":
    raise SystemExit(main())
