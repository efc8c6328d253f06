"""Signed content in words and places: which rendition, how large, where the caption stands, what of it plays."""

import itertools
from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.tokens import NIGHT, Look
from kiosk.gallery import media, samples
from kiosk.gallery.media import asset, item, shown_in, words
from kiosk.media.album import PictureKey
from kiosk.view.attract import attract_view, idle, signed_in
from kiosk.view.counter import counter_view
from kiosk.view.counter_parts import Promoting
from kiosk.view.home import HomeView
from kiosk.view.letter_views import StillView
from kiosk.view.media import Caption, MediaMain, RatesMain, WordsMain, media_main, placed, words_main
from kiosk.view.pages import Keypad, Rating, Touch
from kiosk.view.plays import Playing
from kiosk.view.renditions import choose, contained
from kiosk.view.signed import in_zone, playing, with_alarm, with_beside
from kiosk.view.slides import slide_main
from kiosk.view.touch import AlarmView, Known, scene_name, touch_view
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall import wall_view, zone_item
from kiosk.view.wall_parts import GridSlide, NoticeMain, StepsSlide, WelcomeSlide
from kiosk.view.zones import Hanging, hanging, wall_zones
from signage.core.hours import read_hours
from signage.core.items import Header, NoticeItem, Shape
from signage.core.layouts import Zone
from signage.core.model import ScreenEntry
from signage.core.phrases import Phrase, given
from signage.core.programme import Asset, Rendition
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

CATALOGUES = load_catalogues()
ZH = Voice.of(CATALOGUES, "zh")
LOOK = Look.fit(NIGHT, 1920, 1080)
ZONE = Box(0, 96, 1440, 864)
WHOLE = Box(0, 0, 1920, 1080)
AT = Hanging(LOOK, ZONE, ZONE, WHOLE)
SIDED = hanging("wall", (1920, 1080))
NOW = samples.AFTERNOON
TOUCH = ScreenEntry(name="lobby-touch", kind="touch")


def rendition(width: int, height: int, size: int = 9, media: str = "image/png") -> Rendition:
    return Rendition(sha256=f"{width}x{height}-{size}-{media}", size=size, width=width, height=height, media=media)  # type: ignore[arg-type]  # one of four


def wall_scene() -> Scene:
    return scene(samples.house(), None, None, samples.WALL, NOW)


def top() -> Header:
    found = zone_item(wall_scene(), "header", Header)
    assert found is not None
    return found


# ---- renditions ------------------------------------------------------------------------------------------------------


def test_the_smallest_rendition_that_fills_the_zone_is_chosen() -> None:
    many = tuple(rendition(*size) for size in ((3840, 2304), (1920, 1152), (1440, 864), (720, 432)))
    for zone, wanted in (((1440, 864), 1440), ((1441, 865), 1920), ((700, 420), 720), ((9000, 5400), 3840)):
        chosen = choose(Asset(ref="a", kind="picture", renditions=many), Box(0, 0, *zone))
        assert chosen is not None
        assert chosen.still is not None
        assert chosen.still.width == wanted, zone
        assert chosen.blobs == (chosen.still,)


def test_of_two_of_one_size_the_lighter_is_chosen() -> None:
    chosen = choose(Asset(ref="a", kind="picture", renditions=(rendition(90, 60, 7), rendition(90, 60, 5))), ZONE)
    assert chosen is not None
    assert chosen.still is not None
    assert chosen.still.size == 5


def test_a_video_wants_its_still_and_its_film() -> None:
    parts = (rendition(1280, 720, media="video/mp4"), rendition(1280, 720), rendition(640, 360, media="video/mp4"))
    chosen = choose(Asset(ref="v", kind="video", renditions=parts), Box(0, 0, 640, 400))
    assert chosen is not None
    assert chosen.size == (640, 360)
    assert [one.media for one in chosen.blobs] == ["image/png", "video/mp4"]
    assert chosen.film is not None
    assert chosen.film.width == 640
    assert choose(Asset(ref="w", kind="text"), ZONE) is None


