"""The cards that the first page has no room for."""

from dataclasses import replace

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space
from kiosk.screens.grids import cells, columns_of
from kiosk.screens.home_cards import HomeCard, even_titles
from kiosk.screens.touch_base import OnTap, Page, in_reach, landscape
from kiosk.view.cards import MoreView

HIGHEST = 220
HIGHEST_TALL = 320  # where the icon stands above the words


class MorePage(Page):
    """As on the first page; in large letters one beneath the other, and fewer things, larger."""

    def __init__(self, look: Look, view: MoreView, tap: OnTap) -> None:
        super().__init__(look, tap)
        said = (replace(card, line="", mood=None) if look.elder else card for card in view.cards)
        self.cards = tuple(self.put(HomeCard(look, card, tap)) for card in said)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = in_reach(look, box.inset(look.u(Space.XL), look.u(Space.L)))
        wide = landscape(box)
        highest = HIGHEST if wide else HIGHEST_TALL
        columns = columns_of(look, len(self.cards), wide=wide)
        places, _ = cells(look, inner, len(self.cards), highest=highest, columns=columns)
        even_titles(self.cards, places)
        cards = list(zip(self.cards, places, strict=True))
        for card in self.cards:
            card.level(None)
        least = min((min(card.line_px(place), card.title_px(place)) for card, place in cards), default=0)
        for card, place in cards:
            card.level(least)  # no line is larger than a title
            card.place(place)
