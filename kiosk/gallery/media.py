"""The gallery's signed content: pictures with and without what must be read beside them, words, rates, an idle touch screen."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFilter

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.tokens import Look, palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.gallery.walls import BUSY
from kiosk.media.album import Pixels
from kiosk.view.attract import attract_view
from kiosk.view.counter import counter_view
from kiosk.view.counter_parts import Promoting
from kiosk.view.media import MediaMain
from kiosk.view.pages import Touch
from kiosk.view.signed import with_alarm
from kiosk.view.touch import AlarmView, Known, touch_view
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from kiosk.view.zones import hanging
from signage.core.hours import read_hours
from signage.core.items import MediaItem, Shape, WordsItem
from signage.core.layouts import Zone, ZoneName
from signage.core.model import BranchState, ScreenEntry, Text
from signage.core.programme import Asset, RatesRow, Rendition
from signage.core.scene import Scene, scene

WALL_SIZES: Final[tuple[Size, ...]] = ((1920, 1080), (1080, 1920))
COUNTER_SIZES: Final[tuple[Size, ...]] = ((1280, 800), (800, 480), (800, 1280))
TOUCH_SIZES: Final[tuple[Size, ...]] = ((1080, 1920), (1920, 1080))
LOCALES: Final = ("zh", "en")
_RISK: Final[Text] = {
    "zh": "理财非存款、产品有风险、投资须谨慎。本产品由本行发行与管理，过往业绩不代表未来表现。",
    "en": "Wealth products are not deposits. They carry risk; invest with care. Past performance is no guide to the future.",
}
_LOAN: Final[Text] = {"zh": "春季安居贷款", "en": "Spring home loans"}
_LOAN_RISK: Final[Text] = {
    "zh": "贷款额度、期限与利率以审批结果为准，请根据自身偿还能力理性借贷。",
    "en": "Amount, term and rate are subject to approval. Borrow within your means.",
}
_FRAUD: Final[Text] = {
    "zh": "警惕“刷流水”骗局：凡要求先转账再放款的，都是诈骗。",
    "en": "Beware of loan fraud: nobody honest asks for a transfer before paying out a loan.",
}
_OUTAGE: Final[Text] = {
    "zh": "11月28日 00:00 至 04:00 手机银行升级，转账业务暂停办理。",
    "en": "Mobile banking is upgraded on 28 November from 00:00 to 04:00; no transfers during that time.",
}


def artwork(width: int, height: int) -> Image.Image:
    """An advertisement of nobody's: a morning sky, hills, a house; a frame one pixel wide shows that nothing is cropped."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for y in range(height):
        share = y / height
        pen.line((0, y, width, y), fill=(round(244 - 60 * share), round(214 - 10 * share), round(170 + 40 * share)))
    side = min(width, height)
    pen.ellipse(
        (width * 0.64, height * 0.12, width * 0.64 + side * 0.26, height * 0.12 + side * 0.26), fill=(250, 240, 210)
    )
    for colour, base, rise in (((98, 150, 128), 0.66, 0.16), ((40, 112, 92), 0.78, 0.12), ((11, 84, 68), 0.88, 0.08)):
        points = [
            (x, height * (base + rise * ((x / width * 3 + base * 5) % 1 - 0.5) ** 2 * 2))
            for x in range(0, width + 9, 8)
        ]
        pen.polygon([(0, height), *points, (width, height)], fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(side / 400))
    pen = ImageDraw.Draw(picture)
    left, foot, unit = width * 0.16, height * 0.82, side * 0.1
    pen.polygon(
        (
            (left - unit * 0.4, foot - unit * 2),
            (left + unit * 1.5, foot - unit * 3.4),
            (left + unit * 3.4, foot - unit * 2),
        ),
        fill=(150, 62, 44),
    )
    pen.rectangle((left, foot - unit * 2, left + unit * 3, foot), fill=(250, 246, 238))
    pen.rectangle((left + unit * 1.2, foot - unit * 1.2, left + unit * 1.8, foot), fill=(11, 107, 87))
    pen.rectangle((0, 0, width - 1, height - 1), outline=(192, 24, 64))
    return picture


