"""The two bodies of the staff panel: the counters' board, and a list."""

from kiosk.design.box import Box
from kiosk.design.button import Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, IconView
from kiosk.design.state_shape import Chip, NumberSquare
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.panel_parts import PagerBar, Row, action_button
from kiosk.screens.touch_base import OnTap, Page, landscape, mood
from kiosk.view.panel import BoardView, ListView, PanelRow

_LEAST, _MOST, _MOST_WIDE = 232, 280, 344  # of a counter's card
_WAIT = 116
_WAIT_STACKED = 216
_BRANCH = 136
_BRANCH_STACKED, _BRANCH_MORE = 224, 288
_PAGER = 96
_ROWS = (152, 200, 248)  # of a list's row: the lowest at which nothing is cut
_TITLE = 56
_TWO_COLUMNS = 4  # so many counters at most beside who waits


class CounterCard(Page):
    """One counter: its state to be read above, and beneath it the one large key that changes it."""

    def __init__(self, look: Look, row: PanelRow, tap: OnTap, *, busy: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._number = self.put(NumberSquare(look, Step.TITLE))
        self._number.show(row.number)
        self._title = self.text(Step.BODY, palette.ink, row.title.first, bold=True)
        self._line = self.text(Step.NOTE, palette.muted, row.line, lines=2)
        self._chip: Chip | None = None
        if row.state is not None:
            self._chip = self.put(Chip(look, Step.NOTE, boxed=False))
            self._chip.show(mood(row.state.mood), row.state.words.first)
            self._number.stand(row.state.mood)
        self.button = None
        if row.action is not None:
            tone = Tone.PLAIN if row.action.grave else Tone.MAIN
            self.button = self.put(action_button(look, row.action, tap, tone=tone, busy=busy, step=Step.TITLE))
        self.more = None
        if row.more is not None:
            self.more = self.put(action_button(look, row.more, tap, tone=Tone.PLAIN, busy=busy, step=Step.NOTE))

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.S), look.u(Space.S))
        side, key = look.u(80), look.u(96)
        there = [button for button in (self.button, self.more) if button is not None]
        room, high = inner.w - side - look.u(Space.S), inner.h - (key if there else 0)
        tight = self._title.fit(room, high * 0.36).clipped or self._line.fit(room, high * 0.3).clipped
        if tight:  # rather a small number and lower keys than words that are cut
            side, key = look.u(56), look.u(80)
        keys, said = inner.cut_bottom(key, look.u(Space.XS))
        for button, cell in zip(there, keys.columns(max(1, len(there)), look.u(Space.S)), strict=False):
            button.place(cell)
        if not there:
            said = inner
        number, rest = said.cut_left(side, look.u(Space.S))
        self._number.place(number.centred(side, side))
        chip_w = self._chip.width_for() if self._chip is not None else 0
        beside = rest.w - chip_w - look.u(Space.XS)
        narrow = self._line.fit(10_000, 10_000).width > beside  # then the line stands beneath the chip
        head, line = rest.cut_top(rest.h * (0.39 if tight else 0.36 if narrow else 0.48))
        self._title.place(head)
        if self._chip is not None:
            chip, line = (
                line.cut_top(line.h * (0.37 if tight else 0.48)) if narrow else line.cut_left(chip_w, look.u(Space.XS))
            )
            width = min(chip.w, chip_w)
            self._chip.place(Box(chip.x, chip.y, width, chip.h).centred(width, min(chip.h, look.u(48))))
        self._line.place(line)


