"""The one way there is to do a matter, large: how it is done step by step, or where."""

from kiosk.design.box import Box
from kiosk.design.paint import Card, Fill
from kiosk.design.state_shape import NumberSquare
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.spot_line import SpotLine
from kiosk.screens.touch_base import Page
from kiosk.view.guide import WayView

TILE = 152
ROW_LEAST, ROW_LEAST_ELDER, ROW_MOST = 112, 132, 176
SQUARE = 80
THREAD = 4  # that leads from one step to the next


class LoneWay(Page):
    """Its icon and title at the head; beneath a rule the steps, numbered, or the places with their states."""

    def __init__(self, look: Look, view: WayView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._card = self.put(Card(look))
        self._tile = self.put(Fill(look, palette.pressed, corner=CARD_CORNER))
        self._icon = self.icon(view.icon, palette.accent)
        self._title = self.pair(Step.TITLE if look.elder else Step.HEAD, view.title, bold=True, lines=2)
        self._line = self.text(Step.NOTE, palette.muted, view.line, lines=2) if view.line else None
        self._rule = self.put(Fill(look, palette.line))
        self._threads = tuple(self.put(Fill(look, palette.line)) for _ in view.steps[1:])
        self._squares = tuple(self.put(_numbered(look, number)) for number, _ in enumerate(view.steps, 1))
        step = Step.BODY if look.elder else Step.TITLE
        self._steps = tuple(self.text(step, palette.ink, words, lines=2) for words in view.steps)
        spots = () if view.steps else view.spots
        self._spots = tuple(self.put(SpotLine(look, spot, large=not look.elder)) for spot in spots)

    def height_for(self, _: float) -> float:
        """How high it wants to be at least."""
        look = self.look
        rows = max(1, len(self._steps) + len(self._spots))
        return (
            self._head()
            + 2 * look.u(Space.L)
            + rows * look.u(ROW_LEAST_ELDER if look.elder else ROW_LEAST)
            + 2 * look.u(Space.L)
        )

    def _head(self) -> float:
        look = self.look
        title = look.px(Step.TITLE if look.elder else Step.HEAD) * (1.5 if look.elder else 2.2)
        return max(look.u(TILE), title + (look.px(Step.NOTE) * 1.5 if self._line is not None else 0))

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        head, rest = inner.cut_top(self._head(), look.u(Space.L))
        tile, said = head.cut_left(look.u(TILE), look.u(Space.L))
        tile = tile.centred(look.u(TILE), look.u(TILE))
        self._tile.place(tile)
        self._icon.place(tile.inset(tile.w * 0.2))
        if self._line is not None:
            line, said = said.cut_bottom(look.px(Step.NOTE) * 1.4)
            self._line.place(line)
        self._title.place(said)
        rule, rest = rest.cut_top(look.u(1), look.u(Space.M))
        self._rule.place(rule)
        count = max(1, len(self._steps) + len(self._spots))
        rows = rest.cut_top(min(rest.h, look.u(ROW_MOST) * count))[0].rows(count)
        for spot, row in zip(self._spots, rows, strict=False):
            spot.place(row.cut_left(look.u(TILE), look.u(Space.L))[1])
        self._place_steps(rows)

    def _place_steps(self, rows: tuple[Box, ...]) -> None:
        """The steps, each number beneath the other, a thread between them."""
        look = self.look
        side, tile = look.u(SQUARE), look.u(TILE)
        marks = []
        for square, words, row in zip(self._squares, self._steps, rows, strict=False):
            mark, said = row.cut_left(tile, look.u(Space.L))
            marks.append(mark.centred(side, side))
            square.place(marks[-1])
            words.place(said)
        for thread, above, beneath in zip(self._threads, marks, marks[1:], strict=False):
            thread.place(Box(round(above.cx - look.u(THREAD) / 2), beneath.cy, look.u(THREAD), above.cy - beneath.cy))


def _numbered(look: Look, number: int) -> NumberSquare:
    square = NumberSquare(look, Step.BODY)
    square.show(str(number))
    return square
