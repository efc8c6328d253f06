"""How long a press takes: from its frame on the serial line to the bridge's publication, and to head office's receipt.

    python -m bench.press_to_row [PRESSES]

One run measures, on the same pty kind, machine and Mosquitto:
  bare      bare pyserial + paho: read, split, publish at QoS 1; no disk, no acknowledgement
  bridge    firmware-bridge: checked, committed to its outbox, acknowledged, published
  row       the whole way: … controller, head office's broker, collector's commit, final receipt back at the branch
  fsync     4 KiB appended and synced on this disk, what any durable way pays at least once
"""

import json
import os
import pty
import select
import sys
import threading
import time
import tty
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench import rig
from firmware_bridge.padlink.codec import Reader, encode
from firmware_bridge.padlink.frames import Ack, Caps, Frame, Hello, PressFrame, Sender, Welcome

SERIAL = bytes.fromhex("00000000000000b1")
GAP_S = 0.05  # 20 presses a second, as in the peers' measurements

CONFIG = """
[branch]
id = "bench-1"
name = {{ zh = "测试支行", en = "Bench" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[state]
directory = "{folder}/branch"
[ratings]
min_gap_s = 0
[[counter]]
number = "1"
business = {{ zh = "个人业务" }}
[[bridge]]
name = "bridge-1"
directory = "{folder}/bridge"
[[bridge.pad]]
counter = "1"
driver = "padlink"
port = "{port}"
"""
OFFICE = '[broker]\nhost = "127.0.0.1"\nport = {office}\n[database]\nurl = "sqlite:///{folder}/office.db"\n'


class Pad:
    """The pad's end of a pty: says HELLO, presses, and notes when each ACK came."""

    def __init__(self, link: Path) -> None:
        self._line, other = pty.openpty()
        tty.setraw(other)
        self._other = other
        link.symlink_to(os.ttyname(other))
        self._seq = 0
        self.welcomed = False
        self.acked: dict[int, float] = {}
        self._ends = False
        self._thread = threading.Thread(target=self._run, name="pad", daemon=True)
        self._thread.start()

    def send(self, frame: Frame) -> None:
        os.write(self._line, encode(frame, self._seq))
        self._seq = (self._seq + 1) % 256

    def _run(self) -> None:
        reader = Reader(Sender.HOST)
        hello_at = 0.0
        while not self._ends:
            if not self.welcomed and time.monotonic() > hello_at:
                self.send(Hello(1, SERIAL, 1, (1, 0, 0), 5, Caps(0)))
                hello_at = time.monotonic() + 1
            if not select.select([self._line], [], [], 0.2)[0]:
                continue
            for numbered in reader.feed(os.read(self._line, 4096)):
                match numbered.frame:
                    case Welcome():
                        self.welcomed = True
                    case Ack(n=n):
                        self.acked.setdefault(n, time.perf_counter())
                    case _:
                        pass

    def close(self) -> None:
        self._ends = True
        self._thread.join()
        os.close(self._line)
        os.close(self._other)


def press_all(pad: Pad, presses: int) -> dict[int, float]:
    sent = {}
    for n in range(1, presses + 1):
        sent[n] = time.perf_counter()
        pad.send(PressFrame(1, n, 0, 1 + n % 5, 0))
        time.sleep(GAP_S)
    return sent


def bare(folder: Path, presses: int) -> list[float]:
    with ExitStack() as stack:
        port = stack.enter_context(rig.mosquitto(folder, rig.free_port()))
        seen: list[float] = []
        rig.subscriber(port, ["bench/up"], lambda *_: seen.append(time.perf_counter()), stack)
        pad = Pad(folder / "bare-pad")
        stack.callback(pad.close)
        stack.enter_context(
            rig.program(
                sys.executable,
                "-m",
                "bench.bare_bridge",
                str(folder / "bare-pad"),
                str(port),
                "bench/up",
                log=folder / "bare.log",
            )
        )
        rig.wait_for(lambda: seen, what="the bare loop")
        pad.welcomed = True  # no more HELLO
        time.sleep(1.5)
        seen.clear()
        sent = press_all(pad, presses)
        rig.wait_for(lambda: len(seen) >= presses, what="the bare loop's publications")
        return [seen[n - 1] - sent[n] for n in sent]


