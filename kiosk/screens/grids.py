"""Cards in equal cells: as many columns as they need to stay large, the same on every page that shows a choice."""

from collections.abc import Sequence

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space
from kiosk.screens.touch_base import landscape


def grid(look: Look, box: Box, cards: Sequence[Part], *, highest: float, columns: int = 0) -> Box:
    """Place the cards from the top; what is left beneath them. See `cells`."""
    columns = columns or columns_of(look, len(cards), wide=landscape(box))
    places, rest = cells(look, box, len(cards), highest=highest, columns=columns)
    for card, cell in zip(cards, places, strict=True):
        card.place(cell)
    return rest


def cells(look: Look, box: Box, count: int, *, highest: float, columns: int) -> tuple[list[Box], Box]:
    """Where that many cards stand from the top, and what is left beneath them. `highest`: of a card, in u."""
    gap = look.u(Space.M)
    rows = max(1, -(-count // columns))
    height = min(look.u(highest), (box.h - gap * (rows - 1)) / rows)
    used, rest = box.cut_top(height * rows + gap * (rows - 1), gap)
    return [cell for row in used.rows(rows, gap) for cell in row.columns(columns, gap)][:count], rest


def columns_of(look: Look, count: int, *, wide: bool) -> int:
    """How many columns so many cards have on a page that lies, or stands."""
    if wide:
        return 2 if look.elder or count <= _FEW else 3
    return 1 if look.elder and count <= _ONE_BY_ONE else 2


_FEW = 4
_ONE_BY_ONE = 8
