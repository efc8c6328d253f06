"""The special dates of this year and the next as a table: when, why, and which hours hold then."""

from kiosk.design.bilingual import even_out
from kiosk.design.box import Box
from kiosk.design.button import Button
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill
from kiosk.design.text import Text, one_size
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page, landscape, words
from kiosk.view.happenings import ShowStep
from kiosk.view.holidays import HolidayRow, HolidaysView
from kiosk.view.voice import Pair

ROW_MOST = 124
ROW_MOST_ELDER = 232
DATES = 0.42  # of a row's width
DATES_ELDER, DATES_ELDER_LYING = 0.32, 0.36
BESIDE = 0.58  # of that, where the cause stands beside the dates
TURN = 112
TURN_WIDE, TURN_WIDE_ELDER = 264, 320


class HolidayLine(Page):
    """Dates with the cause and the weekdays beneath them, or, in a low row, beside them; the hours of each service."""

    def __init__(self, look: Look, row: HolidayRow) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.pressed, corner=CARD_CORNER)) if row.now else None
        self._step = Step.NOTE if look.elder else Step.BODY
        self.dates = self.text(self._step, palette.ink, row.dates.first, bold=True, lines=2)
        self._note = self.text(Step.NOTE, palette.attention, row.note.first, bold=True, lines=2)
        self._weekdays = self.text(Step.CAPTION, palette.muted, row.weekdays)
        self.hours = tuple(self.text(self._step, palette.ink, text, align="centre", lines=3) for text in row.hours)

    def parted(self, box: Box) -> tuple[Box, Box, tuple[Box, ...]]:
        """The room for the dates, for what stands with them, and for each service's hours."""
        look = self.look
        inner = box.inset(look.u(Space.S), look.u(Space.XS))
        left, rest = inner.cut_left(inner.w * _dates(look, inner.w), look.u(Space.M))
        line = look.px(Step.NOTE) * 1.4
        cells = rest.columns(max(1, len(self.hours)), look.u(Space.S))
        if left.h < look.px(self._step) * 1.2 + line:
            return *left.cut_left(left.w * BESIDE, look.u(Space.S)), cells
        high = min(left.h - line, self.dates.fit(left.w, left.h - line).height)
        under = min(left.h - high, max(line, self._note.fit(left.w, left.h - high).height))
        block = left.centred(left.w, high + under)
        return *block.cut_top(high), cells

    def layout(self, box: Box) -> None:
        look = self.look
        if self._ground is not None:
            self._ground.place(box)
        dates, beside, cells = self.parted(box)
        self.dates.place(dates)
        note, weekdays = beside.cut_left(self._note.fit(beside.w, beside.h).width + 2, look.u(Space.S))
        self._note.place(note)
        self.have(self._weekdays, weekdays.w >= self._weekdays.fit(10_000, beside.h).width)
        self._weekdays.place(weekdays)
        for text, cell in zip(self.hours, cells, strict=False):
            text.place(cell)


def _dates(look: Look, width: float) -> float:
    """The share of a row that its dates take: in large type two lines of them leave the hours their size."""
    if not look.elder:
        return DATES
    return DATES_ELDER_LYING if width > look.u(1200) else DATES_ELDER


