"""The cards that the first page has no room for."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space
from kiosk.screens.home_cards import HomeCard
from kiosk.screens.touch_base import OnTap, Page, landscape
from kiosk.view.cards import MoreView

HIGHEST = 220


class MorePage(Page):
    """As on the first page; in large letters one beneath the other."""

    def __init__(self, look: Look, view: MoreView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.cards = tuple(self.put(HomeCard(look, card, tap)) for card in view.cards)

    def layout(self, box: Box) -> None:
        look = self.look
        gap = look.u(Space.M)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        columns = 1 if look.elder and not landscape(box) else 2
        rows = max(1, -(-len(self.cards) // columns))
        height = min(look.u(HIGHEST), (inner.h - gap * (rows - 1)) / rows)
        used = inner.cut_top(height * rows + gap * (rows - 1))[0]
        cells = [cell for row in used.rows(rows, gap) for cell in row.columns(columns, gap)]
        for card, cell in zip(self.cards, cells, strict=False):
            card.place(cell)
