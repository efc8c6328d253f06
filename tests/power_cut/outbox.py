"""The product's outbox under power cuts: presses, sending, receipts, restarts, and a new epoch."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from signage.core.instants import Instant
from signage.link.database import Database, open_database
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.chain import GENESIS, link_hash
from signage.wire.messages import Receipt

NOON = Instant.parse("2026-11-24T04:00:00Z")
PRESSES = 140
FILE = "state/link.db"  # the folder is made by the product too


def workload(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """As a bridge does it."""
    _press_and_send(folder, acknowledge, ())


def careless(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """The same with `synchronous=NORMAL`: what a kill never shows and a power cut does."""
    _press_and_send(folder, acknowledge, ("synchronous=NORMAL",))


def old_journal(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """The same with a rollback journal, whose deletion is what commits and is not synced."""
    _press_and_send(folder, acknowledge, ("journal_mode=DELETE",))


def check(folder: Path, acknowledged: Sequence[str]) -> None:
    """Nothing acknowledged is lost, the chain is whole, and it goes on."""
    database = open_database(folder / FILE, LINK)
    try:
        assert database.execute("PRAGMA integrity_check") == [("ok",)]
        outbox = Outbox(database, "bridge-1")
        _nothing_lost(database, outbox, acknowledged)
        _whole(database, outbox)
        assert outbox.append("rating", {"stars": 5}, NOON, "after the power cut").new
        _whole(database, outbox)
    finally:
        database.close()


def _press_and_send(folder: Path, acknowledge: Callable[[str], object], pragmas: Sequence[str]) -> None:
    database, outbox = _open(folder, pragmas)
    for number in range(1, PRESSES + 1):
        outbox.append("rating", {"stars": 5, "comment": "x" * (number * 37 % 400)}, NOON, f"press-{number}")
        acknowledge(f"press press-{number}")
        if number % 10 == 0:
            outbox.sending(outbox.last)
            acknowledge(f"sent {outbox.epoch} {outbox.last}")
        if number % 20 == 0:
            final = outbox.last - 5
            outbox.confirm(Receipt(epoch=outbox.epoch, upto=outbox.last, final=final, v=1))
            acknowledge(f"final {outbox.epoch} {final}")
        if number % 45 == 0:
            database.close()
            database, outbox = _open(folder, pragmas)
        if number == 100:
            outbox.renumber()
            acknowledge(f"epoch {outbox.epoch}")
    database.close()


def _open(folder: Path, pragmas: Sequence[str]) -> tuple[Database, Outbox]:
    database = open_database(folder / FILE, LINK)
    for pragma in pragmas:
        database.execute(f"PRAGMA {pragma}")
    return database, Outbox(database, "bridge-1")


def _nothing_lost(database: Database, outbox: Outbox, acknowledged: Sequence[str]) -> None:
    known = {row[0] for row in database.execute("SELECT id FROM outbox_ids")}
    held = {json.loads(raw)["id"] for (raw,) in database.execute("SELECT raw FROM outbox")}
    epochs = [outbox.epoch]
    for word in acknowledged:
        what, *facts = word.split()
        match what:
            case "press":
                assert facts[0] in known, f"{facts[0]} was acknowledged and is lost"
            case "sent" if facts[0] == outbox.epoch:
                assert outbox.sent >= int(facts[1]), f"{facts[1]} was sent and is not known as sent"
            case "final" if facts[0] == outbox.epoch:
                assert outbox.final >= int(facts[1]), f"{facts[1]} was final and no longer is"
            case "epoch":
                epochs.append(facts[0])
            case _:
                pass
    assert outbox.epoch == epochs[-1] or len(epochs) == 1, f"epoch {epochs[-1]} is lost"
    numbers = sorted(int(one.removeprefix("press-")) for one in known)
    final = len(numbers) - len(held)  # how many of the presses, in their order, had left for good
    assert numbers == list(range(1, len(numbers) + 1)), "an id is missing between others"
    assert held == {f"press-{number}" for number in numbers[final:]}, "an event that is not final has gone"


def _whole(database: Database, outbox: Outbox) -> None:
    rows = database.execute("SELECT seq, raw FROM outbox ORDER BY seq")
    assert [seq for seq, _ in rows] == list(range(outbox.oldest, outbox.last + 1))
    expected = GENESIS if outbox.oldest == 1 else None
    for seq, raw in rows:
        event = json.loads(raw)
        assert expected in (None, event["prev"]), f"event {seq} does not continue the one before it"
        expected = link_hash(event)
        assert expected == sha256(raw).hexdigest()
    head = database.execute("SELECT head FROM outbox_state")[0][0]
    assert expected in (None, head), "the head is not the last event's"