class HolidaysPage(Page):
    """A year that is not this one is named above its first dates, on every page of them."""

    def __init__(self, look: Look, view: HolidaysView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._heads = tuple(
            self.pair(Step.BODY, service, palette.accent, bold=True, align="centre") for service in view.services
        )
        self._rows = tuple(self.put(HolidayLine(look, row)) for row in view.rows)
        self._rules = tuple(self.put(Fill(look, palette.line)) for _ in view.rows)
        before = ("", *(row.year for row in view.rows))
        self._years = tuple(
            self.text(Step.NOTE if look.elder else Step.BODY, palette.accent, row.year, bold=True)
            if row.year != year
            else None
            for row, year in zip(view.rows, before, strict=False)
        )
        self._empty = self.text(Step.TITLE, palette.ink, view.empty, align="centre", lines=2) if view.empty else None
        self._foot = self.text(Step.NOTE, palette.muted, view.foot, align="centre", lines=2)
        self._pager = None
        if view.pager:
            self._pager = self.text(Step.BODY, palette.muted, view.pager, align="centre", lines=2, even=True)
        self.earlier = self._turn(view.earlier_label, Icon.BACK, view.earlier)
        self.later = self._turn(view.later_label, Icon.ARROW, view.later)

    def _turn(self, label: Pair, icon: Icon, step: ShowStep | None) -> Button | None:
        """A key to the page beside this one; pale at an end."""
        if self._pager is None:
            return None
        key = self.put(
            Button(self.look, words(label), lambda: self.tap(step or ShowStep(0)), icon=icon, step=Step.BODY)
        )
        key.enable(step is not None)
        return key

    def layout(self, box: Box) -> None:
        look = self.look
        inner = self._turning(box.inset(look.u(Space.XL), look.u(Space.L)), wide=landscape(box))
        pad = look.u(Space.S)
        head, band = look.px(Step.BODY) * (1.6 if look.elder else 2.2), self._band
        bands = sum(band for year in self._years[1:] if year is not None)
        count = max(1, len(self._rows))
        most = look.u(ROW_MOST_ELDER if look.elder else ROW_MOST)
        height = min(most, (inner.h - head - bands - 2 * pad) / count)
        self._card.place(inner.cut_top(head + bands + height * count + 2 * pad)[0])
        table = inner.inset(look.u(Space.M), pad)
        top, rest = table.cut_top(head)
        self._head(top.inset(look.u(Space.S), 0))
        if self._empty is not None:
            self._empty.place(rest.cut_top(height)[0])
        cells = []
        for rule, year in zip(self._rules, (None, *self._years[1:]), strict=False):
            rule.place(Box(rest.x, rest.top, rest.w, look.u(1)))
            if year is not None:
                over, rest = rest.cut_top(band)
                year.place(over.inset(look.u(Space.S), 0))
            cell, rest = rest.cut_top(height)
            cells.append(cell.inset(0, look.u(4)))
        self._fill(cells)

    @property
    def _band(self) -> float:
        """How high the line of a year stands."""
        return self.look.px(Step.NOTE if self.look.elder else Step.BODY) * 1.5

    def _head(self, box: Box) -> None:
        """The services; and, where the page begins with it, the other year."""
        look = self.look
        first, columns = box.cut_left(box.w * _dates(look, box.w), look.u(Space.M))
        for text, cell in zip(self._heads, columns.columns(max(1, len(self._heads)), look.u(Space.S)), strict=False):
            text.place(cell)
        if self._years and self._years[0] is not None:
            self._years[0].place(first)

    def _fill(self, cells: list[Box]) -> None:
        """Dates in one size and hours in one size: the longest decide."""
        for row in self._rows:
            row.dates.only = None
        parted = [row.parted(cell) for row, cell in zip(self._rows, cells, strict=True)]
        one_size([row.dates for row in self._rows], [dates for dates, _, _ in parted])
        hours: list[Text] = [text for row in self._rows for text in row.hours]
        one_size(hours, [cell for _, _, columns in parted for cell in columns][: len(hours)])
        for row, cell in zip(self._rows, cells, strict=True):
            row.place(cell)

    def _turning(self, box: Box, *, wide: bool) -> Box:
        """The keys and the line at the foot; what is left. Lying, the line stands between the keys."""
        look = self.look
        line = look.px(Step.NOTE) * 1.6
        if self._pager is None or self.earlier is None or self.later is None:
            foot, rest = box.cut_bottom(line, look.u(Space.S))
            self._foot.place(foot)
            return rest
        if not wide:
            foot, box = box.cut_bottom(line, look.u(Space.XS))
            self._foot.place(foot)
        keys, rest = box.cut_bottom(look.u(TURN), look.u(Space.M))
        side = look.u(TURN_WIDE_ELDER if look.elder else TURN_WIDE)
        earlier, middle = keys.cut_left(side, look.u(Space.M))
        later, middle = middle.cut_right(side, look.u(Space.M))
        even_out((self.earlier.words, self.later.words), (self.earlier.room(earlier), self.later.room(later)))
        self.earlier.place(earlier)
        self.later.place(later)
        if wide:
            foot, middle = middle.cut_bottom(middle.h * 0.5)
            self._foot.place(foot)
        self._pager.place(middle)
        return rest
