"""What it takes to bring media to many branches, beside the least that MQTT could do and beside HTTP.

    python -m bench.push [--mb 50] [--files 10] [--branches 1,10,50] [--processes 5] [--blob-mb 200] [--short]

For each number of branches, on one machine, a Mosquitto of its own, the same random bytes:
  signage   `signage publisher` serves what is made live; branches verify, fetch, hash, sync and rename by the product's own
            keeper, delivery and store (bench.push_branch). `in all`: from the push to the slowest branch's last file, with
            the second in which the publisher looks and the two over which branches spread their start; `moving`: from the
            first chunk anywhere on, so that with several branches most of those two seconds is in it
  fan-out   bare paho: the bytes published once, QoS 0, 64 KiB each; bare paho subscribers count them, nothing is stored
  http      nginx with sendfile; one curl for each branch and file, into files that nobody syncs
Fan-out sends once what the others send for each branch: it is what a broker can do when all are there at once, and
nobody needs anything again.

At the end one blob of --blob-mb goes through a real `signage controller` to a screen: its memory may not grow with it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from bench import rig
from tests.system.office_box import OfficeBox

CHUNK = 64 * 1024
TOPIC = "bench/fan-out"
SUBSCRIBERS = """
import sys, threading, time
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from bench.rig import memory_mb, no_delay
import os
port, count, wanted = map(int, sys.argv[1:])
done, ready, got = threading.Semaphore(0), threading.Semaphore(0), [0] * count
def make(index):
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.on_socket_open = no_delay
    def message(_c, _u, one):
        got[index] += len(one.payload)
        if got[index] >= wanted: done.release()
    client.on_message = message
    client.on_subscribe = lambda *_: ready.release()
    client.connect("127.0.0.1", port); client.loop_start(); client.subscribe("bench/fan-out", 0)
    return client
clients = [make(index) for index in range(count)]
for _ in clients: ready.acquire()
print("ready", flush=True)
end = time.monotonic() + float(sys.stdin.readline())
ok = all(done.acquire(timeout=max(0, end - time.monotonic())) for _ in clients)
print("done" if ok else f"short: {min(got)} of {wanted}", memory_mb(os.getpid()), flush=True)
"""
NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


BRANCH = """
[branch]
id = "b-0"
name = {{ zh = "支行" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[state]
directory = "{folder}/state"
[content]
trusted_root = "{folder}/root.json"
directory = "{folder}/controller-blobs"
[[screen]]
name = "wall-1"
kind = "wall"
size = [1920, 1080]
"""
CONTROLLER_MB = 150  # the promise


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mb", type=int, default=50)
    options.add_argument("--files", type=int, default=10)
    options.add_argument("--branches", default="1,10,50")
    options.add_argument("--processes", type=int, default=5, help="the branches are spread over so many")
    options.add_argument("--blob-mb", type=int, default=200, help="through a controller to a screen; 0: not")
    options.add_argument("--short", action="store_true", help="10 MB to 1 and 5 branches, a blob of 60 MB")
    asked = options.parse_args()
    if asked.short:
        asked.mb, asked.branches, asked.blob_mb = 10, "1,5", 60
    counts = [int(one) for one in asked.branches.split(",")]
    print(f"{rig.machine()}; {asked.mb} MB in {asked.files} files")
    figures: dict[str, float] = {}
    with rig.workshop("push") as folder, ExitStack() as stack:
        port = rig.free_port()
        office = OfficeBox(folder, port, [(f"b-{number}", "all-of-them") for number in range(max(counts))])
        blobs = [os.urandom(asked.mb * 1_000_000 // asked.files) for _ in range(asked.files)]
        office.publish(*blobs, live=False)
        http_port = _nginx(stack, folder, http_root(folder, blobs))
        for count in counts:
            figures |= _row(office, port, http_port, count, min(asked.processes, count), blobs)
        if asked.blob_mb:
            figures |= _through_controller(office, port, asked.blob_mb)
    rig.report("push", figures)


def http_root(folder: Path, blobs: list[bytes]) -> Path:
    root = folder / "http"
    root.mkdir()
    for index, blob in enumerate(blobs):
        (root / str(index)).write_bytes(blob)
    return root


def _row(
    office: OfficeBox, port: int, http_port: int, count: int, processes: int, blobs: list[bytes]
) -> dict[str, float]:
    whole = sum(map(len, blobs))
    with rig.mosquitto(office.folder, port):
        told = _signage(office, port, count, processes, whole)
        fan_out = _fan_out(port, count, blobs)
    http = _http(office.folder, http_port, count, len(blobs))
    rate = count * whole / 1e6 / told["moving_s"]
    print(
        f"{count:>3} branches  signage {told['in_all_s']:6.2f} s in all, {told['moving_s']:6.2f} s moving, {rate:4.0f} MB/s, "
        f"{told['fetched_bytes'] / count / whole:5.3f} bytes fetched for each of media; publisher {told['publisher_mb']:4.0f} MB, "
        f"{-(-count // processes)} branches {told['branches_mb']:4.0f} MB | "
        f"fan-out {fan_out:6.2f} s ({told['moving_s'] / fan_out:4.1f}×) | "
        f"http {http:6.2f} s ({told['moving_s'] / http:4.1f}×)",
        flush=True,
    )
    told |= {"fan_out_s": fan_out, "http_s": http}
    return {f"{name}_{count}": value for name, value in told.items()}


def _signage(office: OfficeBox, port: int, count: int, processes: int, whole: int) -> dict[str, float]:
    """Seconds, bytes that left the broker, and the most memory of publisher and branch process."""
    stores = office.folder / f"branches-{count}"
    stores.mkdir()
    shutil.copy(office.folder / "root.json", stores)
    names = [f"b-{number}" for number in range(count)]
    (office.repository.folder / "lines.json").unlink(missing_ok=True)
    with _publisher(office) as publisher:
        workers = [_worker(port, stores, "controller", names[first::processes]) for first in range(processes)]
        for worker in workers:
            _heard(worker, "ready")
        began = time.monotonic()
        office.repository.make_live(1)
        told = [_told(worker) for worker in workers]
        publisher_mb = rig.memory_mb(publisher.pid)
    if sum(one["bytes"] for one in told) != count * whole:
        raise SystemExit("bench: branches did not get everything")
    shutil.rmtree(stores)
    done = max(one["done_at"] for one in told)
    return {
        "in_all_s": done - began,
        "moving_s": done - min(one["first_at"] for one in told),
        "fetched_bytes": sum(one["fetched"] for one in told),
        "publisher_mb": publisher_mb,
        "branches_mb": max(one["memory_mb"] for one in told),
    }


def _through_controller(office: OfficeBox, port: int, blob_mb: int) -> dict[str, float]:
    """One large blob from head office through a real controller onto a screen's disk."""
    folder, branch_port = office.folder, rig.free_port()
    (folder / "branch.toml").write_text(BRANCH.format(branch=branch_port, office=port, folder=folder))
    words = (str(rig.BIN / "signage"), "controller", "--config", str(folder / "branch.toml"))
    office.publish(os.urandom(blob_mb * 1_000_000), alone=True)
    with rig.mosquitto(folder, port), rig.mosquitto(folder, branch_port), _publisher(office) as publisher:
        worker = _worker(branch_port, folder, "screen", ["wall-1"])
        _heard(worker, "ready")
        began = time.monotonic()
        with rig.program(*words, log=folder / "controller.log") as controller:
            seconds = _told(worker)["done_at"] - began
            memory, publisher_mb = rig.memory_mb(controller.pid), rig.memory_mb(publisher.pid)
    print(
        f"one blob of {blob_mb} MB through a controller onto a screen's disk: {seconds:.1f} s with the controller's start; "
        f"controller {memory:.0f} MB at most, publisher {publisher_mb:.0f} MB"
    )
    if memory >= CONTROLLER_MB:
        raise SystemExit(f"bench: the controller took {memory:.0f} MB, {CONTROLLER_MB} were promised")
    return {"controller_s": seconds, "controller_mb": memory, "controller_publisher_mb": publisher_mb}


@contextmanager
def _publisher(office: OfficeBox) -> Iterator[subprocess.Popen[bytes]]:
    words = (str(rig.BIN / "signage"), "publisher", "--config", str(office.folder / "office.toml"))
    log = office.folder / "publisher.log"
    log.write_bytes(b"")
    with rig.program(*words, log=log) as publisher:
        yield publisher


def _worker(port: int, folder: Path, role: str, names: list[str]) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "bench.push_branch", str(port), str(folder), role, *names]
    with (folder / "workers.log").open("ab") as log:
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True)


