"""The built-in house slides: each laid out by hand for a zone that is wide or square."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.slide_parts import MARGIN, FactLine, Heading, Marked
from kiosk.view.wall_parts import GridSlide, PointsSlide, StepsSlide, WelcomeSlide


class Welcome(Part):
    """The house's colour, the emblem large, today's facts at the foot."""

    def __init__(self, look: Look, view: WelcomeSlide) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.brand)
        self._emblem = Emblem(look, palette.brand_pressed)
        self._emblem.ornament = True
        self._title = Bilingual(
            look, Step.GIANT, palette.on_brand, palette.brand_muted, bold=True, valign="bottom", second_step=Step.HEAD
        )
        self._name = Bilingual(look, Step.DISPLAY, palette.on_brand, palette.brand_muted, bold=True, lines=2)
        self._name.show(view.name)
        self._line = Bilingual(look, Step.TITLE, palette.on_brand, palette.brand_muted, valign="top", lines=2)
        self._title.show(view.title)
        self._line.show(view.line)
        self._foot = Fill(look, palette.brand_pressed)
        self._facts = [
            FactLine(look, fact, Step.TITLE, palette.on_brand, palette.brand_muted, icon_ink=palette.brand_muted)
            for fact in view.facts
        ]
        for part in (self._ground, self._emblem, self._foot, self._title, self._name, self._line, *self._facts):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        foot, rest = box.cut_bottom(look.u(192))
        self._foot.place(foot)
        inner = foot.inset(look.u(MARGIN), look.u(Space.L))
        FactLine.place_all(self._facts, inner.columns(max(1, len(self._facts)), look.u(Space.L)))
        rest = rest.inset(look.u(MARGIN), look.u(Space.XXL))
        if rest.h > rest.w * 0.75:
            side = round(rest.h * 0.32)
            emblem, words = rest.cut_top(side, look.u(Space.L))
            self._emblem.place(Box(emblem.x, emblem.y, side, side))
        else:
            side = round(min(rest.h, rest.w * 0.36))
            emblem, words = rest.cut_right(side, look.u(Space.XXL))
            self._emblem.place(emblem.centred(side, side))
        title, rest = words.cut_top(words.h * 0.48, look.u(Space.L))
        name, line = rest.cut_top(rest.h * 0.54, look.u(Space.S))
        self._title.place(title)
        self._name.place(name)
        self._line.place(line)


class Steps(Part):
    """The hotline as large as a number can be; the three steps after a complaint beneath it."""

    def __init__(self, look: Look, view: StepsSlide) -> None:
        super().__init__(look)
        palette = look.palette
        self._view = view
        self._ground = Fill(look, palette.surface)
        self._heading = Heading(look, view.title)
        self._phone = IconView(look, Icon.PHONE, palette.accent)
        self._label = Bilingual(look, Step.BODY, palette.ink, palette.muted, align="right", valign="bottom")
        self._label.show(view.hotline_label)
        self._number = Text(look, Step.SHOUT, palette.ink, bold=True, align="right")
        self._number.show(view.hotline)
        self._rule = Fill(look, palette.line)
        self._steps: list[Marked] = []
        for part in (self._ground, self._heading, self._phone, self._label, self._number, self._rule):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        tall = box.h > box.w * 0.75
        inner = box.inset(look.u(MARGIN), look.u(Space.XXL))
        top, rest = inner.cut_top(look.u(440 if tall else 232), look.u(Space.XL))
        self._rule.place(top.cut_bottom(look.u(1))[0])
        if tall:
            heading, call = top.cut_top(look.u(Heading.HEIGHT), look.u(Space.L))
        else:
            heading, call = top.cut_left(top.w * 0.5)
        self._heading.place(heading)
        self._call(call)
        self._place_steps(rest, stacked=not tall)

    def _call(self, box: Box) -> None:
        look = self.look
        label, line = box.cut_bottom(look.u(96))
        self._label.place(label.inset(0, look.u(Space.XS)))
        number = self._number.fit(line.w * 0.85, line.h).width
        value, rest = line.cut_right(number + look.u(4), look.u(Space.M))
        self._number.place(value)
        side = min(look.u(96), rest.h)
        self._phone.place(rest.cut_right(side)[0].centred(side, side))

    def _place_steps(self, box: Box, *, stacked: bool) -> None:
        if not self._steps or self._steps[0].stacked is not stacked:
            for step in self._steps:
                self.remove_widget(step)
            self._steps = [Marked(self.look, step, stacked=stacked) for step in self._view.steps]
            for step in self._steps:
                self.add_widget(step)
        cells = box.columns(len(self._steps), self.look.u(Space.XL)) if stacked else box.rows(len(self._steps))
        for step, cell in zip(self._steps, cells, strict=True):
            step.place(cell)


class Points(Part):
    """Three things to remember, each on its own line with air between."""

    def __init__(self, look: Look, view: PointsSlide) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.surface)
        self._icon = IconView(look, view.icon, palette.accent)
        self._heading = Heading(look, view.title)
        self._points = [Marked(look, point) for point in view.points]
        self._rules = [Fill(look, palette.line) for _ in view.points]
        for part in (self._ground, self._icon, self._heading, *self._rules, *self._points):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(look.u(MARGIN))
        heading, rest = inner.cut_top(look.u(Heading.HEIGHT), look.u(Space.S))
        icon, words = heading.cut_right(look.u(144), look.u(Space.XL))
        self._icon.place(icon)
        self._heading.place(words)
        for point, rule, row in zip(self._points, self._rules, rest.rows(len(self._points)), strict=True):
            rule.place(row.cut_top(look.u(1))[0])
            point.place(row.inset(0, look.u(Space.S)))


_SHORT = 3  # so many cards stand in one row; more need the width for where each is to be found


class Grid(Part):
    """Cards of two languages with an icon each."""

    def __init__(self, look: Look, view: GridSlide) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.paper)
        self._heading = Heading(look, view.title)
        self._lead = Bilingual(look, Step.BODY, palette.ink, palette.muted, second_step=Step.NOTE, lines=2)
        self._lead.show(view.lead)
        self._cards = [Card(look) for _ in view.cells]
        self._cells = [
            FactLine(look, cell, Step.TITLE, palette.ink, palette.muted, icon_ink=palette.accent, lines=2)
            for cell in view.cells
        ]
        for part in (self._ground, self._heading, self._lead, *self._cards, *self._cells):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        across = 3 if box.w - look.u(2 * MARGIN) >= look.u(1000) and len(self._cells) <= _SHORT else 2
        many = box.w > box.h and len(self._cells) > 3 * across  # rather large letters than wide margins
        inner = box.inset(look.u(MARGIN), look.u(Space.XL if many else MARGIN))
        heading, rest = inner.cut_top(look.u(Heading.HEIGHT), look.u(Space.S))
        self._heading.place(heading)
        lead, rest = rest.cut_bottom(look.u(96), look.u(Space.M if many else Space.L))
        self._lead.place(lead)
        gap = look.u(Space.S if many else Space.M)
        rows = rest.rows(-(-len(self._cells) // across), gap)
        boxes = [cell for row in rows for cell in row.columns(across, gap)]
        boxes = boxes[: len(self._cells)]
        for card, place in zip(self._cards, boxes, strict=True):
            card.place(place)
        FactLine.place_all(self._cells, [place.inset(look.u(Space.L), look.u(Space.XS)) for place in boxes])