def asset(
    size: Size = (1440, 864), title: Text | None = None, risk: Text | None = None, ref: str = "loan.png"
) -> Asset:
    """A signed picture, in one rendition whose name is its size."""
    name = sha256(f"{size}".encode()).hexdigest()
    rendition = Rendition(sha256=name, size=1, width=size[0], height=size[1], media="image/png")
    return Asset(ref=ref, kind="picture", renditions=(rendition,), title=title or {}, risk=risk or {})


def item(one: Asset) -> MediaItem:
    return MediaItem("i-1", one, samples.AFTERNOON, samples.EVENING)


def words(one: Asset, shape: Shape | None = None) -> WordsItem:
    return WordsItem("i-1", one, shape, samples.AFTERNOON, samples.EVENING)


_RATES: Final = Asset(
    ref="rates",
    kind="rates",
    title={"zh": "人民币存款挂牌年利率", "en": "RMB deposit rates, per annum"},
    rows=tuple(
        RatesRow(name={"zh": zh, "en": en}, value=value)
        for zh, en, value in (
            ("活期存款", "Demand", "0.05%"),
            ("定期三个月", "3 months", "0.65%"),
            ("定期半年", "6 months", "0.85%"),
            ("定期一年", "1 year", "0.95%"),
            ("定期二年", "2 years", "1.05%"),
            ("定期三年", "3 years", "1.25%"),
            ("定期五年", "5 years", "1.30%"),
        )
    ),
    risk={"zh": "实际执行利率以柜面公示为准。", "en": "The rates displayed at the counter prevail."},
)

Case = tuple[str, MediaItem | WordsItem]


def cases() -> tuple[Case, ...]:
    """Every kind of signed slide."""
    return (
        ("media-whole", item(asset())),
        ("media-risk", item(asset(title=_LOAN, risk=_LOAN_RISK))),
        ("media-long-risk", item(asset(title={"zh": "稳健理财", "en": "Steady returns"}, risk=_RISK))),
        ("media-standing", item(asset((1080, 1350), _LOAN, _LOAN_RISK))),
        ("media-standing-title", item(asset((1080, 1350), _LOAN))),
        ("media-banner", item(asset((1920, 600), _LOAN))),
        ("media-words", words(Asset(ref="w", kind="text", title={"zh": "安全提示", "en": "Stay safe"}, text=_FRAUD))),
        (
            "media-words-risk",
            words(
                Asset(
                    ref="w",
                    kind="text",
                    title=_LOAN,
                    text={"zh": "首付低至两成，利率一户一价", "en": "Low deposits, personal rates"},
                    risk=_LOAN_RISK,
                )
            ),
        ),
        (
            "media-notice",
            words(
                Asset(ref="n", kind="text", title={"zh": "重要通知", "en": "Important notice"}, text=_OUTAGE),
                Shape.ATTENTION,
            ),
        ),
        ("media-rates", words(_RATES)),
        (
            "media-emergency",
            replace(item(asset((1920, 1080), {"zh": "请从东门有序离开", "en": "Leave by the east door"})), alone=True),
        ),
        ("media-counters", words(Asset(ref="c", kind="live", live="counters"))),
    )


def shown_in(base: Scene, one: MediaItem | WordsItem, place: ZoneName = "main") -> Scene:
    """The same scene with this in its main zone, or in another that it has."""
    zones = tuple(Zone(place, one) if zone.name == place else zone for zone in base.zones)
    zones += (Zone("attract", one),)
    return Scene(base.name, zones, base.until, base.why)


@lru_cache(maxsize=32)
def pixels(main: MediaMain) -> Pixels:
    """As the decoder would deliver it."""
    assert main.still is not None
    picture = artwork(*main.shape).resize((main.still.width, main.still.height), Image.Resampling.LANCZOS)
    return Pixels(main.still, picture.convert("RGBA").tobytes("raw", "BGRA"))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """Walls lying and standing in both languages, one by day; counters' displays; touch screens that nobody touches."""
    yield from _walls(catalogues)
    for size in COUNTER_SIZES:
        for locale in LOCALES:
            for case in cases():
                make = partial(make_counter, catalogues, locale, case, size)
                yield Picture("counter", f"{size[0]}x{size[1]}-{locale}-{case[0]}", size, make, locale)
            noticed = partial(make_counter, catalogues, locale, cases()[0], size, samples.noticed(BUSY, 0, ""))
            yield Picture("counter", f"{size[0]}x{size[1]}-{locale}-media-noticed", size, noticed, locale)
    for size in TOUCH_SIZES:
        for locale in LOCALES:
            for case in cases():
                make = partial(make_touch, catalogues, locale, case, size)
                yield Picture("touch", f"{size[0]}x{size[1]}-{locale}-{case[0]}", size, make, locale)


