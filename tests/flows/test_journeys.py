"""A morning at a branch: each journey is a list of steps."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from signage.branch.controller import Controller
from signage.branch.settings import FileProbe, PadProbe, RuleSettings
from signage.branch.store import open_store
from signage.core.exits import Exit
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.clock import moment, now
from signage.link.database import StorageError
from signage.wire.messages import Command, Reply
from tests.flows.house import House, Running, Step, house, until, walk
from tests.unit.branch.ground import settings

pytestmark = pytest.mark.system


def counter(state: BranchState, number: str) -> Any:
    return next(one for one in state.counters if one.number == number)


def soon(seconds: float) -> str:
    return str(Instant.of(now() + timedelta(seconds=seconds)))


def rows(built: House, kind: str) -> list[dict[str, Any]]:
    assert built.office is not None
    return [row.data for row in list(built.office.rows) if row.kind == kind]


def faults(built: House) -> set[str]:
    assert built.office is not None
    heard = built.office.statuses.get("hz-1")
    return set() if heard is None else {fault.code for fault in heard.status.faults}


def sign_in(built: House, pin: str = "314159", at: str = "lobby") -> None:
    reply = built.device(at).sign_in(pin)
    assert reply.ok, reply


def order(built: House, name: str, *, refused: str | None = None, at: str = "lobby", **args: Any) -> Any:
    reply = built.device(at).order(name, **args)
    code = None if reply.error is None else reply.error.code
    assert code == refused, reply
    return reply.result


def test_a_press_becomes_a_row_and_is_thanked_for(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        bridge, display = built.device("bridge-1", "bridge"), built.device("counter-1")
        walk(
            built,
            Step(
                "the displays show the branch", lambda _: display.sees("three counters", lambda s: len(s.counters) == 3)
            ),
            Step(
                "the teller asks for a rating",
                lambda b: order(b, "prompt", at="counter-1", counter="1", teller="8807"),
            ),
            Step("“please rate” is open", lambda _: display.sees("a prompt", lambda s: counter(s, "1").prompt)),
            Step(
                "the customer presses five stars", lambda _: bridge.emit("rating", counter="1", stars=5, channel="pad")
            ),
            Step("the display thanks", lambda _: display.sees("thanks", lambda s: counter(s, "1").thanks)),
            Step("the prompt is over", lambda _: display.sees("no prompt", lambda s: counter(s, "1").prompt is None)),
            Step("head office has the row", lambda b: until(lambda: len(rows(b, "rating")) == 1, "one row")),
            Step("the bridge may forget it", lambda _: until(lambda: bridge.backlog == 0, "an empty outbox")),
            Step(
                "after six seconds the thanks are over",
                lambda _: display.sees("no thanks", lambda s: counter(s, "1").thanks is None),
            ),
        )


def test_head_office_away_for_a_while_loses_nothing(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        bridge = built.device("bridge-1", "bridge")
        upstream = built.upstream
        assert upstream is not None

        def press_five(_: House) -> None:
            for _number in range(5):
                bridge.emit("rating", counter="2", stars=4, channel="pad")

        walk(
            built,
            Step("five customers rate", press_five),
            Step("five rows", lambda b: until(lambda: len(rows(b, "rating")) == 5, "five rows")),
            Step("head office's broker goes", lambda _: upstream.stop()),
            Step("five more rate", press_five),
            Step("the controller stops and starts", lambda b: b.restart()),
            Step("and the broker is back", lambda _: upstream.start()),
            Step("ten rows", lambda b: until(lambda: len(rows(b, "rating")) == 10, "ten rows", 30)),
            Step("nothing is left", lambda _: until(lambda: bridge.backlog == 0, "an empty outbox", 30)),
        )
        assert len(rows(built, "rating")) == 10


def test_a_tap_becomes_a_banner(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        lobby, wall = built.device("lobby"), built.device("wall-1")

        def shown_as_replied(b: House) -> None:
            revision = order(b, "suspend", scope="branch", reason="power", until=soon(600))["revision"]
            wall.sees("the suspension", lambda s: s.suspension is not None and s.revision >= revision)

        walk(
            built,
            Step(
                "nobody is signed in",
                lambda b: order(b, "suspend", refused="not-signed-in", scope="branch", reason="power"),
            ),
            Step("the lobby manager signs in", sign_in),
            Step("and suspends the branch for ten minutes", shown_as_replied),
            Step("a counter too", lambda b: order(b, "suspend", scope="counter:2", reason="break")),
            Step("a notice is posted", lambda b: order(b, "notice.post", notice="n", template="busy", until=soon(600))),
            Step("the wall has it", lambda _: wall.sees("the notice", lambda s: s.notices)),
            Step("service is resumed", lambda b: order(b, "resume", scope="branch")),
            Step("twice is once too often", lambda b: order(b, "resume", refused="not-suspended", scope="branch")),
            Step(
                "only counter 2 is still suspended",
                lambda _: wall.sees("it", lambda s: [one.scope for one in s.suspensions] == ["counter:2"]),
            ),
            Step("the notice is withdrawn", lambda b: order(b, "notice.withdraw", notice="n")),
            Step("the wall no longer has it", lambda _: wall.sees("no notice", lambda s: not s.notices)),
        )
        until(lambda: lobby.state is not None, "the lobby sees the state")


def test_a_wrong_pin_is_counted_and_then_waits_whatever_is_restarted(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        left = [(built.device("lobby").sign_in("000000").result or {}).get("tries_left") for _ in range(5)]
        assert left == [4, 3, 2, 1, 0]
        built.restart()
        reply = built.device("lobby").sign_in("314159")
        assert reply.error is not None
        assert (reply.error.code, reply.result) == ("locked", {"tries_left": 0, "wait_s": reply.result["wait_s"]})  # type: ignore[index]  # it is there: the comparison says so
        assert 0 < int(reply.result["wait_s"]) <= 30  # type: ignore[index]  # as above
        sign_in(built, at="counter-1")  # another device has its own count


def test_a_low_rating_and_a_help_key_alert_the_lobby_manager(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        bridge, lobby = built.device("bridge-1", "bridge"), built.device("lobby")

        def acknowledge(b: House) -> None:
            assert lobby.state is not None
            for call in lobby.state.calls:
                order(b, "call.ack", call=call.id)

        walk(
            built,
            Step("two stars at counter 2", lambda _: bridge.emit("rating", counter="2", stars=2, channel="pad")),
            Step("help at counter 1", lambda _: bridge.emit("call", counter="1", device="bridge-1", on=True)),
            Step(
                "two alerts",
                lambda _: lobby.sees("them", lambda s: {call.kind for call in s.calls} == {"rating", "call"}),
            ),
            Step("the lobby manager signs in", sign_in),
            Step("and takes them up", acknowledge),
            Step("no alert is left", lambda _: lobby.sees("none", lambda s: not s.calls)),
        )


def test_a_fault_becomes_a_banner_where_a_rule_says_so(tmp_path: Path) -> None:
    mains = tmp_path / "mains"
    mains.touch()
    with_rules = partial(
        settings,
        probes=(FileProbe("mains", mains, every_s=0.1), PadProbe("pad-3", "3")),
        rules=(
            RuleSettings("mains", "branch", "power", clear_s=0.5),
            RuleSettings("pad-3", "counter:3", "fault"),
        ),
    )
    with house(tmp_path, with_rules, head_office=True) as built:
        wall, bridge_1, bridge_2 = (
            built.device("wall-1"),
            built.device("bridge-1", "bridge"),
            built.device("bridge-2", "bridge"),
        )
        walk(
            built,
            Step("a pad answers", lambda _: bridge_1.pads(c1="online")),
            Step("and another", lambda _: bridge_2.pads(c3="online")),
            Step("the wall knows", lambda _: wall.sees("pads", lambda s: counter(s, "3").pad == "online")),
            Step("counter 3's pad is pulled", lambda _: bridge_2.pads(c3="absent")),
            Step("its counter is suspended", lambda _: wall.sees("it", lambda s: counter(s, "3").state == "suspended")),
            Step("counter 1's pad is lost", lambda _: bridge_1.pads(c1="lost")),
            Step("that is an alert", lambda _: wall.sees("two alerts", lambda s: len(s.calls) == 2)),
            Step("but no suspension", lambda _: wall.sees("open", lambda s: counter(s, "1").state == "open")),
            Step("pad 3 is back", lambda _: bridge_2.pads(c3="online")),
            Step("counter 3 is open", lambda _: wall.sees("it", lambda s: counter(s, "3").state == "open")),
            Step("the mains fail", lambda _: mains.unlink()),
            Step(
                "the branch is suspended",
                lambda _: wall.sees("it", lambda s: s.suspension and s.suspension.reason == "power"),
            ),
            Step("the mains are back", lambda _: mains.touch()),
            Step("the branch is open", lambda _: wall.sees("it", lambda s: s.suspension is None)),
            Step(
                "head office has heard of all of it",
                lambda b: until(
                    lambda: [row["on"] for row in rows(b, "suspension")] == [True, False, True, False], "it"
                ),
            ),
            Step("and of the faults", lambda b: until(lambda: len(rows(b, "fault")) >= 5, "faults")),
        )


def test_time_becomes_a_change(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        wall = built.device("wall-1")
        walk(
            built,
            Step("the lobby manager signs in", sign_in),
            Step(
                "suspends for a moment", lambda b: order(b, "suspend", scope="branch", reason="break", until=soon(2.5))
            ),
            Step(
                "a notice for a moment", lambda b: order(b, "notice.post", notice="n", template="busy", until=soon(2.5))
            ),
            Step("the wall shows both", lambda _: wall.sees("both", lambda s: s.suspension and s.notices)),
            Step("and then neither", lambda _: wall.sees("neither", lambda s: not s.suspension and not s.notices, 4)),
            Step(
                "head office has the ends",
                lambda b: until(
                    lambda: (
                        [row["on"] for row in rows(b, "suspension")] == [True, False]
                        and [row["action"] for row in rows(b, "notice")] == ["posted", "expired"]
                    ),
                    "the ends",
                ),
            ),
            Step("and knows who did it", lambda b: until(lambda: len(rows(b, "audit")) == 3, "the audit")),
        )
        assert not any("314159" in str(row) for row in built.office.rows)  # type: ignore[union-attr]  # it has one


def test_a_controller_that_lost_its_disk_takes_nothing_back(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        wall, bridge = built.device("wall-1"), built.device("bridge-1", "bridge")
        sign_in(built)
        order(built, "suspend", scope="branch", reason="power")
        wall.sees("the suspension", lambda s: s.suspension is not None)
        assert wall.state is not None
        before = wall.state.revision
        assert built.upstream is not None
        built.upstream.stop()
        for _ in range(20):
            bridge.emit("rating", counter="1", stars=5, channel="pad")
        until(lambda: built.device("bridge-1").running.ask(lambda: bridge.owner.outbox.upto) == 20, "twenty receipts")
        built.stop()
        built.lose_disk()
        built.upstream.start()
        built.start()
        wall.sees("the suspension at a higher revision", lambda s: s.suspension is not None and s.revision > before)
        until(lambda: len(rows(built, "rating")) == 20, "twenty rows", 30)
        until(lambda: bridge.backlog == 0, "an empty outbox", 30)
        assert len(rows(built, "rating")) == 20


def test_a_restart_keeps_what_is_in_force(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        wall = built.device("wall-1")
        sign_in(built)
        order(built, "suspend", scope="counter:2", reason="training")
        wall.sees("it", lambda s: counter(s, "2").state == "suspended")
        built.restart()
        fresh = built.device("counter-1")
        fresh.sees("it, anew", lambda s: counter(s, "2").reason == "training")
        order(built, "resume", refused="not-signed-in", scope="counter:2")  # tokens do not outlive the controller
        sign_in(built)
        order(built, "resume", scope="counter:2")


def test_malformed_messages_on_every_topic_change_nothing(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        lobby = built.device("lobby")
        lobby.sees("the branch", lambda s: s.counters)
        assert lobby.state is not None
        before = lobby.state.revision
        for leaf in ("lobby/up/status", "lobby/up/events", "lobby/up/sync", "lobby/up/command", "lobby/up/reply"):
            for payload in (
                b"",
                b"{",
                b"[]",
                b'{"v":2}',
                b"\xff" * 100,
                b"[" * 100_000,
                b"x" * 300_000,
                os.urandom(64),
            ):
                lobby.raw(f"bank/v1/{leaf}", payload)
        lobby.raw("bank/v1/all/local", b'{"v":1,"screen":"lobby"}')
        lobby.raw("bank/v1/nonsense", b"1")
        order(built, "prompt", counter="1")
        lobby.sees("the prompt", lambda s: counter(s, "1").prompt)
        assert lobby.state is not None
        assert lobby.state.revision > before
        assert built.controller is not None
        assert built.controller.code is None


def test_commands_from_afar_are_refused_with_the_reason(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        office = built.office
        assert office is not None
        assert built._office is not None
        until(lambda: "hz-1" in office.statuses, "the branch's status")
        command = Command(
            v=1,
            id="from-afar",
            issuer="ops",
            target="hz-1",
            issued_at=now(),
            expires_at=Instant.of(now() + timedelta(seconds=30)),
            name="suspend",
            args={"scope": "branch", "reason": "power"},
        )
        built._office.ask(lambda: office.parent.send_command(command))
        until(lambda: bool(office.replies), "a reply")
        error = office.replies[0].error
        assert error is not None
        assert error.code == "untrusted"


def test_head_office_sees_the_branch_and_each_device(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        office = built.office
        assert office is not None
        built.device("wall-1")
        until(lambda: {"hz-1", "wall-1"} <= set(office.statuses), "both statuses")
        branch = office.statuses["hz-1"].status.branch
        assert branch is not None
        assert set(branch.counters) == {"1", "2", "3"}
        built.devices.pop("wall-1").running.stop()
        until(lambda: not office.statuses["wall-1"].online, "the wall is offline")


def test_a_screen_is_asked_to_show_its_name(tmp_path: Path) -> None:
    with house(tmp_path, settings) as built:
        wall, lobby = built.device("wall-1"), built.device("lobby")
        sign_in(built)
        until(lambda: wall.owner.node.session is not None, "the wall is connected")
        identity = lobby.running.ask(
            lambda: lobby.owner.node.command("identify", {"screen": "wall-1"}, moment(), **lobby._badge)
        )

        def asked() -> Command | None:
            return next((one for one in wall.owner.arrived if isinstance(one, Command)), None)

        until(lambda: asked() is not None, "the wall is asked")
        command = asked()
        assert command is not None
        assert command.token is None
        wall.running.ask(lambda: wall.owner.node.reply(Reply(v=1, id=command.id, ok=True)))
        until(lambda: lobby._reply(identity) is not None, "the lobby hears of it")


def test_a_full_disk_is_said_and_what_was_pressed_meanwhile_is_not_lost(tmp_path: Path) -> None:
    with house(tmp_path, settings, head_office=True) as built:
        bridge, lobby = built.device("bridge-1", "bridge"), built.device("lobby")
        sign_in(built)
        controller = built.controller
        assert controller is not None
        database = controller.owner._database

        def fill_up(_: House) -> None:
            """SQLite says the same for a file that may not grow as for a disk that is full."""

            def no_page_more() -> None:
                database.execute("CREATE TABLE filler (x)")
                database.execute("PRAGMA max_page_count = 1")
                for size in (100_000, 1_000, 10):
                    with suppress(StorageError):
                        for _number in range(1_000):
                            database.execute("INSERT INTO filler VALUES (zeroblob(?))", size)

            controller.ask(no_page_more)

        def press_thirty(_: House) -> None:
            for _number in range(30):
                bridge.emit("rating", counter="1", stars=5, channel="pad", comment="x" * 500)

        def make_room(_: House) -> None:
            controller.ask(lambda: database.execute("PRAGMA max_page_count = 1000000"))

        walk(
            built,
            Step("the disk fills up", fill_up),
            Step("thirty customers rate", press_thirty),
            Step(
                "head office reads it in the status", lambda b: until(lambda: "storage-full" in faults(b), "the fault")
            ),
            Step("the bridge keeps what is not receipted", lambda _: until(lambda: bridge.backlog > 0, "a backlog")),
            Step("there is room again", make_room),
            Step("thirty rows", lambda b: until(lambda: len(rows(b, "rating")) == 30, "thirty rows", 40)),
            Step("and nothing is left", lambda _: until(lambda: bridge.backlog == 0, "an empty outbox", 20)),
        )
        lobby.sees("the branch", lambda s: s.counters)


@pytest.mark.parametrize("head_office", [True, False])
def test_of_two_controllers_of_one_branch_the_later_ends(tmp_path: Path, head_office: bool) -> None:
    with house(tmp_path, settings, head_office=head_office) as built:
        lobby = built.device("lobby")
        lobby.sees("the branch", lambda s: s.counters)
        other = replace(built.settings, directory=tmp_path / "another")

        def make() -> tuple[Any, Any, Any]:
            controller = Controller(other, open_store(other.directory), "test", moment())
            return controller, lambda loop: controller.start(loop, moment()), lambda: controller.stop(moment())

        second = Running("second", make)
        until(lambda: second.code is not None, "the second ends")
        assert second.code == Exit.CONFIGURATION
        assert built.controller is not None
        assert built.controller.code is None
