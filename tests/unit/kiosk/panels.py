"""What tests of the staff panel share: a branch, who is signed in, and the panel's parts in words."""

from dataclasses import replace as changed
from datetime import timedelta
from functools import cache
from typing import Any

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.pages import Page, Panel, Staff, Tab, Touch
from kiosk.view.panel import BoardView, ListView, PanelRow, PanelView
from kiosk.view.reach import Glass
from kiosk.view.touch import Known, touch_view
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState, ScreenEntry, Suspension
from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues

NOW = samples.AFTERNOON
BEFORE = Instant.of(NOW - timedelta(minutes=23))
SCREENS = (
    ScreenEntry(name="t", kind="touch"),
    ScreenEntry(name="w", kind="wall"),
    ScreenEntry(name="c", kind="counter", counter="3"),
)
CURRENT = Glass(online=True, revision=1, scene="home")
MANAGER = Staff("7", "lobby-manager", "x", Instant.of(NOW + timedelta(minutes=9)), "王芳")
TELLER = Staff("9", "teller", "x", MANAGER.until, "李明", frozenset({"service-part"}))
ALONE = Staff("emergency@t", "emergency", "", NOW)


@cache
def catalogues() -> dict[str, Catalogue]:
    return load_catalogues()


def house(**parts: Any) -> BranchState:
    return replace(samples.house(), screens=SCREENS, **parts)


def seen(page: Page, state: BranchState | None = None, **more: Any) -> Any:
    """The page's view. `more`: of the touch (`staff`, `outcome`, …) or of what is known (`glasses`, `heard`, …)."""
    state = state or house()
    mine = {key: more.pop(key) for key in ("staff", "outcome", "pending", "home_at") if key in more}
    touch = changed(Touch(page, staff=MANAGER), **mine)
    now = more.pop("now", NOW)
    given: dict[str, Any] = {"heard": True, "glasses": {}, "device": "t"} | more
    known = Known(state, read_hours(state.hours), **given)
    return touch_view(known, touch, catalogues(), now).page


def board(state: BranchState | None = None, page: Panel | None = None, **more: Any) -> BoardView:
    view = seen(page or Panel(), state, **more)
    assert isinstance(view, PanelView)
    assert isinstance(view.body, BoardView)
    return view.body


def rows(tab: Tab, state: BranchState | None = None, **more: Any) -> ListView:
    body = seen(Panel(tab), state, **more).body
    assert isinstance(body, ListView)
    return body


def tap(row: PanelRow) -> Any:
    return None if row.action is None else row.action.tap


def word(row: PanelRow) -> str:
    return "" if row.state is None else row.state.words.first


def held(scope: str, reason: str = "fault", **more: Any) -> Suspension:
    given: dict[str, Any] = {"source": "manager", "since": NOW} | more
    return Suspension(id=scope, scope=scope, reason=reason, **given)
