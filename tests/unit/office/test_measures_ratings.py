"""Ratings, prompts and transactions counted out of both databases."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from signage.core.counting import RatingRules
from signage.core.instants import Instant
from signage.core.measures import Tally
from signage.office.database import Store
from signage.office.measures import Cell, Kept, Period, Profile, Profiles, Prompts, Ratings, ratings
from tests.unit.office.planted import Field, plant

ZONE = ZoneInfo("Asia/Shanghai")
NOVEMBER = Period.month("2026-11", ZONE)
MORNING = Instant.parse("2026-11-24T01:00:00Z")
ASKED = Profiles({"hz-1": Profile(ratings=RatingRules(require_prompt=True))})


def counted(store: Store, *fields: Field, profiles: Profiles | None = None) -> Ratings:
    plant(store, [one for field in fields for one in field.grown])
    with store.read() as connection:
        return ratings(connection, NOVEMBER, profiles or Profiles())


def test_every_flag_keeps_a_rating_from_counting_and_all_are_kept(store: Store) -> None:
    field = Field(MORNING)
    for minute, flags in enumerate(([], ["test"], ["suspended"], ["repeat"], ["unprompted"], ["unknown"])):
        field.rating(minute, stars=4, flags=flags)
    field.rating(6.05, stars=5)
    field.rating(6.1, stars=1)
    made = counted(store, field)
    assert made.branches()["hz-1"].tally == Tally((0, 0, 0, 3, 1))
    assert made.branches()["hz-1"].kept == Kept(test=1, suspended=1, repeat=1, near=1)
    with store.read() as connection:
        strict = ratings(connection, NOVEMBER, ASKED).whole()
    assert strict.tally == Tally((1, 0, 0, 2, 1))
    assert strict.kept == Kept(test=1, suspended=1, repeat=1, unprompted=1)


ODD: list[dict[str, Any] | str] = [
    {"stars": "5"},
    {"stars": 5.0},
    {"stars": True},
    {"stars": 0},
    {"stars": 6},
    {"stars": None},
    {"stars": [5]},
    {"stars": 5, "flags": "repeat"},
    {"stars": 5, "flags": [7]},
    {"stars": 5, "flags": None},
    {"stars": 10**40},
    {},
]


@pytest.mark.parametrize("data", ODD, ids=str)
def test_what_does_not_fit_the_contract_is_kept_and_not_counted(store: Store, data: dict[str, Any]) -> None:
    field = Field(MORNING)
    field.add("rating", 0, data)
    field.rating(1)
    whole = counted(store, field).whole()
    assert (whole.tally.n, whole.kept) == (1, Kept(unreadable=1))


def test_whatever_else_stands_in_an_event_nothing_goes_down(store: Store) -> None:
    field = Field(MORNING)
    deep = '{"stars":5,"counter":"1","x":' + "[" * 400 + "]" * 400 + "}"
    for minute, data in enumerate((
        deep,
        '{"stars":5,"counter":"\\u0000","teller":"a\\u0000b","comment":"\\u0000"}',
        '{"stars":5,"counter":7,"teller":[],"reasons":{"a":1},"prompt":4,"x":1' + "0" * 3000 + "}",
        '{"stars":5,"counter":"窗口","reasons":["态度好","态度好",3]}',
    )):  # fmt: skip
        field.add("rating", minute, data)
    field.add("rating", 9, "{}", problem="no JSON")
    made = counted(store, field)
    assert made.whole().tally == Tally((0, 0, 0, 0, 4))
    assert set(made.cells) == {
        Cell("hz-1", "1", None), Cell("hz-1", "\ufffd", "a\ufffdb"), Cell("hz-1", None, None), Cell("hz-1", "窗口", None),
    }  # fmt: skip
    assert made.reasons == {"hz-1": {"态度好": 1}}


def test_prompts_count_once_and_transactions_when_they_are_done(store: Store) -> None:
    field, other = Field(MORNING), Field(MORNING, "hz-2")
    field.prompt(0, "a", "unrated", teller="7")
    field.prompt(1, "a", "rated", teller="7")
    field.prompt(2, "b", "cancelled", teller="7")
    field.prompt(3, "c", "unrated", counter="2")
    field.prompt(4, "d", "shrugged")
    other.prompt(0, "a", "unrated")
    for phase in ("start", "end", "end", "END"):
        field.transaction(5, phase, teller="7")
    field.rating(6, teller="7")
    made = counted(store, field, other)
    mine = made.branches()["hz-1"]
    assert mine.prompts == Prompts(rated=1, unrated=1, cancelled=1)
    assert (mine.transactions, mine.asked_there) == (2, 2)
    assert (mine.response_rate, mine.prompt_rate) == (1 / 3, 1.0)
    assert made.counters()["hz-1", "2"].prompt_rate is None
    assert made.tellers()["hz-1", "7"].prompts.n == 2
    assert made.branches()["hz-2"].prompts == Prompts(unrated=1)
    assert made.branches()["hz-2"].response_rate == 0.0
    assert made.whole().prompts.n == 4


def test_a_month_is_head_offices_and_a_day_too(store: Store) -> None:
    field = Field(Instant.parse("2026-10-31T15:59:59.999Z"))
    field.rating(0, counter="9")
    field.rating(1 / 60_000, counter="1", stars=4)
    field.rating(24 * 60, counter="1", stars=3)
    field.rating(30 * 24 * 60 + 1 / 60_000, counter="1", stars=2)
    made = counted(store, field)
    assert made.whole().tally == Tally((0, 0, 1, 1, 0))
    assert made.days == {
        ("hz-1", date(2026, 11, 1)): Tally((0, 0, 1, 1, 0)),
    }


def test_what_came_just_before_the_period_still_makes_a_repeat(store: Store) -> None:
    field = Field(Instant.parse("2026-10-31T15:59:58Z"))
    field.rating(0)
    field.rating(4 / 60)
    field.rating(6 / 60)
    whole = counted(store, field).whole()
    assert (whole.tally.n, whole.kept) == (1, Kept(near=1))


def test_who_came_first_is_decided_by_time_and_not_by_arrival(store: Store) -> None:
    field = Field(MORNING)
    field.rating(1, stars=1)
    field.rating(0.98, stars=5)
    assert counted(store, field).whole().tally == Tally((0, 0, 0, 0, 1))


def test_months() -> None:
    assert (str(NOVEMBER.first), str(NOVEMBER.end)) == ("2026-10-31T16:00:00.000Z", "2026-11-30T16:00:00.000Z")
    assert (len(NOVEMBER.days), NOVEMBER.days[0], NOVEMBER.days[-1]) == (30, date(2026, 11, 1), date(2026, 11, 30))
    assert NOVEMBER.upto(MORNING).end == MORNING
    assert NOVEMBER.upto(Instant.parse("2026-01-01T00:00:00Z")).end == NOVEMBER.first
    assert NOVEMBER.upto(Instant.parse("2027-01-01T00:00:00Z")) is NOVEMBER
    assert len(Period.month("2024-02", ZONE).days) == 29
    for wrong in ("2026-13", "2026", "26-11", "2026-1", "", "2026-1１", "2026-00"):
        with pytest.raises(ValueError, match=r"month"):
            Period.month(wrong, ZONE)
