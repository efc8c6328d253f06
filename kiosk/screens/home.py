"""The first page of a touch screen: a third to read, two thirds to touch."""

from collections.abc import Sequence

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.home_cards import HomeCard, HomeKey, RateCard, even_titles
from kiosk.screens.home_hours import HoursCard, SuspendedBanner
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page, landscape
from kiosk.view.home import HomeView
from kiosk.view.touch import Frame

HEAD = 104
KEY, KEY_ELDER = 128, 112
RATE, RATE_ELDER = 292, 328
READ, READ_ELDER = 0.35, 0.42  # of a standing page's height; of a lying one's width:
READ_LYING, READ_LYING_ELDER = 0.45, 0.47


class HomePage(Page):
    """Name, state and hours to read; stars and cards to touch."""

    def __init__(self, look: Look, frame: Frame, view: HomeView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.emblem = self.put(HeldEmblem(look, tap))
        self._name = self.pair(Step.HEAD, frame.name, bold=True)
        self._bell: tuple[Part, Part] | None = None
        if view.waiting:
            count = self.text(Step.TITLE, look.palette.attention, str(view.waiting), bold=True)
            self._bell = (self.icon(Icon.BELL, look.palette.attention), count)
        held = view.suspended
        self._told: Page = self.put(HoursCard(look, view) if held is None else SuspendedBanner(look, held))
        self.rate = self.put(RateCard(look, view.rate_title, view.rate_hint, tap))
        self.cards = tuple(self.put(HomeCard(look, card, tap)) for card in view.cards.large)
        self.keys = tuple(self.put(HomeKey(look, card, tap)) for card in view.cards.small)

    def layout(self, box: Box) -> None:
        """Lying: the keys stand under what is read, so that both columns end together."""
        look = self.look
        gap = look.u(Space.M)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        if landscape(box):
            read, touch = inner.cut_left(inner.w * (READ_LYING_ELDER if look.elder else READ_LYING), look.u(Space.L))
            read = self._keys(read)
        else:
            read, touch = inner.cut_top(inner.h * (READ_ELDER if look.elder else READ), gap)
            touch = self._keys(touch)
        head, rest = read.cut_top(look.u(HEAD), gap)
        self._head(head)
        self._told.place(rest)
        rate, rest = touch.cut_top(look.u(RATE_ELDER if look.elder else RATE), gap)
        self.rate.place(rate)
        rows = -(-len(self.cards) // 2)
        cells = [cell for row in rest.rows(rows, gap) for cell in row.columns(2, gap)]
        places = cells[: len(self.cards)]
        for card in self.cards:
            card.level(None)
        least = min((card.line_px(cell) for card, cell in zip(self.cards, places, strict=True)), default=0)
        for card in self.cards:
            card.level(least)
        _place_evenly(self.cards, places)

    def _keys(self, box: Box) -> Box:
        """The keys along the foot of the box; what is left above them."""
        if not self.keys:
            return box
        look = self.look
        foot, rest = box.cut_bottom(look.u(KEY_ELDER if look.elder else KEY), look.u(Space.M))
        _place_evenly(self.keys, foot.columns(len(self.keys), look.u(Space.M)))
        return rest

    def _head(self, box: Box) -> None:
        look = self.look
        emblem, name = box.cut_left(look.u(HEAD), look.u(Space.M))
        if self._bell is not None:
            bell, name = name.cut_right(look.u(128), look.u(Space.M))
            icon, count = bell.cut_left(look.u(56), look.u(Space.S))
            self._bell[0].place(icon.centred(look.u(56), look.u(56)))
            self._bell[1].place(count)
        self.emblem.place(emblem)
        self._name.place(name)


def _place_evenly(parts: Sequence[HomeCard | HomeKey], cells: Sequence[Box]) -> None:
    even_titles(parts, cells)
    for part, cell in zip(parts, cells, strict=True):
        part.place(cell)
