"""What a customer reads: guide, amenities, holidays, rates, pledge, demonstration; and which cards lead there."""

from dataclasses import replace as changed
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.design.box import Box
from kiosk.design.tokens import Look, palette
from kiosk.gallery import customers, samples
from kiosk.view.amenities import AmenitiesView, amenity_icon
from kiosk.view.branch import Mood
from kiosk.view.cards import MoreView
from kiosk.view.guide import GuideView, MatterView, path_of, topic_icon
from kiosk.view.happenings import CallManager, Open, OpenMatter, Place, ShowStep
from kiosk.view.headed import GoneView
from kiosk.view.holidays import HolidaysView
from kiosk.view.pages import Page, Touch
from kiosk.view.reading import (
    Amenities,
    Demonstration,
    Guide,
    Holidays,
    Matter,
    More,
    Pledge,
    Rates,
    Signed,
)
from kiosk.view.signed_pages import DemonstrationView, PledgeView, RatesView, signed_pages, step_picture, with_ready
from kiosk.view.touch import Known, touch_view
from kiosk.view.voice import Pair
from kiosk.view.zones import Hanging, demonstration_zones, hanging, page_box
from signage.core.guide import AmenityIcon, Topic
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.items import SignedPage
from signage.core.layouts import Zone
from signage.core.model import BranchState, GuideEntry
from signage.core.phrases import Catalogue
from signage.core.programme import Asset
from signage.core.scene import Scene
from signage.link.catalogues import load_catalogues

NOW = samples.AFTERNOON
AT = hanging("touch", (1080, 1920))


@cache
def catalogues() -> dict[str, Catalogue]:
    return load_catalogues()


def seen(
    page: Page | None = None,
    state: BranchState | None = None,
    now: Instant = NOW,
    signed: Signed | None = None,
    hangs: Hanging = AT,
    **touch: Any,
) -> Any:
    state = state or samples.house()
    given = customers.SIGNED if signed is None else signed
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="t", signed=given, hanging=hangs)
    at = Touch(**touch) if page is None else Touch(page=page, **touch)
    return touch_view(known, at, catalogues(), now).page


def places(cards: Any) -> list[Place | None]:
    return [card.tap.place if isinstance(card.tap, Open) else None for card in cards]


# ---- cards ----------------------------------------------------------------------------------------------------------


def test_six_cards_the_call_last_and_the_rest_as_keys() -> None:
    cards = seen().cards
    assert places(cards.large) == [Place.COUNTERS, Place.GUIDE, Place.OPINIONS, Place.RATES, Place.AMENITIES, None]
    assert places(cards.small) == [Place.WEEK, Place.HOTLINE, Place.DEMONSTRATION, Place.PLEDGE]
    assert [cards.large[at].line for at in (1, 3, 4)] == ["8 项业务在哪里办", "存贷款利率公示", "7 项可用"]


def test_what_a_branch_has_not_is_no_card() -> None:
    bare = replace(samples.house(), guide=(), amenities=())
    cards = seen(state=bare, signed={}).cards
    assert places(cards.large) == [Place.COUNTERS, Place.OPINIONS, Place.WEEK, Place.HOTLINE, None]
    assert cards.small == ()
    assert isinstance(cards.large[-1].tap, CallManager)


def test_large_type_has_four_cards_and_a_key_to_the_rest() -> None:
    cards = seen(elder=True).cards
    assert places(cards.large) == [Place.COUNTERS, Place.GUIDE, Place.OPINIONS, None]
    assert places(cards.small) == [Place.MORE]
    more = seen(More(), elder=True)
    assert isinstance(more, MoreView)
    assert places(more.cards) == [
        Place.RATES,
        Place.AMENITIES,
        Place.WEEK,
        Place.HOTLINE,
        Place.DEMONSTRATION,
        Place.PLEDGE,
    ]
    bare = replace(samples.house(), guide=(), amenities=())
    assert places(seen(state=bare, signed={}, elder=True).cards.small) == [Place.MORE]


