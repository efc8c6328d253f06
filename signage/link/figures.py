"""What programs tell Prometheus: each metric defined once, with its unit in its name, and what a node's Status comes to.

Pure. A `Metric` makes a `Figure`; `docs/metrics.md` is written from these definitions, and nothing else can be exported.
Names follow Prometheus' conventions: base units (seconds, bytes), `_total` for what only grows, `_timestamp_seconds` for times.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from signage.core.instants import Instant
from signage.wire.messages import BranchStatus, DeliveryStatus, PadStatus, ScreenStatus, Status

MB: Final = 1024 * 1024
_PREFIXES: Final = (
    "probe-",
    "flapping-",
)  # codes that end in a probe's name: one metric must not grow a label for each


@dataclass(frozen=True)
class Figure:
    """One value of a metric."""

    metric: "Metric"
    labels: tuple[str, ...]
    value: float


@dataclass(frozen=True)
class Metric:
    """`text`: what it says, one sentence. `kind`: a counter only grows while its program runs."""

    name: str
    kind: Literal["gauge", "counter"]
    text: str
    labels: tuple[str, ...] = ()

    def of(self, value: float, *labels: str) -> Figure:
        assert len(labels) == len(self.labels), self.name
        return Figure(self, labels, value)


BUILD: Final = Metric("signage_build_info", "gauge", "Always 1; which program this is.", ("program", "version"))
TAKEN: Final = Metric(
    "signage_figures_timestamp_seconds",
    "gauge",
    "When the main loop last gave these figures: old means that it hangs.",
)
TROUBLE: Final = Metric(
    "signage_figures_failed_total", "counter", "Times that the figures could not be taken; the last ones stand on."
)
CERTIFICATE: Final = Metric(
    "signage_certificate_expiry_timestamp_seconds",
    "gauge",
    "When a certificate of this program's links expires.",
    ("file",),
)
EVERYWHERE: Final = (BUILD, TAKEN, TROUBLE, CERTIFICATE)

LINK_UP: Final = Metric(
    "signage_link_up", "gauge", "1 while this link has a connection to its broker, else 0.", ("link",)
)
PARENT_SILENT: Final = Metric(
    "signage_parent_silent_seconds", "gauge", "Since the parent (controller or head office) was last heard.", ("link",)
)
CLOCK_OFFSET: Final = Metric(
    "signage_clock_offset_seconds", "gauge", "How far the parent's clock is ahead; 0 while within 2 seconds.", ("link",)
)
BACKLOG: Final = Metric("signage_outbox_backlog_events", "gauge", "Events that the parent has not receipted.")
APPENDED: Final = Metric(
    "signage_outbox_events_total", "counter", "Events that this outbox has ever numbered, in its epoch."
)
DISK: Final = Metric("signage_disk_free_bytes", "gauge", "Free space where this program keeps what may not be lost.")
FAULT: Final = Metric("signage_fault_active", "gauge", "1 for each fault that stands.", ("code",))
REFUSED: Final = Metric(
    "signage_refused_messages_total", "counter", "Messages that could not be read and changed nothing.", ("link",)
)
NODE: Final = (LINK_UP, PARENT_SILENT, CLOCK_OFFSET, BACKLOG, APPENDED, DISK, FAULT, REFUSED)

FRAME_AGE: Final = Metric(
    "signage_screen_frame_age_seconds", "gauge", "Since a frame was last drawn; a still screen draws every 10."
)
FRAMES: Final = Metric("signage_screen_frame_rate_hertz", "gauge", "Frames drawn in a second, over the last five.")
STALL: Final = Metric(
    "signage_screen_stall_seconds", "gauge", "The longest that the drawing loop was busy in the last half minute."
)
SCENE: Final = Metric("signage_screen_scene", "gauge", "1 for the scene that is on the glass.", ("scene",))
SHOWN_REVISION: Final = Metric(
    "signage_screen_revision_timestamp_seconds",
    "gauge",
    "Revision of the branch's state that is on the glass, as a time.",
)
SHOWN_CONTENT: Final = Metric(
    "signage_screen_content_version", "gauge", "Content version that is on the glass; 0: none."
)
RESTARTS: Final = Metric(
    "signage_screen_restarts_total", "counter", "Times that the guard has started this screen again since it runs."
)
SCREEN: Final = (RESTARTS, FRAME_AGE, FRAMES, STALL, SCENE, SHOWN_REVISION, SHOWN_CONTENT)

PAD: Final = Metric("signage_pad_online", "gauge", "1 while the counter's pad answers, else 0.", ("counter", "driver"))
DISCARDED: Final = Metric(
    "signage_pad_discarded_frames_total",
    "counter",
    "Frames of a pad's line that were thrown away.",
    ("counter", "reason"),
)
PADS: Final = (PAD, DISCARDED)

STATE: Final = Metric("signage_branch_state", "gauge", "1 for the state that the branch is in.", ("state",))
COUNTER: Final = Metric(
    "signage_branch_counters", "gauge", "1 for the state that the counter is in.", ("counter", "state")
)
REVISION: Final = Metric("signage_branch_revision_timestamp_seconds", "gauge", "The branch's revision, as a time.")
DEVICE_UP: Final = Metric(
    "signage_device_up", "gauge", "1 while the controller hears this device, else 0.", ("device",)
)
BRANCH: Final = (STATE, COUNTER, REVISION, DEVICE_UP)

RECEIVED: Final = Metric("signage_content_received_version", "gauge", "Newest content that arrived whole; 0: none.")
VERIFIED: Final = Metric("signage_content_verified_version", "gauge", "Newest content that was found trusted; 0: none.")
STAGED: Final = Metric(
    "signage_content_staged_version", "gauge", "Newest content whose next pictures lie ready; 0: none."
)
MISSING: Final = Metric("signage_content_missing_bytes", "gauge", "Bytes of verified media that are not here yet.")
CONTENT_REFUSED: Final = Metric("signage_content_refused", "gauge", "1 while the newest content is refused, else 0.")
DELIVERY: Final = (RECEIVED, VERIFIED, STAGED, MISSING, CONTENT_REFUSED)


def status_figures(status: Status) -> Iterator[Figure]:
    """What a node tells of itself, as figures."""
    yield DISK.of(status.health.disk_free_mb * MB)
    for code in sorted({fault_code(one.code) for one in status.faults}):
        yield FAULT.of(1, code)
    if status.screen is not None:
        yield from _screen(status.screen)
    for pad in status.pads or ():
        yield from _pad(pad)
    if status.branch is not None:
        yield from branch_figures(status.branch)
    if status.delivery is not None:
        yield from _delivery(status.delivery)


def fault_code(code: str) -> str:
    """The code as a label: without the name of the probe that it is about."""
    return next((prefix[:-1] for prefix in _PREFIXES if code.startswith(prefix)), code)


def seconds(at: Instant) -> float:
    """As Prometheus counts time."""
    return at.ms / 1000


def _screen(screen: ScreenStatus) -> Iterator[Figure]:
    yield FRAME_AGE.of(screen.frame_age_ms / 1000)
    yield FRAMES.of(screen.fps)
    yield STALL.of(screen.stall_ms / 1000)
    yield SCENE.of(1, screen.scene)
    yield SHOWN_REVISION.of(screen.revision / 1000)
    yield SHOWN_CONTENT.of(screen.content)


def _pad(pad: PadStatus) -> Iterator[Figure]:
    yield PAD.of(pad.state == "online", pad.counter, pad.driver)
    for reason, count in sorted(pad.discarded.items()):
        yield DISCARDED.of(count, pad.counter, reason)


def branch_figures(branch: BranchStatus) -> Iterator[Figure]:
    """What the branch does, and each of its counters."""
    yield STATE.of(1, branch.state)
    for number, state in sorted(branch.counters.items()):
        yield COUNTER.of(1, number, state)
    yield REVISION.of(branch.revision / 1000)


def _delivery(delivery: DeliveryStatus) -> Iterator[Figure]:
    yield RECEIVED.of(delivery.received)
    yield VERIFIED.of(delivery.verified)
    yield STAGED.of(delivery.staged)
    yield MISSING.of(max(0, delivery.bytes_all - delivery.bytes_here))
    yield CONTENT_REFUSED.of(delivery.refused is not None)
