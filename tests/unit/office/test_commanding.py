"""The queue of commands on both sorts of database, and the thread that stands between it and the publisher."""

import queue
import threading
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.link import clock
from signage.office.commanding import Aim, CommandQueue, new_command
from signage.office.database import DatabaseAway, Store
from signage.office.queue_worker import NewCommand, QueueAway, QueueWorker
from signage.wire.messages import Command, Reply, ReplyError

NINE = Instant.parse("2026-11-24T01:00:00Z")


def given(identity: str, at: Instant = NINE, life_s: float = 60) -> Command:
    args: dict[str, Any] = {"scope": "branch", "reason": "disaster", "note": "台风"}
    command = new_command(Aim(branch="hz-1"), "suspend", args, "desk", "li", at, timedelta(seconds=life_s))
    return replace(command, id=identity)


def test_what_is_queued_comes_out_as_it_went_in_until_it_expires(store: Store) -> None:
    waiting = CommandQueue(store)
    for identity, life_s in (("a", 60), ("b", 120)):
        waiting.put(given(identity, life_s=life_s))
    assert waiting.read(waiting.alive(NINE)) == [given("a"), given("b", life_s=120)]
    assert waiting.alive(Instant.of(NINE + timedelta(seconds=60))) == ["b"]
    assert waiting.alive(Instant.of(NINE + timedelta(seconds=120))) == []


def test_a_branchs_first_reply_stands(store: Store) -> None:
    waiting = CommandQueue(store)
    waiting.put(given("a"))
    done = Reply(id="a", ok=True, result={"revision": 7}, v=1)
    waiting.note("hz-1", done, NINE)
    waiting.note("hz-1", Reply(id="a", ok=False, error=ReplyError(code="x", text="y"), v=1), NINE)
    waiting.note("hz-2", replace(done, ok=False), NINE)
    assert waiting.replies("a") == {"hz-1": done, "hz-2": replace(done, ok=False)}
    waiting.note("hz-2", Reply(id="b", ok=True, v=1), NINE)
    assert waiting.replies("b") == {}, "nobody gave that command here"
    assert waiting.answered(["a", "b"]) == {"a": {"hz-1", "hz-2"}, "b": set()}


def test_what_only_a_newer_version_can_read_is_left_to_it(store: Store) -> None:
    waiting = CommandQueue(store)
    waiting.put(given("a"))
    waiting.put(given("b"))
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE commands SET document = '{\"v\":2}' WHERE id = 'a'")
    assert [one.id for one in waiting.read(waiting.alive(NINE))] == ["b"]


class Working:
    """A worker in its thread; what it has put."""

    def __init__(self, store: Store) -> None:
        self.put: queue.Queue[Any] = queue.Queue()
        self.worker = QueueWorker(store, self.put.put)
        self.thread = threading.Thread(target=self.worker.run)
        self.thread.start()

    def end(self) -> None:
        self.worker.stop()
        self.thread.join(5)
        assert not self.thread.is_alive()


def test_the_worker_tells_each_command_once_and_keeps_replies(store: Store) -> None:
    waiting = CommandQueue(store)
    waiting.put(given("a", clock.now()))
    waiting.note("hz-2", Reply(id="a", ok=True, v=1), NINE)
    working = Working(store)
    try:
        first = working.put.get(timeout=5)
        assert (first.command.id, first.replied) == ("a", frozenset({"hz-2"}))
        waiting.put(given("b", clock.now()))
        assert working.put.get(timeout=5).command.id == "b"
        assert working.worker.keep("hz-1", Reply(id="a", ok=True, v=1), NINE)
        for _ in range(100):
            if "hz-1" in waiting.replies("a"):
                break
            threading.Event().wait(0.05)
        assert set(waiting.replies("a")) == {"hz-1", "hz-2"}
        assert working.put.empty()
    finally:
        working.end()


def test_a_database_that_is_away_costs_nothing_but_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    CommandQueue(store).put(given("a", clock.now()))
    with monkeypatch.context() as away:

        def fail(*_: object) -> None:
            raise DatabaseAway("it is away")

        away.setattr(Store, "prepare", fail)
        working = Working(store)
        try:
            assert working.put.get(timeout=5) == QueueAway("it is away")
            assert working.worker.keep("hz-1", Reply(id="a", ok=True, v=1), NINE)
            away.undo()
            found = [working.put.get(timeout=10) for _ in range(2)]
            assert QueueAway(None) in found
            assert any(isinstance(one, NewCommand) for one in found)
        finally:
            working.end()