def test_more_keys_than_fit_end_in_a_way_to_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.view import cards as module  # noqa: PLC0415  # its list is what grows

    monkeypatch.setattr(module, "_CARDS", (*module._CARDS, module._hotline, module._hotline))
    small = seen().cards.small
    assert places(small) == [Place.WEEK, Place.HOTLINE, Place.DEMONSTRATION, Place.MORE]
    assert len(seen(More()).cards) == 6


# ---- the business guide ---------------------------------------------------------------------------------------------


def test_the_guide_keeps_topics_together_and_says_where() -> None:
    first, *_, last = samples.house().guide
    apart = replace(samples.house(), guide=(first, last, replace(first, name="again")))
    view = seen(Guide(), apart)
    assert isinstance(view, GuideView)
    assert [card.tap for card in view.cards] == [
        OpenMatter("new-card"),
        OpenMatter("again"),
        OpenMatter("corporate-account"),
    ]
    assert [[way.word for way in card.ways] for card in view.cards] == [["自助", "窗口"], ["自助", "窗口"], ["窗口"]]
    assert view.cards[0].topic == "银行卡"
    assert view.cards[0].title == Pair("开卡与换卡", "New or replacement card")


def test_every_topic_and_amenity_has_a_picture_and_a_stranger_too() -> None:
    assert len({topic_icon(topic) for topic in Topic}) == len(Topic)
    assert topic_icon("pets") is topic_icon("other")
    assert len({amenity_icon(icon) for icon in AmenityIcon}) == len(AmenityIcon)
    assert amenity_icon("piano") is amenity_icon("other")
    strange = GuideEntry(name="x", topic="pets", title={"zh": "猫"}, counters=("1",))
    assert seen(Guide(), replace(samples.house(), guide=(strange,))).cards[0].topic == "其他"


def test_a_matter_is_done_on_the_phone_then_at_a_machine_then_at_a_counter() -> None:
    view = seen(Matter("transfer"))
    assert isinstance(view, MatterView)
    assert view.back is Place.GUIDE
    assert [way.title.first for way in view.ways] == ["手机上办理", "自助设备办理", "窗口办理"]
    assert [[spot.words for spot in way.spots] for way in view.ways] == [
        ["手机银行，转账"],
        ["大厅自助区"],
        ["1、2 号窗口"],
    ]
    assert view.qr is not None
    assert (view.qr.url, view.qr.domain) == ("https://m.bank.example/transfer", "m.bank.example")
    assert view.bring.first == "银行卡、本人身份证、收款账号"
    assert seen(Matter("corporate-account")).qr is None
    assert seen(Matter("corporate-account")).things == ("营业执照", "公章", "法定代表人身份证")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("手机银行，生活，缴费", ("手机银行", "生活", "缴费")),
        ("Mobile bank, living, Bills.", ("Mobile bank", "Living", "Bills")),
        ("手机银行", ()),
        ("手机银行，，缴费", ()),
        ("登录手机银行，在首页底部选择生活频道后向右滑动直到看见缴费并轻触它两次即可", ()),
    ],
)
def test_a_path_is_places_to_press_and_a_sentence_is_none(words: str, path: tuple[str, ...]) -> None:
    assert path_of(words) == path


def test_counters_and_machines_say_whether_they_serve() -> None:
    third = samples.suspended("counter:3", "fault")
    (_, counters) = seen(Matter("cash"), third).ways
    assert [(spot.words, spot.state.mood) for spot in counters.spots] == [
        ("4 号窗口", Mood.OPEN),
        ("3 号窗口", Mood.SUSPENDED),
    ]
    assert counters.line == ""
    both = replace(third, suspensions=(*third.suspensions, *samples.suspended("counter:4", "fault").suspensions))
    assert seen(Matter("cash"), both).ways[1].line == "请咨询大堂经理"
    closed = seen(Matter("cash"), now=samples.EVENING).ways[1]
    assert [spot.state.mood for spot in closed.spots] == [Mood.CLOSED]
    assert closed.line == "明日 09:00 开门"
    machine = samples.suspended("device:atm-1", "fault")
    assert seen(Matter("cash"), machine).ways[0].spots[0].state.mood is Mood.SUSPENDED
    assert seen(Matter("cash")).ways[0].spots[0].state.mood is Mood.OPEN
    down = samples.suspended("branch", "power")
    assert {spot.state.mood for way in seen(Matter("cash"), down).ways for spot in way.spots} == {Mood.SUSPENDED}


