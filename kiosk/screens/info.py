"""The pages one reads: counters, hours of the week, hotline, and a screen that knows nothing yet."""

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Emblem, Fill
from kiosk.design.state_shape import Chip, NumberSquare
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page, landscape, mood
from kiosk.view.branch import CounterRow
from kiosk.view.touch import CountersView, HotlineView, SafeView, WeekView
from kiosk.view.week import DayRow

ROW_MOST = 168


class CounterLine(Page):
    """One counter: number, business, state; beneath it until when, or where to go instead."""

    def __init__(self, look: Look, row: CounterRow, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._number = self.put(NumberSquare(look, Step.TITLE if look.elder else Step.HEAD))
        self._number.show(row.number)
        self._business = self.pair(Step.TITLE, row.business, bold=True)
        self._line = self.text(Step.NOTE, palette.muted, row.line, lines=2)
        self._chip = self.put(Chip(look, Step.NOTE))
        self._chip.show(mood(row.state.mood), row.state.words.first)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        side = min(inner.h, look.u(104))
        number, rest = inner.cut_left(side, look.u(Space.M))
        self._number.place(number.centred(side, side))
        chip, rest = rest.cut_right(self._chip.width_for(), look.u(Space.M))
        self._chip.place(chip.centred(chip.w, min(chip.h, look.px(Step.NOTE) * 2.2)))
        line, business = rest.cut_bottom(rest.h * 0.42)
        self._business.place(business)
        self._line.place(line)


class CountersPage(Page):
    def __init__(self, look: Look, view: CountersView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._rows = tuple(self.put(CounterLine(look, row, tap)) for row in view.rows)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        columns = 2 if landscape(box) or len(self._rows) > 9 else 1
        deep = max(1, -(-len(self._rows) // columns))
        height = min(look.u(ROW_MOST), (inner.h - look.u(Space.S) * (deep - 1)) / deep)
        used = inner.cut_top(height * deep + look.u(Space.S) * (deep - 1))[0]
        cells = [cell for row in used.rows(deep, look.u(Space.S)) for cell in row.columns(columns, look.u(Space.M))]
        for row, cell in zip(self._rows, cells, strict=False):
            row.place(cell)


class WeekRow(Page):
    """One date of the table. Today is marked by ground and bold letters, another day than usual by its note."""

    def __init__(self, look: Look, row: DayRow, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.pressed, corner=CARD_CORNER)) if row.today else None
        step = Step.NOTE if look.elder else Step.BODY  # one size for every row, however long its hours
        self._day = self.text(step, palette.ink, row.day.first, bold=row.today)
        self._second = self.text(Step.CAPTION, palette.muted, row.day.second)
        self._note = self.text(Step.NOTE, palette.attention, row.note, bold=True) if row.note else None
        self._hours = tuple(
            self.text(step, palette.ink, text, bold=row.today, align="centre", lines=2) for text in row.hours
        )

    def layout(self, box: Box) -> None:
        look = self.look
        if self._ground is not None:
            self._ground.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        day, rest = inner.cut_left(inner.w * 0.34, look.u(Space.M))
        roomy = box.h >= look.u(120)
        if self._note is not None and roomy:
            note, day = day.cut_bottom(day.h * 0.36)
            self._note.place(note)
        elif self._note is not None:
            day, note = day.cut_left(day.w * 0.56, look.u(Space.S))
            self._note.place(note)
        shown = roomy and bool(self._second.text)
        self.have(self._second, shown)
        if shown:
            block = day.centred(day.w, min(day.h, look.px(Step.BODY) * 2.2))
            second, day = block.cut_bottom(block.h * 0.4)
            self._second.place(second)
        self._day.place(day)
        for text, cell in zip(self._hours, rest.columns(max(1, len(self._hours)), look.u(Space.S)), strict=False):
            text.place(cell)


class WeekPage(Page):
    def __init__(self, look: Look, view: WeekView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._heads = tuple(
            self.pair(Step.BODY, service, palette.accent, bold=True, align="centre") for service in view.table.services
        )
        self._rows = tuple(self.put(WeekRow(look, row, tap)) for row in view.table.rows)
        self._rules = tuple(self.put(Fill(look, palette.line)) for _ in view.table.rows)
        self._foot = self.text(Step.NOTE, palette.muted, view.foot, align="centre")

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        foot, inner = inner.cut_bottom(look.px(Step.NOTE) * 1.6, look.u(Space.S))
        self._foot.place(foot)
        height = min(inner.h, look.u(1180))
        table = inner.cut_top(height)[0]
        self._card.place(table)
        table = table.inset(look.u(Space.M), look.u(Space.S))
        head, rest = table.cut_top(table.h * 0.11)
        columns = head.inset(look.u(Space.M), 0).cut_left((head.w - 2 * look.u(Space.M)) * 0.34, look.u(Space.M))[1]
        for text, cell in zip(self._heads, columns.columns(max(1, len(self._heads)), look.u(Space.S)), strict=True):
            text.place(cell)
        for row, rule, cell in zip(self._rows, self._rules, rest.rows(len(self._rows)), strict=True):
            row.place(cell.inset(0, look.u(4)))
            rule.place(Box(cell.x, cell.top, cell.w, look.u(1)))


class HotlinePage(Page):
    """The number as large as the page allows, and what happens to a complaint."""

    def __init__(self, look: Look, view: HotlineView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Fill(look, palette.brand, corner=CARD_CORNER))
        self._phone = self.icon(Icon.PHONE, palette.on_brand)
        self._number = self.text(Step.SHOUT, palette.on_brand, view.number, bold=True)
        self._hours = self.pair(Step.BODY, view.hours, palette.on_brand, palette.brand_muted)
        self._title = self.pair(Step.TITLE, view.steps_title, bold=True)
        self._steps = tuple(
            (self.put(_step_number(look, number)), self.text(Step.BODY, palette.ink, text, lines=2))
            for number, text in enumerate(view.steps, 1)
        )

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.XL))
        if landscape(box):
            card, rest = inner.cut_left(inner.w * 0.44, look.u(Space.XXL))
        else:
            card, rest = inner.cut_top(look.u(380), look.u(Space.XXL))
        self._card.place(card)
        inside = card.inset(look.u(Space.XL), look.u(Space.L))
        hours, top = inside.cut_bottom(look.px(Step.BODY) * 2.4, look.u(Space.S))
        side = min(look.u(120), top.h)
        phone, number = top.cut_left(side, look.u(Space.L))
        self._phone.place(phone.centred(side, side))
        self._number.place(number)
        self._hours.place(hours)
        title, rest = rest.cut_top(look.px(Step.TITLE) * 2.2, look.u(Space.M))
        self._title.place(title)
        for number_part, text in self._steps:
            row, rest = rest.cut_top(min(look.u(120), rest.h / 2), look.u(Space.S))
            left, right = row.cut_left(look.u(72), look.u(Space.M))
            number_part.place(left.centred(look.u(72), look.u(72)))
            text.place(right)


def _step_number(look: Look, number: int) -> NumberSquare:
    square = NumberSquare(look, Step.BODY)
    square.show(str(number))
    return square


class SafePage(Page):
    """No state has ever been seen: no claim about service is made."""

    def __init__(self, look: Look, view: SafeView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._mark = self.put(Emblem(look, palette.accent))
        self._title = self.pair(Step.GIANT, view.title, bold=True, align="centre")
        self._line = self.text(Step.TITLE, palette.muted, view.line, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        middle = box.centred(box.w - 2 * look.u(Space.XL), look.u(640))
        mark, rest = middle.cut_top(look.u(220), look.u(Space.L))
        self._mark.place(mark)
        title, line = rest.cut_top(look.u(240), look.u(Space.M))
        self._title.place(title)
        self._line.place(line)