@pytest.mark.parametrize("shape", [(1, 4000), (4000, 1), (5, 3), (3, 5), (1440, 864), (7680, 4320)])
@pytest.mark.parametrize("zone", [(1440, 864), (864, 1440), (1, 1), (333, 777)])
def test_a_picture_is_contained_whole_and_touches_two_edges(shape: tuple[int, int], zone: tuple[int, int]) -> None:
    width, height = contained(shape, Box(0, 0, *zone))
    assert 1 <= width <= zone[0]
    assert 1 <= height <= zone[1]
    assert width == zone[0] or height == zone[1]


# ---- captions --------------------------------------------------------------------------------------------------------


def test_without_words_the_picture_has_the_zone() -> None:
    assert placed(ZONE, (5, 3), Caption(Pair(""), Pair("")), LOOK).picture == ZONE


def test_a_risk_text_always_has_its_place_and_never_covers_the_picture() -> None:
    long = Pair("投资须谨慎。" * 20, "Invest with care. " * 20)
    risks = (Pair("风险"), Pair("风险" * 30, "risk " * 40), long)
    for shape, risk, title in itertools.product(
        ((5, 3), (3, 5), (1, 1), (16, 5)), risks, (Pair(""), Pair("标题", "T"))
    ):
        for zone in (ZONE, Box(0, 0, 1080, 1080), Box(0, 0, 896, 800)):
            where = placed(zone, shape, Caption(title, risk), LOOK)
            assert where.caption is not None
            assert zone.holds(where.caption)
            assert zone.holds(where.picture)
            apart = where.picture.right <= where.caption.x if where.beside else where.picture.y >= where.caption.top
            assert apart, (shape, zone)


def test_a_caption_stands_where_the_picture_stays_larger() -> None:
    risk = Caption(Pair("标题"), Pair("风险提示"))
    assert placed(ZONE, (3, 5), risk, LOOK).beside
    assert not placed(Box(0, 0, 1080, 1080), (5, 3), risk, LOOK).beside


def test_a_mere_title_does_not_cost_the_picture_its_size() -> None:
    title = Caption(Pair("标题"), Pair(""))
    assert placed(ZONE, (5, 3), title, LOOK).caption is None
    assert placed(ZONE, (3, 1), title, LOOK).caption is not None


def test_a_side_too_low_for_its_words_is_no_way() -> None:
    risk = Caption(Pair("标题"), Pair("风险" * 40, "risk " * 60))
    assert not placed(Box(0, 0, 1440, 400), (3, 5), risk, LOOK).beside


# ---- slides ----------------------------------------------------------------------------------------------------------


def test_a_picture_is_wanted_in_the_size_it_is_drawn_in() -> None:
    main = media_main(item(asset()), ZH, AT)
    assert main is not None
    assert main.still is not None
    assert main.still == PictureKey(main.still.sha256, 1440, 864)
    small = media_main(item(asset(risk={"zh": "风险"})), ZH, AT)
    assert small is not None
    assert small.still is not None
    assert small.still.height < 864
    assert small.still.width / small.still.height == pytest.approx(1440 / 864, abs=0.01)


def test_a_caption_of_any_length_is_satisfied_with_the_blobs_that_are_fetched() -> None:
    sizes = ((1920, 1080), (1440, 810), (1280, 720), (1080, 608), (984, 554))
    parts = (*(rendition(*size) for size in sizes), rendition(1280, 720, media="video/mp4"))
    plain = Asset(ref="v", kind="video", renditions=parts, duration_ms=3000)
    fetched = choose(plain, AT.largest(plain))
    assert fetched is not None
    for length in range(0, 200, 10):
        for place in ("main", "side"):
            main = media_main(item(with_fields(plain, risk={"zh": "风险" * length})), ZH, SIDED, place)
            assert main is not None
            assert main.still is not None
            assert main.film is not None
            assert (main.still.sha256, main.film.sha256) == tuple(one.sha256 for one in fetched.blobs), (length, place)


