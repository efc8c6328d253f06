"""Planted cheating is found in both databases with its evidence in words; honest months of traffic are left alone."""

from zoneinfo import ZoneInfo

from signage.core.distrust import Distrust, Suspicion
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan
from signage.link.catalogues import load_catalogues
from signage.office.database import Store
from signage.office.distrust import Found, suspicions
from signage.office.distrust_words import distrust_table, evidence, name, when
from signage.office.measures import Period, Profile, Profiles, ratings
from tests.office_traffic import Plan, happened
from tests.unit.office.planted import Field, Planted, plant

ZONE = ZoneInfo("Asia/Shanghai")
NOVEMBER = Period.month("2026-11", ZONE)
NINE = Instant.parse("2026-11-24T01:00:00Z")
HOURS = read_hours(HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Su 09:00-17:00"}))
KNOWN = Profiles({"hz-1": Profile(hours=HOURS, counters={"1": "personal", "2": "personal"})})


def found(store: Store, profiles: Profiles = KNOWN) -> Found:
    with store.read() as connection:
        return suspicions(connection, NOVEMBER, profiles, ratings(connection, NOVEMBER, profiles))


def serve(field: Field, minute: float, teller: str, stars: int | None, counter: str = "1") -> None:
    """A transaction of four minutes; with stars the customer was asked and answered."""
    field.transaction(minute, "start", counter, teller=teller)
    field.transaction(minute + 4, "end", counter, teller=teller)
    if stars is not None:
        field.prompt(minute + 4.5, f"p-{counter}-{minute}-{teller}", counter=counter, teller=teller)
        field.rating(minute + 4.5, stars, counter, teller=teller, prompt=f"p-{counter}-{minute}-{teller}")


def test_fives_without_customers_are_two_suspicions(store: Store) -> None:
    field = Field(NINE)
    for place in range(6):
        serve(field, place * 10, "0017", 4 + place % 2)
        serve(field, place * 10, "0018", 4, counter="2")
    for place in range(50):
        field.rating(120 + (place * 9 + place % 3) / 60, 5, teller="0017", flags=["unprompted"])
    plant(store, field.grown)
    some = found(store)["hz-1"]
    assert [(one.kind, one.counter, one.teller, one.n) for one in some] == [
        (Distrust.FIVES, "1", "0017", 50), (Distrust.SELF_RATING, "1", "0017", 50),
    ]  # fmt: skip
    assert some[0].facts == {"gap_ms": some[0].facts["gap_ms"], "prompted": 0, "served": 0}
    assert some[1].facts == {"of": 56}
    assert when(some[0], ZONE).startswith("2026-11-24 11:00:00–11:0")


def test_a_stuck_key_after_closing_is_told_as_both(store: Store) -> None:
    field = Field(NINE)
    for place in range(40):
        field.rating(540 + place * 6 / 60, 1, "2")
    field.rating(700, "bad", "2")
    field.rating(701, 5, None)
    field.rating(702, 5, "2", flags=["test"])
    plant(store, field.grown)
    assert [(one.kind, one.n) for one in found(store)["hz-1"]] == [
        (Distrust.OUT_OF_HOURS, 40), (Distrust.STUCK_KEY, 40),
    ]  # fmt: skip
    assert [one.kind for one in found(store, Profiles())["hz-1"]] == [Distrust.STUCK_KEY]


def test_prompts_only_for_the_happy_are_seen_in_the_whole_month(store: Store) -> None:
    field = Field(NINE)
    for place in range(60):
        day = 24 * 60 * (place // 20)
        minute = day + place % 20 * 15
        serve(field, minute, "0017", 5 if place % 4 == 0 else None)
        serve(field, minute, "0018", (5, 4, 2, 5, 3)[place % 5], counter="2")
    field.transaction(0, "start")
    field.add("transaction", 1, {"phase": "end", "teller": "0019"})
    plant(store, field.grown)
    (one,) = found(store)["hz-1"]
    assert (one.kind, one.teller, one.n) == (Distrust.CHERRY_PICKING, "0017", 15)
    assert one.facts["share"] == 25
    assert when(one, ZONE) == "2026-11"


def test_honest_months_are_left_alone(store: Store) -> None:
    """Everybody serves, forgets, is pressed impatiently; nobody cheats."""
    plan = Plan(seed=11, branches=6, days=30, customers=20, plays_every_min=480, tricks=0.0)
    plant(store, [Planted(branch, one.at, one.kind, one.data, one.id)
                  for branch in plan.branch_ids() for one in happened(plan, branch)
                  if one.kind in ("rating", "prompt", "transaction")])  # fmt: skip
    everywhere = Profiles(dict.fromkeys(plan.branch_ids(), KNOWN["hz-1"]))
    assert found(store, everywhere) == {}


def test_who_cheats_in_the_same_months_is_found(store: Store) -> None:
    plan = Plan(seed=11, branches=6, days=10, plays_every_min=480, tricks=0.1)
    plant(store, [Planted(branch, one.at, one.kind, one.data, one.id)
                  for branch in plan.branch_ids() for one in happened(plan, branch)
                  if one.kind in ("rating", "prompt", "transaction")])  # fmt: skip
    kinds = {one.kind for some in found(store).values() for one in some}
    assert kinds >= {Distrust.FIVES, Distrust.STUCK_KEY, Distrust.SELF_RATING}


def test_every_kind_has_its_evidence_in_both_languages() -> None:
    catalogues = load_catalogues()
    facts = {"stars": 3, "gap_ms": 5200, "prompted": 2, "seconds": 90, "of": 60, "transactions": 200, "asked": 50,
             "share": 25, "usual": 88, "good": 100, "usually": 81}  # fmt: skip
    for kind in Distrust:
        for served in ({}, {"served": 4}):
            one = Suspicion(kind, NINE.ms, NINE.ms + 60_000, 50, "2", None, facts | served)
            for locale in ("zh", "en"):
                told = catalogues[locale].render(evidence(one))
                assert "{" not in told
                assert ("50" in told) or kind is Distrust.CHERRY_PICKING
                assert "distrust" not in told + catalogues[locale].render(name(one))
    assert distrust_table({}, "2026-11", catalogues["zh"], ZONE) == "2026-11 未发现可疑评价"
