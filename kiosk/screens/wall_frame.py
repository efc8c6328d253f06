"""What stands around a wall's main zone: the header, the board of counters, the strip, the foot with the hotline."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Chip, Mood, NumberSquare, mood_colour
from kiosk.design.text import Text
from kiosk.design.ticker import Pages, Slide
from kiosk.design.tokens import Look, Space, Step
from kiosk.view.voice import Pair
from kiosk.view.wall_parts import Board, CounterLine, Foot, Header
from kiosk.view.zones import COLUMN, HEADER, HEADER_TALL

ROW = 96
ROW_LOW = 88  # where the day's hours stand beneath
TODAY = 72  # a heading above lines of NOTE, in two languages
SERVICE = 76


class HeaderBar(Part):
    """Who we are, how we stand, what time it is. Tall screens have the state on a line of its own."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.paper)
        self._rule = Fill(look, palette.line)
        self._emblem = Emblem(look, palette.accent)
        self._name = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True, second_step=Step.NOTE)
        self._chip = Chip(look, Step.BODY)
        self._unheard_icon = IconView(look, Icon.UNLINKED, palette.muted)
        self._unheard = Bilingual(look, Step.NOTE, palette.muted, palette.muted, second_step=Step.CAPTION, lines=2)
        self.clock = Text(look, Step.DISPLAY, palette.ink, bold=True, align="right")
        self._date = Bilingual(look, Step.NOTE, palette.ink, palette.muted, align="right", second_step=Step.CAPTION)
        for part in (self._ground, self._rule, self._emblem, self._name, self.clock, self._date):
            self.add_widget(part)

    def show(self, view: Header) -> None:
        self._name.show(view.name)
        self.clock.show(view.clock)
        self._date.show(view.date)
        if view.state is not None:
            self._chip.show(view.state.mood, view.state.words.first)
        self.have(self._chip, view.state is not None)
        if view.unheard is not None:
            self._unheard.show(view.unheard)
        self.have(self._unheard, view.unheard is not None)
        self.have(self._unheard_icon, view.unheard is not None)
        self.relayout()

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(box.cut_bottom(look.u(1))[0])
        inner = box.inset(look.u(Space.XXL if box.w > box.h * 8 else Space.XL), 0)
        tall = box.h > look.u(HEADER) + 1
        top, below = inner.cut_top(look.u(HEADER), 0) if tall else (inner, inner)
        emblem, rest = top.cut_left(look.u(72), look.u(Space.M))
        self._emblem.place(emblem.centred(look.u(72), look.u(72)))
        time, rest = rest.cut_right(look.u(216), look.u(Space.M))
        date, rest = rest.cut_right(look.u(272), look.u(Space.L))
        self.clock.place(time)
        self._date.place(date)
        if tall:
            self._name.place(rest)
            self._status(below.cut_bottom(look.u(HEADER_TALL - HEADER))[0])
            return
        name, rest = rest.cut_left(min(look.u(520), self._name.width_for(rest.h)), look.u(Space.XL))
        self._name.place(name)
        self._status(rest)

    def _status(self, box: Box) -> None:
        look = self.look
        height = look.u(72)
        row = Box(box.x, round(box.cy - height / 2), box.w, height)
        if self._chip.parent is not None:
            chip, row = self._state(row)
            self._chip.place(chip)
        icon, words = row.cut_left(look.u(36), look.u(Space.S))
        self._unheard_icon.place(icon.centred(look.u(36), look.u(36)))
        self._unheard.place(words)

    def _state(self, row: Box) -> tuple[Box, Box]:
        """The state, as wide as it likes where nothing stands beside it, else as the mark allows; what is left."""
        look = self.look
        if self._unheard.parent is None:
            return row.cut_left(self._chip.width_for(row.w), look.u(Space.L))
        mark = look.u(36 + Space.S)
        for share in (0.6, 0.5, 0.4):
            chip, rest = row.cut_left(self._chip.width_for(row.w * share), look.u(Space.L))
            if not self._unheard.pair(rest.w - mark, rest.h)[0].clipped:
                break
        return chip, rest


