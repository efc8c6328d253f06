"""The year's special dates as a table: when, why, and which hours hold then."""

from kiosk.design.box import Box
from kiosk.design.paint import Card, Fill
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page
from kiosk.view.holidays import HolidayRow, HolidaysView

ROW_MOST = 124
ROW_MOST_ELDER = 210
DATES = 0.42
DATES_ELDER = 0.38
TIGHT = 1.02  # a line to its letters, where two stand one above the other


def _dates(look: Look) -> float:
    """The share of a row that its dates take."""
    return DATES_ELDER if look.elder else DATES


class HolidayLine(Page):
    """Dates and weekdays, the cause, the hours of each service."""

    def __init__(self, look: Look, row: HolidayRow) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.pressed, corner=CARD_CORNER)) if row.now else None
        step = Step.NOTE if look.elder else Step.BODY
        self._dates = self.text(step, palette.ink, row.dates.first, bold=True, lines=2)
        self._note = self.text(Step.NOTE, palette.attention, row.note.first, bold=True, lines=2)
        self._weekdays = self.text(Step.CAPTION, palette.muted, row.weekdays)
        self._hours = tuple(self.text(step, palette.ink, text, align="centre", lines=3) for text in row.hours)

    def layout(self, box: Box) -> None:
        look = self.look
        if self._ground is not None:
            self._ground.place(box)
        inner = box.inset(look.u(Space.S), look.u(Space.XS))
        left, rest = inner.cut_left(inner.w * _dates(look), look.u(Space.M))
        room = left.h >= look.px(Step.CAPTION) * 2 * TIGHT
        if not room:
            self.have(self._weekdays, wanted=False)
            dates, note = left.cut_left(left.w * 0.56, look.u(Space.S))
            self._dates.place(dates)
            self._note.place(note)
            self._place_hours(rest)
            return
        top, under = left.cut_top(left.h * 0.5)
        note, weekdays = under.cut_left(self._note.fit(under.w, under.h).width + 2, look.u(Space.S))
        self.have(self._weekdays, weekdays.w >= self._weekdays.fit(10_000, under.h).width)
        self._dates.place(top)
        self._note.place(note)
        self._weekdays.place(weekdays)
        self._place_hours(rest)

    def _place_hours(self, rest: Box) -> None:
        look = self.look
        for text, cell in zip(self._hours, rest.columns(max(1, len(self._hours)), look.u(Space.S)), strict=False):
            text.place(cell)


class HolidaysPage(Page):
    def __init__(self, look: Look, view: HolidaysView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._heads = tuple(
            self.pair(Step.BODY, service, palette.accent, bold=True, align="centre") for service in view.services
        )
        self._rows = tuple(self.put(HolidayLine(look, row)) for row in view.rows)
        self._rules = tuple(self.put(Fill(look, palette.line)) for _ in view.rows)
        self._empty = self.text(Step.TITLE, palette.ink, view.empty, align="centre", lines=2) if view.empty else None
        self._foot = self.text(Step.NOTE, palette.muted, view.foot, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        foot, inner = inner.cut_bottom(look.px(Step.NOTE) * 1.6, look.u(Space.S))
        self._foot.place(foot)
        pad = look.u(Space.S)
        head = look.px(Step.BODY) * 2.2
        count = max(1, len(self._rows))
        height = min(look.u(ROW_MOST_ELDER if look.elder else ROW_MOST), (inner.h - head - 2 * pad) / count)
        card = inner.cut_top(head + height * count + 2 * pad)[0]
        self._card.place(card)
        table = card.inset(look.u(Space.M), pad)
        top, rest = table.cut_top(head)
        across = top.inset(look.u(Space.S), 0)
        columns = across.cut_left(across.w * _dates(look), look.u(Space.M))[1]
        for text, cell in zip(self._heads, columns.columns(max(1, len(self._heads)), look.u(Space.S)), strict=False):
            text.place(cell)
        if self._empty is not None:
            self._empty.place(rest)
        for row, rule, cell in zip(self._rows, self._rules, rest.rows(count), strict=False):
            row.place(cell.inset(0, look.u(4)))
            rule.place(Box(cell.x, cell.top, cell.w, look.u(1)))
