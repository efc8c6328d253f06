"""What the benchmarks share: free ports, a Mosquitto on loopback, child programs, and figures printed alike."""

import json
import math
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: object, seconds: float = 20.0, what: str = "the condition") -> None:
    """Poll a callable until it is true; a benchmark may not hang, so it gives up with a name."""
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]  # a callable without arguments
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: gave up waiting for {what} after {seconds:.0f} s")
        time.sleep(0.01)


@contextmanager
def program(
    *words: str, log: Path, env: dict[str, str] | None = None, stdin: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block ends; its output goes to `log`."""
    with log.open("ab") as sink:
        child = subprocess.Popen(words, stdin=stdin, stdout=sink, stderr=sink, env=os.environ | (env or {}))
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(8)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextmanager
def mosquitto(directory: Path, port: int, more: str = "") -> Iterator[int]:
    """A broker with default limits, TCP_NODELAY on, nothing kept; `more`: further lines of its configuration."""
    executable = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if executable is None:
        raise SystemExit("bench: mosquitto is missing; `make test` installs it")
    conf = directory / f"mosquitto-{port}.conf"
    conf.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\npersistence false\n{more}")
    with program(executable, "-c", str(conf), log=directory / f"mosquitto-{port}.log"):
        wait_for(lambda: answers(port), what="mosquitto")
        yield port


@contextmanager
def xvfb(directory: Path, width: int, height: int) -> Iterator[str]:
    """A virtual X screen on a number of the server's own choosing; yields what DISPLAY is to be."""
    with x_server(directory, width, height) as (display, _):
        yield display


@contextmanager
def x_server(directory: Path, width: int, height: int, buffer_in: Path | None = None) -> Iterator[tuple[str, int]]:
    """The same, and the server's pid. `buffer_in`: a folder in memory that gets its frame buffer as a file."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    words += ["-fbdir", str(buffer_in)] if buffer_in is not None else []
    with (directory / "xvfb.log").open("ab") as sink:
        server = subprocess.Popen(words, stdout=sink, stderr=sink, pass_fds=(writing,))
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}", server.pid
    finally:
        server.terminate()
        server.wait(8)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def no_delay(_client: mqtt.Client, _data: object, sock: object) -> None:
    """Paho's on_socket_open: small messages leave at once."""
    if isinstance(sock, socket.socket):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def subscriber(port: int, topics: Sequence[str], on_message: object, stack: ExitStack) -> mqtt.Client:
    """A bare paho client with TCP_NODELAY, subscribed and running in its own thread until the stack closes."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.on_socket_open = no_delay
    client.on_message = on_message  # type: ignore[assignment]  # the benches pass plain three-argument functions
    ready: list[int] = []
    client.on_subscribe = lambda *_: ready.append(1)
    client.connect("127.0.0.1", port)
    client.loop_start()
    for topic in topics:
        client.subscribe(topic, qos=1)
    wait_for(lambda: len(ready) == len(topics), what="the subscriptions")
    stack.callback(client.loop_stop)
    stack.callback(client.disconnect)
    return client


def quantile(values: Sequence[float], share: float) -> float:
    """Nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def line(name: str, seconds: Sequence[float]) -> str:
    """One row: count, p50, p99 and the largest, in milliseconds."""
    ms = [value * 1000 for value in seconds]
    return f"{name:<44} n={len(ms):<5} p50={quantile(ms, 0.5):8.2f} ms  p99={quantile(ms, 0.99):8.2f} ms  max={max(ms):8.2f} ms"


def fsync_cost(directory: Path, times: int = 200) -> list[float]:
    """Append 4 KiB and fsync, as one commit of a write-ahead log does at least."""
    costs = []
    with (directory / "fsync.probe").open("wb", buffering=0) as probe:
        for _ in range(times):
            began = time.perf_counter()
            probe.write(b"x" * 4096)
            os.fsync(probe.fileno())
            costs.append(time.perf_counter() - began)
    return costs


def memory_mb(pid: int) -> float:
    """The most memory that a process ever had in use."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) / 1024


def memory_now_mb(pid: int, which: str = "VmRSS") -> float:
    """What a process has in use now; `which` of the amounts in its status, such as RssAnon: what stands in no file."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith(f"{which}:")) / 1024


def cpu_s(pid: int) -> float:
    """Processor seconds of a process so far, all its threads, user and system; in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.2f}"


@contextmanager
def workshop(name: str) -> Iterator[Path]:
    """A folder for as long as a benchmark runs. Whoever ends it by a signal ends what it has started."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with TemporaryDirectory(prefix=f"bench-{name}-") as directory:
        yield Path(directory)


def report(name: str, figures: dict[str, float]) -> None:
    """The same figures for machines, as the last line."""
    sys.stdout.write(json.dumps({"bench": name, **{key: round(value, 3) for key, value in figures.items()}}) + "\n")
