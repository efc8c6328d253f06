"""Cards in equal cells: as many columns as they need to stay large, the same on every page that shows a choice."""

from collections.abc import Sequence

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space
from kiosk.screens.touch_base import landscape


def grid(
    look: Look, box: Box, cards: Sequence[Part], *, highest: float, columns: int = 0, wide: bool | None = None
) -> Box:
    """Place the cards from the top; what is left beneath them. See `cells`."""
    places, rest = cells(look, box, len(cards), highest=highest, columns=columns, wide=wide)
    for card, cell in zip(cards, places, strict=True):
        card.place(cell)
    return rest


def cells(
    look: Look, box: Box, count: int, *, highest: float, columns: int = 0, wide: bool | None = None
) -> tuple[list[Box], Box]:
    """Where that many cards stand from the top, and what is left beneath them.

    `highest`: of a card, in u; `wide`: whether the page lies, where the box is only a part of it.
    """
    gap = look.u(Space.M)
    across = columns or _columns(look, count, wide=landscape(box) if wide is None else wide)
    rows = max(1, -(-count // across))
    height = min(look.u(highest), (box.h - gap * (rows - 1)) / rows)
    used, rest = box.cut_top(height * rows + gap * (rows - 1), gap)
    return [cell for row in used.rows(rows, gap) for cell in row.columns(across, gap)][:count], rest


def _columns(look: Look, count: int, *, wide: bool) -> int:
    if wide:
        return 2 if look.elder or count <= _FEW else 3
    return 1 if look.elder and count <= _ONE_BY_ONE else 2


_FEW = 4
_ONE_BY_ONE = 8
