"""The counters now: who serves what, what is suspended, until when, and where to go instead."""

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.listing import list_cells
from kiosk.design.paint import Card
from kiosk.design.stars import Stars
from kiosk.design.state_shape import Chip, NumberSquare
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page, landscape, mood
from kiosk.view.branch import CounterRow
from kiosk.view.branch import Mood as SeenMood
from kiosk.view.touch import CountersView

ROW_MOST = 184
ROW_MOST_ELDER = 240
SQUARE, SQUARE_ELDER = 104, 132
STARS = 176
LINE = 0.36
LINE_ELDER = 0.6


class CounterLine(Page):
    """One counter: number, business, state; beneath it until when, or where to go instead."""

    def __init__(self, look: Look, row: CounterRow, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._number = self.put(NumberSquare(look, Step.HEAD))
        self._number.show(row.number)
        self._number.stand(row.state.mood)
        self._business = self.pair(Step.TITLE, row.business, bold=True)
        down = row.state.mood is SeenMood.SUSPENDED
        self._arrow = self.icon(Icon.ARROW, palette.suspended) if down and not look.elder else None
        self._line = self.text(Step.NOTE, palette.suspended if down else palette.muted, row.line, bold=down, lines=2)
        self._chip = self.put(Chip(look, Step.NOTE))
        self._chip.show(mood(row.state.mood), row.state.words.first)
        self._expected = (
            self.text(Step.NOTE, palette.ink, row.expected, align="left" if look.elder else "right")
            if row.expected
            else None
        )
        self._level: Stars | None = None
        if row.level and not look.elder:
            self._level = self.put(Stars(look, gap=6))
            self._level.show(row.level)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.S if look.elder else Space.M), look.u(Space.S))
        side = min(inner.h, look.u(SQUARE_ELDER if look.elder else SQUARE))
        number, rest = inner.cut_left(side, look.u(Space.M))
        self._number.place(number.centred(side, side))
        share = LINE_ELDER if look.elder else LINE
        right, left = rest.cut_right(min(rest.w * 0.5, self._right()), look.u(Space.M))
        line, business = left.cut_bottom(left.h * share)
        if self._expected is not None:  # why, where to go instead, and until when: across the whole row
            line, head = rest.cut_bottom(rest.h * share)
            right = head.cut_right(right.w)[0]
        self._state(right)
        self._business.place(business)
        self._say(line)

    def _say(self, box: Box) -> None:
        look, line = self.look, box
        if self._expected is not None and look.elder:  # one beneath the other
            expected, line = box.cut_bottom(box.h * 0.32)
            self._expected.place(expected)
        elif self._expected is not None:
            wide = min(box.w * 0.42, self._expected.fit(10_000, 10_000).width + 2)
            expected, line = box.cut_right(wide, look.u(Space.M))
            self._expected.place(expected)
        if self._arrow is not None:
            side = look.px(Step.NOTE)
            mark, line = line.cut_left(side, look.u(Space.XS))
            self._arrow.place(mark.centred(side, side))
        self._line.place(line)

    def _right(self) -> float:
        """How wide the state and the grade beneath it want to be."""
        return max(self._chip.width_for(), self.look.u(STARS) if self._level is not None else 0)

    def _state(self, box: Box) -> None:
        """The state, and beneath it the teller's grade."""
        look, chip = self.look, box
        if self._level is not None:
            chip, under = box.cut_top(look.px(Step.NOTE) * 2)
            stars = under.cut_right(look.u(STARS))[0]
            self._level.place(stars.centred(stars.w, min(under.h, look.u(30))))
        wide = min(box.w, self._chip.width_for())
        chip = Box(box.right - wide, chip.y, wide, chip.h)
        self._chip.place(chip.centred(chip.w, min(chip.h, look.px(Step.NOTE) * 2)))


class CountersPage(Page):
    def __init__(self, look: Look, view: CountersView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._rows = tuple(self.put(CounterLine(look, row, tap)) for row in view.rows)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        columns = 2 if landscape(box) or len(self._rows) > 9 else 1
        most = look.u(ROW_MOST_ELDER if look.elder else ROW_MOST)
        for row, cell in zip(self._rows, list_cells(inner, len(self._rows), most, look, columns=columns), strict=True):
            row.place(cell)
