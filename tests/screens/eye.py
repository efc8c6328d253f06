"""What an eye and a finger find wrong with a screen: measured on the real parts, in the order in which they are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.paint import Fill, Mask
from kiosk.design.stars import Stars
from kiosk.design.text import Text
from kiosk.design.tokens import Look, contrast
from kiosk.gallery.registry import Picture
from kiosk.screens.alarm import AlarmPage
from kiosk.screens.guide import GuidePage
from kiosk.screens.opinions import OpinionPage

# WCAG 2.2, 1.4.3 and 1.4.11. Large is 18 pt, that is 24 px, to WCAG; here only what is large at a distance too.
TEXT, LARGE_TEXT, SHAPE = 4.5, 3.0, 3.0
# Elder mode is in high contrast: 1.4.6 for every text, however large, and 1.4.11 for the edges of keys and cards as well.
ELDER_TEXT, EDGE, EDGE_U = 7.0, 3.0, 2
LARGE_U = 44
# The smallest touch screen that branches hang has 10.1 inches, 1280 × 800: there 44 dp, 7.0 mm, are 56 u, and 60 dp 76 u.
TARGET_U, TARGET_ELDER_U = 56, 76
KEY_U = 80  # 44 dp and more on every kiosk of 21 inches and up
APART_U = 7


@dataclass(frozen=True)
class Seen:
    """A part, the ground beneath its middle, and the look it was drawn by."""

    part: Any
    ground: str | None
    look: Look


def box_of(part: Any) -> Box:
    return Box(part.x, part.y, part.width, part.height)


def drawn(screen: Any) -> Iterator[Any]:
    """Every part, as it is drawn: what comes later lies above."""
    yield screen
    for child in reversed(screen.children):
        yield from drawn(child)


def seen(screen: Any) -> Iterator[Seen]:
    """Texts and shapes with what is beneath them."""
    grounds: list[tuple[Box, str]] = []
    for part in drawn(screen):
        if isinstance(part, Fill):
            grounds.append((box_of(part), part.colour))
        elif isinstance(part, Mask) and part.ornament:
            continue
        elif isinstance(part, (Text, Mask)) and part.width > 0 and part.height > 0:
            where = part.extent() if isinstance(part, Text) else box_of(part)
            under = (colour for box, colour in reversed(grounds) if _covers(box, where.cx, where.cy))
            yield Seen(part, next(under, None), part.look)


def _covers(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.top


def crossing(one: Box, other: Box, slack: float = 1.0) -> bool:
    return (
        min(one.right, other.right) - max(one.x, other.x) > slack
        and min(one.top, other.top) - max(one.y, other.y) > slack
    )


def texts(screen: Any) -> list[Text]:
    return [part for part in drawn(screen) if isinstance(part, Text) and part.text]


def cut_short(screen: Any) -> Iterator[str]:
    """Texts that end in an ellipsis, or do not lie within the glass."""
    glass = box_of(screen)
    for text in texts(screen):
        if text.fitted is None or text.fitted.clipped:
            yield f"cut short: {text.text}"
        elif not glass.holds(text.extent(), slack=2):
            yield f"beyond the glass: {text.text}"


def overlapping(screen: Any) -> Iterator[str]:
    """Letters over letters."""
    found = [(text, text.extent()) for text in texts(screen)]
    for (one, here), (other, there) in combinations(found, 2):
        if crossing(here, there, slack=2):
            yield f"over each other: {one.text} / {other.text}"


def pale(screen: Any) -> Iterator[str]:
    """Texts and shapes that stand out too little."""
    for one in seen(screen):
        if one.ground is None:
            continue
        ratio = contrast(one.part.colour, one.ground)
        if isinstance(one.part, Text):
            if not one.part.text or one.part.fitted is None:
                continue
            least = LARGE_TEXT if one.part.fitted.px >= LARGE_U * one.look.unit else TEXT
            what = one.part.text
        else:
            least, what = SHAPE, type(one.part).__name__
        if ratio < least:
            yield f"pale, {ratio:.1f}: {what} ({one.part.colour} on {one.ground})"


def faint(screen: Any) -> Iterator[str]:
    """What weak eyes miss in elder mode: words below 7 to 1, cards and keys whose edge is thin or below 3 to 1."""
    for one in seen(screen):
        text = one.part
        if isinstance(text, Text) and text.text and one.ground is not None:
            ratio = contrast(text.colour, one.ground)
            if ratio < ELDER_TEXT:
                yield f"faint, {ratio:.1f}: {text.text} ({text.colour} on {one.ground})"
    grounds: list[tuple[Box, str]] = []
    for fill in (part for part in drawn(screen) if isinstance(part, Fill) and part.width > 0):
        around = next((colour for box, colour in reversed(grounds) if box.holds(box_of(fill))), None)
        grounds.append((box_of(fill), fill.colour))
        if fill.border is None or around is None:
            continue
        ratio = contrast(fill.border, around)
        if ratio < EDGE or fill.edge < EDGE_U * fill.look.unit:
            yield f"a faint edge, {ratio:.1f}, {fill.edge:.0f} px: {type(fill.parent).__name__} ({fill.border} on {around})"


def out_of_reach(screen: Any, *, elder: bool) -> Iterator[str]:
    """Targets that are too small, too close, or beyond the glass."""
    glass, least = box_of(screen), TARGET_ELDER_U if elder else TARGET_U
    targets = list(_targets(screen))
    for name, box, look in targets:
        if min(box.w, box.h) < look.unit * least - 1:
            yield f"small, {box.w / look.unit:.0f} × {box.h / look.unit:.0f} u: {name}"
        if not glass.holds(box, slack=1):
            yield f"beyond the glass: {name}"
    for (one, here, look), (other, there, _) in combinations(targets, 2):
        if crossing(_grown(here, look.unit * APART_U / 2), _grown(there, look.unit * APART_U / 2)):
            yield f"too close: {one} / {other}"


def too_high(screen: Any) -> Iterator[str]:
    """Targets of a tall page for customers that not every hand reaches: its upper third is for reading."""
    glass = box_of(screen)
    if glass.h <= glass.w or not screen.for_customers:
        return
    line = glass.top - glass.h / 3
    for name, box, _ in _targets(screen):
        if box.cy > line:
            yield f"in the upper third, {(glass.top - box.cy) / glass.h:.0%} from the top: {name}"


def _targets(screen: Any) -> Iterator[tuple[str, Box, Look]]:
    for part in drawn(screen):
        if isinstance(part, Pressable) and part.enabled:
            yield _name(part), box_of(part), part.look
        elif isinstance(part, Stars) and part.touched:
            for number, star in enumerate(part.stars, 1):
                yield f"star {number}", box_of(star), part.look


def _name(key: Any) -> str:
    return next((text.text for text in texts(key)), type(key).__name__)


def _grown(box: Box, by: float) -> Box:
    return Box(box.x - by, box.y - by, box.w + 2 * by, box.h + 2 * by)


def unruly(screen: Any) -> Iterator[str]:
    """What a touch screen holds beyond that: whole boxes of texts, and keys whether or not they can be pressed now."""
    glass = box_of(screen)
    words = [(text.text, box_of(text)) for text in texts(screen)]
    keys = [(part, box_of(part)) for part in drawn(screen) if isinstance(part, Pressable)]
    yield from (f"its box is beyond the glass: {name}" for name, box in words if not glass.holds(box, slack=1))
    for (one, here), (other, there) in combinations(words, 2):
        if crossing(here, there):
            yield f"boxes over each other: {one} / {other}"
    for key, box in keys:
        if min(box.w, box.h) < KEY_U * key.look.unit:
            yield f"a small key, {box.w:.0f} × {box.h:.0f}: {_name(key)}"
        if not glass.holds(box, slack=1):
            yield f"a key beyond the glass: {_name(key)}"
    for (key, here), (beside, there) in combinations(keys, 2):
        if crossing(here, there):
            yield f"keys over each other: {_name(key)} / {_name(beside)}"


def faults(picture: Picture, screen: Any) -> list[str]:
    """All that is wrong with a picture of the gallery, as it was made."""
    found = [*cut_short(screen), *overlapping(screen), *pale(screen)]
    if picture.group in {"touch", "design"}:
        found += out_of_reach(screen, elder=picture.elder)
    if picture.group == "touch":
        found += unruly(screen)
        # A list of matters fills the page, and in large type what one may write about; the way back and the way on stand low there, too.
        filled = isinstance(screen.page, GuidePage) or (picture.elder and isinstance(screen.page, OpinionPage))
        found += () if filled else too_high(screen)
        if picture.elder and not isinstance(screen.page, AlarmPage):  # which is the same for everybody
            found += faint(screen)
    return found
