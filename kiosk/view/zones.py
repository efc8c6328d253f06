"""Where a screen's zones lie, in pixels. Pure, so that a picture can be wanted in its size before anything is drawn."""

from dataclasses import dataclass
from typing import Final

from kiosk.design.box import Box
from kiosk.design.tokens import BAR, PAGE_FOOT, Look, Space, channels, palette
from signage.core.model import ScreenKind
from signage.core.programme import Asset

HEADER: Final = 120
HEADER_TALL: Final = 216
FOOT: Final = 96
STRIP: Final = 112
COLUMN: Final = 480
ATTRACT_FOOT: Final = 144
DEMONSTRATION_KEYS: Final = 120
DEMONSTRATION_CAPTION: Final = 144
DEMONSTRATION_KEY: Final = 300
DEMONSTRATION_SIDE: Final = 640
PROMOTED_SHARE: Final = 0.3  # of a counter's display, for its number, while a picture stands beside it


@dataclass(frozen=True)
class WallZones:
    """None: it is not there, and its place belongs to the main zone."""

    header: Box | None
    main: Box
    board: Box | None
    strip: Box | None
    foot: Box | None


def wall_zones(
    box: Box, look: Look, *, header: bool = True, board: bool = True, strip: bool = False, foot: bool = True
) -> WallZones:
    """A wall of any size, lying or standing."""
    tall = box.h > box.w
    top = side = across = bottom = None
    main = box
    if header:
        top, main = main.cut_top(look.u(HEADER_TALL if tall else HEADER))
    if foot:
        bottom, main = main.cut_bottom(look.u(FOOT))
    if board and tall:
        main, side = main.cut_top(min(main.w, main.h * 0.7))
    elif board:
        side, main = main.cut_right(look.u(COLUMN))
    if strip:
        across, main = main.cut_top(look.u(STRIP))
    return WallZones(top, main, side, across, bottom)


def attract_zones(box: Box, look: Look) -> tuple[Box, Box, Box]:
    """Of a touch screen that nobody touches: head, slide, foot."""
    head, rest = box.cut_top(look.u(HEADER_TALL if box.h > box.w else HEADER))
    foot, slide = rest.cut_bottom(look.u(ATTRACT_FOOT))
    return head, slide, foot


@dataclass(frozen=True)
class DemonstrationZones:
    """Of a demonstration's page. `place`: for the dots and the step's number."""

    picture: Box
    caption: Box
    place: Box
    earlier: Box
    later: Box


def page_box(box: Box, look: Look) -> Box:
    """What a touch screen's head and foot leave to a page."""
    return box.cut_top(look.u(BAR))[1].cut_bottom(look.u(PAGE_FOOT))[1]


def demonstration_zones(box: Box, look: Look) -> DemonstrationZones:
    """The same in large letters, so that a picture has one size. Keys lie low, within reach; lying, words stand beside."""
    gap = look.u(Space.M)
    if box.w > box.h:
        side, picture = box.cut_right(look.u(DEMONSTRATION_SIDE))
        keys, rest = side.inset(look.u(Space.XL)).cut_bottom(look.u(DEMONSTRATION_KEYS), gap)
        place, caption = rest.cut_bottom(look.u(DEMONSTRATION_KEYS), gap)
        earlier, later = keys.columns(2, gap)
        return DemonstrationZones(picture, caption, place, earlier, later)
    keys, rest = box.inset(look.u(Space.XL), gap).cut_bottom(look.u(DEMONSTRATION_KEYS), gap)
    caption, rest = rest.cut_bottom(look.u(DEMONSTRATION_CAPTION), look.u(Space.S))
    picture = Box(box.x, rest.y, box.w, box.top - rest.y)
    earlier, right = keys.cut_left(look.u(DEMONSTRATION_KEY), gap)
    later, place = right.cut_right(look.u(DEMONSTRATION_KEY), gap)
    return DemonstrationZones(picture, caption, place, earlier, later)


def promoted_zones(box: Box, share: float = PROMOTED_SHARE) -> tuple[Box, Box]:
    """Of a counter's display: the number's place and the message's, side by side or above each other."""
    if box.w > box.h:
        return box.cut_left(box.w * share)
    return box.cut_top(box.h * share)


@dataclass(frozen=True)
class Hanging:
    """Where pictures hang on a screen: its look, and its main zone as it is on an ordinary day.

    `page`: what head and foot leave to a page of a touch screen; `whole`: the window, for what stands alone; `side`: the
    counters' place on a wall, smaller than the main zone either way.
    """

    look: Look
    zone: Box
    page: Box
    whole: Box
    side: Box | None = None

    @property
    def ground(self) -> tuple[int, int, int]:
        """Behind what is transparent."""
        return channels(self.look.palette.paper)

    def largest(self, asset: Asset) -> Box:
        """The largest place that an asset may take: what may be an emergency's fills the window."""
        return self.whole if "emergency" in asset.uses else self.zone

    def place(self, zone: str) -> Box:
        """Where that zone's pictures hang."""
        return self.side if zone == "side" and self.side is not None else self.zone


def hanging(kind: ScreenKind, size: tuple[int, int]) -> Hanging:
    """For a window of that size in pixels."""
    look = Look.fit(palette(night=kind != "touch"), *size)
    box = Box(0, 0, *size)
    side = None
    match kind:
        case "wall":
            zones = wall_zones(box, look)
            zone, side = zones.main, zones.board
        case "touch":
            zone = attract_zones(box, look)[1]
        case "counter":
            zone = promoted_zones(box)[1]
        case _:
            zone = box
    return Hanging(look, zone, page_box(box, look), box, side)
