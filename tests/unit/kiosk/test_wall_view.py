from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.design.icon_shapes import Icon
from kiosk.gallery import samples
from kiosk.view.branch import Mood
from kiosk.view.counter import counter_view
from kiosk.view.counter_parts import Asking, CounterView, Halted, Noticed, Serving, Thanking, Unknown
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall import wall_view
from kiosk.view.wall_parts import (
    ClosedMain,
    GridSlide,
    HoursSlide,
    NoticeMain,
    PointsSlide,
    SafeMain,
    StepsSlide,
    SuspendedMain,
    WallView,
    WelcomeSlide,
)
from signage.core.instants import Instant
from signage.core.items import HomeItem, Shape
from signage.core.layouts import Zone
from signage.core.model import BranchState, ScreenEntry
from signage.core.phrases import Phrase
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

CATALOGUES = load_catalogues()
ZH = Voice.of(CATALOGUES, "zh")
NOON = samples.AFTERNOON


def wall(state: BranchState | None, now: Instant = NOON, *, heard: bool = True, voice: Voice = ZH) -> WallView:
    heard_at = None if heard else Instant.of(now - timedelta(minutes=3))
    return wall_view(scene(state, None, None, samples.WALL, now, controller_heard=heard), now, voice, heard_at)


def test_the_header_says_who_how_and_when() -> None:
    header = wall(samples.house()).header
    assert header is not None
    assert header.name == Pair("杭州高新支行", "Hangzhou Gaoxin Sub-branch")
    assert header.clock == "14:05"
    assert header.date.first == "11月24日 周二"
    assert header.state is not None
    assert (header.state.mood, header.state.words.first) == (Mood.OPEN, "营业至 17:00")
    assert header.unheard is None


def test_each_house_slide_has_its_own_picture() -> None:
    kinds = {
        "welcome": WelcomeSlide,
        "hours": HoursSlide,
        "complaints": StepsSlide,
        "fraud": PointsSlide,
        "amenities": GridSlide,
        "elder": PointsSlide,
    }
    for key, kind in kinds.items():
        assert isinstance(wall(samples.house(), samples.slide_time(key)).main, kind)


def test_the_hours_slide_marks_today_and_what_is_unusual() -> None:
    main = wall(samples.house(), samples.slide_time("hours")).main
    assert isinstance(main, HoursSlide)
    assert [row.today for row in main.rows] == [True, *[False] * 6]
    unusual = {row.day.first: row.note.first for row in main.rows if row.different}
    assert unusual == {"11月26日 周四": "年终盘点", "11月28日 周六": "调休补班"}
    assert main.rows[0].hours == ("09:00–17:00", "09:00–11:30、13:30–17:00")


def test_without_rules_the_hours_slide_claims_nothing() -> None:
    state = replace(samples.house(), hours=replace(samples.house().hours, rules={}))
    view = wall(state, samples.slide_time("hours"))
    assert isinstance(view.main, WelcomeSlide)
    assert view.main.facts == ()
    assert view.header is not None
    assert view.header.state is not None
    assert view.header.state.mood is Mood.ATTENTION


def test_the_complaints_slide_numbers_its_steps_and_shows_the_hotline() -> None:
    main = wall(samples.house(), samples.slide_time("complaints")).main
    assert isinstance(main, StepsSlide)
    assert main.hotline == "95599"
    assert [step.mark for step in main.steps] == [1, 2, 3]


def test_a_suspended_branch_says_why_how_long_and_where_instead() -> None:
    view = wall(samples.suspended("branch", "power", "15:00"))
    assert isinstance(view.main, SuspendedMain)
    assert view.main.title == Pair("暂停服务", "Service suspended")
    assert [fact.icon for fact in view.main.facts] == [Icon.POWER, Icon.CLOCK, Icon.ARROW]
    assert view.main.facts[1].words.first == "预计 15:00 恢复"
    assert view.board is None
    assert view.foot is not None
    assert view.foot.hotline == "95599"
    assert view.header is not None
    assert view.header.state is not None
    assert view.header.state.words.first == "暂停服务"


