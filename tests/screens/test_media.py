"""Signed pictures really on the glass: through the confined decoder, at their instant, in their place, or not at all."""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from kiosk.design.box import Box
from kiosk.gallery import media, samples
from kiosk.gallery.walls import BUSY
from kiosk.stage import Stage
from kiosk.view.attract import AttractView
from kiosk.view.dimming import Dimming
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from tests.screens.eye import crossing, texts
from tests.screens.hall import BLUE, GOLD, RED, Hall, painted
from tests.screens.test_walls import LOCALES, assert_whole

OpenStage = Callable[[int, int], Stage]
OpenHall = Callable[..., Hall]
MIDDLE = (720, 552)  # of a wall's main zone
CATALOGUES = load_catalogues()


def test_a_picture_is_on_the_glass_pixel_for_pixel_and_the_status_follows(hall: OpenHall) -> None:
    wall = hall()
    assert wall.draw().content == 0
    wall.disk.publish(7, wall.disk.picture("a.png", painted(RED)))
    assert wall.draw().content == 0, "not before its pixels are there"
    assert wall.develop().content == 7
    picture = wall.stage.pixels()
    for place in ((1, 121), (1438, 121), (1, 983), (1438, 983), MIDDLE):
        assert picture.getpixel(place) == RED, place
    assert picture.getpixel((1442, 600)) != RED
    wall.wait(1)
    status = wall.status()
    assert status["screen"]["content"] == 7
    assert status["delivery"] == {"received": 7, "verified": 7, "staged": 7}
    assert status["faults"] == []


