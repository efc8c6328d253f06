"""Signed words and signed rates as slides."""

from kiosk.design.bilingual import Bilingual, even_out
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.slide_parts import MARGIN, Heading
from kiosk.view.media import RISK_STEPS, RatesMain, WordsMain, lines_height
from kiosk.view.voice import Pair
from signage.core.items import Shape

_MOST_LINES = 12


class RiskLine(Part):
    """What the law wants read, along the foot of a slide, beneath a rule."""

    def __init__(self, look: Look, words: Pair, ink: str, muted: str, rule: str) -> None:
        super().__init__(look)
        self._said = words
        self._rule = Fill(look, rule)
        self.words = Bilingual(
            look,
            RISK_STEPS[0],
            ink,
            muted,
            second_step=RISK_STEPS[1],
            lines=_MOST_LINES,
            second_lines=_MOST_LINES,
            valign="bottom",
        )
        self.words.show(words)
        self.add_widget(self._rule)
        self.add_widget(self.words)

    def height_for(self, width: float) -> float:
        """With the rule and the air beneath it."""
        return lines_height(self._said, RISK_STEPS, width, self.look) + self.look.u(Space.M)

    def layout(self, box: Box) -> None:
        rule, words = box.cut_top(self.look.u(1), self.look.u(Space.S))
        self._rule.place(rule)
        self.words.place(words)


class WordsSlide(Part):
    """Signed words: a campaign's on the house's surface, a grave notice on its own colour."""

    def __init__(self, look: Look, view: WordsMain) -> None:
        super().__init__(look)
        palette = look.palette
        ground, ink, muted, icon = {
            None: (palette.surface, palette.ink, palette.muted, Icon.MEGAPHONE),
            Shape.ATTENTION: (palette.attention, palette.on_attention, palette.on_attention, Icon.ATTENTION),
            Shape.SUSPENDED: (palette.suspended, palette.on_suspended, palette.suspended_muted, Icon.ATTENTION),
        }.get(view.shape, (palette.surface, palette.ink, palette.muted, Icon.MEGAPHONE))
        quiet = ground == palette.surface
        self._ground = Fill(look, ground)
        self._bar = Fill(look, palette.brand if quiet else ink)
        self._icon = IconView(look, icon, palette.accent if quiet else ink)
        self._title = Bilingual(look, Step.HEAD, ink, muted, bold=True)
        self._title.show(view.title)
        self._text = Bilingual(
            look,
            Step.HERO,
            ink,
            muted,
            bold=True,
            lines=6,
            second_lines=6,
            second_step=Step.TITLE,
            even=True,
            gap=Space.M,
            floor=Step.NOTE,
        )
        self._text.show(view.text)
        self._risk = (
            RiskLine(look, view.risk, ink, muted, palette.line if quiet else muted) if view.risk.first else None
        )
        parts: tuple[Part | None, ...] = (self._ground, self._bar, self._icon, self._title, self._text, self._risk)
        for part in parts:
            if part is not None:
                self.add_widget(part)
        self._titled = bool(view.title.first)
        self.have(self._title, self._titled)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._bar.place(box.cut_left(look.u(Space.S))[0])
        inner = box.inset(look.u(min(MARGIN, 0.08 * box.w / look.unit)), look.u(min(80, 0.09 * box.h / look.unit)))
        if self._risk is not None:
            foot, inner = inner.cut_bottom(self._risk.height_for(inner.w), look.u(Space.M))
            self._risk.place(foot)
        head, text = inner.cut_top(min(look.u(128), inner.h * 0.24), look.u(Space.L))
        icon, title = head.cut_left(head.h, look.u(Space.L))
        self._icon.place(icon.inset(head.h * 0.06))
        self._title.place(title)
        self._text.place(text)


class _Rate(Part):
    """One line of the table."""

    def __init__(self, look: Look, name: Pair, value: str) -> None:
        super().__init__(look)
        palette = look.palette
        self._rule = Fill(look, palette.line)
        self.name = Bilingual(look, Step.TITLE, palette.ink, palette.muted, second_step=Step.NOTE, lines=2)
        self.name.show(name)
        self.value = Text(look, Step.HEAD, palette.ink, bold=True, align="right")
        self.value.show(value)
        for part in (self._rule, self.name, self.value):
            self.add_widget(part)

    def cut(self, box: Box) -> tuple[Box, Box]:
        return box.cut_left(box.w * 0.6, self.look.u(Space.M))

    def layout(self, box: Box) -> None:
        self._rule.place(box.cut_top(self.look.u(1))[0])
        name, value = self.cut(box)
        self.name.place(name)
        self.value.place(value)


class RatesSlide(Part):
    """Rates in one column, or two where the zone is wide and they are many."""

    def __init__(self, look: Look, view: RatesMain) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.surface)
        self._heading = Heading(look, view.title)
        self._rows = [_Rate(look, name, value) for name, value in view.rows]
        self._risk = RiskLine(look, view.risk, palette.ink, palette.muted, palette.line) if view.risk.first else None
        for part in (self._ground, self._heading, *self._rows):
            self.add_widget(part)
        if self._risk is not None:
            self.add_widget(self._risk)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(
            look.u(min(MARGIN, 0.08 * box.w / look.unit)), look.u(min(Space.XXL, 0.08 * box.h / look.unit))
        )
        if self._risk is not None:
            foot, inner = inner.cut_bottom(self._risk.height_for(inner.w), look.u(Space.M))
            self._risk.place(foot)
        heading, table = inner.cut_top(min(look.u(Heading.HEIGHT), inner.h * 0.28), look.u(Space.S))
        self._heading.place(heading)
        if not self._rows:
            return
        cells = self._cells(table)
        even_out(
            [row.name for row in self._rows], [row.cut(cell)[0] for row, cell in zip(self._rows, cells, strict=True)]
        )
        self._one_size(cells)
        for row, cell in zip(self._rows, cells, strict=True):
            row.place(cell)
            row.name.relayout()

    def _cells(self, table: Box) -> list[Box]:
        look = self.look
        across = 2 if len(self._rows) > 5 and table.w >= look.u(1000) else 1
        lines = -(-len(self._rows) // across)
        height = min(look.u(128), table.h / lines)
        columns = table.cut_top(height * lines)[0].columns(across, look.u(Space.XXL))
        return [column.rows(lines)[place] for column in columns for place in range(lines)][: len(self._rows)]

    def _one_size(self, cells: list[Box]) -> None:
        """Figures stand in one size."""
        for row in self._rows:
            row.value.only = None
        boxes = [row.cut(cell)[1] for row, cell in zip(self._rows, cells, strict=True)]
        px = min(row.value.fit(box.w, box.h).px for row, box in zip(self._rows, boxes, strict=True))
        for row in self._rows:
            row.value.only = px