def test_the_counter_that_opens_first_says_when() -> None:
    house = samples.house()
    rules = {"personal": "Mo-Fr 09:00-17:00", "corporate": "Mo-Fr 08:30-17:00", "never": "off"}
    either = replace(house.guide[2], counters=("6", "3", "5"))
    counters = tuple(replace(one, hours="never" if one.number == "6" else one.hours) for one in house.counters)
    plan = replace(house.hours, rules=rules, exceptions=())

    def line(*hidden: str) -> str:
        there = tuple(one for one in counters if one.number not in hidden)
        state = replace(house, guide=(either,), counters=there, hours=plan)
        return str(seen(Matter("cash"), state, now=samples.EVENING).ways[1].line)

    assert line() == "明日 08:30 开门"
    assert line("5") == "明日 09:00 开门"
    assert line("3", "5") == "开门时间另行公告"


def test_where_the_hours_have_begun_and_nobody_sits_there_staff_are_asked() -> None:
    house = samples.house()
    away = replace(house, counters=tuple(replace(one, state="closed") for one in house.counters))
    assert seen(Matter("cash"), away).ways[1].line == "请咨询大堂经理"


def test_a_matter_whose_places_are_gone_says_what_is_left() -> None:
    lonely = GuideEntry(name="x", topic="cash", title={"zh": "存"}, counters=("99",), self_service=("none",))
    view = seen(Matter("x"), replace(samples.house(), guide=(lonely,)))
    assert view.ways == ()
    gone = seen(Matter("nothing"))
    assert isinstance(gone, GoneView)
    assert gone.back is Place.GUIDE


# ---- amenities, holidays --------------------------------------------------------------------------------------------


def test_an_amenity_says_where_and_whether_it_is_to_be_had() -> None:
    view = seen(Amenities())
    assert isinstance(view, AmenitiesView)
    rows = {row.title.first: row for row in view.rows}
    assert (rows["轮椅"].place, rows["轮椅"].state.mood, rows["轮椅"].state.words.first) == (
        "大门右侧",
        Mood.OPEN,
        "可使用",
    )
    assert (rows["雨伞"].state.mood, rows["雨伞"].state.words.first) == (Mood.CLOSED, "暂不可用")


def test_the_years_special_dates_from_today_on() -> None:
    state = replace(samples.house(), hours=samples.holidays())
    view = seen(Holidays(), state)
    assert isinstance(view, HolidaysView)
    assert view.back is Place.WEEK
    assert [(row.dates.first, row.note.first, row.hours) for row in view.rows][:4] == [
        ("11月26日", "年终盘点", ("09:00–17:00", "休息")),
        ("11月28日", "调休补班", ("09:00–17:00", "09:00–11:30、13:30–17:00")),
        ("1月1日至1月3日", "元旦", ("09:30–16:00", "休息")),
        ("2月5日至2月7日", "春节休业", ("休息", "休息")),
    ]
    assert view.rows[1].note.second == "Make-up workday"  # it stands alone
    assert view.rows[2].weekdays == "周五至周日"
    assert [row.year for row in view.rows] == ["", ""] + 5 * ["2027年"]
    assert view.foot == "2027年12月28日以后的节假日安排尚未公布"
    assert (view.pager, view.earlier, view.later) == ("", None, None)
    assert not any(row.now for row in view.rows)
    on_it = seen(Holidays(), state, now=Instant.parse("2026-11-26T09:00:00+08:00"))
    assert [row.now for row in on_it.rows][:2] == [True, False]
    after = seen(Holidays(), state, now=Instant.parse("2026-11-27T00:00:00+08:00"))
    assert after.rows[0].dates.first == "11月28日"