def _told(worker: subprocess.Popen[str]) -> dict[str, Any]:
    """What a worker says at its end."""
    line = _heard(worker)
    code = worker.wait(10)
    if not line:
        raise SystemExit(f"bench: a process of branches ended with {code} and said nothing")
    told: dict[str, Any] = json.loads(line)
    if told["failures"]:
        raise SystemExit(f"bench: {told['failures'][0]}")
    return told


def _fan_out(port: int, count: int, blobs: list[bytes]) -> float:
    whole = b"".join(blobs)
    words = [sys.executable, "-c", SUBSCRIBERS, str(port), str(count), str(len(whole))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as subscribers:
        _heard(subscribers, "ready")
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        client.on_socket_open = rig.no_delay
        client.connect("127.0.0.1", port)
        client.loop_start()
        _say(subscribers, "120")
        began = time.perf_counter()
        for offset in range(0, len(whole), CHUNK):
            while client.want_write():
                time.sleep(0.0005)
            client.publish(TOPIC, whole[offset : offset + CHUNK], 0)
        said = _heard(subscribers)
        seconds = time.perf_counter() - began
        client.disconnect()
        client.loop_stop()
    if not said.startswith("done"):
        print(f"  fan-out: the broker dropped: {said.strip()}")
    return seconds


def _http(folder: Path, port: int, count: int, files: int) -> float:
    def fetch(number: int) -> None:
        target = folder / f"curl-{number}"
        target.mkdir(exist_ok=True)
        words = ["curl", "-sSf", "--output-dir", str(target), "-O", f"http://127.0.0.1:{port}/[0-{files - 1}]"]
        subprocess.run(words, check=True)

    began = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(fetch, range(count)))
    seconds = time.perf_counter() - began
    for number in range(count):
        shutil.rmtree(folder / f"curl-{number}")
    return seconds


def _nginx(stack: ExitStack, folder: Path, root: Path) -> int:
    port = rig.free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, root=root))
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    words = (nginx, "-p", str(folder), "-e", str(folder / "nginx.err"), "-c", str(folder / "nginx.conf"))
    stack.enter_context(rig.program(*words, log=folder / "nginx.log"))
    rig.wait_for(lambda: rig.answers(port), what="nginx")
    return port


def _say(program: subprocess.Popen[str], line: str) -> None:
    assert program.stdin is not None
    program.stdin.write(line + "\n")
    program.stdin.flush()


def _heard(program: subprocess.Popen[str], wanted: str = "") -> str:
    assert program.stdout is not None
    line = program.stdout.readline()
    if not line.startswith(wanted):
        raise SystemExit(f"bench: {wanted!r} was expected, {line!r} came")
    return line


if __name__ == "__main__":
    main()
