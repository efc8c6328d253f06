"""The linter: every finding beside a twin that has none."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.lint import Finding, in_order
from signage.core.lint_hours import lint_hours
from signage.core.lint_items import last_moment, lint_items
from signage.core.lint_screens import lint_screen
from signage.core.model import Day, HoursChange, HoursException, HoursPlan, ScreenEntry
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from tests.unit.core.branches import FASCIA, HOURS, NOON, SCREENS, STRIP, WALL, branch
from tests.unit.core.plans import SHANGHAI, plan

BRANCH = branch().branch
PICTURE = Asset(ref="ad.png", kind="picture", title={"zh": "春季贷款"})
WORDS = Asset(ref="w", kind="text", text={"zh": "热线"}, uses=("house", "notice", "emergency"))


def days(count: float) -> Instant:
    return Instant.of(NOON + timedelta(days=count))


def item(identity: str = "i", asset: str = "ad.png", cls: str = "advertisement", **more: object) -> ProgrammeItem:
    return ProgrammeItem(id=identity, asset=asset, cls=cls, **more)  # type: ignore[arg-type] # tests name fields they know


def content(*items: ProgrammeItem, assets: tuple[Asset, ...] = (PICTURE, WORDS)) -> SignedContent:
    return SignedContent(version=1, expires=days(90), assets=assets, items=items)


def said(found: list[Finding]) -> list[str]:
    return [one.line() for one in found]


def about_items(*items: ProgrammeItem, hours: Hours = HOURS, asset: Asset = PICTURE) -> list[str]:
    return said(list(lint_items(content(*items, assets=(asset, WORDS)), BRANCH, hours, SCREENS, NOON)))


def about_screen(*items: ProgrammeItem, screen: ScreenEntry = WALL) -> list[str]:
    return said(list(lint_screen(content(*items), BRANCH, HOURS, screen, NOON)))


def about_hours(wanted: HoursPlan) -> list[str]:
    return said(list(lint_hours(read_hours(wanted), NOON)))


def test_the_gravest_come_first_and_nothing_twice() -> None:
    note, error = Finding("note", "p", "w", "c"), Finding("error", "p", "w", "c")
    assert in_order([note, error, note]) == [error, note]
    assert error.line() == "error: p: w; c"


# --- hours


KNOWN = replace(SHANGHAI, known_until="2027-12-28")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (replace(KNOWN, known_until="2027-12-27"), "the holidays of 2027 are not known: after 2027-12-27"),
        (replace(KNOWN, rules={"personal": "2020 Mo 09:00-10:00"}), "personal opens at no time within 400 days"),
        (plan("Mo 09:00-10:00; PH off"), "rules name holidays (PH), but no calendar"),
        (
            replace(KNOWN, exceptions=(HoursException(first="2026-11-20", last="2026-11-23", rules={}),)),
            "it was over on",
        ),
        (
            replace(
                KNOWN,
                exceptions=(
                    HoursException(first="2026-12-01", last="2026-12-02", rules={"personal": "off"}),
                    HoursException(first="2026-11-30", last="2026-12-02", rules={"personal": "10:00-11:00"}),
                ),
            ),
            'exceptions]] 1 "2026-12-01": it never counts: the later one from 2026-11-30 to 2026-12-02',
        ),
        (replace(KNOWN, changes=(HoursChange(first="2026-11-24", rules={}),)), "it holds already"),
        (replace(KNOWN, changes=(HoursChange(first="2026-11-30", rules={}),)), "it begins in 6 days"),
    ],
)
def test_hours(wanted: HoursPlan, words: str) -> None:
    (line,) = about_hours(wanted)
    assert words in line


@pytest.mark.parametrize(
    "wanted",
    [
        KNOWN,
        plan("Mo 09:00-10:00"),
        plan("Mo 09:00-10:00; PH off", days=(Day(date="2026-12-25", type="holiday"),)),
        replace(KNOWN, rules={"personal": "24/7"}),
        replace(KNOWN, changes=(HoursChange(first="2026-12-01", rules={}),)),
        replace(
            KNOWN,
            exceptions=(
                HoursException(first="2026-11-24", last="2026-12-02", rules={"personal": "off"}),
                HoursException(first="2026-11-24", last="2026-12-01", rules={"personal": "off"}),
                HoursException(first="2026-11-25", last="2026-12-02", rules={"personal": "off"}),
                HoursException(first="2026-11-24", last="2026-12-02", rules={"corporate": "off"}),
            ),
        ),
    ],
)
def test_sound_hours(wanted: HoursPlan) -> None:
    assert about_hours(wanted) == []


def test_before_november_the_present_year_is_enough() -> None:
    hours = read_hours(replace(SHANGHAI, known_until="2026-12-28"))
    assert list(lint_hours(hours, Instant.parse("2026-10-31T15:59:59Z"))) == []
    assert len(list(lint_hours(hours, Instant.parse("2026-10-31T16:00:00Z")))) == 1


# --- items


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (item(asset="x"), "error: item \"i\": its asset 'x' is not signed"),
        (item(asset="w"), "w is signed for house, notice, emergency, not for advertisement"),
        (item(screens=("wall", "hal")), "no screen or kind hal"),
        (item(groups=("beijing",)), "it is for beijing, and this branch is none of them"),
        (item(until=days(0)), "it ended at"),
        (item(until=days(7)), "it ends soon"),
        (item(start=days(9), until=days(9)), "it would begin at"),
        (item(daypart="nine"), "is no opening_hours rule"),
        (item(daypart="20:00-22:00"), "meets no opening hours within four weeks"),
        (item("e", "w", "emergency"), "an emergency without an end"),
    ],
)
def test_an_item(one: ProgrammeItem, words: str) -> None:
    (line,) = about_items(one)
    assert words in line


@pytest.mark.parametrize(
    "one",
    [
        item(),
        item(screens=("wall", "hall"), groups=("all",)),
        item(groups=(BRANCH.id,), start=days(1), until=days(8)),
        item(daypart="Mo-Fr 16:59-22:00"),
        item("n", "w", "notice", until=days(1)),
        item("e", "w", "emergency", until=days(1)),
    ],
)
def test_a_sound_item(one: ProgrammeItem) -> None:
    assert about_items(one) == []


def test_stale_content_is_told_once_and_only_where_it_stops_something() -> None:
    old = replace(content(item(), item("j")), expires=days(7))
    (line,) = said(list(lint_items(old, BRANCH, HOURS, SCREENS, NOON)))
    assert line.startswith("warning: content: nothing fresher is here than what ends at 2026-12-01 12:00: from then on")
    calm = replace(old, items=(item("n", "w", "house"),))
    for sound in (calm, replace(old, expires=Instant.of(days(7) + timedelta(milliseconds=1)))):
        assert list(lint_items(sound, BRANCH, HOURS, SCREENS, NOON)) == []


def test_an_advertisement_may_begin_after_what_is_signed_anew_every_day() -> None:
    assert about_items(item(start=days(100), until=days(120))) == []


def test_two_of_one_name() -> None:
    assert about_items(item(), item()) == ['error: item "i": 2 items are called so; give each a name of its own']


def test_words_of_advertisements() -> None:
    best = replace(PICTURE, alt={"en": "Guaranteed returns"})
    assert "guaranteed" in about_items(item(), asset=best)[0]
    assert about_items(item(cls="house"), asset=best) == []
    wealth = replace(PICTURE, title={"zh": "稳健理财"})
    assert about_items(item(), asset=wealth)[0].startswith('error: item "i", asset "ad.png": it advertises a wealth')
    spoken = Asset(ref="ad.png", kind="text", text={"zh": "稳健理财"})
    (line,) = about_items(item(), asset=spoken)
    assert line.startswith('error: item "i": it advertises')
    assert line.endswith("show it as a picture with --risk-text")
    assert about_items(item(), asset=replace(wealth, risk={"zh": "理财非存款"})) == []


def test_a_daypart_needs_no_hours_to_meet_where_none_are_known() -> None:
    assert about_items(item(daypart="20:00-22:00"), hours=read_hours(HoursPlan(timezone="UTC", rules={}))) == []


def test_the_last_moment_is_the_earliest_end() -> None:
    ends = content(item(until=days(3)), item("w", "w", "notice"))
    assert last_moment(ends.items[0], replace(PICTURE, until=days(2)), ends) == days(2)
    assert last_moment(ends.items[0], PICTURE, ends) == days(3)
    assert last_moment(item(), PICTURE, ends) == days(90)
    assert last_moment(ends.items[1], WORDS, ends) is None


# --- screens


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([], ["nothing is scheduled on it"]),
        ([item()], []),
        ([item("n", screens=("touch",))], ["nothing is scheduled on it"]),
        ([item(daypart="Mo-Su 00:00-24:00; Sa 00:00-16:00")], ["nothing scheduled Sat 28 Nov 16:00–24:00"]),
        ([item(until=days(6.5))], ["nothing scheduled Tue 01 Dec 00:00–12:00"]),
        ([item(start=days(0.25))], ["nothing scheduled Tue 24 Nov 12:00–18:00"]),
        ([item(start=days(1.25))], ["nothing scheduled Tue 24 Nov 12:00 – Wed 25 Nov 18:00"]),
        (
            [item(until=days(-1)), item("b", daypart="Mo-We,Fr-Su 00:00-24:00")],
            ["nothing scheduled Thu 26 Nov 00:00–24:00"],
        ),
    ],
)
def test_gaps(items: list[ProgrammeItem], told: list[str]) -> None:
    lines = about_screen(*items)
    assert len(lines) == len(told)
    for line, words in zip(lines, told, strict=True):
        assert words in line


def test_only_screens_that_are_there_for_the_programme_have_gaps() -> None:
    assert "nothing is scheduled" in about_screen(screen=FASCIA)[0]
    assert about_screen(screen=STRIP) == []


def test_required_items_that_cannot_fit() -> None:
    often = [item(str(n), "w", "house", every_s=25, seconds=10) for n in range(2)]
    assert ["cannot stand" in line for line in about_screen(*often)] == [True, True]
    assert about_screen(*(replace(one, every_s=300) for one in often)) == []


def test_items_that_cannot_be_kept_apart() -> None:
    shy, loud = item("shy", apart=("x",)), item("loud", tags=("x",))
    assert "must not stand beside" in about_screen(shy, loud)[0]
    assert about_screen(shy, loud, item("calm")) == []
    assert about_screen(shy) == []
    assert about_screen(item("bold"), loud) == []


def test_a_notice_that_an_emergency_hides() -> None:
    filler, notice = item(), item("n", "w", "notice", until=days(1))
    alarm = item("alarm", "w", "emergency", until=days(1))
    assert 'the emergency "alarm" stands before it' in about_screen(filler, notice, alarm)[0]
    late = replace(alarm, start=days(0.5))
    assert "stands before" in about_screen(filler, replace(notice, start=days(0.5)), late)[0]
    for sound in (
        [replace(notice, until=days(1.1)), alarm],
        [replace(notice, until=None), alarm],
        [notice, late],
        [replace(notice, start=days(0.2)), late],
        [notice, replace(alarm, daypart="00:00-24:00")],
        [replace(notice, cls="house"), alarm],
    ):
        assert about_screen(filler, *sound) == []
