"""The amenities: what there is, where, and whether it is to be had."""

from kiosk.design.box import Box
from kiosk.design.paint import Card, Fill
from kiosk.design.state_shape import Chip
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.grids import grid
from kiosk.screens.touch_base import OnTap, Page, mood
from kiosk.view.amenities import AmenitiesView, AmenityRow
from kiosk.view.branch import Mood

HIGHEST = 300
TILE = 112
WIDE = 3.4  # times its height: the state stands beside the words


class AmenityCard(Page):
    """What is not to be had is drawn quieter, and says so with its own shape."""

    def __init__(self, look: Look, row: AmenityRow) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        there = row.state.mood is Mood.OPEN
        self._card = self.put(Card(look, colour=palette.surface if there else palette.paper))
        self._tile = self.put(Fill(look, palette.pressed if there else palette.idle, corner=CARD_CORNER))
        self._icon = self.icon(row.icon, palette.accent if there else palette.muted)
        self._title = self.pair(Step.TITLE, row.title, bold=True)
        self._place = self.text(Step.NOTE, palette.muted, row.place, lines=2)
        self._chip = self.put(Chip(look, Step.NOTE, boxed=False))
        self._chip.show(mood(row.state.mood), row.state.words.first)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        side = min(look.u(TILE), inner.h)
        tile, rest = inner.cut_left(side, look.u(Space.M))
        tile = tile.centred(side, side)
        self._tile.place(tile)
        self._icon.place(tile.inset(side * 0.18))
        chip = look.px(Step.NOTE) * 1.5
        if box.w > box.h * WIDE:
            state, left = rest.cut_right(self._chip.width_for(), look.u(Space.M))
            if self._title.pair(left.w, rest.h * 0.5)[0].clipped:
                state, left = rest.cut_right(self._chip.width_for(rest.w * 0.4), look.u(Space.M))
            self._chip.place(state)
            rest = left
            chip = 0
        for share in (0.66, 0.5, 0.4) if look.elder else (0.4,):  # the place gives way to the name
            words = self._place.fit(rest.w, rest.h * share)
            place = words.height - words.px * 0.3  # the leading around it is not missed
            if not self._title.pair(rest.w, max(1.0, rest.h - chip - place))[0].clipped:
                break
        title = self._title.height_for(rest.w, max(1.0, rest.h - chip - place))
        gap = max(0.0, min(look.u(Space.XS), (rest.h - title - place - chip) / 2))
        block = rest.centred(rest.w, min(rest.h, title + place + chip + 2 * gap))
        if chip:
            state, block = block.cut_bottom(chip, gap)
            self._chip.place(state)
        where, head = block.cut_bottom(place, gap)
        self._place.place(where)
        self._title.place(head)


class AmenitiesPage(Page):
    def __init__(self, look: Look, view: AmenitiesView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.cards = tuple(self.put(AmenityCard(look, row)) for row in view.rows)
        self._foot = self.text(Step.NOTE, look.palette.muted, view.foot, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        foot, inner = inner.cut_bottom(look.px(Step.NOTE) * 1.5, look.u(Space.S))
        self._foot.place(foot)
        grid(look, inner, self.cards, highest=HIGHEST)