def test_the_next_picture_was_ready_before_its_instant(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(1, wall.disk.picture("a.png", painted(RED)), wall.disk.picture("b.png", painted(BLUE)))
    wall.develop(2)
    seen = []
    for _ in range(60):
        wall.wait(1)
        seen.append(wall.pixel(*MIDDLE))
    assert set(seen) == {RED, BLUE}
    assert abs(seen.count(RED) - 30) <= 1


def test_the_last_good_content_is_drawn_until_the_next_is_decoded(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(1, wall.disk.picture("a.png", painted(RED)))
    wall.develop()
    wall.disk.publish(2, late := wall.disk.picture("b.png", painted(BLUE), here=False))
    assert wall.wait(1).content == 1
    assert wall.pixel(*MIDDLE) == RED
    assert wall.disk.wanted[0] == late.renditions[0].sha256
    wall.disk.put(painted(BLUE))
    assert wall.develop().content == 2
    assert wall.pixel(*MIDDLE) == BLUE


def test_what_plays_within_a_day_is_wanted_as_the_hours_pass(hall: OpenHall) -> None:
    wall = hall()
    opened = wall.moment.at
    over = wall.disk.picture("a.png", painted(RED), until=Instant.of(opened + timedelta(minutes=70)))
    coming = wall.disk.picture("b.png", painted(BLUE), here=False, start=Instant.of(opened + timedelta(hours=28)))
    wall.disk.publish(1, over, coming)
    wall.develop()
    for _ in range(26):
        wall.wait(1)
    assert wall.disk.wanted == [over.renditions[0].sha256]
    wall.wait(3600)
    assert wall.disk.wanted == [over.renditions[0].sha256], "it plays in this hour"
    for _ in range(2):
        wall.wait(3600)
    assert wall.disk.wanted == [], "not yet"
    wall.wait(3600)
    assert wall.disk.wanted == [coming.renditions[0].sha256]


@pytest.mark.parametrize(
    ("case", "blob", "size"),
    [
        ("no picture", b"this is no picture at all", (1440, 864)),
        ("truncated", painted(RED)[:600], (1440, 864)),
        ("of another size", painted(RED, (200, 100)), (1440, 864)),
        ("a bomb", painted(RED, (13000, 13000)), (7680, 4320)),
    ],
)
def test_a_broken_picture_leaves_its_turn_to_a_house_slide_and_is_told(
    hall: OpenHall, case: str, blob: bytes, size: tuple[int, int]
) -> None:
    wall = hall()
    wall.disk.publish(3, wall.disk.picture("bad.png", blob, size))
    assert wall.develop().content == 3, case
    assert wall.pixel(*MIDDLE) != RED
    assert wall.face.widget.picture is not None
    wall.wait(1)
    assert [(one["code"], one["text"].split(":")[0]) for one in wall.status()["faults"]] == [
        ("content-decode", "bad.png")
    ]


def test_a_picture_that_ends_the_decoder_twice_is_left_alone_and_the_next_is_drawn(hall: OpenHall) -> None:
    wall = hall()
    decode, ended = wall.darkroom.workshop.decode, []

    def ending(job: Any, encoded: bytes, job_s: float = 15) -> bytes:
        if encoded == painted(RED):
            decode(job, painted(BLUE))
            pid = wall.darkroom.workshop.pid
            assert pid is not None
            os.kill(pid, signal.SIGSTOP)
            ended.append(pid)
            return decode(job, encoded, 0.5)
        return decode(job, encoded, job_s)

    wall.darkroom.workshop.decode = ending  # type: ignore[method-assign]  # a picture that hangs its decoder
    wall.disk.publish(4, wall.disk.picture("hangs.png", painted(RED)), wall.disk.picture("b.png", painted(BLUE)))
    wall.develop(2)
    assert len(set(ended)) == 2
    seen = set()
    for _ in range(30):
        wall.wait(1)
        seen.add(wall.pixel(*MIDDLE))
    assert BLUE in seen
    assert RED not in seen
    assert [one["text"].split(":")[0] for one in wall.status()["faults"]] == ["hangs.png"]


def test_a_blob_that_rotted_on_the_disk_is_fetched_again(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(5, one := wall.disk.picture("a.png", painted(RED)))
    name = one.renditions[0].sha256
    (wall.disk.folder / name).write_bytes(painted(GOLD))
    wall.develop()
    assert wall.disk.lost == [name]
    assert wall.pixel(*MIDDLE) not in {RED, GOLD}
    wall.disk.put(painted(RED))
    wall.develop()
    assert wall.pixel(*MIDDLE) == RED


def test_a_decoder_that_cannot_start_is_no_verdict_on_the_picture(hall: OpenHall) -> None:
    wall = hall()
    workshop = wall.darkroom.workshop
    sound, workshop._command = workshop._command, ("/no/such/decoder",)
    wall.disk.publish(2, wall.disk.picture("a.png", painted(RED)))
    assert wall.develop().content == 2, "the publication does not wait for it"
    assert wall.pixel(*MIDDLE) != RED
    wall.wait(1)
    assert [one["text"].split(":")[0] for one in wall.status()["faults"]] == ["a.png"]
    assert wall.disk.lost == [], "nor on its blob"
    workshop._command = sound
    wall.wait(58)
    assert wall.arrived.empty(), "not yet"
    wall.wait(2)
    wall.develop()
    assert wall.pixel(*MIDDLE) == RED
    wall.wait(1)
    assert wall.status()["faults"] == []


def test_a_picture_in_the_counters_place_is_decoded_for_it(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(1, wall.disk.picture("a.png", painted(GOLD)), zone="side")
    assert wall.draw().content == 0, "not before its pixels are there"
    assert wall.develop().content == 1
    assert wall.arrived.empty(), "in one size"
    assert wall.pixel(1680, 552) == GOLD
    slide = wall.face.widget.side.picture
    quad = slide._still._quad
    assert quad.texture.size == quad.size == (480, 288)
    assert quad.texture.min_filter == "nearest", "pixel for pixel"
    slide.place(Box(1440, 96, 480, 200))
    assert quad.size == (333, 200)
    assert quad.texture.min_filter == "linear", "made smaller, it is smooth"


def test_proof_of_play_counts_what_was_drawn(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(6, wall.disk.picture("a.png", painted(RED)), wall.disk.picture("b.png", painted(BLUE)))
    wall.develop(2)
    for _ in range(301):
        wall.wait(1)
    events = [one for one in wall.database.execute("SELECT raw FROM outbox ORDER BY seq") if b'"play"' in one[0]]
    assert len(events) == 1
    data = json.loads(events[0][0])["data"]
    assert data["screen"] == "lobby-wall"
    assert {one["ref"] for one in data["items"]} == {"a.png", "b.png"}
    assert abs(sum(one["seconds"] for one in data["items"]) - 300) <= 2
    assert all(14 <= one["count"] <= 17 for one in data["items"])


def test_the_next_turn_of_a_picture_that_stands_is_counted_without_a_frame(hall: OpenHall) -> None:
    wall = hall()
    wall.disk.publish(6, wall.disk.picture("a.png", painted(RED)))
    wall.develop()
    witness = wall.station.witness
    for _ in range(301):
        wall.moment = wall.moment.later(1)
        wall.alive()
        sight = wall.station.tick(wall.moment)[1]
        assert not witness.wants_frame(sight, wall.moment)
    events = [one for one in wall.database.execute("SELECT raw FROM outbox ORDER BY seq") if b'"play"' in one[0]]
    (item,) = json.loads(events[0][0])["data"]["items"]
    assert item["ref"] == "a.png"
    assert 29 <= item["count"] <= 32
    assert abs(item["seconds"] - 300) <= 2
    wall.learn(wall.state)
    assert witness.wants_frame(wall.station.tick(wall.moment)[1], wall.moment), "another state is to be proved"


def test_that_the_parent_lives_is_news_only_after_a_silence(hall: OpenHall) -> None:
    wall = hall()
    wall.draw()
    wall.moment = wall.moment.later(14)
    assert not wall.alive()
    wall.moment = wall.moment.later(16)
    assert wall.station.tick(wall.moment)[1].heard_at is not None
    assert wall.alive()
    assert wall.station.tick(wall.moment)[1].heard_at is None


def attracts(touch: Hall) -> bool:
    return isinstance(touch.face.widget.view.page, AttractView)


def test_an_untouched_touch_screen_attracts_and_any_touch_brings_home(hall: OpenHall) -> None:
    touch = hall("touch", (1080, 1920))
    touch.disk.publish(1, touch.disk.picture("a.png", painted(RED, (1080, 1350)), (1080, 1350)), screens=("touch",))
    touch.develop()
    assert not attracts(touch)
    touch.wait(31)
    assert attracts(touch)
    assert touch.pixel(540, 960) == RED
    touch.stage.tap((540, 900))
    touch.draw()
    assert not attracts(touch)
    assert touch.pixel(540, 960) != RED


def test_a_clock_that_was_put_back_makes_no_touch_screen_rest_longer(hall: OpenHall) -> None:
    touch = hall("touch", (1080, 1920))
    touch.disk.publish(1, touch.disk.picture("a.png", painted(RED, (1080, 1350)), (1080, 1350)), screens=("touch",))
    touch.develop()
    touch.put_back(3600)
    touch.wait(29)
    assert not attracts(touch)
    touch.wait(2)
    assert attracts(touch)


def test_after_a_clock_was_put_back_what_is_shown_is_told_with_its_true_time(hall: OpenHall) -> None:
    wall = hall()
    wall.draw()
    wall.put_back(3600)
    state = samples.noticed(BUSY, 0, "")
    wall.learn(replace(state, notices=tuple(replace(one, start=wall.moment.at) for one in state.notices)))
    wall.wait(0.25)
    (shown,) = [event["data"] for event in wall.stored("shown")]
    assert shown["what"] == "notice"
    assert shown["after_ms"] == 250


def test_large_letters_see_no_advertisements(hall: OpenHall) -> None:
    touch = hall("touch", (1080, 1920))
    touch.disk.publish(1, touch.disk.picture("a.png", painted(RED, (1080, 1350)), (1080, 1350)), screens=("touch",))
    touch.develop()
    touch.stage.tap(touch.face.widget.foot.elder)
    for _ in range(40):
        touch.wait(1)
        assert touch.face.widget.view.elder
        assert not attracts(touch)


def test_slides_of_a_touch_screen_are_in_the_letters_of_its_language(stage: OpenStage) -> None:
    size = (1080, 1920)
    stage(*size)
    mainland = media.make_touch(CATALOGUES, "zh", media.cases()[0], size)
    for case in media.cases():
        there = media.make_touch(CATALOGUES, "zh-HK", case, size)
        assert {text.look.family for text in texts(there)} <= {"ui-hk"}, case[0]
        mainland.show(there.view, None)
        assert {text.look.family for text in texts(mainland)} <= {"ui-hk"}, case[0]
    mainland.show(media.make_touch(CATALOGUES, "zh", media.cases()[6], size).view, None)
    assert {text.look.family for text in texts(mainland)} == {"ui"}


def test_a_counter_shows_a_picture_beside_its_number(hall: OpenHall) -> None:
    counter = hall("counter", (1280, 800))
    counter.disk.publish(1, counter.disk.picture("a.png", painted(GOLD, (896, 800)), (896, 800)), screens=("counter",))
    counter.develop()
    assert counter.pixel(830, 400) == GOLD
    assert counter.pixel(386, 2) == GOLD
    assert counter.face.widget.face.number.box.w == 384


@pytest.mark.parametrize("size", media.COUNTER_SIZES)
def test_a_notice_beside_a_picture_stands_under_the_number_and_the_picture_stays_whole(
    stage: OpenStage, size: Any
) -> None:
    stage(*size)
    alone = media.make_counter(CATALOGUES, "zh", media.cases()[0], size)
    noticed = media.make_counter(CATALOGUES, "zh", media.cases()[0], size, samples.noticed(BUSY, 0, ""))
    assert_whole(noticed, "noticed", size)
    assert BUSY["zh"] in {text.text for text in texts(noticed)}
    assert noticed.slides.box == alone.slides.box
    assert not crossing(noticed.notice.box, noticed.slides.box)
    assert noticed.face.number.box.y >= noticed.notice.box.top > 0


def test_a_dark_screen_is_black_and_claims_nothing(hall: OpenHall) -> None:
    wall = hall()
    wall.draw()
    wall.wait(1)
    assert wall.command("screen", on=False)["result"] == {"on": False, "brightness": 100, "volume": 100}
    before = wall.status()["screen"]["revision"]
    wall.learn(samples.suspended("branch", "power"))
    wall.wait(1)
    wall.wait(1)
    assert wall.status()["screen"]["revision"] == before
    assert wall.command("screen", on=True, brightness=40)["ok"]
    wall.wait(1)
    assert wall.status()["screen"]["revision"] == wall.state.revision
    assert wall.command("screen", brightness="bright")["error"]["code"] == "bad-args"
    assert wall.draw().dimming.brightness == 40
    assert wall.station.memory.dimming() == wall.station.remote.dimming


@pytest.mark.parametrize(("kind", "size"), [("wall", (1920, 1080)), ("fascia", (1920, 160)), ("strip", (256, 32))])
def test_an_emergency_lights_a_screen_that_was_switched_off(hall: OpenHall, kind: str, size: tuple[int, int]) -> None:
    """As bright as can be, for as long as it stands; then the screen is as dark as it was told to be."""
    screen = hall(kind, size)
    screen.draw()
    assert screen.command("screen", on=False, brightness=20, volume=30)["ok"]
    off = Dimming(on=False, brightness=20, volume=30)
    screen.learn(samples.noticed({"zh": "普通"}, 50, place=kind))
    assert screen.wait(1).dimming == off
    screen.learn(samples.noticed({"zh": "请立即离开"}, 1000, place=kind))
    assert screen.wait(1).dimming == Dimming(on=True, brightness=100, volume=30)
    screen.wait(1)
    assert screen.status()["screen"]["revision"] == screen.state.revision
    screen.learn(samples.house())
    assert screen.wait(1).dimming == off
    assert screen.station.remote.dimming == off


def test_a_screen_says_its_name_for_ten_seconds(hall: OpenHall) -> None:
    wall = hall()
    wall.draw()
    assert wall.command("identify")["ok"]
    assert wall.draw().label == "lobby-wall"
    assert wall.wait(9.9).label == "lobby-wall"
    assert wall.wait(0.2).label is None


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("size", [*media.WALL_SIZES, (1280, 720)])
def test_no_signed_slide_cuts_a_text(stage: OpenStage, size: Any, locale: str) -> None:
    stage(*size)
    for case in media.cases():
        wall = media.make_wall(CATALOGUES, locale, case, size)
        assert_whole(wall, case[0], size, wordless=case[0] == "media-emergency")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("size", media.COUNTER_SIZES)
def test_no_counter_cuts_a_signed_text(stage: OpenStage, size: Any, locale: str) -> None:
    stage(*size)
    for case in media.cases():
        display = media.make_counter(CATALOGUES, locale, case, size)
        assert_whole(display, case[0], size, wordless=case[0] == "media-emergency")


def test_a_picture_is_whole_whatever_its_shape(stage: OpenStage) -> None:
    """The frame of one pixel around the gallery's artwork stands on all four sides."""
    on = stage(1920, 1080)
    for case in media.cases():
        if case[0] in {"media-risk", "media-standing", "media-banner", "media-long-risk"}:
            wall = on.show(media.make_wall(CATALOGUES, "zh", case, (1920, 1080)))
            quad = wall.picture._still
            (x, y), (w, h) = quad.pos, quad.size
            picture: Image.Image = on.pixels()
            assert quad._quad.texture.size == (w, h), "pixel for pixel"
            for place in (
                (x + w / 2, 1080 - y - h),
                (x + w / 2, 1079 - y),
                (x, 1080 - y - h / 2),
                (x + w - 1, 1080 - y - h / 2),
            ):
                red, green, _ = picture.getpixel((int(place[0]), int(place[1])))  # type: ignore[misc]  # RGB
                assert red > 130, (case[0], place)
                assert green < 160, (case[0], place)
            on.clear()
