"""The pages one reads: hours of the week, hotline, and a screen that knows nothing yet."""

from collections.abc import Sequence

from kiosk.design.box import Box
from kiosk.design.button import Button
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill
from kiosk.design.state_shape import NumberSquare
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page, landscape, words
from kiosk.view.happenings import Open, Place
from kiosk.view.touch import HotlineView, SafeView, WeekView
from kiosk.view.week import DayRow

TABLE_MOST = 1280
TABLE_MOST_ELDER = 1440
KEY = 104
KEY_WIDE = 400
_FLAT_U = 1200  # in a row narrower than this, hours in large type go on a second line
_FLAT_MARGIN = 8  # what a column has beside its text, in characters


class WeekRow(Page):
    """One date of the table. Today is marked by its ground and a bold date, another day than usual by its note.

    Hours are never bold: where they fill their column they would be smaller than all others.
    """

    def __init__(self, look: Look, row: DayRow, lengths: Sequence[int], tap: OnTap) -> None:
        """`lengths`: of each column's longest text, in characters."""
        super().__init__(look, tap)
        palette = look.palette
        self._lengths = lengths
        self._ground = self.put(Fill(look, palette.pressed, corner=CARD_CORNER)) if row.today else None
        step = _step(look)
        self._day = self.text(step, palette.ink, row.day.first, bold=row.today, lines=2)
        self._second = self.text(Step.CAPTION, palette.muted, row.day.second)
        self._note = self.text(Step.NOTE, palette.attention, row.note, bold=True) if row.note else None
        self._hours = tuple(self.text(step, palette.ink, text, align="centre", lines=2) for text in row.hours)

    def layout(self, box: Box) -> None:
        look = self.look
        if self._ground is not None:
            self._ground.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        day, *cells = _cells(inner, self._lengths, look)
        roomy = box.h >= look.u(120)
        shown = roomy and bool(self._second.text)
        self.have(self._second, shown)
        if self._note is not None and roomy:
            share = 0.56 if self._note.fit(day.w, day.h * 0.36).clipped else 0.36
            low = min(day.h * share, self._note.fit(day.w, day.h * share).height)
            high = look.px(Step.BODY) * 2.2 if shown else self._day.fit(day.w, day.h - low).height
            note, day = day.centred(day.w, min(day.h, low + high)).cut_bottom(low)
            self._note.place(note)
        elif self._note is not None:
            cut = self._note.fit(day.w * 0.44 - look.u(Space.S), day.h).clipped
            day, note = day.cut_left(day.w * (0.42 if cut else 0.56), look.u(Space.S))
            self._note.place(note)
        if shown:
            block = day.centred(day.w, min(day.h, look.px(Step.BODY) * 2.2))
            second, day = block.cut_bottom(block.h * 0.4)
            self._second.place(second)
        self._day.place(day)
        for text, cell in zip(self._hours, cells, strict=False):
            text.place(cell)


def _step(look: Look) -> Step:
    """One size for every row, however long its hours."""
    return Step.NOTE if look.elder else Step.BODY


def _cells(row: Box, lengths: Sequence[int], look: Look) -> tuple[Box, ...]:
    """A row's date, then its services, of equal width.

    Lying and in large type nothing may go on a second line, and a note stands beside its date: there the date is wider, and
    so is a service the more is said in it.
    """
    gap = look.u(Space.S)
    flat = look.elder and row.w > look.u(_FLAT_U)
    day, rest = row.cut_left(row.w * (0.44 if flat else 0.36), look.u(Space.M))
    if not flat:
        return day, *rest.columns(max(1, len(lengths)), gap)
    weights = [length + _FLAT_MARGIN for length in lengths]
    cells = [day]
    for index, weight in enumerate(weights):
        cell, rest = rest.cut_left(rest.w * weight / sum(weights[index:]), gap)
        cells.append(cell)
    return tuple(cells)


class WeekPage(Page):
    def __init__(self, look: Look, view: WeekView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._heads = tuple(
            self.pair(_step(look), service, palette.accent, bold=True, align="centre")
            for service in view.table.services
        )
        self._lengths = tuple(
            max(len(text) for text in column) for column in zip(*(row.hours for row in view.table.rows), strict=True)
        )
        self._rows = tuple(self.put(WeekRow(look, row, self._lengths, tap)) for row in view.table.rows)
        self._rules = tuple(self.put(Fill(look, palette.line)) for _ in view.table.rows)
        self._foot = self.text(Step.NOTE, palette.muted, view.foot, lines=2)
        self.holidays = self.put(
            Button(look, words(view.holidays), lambda: tap(Open(Place.HOLIDAYS)), icon=Icon.CALENDAR, step=Step.BODY)
        )

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        foot, inner = inner.cut_bottom(look.u(KEY), look.u(Space.S))
        key, foot = foot.cut_right(look.u(KEY_WIDE), look.u(Space.M))
        self.holidays.place(key)
        self._foot.place(foot)
        height = min(inner.h, look.u(TABLE_MOST_ELDER if look.elder else TABLE_MOST))
        table = inner.cut_top(height)[0]
        self._card.place(table)
        table = table.inset(look.u(Space.M), look.u(Space.S))
        words_px = look.px(_step(look)) * (1.5 if look.elder else 2.2)  # in large type they stand alone
        head, rest = table.cut_top(max(table.h * 0.11, words_px))
        cells = _cells(head.inset(look.u(Space.M), 0), self._lengths, look)[1:]
        for text, cell in zip(self._heads, cells, strict=True):
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
            (self.put(_step_number(look, number)), self.text(Step.BODY, palette.ink, text, lines=2, even=True))
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
        hours, top = inside.cut_bottom(look.px(Step.BODY) * (1.5 if look.elder else 2.4), look.u(Space.S))
        side = min(look.u(120), top.h)
        phone, number = top.cut_left(side, look.u(Space.L))
        self._phone.place(phone.centred(side, side))
        self._number.place(number)
        self._hours.place(hours)
        title, rest = rest.cut_top(look.px(Step.TITLE) * 2.2, look.u(Space.M))
        self._title.place(title)
        gap, count = look.u(Space.S), max(1, len(self._steps))
        high = min(look.u(150 if look.elder else 120), (rest.h - gap * (count - 1)) / count)
        rows = rest.cut_top(high * count + gap * (count - 1))[0].rows(count, gap)
        cells = [row.cut_left(look.u(72), look.u(Space.M)) for row in rows]
        size = min((text.fit(right.w, right.h).px for (_, text), (_, right) in zip(self._steps, cells, strict=True)))
        for (number_part, text), (left, right) in zip(self._steps, cells, strict=True):
            number_part.place(left.centred(look.u(72), look.u(72)))
            text.only = size
            text.place(right)


def _step_number(look: Look, number: int) -> NumberSquare:
    square = NumberSquare(look, Step.BODY)
    square.show(str(number))
    return square


class SafePage(Page):
    """No state has ever been seen: no claim about service is made. Held, the emblem lets staff in."""

    def __init__(self, look: Look, view: SafeView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self.emblem = self.put(HeldEmblem(look, tap))
        self._title = self.pair(Step.GIANT, view.title, bold=True, align="centre")
        self._line = self.text(Step.TITLE, palette.muted, view.line, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        middle = box.centred(box.w - 2 * look.u(Space.XL), look.u(640))
        mark, rest = middle.cut_top(look.u(220), look.u(Space.L))
        self.emblem.place(mark.centred(mark.h, mark.h))
        title, line = rest.cut_top(look.u(240), look.u(Space.M))
        self._title.place(title)
        self._line.place(line)
