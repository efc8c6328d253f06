"""Both sides of the wall's benchmark, each started as it is in a branch: the product's screen, and Chromium as a kiosk."""

import base64
import hashlib
import json
import shutil
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from msgspec.structs import replace
from PIL import ImageDraw

from bench import rig
from bench.first_picture import FrameBuffer, watched
from bench.soak_branch import FastBranch
from kiosk.gallery.media import artwork
from signage.content.bundle import pack

SIZE: Final = (1920, 1080)
PICTURE: Final = (1440, 864)
EVERY_S: Final = 4
WARM_S: Final = 5.0
WARM_AT_REST_S: Final = 130.0  # until a start has planned its day and given back twice what it leaves behind
TICKS_OUT_S: Final = 0.02  # user and system are each cut off to a tick of 10 ms
PROBE: Final = Path(__file__).parent / "kiosk_probe"
CHROMIUM: Final = (
    "--kiosk",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--noerrdialogs",
    "--window-size=1920,1080",
    "--window-position=0,0",
)


@dataclass(frozen=True)
class Mode:
    """`moves`: rest, fade or both."""

    moves: str
    fps: int

    @property
    def name(self) -> str:
        return "rest" if self.moves == "rest" else f"{self.moves}_{self.fps}"

    @property
    def warm_s(self) -> float:
        """Between the first picture and what is measured."""
        return WARM_AT_REST_S if self.moves == "rest" else WARM_S


@dataclass(frozen=True)
class Measured:
    """`cpu` and `server`: % of a core. `first_s` and what follows: seconds since the start.

    `first_s`: until something is to be seen on the glass, whichever of its processes drew it; `frame_s`: to the first frame
    of the screen itself; `content_s`: to the first with a signed picture.
    """

    pss_mb: float
    cpu: float
    server: float
    fps: float
    gap_ms: float
    first_s: float
    frame_s: float
    content_s: float


@dataclass(frozen=True)
class Glass:
    """A display, the process of its X server, and what stands on it."""

    display: str
    server: int
    buffer: FrameBuffer


@contextmanager
def glass(folder: Path) -> Iterator[Glass]:
    """Empty; its frame buffer lies in memory."""
    with (
        TemporaryDirectory(dir="/dev/shm") as memory,  # it is the only folder that is memory everywhere
        rig.x_server(folder, *SIZE, Path(memory)) as (display, server),
    ):
        yield Glass(display, server, FrameBuffer(Path(memory)))


class Branch(FastBranch):
    """Two pictures in turn (one at rest), an Alive every five seconds, no news and no visitors."""

    def __init__(self, folder: Path, port: int, display: str, mode: Mode) -> None:
        super().__init__(folder, port, display, 1.0)
        self._mode = mode
        config = (folder / "branch.toml").read_text()
        motion = "calm" if mode.moves == "rest" else "full"
        head, _, _ = config.partition('[[screen]]\nname = "touch"')
        (folder / "branch.toml").write_text(f'{head}fps = {mode.fps}\nmotion = "{motion}"\n')
        self._due = {self._calm_alive: 0.0}
        self.version = 0

    def _calm_alive(self) -> None:
        self._client.publish("bank/v1/all/down/alive", self._alive_body(), qos=0)
        self._again(self._calm_alive, 5.0)

    def _publish_content(self) -> None:
        count = 1 if self._mode.moves == "rest" else 2
        pairs = [self._item(f"{n}.jpg", "picture", (self._blob(picture(self.folder, n), *PICTURE, "image/jpeg"),))
                 for n in range(count)]  # fmt: skip
        self.version = self.office.publish(also=[self._for(pair) for pair in pairs])
        bundle = pack(self.office.repository.files_since(None, self.version))
        self._client.publish("bank/v1/all/down/content", self._offer(bundle), retain=True)

    def _for(self, pair: Any) -> Any:
        asset, item = pair
        return asset, replace(item, seconds=EVERY_S)

    def _offer(self, bundle: bytes) -> bytes:
        body = {"v": 1, "version": self.version, "sha256": hashlib.sha256(bundle).hexdigest(), "size": len(bundle)}
        return json.dumps({**body, "inline": base64.b64encode(bundle).decode()}).encode()

    def showing(self, than: str = "") -> str:
        """The wall's session, once the publication is on its glass; empty before. `than`: another session than this."""
        status = self.statuses.get("wall", {})
        shows = status.get("online") and status["session"] != than and status["screen"]["content"] == self.version
        return str(status["session"]) if shows else ""