class Board(Page):
    """Tall: who waits at the top, the counters where the thumb is, the branch beneath. Wide: who waits at the right."""

    def __init__(self, look: Look, view: BoardView, tap: OnTap, *, busy: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self.cards = tuple(self.put(CounterCard(look, row, tap, busy=busy)) for row in view.counters)
        self.branch = self.put(Row(look, view.branch, tap, busy=busy))
        self.pager = None if view.pager is None else self.put(PagerBar(look, view.pager, tap))
        self._title = self.text(Step.BODY, palette.ink, view.waits_title, bold=True)
        self.waits = tuple(self.put(Row(look, row, tap, busy=busy)) for row in view.waits)
        self._count = view.count
        self.all_waits = None
        if view.all_waits is not None:
            self.all_waits = self.put(action_button(look, view.all_waits, tap, tone=Tone.PLAIN, busy=False))
        self._calm = None if not view.quiet else self.put(IconView(look, Icon.TICK, palette.open))
        self._quiet = self.text(Step.BODY, palette.muted, view.quiet, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        if landscape(box):
            self._wide(box)
        else:
            self._tall(box)

    def _wide(self, box: Box) -> None:
        look = self.look
        gap = look.u(Space.S)
        side, counters = box.cut_right(box.w * 0.29, look.u(Space.M))
        whole = self.branch.whole(side.cut_bottom(look.u(_BRANCH_STACKED))[0])
        branch, waits = side.cut_bottom(look.u(_BRANCH_STACKED if whole else _BRANCH_MORE), gap)
        self.branch.place(branch)
        if self.pager is not None:
            pager, waits = waits.cut_bottom(look.u(_PAGER), gap)
            self.pager.place(pager)
        self._waiting(waits, _WAIT_STACKED)
        self._counters(counters, 3 if len(self.cards) > _TWO_COLUMNS else 2, _MOST_WIDE)

    def _tall(self, box: Box) -> None:
        look = self.look
        gap = look.u(Space.S)
        branch, rest = box.cut_bottom(look.u(_BRANCH), gap)
        self.branch.place(branch)
        if self.pager is not None:
            pager, rest = rest.cut_bottom(look.u(_PAGER), gap)
            self.pager.place(pager)
        deep = max(1, -(-len(self.cards) // 2))
        wanted = look.u(_TITLE) + (look.u(_WAIT) + gap) * max(1, len(self.waits))
        height = max(look.u(_LEAST), min(look.u(_MOST), (rest.h - wanted) / deep - gap))
        counters, waits = rest.cut_bottom(deep * (height + gap) - gap, look.u(Space.M))
        self._counters(counters, 2, _MOST)
        self._waiting(waits, _WAIT)

    def _counters(self, box: Box, columns: int, most: float) -> None:
        look = self.look
        gap = look.u(Space.S)
        columns = max(1, min(columns, len(self.cards)))
        deep = max(1, -(-len(self.cards) // columns))
        height = min(look.u(most), (box.h - gap * (deep - 1)) / deep)
        grid = box.cut_top(height * deep + gap * (deep - 1))[0]
        cells = [cell for row in grid.rows(deep, gap) for cell in row.columns(columns, gap)]
        for card, cell in zip(self.cards, cells, strict=False):
            card.place(cell)

    def _waiting(self, box: Box, high: float) -> None:
        look = self.look
        if self._calm is not None:
            side = min(look.u(120), box.h * 0.4)
            middle = box.centred(box.w, min(box.h, side + look.u(120)))
            icon, said = middle.cut_top(side, look.u(Space.S))
            self._calm.place(icon.centred(side, side))
            self._quiet.place(said)
            return
        gap = look.u(Space.S)
        title, rest = box.cut_top(look.u(_TITLE))
        fit = self._fitting(rest, high)
        short = self.all_waits is not None and fit < self._count
        if short:
            title, rest = box.cut_top(look.u(80), look.u(Space.XS))
            fit = self._fitting(rest, high)
        if self.all_waits is not None:
            self.have(self.all_waits, short)
            every, title = title.cut_right(look.u(240), look.u(Space.M)) if short else (title, title)
            self.all_waits.place(every)
        self._title.place(title)
        for index, row in enumerate(self.waits):
            self.have(row, index < fit)
        shown = self.waits[:fit]
        if not shown:
            return
        height = min(look.u(high + 24), (rest.h - gap * (len(shown) - 1)) / len(shown))
        grid = rest.cut_top(height * len(shown) + gap * (len(shown) - 1))[0]
        for row, cell in zip(shown, grid.rows(len(shown), gap), strict=True):
            row.place(cell)

    def _fitting(self, box: Box, high: float) -> int:
        """How many rows find room."""
        gap = self.look.u(Space.S)
        return min(len(self.waits), int((box.h + gap) // (self.look.u(high) + gap)))


class List(Page):
    """Rows of one build, a sheet at a time, and the button that begins something new."""

    def __init__(self, look: Look, view: ListView, tap: OnTap, *, busy: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._title = self.text(Step.TITLE, palette.ink, view.title, bold=True)
        self.rows = tuple(self.put(Row(look, row, tap, busy=busy)) for row in view.rows)
        self._empty = self.text(Step.TITLE, palette.muted, view.empty, align="centre", lines=2)
        self.pager = None if view.pager is None else self.put(PagerBar(look, view.pager, tap))
        self.main = None
        if view.main is not None:
            self.main = self.put(action_button(look, view.main, tap, tone=Tone.MAIN, busy=busy, step=Step.TITLE))

    def layout(self, box: Box) -> None:
        look = self.look
        title, rest = box.cut_top(look.u(64), look.u(Space.S))
        self._title.place(title)
        if self.main is not None:
            main, rest = rest.cut_bottom(look.u(120), look.u(Space.M))
            self.main.place(main)
        if self.pager is not None:
            pager, rest = rest.cut_bottom(look.u(_PAGER), look.u(Space.M))
            self.pager.place(pager)
        self._empty.place(rest.cut_top(min(rest.h, look.u(360)))[0])
        if self.rows:
            self._place(rest)

    def _place(self, box: Box) -> None:
        look = self.look
        gap, columns = look.u(Space.S), 2 if landscape(box) and len(self.rows) > 1 else 1
        deep = -(-len(self.rows) // columns)
        for most in _ROWS:
            height = min(look.u(most), (box.h - gap * (deep - 1)) / deep)
            grid = box.cut_top(height * deep + gap * (deep - 1))[0]
            cells = [cell for row in grid.rows(deep, gap) for cell in row.columns(columns, look.u(Space.M))]
            if all(row.whole(cell) for row, cell in zip(self.rows, cells, strict=False)):
                break
        Row.align(self.rows, cells)
        for row, cell in zip(self.rows, cells, strict=False):
            row.place(cell)