def test_a_persons_own_words_have_the_general_icon() -> None:
    main = wall(samples.suspended("branch", "other", text={"zh": "消防检查"})).main
    assert isinstance(main, SuspendedMain)
    assert main.facts[0].icon is Icon.OTHER
    assert main.facts[0].words == Pair("消防检查")


def test_a_suspended_counter_is_told_in_a_strip_and_stands_first() -> None:
    view = wall(samples.suspended("counter:3", "fault"))
    assert view.strip is not None
    assert "3号窗口暂停服务" in view.strip.first
    assert view.board is not None
    assert view.board.rows[0].number == "3"
    assert view.board.rows[0].state.mood is Mood.SUSPENDED
    later = wall(samples.suspended("counter:3", "fault"), Instant.of(NOON + timedelta(seconds=10)))
    assert later.strip is None


def test_the_board_says_todays_hours() -> None:
    board = wall(samples.house()).board
    assert board is not None
    assert [words for _, words in board.hours] == ["09:00–17:00", "09:00–11:30、13:30–17:00"]
    assert [row.number for row in board.rows] == ["1", "2", "3", "4", "5", "6"]
    assert wall(replace(samples.house(), counters=())).board is None


def test_a_closed_branch_says_when_it_opens_and_nothing_twice() -> None:
    view = wall(samples.house(), samples.EVENING)
    assert isinstance(view.main, ClosedMain)
    assert view.main.opens.first == "明日 09:00 开门"
    assert [fact.icon for fact in view.main.facts] == [Icon.PHONE]
    assert view.board is None


def test_a_service_that_opens_later_is_named() -> None:
    wednesday = Instant.parse("2026-11-25T18:30:00+08:00")
    main = wall(samples.house(), wednesday).main
    assert isinstance(main, ClosedMain)
    assert main.facts[0].words.first == "对公业务：周五 09:00 开门"


def test_a_notice_says_until_when() -> None:
    main = wall(samples.noticed({"zh": "系统升级"}, 0)).main
    assert main == NoticeMain(
        Pair("告示", "Notice"), Pair("系统升级"), Pair("有效期至 16:00", "Valid until 16:00"), False, Icon.INFO
    )


def test_an_emergency_takes_everything() -> None:
    view = wall(samples.noticed({"zh": "疏散"}, 100))
    assert isinstance(view.main, NoticeMain)
    assert view.main.emergency
    assert (view.header, view.board, view.strip, view.foot) == (None, None, None, None)
    face = counter(samples.noticed({"zh": "疏散"}, 100, "counter")).face
    assert isinstance(face, NoticeMain)
    assert face.text == Pair("疏散")


def test_a_silent_controller_is_owned_up_to() -> None:
    header = wall(samples.house(), heard=False).header
    assert header is not None
    assert header.unheard == Pair("14:02 起未更新", "Not updated since 14:02")
    never = wall_view(scene(samples.house(), None, None, samples.WALL, NOON, controller_heard=False), NOON, ZH)
    assert never.header is not None
    assert never.header.unheard is not None
    assert "14:02" not in never.header.unheard.first


def test_without_a_state_nothing_is_claimed() -> None:
    view = wall(None)
    assert isinstance(view.main, SafeMain)
    assert (view.header, view.board, view.strip, view.foot) == (None, None, None, None)


def test_the_ticker_speaks_both_languages_line_by_line() -> None:
    foot = wall(samples.house()).foot
    assert foot is not None
    assert foot.messages[0] == "欢迎光临，如需帮助，请咨询大堂经理。"
    assert foot.messages[1].startswith("Welcome")
    alone = wall(samples.house(), voice=Voice(CATALOGUES["zh"])).foot
    assert alone is not None
    assert len(alone.messages) * 2 == len(foot.messages)


