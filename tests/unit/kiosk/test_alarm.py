"""Emergencies and notices in words: what stands alone on the glass, its sign, and until when."""

from dataclasses import replace
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace as with_fields

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.tokens import NIGHT, Look
from kiosk.gallery import samples
from kiosk.gallery.media import asset, item, words
from kiosk.view.alarm import alarm, alarming, notice, sign_of
from kiosk.view.media import media_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import NoticeMain
from kiosk.view.zones import Hanging
from signage.core import templates
from signage.core.instants import Instant
from signage.core.items import Item, Line, NoticeItem, Shape
from signage.core.layouts import Zone
from signage.core.phrases import Phrase, given
from signage.core.programme import Asset
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

ZH = Voice.of(load_catalogues(), "zh")
NOW = Instant.parse("2026-11-24T04:00:00Z")  # 12:00 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")
LABEL = Pair("紧急通知", "Emergency notice")
LEAVE = {"zh": "请离开", "en": "Please leave"}
SAID = NoticeMain(LABEL, Pair("请离开", "Please leave"), Pair(""), emergency=True)
FIRE = NoticeItem(
    "e", Phrase("notice.emergency"), given(LEAVE), Shape.SUSPENDED, Instant.parse("2026-11-24T05:30:00Z"), "exit"
)
_WHOLE = Box(0, 0, 1920, 1080)
AT = Hanging(Look.fit(NIGHT, 1920, 1080), Box(0, 96, 1440, 864), _WHOLE, _WHOLE)


def seen(main: Item) -> Scene:
    """A wall with this in its main zone."""
    at_rest = scene(samples.house(), None, None, samples.WALL, NOW)
    zones = tuple(Zone("main", main) if one.name == "main" else one for one in at_rest.zones)
    return replace(at_rest, zones=zones)


def test_an_emergency_in_words_is_told_with_its_sign_and_until_when() -> None:
    said = alarm(seen(FIRE), NOW, ZH)
    assert said == notice(FIRE, NOW, ZH, SHANGHAI)
    assert said == NoticeMain(
        LABEL,
        Pair("请离开", "Please leave"),
        ZH.both("wall.notice_until", time=Phrase("time.today", {"time": "13:30"})),
        emergency=True,
        icon=Icon.ARROW,
    )


@pytest.mark.parametrize(
    ("named", "sign"), [("info", None), ("", None), ("exit", Icon.ARROW), ("warning", Icon.ATTENTION)]
)
def test_an_emergency_never_bears_the_sign_of_mere_information(named: str, sign: Icon | None) -> None:
    assert notice(replace(FIRE, icon=named), NOW, ZH, SHANGHAI).icon is sign
    assert notice(replace(FIRE, shape=Shape.ATTENTION, icon=named), NOW, ZH, SHANGHAI).icon is (sign_of(named))


def test_every_notice_that_can_be_made_has_a_sign() -> None:
    """A name that a newer head office knows is none here: the house's own sign stands then."""
    assert None not in [sign_of(name) for name in get_args(templates.Icon)]
    assert sign_of("info") is Icon.INFO
    assert sign_of("hologram") is sign_of("") is None


@pytest.mark.parametrize("shape", [None, Shape.ATTENTION])
def test_no_other_notice_is_an_emergency(shape: Shape | None) -> None:
    ordinary = replace(FIRE, shape=shape)
    assert alarm(seen(ordinary), NOW, ZH) is None
    assert not notice(ordinary, NOW, ZH, SHANGHAI).emergency
    assert alarm(seen(words(Asset(ref="e", kind="text", text=LEAVE), shape)), NOW, ZH) is None
    assert alarm(seen(item(asset())), NOW, ZH) is None


@pytest.mark.parametrize(("icon", "sign"), [("", None), ("unheard-of", None), ("clock", Icon.CLOCK)])
def test_a_sign_that_is_not_known_here_is_none(icon: str, sign: Icon | None) -> None:
    assert notice(replace(FIRE, icon=icon), NOW, ZH, SHANGHAI).icon is sign


def test_signed_words_have_their_own_title_or_the_common_one() -> None:
    text = Asset(ref="e", kind="text", text=LEAVE)
    assert alarm(seen(words(text, Shape.SUSPENDED)), NOW, ZH) == SAID
    titled = with_fields(text, title={"zh": "火警", "en": "Fire"})
    assert alarm(seen(words(titled, Shape.SUSPENDED)), NOW, ZH) == replace(SAID, label=Pair("火警", "Fire"))


def test_a_signed_picture_hangs_or_is_described_or_called_by_its_title() -> None:
    shown = replace(item(with_fields(asset((1920, 1080)), alt=LEAVE)), alone=True)
    assert alarm(seen(shown), NOW, ZH, AT) == media_main(shown, ZH, AT) is not None
    assert alarm(seen(shown), NOW, ZH) == SAID
    empty = replace(shown, asset=with_fields(shown.asset, renditions=()))
    assert alarm(seen(empty), NOW, ZH, AT) == SAID
    titled = replace(shown, asset=with_fields(shown.asset, alt={}, title={"zh": "火警"}))
    assert alarm(seen(titled), NOW, ZH) == replace(SAID, text=Pair("火警"))


def test_a_screen_that_does_not_know_its_branch_has_no_emergency() -> None:
    safe = scene(None, None, None, samples.WALL, NOW)
    assert alarm(safe, NOW, ZH) is None
    headless = replace(seen(FIRE), zones=(Zone("main", FIRE),))
    assert alarm(headless, NOW, ZH) is None


def test_what_lights_a_dark_screen_is_an_emergency_of_any_kind_and_nothing_else() -> None:
    text, line = Asset(ref="e", kind="text", text=LEAVE), Line({}, Shape.SUSPENDED, given({}))
    loud: tuple[Item, ...] = (
        FIRE,
        words(text, Shape.SUSPENDED),
        replace(item(asset()), alone=True),
        replace(line, emergency=True),
    )
    calm: tuple[Item, ...] = (replace(FIRE, shape=Shape.ATTENTION), words(text, None), item(asset()), line)
    assert [alarming(seen(one)) for one in loud] == [True] * 4
    assert [alarming(seen(one)) for one in calm] == [False] * 4
    assert not alarming(replace(seen(FIRE), zones=()))
