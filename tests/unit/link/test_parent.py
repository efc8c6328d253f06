"""A parent on a wire whose other end is the test. Batches and finals with a real node: test_exactly_once.py."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from signage.core.instants import Instant
from signage.core.model import Branch, BranchState, HoursPlan
from signage.link.client import Arrived, Connected, Lost
from signage.link.commands import Commands
from signage.link.database import Database
from signage.link.inbox import Accepted, Inbox, Upstream
from signage.link.node import LinkDown, LinkUp
from signage.link.outbox import Outbox
from signage.link.parent import FromNode, NodeStatus, Parent, ParentSettings
from signage.wire.codec import decode, encode
from signage.wire.messages import (
    Alive,
    Batch,
    BlobRequest,
    Command,
    Content,
    Health,
    LocalState,
    Receipt,
    Reply,
    Status,
    Sync,
)
from signage.wire.topics import Topics
from tests.unit.link.world import NOWHERE, START

TOPICS = Topics("bank/v1")
STATE = BranchState(
    revision=7,
    at=START.at,
    branch=Branch(id="b", name={}, hotline="1", timezone="UTC"),
    hours=HoursPlan(timezone="UTC", rules={}),
    counters=(),
    notices=(),
    calls=(),
    content=0,
    v=1,
)
CONTENT = Content(version=5, sha256="0", size=1, v=1)


class Bench:
    def __init__(self, database: Database | None) -> None:
        self.published: list[tuple[str, bytes, int, bool]] = []
        self.subscriptions: tuple[tuple[str, int], ...] = ()
        self.now = START
        custody = None
        if database is not None:
            custody = Inbox(database, Outbox(database, "hz-1"), Upstream.NONE)
        commands = None if database is None else Commands(database)
        self.parent = Parent(ParentSettings("hz-1", TOPICS, 5.0), START, custody, commands, make_client=self.make)
        self.parent.start(NOWHERE, print)

    def make(self, _link: str, _address: Any, _name: str, subscriptions: Any, _put: Any) -> Any:
        self.subscriptions = subscriptions
        return self

    def start(self) -> None: ...

    def stop(self, _last: Any, _timeout_s: float) -> None: ...

    def publish(self, topic: str, payload: bytes, qos: int = 1, retain: bool = False) -> bool:
        self.published.append((topic.removeprefix("bank/v1/"), payload, qos, retain))
        return True

    def up(self) -> None:
        assert self.parent.handle(Connected("devices", "p1"), self.now) == [LinkUp("p1")]
        self.parent.tick(self.now)

    def later(self, seconds: float) -> float:
        self.now = self.now.later(seconds)
        return self.parent.tick(self.now) - self.now.mono

    def arrive(self, topic: str, message: msgspec.Struct | bytes, *, retained: bool = False) -> list[Any]:
        payload = message if isinstance(message, bytes) else encode(message)
        return list(self.parent.handle(Arrived("devices", f"bank/v1/{topic}", payload, retained), self.now))

    def take(self, topic: str) -> list[tuple[bytes, int, bool]]:
        found = [one[1:] for one in self.published if one[0] == topic]
        self.published = [one for one in self.published if one[0] != topic]
        return found


@pytest.fixture
def bench(database: Database) -> Bench:
    bench = Bench(database)
    bench.up()
    return bench


def status(**changes: Any) -> Status:
    values: dict[str, Any] = {
        "node": "wall",
        "session": "s1",
        "online": True,
        "at": START.at,
        "started_at": START.at,
        "software": "1",
        "role": "screen",
        "health": Health(cpu=0, memory_mb=0, disk_free_mb=0),
        "faults": (),
        "v": 1,
    }
    return Status(**values | changes)


def command(**changes: Any) -> Command:
    values: dict[str, Any] = {
        "id": "c1",
        "issuer": "lobby",
        "target": "lobby",
        "issued_at": START.at,
        "expires_at": Instant.of(START.at + timedelta(seconds=10)),
        "name": "suspend",
        "args": {},
        "v": 1,
    }
    return Command(**values | changes)


def test_says_that_it_is_alive_every_five_seconds(bench: Bench) -> None:
    ((payload, qos, retained),) = bench.take("all/down/alive")
    alive = decode(payload, Alive)
    assert (alive.session, alive.at, alive.revision, qos, retained) == ("p1", START.at, None, 0, False)
    assert bench.later(4.9) <= 0.1 + 1e-6
    assert bench.take("all/down/alive") == []
    bench.parent.publish_state(STATE)
    bench.parent.publish_content(CONTENT)
    bench.later(0.2)
    alive = decode(bench.take("all/down/alive")[0][0], Alive)
    assert (alive.revision, alive.content) == (7, 5)


def test_says_nothing_without_a_connection(bench: Bench) -> None:
    assert bench.parent.handle(Lost("devices", "cut"), bench.now) == [LinkDown("cut")]
    assert bench.parent.handle(Lost("devices", "cut"), bench.now) == []
    bench.take("all/down/alive")
    bench.later(60)
    assert bench.take("all/down/alive") == []


def test_state_and_content_are_retained_and_told_again_at_every_connect(bench: Bench) -> None:
    bench.parent.publish_state(STATE)
    bench.parent.publish_content(CONTENT)
    assert bench.take("all/down/state") == [(encode(STATE), 1, True)]
    assert bench.take("all/down/content") == [(encode(CONTENT), 1, True)]
    bench.up()
    assert bench.take("all/down/state") == [(encode(STATE), 1, True)]
    assert bench.take("all/down/content") == [(encode(CONTENT), 1, True)]


def test_a_partial_roll_out_reaches_one_branch_only(bench: Bench) -> None:
    newer = msgspec.structs.replace(CONTENT, version=6)
    bench.parent.publish_content(CONTENT)
    bench.parent.publish_content(newer, branch="hz-2")
    assert bench.take("hz-2/down/content") == [(encode(newer), 1, False)]
    bench.arrive("hz-2/up/sync", Sync(session="s", v=1))
    bench.arrive("hz-3/up/sync", Sync(session="s", v=1))
    assert bench.take("hz-2/down/content") == [(encode(newer), 1, False)]
    assert bench.take("hz-3/down/content") == [(encode(CONTENT), 1, False)]


def test_answers_a_sync_with_what_is_newer(bench: Bench) -> None:
    bench.parent.publish_state(STATE)
    bench.parent.publish_content(CONTENT)
    sync = Sync(session="s", revision=6, content=4, epoch="e", v=1)
    assert bench.arrive("wall/up/sync", sync) == [FromNode("wall", sync)]
    assert bench.take("wall/down/state") == [(encode(STATE), 1, False)]
    assert bench.take("wall/down/content") == [(encode(CONTENT), 1, False)]
    (receipt,) = bench.take("wall/down/receipt")
    assert decode(receipt[0], Receipt) == Receipt(epoch="e", upto=0, final=0, v=1)
    bench.arrive("wall/up/sync", Sync(session="s", revision=7, content=5, v=1))
    assert bench.take("wall/down/state") == bench.take("wall/down/content") == bench.take("wall/down/receipt") == []


def test_who_asks_may_decide_which_content_answers() -> None:
    bench = Bench(None)
    asked: list[tuple[str, int | None]] = []

    def content_for(node: str, sync: Sync) -> Content | None:
        asked.append((node, sync.content))
        return CONTENT if node == "hz-1" else None

    settings = ParentSettings("publisher", TOPICS, None)
    bench.parent = Parent(settings, START, make_client=bench.make, content_for=content_for)
    bench.parent.start(NOWHERE, print)
    bench.up()
    bench.arrive("hz-1/up/sync", Sync(session="s", content=9, v=1))
    bench.arrive("hz-2/up/sync", Sync(session="s", v=1))
    assert asked == [("hz-1", 9), ("hz-2", None)]
    assert [decode(payload, Content) for payload, *_ in bench.take("hz-1/down/content")] == [CONTENT]
    assert bench.take("hz-2/down/content") == []


def test_stores_and_receipts_a_batch(bench: Bench) -> None:
    batch = Batch(node="wall", epoch="e", oldest=1, first=1, events=(msgspec.Raw(b'{"id":"x"}'),), v=1)
    with capture_logs() as logs:
        (accepted,) = bench.arrive("wall/up/events", batch)
    assert isinstance(accepted, Accepted)
    assert [taken.id for taken in accepted.new] == ["x"]
    assert decode(bench.take("wall/down/receipt")[0][0], Receipt).upto == 1
    assert {entry["node"] for entry in logs} == {"wall"}, "what was found is in the log"


def test_refuses_a_batch_of_another_node(bench: Bench) -> None:
    batch = Batch(node="wall", epoch="e", oldest=1, first=1, events=(msgspec.Raw(b'{"id":"x"}'),), v=1)
    assert bench.arrive("lobby/up/events", batch) == []
    assert bench.take("lobby/down/receipt") == []


def test_a_publisher_leaves_batches_to_the_collector() -> None:
    bench = Bench(None)
    bench.up()
    batch = Batch(node="hz-1", epoch="e", oldest=1, first=1, events=(), v=1)
    assert bench.arrive("hz-1/up/events", batch) == []
    bench.arrive("hz-1/up/sync", Sync(session="s", epoch="e", v=1))
    assert bench.take("hz-1/down/receipt") == []
    assert bench.arrive("hz-1/up/command", command()) == []


def test_no_receipt_for_what_could_not_be_stored(database: Database, bench: Bench) -> None:
    batch = Batch(node="wall", epoch="e", oldest=1, first=1, events=(msgspec.Raw(b'{"id":"x"}'),), v=1)
    database.execute("PRAGMA query_only=1")
    assert bench.arrive("wall/up/events", batch) == []
    assert bench.take("wall/down/receipt") == []
    assert database.trouble == "storage-broken"
    assert len(bench.arrive("wall/up/events", batch)) == 1, "the file was opened again"


def test_keeps_who_is_there(bench: Bench) -> None:
    (entry,) = bench.arrive("wall/up/status", status())
    assert entry == NodeStatus("wall", status(), online=True)
    assert bench.parent.statuses == {"wall": entry}
    assert bench.arrive("wall/up/status", status(session="s0", online=False)) == []
    bench.later(90)
    (silent,) = bench.parent.silent(bench.now)
    assert not silent.online
    assert bench.arrive("wall/up/status", status(node="lobby")) == []
    (device,) = bench.arrive("hz-2/up/device/wall/status", status())
    assert (device.node, device.device) == ("hz-2", "wall")


def test_a_command_is_handed_over_once_and_its_answer_repeated(bench: Bench) -> None:
    assert bench.arrive("lobby/up/command", command()) == [FromNode("lobby", command())]
    assert bench.arrive("lobby/up/command", command()) == []
    reply = Reply(id="c1", ok=True, v=1)
    assert bench.parent.send_reply("lobby", reply)
    bench.arrive("lobby/up/command", command())
    assert [decode(payload, Reply) for payload, _, _ in bench.take("lobby/down/reply")] == [reply, reply]


@pytest.mark.parametrize(
    "changes", [{"issuer": "wall"}, {"expires_at": START.at}, {"name": 5}], ids=["issuer", "life", "type"]
)
def test_refuses_a_command_that_is_not_in_order(bench: Bench, changes: dict[str, Any]) -> None:
    assert bench.arrive("lobby/up/command", command(**changes)) == []
    assert bench.arrive("lobby/up/command", command(), retained=True) == []


def test_hands_over_what_is_its_owners(bench: Bench) -> None:
    reply = Reply(id="c1", ok=True, v=1)
    request = BlobRequest(sha256="0", size=1, offset=0, count=1, chunk=1, v=1)
    local = LocalState(screen="wall", at=START.at, actor="a", scope="branch", on=True, reason="power", v=1)
    assert bench.arrive("wall/up/reply", reply) == [FromNode("wall", reply)]
    assert bench.arrive("wall/up/blob", request) == [FromNode("wall", request)]
    assert bench.arrive("all/local", local) == [local]
    assert bench.arrive("all/down/state", STATE, retained=True) == [STATE]
    assert bench.arrive("all/down/state", STATE) == [], "its own, just now"


def test_sends_commands_and_blobs(bench: Bench) -> None:
    assert bench.parent.send_command(command(target="group-city"))
    assert bench.take("group-city/down/command") == [(encode(command(target="group-city")), 1, False)]
    bench.parent.send_blob("wall", "abc", 65536, b"x")
    bench.parent.send_blob("wall", "abc", 0, None)
    assert bench.take("wall/down/blob/abc/65536") == [(b"x", 0, False)]
    assert bench.take("wall/down/blob/abc/absent") == [(b"", 0, False)]


def test_what_cannot_be_read_is_counted_and_told_once_a_minute(bench: Bench) -> None:
    with capture_logs() as logs:
        for _ in range(3):
            assert bench.arrive("wall/up/status", b"{") == []
        bench.arrive("wall/up/dance", b"{}")
        bench.later(0)
        for _ in range(4):
            bench.arrive("wall/up/status", b" " * (256 * 1024 + 1))
        bench.later(59)
        assert [(entry["topic"], entry["times"]) for entry in logs] == [
            ("bank/v1/wall/up/status", 3),
            ("bank/v1/wall/up/dance", 1),
        ]
        logs.clear()
        bench.later(1)
        assert [(entry["topic"], entry["times"]) for entry in logs] == [("bank/v1/wall/up/status", 4)]
        bench.later(60)
        assert len(logs) == 1


def test_strange_topics_change_nothing(bench: Bench) -> None:
    assert bench.parent.handle(Arrived("devices", "other/tree", b"{}"), bench.now) == []
    assert bench.parent.handle(Arrived("elsewhere", "bank/v1/wall/up/status", encode(status())), bench.now) == []
    assert bench.parent.statuses == {}
