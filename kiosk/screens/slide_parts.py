"""What the wall's pictures have in common: a heading, a line with an icon, a point with its mark."""

from collections.abc import Sequence

from kiosk.design.bilingual import Bilingual, Said, even_out
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text, VAlign
from kiosk.design.tokens import Look, Space, Step
from kiosk.view.wall_parts import Fact, Point

MARGIN = 96


class Heading(Bilingual):
    """A slide's title over its translation."""

    HEIGHT = 168

    def __init__(self, look: Look, words: Said, step: Step = Step.DISPLAY) -> None:
        palette = look.palette
        super().__init__(look, step, palette.ink, palette.muted, bold=True, valign="top")
        self.show(words)


class FactLine(Part):
    """An icon, and words beside it."""

    def __init__(
        self, look: Look, fact: Fact, step: Step, ink: str, muted: str, *, icon_ink: str | None = None, lines: int = 1
    ) -> None:
        super().__init__(look)
        self._step = step
        self._icon = IconView(look, fact.icon, icon_ink or ink)
        self.words = Bilingual(look, step, ink, muted, bold=True, lines=lines, second_lines=2, even=True)
        self.words.show(fact.words)
        self.add_widget(self._icon)
        self.add_widget(self.words)

    def layout(self, box: Box) -> None:
        icon, words = self._cut(box)
        self._icon.place(icon.centred(icon.w, icon.w))
        self.words.place(words)

    def _cut(self, box: Box) -> tuple[Box, Box]:
        side = round(min(box.h, self.look.px(self._step) * 1.35))
        return box.cut_left(side, self.look.u(Space.M))

    @staticmethod
    def place_all(facts: "Sequence[FactLine]", boxes: Sequence[Box]) -> None:
        """Place them in one size."""
        even_out([fact.words for fact in facts], [fact._cut(box)[1] for fact, box in zip(facts, boxes, strict=True)])  # noqa: SLF001  # its own class
        for fact, box in zip(facts, boxes, strict=True):
            fact.place(box)
            fact.words.relayout()


class Marked(Part):
    """A point: its mark in a disc, its title, a sentence."""

    def __init__(self, look: Look, point: Point, *, stacked: bool = False) -> None:
        super().__init__(look)
        palette = look.palette
        self.stacked = stacked
        self._disc = Fill(look, palette.brand, corner=48)
        self._icon = IconView(look, point.mark if isinstance(point.mark, Icon) else Icon.OPEN, palette.on_brand)
        self._number = Text(look, Step.TITLE, palette.on_brand, bold=True, align="centre")
        self._number.show("" if isinstance(point.mark, Icon) else str(point.mark))
        valign: VAlign = "top" if stacked else "middle"
        self._title = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True, valign=valign)
        self._text = Bilingual(
            look,
            Step.BODY,
            palette.ink,
            palette.muted,
            lines=2,
            second_lines=3,
            valign=valign,
            second_step=Step.NOTE,
            even=True,
        )
        self._title.show(point.title)
        self._text.show(point.text)
        self.add_widget(self._disc)
        self.add_widget(self._icon if isinstance(point.mark, Icon) else self._number)
        self.add_widget(self._title)
        self.add_widget(self._text)

    def layout(self, box: Box) -> None:
        look = self.look
        side = min(look.u(96), box.h)
        if self.stacked:
            disc, rest = box.cut_top(side, look.u(Space.M))
            disc = Box(disc.x, disc.y, side, side)
            title, text = rest.cut_top(look.u(112), look.u(Space.S))
        else:
            left, rest = box.cut_left(side, look.u(Space.L))
            disc = left.centred(side, side)
            title, text = rest.cut_left(rest.w * 0.34, look.u(Space.L))
        self._disc.place(disc)
        self._icon.place(disc.inset(side * 0.23))
        self._number.place(disc)
        self._title.place(title)
        self._text.place(text)