def _walls(catalogues: Catalogues) -> Iterator[Picture]:
    for size in WALL_SIZES:
        for locale in LOCALES:
            for case in cases():
                make = partial(make_wall, catalogues, locale, case, size)
                yield Picture("wall", f"{size[0]}x{size[1]}-{locale}-{case[0]}", size, make, locale)
        for case in cases():
            if case[0] in {"media-words", "media-rates", "media-standing"}:
                beside = partial(make_wall, catalogues, "zh", case, size, zone="side")
                yield Picture("wall", f"{size[0]}x{size[1]}-side-{case[0]}", size, beside)
    for case in cases():
        if case[0] in {"media-risk", "media-words", "media-rates"}:
            day = partial(make_wall, catalogues, "zh", case, (1920, 1080), night=False)
            yield Picture("wall", f"1920x1080-day-{case[0]}", (1920, 1080), day)


def make_wall(
    catalogues: Catalogues, locale: str, case: Case, size: Size, *, night: bool = True, zone: ZoneName = "main"
) -> Any:
    """The wall's widget with a signed slide."""
    from kiosk.screens.textures import Shelf  # noqa: PLC0415  # opens Kivy, which wants its stage settled first
    from kiosk.screens.wall import Wall  # noqa: PLC0415  # as above

    now = samples.AFTERNOON
    here = shown_in(scene(samples.house(), None, None, samples.WALL, now), case[1], zone)
    at = hanging("wall", size)
    view = wall_view(here, now, Voice.of(catalogues, locale), None, at)
    shelf = Shelf()
    shelf.keep([pixels(one) for one in (view.main, view.side) if isinstance(one, MediaMain)])
    wall = Wall(Look.fit(palette(night=night), *size, family=family_of(locale)), shelf)
    wall.show(view)
    wall.place(Box(0, 0, *size))
    return wall


def make_counter(catalogues: Catalogues, locale: str, case: Case, size: Size, state: BranchState | None = None) -> Any:
    """The counter display's widget with a signed slide."""
    from kiosk.screens.counter import CounterDisplay  # noqa: PLC0415  # as above
    from kiosk.screens.textures import Shelf  # noqa: PLC0415  # as above

    now = samples.AFTERNOON
    here = shown_in(scene(state or samples.house(), None, None, samples.COUNTER, now), case[1])
    view = counter_view(here, "3", now, Voice.of(catalogues, locale), None, hanging("counter", size))
    shelf = Shelf()
    slide = view.face.slide if isinstance(view.face, Promoting) else view.face
    if isinstance(slide, MediaMain):
        shelf.keep([pixels(slide)])
    display = CounterDisplay(Look.fit(palette(night=True), *size, family=family_of(locale)), shelf)
    display.show(view)
    display.place(Box(0, 0, *size))
    return display


def make_touch(catalogues: Catalogues, locale: str, case: Case, size: Size) -> Any:
    """A touch screen that attracts."""
    from kiosk.screens.textures import Shelf  # noqa: PLC0415  # as above
    from kiosk.screens.touch import TouchScreen  # noqa: PLC0415  # as above

    now, state = samples.AFTERNOON, samples.house()
    entry = ScreenEntry(name="lobby-touch", kind="touch")
    here = shown_in(scene(state, None, None, entry, now), case[1])
    voice, at = Voice.of(catalogues, locale), hanging("touch", size)
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="lobby-touch")
    view = with_alarm(touch_view(known, Touch(locale=locale), catalogues, now), here, now, voice, at)
    page = attract_view(here, now, voice, None, at)
    if page is not None and not isinstance(view.page, AlarmView):
        view = replace(view, page=page)
    slide = view.page.main if isinstance(view.page, AlarmView) else page and page.slide
    shelf = Shelf()
    if isinstance(slide, MediaMain):
        shelf.keep([pixels(slide)])
    screen = TouchScreen(palette(night=False), size, lambda _: None, shelf=shelf)
    screen.place(Box(0, 0, *size))
    screen.show(view, None)
    return screen
