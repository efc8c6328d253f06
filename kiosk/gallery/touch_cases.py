"""How a page of the touch screen is brought before the gallery's eye: the page, the branch around it, and every variant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as changed
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from kiosk.design.box import Box
from kiosk.design.tokens import palette
from kiosk.gallery import customers, samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.languages import usual
from kiosk.view.pages import STAFF_PAGES, Home, Keypad, Page, Staff, Touch
from kiosk.view.reach import Glass
from kiosk.view.signed import with_alarm, with_halt
from kiosk.view.signed_pages import DemonstrationView, with_ready
from kiosk.view.touch import Known, TouchView, touch_view
from kiosk.view.voice import Voice
from kiosk.view.zones import hanging
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Brand, ScreenEntry
from signage.core.notices import emergency
from signage.core.scene import scene
from signage.core.suspension import device_scope

SIZES: Final[tuple[Size, ...]] = ((1080, 1920), (1920, 1080))
NOW: Final = samples.AFTERNOON
STAFF: Final = Staff("0007", "lobby-manager", "token", Instant.of(NOW + timedelta(minutes=9)), "王芳")
SCREENS: Final = (
    ScreenEntry(name="lobby-touch", kind="touch"),
    ScreenEntry(name="lobby-wall", kind="wall"),
    ScreenEntry(name="counter-3", kind="counter", counter="3"),
)
GLASSES: Final = {
    "lobby-touch": Glass(online=True, revision=1, scene="home", local=NOW),
    "lobby-wall": Glass(online=True, revision=1, scene="ad", local=NOW),
    "counter-3": Glass(online=False, revision=0, scene="desk"),
}
_SIGNED: Final = {"signed": customers.SIGNED, "hanging": hanging("touch", SIZES[0])}
_ENTRY: Final = ScreenEntry(name="lobby-touch", kind="touch")


class Case(NamedTuple):
    """A page in a state: its name, the branch's state, the touch. `known`: other fields of what the screen knows."""

    name: str
    state: BranchState | None
    touch: Touch
    now: Instant = NOW
    known: Mapping[str, Any] = MappingProxyType({})


class Variant(NamedTuple):
    """One way to look at a case; `name` stands in the picture's."""

    name: str
    locale: str = "zh"
    elder: bool = False
    brand: Brand = "green"


CUSTOMERS: Final = (Variant("zh"), Variant("en", "en"), Variant("elder", elder=True), Variant("elder-en", "en", True))
STAFFS: Final = (Variant("zh"), Variant("en", "en"))


def branch() -> BranchState:
    """The sample branch in service, with its screens."""
    return replace(samples.house(), screens=SCREENS)


def outage(scope: str = "branch") -> BranchState:
    """The same, suspended until the afternoon: the whole of it, or one place."""
    return replace(samples.suspended(scope, "power", "15:00"), screens=SCREENS)


def at(page: Page) -> Touch:
    """A customer on that page, nine seconds before it goes home."""
    return Touch(page=page, home_at=Instant.of(NOW + timedelta(seconds=9)))


def inside(page: Page) -> Touch:
    """The lobby manager on that page."""
    return Touch(page=page, staff=STAFF, home_at=Instant.of(NOW + timedelta(seconds=40)))


def staff_only(case: Case) -> bool:
    """Whether only staff come there."""
    return case.touch.staff is not None or isinstance(case.touch.page, (Keypad, *STAFF_PAGES))


def variants(case: Case) -> tuple[Variant, ...]:
    """Holding the emblem gives large type up, so staff's pages have none."""
    return STAFFS if staff_only(case) else CUSTOMERS


def situations(case: Case, catalogues: Catalogues) -> Iterator[Case]:
    """The case; and, where the page itself then looks otherwise, with the branch suspended, and after closing time."""
    yield case
    if case.state is None or staff_only(case) or not _ordinary(case.state):
        return
    here = view_of(case, catalogues).page
    down = replace(case.state, suspensions=(*case.state.suspensions, *outage().suspensions))
    for other in (
        case._replace(name=f"{case.name}-suspended", state=down),
        case._replace(name=f"{case.name}-closed", now=samples.EVENING),
    ):
        if view_of(other, catalogues).page != here:
            yield other


def _ordinary(state: BranchState) -> bool:
    suspended = any(one.scope in {BRANCH_SCOPE, device_scope(_ENTRY.name)} for one in state.suspensions)
    return not suspended and not any(emergency(notice) for notice in state.notices)


def drawn(catalogues: Catalogues, cases: Iterable[Case]) -> Iterator[Picture]:
    """Each case both ways up, in every variant and situation."""
    every = [one for case in cases for one in situations(case, catalogues)]
    for size in SIZES:
        for case in every:
            for variant in variants(case):
                yield picture(catalogues, size, variant, case)


def picture(catalogues: Catalogues, size: Size, variant: Variant, case: Case) -> Picture:
    name = f"{size[0]}x{size[1]}-{variant.name}-{case.name}"
    make = partial(make_touch, catalogues, size, variant, case)
    return Picture("touch", name, size, make, variant.locale, variant.elder)


def view_of(case: Case, catalogues: Catalogues) -> TouchView:
    """What stands on the screen, emergencies included."""
    state, touch, now = case.state, case.touch, case.now
    catalogues = {locale: catalogues[locale] for locale in usual(touch.locale)}
    hours = read_hours(state.hours) if state is not None else None
    fields: dict[str, Any] = {"heard": True, "glasses": GLASSES, "device": _ENTRY.name, **_SIGNED, **case.known}
    view = touch_view(Known(state=state, hours=hours, **fields), touch, catalogues, now)
    if state is None:
        return view
    here = scene(state, None, hours, _ENTRY, now)
    voice = Voice.of(catalogues, touch.locale, elder=touch.elder)
    return with_alarm(with_halt(view, here, voice), here, now, voice)


def make_touch(catalogues: Catalogues, size: Size, variant: Variant, case: Case) -> Any:
    """The touch screen's widget, laid out and with its view."""
    from kiosk.screens.textures import Shelf  # noqa: PLC0415  # opens Kivy, which wants its stage settled first
    from kiosk.screens.touch import TouchScreen  # noqa: PLC0415  # opens Kivy, which wants its stage settled first

    touch = changed(case.touch, locale=variant.locale, elder=variant.elder)
    shelf = Shelf()
    screen = TouchScreen(palette(night=False, brand=variant.brand), size, lambda _: None, shelf=shelf)
    screen.place(Box(0, 0, *size))
    ringed = touch.home_at is not None and not isinstance(touch.page, Home) and touch.staff is None
    view = view_of(case._replace(touch=touch, known={"hanging": hanging("touch", size), **case.known}), catalogues)
    if isinstance(view.page, DemonstrationView):
        shelf.keep(map(customers.step_pixels, view.page.near))
        view = changed(view, page=with_ready(view.page, {one.key for one in view.page.near}))
    screen.show(view, 9 if ringed else None)
    return screen
