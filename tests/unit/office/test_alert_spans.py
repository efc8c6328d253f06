"""Where alerts are looked for: near some times of each branch, and nothing twice."""

from signage.core.instants import Instant
from signage.office.alert_spans import Span, alerts_in, ratings_in, spans
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from tests.unit.office.outboxes import OutboxByHand

BEGIN = Instant.parse("2026-11-24T01:00:00Z")


def at(ms: int) -> str:
    return str(Instant.from_ms(BEGIN.ms + ms))


def test_spans_that_meet_are_one() -> None:
    times = [BEGIN.ms + ms for ms in (5000, 0, 1000, 1000, 1300)]
    assert list(spans("hz-1", times, 100, 200)) == [
        Span("hz-1", at(-100), at(200)),
        Span("hz-1", at(900), at(1500)),
        Span("hz-1", at(4900), at(5200)),
    ]
    assert list(spans("hz-1", [], 100, 200)) == []
    assert list(spans("hz-1", [0], 100, 0)) == [Span("hz-1", "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z")]


def test_ratings_are_read_by_branch_and_time_in_the_order_they_were_stored(store: Store) -> None:
    outboxes = {"hz-1": OutboxByHand("hz-1"), "hz-2": OutboxByHand("hz-2")}
    for node, ms, stars in (("hz-1", 900, 5), ("hz-2", 500, 4), ("hz-1", 100, 3), ("hz-2", 2000, 2)):
        outboxes[node].add("rating", {"stars": stars}, at=at(ms), id=f"{node}-{ms}")
    outboxes["hz-1"].add("prompt", {}, at=at(500), id="prompt")
    custody = OfficeCustody(store)
    for outbox in outboxes.values():
        custody.hold(outbox.batch(), Instant.from_ms(BEGIN.ms))
    custody.commit(Instant.from_ms(BEGIN.ms))
    with store.read() as connection:
        found = ratings_in(connection, [Span("hz-2", at(0), at(1000)), Span("hz-1", at(100), at(900))])
        assert [(branch, one.at_ms - BEGIN.ms, one.stars) for branch, one in found] == [
            ("hz-1", 900, 5),
            ("hz-1", 100, 3),
            ("hz-2", 500, 4),
        ]
        assert list(ratings_in(connection, [])) == []
        low = Span("hz-2", at(2000), at(2000))
        assert [row.id.partition(":")[0] for row in alerts_in(connection, [low, Span("hz-1", at(0), at(5000))])] == [
            "single"
        ]