def picture(folder: Path, number: int) -> Path:
    """The same for both sides."""
    path = folder / f"{number}.jpg"
    if not path.exists():
        drawn = artwork(*PICTURE)
        if number:
            drawn = drawn.rotate(180)
        ImageDraw.Draw(drawn).rectangle((40, 40, 400, 120), fill="#FFFFFF" if number else "#0B6B57")
        drawn.save(path, "JPEG", quality=90)
    return path


# ---- what a tree of processes uses -------------------------------------------------------------------------------------


def tree(pid: int) -> list[int]:
    """A process and all that came from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    out = [pid]
    for one in out:
        out += parents.get(one, [])
    return out


def pss_mb(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass(frozen=True)
class Spent:
    """Processor seconds of a process so far.

    `ticks`: in steps of 10 ms, of all threads that it ever had; `threads`: of each that lives, to the nanosecond.
    """

    ticks: float
    threads: dict[int, float]

    def since(self, before: "Spent | None") -> float:
        """Exact, unless a thread has ended since and taken with it more than the ticks can be out by."""
        ticks = self.ticks - (before.ticks if before is not None else 0.0)
        known = before.threads if before is not None else {}
        exact = sum(seconds - known.get(thread, 0.0) for thread, seconds in self.threads.items())
        return exact if self.threads and ticks - exact <= TICKS_OUT_S else ticks


def spent(pids: list[int]) -> dict[int, Spent]:
    """Of those that still live."""
    out = {}
    for pid in pids:
        try:
            out[pid] = Spent(rig.cpu_s(pid), _thread_s(pid))
        except OSError:
            continue
    return out


def _thread_s(pid: int) -> dict[int, float]:
    """Empty where the kernel does not tell."""
    out = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            out[int(task.name)] = int((task / "schedstat").read_text().split()[0]) / 1e9
        except OSError:
            continue
    return out


class Window:
    """Processor time between its making and `end`."""

    def __init__(self, pid: int, server: int) -> None:
        self._pid, self._server = pid, server
        self.began = time.time()
        self._before = spent([*tree(pid), server])

    def end(self) -> tuple[float, float]:
        """% of a core: the tree, the X server."""
        after = spent([*tree(self._pid), self._server])
        span = time.time() - self.began
        used = {pid: one.since(self._before.get(pid)) for pid, one in after.items()}
        served = used.pop(self._server, 0.0)
        return sum(used.values()) / span * 100, served / span * 100


def paced(times: list[float], began: float, span: float, moves: str) -> tuple[float, float]:
    """Frames a second and the longest gap in ms, within a window. A fade is its frames: pauses between fades do not count."""
    inside = [one for one in times if began <= one <= began + span]
    gaps = [after - before for before, after in pairwise(inside)]
    if moves == "fade":
        gaps = [gap for gap in gaps if gap < 1.0]
        return (len(gaps) / sum(gaps) if gaps else 0.0), max(gaps, default=0.0) * 1000
    return len(inside) / span, max(gaps, default=0.0) * 1000


# ---- the product -------------------------------------------------------------------------------------------------------


def product(folder: Path, on: Glass, mode: Mode, span: float, without: str = "") -> Measured:
    folder.mkdir()
    port, frames = rig.free_port(), folder / "frames"
    with rig.mosquitto(folder, port):
        branch = Branch(folder, port, on.display, mode)
        branch.open()
        env = {"DISPLAY": on.display, "SDL_AUDIODRIVER": "dummy", "PYTHONPATH": str(PROBE), "BENCH_FRAMES": str(frames)}
        env |= {"BENCH_WITHOUT": without} if without else {}
        env |= {"BENCH_STILL": "1"} if mode.moves == "fade" else {}
        env |= {"LP_NUM_THREADS": "2"} if without == "threads" else {}
        words = ("env", "-C", str(folder), str(rig.BIN / "kiosk"), "--config", "branch.toml", "--screen", "wall")
        # The first start fetches the programme and makes the guard's pictures; what a branch sees every morning is the second.
        with rig.program(*words, log=folder / "kiosk.log", env=env):
            _until(branch, branch.showing, "the picture on the glass")
            _until(branch, lambda: len(list(folder.rglob("standby-*.picture"))) >= 2, "the guard's pictures")
        former = branch.showing()
        frames.unlink()
        started = time.time()
        with watched(on.buffer) as seen, rig.program(*words, log=folder / "kiosk.log", env=env) as child:
            _until(branch, lambda: branch.showing(than=former), "the picture on the glass")
            content_s = time.time() - started
            _pass(branch, mode.warm_s)
            window = Window(child.pid, on.server)
            _pass(branch, span)
            cpu, served = window.end()
            memory = pss_mb(tree(child.pid))
        branch.close()
    data = frames.read_bytes()
    times = list(struct.unpack(f"{len(data) // 8}d", data))
    fps, gap = paced(times, window.began, span, mode.moves)
    return Measured(memory, cpu, served, fps, gap, seen[0] - started, times[0] - started, content_s)


def _until(branch: Branch, done: Any, what: str) -> None:
    deadline = time.monotonic() + 90
    while not done():
        branch.step()
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: gave up waiting for {what}")
        time.sleep(0.02)


def _pass(branch: Branch, seconds: float) -> None:
    """The branch goes on for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        branch.step()
        time.sleep(0.02)