def product(folder: Path, presses: int) -> tuple[list[float], list[float], list[float]]:
    with ExitStack() as stack:
        ports = {name: stack.enter_context(rig.mosquitto(folder, rig.free_port())) for name in ("branch", "office")}
        pad = Pad(folder / "pad")
        stack.callback(pad.close)
        (folder / "branch.toml").write_text(CONFIG.format(**ports, folder=folder, port=folder / "pad"))
        (folder / "office.toml").write_text(OFFICE.format(**ports, folder=folder))
        published: dict[int, float] = {}
        stored: list[tuple[int, float]] = []
        outbox_numbers: dict[int, int] = {}

        def on_batch(_c: object, _u: object, message: object) -> None:
            at = time.perf_counter()
            batch = json.loads(message.payload)  # type: ignore[attr-defined]  # a paho message
            for event in batch["events"]:
                if event["kind"] == "rating":
                    published.setdefault(event["data"]["press"]["n"], at)

        def on_office(_c: object, _u: object, message: object) -> None:
            at = time.perf_counter()
            document = json.loads(message.payload)  # type: ignore[attr-defined]  # a paho message
            if "final" in document:
                stored.append((document["final"], at))
                return
            for index, event in enumerate(document["events"]):
                if event["kind"] == "rating":
                    outbox_numbers.setdefault(event["data"]["press"]["n"], document["first"] + index)

        rig.subscriber(ports["branch"], ["bank/v1/bridge-1/up/events"], on_batch, stack)
        rig.subscriber(ports["office"], ["bank/v1/bench-1/up/events", "bank/v1/bench-1/down/receipt"], on_office, stack)
        for words in (
            ("signage", "collect", "--config", str(folder / "office.toml")),
            ("signage", "controller", "--config", str(folder / "branch.toml")),
            ("firmware-bridge", "--config", str(folder / "branch.toml")),
        ):
            log = folder / f"{words[0]}-{words[1]}.log".replace("/", "_")
            stack.enter_context(rig.program(str(rig.BIN / words[0]), *words[1:], log=log))
        rig.wait_for(lambda: pad.welcomed, what="WELCOME")
        time.sleep(2)
        sent = press_all(pad, presses)
        rig.wait_for(lambda: len(published) >= presses and len(pad.acked) >= presses, what="the bridge")
        rig.wait_for(_all_stored(outbox_numbers, stored, presses), what="head office")
        rows = [next(at for final, at in stored if final >= outbox_numbers[n]) - sent[n] for n in sent]
        return [published[n] - sent[n] for n in sent], [pad.acked[n] - sent[n] for n in sent], rows


def _all_stored(numbers: dict[int, int], stored: list[tuple[int, float]], presses: int) -> Callable[[], bool]:
    return lambda: len(numbers) >= presses and bool(stored) and stored[-1][0] >= max(numbers.values())


def main(presses: int) -> None:
    print(rig.machine())
    with rig.workshop("press") as folder:
        fsync = rig.fsync_cost(folder)
        plain = bare(folder, presses)
        published, acked, rows = product(folder, presses)
    for name, values in (
        ("fsync of 4 KiB", fsync),
        ("bare pyserial + paho: press → publication", plain),
        ("firmware-bridge: press → publication", published),
        ("firmware-bridge: press → ACK at the pad", acked),
        ("whole way: press → head office's receipt", rows),
    ):
        print(rig.line(name, values))
    p50, p99 = rig.quantile(published, 0.5), rig.quantile(published, 0.99)
    aim = 2 * rig.quantile(plain, 0.5) + rig.quantile(fsync, 0.5)
    print(f"ratio bridge/bare: p50 {p50 / rig.quantile(plain, 0.5):.2f}, p99 {p99 / rig.quantile(plain, 0.99):.2f}")
    print(
        f"aim 2 × bare p50 + one fsync = {aim * 1000:.2f} ms; got p50 {p50 * 1000:.2f} ms: {'held' if p50 <= aim else 'missed'}"
    )
    rig.report(
        "press_to_row", {"ratio_p50": p50 / rig.quantile(plain, 0.5), "ratio_p99": p99 / rig.quantile(plain, 0.99)}
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
