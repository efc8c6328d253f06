"""A low rating alarms at head office within a second of its arrival: a real broker, the real collector, real databases."""

import json
import time
from pathlib import Path

import pytest

from signage.core.instants import Instant
from signage.link.clock import now
from signage.office.alerts import read_alerts
from signage.office.database import Store
from signage.wire.codec import encode
from tests.system.brokers import mosquitto
from tests.system.test_collect import BranchByHand, collecting, config_of, signage
from tests.unit.office.outboxes import OutboxByHand

pytestmark = pytest.mark.system
PATIENCE_S = 20.0


def wait_for(store: Store, count: int) -> float:
    """Until so many alerts stand in the database; when that was seen."""
    for _ in range(int(PATIENCE_S / 0.01)):
        with store.read() as connection:
            if len(read_alerts(connection)) >= count:
                return time.monotonic()
        time.sleep(0.01)
    raise AssertionError(f"no {count} alerts after {PATIENCE_S} s")


def test_a_low_rating_and_then_a_cluster_alarm_at_once(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        url = f"sqlite:///{tmp_path}/var/office.db"
        config, log = config_of(tmp_path, broker.port, url), tmp_path / "collect.log"
        store, outbox = Store(url), OutboxByHand()
        with collecting(config, log):
            branch = BranchByHand(broker.port)
            branch.until(1, encode(outbox.add(data={"counter": "1", "stars": 5}).batch()))
            took: list[float] = []
            for place, stars in enumerate((2, 1, 5, 2), start=1):
                at = str(Instant.from_ms(now().ms + place * 10_000))  # too near presses are repeats
                outbox.add(data={"counter": "2", "stars": stars, "teller": "0017"}, at=at)
                said = time.monotonic()
                branch.say("events", encode(outbox.batch(first=place + 1)))
                if stars <= 2:
                    took.append(wait_for(store, len(took) + 1 + (place == 4)) - said)
                    receipt = branch.receipt()
                    assert receipt is not None
                    assert receipt.upto == place + 1
                else:
                    assert branch.receipt() is not None
            branch.client.stop()
        store.close()
        print("from publishing to the alert's row:", ", ".join(f"{1000 * one:.0f} ms" for one in took))
        rows = [
            json.loads(line) for line in signage("alerts", "--config", config, "--format", "jsonl").stdout.splitlines()
        ]
        assert [(row["kind"], row["counter"], row["n"], row["low"]) for row in rows] == [
            ("single", "2", 1, 1), ("single", "2", 1, 1), ("cluster", "2", 4, 3), ("single", "2", 1, 1),
        ]  # fmt: skip
        told = log.read_text()
        assert told.count("a low rating") == 3
        assert told.count("low ratings in a cluster") == 1
        table = signage("alerts", "--config", config).stdout
        assert "低分集中" in table
        again = signage("alerts", "--config", config, "--format", "jsonl", "--rebuild").stdout
        assert [json.loads(line) for line in again.splitlines()] == rows
