"""A node on a wire whose other end is the test."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Address, Arrived, Connected, Lost
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import Database, StorageFull
from signage.link.node import BlobChunk, LinkDown, LinkUp, Node, NodeSettings, Report
from signage.link.outbox import Outbox
from signage.wire.codec import decode, encode
from signage.wire.messages import (
    Alive,
    Batch,
    BranchStatus,
    Command,
    Content,
    LocalState,
    PadStatus,
    Receipt,
    Reply,
    ScreenStatus,
    Status,
    Sync,
)
from signage.wire.topics import Topics
from signage.wire.will import Will
from tests.unit.link.world import NOWHERE, START

TOPICS = Topics("bank/v1")


class Client:
    """Keeps what is published."""

    def __init__(self) -> None:
        self.published: list[tuple[str, bytes, bool]] = []
        self.takes = True
        self.subscriptions: tuple[tuple[str, int], ...] = ()
        self.will: Callable[[str], Will] | None = None
        self.goodbye: Will | None = None

    def make(
        self, _link: str, _address: Address, _name: str, subscriptions: Any, _put: Any, will: Any, _s: float
    ) -> Any:
        self.subscriptions, self.will = subscriptions, will
        return self

    def start(self) -> None: ...

    def stop(self, last: Will | None, _timeout_s: float) -> None:
        self.goodbye = last

    def publish(self, topic: str, payload: bytes, qos: int = 1, retain: bool = False) -> bool:
        assert qos == 1
        if self.takes:
            self.published.append((topic, payload, retain))
        return self.takes


class Bench:
    def __init__(self, database: Database, **settings: Any) -> None:
        self.client = Client()
        self.now = START
        options: dict[str, Any] = {"name": "lobby", "role": "screen", "software": "1.2", "topics": TOPICS} | settings
        self.node = Node(
            NodeSettings(**options), Outbox(database, "lobby"), Commands(database), START, make_client=self.client.make
        )
        self.node.start(NOWHERE, print)

    def up(self, session: str = "s1") -> list[Any]:
        arrivals = self.node.handle(Connected("broker", session), self.now)
        self.node.tick(self.now)
        return list(arrivals)

    def later(self, seconds: float) -> float:
        self.now = self.now.later(seconds)
        return self.node.tick(self.now) - self.now.mono

    def arrive(self, topic: str, message: msgspec.Struct | bytes, *, retained: bool = False) -> list[Any]:
        payload = message if isinstance(message, bytes) else encode(message)
        arrivals = self.node.handle(Arrived("broker", f"bank/v1/{topic}", payload, retained), self.now)
        self.node.tick(self.now)
        return list(arrivals)

    def take(self, leaf: str, kind: type) -> list[Any]:
        """What was published on that leaf since the last call."""
        topic = TOPICS.up("lobby", leaf)
        found: list[Any] = [decode(payload, kind) for where, payload, _ in self.client.published if where == topic]
        self.client.published = [one for one in self.client.published if one[0] != topic]
        return found


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def command(now: Moment, target: str = "lobby", life_s: float = 10, **changes: Any) -> Command:
    values: dict[str, Any] = {
        "id": "c1",
        "issuer": "controller",
        "target": target,
        "issued_at": now.at,
        "expires_at": Instant.of(now.at + timedelta(seconds=life_s)),
        "name": "identify",
        "args": {},
        "v": 1,
    }
    return Command(**values | changes)


# ---- connection ----------------------------------------------------------------------------------------------------


def test_subscribes_to_what_is_meant_for_it(database: Database) -> None:
    bench = Bench(database, groups=("city",))
    assert {topic for topic, _ in bench.client.subscriptions} == {
        "bank/v1/lobby/down/#",
        "bank/v1/all/#",
        "bank/v1/group-city/down/#",
        "bank/v1/lobby/up/status",
    }


def test_two_filters_never_match_the_same_topic(database: Database) -> None:
    bench = Bench(database, also=("bank/v1/+/up/status",))
    topics = [topic for topic, _ in bench.client.subscriptions]
    assert topics == ["bank/v1/lobby/down/#", "bank/v1/all/#", "bank/v1/+/up/status"]


def test_says_who_it_is_and_what_it_has_at_every_connect(bench: Bench) -> None:
    bench.node.have(revision=7, content=3)
    assert bench.up() == [LinkUp("s1")]
    (sync,) = bench.take("sync", Sync)
    assert (sync.session, sync.revision, sync.content, sync.sent) == ("s1", 7, 3, 0)
    assert sync.epoch == bench.node.outbox.epoch
    (status,) = bench.take("status", Status)
    assert (status.node, status.session, status.online, status.software) == ("lobby", "s1", True, "1.2")
    assert bench.node.handle(Lost("broker", "cut"), bench.now) == [LinkDown("cut")]
    assert bench.node.handle(Lost("broker", "again"), bench.now) == []
    assert bench.node.session is None
    bench.up("s2")
    assert bench.take("sync", Sync)[0].session == "s2"
    assert bench.take("status", Status)[0].session == "s2"


def test_syncs_every_five_minutes(bench: Bench) -> None:
    bench.up()
    bench.take("sync", Sync)
    bench.later(299.9)
    assert bench.take("sync", Sync) == []
    bench.later(0.1)
    assert len(bench.take("sync", Sync)) == 1


def test_leaves_the_events_of_other_links_alone(bench: Bench) -> None:
    assert bench.node.handle(Connected("upstream", "x"), bench.now) == []
    assert bench.node.session is None


def test_tries_again_when_the_connection_takes_nothing(bench: Bench) -> None:
    bench.client.takes = False
    bench.up()
    assert 0 < bench.later(0) <= 1
    bench.client.takes = True
    bench.later(1)
    assert len(bench.take("sync", Sync)) == len(bench.take("status", Status)) == 1


# ---- status --------------------------------------------------------------------------------------------------------

SCREEN = ScreenStatus(scene="home", revision=1, content=0, frame_age_ms=5, fps=30.0, locale="zh", elder=False)


def test_a_change_is_published_at_once_but_at_most_five_a_second(bench: Bench) -> None:
    bench.up()
    bench.take("status", Status)
    bench.now = bench.now.later(1)
    for revision in range(10):
        bench.node.report(Report(screen=replace_screen(revision=revision)), bench.now)
        bench.later(0.05)
    bench.later(0.2)
    seen = [status.screen.revision for status in bench.take("status", Status)]
    assert (seen[0], seen[-1]) == (0, 9)
    assert len(seen) <= 4, "in 0.7 s"
    assert bench.later(0.2) > 20, "and then it is quiet"


def replace_screen(**changes: Any) -> ScreenStatus:
    return msgspec.structs.replace(SCREEN, **changes)


def pad(**changes: Any) -> PadStatus:
    values: dict[str, Any] = {
        "counter": "1",
        "driver": "padlink",
        "port": "p",
        "state": "online",
        "last_seen": START.at,
        "discarded": {},
    }
    return PadStatus(**values | changes)


QUIET = {
    "frame age": (Report(screen=SCREEN), Report(screen=replace_screen(frame_age_ms=900, fps=1.0))),
    "pads": (Report(pads=(pad(),)), Report(pads=(pad(last_seen=None, discarded={"crc": 3}),))),
}
LOUD = {
    "scene": (Report(screen=SCREEN), Report(screen=replace_screen(scene="closed"))),
    "pad": (Report(pads=(pad(),)), Report(pads=(pad(state="lost"),))),
    "branch": (
        Report(branch=BranchStatus(revision=1, state="open", counters={}, backlog=0)),
        Report(branch=BranchStatus(revision=2, state="open", counters={}, backlog=0)),
    ),
}


@pytest.mark.parametrize(("before", "after"), QUIET.values(), ids=QUIET)
def test_what_always_changes_waits_for_the_30_seconds(bench: Bench, before: Report, after: Report) -> None:
    bench.node.report(before, bench.now)
    bench.up()
    bench.later(1)
    bench.take("status", Status)
    bench.node.report(after, bench.now)
    bench.later(28.9)
    assert bench.take("status", Status) == []
    bench.later(0.1)
    assert len(bench.take("status", Status)) == 1


@pytest.mark.parametrize(("before", "after"), LOUD.values(), ids=LOUD)
def test_what_matters_is_told_at_once(bench: Bench, before: Report, after: Report) -> None:
    bench.node.report(before, bench.now)
    bench.up()
    bench.later(1)
    bench.take("status", Status)
    bench.node.report(after, bench.now)
    assert len(bench.take("status", Status)) == 1


def test_backlog_is_the_outboxs_and_is_no_change(bench: Bench) -> None:
    bench.node.report(Report(branch=BranchStatus(revision=1, state="open", counters={}, backlog=0)), bench.now)
    bench.up()
    bench.later(1)
    bench.take("status", Status)
    bench.node.emit("rating", {"stars": 5}, bench.now)
    bench.later(1)
    assert bench.take("status", Status) == []
    bench.later(30)
    assert bench.take("status", Status)[0].branch.backlog == 1


def test_the_will_is_the_last_status_with_the_new_session_and_offline(bench: Bench) -> None:
    bench.node.report(Report(screen=SCREEN), bench.now)
    bench.up()
    assert bench.client.will is not None
    will = bench.client.will("s9")
    status = decode(will.payload, Status)
    assert will.topic == "bank/v1/lobby/up/status"
    assert (status.session, status.online, status.screen) == ("s9", False, SCREEN)


def test_says_goodbye_when_it_stops(bench: Bench) -> None:
    bench.up()
    bench.later(5)
    bench.node.stop(bench.now)
    assert bench.client.goodbye is not None
    status = decode(bench.client.goodbye.payload, Status)
    assert (status.session, status.online, status.at) == ("s1", False, bench.now.at)


def test_writes_over_the_late_will_of_its_last_connection(bench: Bench) -> None:
    bench.up()
    (own,) = bench.take("status", Status)
    bench.later(1)
    late = msgspec.structs.replace(own, session="s0", online=False)
    assert bench.arrive("lobby/up/status", late) == []
    assert len(bench.take("status", Status)) == 1
    assert bench.arrive("lobby/up/status", own) == []
    assert bench.take("status", Status) == []


def test_hands_over_a_foreign_status_on_its_own_topic(bench: Bench) -> None:
    bench.up()
    (own,) = bench.take("status", Status)
    twin = msgspec.structs.replace(own, session="twin")
    assert bench.arrive("lobby/up/status", twin) == [twin]


# ---- commands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "topic"), [("lobby", "lobby"), ("all", "all"), ("group-city", "group-city")])
def test_a_command_is_handed_over_once_and_its_answer_repeated(bench: Bench, target: str, topic: str) -> None:
    bench.up()
    one = command(bench.now, target)
    assert bench.arrive(f"{topic}/down/command", one) == [one]
    assert bench.arrive(f"{topic}/down/command", one) == []
    assert bench.take("reply", Reply) == [], "it is still being executed"
    reply = Reply(id="c1", ok=True, result={"x": 1}, v=1)
    assert bench.node.reply(reply)
    assert bench.arrive(f"{topic}/down/command", one) == []
    assert bench.take("reply", Reply) == [reply, reply]


def test_a_command_is_not_executed_again_after_a_restart(bench: Bench, database: Database) -> None:
    bench.up()
    bench.arrive("lobby/down/command", command(bench.now))
    again = Bench(database)
    again.up()
    assert again.arrive("lobby/down/command", command(bench.now)) == []


def test_refuses_commands_that_are_retained_expired_or_for_another(bench: Bench) -> None:
    bench.up()
    assert bench.arrive("lobby/down/command", command(bench.now), retained=True) == []
    assert bench.arrive("lobby/down/command", command(bench.now, life_s=0)) == []
    assert bench.arrive("lobby/down/command", command(bench.now, target="wall")) == []
    assert bench.arrive("lobby/down/command", command(bench.now)) != []


def test_tells_since_when_a_command_may_have_passed_it_by(bench: Bench) -> None:
    bench.up()
    assert bench.take("sync", Sync)[0].commands_since is None
    bench.later(20)
    heard = bench.now.at
    bench.arrive("lobby/down/command", command(bench.now))
    bench.later(100)
    bench.up("s2")
    assert bench.take("sync", Sync)[0].commands_since == heard


def test_a_command_that_could_not_be_noted_is_asked_for_again(
    bench: Bench, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.up()
    bench.arrive("lobby/down/command", command(bench.now))
    with monkeypatch.context() as broken:

        def full(*_: object) -> bool:
            raise StorageFull(database.path, "full")

        broken.setattr(Commands, "begin", full)
        assert bench.arrive("lobby/down/command", command(bench.now, id="c2")) == []
    bench.take("sync", Sync)
    bench.up("s2")
    assert bench.take("sync", Sync)[0].commands_since is None
    assert bench.arrive("lobby/down/command", command(bench.now, id="c2")) != []


@pytest.mark.parametrize(("life_from_receipt", "taken"), [(True, True), (False, False)])
def test_a_commands_life_counts_from_receipt_or_from_issue(
    database: Database, life_from_receipt: bool, taken: bool
) -> None:
    bench = Bench(database, life_from_receipt=life_from_receipt)
    bench.up()
    one = command(bench.now)
    bench.later(60)
    assert bool(bench.arrive("lobby/down/command", one)) is taken


def test_sends_a_command_to_its_controller(bench: Bench) -> None:
    bench.up()
    command_id = bench.node.command("suspend", {"scope": "branch"}, bench.now, 5, actor="a", token="t")
    sent = bench.take("command", Command)[-1]
    assert sent.id == command_id
    assert (sent.issuer, sent.target, sent.name, sent.actor, sent.token) == ("lobby", "lobby", "suspend", "a", "t")
    assert sent.expires_at - sent.issued_at == timedelta(seconds=5)
    bench.client.takes = False
    assert bench.node.command("suspend", {}, bench.now) is None


# ---- what comes down -----------------------------------------------------------------------------------------------


def alive(now: Moment, **changes: Any) -> Alive:
    values: dict[str, Any] = {"session": "p1", "at": now.at, "v": 1}
    return Alive(**values | changes)


def test_goes_by_its_parents_clock_if_the_own_is_wrong(bench: Bench) -> None:
    bench.up()
    ahead = bench.now.later(100)
    bench.arrive("all/down/alive", alive(ahead))
    assert bench.node.now(bench.now) == ahead.at
    assert [fault.code for fault in bench.node.faults] == ["clock"]
    bench.later(1)
    assert [fault.code for fault in bench.take("status", Status)[-1].faults] == ["clock"]
    bench.arrive("all/down/alive", alive(bench.now.later(2)))
    assert bench.node.now(bench.now) == bench.now.at
    assert bench.node.faults == ()
    kinds = [decode(bytes(raw), dict[str, Any])["data"]["on"] for raw in bench.node.outbox.batch(1).events]  # type: ignore[union-attr]  # two are there
    assert kinds == [True, False]


def test_an_alive_that_waited_for_a_busy_program_is_no_wrong_clock_and_counts_from_when_it_came(bench: Bench) -> None:
    bench.up()
    came = bench.now
    bench.later(9)
    bench.node.handle(Arrived("broker", "bank/v1/all/down/alive", encode(alive(came)), at=came), bench.now)
    assert bench.node.now(bench.now) == bench.now.at
    assert bench.node.faults == ()
    assert bench.node.parent_heard == came.mono


def test_an_alive_that_is_ahead_makes_it_ask(bench: Bench) -> None:
    bench.node.have(revision=7, content=3)
    bench.up()
    bench.arrive("all/down/alive", alive(bench.now))
    bench.later(5)
    assert len(bench.take("sync", Sync)) == 2, "at the connection, and for the parent that may have come later"
    bench.later(5)
    bench.arrive("all/down/alive", alive(bench.now, revision=7, content=3))
    assert bench.take("sync", Sync) == []
    bench.arrive("all/down/alive", alive(bench.now, revision=8))
    assert len(bench.take("sync", Sync)) == 1
    bench.later(10)
    bench.arrive("all/down/alive", alive(bench.now, content=4))
    assert len(bench.take("sync", Sync)) == 1
    bench.later(1)
    bench.arrive("all/down/alive", alive(bench.now, content=4))
    assert bench.take("sync", Sync) == [], "not with every Alive"
    bench.later(4)
    assert len(bench.take("sync", Sync)) == 1


def test_a_restarted_parent_is_asked(bench: Bench) -> None:
    bench.up()
    bench.arrive("all/down/alive", alive(bench.now))
    bench.later(5)
    assert len(bench.take("sync", Sync)) == 2, "at the connection, and for the parent that may have come later"
    bench.later(5)
    bench.arrive("all/down/alive", alive(bench.now, session="p2"))
    assert len(bench.take("sync", Sync)) == 1
    assert bench.node.parent_heard == bench.now.mono


def test_hands_over_what_is_its_owners(bench: Bench) -> None:
    bench.up()
    reply = Reply(id="x", ok=True, v=1)
    content = Content(version=1, sha256="0", size=1, v=1)
    local = LocalState(screen="wall", at=START.at, actor="a", scope="branch", on=True, reason="power", v=1)
    assert bench.arrive("lobby/down/reply", reply) == [reply]
    assert bench.arrive("all/down/content", content, retained=True) == [content]
    assert bench.arrive("lobby/down/content", content) == [content]
    assert bench.arrive("all/local", local) == [local]
    assert bench.arrive("lobby/down/blob/abc/65536", b"\xff") == [BlobChunk("abc", 65536, b"\xff")]
    assert bench.arrive("lobby/down/blob/abc/absent", b"") == [BlobChunk("abc", 0, None)]


STRANGE = {
    "no JSON": ("all/down/alive", b"{"),
    "another version": ("all/down/alive", b'{"session":"x","at":"2026-11-24T01:00:00.000Z","v":2}'),
    "too large": ("all/down/state", b" " * (256 * 1024 + 1)),
    "an unknown topic": ("lobby/down/dance", b"{}"),
    "an offset that is none": ("lobby/down/blob/abc/x", b""),
    "somebody else's receipt": ("wall/down/receipt", b'{"epoch":"e","upto":1,"final":1,"v":1}'),
}


@pytest.mark.parametrize(("topic", "payload"), STRANGE.values(), ids=STRANGE)
def test_a_message_that_cannot_be_read_changes_nothing(bench: Bench, topic: str, payload: bytes) -> None:
    bench.up()
    assert bench.arrive(topic, payload) == []


def test_hands_over_a_state(bench: Bench) -> None:
    bench.up()
    payload = (
        b'{"revision":5,"at":"2026-11-24T01:00:00.000Z","branch":{"id":"b","name":{},"hotline":"1","timezone":"UTC"},'
        b'"hours":{"timezone":"UTC","rules":{}},"counters":[],"notices":[],"calls":[],"content":0,"v":1,"future":{}}'
    )
    for topic in ("all/down/state", "lobby/down/state"):
        (state,) = bench.arrive(topic, payload)
        assert isinstance(state, BranchState)
        assert state.revision == 5


# ---- events --------------------------------------------------------------------------------------------------------


def test_an_event_is_sent_at_once_and_deleted_when_final(bench: Bench) -> None:
    bench.up()
    bench.node.emit("rating", {"stars": 5}, bench.now, at=Instant.parse("2026-11-23T00:00:00Z"))
    bench.later(0)
    (batch,) = bench.take("events", Batch)
    assert (batch.node, batch.first, batch.oldest, len(batch.events)) == ("lobby", 1, 1, 1)
    receipt = Receipt(epoch=batch.epoch, upto=1, final=1, v=1)
    assert bench.arrive("lobby/down/receipt", receipt) == []
    assert bench.node.outbox.oldest == 2


def test_a_receipt_from_another_life_makes_a_new_epoch_and_a_fault(bench: Bench) -> None:
    bench.up()
    bench.node.emit("rating", {"stars": 5}, bench.now)
    bench.later(0)
    (batch,) = bench.take("events", Batch)
    bench.arrive("lobby/down/receipt", Receipt(epoch=batch.epoch, upto=50, final=50, v=1))
    (again,) = bench.take("events", Batch)[:1]
    assert again.epoch != batch.epoch
    assert (again.first, again.oldest) == (1, 1)
    ids = [decode(bytes(raw), dict[str, Any])["id"] for raw in (*batch.events, *again.events)]
    assert ids[0] == ids[1]
    assert [fault.code for fault in bench.node.faults] == ["outbox-old-copy"]


def test_what_it_sends_before_it_has_a_client_is_kept(database: Database) -> None:
    client = Client()
    node = Node(
        NodeSettings("lobby", "screen", "1", TOPICS), Outbox(database, "lobby"), Commands(database), START, client.make
    )
    node.emit("rating", {"stars": 5}, START)
    assert node.tick(START) > START.mono
    node.stop(START)
    assert not node.publish_local(LocalState(screen="l", at=START.at, actor="a", scope="b", on=True, reason="r", v=1))
    assert node.outbox.backlog == 1


def test_what_was_offered_and_not_taken_is_asked_for_at_the_pace_of_sync(bench: Bench) -> None:
    bench.up()
    bench.node.have(content=3, offered=4)
    bench.take("sync", Sync)
    bench.arrive("all/down/alive", alive(bench.now, content=4))
    bench.later(5)
    bench.take("sync", Sync)  # for the parent's new session
    for _ in range(20):
        bench.arrive("all/down/alive", alive(bench.now, content=4))
        bench.later(5)
    assert bench.take("sync", Sync) == []
    bench.arrive("all/down/alive", alive(bench.now, content=5))
    bench.later(5)
    assert len(bench.take("sync", Sync)) == 1
    bench.later(300)
    assert len(bench.take("sync", Sync)) == 1
