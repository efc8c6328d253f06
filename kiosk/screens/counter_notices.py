"""A counter that does not serve, a notice placed on it or told along its foot, and a counter of which nothing is known."""

from typing import Final

from kiosk.design.bilingual import Bilingual, Said
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.counter_face import NumberedFace
from kiosk.screens.slide_parts import FactLine
from kiosk.view.counter_parts import Halted, Noticed, Unknown

_LINES: Final = 6
_LOW: Final = 96
_HIGH_WIDE, _HIGH_SLIM = 168, 320  # of its words at most; slim: beneath a number that leaves little width
_ICON: Final = 48


class HaltedFace(NumberedFace):
    SHARE = 0.32

    def __init__(self, look: Look, view: Halted) -> None:
        palette = look.palette
        super().__init__(look, view, ground=palette.suspended, panel=palette.suspended_pressed)
        ink, muted = palette.on_suspended, palette.suspended_muted
        self._icon = IconView(look, Icon.SUSPENDED, ink)
        self._title = Bilingual(look, Step.GIANT, ink, muted, bold=True)
        self._title.show(view.title)
        self._facts = [FactLine(look, fact, Step.HEAD, ink, muted, lines=2) for fact in view.facts]
        for part in (self._icon, self._title, *self._facts):
            self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(900)))
        head, rest = box.cut_top(box.h * 0.34, look.u(Space.L))
        icon, title = head.cut_left(min(head.h, look.u(140)), look.u(Space.L))
        self._icon.place(icon)
        self._title.place(title)
        height = min(look.u(190), rest.h / max(1, len(self._facts)))
        rows = rest.cut_top(height * len(self._facts))[0].rows(max(1, len(self._facts)), look.u(Space.XS))
        FactLine.place_all(self._facts, rows)


class NoticedFace(NumberedFace):
    SHARE = 0.3

    def __init__(self, look: Look, view: Noticed) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._icon = IconView(look, view.icon or Icon.MEGAPHONE, palette.accent)
        self._text = Bilingual(
            look, Step.DISPLAY, palette.ink, palette.muted, bold=True, lines=4, second_lines=4, even=True, gap=Space.S
        )
        self._text.show(view.text)
        self.add_widget(self._icon)
        self.add_widget(self._text)

    def inside(self, box: Box) -> None:
        icon, text = box.cut_top(self.look.u(112), self.look.u(Space.L))
        self._icon.place(Box(icon.x, icon.y, icon.h, icon.h))
        self._text.place(text)


class NoticeLine(Part):
    """A notice for every screen, along the foot of what this one is there for: one line where it is short, else a few."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.surface)
        self._rule = Fill(look, palette.line)
        self._icon = IconView(look, Icon.MEGAPHONE, palette.accent)
        self._words = Bilingual(
            look, Step.TITLE, palette.ink, palette.muted, second_step=Step.NOTE, lines=_LINES, second_lines=_LINES
        )
        for part in (self._ground, self._rule, self._icon, self._words):
            self.add_widget(part)

    def show(self, words: Said) -> None:
        self._words.show(words)

    def height_in(self, box: Box) -> float:
        """How high it wants to be at the foot of that box, in pixels."""
        look = self.look
        most = look.u(_HIGH_WIDE if box.w > box.h else _HIGH_SLIM)
        words = self._words.height_for(self._beside(box)[1].w, most)
        return max(look.u(_LOW), float(round(words)) + look.u(Space.S) * 2)

    def _beside(self, box: Box) -> tuple[Box, Box]:
        look = self.look
        side = look.u(_ICON)
        return box.inset(look.u(Space.L), look.u(Space.S)).cut_left(side, look.u(Space.S))

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(box.cut_top(look.u(1))[0])
        icon, words = self._beside(box)
        self._icon.place(icon.centred(icon.w, icon.w))
        self._words.place(words)


class UnknownFace(NumberedFace):
    def __init__(self, look: Look, view: Unknown) -> None:
        super().__init__(look, view, panel=look.palette.surface)
        palette = look.palette
        self._title = Bilingual(look, Step.HEAD, palette.ink, palette.muted, bold=True, lines=3, second_lines=2)
        self._title.show(view.title)
        self.add_widget(self._title)

    def inside(self, box: Box) -> None:
        self._title.place(box)
