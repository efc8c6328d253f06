"""The line of diodes above a counter: its number, its state, in whole pixels and three colours at most."""

from typing import Final

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.part import Part
from kiosk.design.pixel_type import pixel_line, pixel_width
from kiosk.design.raster import pixel_icon
from kiosk.design.state_shape import Mood, mood_colour
from kiosk.design.tokens import Look, channels
from kiosk.screens.turning import Turning
from kiosk.view.line_parts import Kind, LineView
from kiosk.view.strip import TALLEST, Badge, Strip, StripPage, strip_pages

_SIGNS: Final[dict[Kind, Icon]] = {"notice": Icon.MEGAPHONE, "unheard": Icon.UNLINKED}


class CounterStrip(Part):
    """A strip of any size. `show` draws only when the view differs; `advance` turns the page."""

    def __init__(self, look: Look, number: str) -> None:
        super().__init__(look)
        self.view: LineView | None = None
        self.pages: tuple[StripPage, ...] = ()
        self._number = number
        self._turning = Turning()
        self._quad = Rectangle()
        self.canvas.add(Color(1, 1, 1, 1))
        self.canvas.add(self._quad)

    @property
    def page(self) -> StripPage:
        """What stands on the strip."""
        return self.pages[self._turning.index]

    def show(self, view: LineView) -> None:
        if view != self.view:
            self.view = view
            self.relayout()

    def advance(self, seconds: float) -> None:
        if self.view is not None and self._turning.advance(seconds):
            self._draw(self.view, self.box)

    def layout(self, box: Box) -> None:
        if self.view is None:
            return
        strip = Strip(int(box.w), int(box.h), "" if self.view.emergency else self._number)
        self.pages = strip_pages(self.view, strip, pixel_width)
        self._turning.begin(len(self.pages))
        self._draw(self.view, box)

    def _draw(self, view: LineView, box: Box) -> None:
        strip = Strip(int(box.w), int(box.h), "" if view.emergency else self._number)
        picture = _picture(view, self.page, strip, self.look)
        texture = Texture.create(size=picture.size, colorfmt="rgb")
        texture.min_filter = texture.mag_filter = "nearest"
        texture.blit_buffer(picture.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        texture.flip_vertical()
        self._quad.texture = texture
        self._quad.pos, self._quad.size = (box.x, box.y), picture.size


def _picture(view: LineView, page: StripPage, strip: Strip, look: Look) -> Image.Image:
    """The page as it stands, a pixel for each diode."""
    palette = look.palette
    ground = palette.suspended if view.loud else palette.paper
    ink = palette.on_suspended if view.loud else mood_colour(palette, _mood(view))
    ink = ink if page.kind == "state" or view.loud else palette.ink
    picture = Image.new("RGB", (strip.width, strip.height), channels(ground))
    left = _badge(picture, view, page, strip, look, ink)
    high = page.face * page.scale
    top = (strip.height - high * len(page.rows)) // 2
    wide = max((pixel_width(row, page.face) for row in page.rows), default=0) * page.scale
    left += max(0, strip.width - left - wide) // 2
    for number, row in enumerate(page.rows):
        _paint(picture, pixel_line(row, page.face, page.scale), (left, top + number * high), ink)
    return picture


def _badge(picture: Image.Image, view: LineView, page: StripPage, strip: Strip, look: Look, ink: str) -> int:
    """The counter's number on the house's field and the state's shape; where the words may begin."""
    palette, badge, scale = look.palette, page.badge, strip.scale
    if badge is Badge.NONE:
        return 0
    stacked = badge is Badge.STACKED
    each = scale // 2 if stacked else scale
    shaped = badge in {Badge.BESIDE, Badge.STACKED} and view.mood is not None
    width = strip.badge_width(badge, pixel_width, shaped=view.mood is not None)
    number = pixel_line(strip.number, TALLEST, each) if strip.number else None
    field = 0
    if number is not None:
        field = width - 4 * each if stacked else number.width + 8 * each
        high = strip.height // 2 if stacked else strip.height
        tile = Image.new("RGB", (field, high), channels(palette.suspended_pressed if view.loud else palette.brand))
        picture.paste(tile, (0, 0))
        _paint(picture, number, ((field - number.width) // 2, (high - number.height) // 2), palette.on_brand)
    if shaped:
        shape = pixel_icon(_sign(view, page), TALLEST, each)
        over = strip.height // 2 if stacked and number is not None else 0
        left = max(0, field - shape.width) // 2 if stacked else field + 2 * each
        _paint(picture, shape, (left, over + (strip.height - over - shape.height) // 2), ink)
    return width


def _sign(view: LineView, page: StripPage) -> Icon:
    if view.emergency:
        return Icon.ATTENTION
    return _SIGNS.get(page.kind) or _mood(view).icon


def _mood(view: LineView) -> Mood:
    return Mood.CLOSED if view.mood is None else Mood(view.mood.value)


def _paint(picture: Image.Image, mask: Image.Image, place: tuple[int, int], colour: str) -> None:
    picture.paste(Image.new("RGB", mask.size, channels(colour)), place, mask)