def test_in_the_counters_place_a_picture_has_that_places_size_and_a_film_is_mute() -> None:
    main = media_main(item(asset()), ZH, SIDED, "side")
    assert main is not None
    assert main.still == PictureKey(main.still.sha256 if main.still else "", 480, 288)
    film = Asset(ref="v", kind="video", renditions=(rendition(1280, 720, media="video/mp4"),), duration_ms=3000)
    keys = [found.film for found in (media_main(item(film), ZH, SIDED, place) for place in ("main", "side")) if found]
    assert [(key.width, key.height, key.mute) for key in keys if key] == [(1440, 810, False), (480, 270, True)]
    seen = wall_view(shown_in(wall_scene(), item(asset()), "side"), NOW, ZH, None, SIDED)
    assert seen.side == main
    whole = media_main(replace(item(asset()), alone=True), ZH, SIDED, "side")
    assert whole is not None
    assert whole.still is not None
    assert whole.still.height == 1080, "an emergency's stands alone"


def test_a_film_without_a_still_and_an_asset_without_anything() -> None:
    film = Asset(ref="v", kind="video", renditions=(rendition(1280, 720, media="video/mp4"),), duration_ms=3000)
    main = media_main(item(film), ZH, AT)
    assert main is not None
    assert main.still is None
    assert main.film is not None
    assert (main.film.width, main.film.duration_ms, main.film.since) == (1440, 3000, NOW)
    assert media_main(item(Asset(ref="x", kind="picture")), ZH, AT) is None


def test_words_and_rates() -> None:
    said = words_main(words(Asset(ref="w", kind="text", text={"zh": "通知"}), Shape.ATTENTION), ZH)
    assert isinstance(said, WordsMain)
    assert said.shape is Shape.ATTENTION
    rates = words_main(words(Asset(ref="r", kind="rates")), ZH)
    assert isinstance(rates, RatesMain)
    assert rates.title.first == "利率公示"
    titled = words_main(words(Asset(ref="r", kind="rates", title={"zh": "存款"})), ZH)
    assert titled.title.first == "存款"


def test_every_signed_item_has_a_slide() -> None:
    for case in media.cases():
        assert slide_main(case[1], top(), ZH, AT) is not None
    assert isinstance(slide_main(item(asset()), top(), ZH, None), WelcomeSlide)
    assert isinstance(slide_main(item(Asset(ref="x", kind="picture")), top(), ZH, AT), WelcomeSlide)
    assert isinstance(slide_main(words(Asset(ref="l", kind="live", live="hotline")), top(), ZH, AT), StepsSlide)
    assert isinstance(slide_main(words(Asset(ref="l", kind="live", live="hours")), top(), ZH, AT), WelcomeSlide)


def test_a_wall_and_a_counter_show_it() -> None:
    wall = wall_view(shown_in(wall_scene(), item(asset())), NOW, ZH, None, AT)
    assert isinstance(wall.main, MediaMain)
    base = scene(samples.house(), None, None, samples.COUNTER, NOW)
    counter = counter_view(shown_in(base, item(asset())), "3", NOW, ZH, None, hanging("counter", (1280, 800)))
    assert isinstance(counter.face, Promoting)
    assert counter.face.business.first == "现金业务"
    alone = replace(base, zones=tuple(zone for zone in base.zones if zone.name != "side"))
    bare = counter_view(shown_in(alone, item(asset())), "3", NOW, ZH)
    assert isinstance(bare.face, Promoting)
    assert bare.face.state is None


# ---- touch screens ---------------------------------------------------------------------------------------------------


def touch_scene(name: str = "home") -> Scene:
    base = scene(samples.house(), None, None, TOUCH, NOW)
    return replace(shown_in(base, item(asset())), name=name)  # type: ignore[arg-type]  # a scene's name