def test_nothing_special_is_said_too() -> None:
    view = seen(Holidays(), replace(samples.house(), hours=samples.ordinary()))
    assert (view.rows, view.empty, view.foot) == ((), "近期没有特别安排", "以当日公告为准")


def turned_through(state: BranchState, *, elder: bool, hangs: Hanging) -> list[HolidaysView]:
    """Every page of the holidays, by the keys that lead on; back by the others it is the same ones."""
    view, views = seen(Holidays(), state, elder=elder, hangs=hangs), []
    while view.later is not None:
        views.append(view)
        view = seen(Holidays(view.later.step), state, elder=elder, hangs=hangs)
    views.append(view)
    for before in reversed(views[:-1]):
        view = seen(Holidays(view.earlier.step), state, elder=elder, hangs=hangs)
        assert view == before
    assert view.earlier is None
    return views


@pytest.mark.parametrize(
    ("size", "elder", "rows"),
    [
        ((1080, 1920), False, [12, 4]),
        ((1080, 1920), True, [5, 5, 5, 1]),
        ((1920, 1080), False, [7, 7, 2]),
        ((1920, 1080), True, [3, 3, 3, 3, 3, 1]),
    ],
)
def test_no_date_is_dropped_however_few_a_page_holds(size: tuple[int, int], rows: list[int], *, elder: bool) -> None:
    state = replace(samples.house(), hours=samples.many_holidays())
    views = turned_through(state, elder=elder, hangs=hanging("touch", size))
    assert [len(view.rows) for view in views] == rows
    assert [view.pager for view in views] == [f"第 {n} 页，共 {len(rows)} 页" for n in range(1, len(rows) + 1)]
    dates = [row.dates.first for view in views for row in view.rows]
    assert len(set(dates)) == len(dates) == sum(rows)
    assert {(row.year, row.dates.first.startswith("1")) for row in views[0].rows} >= {("", True), ("2027年", True)}
    assert {row.year for row in views[-1].rows} == {"2027年"}
    beyond = seen(Holidays(99), state, elder=elder, hangs=hanging("touch", size))
    assert beyond == views[-1]  # fewer pages than a moment ago: the last one


def test_large_type_shows_fewer_dates() -> None:
    plan = samples.holidays()
    many = replace(
        plan,
        exceptions=tuple(
            changed_exception for n in range(1, 15) for changed_exception in (replace(plan.exceptions[0], first=f"2026-12-{2 * n:02}", last=f"2026-12-{2 * n:02}"),)
        ),
    )  # fmt: skip
    state = replace(samples.house(), hours=many)
    assert len(seen(Holidays(), state).rows) == 12
    assert len(seen(Holidays(), state, elder=True).rows) == 5


# ---- what is signed -------------------------------------------------------------------------------------------------


def test_rates_say_from_when_they_hold_and_there_may_be_several_tables() -> None:
    view = seen(Rates())
    assert isinstance(view, RatesView)
    assert view.since == "自2026年5月20日起执行"
    assert view.table.rows[0] == (Pair("活期存款", "Demand"), "0.05%")
    assert [(tab.label.first, tab.tap, tab.chosen) for tab in view.tabs] == [
        ("人民币存款年利率", ShowStep(0), True),
        ("贷款市场报价利率", ShowStep(1), False),
    ]
    assert seen(Rates(1)).table.title.first == "贷款市场报价利率"
    assert seen(Rates(9)).table == seen(Rates(1)).table
    one = Asset(ref="r", kind="rates", rows=customers.SIGNED["rates"][0].rows)
    bare = seen(Rates(), signed={"rates": (one,)})
    assert (bare.since, bare.tabs, bare.table.title.first) == ("", (), "利率公示")
    assert isinstance(seen(Rates(), signed={}), GoneView)


