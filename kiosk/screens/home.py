"""The first page of a touch screen: a third to read, two thirds to touch."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.state_shape import Chip, mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page, landscape, mood, words
from kiosk.view.branch import SuspendedView
from kiosk.view.happenings import CallManager, Open, Place, PressStar
from kiosk.view.home import CardView, HomeView
from kiosk.view.touch import Frame
from kiosk.view.voice import Pair
from signage.core.model import Reason

_ICONS = {Place.COUNTERS: Icon.COUNTER, Place.WEEK: Icon.CALENDAR, Place.HOTLINE: Icon.PHONE, None: Icon.BELL}


class HomeCard(Pressable):
    """An icon, a title, one line; where there is a state, its shape at the right."""

    def __init__(self, look: Look, card: CardView, tap: OnTap) -> None:
        super().__init__(look, lambda: tap(CallManager() if card.place is None else Open(card.place)))
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER, border=palette.line)
        self._icon = IconView(look, _ICONS[card.place], palette.accent)
        self._title = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True, lines=2)
        self._title.show(words(card.title))
        self._line = Text(look, Step.NOTE, palette.muted)
        self._line.show(card.line)
        for part in (self._fill, self._icon, self._title, self._line):
            self.add_widget(part)
        self._state: IconView | None = None
        if card.mood is not None:
            self._state = IconView(look, mood(card.mood).icon, mood_colour(palette, mood(card.mood)))
            self.add_widget(self._state)

    def paint(self) -> None:
        palette = self.look.palette
        self._fill.tint(*((palette.pressed, palette.accent) if self.pressed else (palette.surface, palette.line)))

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        side = min(look.u(88), inner.h * 0.36)
        head, rest = inner.cut_top(side, look.u(Space.S))
        self._icon.place(Box(head.x, head.y, side, side))
        if self._state is not None:
            small = look.u(44)
            self._state.place(Box(head.right - small, head.cy - small / 2, small, small))
        line, title = rest.cut_bottom(look.px(Step.NOTE) * 1.35, look.u(Space.XS))
        self._title.place(title)
        self._line.place(line)


class RateCard(Page):
    """Five stars on the first page: pressing one is already the rating."""

    def __init__(self, look: Look, title: Pair, hint: str, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._card = self.put(Card(look))
        self._title = self.pair(Step.HEAD, title, bold=True, valign="middle")
        self._hint = self.text(Step.NOTE, look.palette.muted, hint, align="right", lines=2)
        self.stars = self.put(Stars(look, gap=48, on_star=lambda star: tap(PressStar(star))))

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.M))
        head, rest = inner.cut_top(min(look.px(Step.HEAD) * 2.3, inner.h * 0.4), look.u(Space.S))
        title, hint = head.cut_left(head.w * 0.6, look.u(Space.M))
        self._title.place(title)
        self._hint.place(hint)
        self.stars.place(rest)


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
            (self.icon(icon, palette.on_suspended), self.pair(Step.TITLE, pair, *colours, bold=True, lines=2))
            for icon, pair in ((cause, view.reason), (Icon.CLOCK, view.until), (Icon.ARROW, view.instead))
        )

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        head, rest = inner.cut_top(inner.h * 0.42, look.u(Space.M))
        side = min(head.h * 0.8, look.u(168))
        mark, title = head.cut_left(side, look.u(Space.L))
        self._mark.place(mark.centred(side, side))
        self._title.place(title)
        for (icon, text), row in zip(self._lines, rest.rows(len(self._lines), look.u(Space.XS)), strict=True):
            small = look.u(52)
            left, right = row.cut_left(side, look.u(Space.L))
            icon.place(left.centred(small, small))
            text.place(right)


class HoursBlock(Page):
    """Today's hours, the first service's large; beneath it what will be different, and the notices."""

    def __init__(self, look: Look, view: HomeView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._title = None
        if view.hours_title is not None:
            self._title = self.pair(Step.BODY, view.hours_title, palette.muted, palette.muted, second_step=Step.NOTE)
        self._rows = tuple(
            (
                self.pair(Step.BODY if index == 0 else Step.NOTE, line.service, second_step=Step.CAPTION),
                self.text(Step.HERO if index == 0 else Step.HEAD, palette.ink, line.today, bold=True),
            )
            for index, line in enumerate(view.hours)
        )
        notes = [(Icon.CALENDAR, view.ahead)] if view.ahead else []
        notes += [(Icon.MEGAPHONE, notice) for notice in view.notices]
        self._notes = tuple(
            (self.icon(icon, palette.accent), self.text(Step.BODY, palette.ink, text, lines=2)) for icon, text in notes
        )

    def layout(self, box: Box) -> None:
        look = self.look
        rest = box
        if self._title is not None:
            title, rest = box.cut_top(look.u(84))
            self._title.place(title)
        for index, (label, value) in enumerate(self._rows):
            row, rest = rest.cut_top(look.px(Step.HERO if index == 0 else Step.HEAD) * 1.4)
            left, right = row.cut_left(look.u(200), look.u(Space.M))
            label.place(left)
            value.place(right)
        rest = rest.cut_top(look.u(Space.S))[1]
        if not self._notes:
            return
        height = min(look.px(Step.BODY) * 2.8, (rest.h - look.u(Space.XS) * (len(self._notes) - 1)) / len(self._notes))
        for icon, text in self._notes:
            wanted = min(height, text.fit(rest.w - look.u(64), height).height + look.u(Space.XS))
            row, rest = rest.cut_top(wanted, look.u(Space.XS))
            left, right = row.cut_left(look.u(40), look.u(Space.M))
            icon.place(left.centred(look.u(40), look.u(40)))
            text.place(right)


class HomePage(Page):
    """Name, state and hours to read; stars and cards to touch."""

    def __init__(self, look: Look, frame: Frame, view: HomeView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.emblem = self.put(HeldEmblem(look, tap))
        self._name = self.pair(Step.HEAD, frame.name, bold=True)
        self._bell: tuple[Part, Part] | None = None
        if view.waiting:
            count = self.text(Step.TITLE, look.palette.attention, str(view.waiting), bold=True)
            self._bell = (self.icon(Icon.BELL, look.palette.attention), count)
        self._state: Chip | None = None
        self._banner: Page | None = None
        self._hours: HoursBlock | None = None
        if view.suspended is not None:
            self._banner = self.put(SuspendedBanner(look, view.suspended))
        else:
            self._state = self.put(Chip(look, Step.BODY))
            self._state.show(mood(view.state.mood), view.state.words.first)
            self._hours = self.put(HoursBlock(look, view))
        self.rate = self.put(RateCard(look, view.rate_title, view.rate_hint, tap))
        self.cards = tuple(self.put(HomeCard(look, card, tap)) for card in view.cards)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        if landscape(box):
            read, touch = inner.cut_left(inner.w * 0.44, look.u(Space.XXL))
        else:
            read, touch = inner.cut_top(inner.h * (0.41 if look.elder else 0.37), look.u(Space.M))
        self._read(read)
        rate, rest = touch.cut_top(min(look.u(340), touch.h * 0.36), look.u(Space.M))
        self.rate.place(rate)
        cells = [cell for row in rest.rows(2, look.u(Space.M)) for cell in row.columns(2, look.u(Space.M))]
        for card, cell in zip(self.cards, cells, strict=True):
            card.place(cell)

    def _read(self, box: Box) -> None:
        look = self.look
        head, rest = box.cut_top(look.u(104), look.u(Space.M))
        emblem, name = head.cut_left(look.u(104), look.u(Space.M))
        if self._bell is not None:
            bell, name = name.cut_right(look.u(128), look.u(Space.M))
            icon, count = bell.cut_left(look.u(56), look.u(Space.S))
            self._bell[0].place(icon.centred(look.u(56), look.u(56)))
            self._bell[1].place(count)
        self.emblem.place(emblem)
        self._name.place(name)
        if self._banner is not None:
            self._banner.place(rest)
        if self._state is not None and self._hours is not None:
            row, rest = rest.cut_top(look.px(Step.BODY) * 2.1, look.u(Space.S))
            self._state.place(row.cut_left(min(row.w, self._state.width_for()))[0])
            self._hours.place(rest)