def test_it_attracts_only_at_home_and_only_with_something() -> None:
    at = hanging("touch", (1080, 1920))
    assert attract_view(touch_scene(), NOW, ZH, None, at) is not None
    assert attract_view(touch_scene("suspended"), NOW, ZH, None, at) is None
    plain = scene(samples.house(), None, None, TOUCH, NOW)
    assert attract_view(plain, NOW, ZH, None, at) is None
    assert signed_in(plain) is None


def test_nobody_is_there_unless_something_was_touched() -> None:
    assert idle(Touch())
    assert idle(Touch(locale="en"))
    for busy in (Touch(elder=True), Touch(home_at=NOW), Touch(page=Rating("e", NOW, 4))):
        assert not idle(busy)


def test_an_emergency_stands_alone_on_a_touch_screen_but_not_before_staff_at_work() -> None:
    state = samples.house()
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    view = touch_view(known, Touch(page=Rating("e", NOW, 4)), CATALOGUES, NOW)
    base = scene(state, None, None, TOUCH, NOW)
    leave = shown_in(base, words(Asset(ref="e", kind="text", text={"zh": "请离开"}), Shape.SUSPENDED))
    alarmed = with_alarm(view, leave, NOW, ZH)
    said = NoticeMain(Pair("紧急通知", "Emergency notice"), Pair("请离开"), Pair(""), emergency=True)
    assert alarmed.page == AlarmView(said)
    assert scene_name(Touch(page=Rating("e", NOW, 4)), alarmed, "notice") == "notice"
    asked = replace(view, still=StillView(Pair("您还在吗？"), "", Pair("我还在")))
    assert with_alarm(asked, leave, NOW, ZH) == alarmed, "behind no question either"
    assert with_alarm(view, base, NOW, ZH) is view
    assert with_alarm(view, shown_in(base, item(asset())), NOW, ZH) is view, "an ordinary picture is no emergency"
    safe = scene(None, None, None, TOUCH, NOW)
    assert with_alarm(view, safe, NOW, ZH) is view
    staff = touch_view(known, Touch(page=Keypad()), CATALOGUES, NOW)
    assert with_alarm(staff, leave, NOW, ZH) is staff


def test_an_emergencys_picture_stands_alone_over_the_whole_window_of_every_kind_of_screen() -> None:
    one = replace(item(asset((1920, 1080), risk={"zh": "请勿使用电梯"})), alone=True)
    view = wall_view(shown_in(wall_scene(), one), NOW, ZH, None, AT)
    assert (view.header, view.board, view.strip, view.foot) == (None, None, None, None)
    assert isinstance(view.main, MediaMain)
    assert view.main.still is not None
    assert view.main.still.height > ZONE.h, "larger than an ordinary day's"

    counter = scene(samples.house(), None, None, samples.COUNTER, NOW)
    assert isinstance(counter_view(shown_in(counter, one), "3", NOW, ZH, None, AT).face, MediaMain)

    state = samples.house()
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    touched = shown_in(scene(state, None, None, TOUCH, NOW), one)
    page = touch_view(known, Touch(page=Rating("e", NOW, 4)), CATALOGUES, NOW)
    alarmed = with_alarm(page, touched, NOW, ZH, AT)
    assert isinstance(alarmed.page, AlarmView)
    assert isinstance(alarmed.page.main, MediaMain)
    assert playing("touch", touched, alarmed) == (
        Playing("loan.png", one.asset.renditions[0].sha256, (one.id, one.since)),
    )
    assert playing("touch", touched, page) == ()


