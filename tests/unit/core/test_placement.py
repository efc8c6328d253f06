"""Which items concern a screen, in which of its zones they stand, and why the others never do."""

import pytest

from signage.core.model import Branch, ScreenEntry, ScreenKind
from signage.core.placement import hindrance, stage
from signage.core.programme import Asset, ItemClass
from tests.unit.core.branches import later
from tests.unit.core.programmes import EVERY_USE, item, picture, words

KINDS: tuple[ScreenKind, ...] = ("wall", "touch", "counter", "fascia", "strip")
CITY = Branch(id="b1", name={"zh": "网点"}, hotline="95599", timezone="Asia/Shanghai", groups=("city", "north"))
WORDS, PICTURE = words("w"), picture("p.png")


def screen(kind: ScreenKind = "wall", **more: str) -> ScreenEntry:
    return ScreenEntry(name=f"my-{kind}", kind=kind, **more)


def why_not(
    asset: Asset | None, kind: ScreenKind = "wall", cls: ItemClass = "advertisement", **more: object
) -> str | None:
    return hindrance(item("x", cls, asset="ref", **more), asset, CITY, screen(kind))


@pytest.mark.parametrize(
    ("cls", "more", "places"),
    [
        ("advertisement", {}, "main beside beside beside beside"),
        ("notice", {}, "main beside beside beside beside"),
        ("emergency", {}, "main main main main main"),
        ("emergency", {"zone": "side", "screens": ("touch",)}, "main main main main main"),
        ("advertisement", {"zone": "side"}, "side beside beside beside beside"),
        ("advertisement", {"zone": "ticker"}, "ticker beside beside beside beside"),
        ("advertisement", {"screens": ("touch",)}, "main attract main main main"),
        ("notice", {"screens": ("touch",)}, "main beside main main main"),
        ("notice", {"screens": ("touch",), "zone": "side"}, "side beside main main main"),
    ],
)
def test_where_an_item_stands_on_each_kind_of_screen(cls: ItemClass, more: dict[str, object], places: str) -> None:
    assert [stage(item("x", cls, **more), screen(kind)) for kind in KINDS] == places.split()


def test_what_is_not_signed_for_it_is_not_shown() -> None:
    assert why_not(None) == "its asset ref is not signed"
    asset = Asset(ref="p.png", kind="picture", uses=("house", "campaign"))
    assert why_not(asset) == "p.png is signed for house, campaign, not for advertisement"
    assert why_not(asset, cls="campaign") is None


@pytest.mark.parametrize(
    ("screens", "reason"),
    [
        ((), None),
        (("wall",), None),
        (("touch", "my-wall"), None),
        (("touch", "door"), "placed on touch, door"),
    ],
)
def test_screens_are_named_by_kind_or_by_name(screens: tuple[str, ...], reason: str | None) -> None:
    assert why_not(PICTURE, screens=screens) == reason


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ((), None),
        (("all",), None),
        (("b1",), None),
        (("coast", "north"), None),
        (("coast", "south"), "for the groups coast, south, and this branch is in none of them"),
    ],
)
def test_branches_are_named_by_group_or_by_id(groups: tuple[str, ...], reason: str | None) -> None:
    assert why_not(PICTURE, groups=groups) == reason


@pytest.mark.parametrize(
    ("asset", "at", "stands"),
    [
        ("zh-CN", "zh", True),
        ("zh", "ZH-Hant-TW", True),
        ("zh_CN", "zh-TW", True),
        ("en", "zh", False),
        ("", "zh", True),
        ("en", "", True),
    ],
)
def test_an_asset_in_a_language_is_for_screens_that_speak_it(asset: str, at: str, stands: bool) -> None:
    reason = hindrance(item("x"), Asset(ref="p", kind="picture", locale=asset), CITY, screen(locale=at))
    assert reason == (None if stands else f"p is in {asset}, and this screen speaks {at}")


def test_without_a_share_it_is_required_or_an_emergency() -> None:
    nothing = "it has no share and is not required"
    assert [why_not(PICTURE, share=share) for share in (1, 0, -1)] == [None, nothing, nothing]
    assert [why_not(PICTURE, share=0, every_s=every) for every in (1, 0, -1)] == [None, nothing, nothing]
    assert why_not(PICTURE, cls="emergency", share=0, until=later(9)) is None


def test_an_emergency_ends() -> None:
    endless = "an emergency without an end is none"
    ending = Asset(ref="p", kind="picture", uses=EVERY_USE, until=later(9))
    assert why_not(PICTURE, cls="emergency") == endless
    assert why_not(PICTURE, cls="emergency", until=later(9)) is None
    assert why_not(ending, cls="emergency") is None
    assert why_not(PICTURE, cls="notice") is None


@pytest.mark.parametrize("kind", KINDS[1:])
def test_only_a_wall_has_other_zones(kind: ScreenKind) -> None:
    for zone in ("side", "ticker"):
        assert why_not(WORDS, kind, screens=(kind,), zone=zone) == f"a {kind} screen has no zone {zone} for it"
    assert why_not(PICTURE, zone="side") is None


@pytest.mark.parametrize("kind", KINDS[1:])
def test_other_screens_are_there_for_something_else(kind: ScreenKind) -> None:
    elsewhere = f"a {kind} screen is there for something else: name it in screens"
    assert [why_not(WORDS, kind, cls) for cls in ("house", "advertisement", "campaign")] == [elsewhere] * 3
    assert why_not(WORDS, kind, "notice") is None
    assert why_not(WORDS, kind, screens=(kind,)) is None


def test_places_of_one_line_hold_only_words() -> None:
    assert why_not(PICTURE, zone="ticker") == "the ticker holds only words"
    assert why_not(WORDS, zone="ticker") is None
    for kind in ("fascia", "strip"):
        only = f"that place of a {kind} screen holds only words"
        assert why_not(PICTURE, kind, screens=(kind,)) == only
        assert why_not(PICTURE, kind, "emergency", until=later(9)) == only
    assert why_not(PICTURE, "touch", "notice") == "that place of a touch screen holds only words"
    assert why_not(PICTURE, "touch", screens=("touch",)) is None
    assert why_not(PICTURE, "counter", screens=("counter",)) is None
