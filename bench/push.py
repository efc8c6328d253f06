"""What it takes to bring media to many branches, beside the least that MQTT could do and beside HTTP.

    python -m bench.push [--mb 50] [--files 10] [--branches 1,10,50] [--processes 5]

For each number of branches, on one Mosquitto, one machine, the same random bytes:
  signage   `signage publisher` serves each branch its windows; branches hash, sync and rename (bench.push_branch)
  fan-out   bare paho: the bytes published once, QoS 0, 64 KiB each; bare paho subscribers count them, nothing is stored
  http      nginx with sendfile; one curl for each branch and file, into files that nobody syncs
Fan-out sends once what the others send for each branch: it is what a broker can do when all are there at once, and
nobody needs anything again.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mb", type=int, default=50)
    options.add_argument("--files", type=int, default=10)
    options.add_argument("--branches", default="1,10,50")
    options.add_argument("--processes", type=int, default=5, help="the branches are spread over so many")
    asked = options.parse_args()
    counts = [int(one) for one in asked.branches.split(",")]
    print(f"{rig.machine()}; {asked.mb} MB in {asked.files} files")
    figures: dict[str, float] = {}
    with rig.workshop("push") as folder, ExitStack() as stack:
        port = stack.enter_context(rig.mosquitto(folder, rig.free_port()))
        office = OfficeBox(folder, port, [(f"b-{number}", "all-of-them") for number in range(max(counts))])
        blobs = [os.urandom(asked.mb * 1_000_000 // asked.files) for _ in range(asked.files)]
        office.publish(*blobs)
        wanted = {hashlib.sha256(blob).hexdigest(): len(blob) for blob in blobs}
        root = http_root(folder, blobs)
        http_port = _nginx(stack, folder, root)
        for count in counts:
            figures |= _row(folder, port, http_port, count, min(asked.processes, count), wanted, blobs)
    rig.report("push", figures)


def http_root(folder: Path, blobs: list[bytes]) -> Path:
    root = folder / "http"
    root.mkdir()
    for index, blob in enumerate(blobs):
        (root / str(index)).write_bytes(blob)
    return root


def _row(
    folder: Path, port: int, http_port: int, count: int, processes: int, wanted: dict[str, int], blobs: list[bytes]
) -> dict[str, float]:
    whole = sum(wanted.values())
    seconds, publisher_mb, branches_mb = _signage(folder, port, count, processes, wanted)
    fan_out = _fan_out(port, count, blobs)
    http = _http(folder, http_port, count, len(blobs))
    rate = count * whole / 1e6 / seconds
    print(
        f"{count:>3} branches  signage {seconds:7.2f} s {rate:7.0f} MB/s  publisher {publisher_mb:5.0f} MB, "
        f"branch process {branches_mb:5.0f} MB ({-(-count // processes)} each) | fan-out {fan_out:6.2f} s "
        f"({seconds / fan_out:4.1f}×) | http {http:6.2f} s ({seconds / http:4.1f}×)",
        flush=True,
    )
    return {
        f"signage_{count}_s": seconds, f"publisher_{count}_mb": publisher_mb, f"branches_{count}_mb": branches_mb,
        f"fan_out_{count}_s": fan_out, f"http_{count}_s": http,
    }  # fmt: skip


def _signage(folder: Path, port: int, count: int, processes: int, wanted: dict[str, int]) -> tuple[float, float, float]:
    """Seconds until the slowest branch has everything on its disk; the most memory of publisher and branch process."""
    stores = folder / f"branches-{count}"
    names = [f"b-{number}" for number in range(count)]
    words = (str(rig.BIN / "signage"), "publisher", "--config", str(folder / "office.toml"))
    with rig.program(*words, log=folder / "publisher.log") as publisher:
        log = folder / "publisher.log"
        rig.wait_for(lambda: "content is live" in log.read_text(), what="the publisher")
        workers = [
            subprocess.Popen(
                [sys.executable, "-m", "bench.push_branch", str(port), str(stores), *names[first::processes]],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for first in range(processes)
        ]  # fmt: skip
        for worker in workers:
            _say(worker, json.dumps(wanted))
        for worker in workers:
            _heard(worker, "ready")
        for worker in workers:
            _say(worker, "go")
        told = [json.loads(_heard(worker)) for worker in workers]
        publisher_mb = rig.memory_mb(publisher.pid)
    log.unlink()
    for worker in workers:
        worker.wait(10)
    failures = [failure for one in told for failure in one["failures"]]
    if failures or sum(one["bytes"] for one in told) != count * sum(wanted.values()):
        raise SystemExit(f"bench: branches did not get everything: {failures}")
    shutil.rmtree(stores)
    return max(one["seconds"] for one in told), publisher_mb, max(one["memory_mb"] for one in told)


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