def test_an_emergencys_picture_that_has_no_place_gives_way_to_its_description() -> None:
    described = with_fields(asset(), alt={"zh": "请从东门离开"})
    said = wall_view(shown_in(wall_scene(), replace(item(described), alone=True)), NOW, ZH).main
    assert said == NoticeMain(ZH.both("notice.emergency"), Pair("请从东门离开"), Pair(""), emergency=True)
    titled = with_fields(asset(), title={"zh": "疏散图"})
    said = wall_view(shown_in(wall_scene(), replace(item(titled), alone=True)), NOW, ZH).main
    assert isinstance(said, NoticeMain)
    assert said.text == Pair("疏散图")


def test_a_notice_bears_the_sign_of_its_template_on_the_wall() -> None:
    def sign(icon: str) -> Icon | None:
        said = NoticeItem("n", Phrase("notice.title"), given({"zh": "现金业务"}), Shape.ATTENTION, NOW, icon)
        main = wall_view(Scene("notice", (*wall_scene().zones[:1], Zone("main", said)), None, ()), NOW, ZH).main
        assert isinstance(main, NoticeMain)
        return main.icon

    assert [sign(icon) for icon in ("cash", "clock", "", "no such icon")] == [Icon.CASH, Icon.CLOCK, None, None]


def test_what_may_be_an_emergencys_is_fetched_in_the_windows_size() -> None:
    assert AT.largest(asset()) == ZONE
    assert AT.largest(with_fields(asset(), uses=("notice", "emergency"))) == WHOLE


def test_a_signed_emergencys_own_title_stands_above_it() -> None:
    asset_ = Asset(ref="e", kind="text", title={"zh": "火警"}, text={"zh": "请离开"})
    view = wall_view(shown_in(wall_scene(), words(asset_, Shape.SUSPENDED)), NOW, ZH)
    assert view.main == NoticeMain(Pair("火警"), Pair("请离开"), Pair(""), emergency=True)


def test_the_counters_as_a_slide_are_those_of_the_scene() -> None:
    counters = words(Asset(ref="c", kind="live", live="counters"))
    main = wall_view(shown_in(wall_scene(), counters), NOW, ZH).main
    assert isinstance(main, GridSlide)
    assert len(main.cells) == 6
    assert main.cells[0].words == Pair("1 号窗口 营业中", "个人业务")
    bare = Scene("ad", tuple(zone for zone in wall_scene().zones if zone.name != "side"), None, ())
    assert isinstance(wall_view(shown_in(bare, counters), NOW, ZH).main, WelcomeSlide), "no counters are known"


def test_what_is_signed_for_the_counters_place_stands_there() -> None:
    base = wall_scene()
    tip = words(Asset(ref="s", kind="text", text={"zh": "请保管好您的银行卡"}))
    zones = tuple(Zone("side", tip) if zone.name == "side" else zone for zone in base.zones)
    view = wall_view(Scene(base.name, zones, base.until, base.why), NOW, ZH)
    assert view.board is None
    assert view.side == WordsMain(Pair(""), Pair("请保管好您的银行卡"), Pair(""), None)
    assert wall_view(base, NOW, ZH).side is None
    headless = Scene(base.name, tuple(zone for zone in zones if zone.name not in {"header", "main"}), None, ())
    safe = Scene("safe", (*headless.zones, *scene(None, None, None, TOUCH, NOW).zones), None, ())
    assert wall_view(safe, NOW, ZH).side is None


def test_head_offices_notice_stands_beside_on_the_first_page_once() -> None:
    state = samples.house()
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    view = touch_view(known, Touch(), CATALOGUES, NOW)
    base = scene(state, None, None, TOUCH, NOW)
    notice = NoticeItem("n", Phrase("notice.title"), given({"zh": "手机银行今夜升级"}), Shape.ATTENTION, NOW)
    told = Scene(base.name, (*base.zones, Zone("notice", notice)), None, ())
    both = with_beside(view, told, ZH)
    assert isinstance(both.page, HomeView)
    assert both.page.notices == ("手机银行今夜升级",)
    assert with_beside(both, told, ZH) is both
    assert with_beside(view, base, ZH) is view
    rating = touch_view(known, Touch(page=Rating("e", NOW, 4)), CATALOGUES, NOW)
    assert with_beside(rating, told, ZH) is rating


