"""A transaction that is tried again finds nothing of its first try."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from firmware_bridge.prompts import Wanted
from firmware_bridge.recorder import Recorder
from firmware_bridge.sessions import PadId, Press
from firmware_bridge.standings import Standings
from firmware_bridge.store import BRIDGE, Store
from signage.link.database import Database, open_database
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from tests.unit.firmware_bridge.pads import START, after

T = TypeVar("T")


class Undone(Exception):  # noqa: N818 - what the disk did
    """The first try is rolled back."""


class SecondTry:
    """A database whose first commit fails for want of room, as with the reserve still to be spent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, work: Callable[[], T]) -> T:
        def fails() -> Any:
            work()
            raise Undone

        with suppress(Undone):
            self._database.run(fails)
        return self._database.run(work)


def test_a_second_try_starts_from_what_is_written(tmp_path: Path) -> None:
    database = open_database(tmp_path / "b.db", LINK, BRIDGE)
    store = Store(database)
    recorder = Recorder("b", database, Outbox(database, "b"), store, Standings())
    book = recorder.record(store.prompts(), (Wanted("1", "p", after(15)),), (), START)
    second = replace(recorder, database=cast("Database", SecondTry(database)))
    press = Press("1", PadId("a1b2c3d4e5f60718", 7), 1, 1, 5, after(3))
    book = second.record(book, (press,), (), after(3))
    ratings = [json.loads(raw) for (raw,) in database.execute("SELECT raw FROM outbox ORDER BY seq")]
    assert [(event["kind"], event["data"].get("flags")) for event in ratings] == [("rating", []), ("prompt", None)]
    repeat = book.answer("1", 1, after(4))
    assert repeat is not None
    assert not repeat.counts
    database.close()
