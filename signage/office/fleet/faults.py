"""What is wrong in a branch at present, since when, and who has taken it upon themselves. Pure.

Faults are those that nodes tell, and those that only others can tell of: a pad that is gone, a device that does not
answer, a branch that is silent, events that never came. Codes are those of `fault` events (contract: Batch, Receipt).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from signage.core.instants import Instant
from signage.office.fleet.document import STALE_MS, Heard

PAD_LOST: Final = "pad-lost"
OFFLINE: Final = "device-offline"
SILENT: Final = "branch-silent"
FROZEN: Final = "screen-frozen"
BLANK: Final = "screen-without-state"
SAFE: Final = "safe"  # the scene of a screen that knows nothing of its branch
FINDINGS: Final[Mapping[str, str]] = {  # a finding's kind → the code of its fault
    "gap": "events-missing",
    "break": "chain-broken",
    "unreadable": "events-unreadable",
    "epoch": "disk-replaced",
}

_FIRST: Final[Mapping[str, int]] = {SILENT: 0, FROZEN: 1, BLANK: 1} | dict.fromkeys(FINDINGS.values(), 1)


class Acknowledged(Struct, frozen=True, gc=False):
    """`actor` has taken on, at `at`, whatever stood then."""

    at: str
    actor: str


class OpenFault(Struct, frozen=True, gc=False):
    """`since` is RFC 3339; `by` None: nobody has acknowledged it."""

    device: str
    code: str
    since: str
    text: str
    by: Acknowledged | None = None


class Found(Struct, frozen=True, gc=False):
    """Something wrong with a branch's events: a gap, a break of their chain, one that cannot be read."""

    kind: str
    at: str


Acknowledgements = Mapping[tuple[str, str], Acknowledged]  # of one branch: (device, code) → the last


def node_faults(node: Heard, *, online: bool) -> list[OpenFault]:
    """Of one node: what it tells, or that it does not answer. `online`: whether it can be believed at all."""
    told = node.told
    if not online:
        return [OpenFault(node.node, OFFLINE, told.at, "")]
    faults = [OpenFault(node.node, one.code, one.since, one.text) for one in told.faults]
    if (glass := told.screen) is not None and glass.frame_age_ms > STALE_MS:
        drawn = Instant.parse(told.at) - timedelta(milliseconds=glass.frame_age_ms)
        faults.append(OpenFault(node.node, FROZEN, str(Instant.of(drawn)), ""))
    elif glass is not None and glass.scene == SAFE:
        faults.append(OpenFault(node.node, BLANK, told.started_at, ""))
    gone = [pad for pad in told.pads if pad.state != "online"]
    if gone:  # one that has never answered is missed since its bridge began
        since = max(pad.last_seen or told.started_at for pad in gone)
        faults.append(OpenFault(node.node, PAD_LOST, since, " ".join(pad.counter for pad in gone)))
    return faults


def silence(controller: Heard) -> OpenFault:
    return OpenFault(controller.branch, SILENT, controller.told.at, "")


def missing(branch: str, found: Iterable[Found], known: Acknowledgements) -> list[OpenFault]:
    """One fault for each kind of finding; what was found before somebody took such on is seen to, and over."""
    times: dict[str, list[str]] = {}
    for one in found:
        code = FINDINGS.get(one.kind, one.kind)
        given = known.get((branch, code))
        if given is None or one.at > given.at:
            times.setdefault(code, []).append(one.at)
    return [OpenFault(branch, code, max(at), str(len(at))) for code, at in sorted(times.items())]


def with_names(faults: Sequence[OpenFault], known: Acknowledgements) -> tuple[OpenFault, ...]:
    """The faults with who took them on, those of nobody first, then the oldest.

    An acknowledgement holds for what stood when it was given: a fault that has begun since is a new one.
    """
    named = []
    for one in faults:
        given = known.get((one.device, one.code))
        named.append(OpenFault(one.device, one.code, one.since, one.text, given) if _holds(given, one) else one)
    return tuple(sorted(named, key=lambda one: (one.by is not None, one.since, one.device, one.code)))


def rank(faults: Iterable[OpenFault]) -> int:
    """0 where somebody is needed first, 2 where somebody is, 3 where nobody is or all is taken on."""
    return min((_FIRST.get(one.code, 2) for one in faults if one.by is None), default=3)


def _holds(given: Acknowledged | None, fault: OpenFault) -> bool:
    return given is not None and fault.since <= given.at