def test_the_first_page_has_room_for_two_notices_and_in_large_type_for_one() -> None:
    state = samples.noticed({"zh": "今日客户较多"}, 5, "touch")
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    base = scene(state, None, None, TOUCH, NOW)
    more = (NoticeItem(word, Phrase("notice.title"), given({"zh": word}), None, NOW) for word in ("一", "二"))
    told = Scene(base.name, (*base.zones, *(Zone("notice", one) for one in more)), None, ())
    for elder, notices in ((False, ("今日客户较多", "一")), (True, ("今日客户较多",))):
        view = with_beside(touch_view(known, Touch(elder=elder), CATALOGUES, NOW), told, ZH)
        assert isinstance(view.page, HomeView)
        assert view.page.notices == notices


def test_what_counts_as_played() -> None:
    here = shown_in(wall_scene(), item(asset()))
    (one,) = playing("wall", here, None)
    assert one.ref == "loan.png"
    assert one.sha256 == asset().renditions[0].sha256
    assert playing("wall", wall_scene(), None) == ()
    assert in_zone(wall_scene(), "main") is None
    (said,) = playing("wall", shown_in(wall_scene(), words(Asset(ref="w", kind="text"))), None)
    assert said.sha256 is None
    state = samples.house()
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    view = touch_view(known, Touch(), CATALOGUES, NOW)
    assert playing("touch", touch_scene(), view) == (), "somebody is at the screen"
    page = attract_view(touch_scene(), NOW, ZH, None, hanging("touch", (1080, 1920)))
    assert page is not None
    assert playing("touch", touch_scene(), replace(view, page=page))


def test_what_plays_beside_the_main_zone_has_played_too() -> None:
    fraud = Asset(ref="fraud", kind="text", title={"zh": "提示"}, text={"zh": "谨防诈骗"})
    zones = (*wall_scene().zones[:1], Zone("main", item(asset())), Zone("side", words(fraud)))
    wall = Scene("ad", zones, None, ())
    assert [one.ref for one in playing("wall", wall, None)] == ["loan.png", "fraud"]


# ---- zones -----------------------------------------------------------------------------------------------------------


def test_zones_cover_a_wall_without_overlapping() -> None:
    for size in ((1920, 1080), (1080, 1920), (1280, 720)):
        box, look = Box(0, 0, *size), Look.fit(NIGHT, *size)
        for flags in itertools.product((True, False), repeat=4):
            header, board, strip, foot = flags
            zones = wall_zones(box, look, header=header, board=board, strip=strip, foot=foot)
            parts = [one for one in (zones.header, zones.main, zones.board, zones.strip, zones.foot) if one is not None]
            assert len(parts) == 1 + sum(flags)
            assert sum(one.w * one.h for one in parts) == box.w * box.h


def test_a_wall_hangs_its_pictures_in_1440_by_864() -> None:
    zone = hanging("wall", (1920, 1080)).zone
    assert (zone.w, zone.h) == (1440, 864)
    side = hanging("wall", (1920, 1080)).place("side")
    assert (side.w, side.h) == (480, 864)
    assert hanging("counter", (800, 480)).place("side") == hanging("counter", (800, 480)).zone, "it has none"
    assert hanging("fascia", (1920, 64)).zone == Box(0, 0, 1920, 64)
    assert hanging("counter", (800, 1280)).zone.h == 1280 - 384
    assert hanging("touch", (1920, 1080)).ground == (0xF7, 0xF5, 0xF0)


def test_an_elder_voice_says_less() -> None:
    assert with_fields(asset(title={"zh": "题", "en": "T"})).title["en"] == "T"
    elder = Voice.of(CATALOGUES, "zh", elder=True)
    main = media_main(item(asset(title={"zh": "题", "en": "T"})), elder, AT)
    assert main is not None
    assert main.caption.title == Pair("题")
