"""Notices: where and when they show, in which order, and templates with blanks."""

from typing import get_args

import pytest
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.model import ScreenEntry, Source
from signage.core.notices import may_withdraw, next_change, notices_on, placed_on, shown_at, takes_main
from signage.core.phrases import Catalogue
from signage.core.templates import TEMPLATES, Icon, Template, fill, template
from tests.unit.core.branches import DISPLAY, FASCIA, NOON, STRIP, TOUCH, WALL, later, notice

ZH = Catalogue("zh", {f"notice.{one.id}": "".join(f"{{{blank}}}" for blank in one.blanks) for one in TEMPLATES})


@pytest.mark.parametrize(("seconds", "shown"), [(-60.001, False), (-60, True), (59.999, True), (60, False)])
def test_it_shows_from_its_start_up_to_its_end(seconds: float, shown: bool) -> None:
    assert shown_at(notice(), later(seconds)) is shown


@pytest.mark.parametrize(
    ("places", "on"),
    [((), [WALL, TOUCH, DISPLAY]), (("wall",), [WALL]), (("lobby", "counter"), [TOUCH, DISPLAY]), (("nowhere",), [])],
)
def test_places_are_names_or_kinds(places: tuple[str, ...], on: list[ScreenEntry]) -> None:
    assert [screen for screen in (WALL, TOUCH, DISPLAY) if placed_on(notice(places=places), screen)] == on


@pytest.mark.parametrize(
    ("places", "priority", "on"),
    [
        ((), 0, [WALL]),
        (("wall", "touch", "counter", "fascia", "strip"), 0, [WALL, DISPLAY, STRIP]),
        ((), 100, [WALL, TOUCH, DISPLAY, FASCIA, STRIP]),
    ],
)
def test_which_screens_give_it_their_main_zone(places: tuple[str, ...], priority: int, on: list[ScreenEntry]) -> None:
    one = notice(places=places, priority=priority)
    assert [screen for screen in (WALL, TOUCH, DISPLAY, FASCIA, STRIP) if takes_main(one, screen)] == on


def test_the_order_is_priority_then_the_newest() -> None:
    every = [
        notice("old", start=-90),
        notice("new", start=-30),
        notice("first", priority=5, start=-120),
        notice("a", start=-90),
        notice("gone", until=-1),
        notice("elsewhere", places=("touch",)),
    ]
    assert [one.id for one in notices_on(every, WALL, NOON)] == ["first", "new", "a", "old"]


def test_the_next_change() -> None:
    every = [notice("a", start=10, until=30), notice("b", start=-60, until=20)]
    walk: list[Instant | None] = [NOON]
    while walk[-1] is not None:
        walk.append(next_change(every, walk[-1]))
    assert walk == [NOON, later(10), later(20), later(30), None]


# --- templates


def test_blanks_are_filled_in_every_locale() -> None:
    english = Catalogue("en", {"notice.maintenance": "from {start} to {end}"})
    wanted = template("maintenance")
    assert wanted is not None
    assert fill(wanted, {"start": "09:00", "end": "23:59"}, [ZH, english]) == {
        "zh": "09:0023:59",
        "en": "from 09:00 to 23:59",
    }


@pytest.mark.parametrize(
    ("identity", "blanks", "words"),
    [
        ("early-close", {}, "early-close: time '' is no time"),
        ("early-close", {"time": "24:00"}, "no time"),
        ("early-close", {"time": "9:00"}, "no time"),
        ("early-close", {"time": "16:00\n"}, "no time"),
        ("cash-service", {"counter": "3 号,免费"}, "no counter"),
        ("cash-service", {}, "^cash-service: counter '' is no counter$"),
        ("cash-service", {"counter": "9" * 50}, f"^cash-service: counter '{'9' * 40}' is no counter$"),
        ("busy", {"time": "16:00"}, "busy: no blank is called 'time'"),
        ("busy", {"x" * 50: "16:00"}, f"busy: no blank is called '{'x' * 40}'$"),
    ],
)
def test_nothing_else_can_be_said(identity: str, blanks: dict[str, str], words: str) -> None:
    wanted = template(identity)
    assert wanted is not None
    with pytest.raises(ValueError, match=words):
        fill(wanted, blanks, [ZH])


def test_templates_are_found_by_name() -> None:
    assert template("no-such") is None
    assert all(template(one.id) is one for one in TEMPLATES)
    assert Template("x", {}).key == "notice.x"
    assert Template("x", {}).title_key == "notice.x.title"


@pytest.mark.parametrize(
    ("by", "takes_down"),
    [
        ("head-office", {"head-office"}),
        ("manager", {"manager", "rule", "teller"}),
        ("rule", {"rule"}),
        ("teller", {"teller"}),
    ],
)
def test_who_may_withdraw_whose(by: Source, takes_down: set[str]) -> None:
    assert {source for source in get_args(Source) if may_withdraw(replace(notice(), source=source), by)} == takes_down


def test_every_template_has_an_icon() -> None:
    assert {one.icon for one in TEMPLATES} <= set(get_args(Icon))
    assert Template("x", {}).icon == ""
