"""A list: rows of one height on cards, in one column or several; each says what it is, its state, and one thing more."""

from collections.abc import Sequence

from kiosk.design.bilingual import Bilingual, Said
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Chip, Mood, NumberSquare
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step


def list_cells(box: Box, count: int, most: float, look: Look, *, columns: int = 1) -> tuple[Box, ...]:
    """Cells for `count` rows from the top, row by row, none higher than `most` pixels."""
    gap = look.u(Space.S)
    deep = max(1, -(-count // columns))
    height = min(most, (box.h - gap * (deep - 1)) / deep)
    used = box.cut_top(height * deep + gap * (deep - 1))[0]
    cells = [cell for row in used.rows(deep, gap) for cell in row.columns(columns, look.u(Space.M))]
    return tuple(cells[:count])


class ListRow(Part):
    """One row. `number` or `icon` stands before it, `state` behind; the line beneath may take two lines."""

    def __init__(
        self,
        look: Look,
        title: Said,
        line: str = "",
        *,
        number: str = "",
        icon: Icon | None = None,
        state: tuple[Mood, str] | None = None,
    ) -> None:
        super().__init__(look)
        palette = look.palette
        self._card = Card(look)
        self._lead: NumberSquare | IconView | None = None
        if number:
            self._lead = NumberSquare(look, Step.TITLE if look.elder else Step.HEAD)
            self._lead.show(number)
            if state is not None:
                self._lead.stand(state[0])
        elif icon is not None:
            self._lead = IconView(look, icon, palette.accent)
        self._title = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True)
        self._title.show(title)
        self._line = Text(look, Step.NOTE, palette.muted, lines=2)
        self._line.show(line)
        self._chip: Chip | None = None
        if state is not None:
            self._chip = Chip(look, Step.NOTE)
            self._chip.show(*state)
        for part in _present(self._card, self._lead, self._title, self._chip):
            self.add_widget(part)
        self.have(self._line, bool(line))

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        if self._lead is not None:
            side = min(inner.h, look.u(104))
            lead, inner = inner.cut_left(side, look.u(Space.M))
            mark = side if isinstance(self._lead, NumberSquare) else side * 0.6
            self._lead.place(lead.centred(mark, mark))
        if look.elder:  # what is said in large type needs the room beneath the state
            self._title.place(self._state(self._beneath(inner, 0.5)))
        else:
            self._title.place(self._beneath(self._state(inner), 0.42))

    def _state(self, box: Box) -> Box:
        """Places the state at the right; what is left."""
        if self._chip is None:
            return box
        look = self.look
        chip, rest = box.cut_right(self._chip.width_for(), look.u(Space.M))
        self._chip.place(chip.centred(chip.w, min(chip.h, look.px(Step.NOTE) * 2.2)))
        return rest

    def _beneath(self, box: Box, share: float) -> Box:
        """Places the line at the bottom; what is left."""
        if self._line.parent is None:
            return box
        line, rest = box.cut_bottom(box.h * share)
        self._line.place(line)
        return rest


def _present(*parts: Part | None) -> Sequence[Part]:
    return [part for part in parts if part is not None]