# ---- Chromium ------------------------------------------------------------------------------------------------------------


class _Pages(SimpleHTTPRequestHandler):
    told: dict[str, Any]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.told[self.path] = (time.time(), body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    told: dict[str, Any] = {}
    handler = type("Pages", (_Pages,), {"told": told})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, told
    finally:
        server.shutdown()
        server.server_close()


def chromium(folder: Path, on: Glass, mode: Mode, span: float) -> Measured:
    folder.mkdir()
    executable = shutil.which("chromium")
    if executable is None:
        raise SystemExit("bench: chromium is missing; scripts/setup bench installs it")
    shutil.copy(Path(__file__).parent / "kiosk_page.html", folder / "index.html")
    for number in range(2):
        picture(folder, number)
    with _served(folder) as (port, told):
        page = f"http://127.0.0.1:{port}/?mode={mode.moves}&fps={mode.fps}&warm={mode.warm_s * 1000:.0f}&span={span * 1000:.0f}"
        words = (executable, *CHROMIUM, f"--user-data-dir={folder / 'profile'}", page)
        env = {"DISPLAY": on.display, "HOME": str(folder)}
        # As above: the second start, with its caches full.
        with rig.program(*words, log=folder / "chromium.log", env=env):
            rig.wait_for(lambda: "/drawn" in told, 60, "Chromium's first picture")
            time.sleep(1)
        told.clear()
        started = time.time()
        with watched(on.buffer) as seen, rig.program(*words, log=folder / "chromium.log", env=env) as child:
            rig.wait_for(lambda: "/drawn" in told, 60, "Chromium's picture")
            drawn = told["/drawn"][0] - started
            time.sleep(mode.warm_s)
            window = Window(child.pid, on.server)
            time.sleep(span)
            cpu, served = window.end()
            memory = pss_mb(tree(child.pid))
            rig.wait_for(lambda: "/frames" in told, 40, "Chromium's frames")
    times = [one / 1000 for one in json.loads(told["/frames"][1])]
    fps, gap = paced(times, window.began, span, mode.moves)
    return Measured(memory, cpu, served, fps, gap, seen[0] - started, drawn, drawn)
