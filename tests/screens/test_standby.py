"""The guard's pictures: whole on every kind of screen, the same off the glass as on it, and of nobody's business but the hall's."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageChops

from kiosk.design.text import Text
from kiosk.faces import look_of
from kiosk.gallery import samples, standby
from kiosk.guard.page import Page, Shown
from kiosk.guard.picture import NAMES, KeptPicture
from kiosk.pulse import Pulse
from kiosk.screens.standby import off_glass, standby_part
from kiosk.settings import KioskSettings
from kiosk.stage import Stage
from kiosk.standby import Standby
from kiosk.view.panel import PanelView
from kiosk.view.standby import standby_views
from kiosk.view.touch import AlarmView
from kiosk.view.voice import Voice
from signage.core.model import ScreenKind
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from tests.screens.booth import Booth
from tests.screens.eye import texts
from tests.screens.test_walls import assert_whole

CATALOGUES = load_catalogues()


@pytest.mark.parametrize(("kind", "size"), standby.SIZES)
def test_nothing_is_cut(stage: Callable[[int, int], Stage], kind: str, size: tuple[int, int]) -> None:
    on = stage(*size)
    for locale in ("zh", "zh-HK", "en"):
        for shown in (Shown.HOUSE, Shown.SUSPENDED):
            part = on.show(standby.make_standby(CATALOGUES, locale, kind, size, shown))
            assert_whole(part, f"{locale} {shown.name}", size)
            on.clear()


@pytest.mark.parametrize("kind", ["wall", "touch", "fascia"])
@pytest.mark.parametrize(("locale", "family"), [("zh", "ui"), ("zh-HK", "ui-hk"), ("en", "ui")])
def test_what_stands_in_a_faces_place_is_in_the_letters_of_its_region(
    stage: Callable[[int, int], Stage], tmp_path: Path, kind: ScreenKind, locale: str, family: str
) -> None:
    size = (1920, 160) if kind == "fascia" else (1920, 1080)
    stage(*size)
    settings = KioskSettings("x", kind, size, Address("127.0.0.1", 1883), tmp_path, locale=locale)
    look = look_of(settings, size)
    assert look.family == family
    for view in standby_views({"zh": "支行"}, "95599", Voice.of(CATALOGUES, locale)).values():
        seen: list[Text] = texts(standby_part(look, view, size))
        assert {text.look.family for text in seen} == {family}


def test_it_is_drawn_off_the_glass_as_it_would_be_on_it(stage: Callable[[int, int], Stage]) -> None:
    size = (640, 360)
    on = stage(*size)

    def make() -> Any:
        return standby.make_standby(CATALOGUES, "zh", "wall", size, Shown.SUSPENDED)

    on.show(make())
    seen = on.pixels()
    on.clear()
    apart = off_glass(make(), size).convert("RGB")
    assert max(ImageChops.difference(seen, apart).tobytes()) <= 2


# ---- of an emergency -------------------------------------------------------------------------------------------------

SIZE = (540, 960)
LEAVE = samples.noticed({"zh": "请立即离开"}, 1000, place="touch")


class Watched:
    """A kiosk, and what its guard would show: `seen` presents what stands there, and lets a picture of it be written."""

    def __init__(self, booth: Booth, folder: Path) -> None:
        self.booth = booth
        self.page, self._descriptor = Page.made()
        self.standby = Standby(booth.station.settings, CATALOGUES, Pulse(self.page))
        self.kept = folder / NAMES[Shown.ALARM]
        self.taken = 0

    def seen(self) -> Any:
        """The page that stands on the glass."""
        self.booth.draw()
        station = self.booth.station
        sight = station.sight(self.booth.moment)
        self.standby.presented(sight, station.state, station.settings, self._photograph)
        self.written()
        assert sight.touch is not None
        return sight.touch.page

    def stands(self) -> Shown:
        """What the guard is to show."""
        return self.page.picture

    def written(self) -> None:
        if self.standby._writing is not None:
            self.standby._writing.join(10)

    def _photograph(self) -> Image.Image:
        self.taken += 1
        return self.booth.stage.pixels().convert("RGBA")

    def close(self) -> None:
        os.close(self._descriptor)
        self.booth.database.close()


@pytest.fixture
def watched(stage: Callable[[int, int], Stage], tmp_path: Path) -> Iterator[Watched]:
    made = Watched(Booth(stage(*SIZE), tmp_path, SIZE), tmp_path)
    yield made
    made.close()


def test_an_emergency_posted_at_the_kiosk_keeps_no_picture_of_the_staffs_page(watched: Watched) -> None:
    booth = watched.booth
    booth.sign_in()
    booth.learn(LEAVE)
    assert isinstance(watched.seen(), PanelView)
    assert watched.taken == 0
    assert not watched.kept.exists()
    assert watched.stands() == Shown.ALARM, "for which the suspended branch's picture stands"
    booth.press("退出")
    booth.wait(5)
    assert isinstance(watched.seen(), AlarmView)
    assert watched.taken == 1
    frame = KeptPicture(watched.kept).frame
    assert (frame.width, frame.height) == SIZE
    watched.seen()
    assert watched.taken == 1, "once for each emergency"


def test_a_kept_emergency_stays_while_staff_come_to_end_it(watched: Watched) -> None:
    watched.booth.learn(LEAVE)
    assert isinstance(watched.seen(), AlarmView)
    before = watched.kept.read_bytes()
    watched.booth.sign_in()
    assert isinstance(watched.seen(), PanelView)
    assert watched.kept.read_bytes() == before
    assert watched.stands() == Shown.ALARM


def test_an_emergencys_picture_goes_with_it_and_an_earlier_ones_never_stands(watched: Watched) -> None:
    watched.kept.write_bytes(b"of an emergency in an earlier life")
    serial = watched.page.picture_serial
    watched.booth.learn(LEAVE)
    watched.seen()
    assert KeptPicture(watched.kept).frame.width == SIZE[0]
    watched.booth.learn(samples.house())
    watched.seen()
    assert not watched.kept.exists()
    assert watched.stands() == Shown.HOUSE
    assert watched.page.picture_serial > serial, "its guard has looked anew"
    watched.standby._write(Shown.ALARM, Image.new("RGBA", SIZE), 0, object())
    assert not watched.kept.exists(), "over before it was written"
    watched.kept.mkdir()
    (watched.kept / "full").touch()
    watched.standby._clean = False
    watched.booth.learn(LEAVE)
    watched.seen()
    assert watched.stands() == Shown.SUSPENDED, "what cannot be taken away is not shown either"


def test_an_emergencys_picture_that_the_disk_refuses_is_taken_again(watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    watched.standby._folder, kept = folder, folder / NAMES[Shown.ALARM]
    watched.booth.learn(LEAVE)
    watched.seen()
    assert watched.taken == 1
    folder.mkdir()
    watched.seen()
    assert not kept.exists(), "not with every frame"
    station = watched.booth.station
    watched.standby.tick(100, station.state, station.settings, SIZE)
    watched.seen()
    assert watched.taken == 2
    assert KeptPicture(kept).frame.width == SIZE[0]


def test_a_picture_that_the_disk_refuses_is_made_again_a_minute_later(
    stage: Callable[[int, int], Stage], tmp_path: Path
) -> None:
    stage(320, 180)
    folder = tmp_path / "later"
    settings = KioskSettings("wall", "wall", (320, 180), Address("127.0.0.1", 1883), folder)
    page, descriptor = Page.made()
    made = Standby(settings, CATALOGUES, Pulse(page))

    def tick(now: float) -> list[str]:
        made.tick(now, samples.house(), settings, settings.size)
        if made._writing is not None:
            made._writing.join(10)
        return sorted(file.name for file in folder.iterdir()) if folder.exists() else []

    assert tick(100) == []
    assert tick(104) == []  # finds that it was refused
    folder.mkdir()
    assert tick(150) == []
    assert tick(165) == [NAMES[Shown.HOUSE]]
    assert tick(169) == sorted((NAMES[Shown.HOUSE], NAMES[Shown.SUSPENDED]))
    os.close(descriptor)


def test_a_screen_that_is_dark_by_its_hours_is_stood_for_in_black_until_they_begin(watched: Watched) -> None:
    watched.booth.learn(samples.house())
    watched.seen()
    assert watched.stands() == Shown.HOUSE
    watched.booth.station.power.rule = "07:00-09:00"
    watched.seen()
    assert watched.stands() == Shown.DARK
    begins = datetime.fromtimestamp(watched.page.picture_until, ZoneInfo("Asia/Shanghai"))
    assert (begins.hour, begins.minute) == (7, 0)
    assert 0 < watched.page.picture_until - watched.booth.moment.at.timestamp() < 24 * 3600
