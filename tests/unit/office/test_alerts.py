"""Low ratings alarm in the transaction that stores them; dropped alerts are made again, the same."""

from random import Random
from typing import Any

from sqlalchemy import select

from signage.core.counting import RatingRules
from signage.core.instants import Instant
from signage.office.alerting import tell_alerts
from signage.office.alerts import Alert, read_alerts, rebuild
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.measures.profiles import Profile, Profiles
from signage.office.tables_alerts import alerts
from tests.unit.office.outboxes import OutboxByHand

BEGIN = Instant.parse("2026-11-24T01:00:00Z")
MINUTE = 60_000


def at(minute: float) -> Instant:
    return Instant.from_ms(BEGIN.ms + round(minute * MINUTE))


class Line:
    """One branch's outbox; each batch is stored as soon as it is made."""

    def __init__(self, store: Store, profiles: Profiles | None = None) -> None:
        self.custody = OfficeCustody(store, profiles)
        self._outbox = OutboxByHand()
        self._sent = 0

    def add(self, minute: float, stars: Any, counter: str | None = "1", **more: Any) -> "Line":
        data = {"counter": counter, "stars": stars, "channel": "pad", "teller": "7", "reasons": [], "flags": []} | more
        self._outbox.add("rating", {key: value for key, value in data.items() if value is not None}, at=str(at(minute)))
        return self

    def send(self, minute: float = 60) -> list[tuple[str, str | None, int, int]]:
        """What it raised: kind, counter, counted, low."""
        self.custody.raised.clear()
        self.custody.accept(self._outbox.batch(self._sent + 1), at(minute))
        self._sent = len(self._outbox.events)
        return [(one.kind, one.counter, one.n, one.low) for one in self.custody.raised]


def stored(store: Store) -> list[Alert]:
    with store.read() as connection:
        return read_alerts(connection)


def test_each_low_rating_that_counts_alarms_once(store: Store) -> None:
    line = Line(store)
    single = ("single", "1", 1, 1)
    assert line.add(0, 2).send() == [single]
    assert line.add(1, 3).add(2, 5).send() == []
    assert line.add(20, 1, flags=["test"]).add(21, 1, flags=["suspended"]).add(22, 1, flags=["repeat"]).send() == []
    assert line.add(30, 5).add(30.05, 1).send() == []  # too near to the one before it
    assert line.add(40, "1").add(41, 0).add(42, True).send() == []
    assert line.add(50, 1, counter=None).add(50, 2, counter=None).send() == [("single", None, 1, 1)] * 2
    assert line.add(60, 1).add(75.1, 2).send(76) == [single, single]
    assert len(stored(store)) == 5
    (first, *_) = stored(store)
    assert (first.at, first.raised_at, first.teller, first.stars, first.since) == (at(0), at(60), "7", 2, at(0))


def test_a_cluster_alarms_once_whatever_order_its_ratings_come_in(store: Store) -> None:
    line = Line(store)
    assert line.add(0, 1).add(9, 5).send() == [("single", "1", 1, 1)]
    assert line.add(3, 2, counter="2").send() == [("single", "2", 1, 1)]
    assert line.add(2, 5).send() == []
    assert line.add(14, 5).send() == []
    assert line.add(12, 2).send() == [("single", "1", 1, 1), ("cluster", "1", 4, 2)]
    assert line.add(13, 1).send() == [("single", "1", 1, 1)]
    assert line.add(30, 1).add(31, 1).add(32, 1).send() == [("single", "1", 1, 1)] * 3
    assert line.add(33, 5).send() == [("cluster", "1", 4, 3)]
    clusters = [one for one in stored(store) if one.kind == "cluster"]
    assert [(one.since, one.at, one.stars) for one in clusters] == [(at(0), at(12), 2), (at(30), at(33), 5)]


def test_a_branch_that_requires_a_prompt_hears_only_of_who_was_asked(store: Store) -> None:
    strict = Profiles({"hz-1": Profile(ratings=RatingRules(require_prompt=True))})
    line = Line(store, strict)
    assert line.add(0, 1, flags=["unprompted"]).send() == []
    assert line.add(0.01, 1).send() == [("single", "1", 1, 1)]


def test_what_is_sent_again_alarms_no_more(store: Store) -> None:
    line = Line(store)
    line.add(0, 1).send()
    line._sent = 0
    assert line.send() == []
    assert len(stored(store)) == 1


def test_dropped_alerts_are_made_again_the_same(store: Store) -> None:
    dice, line = Random(7), Line(store)
    for batch in range(60):
        for _ in range(dice.randrange(1, 8)):
            minute = batch * 3 + dice.randrange(-40, 3) + dice.random()
            line.add(minute, dice.choice((1, 2, 3, 5)), dice.choice(("1", "2", None)),
                     flags=dice.choice(([], [], ["repeat"])))  # fmt: skip
        line.send(batch * 3 + 3)
    before = stored(store)
    with store.begin() as connection:
        connection.execute(alerts.delete())
        rebuild(connection, Profiles())
        assert connection.execute(select(alerts.c.id).where(alerts.c.kind == "cluster")).all()
    assert stored(store) == before


def test_they_are_read_by_time_and_branch(store: Store) -> None:
    Line(store).add(0, 1).add(5, 1).add(10, 1).send()
    with store.read() as connection:
        assert len(read_alerts(connection, at(5), at(10))) == 1
        assert len(read_alerts(connection, branch="hz-1")) == 3
        assert read_alerts(connection, branch="nb-1") == []


class Log:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def warning(self, event: str, **told: Any) -> None:
        self.said.append({"event": event} | told)


def test_the_log_tells_of_them_and_how_late_they_are(store: Store) -> None:
    line, log = Line(store), Log()
    line.add(0, 1).add(1, 1).add(2, 1).add(3, 1, comment="一个字也不写进日志").send(3)
    raised = line.custody.raised
    tell_alerts(raised, log)  # type: ignore[arg-type] # a log is what has `warning`
    assert raised == []
    assert [one["event"] for one in log.said] == ["a low rating"] * 4 + ["low ratings in a cluster"]
    assert [one.get("late_s") for one in log.said] == ["180", "120", None, None, None]
    assert "comment" not in str(log.said)
    assert "一个字" not in str(log.said)
