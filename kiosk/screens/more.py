"""The cards that the first page has no room for."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space
from kiosk.screens.grids import grid
from kiosk.screens.home_cards import HomeCard
from kiosk.screens.touch_base import OnTap, Page, in_reach
from kiosk.view.cards import MoreView

HIGHEST = 220


class MorePage(Page):
    """As on the first page; in large letters one beneath the other."""

    def __init__(self, look: Look, view: MoreView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.cards = tuple(self.put(HomeCard(look, card, tap)) for card in view.cards)

    def layout(self, box: Box) -> None:
        look = self.look
        grid(look, in_reach(look, box.inset(look.u(Space.XL), look.u(Space.L))), self.cards, highest=HIGHEST)
