"""The fascia above the door: one line of letters two thirds of its height, to be read from across the street."""

from typing import Final

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Mood, mood_colour
from kiosk.design.text import Text, text_width
from kiosk.design.tokens import Look, Step
from kiosk.screens.turning import Turning
from kiosk.view.fascia import FasciaPage, Frame, fascia_pages
from kiosk.view.line_parts import Kind, LineView

_SIGNS: Final[dict[Kind, Icon]] = {"notice": Icon.MEGAPHONE, "unheard": Icon.UNLINKED}


def _measure(text: str, px: int) -> float:
    return text_width(text, px, bold=True)


class Fascia(Part):
    """A fascia of any size. `show` draws only when the view differs; `advance` turns the page."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self.view: LineView | None = None
        self.pages: tuple[FasciaPage, ...] = ()
        self._turning = Turning()
        self._ground = Fill(look, palette.paper)
        self._field = Fill(look, palette.brand)
        self._emblem = Emblem(look, palette.on_brand)
        self.name = Text(look, Step.BODY, palette.on_brand, bold=True)
        self._sign = IconView(look, Icon.OPEN, palette.open)
        self.words = Text(look, Step.BODY, palette.ink, bold=True)
        for part in (self._ground, self._field, self._emblem, self.name, self._sign, self.words):
            self.add_widget(part)

    @property
    def page(self) -> FasciaPage:
        """What stands on the fascia."""
        return self.pages[self._turning.index]

    def show(self, view: LineView) -> None:
        if view != self.view:
            self.view = view
            self.relayout()

    def advance(self, seconds: float) -> None:
        if self.view is not None and self._turning.advance(seconds):
            self._put(self.view, self.box)

    def layout(self, box: Box) -> None:
        if self.view is None:
            return
        self.pages = fascia_pages(self.view, Frame(box.w, box.h), _measure)
        self._turning.begin(len(self.pages))
        self._put(self.view, box)

    def _put(self, view: LineView, box: Box) -> None:
        page, frame = self.page, Frame(box.w, box.h)
        name_width = _measure(page.name, page.px)
        signed = view.mood is not None and bool(page.words)
        alone = bool(page.name) and not page.words  # nothing stands beside it
        field = Box(0, 0, box.w, box.h) if alone else frame.field(name_width)
        self._tint(view, page)
        self._ground.place(box)
        self._field.place(self._at(field, box))
        side = frame.sign
        self._emblem.place(self._at(Box(frame.pad, (box.h - side) // 2, side, side), box))
        self.name.only = self.words.only = page.px
        self.name.write(page.name)
        self.name.place(self._at(Box(frame.pad * 2 + side, 0, name_width + 2, box.h), box))
        room = frame.words(name_width, signed=signed)
        wide = _measure(page.words, page.px)
        left = room.x + (max(0.0, room.w - wide) if page.name else 0)  # hours stand at the right end
        self.have(self._sign, signed)
        gap = frame.pad * 0.8
        self._sign.place(self._at(Box(round(left - gap - side), (box.h - side) // 2, side, side), box))
        self.words.write(page.words)
        self.words.place(self._at(Box(round(left), 0, wide + 2, box.h), box))

    def _tint(self, view: LineView, page: FasciaPage) -> None:
        palette = self.look.palette
        loud = view.loud
        mood = Mood.CLOSED if view.mood is None else Mood(view.mood.value)
        self._ground.tint(palette.suspended if loud else palette.paper)
        self._field.tint(palette.suspended_pressed if loud else palette.brand)
        state = page.kind == "state"
        colour = palette.on_suspended if loud else mood_colour(palette, mood) if state else palette.ink
        sign = Icon.ATTENTION if view.emergency else _SIGNS.get(page.kind) or mood.icon
        self._sign.show(sign, colour)
        self.words.write(self.words.text, colour)

    @staticmethod
    def _at(inner: Box, box: Box) -> Box:
        return Box(box.x + inner.x, box.y + inner.y, inner.w, inner.h)