class CounterRowPart(Part):
    """A counter: its number in a square, its business, its state by shape, colour and word. Suspended, the row turns."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.surface)
        self._rule = Fill(look, palette.line)
        self._square = NumberSquare(look)
        self._business = Bilingual(look, Step.BODY, palette.ink, palette.muted, bold=True, second_step=Step.CAPTION)
        self._icon = IconView(look, Icon.OPEN, palette.open)
        self._state = Bilingual(look, Step.NOTE, palette.ink, palette.muted, bold=True, second_step=Step.CAPTION)
        self._drawn: CounterLine | None = None
        for part in (self._ground, self._rule, self._square, self._business, self._icon, self._state):
            self.add_widget(part)

    def show(self, row: CounterLine) -> None:
        if row == self._drawn:
            return
        self._drawn = row
        palette = self.look.palette
        mood = Mood(row.state.mood.value)
        halted = mood is Mood.SUSPENDED
        ink = palette.on_suspended if halted else palette.ink
        muted = palette.suspended_muted if halted else palette.muted
        self._ground.tint(palette.suspended if halted else palette.surface)
        self._rule.tint(palette.suspended if halted else palette.line)
        served = mood in {Mood.OPEN, Mood.ATTENTION}
        square = palette.on_suspended if halted else palette.brand if served else palette.idle
        self._square.show(
            row.number, square, palette.suspended if halted else palette.on_brand if served else palette.ink
        )
        self._business.show(row.business, ink if served or halted else palette.muted, muted)
        colour = palette.on_suspended if halted else mood_colour(palette, mood)
        self._icon.show(mood.icon, colour)
        self._state.show(row.state.words, colour, muted)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(box.cut_bottom(look.u(1))[0].inset(look.u(Space.M), 0))
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        side = min(look.u(56), inner.h)
        square, rest = inner.cut_left(side, look.u(Space.S))
        self._square.place(square.centred(side, side))
        business, state = rest.cut_left(rest.w * 0.51, look.u(12))
        self._business.place(business)
        icon, words = state.cut_left(look.u(30), look.u(12))
        self._icon.place(icon.centred(look.u(30), look.u(30)))
        self._state.place(words)


class BoardPart(Part):
    """The counters in one column, or two where the zone is wide; today's hours beneath where there is room."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.surface)
        self._edge = Fill(look, palette.line)
        self._title = Bilingual(look, Step.BODY, palette.ink, palette.muted, bold=True, second_step=Step.CAPTION)
        self._rows: list[CounterRowPart] = []
        self._hours_title = Bilingual(look, Step.BODY, palette.ink, palette.muted, bold=True, second_step=Step.CAPTION)
        self._hours: list[tuple[Bilingual, Text]] = []
        for part in (self._ground, self._edge, self._title):
            self.add_widget(part)

    def show(self, view: Board) -> None:
        shape = (len(self._rows), len(self._hours))
        palette = self.look.palette
        while len(self._rows) < len(view.rows):
            self._rows.append(CounterRowPart(self.look))
        while len(self._hours) < len(view.hours):
            name = Bilingual(self.look, Step.NOTE, palette.ink, palette.muted, second_step=Step.CAPTION)
            self._hours.append(
                (name, Text(self.look, Step.NOTE, palette.ink, bold=True, align="right", lines=2, even=True))
            )
        for row in self._rows[len(view.rows) :]:
            self.have(row, wanted=False)
        for name, words in self._hours[len(view.hours) :]:
            self.have(name, wanted=False)
            self.have(words, wanted=False)
        del self._rows[len(view.rows) :], self._hours[len(view.hours) :]
        self._title.show(view.title)
        self._hours_title.show(view.hours_title)
        for row, line in zip(self._rows, view.rows, strict=True):
            self.have(row, wanted=True)
            row.show(line)
        for (name, words), (service, hours) in zip(self._hours, view.hours, strict=True):
            name.show(service)
            words.show(hours)
        if shape != (len(self._rows), len(self._hours)):
            self.relayout()

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        across = 2 if box.w > box.h else 1
        self._edge.place(box.cut_left(look.u(1))[0] if across == 1 else box.cut_top(look.u(1))[0])
        aside = look.u(Space.XL - Space.M)  # across the whole width the board stands in line with the header above it
        box = box.cut_left(look.u(1))[1] if across == 1 else box.inset(aside, 0)
        title, rest = box.cut_top(look.u(88))
        self._title.place(title.inset(look.u(Space.M), 0))
        lines = -(-len(self._rows) // across)
        foot = look.u(TODAY) + look.u(SERVICE) * (-(-len(self._hours) // across)) + look.u(Space.S)
        height = min(look.u(ROW), rest.h / max(1, lines))
        room = bool(self._hours) and rest.h - look.u(ROW_LOW) * lines >= foot
        if room:
            height = min(height, (rest.h - foot) / max(1, lines))
        halves = rest.columns(across)
        for index, row in enumerate(self._rows):
            half = halves[index % across]
            top = round(half.top - height * (index // across))
            bottom = round(half.top - height * (index // across + 1))
            row.place(Box(half.x, bottom, half.w, top - bottom))
        self._today(rest.cut_bottom(foot)[0] if room else None, across)

    def _today(self, box: Box | None, across: int) -> None:
        look = self.look
        for part in (self._hours_title, *(part for pair in self._hours for part in pair)):
            self.have(part, wanted=box is not None)
        if box is None:
            return
        title, rest = box.cut_top(look.u(TODAY))
        self._hours_title.place(title.inset(look.u(Space.M), 0))
        for index, (name, words) in enumerate(self._hours):
            cell = rest.columns(across)[index % across].inset(look.u(Space.M), 0)
            line = Box(cell.x, cell.top - look.u(SERVICE) * (index // across + 1), cell.w, look.u(SERVICE))
            left, right = line.cut_left(line.w * 0.44, look.u(Space.S))
            name.place(left)
            words.place(right)


class StripPart(Part):
    """Says for a while that a counter has just been suspended."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.suspended)
        self._icon = IconView(look, Icon.SUSPENDED, palette.on_suspended)
        self._words = Bilingual(
            look, Step.TITLE, palette.on_suspended, palette.suspended_muted, bold=True, second_step=Step.NOTE
        )
        for part in (self._ground, self._icon, self._words):
            self.add_widget(part)

    def show(self, words: Pair) -> None:
        self._words.show(words)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        icon, words = box.inset(look.u(Space.XL), 0).cut_left(look.u(64), look.u(Space.M))
        self._icon.place(icon.centred(look.u(64), look.u(64)))
        self._words.place(words)


class FootBar(Part):
    """The ticker, and at its right end the hotline, which never moves."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.brand)
        self._left = Fill(look, palette.brand)
        self._icon = IconView(look, Icon.MEGAPHONE, palette.brand_muted)
        self.ticker: Pages | Slide = (Slide if look.moving else Pages)(look, palette.on_brand)
        self._right = Fill(look, palette.brand_pressed)
        self._phone = IconView(look, Icon.PHONE, palette.on_brand)
        self._label = Bilingual(look, Step.NOTE, palette.on_brand, palette.brand_muted, second_step=Step.CAPTION)
        self._number = Text(look, Step.HEAD, palette.on_brand, bold=True)
        if isinstance(self.ticker, Pages):
            self.add_widget(self._ground)  # a strip has its own
        for part in (self.ticker, self._left, self._icon):
            self.add_widget(part)
        for part in (self._right, self._phone, self._label, self._number):
            self.add_widget(part)

    def show(self, view: Foot) -> None:
        self.ticker.show(view.messages)
        self._label.show(view.hotline_label)
        number = self._number.text
        self._number.show(view.hotline)
        if number != view.hotline:
            self.relayout()

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        rest = self._hotline(box, narrow=box.w < look.u(1400))
        left, line = rest.cut_left(look.u(Space.XL + 44 + Space.M))
        self._left.place(left)
        self._icon.place(Box(left.right - look.u(Space.M + 44), left.cy - look.u(22), look.u(44), look.u(44)))
        self.ticker.place(line.cut_right(look.u(Space.M))[1] if isinstance(self.ticker, Pages) else line)

    def _hotline(self, box: Box, *, narrow: bool) -> Box:
        """The hotline at the right end, its name beside the number or, on standing walls, above it. The rest."""
        look = self.look
        self._number.only = look.px(Step.BODY if narrow else Step.HEAD)
        number = self._number.fit(look.u(420), box.h).width + 2
        label = max(look.u(168), self._label.first.fit_at(look.px(Step.CAPTION), 10_000).width + 2 if narrow else 0)
        words = max(number, label) if narrow else number + label + look.u(Space.M)
        words += look.u(48 + Space.S + Space.L * 2)
        right, rest = box.cut_right(words if narrow else max(words, look.u(COLUMN)))  # in line with the board above
        self._right.place(right)
        phone, inner = right.inset(look.u(Space.L), 0).cut_left(look.u(48), look.u(Space.S))
        self._phone.place(phone.centred(look.u(48), look.u(48)))
        if narrow:
            name, value = inner.inset(0, look.u(10)).cut_top(inner.h * 0.36)
        else:
            value, name = inner.cut_right(number, look.u(Space.M))
        self._label.place(name)
        self._number.place(value)
        return rest
