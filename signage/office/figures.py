"""What head office's programs tell Prometheus: the collector, the publisher, and `signage fleet --serve` of all branches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from signage.core.instants import Instant
from signage.link.figures import Figure, Metric, fault_code, seconds
from signage.link.inbox import Accepted
from signage.office.fleet.choice import Totals, by_region
from signage.office.fleet.line import BranchLine
from signage.wire.custody import ChainBreak, Finding, Gap, NewEpoch

KINDS: Final = frozenset(  # contract: Batch, Receipt; a label must not grow with what anybody sends
    [
        "rating",
        "prompt",
        "suspension",
        "notice",
        "transaction",
        "checklist",
        "case",
        "fault",
        "call",
        "play",
        "shown",
        "audit",
    ]
)

DATABASE_UP: Final = Metric("signage_database_up", "gauge", "1 while the database takes what it is given, else 0.")
STATUSES_WAITING: Final = Metric(
    "signage_collect_statuses_waiting", "gauge", "Nodes whose last status is not written yet."
)
EVENTS: Final = Metric("signage_collect_events_total", "counter", "Events stored for the first time.", ("kind",))
BATCHES: Final = Metric("signage_collect_batches_total", "counter", "Batches of events that were stored and receipted.")
FINDINGS: Final = Metric(
    "signage_collect_findings_total",
    "counter",
    "Gaps, breaks, unreadable events and new epochs in what branches sent.",
    ("kind",),
)
COLLECT: Final = (DATABASE_UP, STATUSES_WAITING, EVENTS, BATCHES, FINDINGS)

REPOSITORY_UP: Final = Metric(
    "signage_repository_up", "gauge", "1 while the repository can be read and signed anew, else 0."
)
LIVE: Final = Metric("signage_content_live_version", "gauge", "Content version that is for all branches; 0: none.")
SYNCED: Final = Metric("signage_publisher_branches_synced", "gauge", "Branches that have said what they hold.")
BEHIND: Final = Metric("signage_publisher_branches_behind", "gauge", "Branches that hold less than they are to have.")
UNREACHED: Final = Metric(
    "signage_command_unreached_branches",
    "gauge",
    "Branches that have not answered a command that is still alive.",
    ("command",),
)
UNREACHED_S: Final = Metric(
    "signage_command_unreached_seconds",
    "gauge",
    "Age of the oldest command that a branch has not answered.",
    ("command",),
)
EXPIRY: Final = Metric(
    "signage_content_expiry_timestamp_seconds",
    "gauge",
    "When what is signed expires: nothing is shown by it after.",
    ("role",),
)
PUBLISHER: Final = (DATABASE_UP, REPOSITORY_UP, LIVE, SYNCED, BEHIND, UNREACHED, UNREACHED_S, EXPIRY)

BRANCHES: Final = Metric(
    "signage_fleet_branches", "gauge", "Branches by what they do, silent, or never heard.", ("region", "state")
)
SCREENS: Final = Metric(
    "signage_fleet_screens", "gauge", "Screens by what is really on the glass.", ("region", "state")
)
FLEET_PADS: Final = Metric(
    "signage_fleet_pads", "gauge", "Rating pads that answer, and that do not.", ("region", "state")
)
FLEET_BEHIND: Final = Metric(
    "signage_fleet_branches_behind",
    "gauge",
    "Branches where content is older than it is to be, or refused.",
    ("region",),
)
FLEET_BACKLOG: Final = Metric("signage_fleet_backlog_events", "gauge", "Events that wait in branches.", ("region",))
FLEET_FAULTS: Final = Metric("signage_fleet_faults", "gauge", "Faults that stand.", ("region", "code"))
UNACKNOWLEDGED: Final = Metric(
    "signage_fleet_unacknowledged_faults", "gauge", "Faults that nobody has taken on.", ("region",)
)
GAPS: Final = Metric("signage_fleet_findings", "gauge", "Gaps, breaks and unreadable events not taken on.", ("region",))
CLOCKS: Final = Metric("signage_fleet_clocks_off", "gauge", "Nodes whose clock is off.", ("region",))
DISKS: Final = Metric("signage_fleet_disks_low", "gauge", "Nodes with less than 500 MB of disk.", ("region",))
NEWEST: Final = Metric(
    "signage_fleet_status_timestamp_seconds", "gauge", "Receipt of the newest status that is stored."
)
FLEET: Final = (
    DATABASE_UP,
    BRANCHES,
    SCREENS,
    FLEET_PADS,
    FLEET_BEHIND,
    FLEET_BACKLOG,
    FLEET_FAULTS,
    UNACKNOWLEDGED,
    GAPS,
    CLOCKS,
    DISKS,
    NEWEST,
)

CASES_OPEN: Final = Metric(
    "signage_cases_open",
    "gauge",
    "Cases that wait for somebody, by where the gravest of their clocks stands.",
    ("stands",),
)
MAILS: Final = Metric("signage_cases_waiting_mails", "gauge", "Mails that the mail server has not taken.")
MAILS_S: Final = Metric(
    "signage_cases_waiting_mail_seconds", "gauge", "Age of the oldest mail that was not taken; 0: none."
)
CASES: Final = (DATABASE_UP, CASES_OPEN, MAILS, MAILS_S)


class Collected:
    """What one collector has stored since it began."""

    def __init__(self) -> None:
        self._events: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._batches = 0

    def accepted(self, accepted: Accepted) -> None:
        self._batches += 1
        self._events.update(one.kind if one.kind in KINDS else "other" for one in accepted.new)
        self._findings.update(_kind(one) for one in accepted.findings)

    def figures(self) -> Iterator[Figure]:
        yield BATCHES.of(self._batches)
        for kind in sorted(KINDS | self._events.keys()):
            yield EVENTS.of(self._events[kind], kind)
        for kind in ("gap", "break", "unreadable", "epoch"):
            yield FINDINGS.of(self._findings[kind], kind)


def _kind(finding: Finding) -> str:
    match finding:
        case Gap():
            return "gap"
        case ChainBreak():
            return "break"
        case NewEpoch():
            return "epoch"
        case _:
            return "unreadable"


def fleet_figures(lines: Iterable[BranchLine], newest: str) -> Iterator[Figure]:
    """All branches by region. `newest`: receipt of the newest status, RFC 3339, "" where none has come."""
    known = list(lines)
    if newest:
        yield NEWEST.of(seconds(Instant.parse(newest)))
    for region, sums in by_region(known).items():
        yield from _region(region, sums)
    faults = Counter((line.region, fault_code(one.code)) for line in known for one in line.faults)
    for (region, code), count in sorted(faults.items()):
        yield FLEET_FAULTS.of(count, region, code)
    states = Counter((line.region, line.state or "unknown") for line in known if line.reach == "online")
    for (region, state), count in sorted(states.items()):
        yield BRANCHES.of(count, region, state)


def _region(region: str, sums: Totals) -> Iterator[Figure]:
    yield BRANCHES.of(sums.silent, region, "silent")
    yield BRANCHES.of(sums.never, region, "never")
    well = sums.screens - sums.stale - sums.safe - sums.behind - sums.screens_offline
    glasses: Mapping[str, int] = {
        "well": well,
        "stale": sums.stale,
        "safe": sums.safe,
        "behind": sums.behind,
        "offline": sums.screens_offline,
    }
    for state, count in glasses.items():
        yield SCREENS.of(count, region, state)
    yield FLEET_PADS.of(sums.pads - sums.pads_lost, region, "online")
    yield FLEET_PADS.of(sums.pads_lost, region, "lost")
    yield FLEET_BEHIND.of(sums.branches_behind, region)
    yield FLEET_BACKLOG.of(sums.backlog, region)
    yield UNACKNOWLEDGED.of(sums.unacknowledged, region)
    yield GAPS.of(sums.gaps, region)
    yield CLOCKS.of(sums.clocks, region)
    yield DISKS.of(sums.disks, region)