def test_a_known_holiday_has_its_word_where_it_has_no_note() -> None:
    days = samples.house().hours.days
    state = samples.house()
    holiday = replace(days[0], date="2026-11-27", type="holiday")
    named = replace(days[0], date="2026-11-25", type="holiday", note={"zh": "校庆"})
    state = replace(state, hours=replace(state.hours, days=(holiday, named)))
    main = wall(state, samples.slide_time("hours")).main
    assert isinstance(main, HoursSlide)
    assert main.rows[3].note.first == "法定节假日"
    assert main.rows[1].note.first == "校庆"


def test_a_picture_that_is_no_walls_is_refused() -> None:
    foreign = Scene("home", (Zone("main", HomeItem(0, 0, Phrase("safe.title"), ())),), None, ())
    with pytest.raises(TypeError, match="HomeItem"):
        wall_view(foreign, NOON, ZH)
    with pytest.raises(TypeError, match="HomeItem"):
        counter_view(foreign, "3", NOON, ZH)


def counter(state: BranchState | None, now: Instant = NOON, screen: ScreenEntry = samples.COUNTER) -> CounterView:
    return counter_view(scene(state, None, None, screen, now), "3", now, ZH)


def test_a_counter_tells_at_its_foot_what_is_for_every_screen_and_not_placed_there() -> None:
    everybodys = counter(samples.noticed({"zh": "请稍候"}, 0, ""))
    assert isinstance(everybodys.face, Serving)
    assert everybodys.notice == Pair("请稍候")
    placed = counter(samples.noticed({"zh": "请稍候"}, 0, "counter"))
    assert isinstance(placed.face, Noticed)
    assert placed.notice is None
    assert counter(samples.noticed({"zh": "请离开"}, 100, "")).notice is None
    assert counter(samples.house()).notice is None


def test_a_counter_shows_its_number_business_state_and_teller() -> None:
    face = counter(samples.house()).face
    assert isinstance(face, Serving)
    assert (face.number, face.business.first, face.state.mood) == ("3", "现金业务", Mood.OPEN)
    assert face.teller is not None
    assert (face.teller.teller, face.teller.level) == ("0571017", 4)
    assert face.line.first == "营业至 17:00"


def test_a_closed_counter_has_no_teller() -> None:
    face = counter(samples.house(), samples.EVENING).face
    assert isinstance(face, Serving)
    assert (face.state.mood, face.teller) == (Mood.CLOSED, None)
    state = samples.house()
    third = replace(state.counters[2], state="closed", level=None)
    shut = counter(replace(state, counters=(third,))).face
    assert isinstance(shut, Serving)
    assert shut.line == Pair("")


def test_an_ungraded_teller_has_no_stars() -> None:
    state = samples.house()
    third = replace(state.counters[2], level=None)
    face = counter(replace(state, counters=(third,))).face
    assert isinstance(face, Serving)
    assert face.teller is not None
    assert face.teller.level == 0


def test_a_counter_asks_thanks_and_halts() -> None:
    assert isinstance(counter(samples.prompted()).face, Asking)
    assert isinstance(counter(samples.thanked()).face, Thanking)
    halted = counter(samples.suspended("counter:3", "fault", "15:00")).face
    assert isinstance(halted, Halted)
    assert [fact.icon for fact in halted.facts] == [Icon.FAULT, Icon.CLOCK, Icon.ARROW]
    assert halted.facts[2].words.first == "请到 4 号窗口办理"


def test_a_counter_shows_a_notice_placed_on_it_and_is_safe_without_a_state() -> None:
    assert isinstance(counter(samples.noticed({"zh": "盘点"}, 0, "counter")).face, Noticed)
    safe = counter(None)
    assert isinstance(safe.face, Unknown)
    assert safe.unheard is None


def test_shapes_and_moods_share_their_words() -> None:
    assert {shape.value for shape in Shape} == {mood.value for mood in Mood}
