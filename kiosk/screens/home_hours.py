"""What there is to read on the first page: the state and today's hours, or, in their place, that the branch serves nobody."""

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill
from kiosk.design.state_shape import Chip
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import Page, mood
from kiosk.view.branch import SuspendedView
from kiosk.view.home import HomeView
from signage.core.model import Reason

LABEL = 176
MARK = 40


class SuspendedBanner(Page):
    """The loudest thing there is: the branch serves nobody, why, and until when."""

    def __init__(self, look: Look, view: SuspendedView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._fill = self.put(Fill(look, palette.suspended, corner=CARD_CORNER))
        self._mark = self.icon(Icon.SUSPENDED, palette.on_suspended)
        colours = (palette.on_suspended, palette.suspended_muted)
        self._title = self.pair(Step.GIANT, view.title, *colours, bold=True)
        cause = Icon(view.cause) if view.cause in {reason.value for reason in Reason} else Icon.OTHER
        self._lines = tuple(
            (self.icon(icon, palette.on_suspended), self.pair(Step.TITLE, pair, *colours, bold=True, lines=3))
            for icon, pair in ((cause, view.reason), (Icon.CLOCK, view.until), (Icon.ARROW, view.instead))
        )

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        head, rest = inner.cut_top(inner.h * (0.32 if look.elder else 0.36), look.u(Space.M))
        side = min(head.h * 0.8, look.u(168))
        mark, title = head.cut_left(side, look.u(Space.L))
        self._mark.place(mark.centred(side, side))
        self._title.place(title)
        for (icon, text), row in zip(self._lines, rest.rows(len(self._lines), look.u(Space.XS)), strict=True):
            small = look.u(52)
            left, right = row.cut_left(small if look.elder else side, look.u(Space.L))
            icon.place(left.centred(small, small))
            text.place(right)


class HoursCard(Page):
    """The state, today's hours with the first service's large, then what will be different and what staff have to say.

    In large type a service stands above its hours, which then have the card's whole width.
    """

    def __init__(self, look: Look, view: HomeView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._card = self.put(Card(look))
        self._state = self.put(Chip(look, Step.BODY))
        self._state.show(mood(view.state.mood), view.state.words.first)
        self._title = None
        if view.hours_title is not None:
            self._title = self.pair(Step.NOTE, view.hours_title, palette.muted, palette.muted, align="right")
        self._rows = tuple(
            (
                self.pair(Step.BODY if first and not look.elder else Step.NOTE, line.service, second_step=Step.CAPTION),
                self.text(Step.HERO if first else Step.TITLE, palette.ink, line.today, bold=True),
                look.px(Step.HERO if first else Step.TITLE) * (1.15 if first else 1.5),
            )
            for first, line in ((line is view.hours[0], line) for line in view.hours)
        )
        notes = [(Icon.CALENDAR, view.ahead)] if view.ahead else []
        notes += [(Icon.MEGAPHONE, notice) for notice in view.notices]
        self._notes = tuple(
            (self.icon(icon, palette.accent), self.text(Step.BODY, palette.ink, text, lines=2, even=True))
            for icon, text in notes
        )
        self._rule = self.put(Fill(look, palette.line)) if notes else None

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        chip = look.px(Step.BODY) * (1.6 if look.elder else 2)
        wide, beside = (inner.w, 0.0) if look.elder else (look.u(LABEL), look.u(LABEL) + look.u(Space.S))
        labels = [label.height_for(wide, 10_000) for label, _, _ in self._rows]
        high = 1.05 if look.elder else 1.2  # figures have nothing below their line
        values = [min(height, value.fit(inner.w - beside, height).px * high) for _, value, height in self._rows]
        rows = [label + value if look.elder else max(label, value) for label, value in zip(labels, values, strict=True)]
        free = inner.h - chip - sum(rows)
        least = look.u(Space.XS) * (len(rows) + len(self._notes)) if look.elder else look.u(Space.S) * (len(rows) + 1)
        notes = self._note_heights(inner.w, free - least)
        below = self._title_below(inner.w, chip, free - least - sum(notes))
        free -= below
        gaps = 1 + len(rows) + len(notes)
        gap = max(look.u(Space.XS), min(look.u(Space.L), (free - sum(notes)) / max(1, gaps - 1)))
        used = chip + below + sum(rows) + sum(notes) + gap * (gaps - 1)
        rest = inner.centred(inner.w, min(inner.h, used))
        head, rest = rest.cut_top(chip, gap)
        title, rest = rest.cut_top(below)
        self._head(head, title)
        for (label, value, _), height, above in zip(self._rows, rows, labels, strict=True):
            row, rest = rest.cut_top(height, gap)
            named, hours = row.cut_top(above) if look.elder else row.cut_left(look.u(LABEL), look.u(Space.S))
            label.place(named)
            value.place(hours)
        if self._rule is not None:
            self._rule.place(Box(rest.x, round(rest.top + gap / 2), rest.w, look.u(1)))
        for (icon, text), height in zip(self._notes, notes, strict=True):
            row, rest = rest.cut_top(height, gap)
            left, right = row.cut_left(look.u(MARK), look.u(Space.M))
            icon.place(left.centred(look.u(MARK), look.u(MARK)))
            text.place(right)

    def _title_below(self, width: float, chip: float, room: float) -> float:
        """How high a line the title has under the chip, which may leave it none beside; where room is scarce in one language."""
        if self._title is None:
            return 0.0
        for alone in (False, True):
            self._title.alone = alone
            if self._fits_beside(width, chip):
                return 0.0
            high = self._title.height_for(width, chip) + self.look.u(Space.XS)
            if high <= room:
                return high
        self._title.alone = False
        return 0.0

    def _fits_beside(self, width: float, chip: float) -> bool:
        assert self._title is not None
        return width - self._state.width_for() - self.look.u(Space.M) >= self._title.width_for(chip)

    def _head(self, box: Box, under: Box) -> None:
        look = self.look
        chip, beside = box.cut_left(min(box.w, self._state.width_for()), look.u(Space.M))
        self._state.place(chip)
        if self._title is not None:
            self.have(self._title, under.h > 0 or self._fits_beside(box.w, box.h))
            self._title.turn("left" if under.h else "right")
            self._title.place(under.cut_bottom(look.u(Space.XS))[1] if under.h else beside)

    def _note_heights(self, width: float, room: float) -> list[float]:
        """Each note as high as its words need, all of them in what is free."""
        look = self.look
        most = min(look.px(Step.BODY) * 2.8, room / max(1, len(self._notes)))
        indent = look.u(MARK) + look.u(Space.M)
        return [min(most, text.fit(width - indent, most).height) for _, text in self._notes]