def test_each_line_of_the_pledge_is_a_point() -> None:
    view = seen(Pledge())
    assert isinstance(view, PledgeView)
    assert len(view.points) == 6
    assert view.points[1] == Pair("办理业务一次告知，不让您多跑一趟", "We tell you at once all that is needed")
    uneven = Asset(ref="p", kind="text", text={"zh": " 一 \n\n二", "en": "one"})
    assert seen(Pledge(), signed={"pledge": (uneven,)}).points == (Pair("一"), Pair("二"))
    assert isinstance(seen(Pledge(), signed={}), GoneView)


def test_the_demonstration_goes_forth_and_back_and_ends() -> None:
    first, second, last = seen(Demonstration()), seen(Demonstration(1)), seen(Demonstration(3))
    assert isinstance(first, DemonstrationView)
    assert (first.step, first.steps, first.position) == (0, 4, "第 1 步，共 4 步")
    assert first.earlier is None
    assert first.later.tap == ShowStep(1)
    assert second.earlier is not None
    assert (second.earlier.tap, second.later.tap) == (ShowStep(0), ShowStep(2))
    assert last.later.tap == Open(Place.HOME)
    assert last.later.label.first == "看完了"
    assert [one.ref for one in second.near] == ["step-2.png", "step-3.png", "step-1.png"]
    assert [one.ref for one in first.near] == ["step-1.png", "step-2.png"]
    assert seen(Demonstration(50)).step == 3
    assert isinstance(seen(Demonstration(), signed={}), GoneView)


def test_a_steps_picture_fits_its_place_and_is_ready_once_decoded() -> None:
    view = seen(Demonstration())
    key = view.near[0].key
    place = demonstration_zones(AT.page, AT.look).picture
    assert key.width <= place.w
    assert key.height <= place.h
    assert key.width / key.height == pytest.approx(1200 / 900, rel=0.01)
    assert not view.ready
    assert with_ready(view, {key}).ready
    assert not with_ready(view, {view.near[1].key}).ready
    assert not with_ready(changed(view, near=()), {key}).ready
    assert step_picture(Asset(ref="t", kind="text"), AT) is None


def test_without_a_place_for_pictures_there_is_no_demonstration() -> None:
    state = samples.house()
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="t", signed=customers.SIGNED)
    assert isinstance(touch_view(known, Touch(page=Demonstration()), catalogues(), NOW).page, GoneView)


def test_what_is_signed_comes_out_of_the_scene() -> None:
    page = SignedPage("pledge", customers.SIGNED["pledge"])
    assert signed_pages(Scene("home", (Zone("pledge", page),), None, ())) == {"pledge": customers.SIGNED["pledge"]}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("elder", [False, True])
def test_every_page_speaks_both_languages(locale: str, elder: bool) -> None:
    for page in (Guide(), Matter("transfer"), Amenities(), Rates(), Pledge(), Demonstration(), Holidays(), More()):
        view = seen(page, locale=locale, elder=elder)
        assert view.title.first
        assert bool(view.title.second) is not elder


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (720, 1280)])
def test_a_demonstrations_parts_lie_on_the_page_and_beside_each_other(size: tuple[int, int]) -> None:
    look = Look.fit(palette(night=False), *size)
    page = page_box(Box(0, 0, *size), look)
    zones = demonstration_zones(page, look)
    parts = (zones.picture, zones.caption, zones.place, zones.earlier, zones.later)
    assert all(page.holds(part) for part in parts)
    for one, other in combinations(parts, 2):
        apart = one.right <= other.x or other.right <= one.x or one.top <= other.y or other.top <= one.y
        assert apart, (one, other)
    assert zones.earlier.right < zones.later.x
    assert max(zones.earlier.top, zones.later.top) < page.cy, "within reach"
    assert zones.picture.w * zones.picture.h > 0.4 * page.w * page.h
