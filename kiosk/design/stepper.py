"""A level moved one step at a time: less, where it stands, more. For brightness and volume; nothing has to be dragged."""

from collections.abc import Callable
from typing import Final

from kiosk.design.bilingual import Bilingual, Said, Words
from kiosk.design.box import Box
from kiosk.design.button import Button
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step

LESS: Final = "−"
MORE: Final = "+"
_KEY: Final = 112


class Stepper(Part):
    """`on_step` is told -1 or 1; the owner then says how it stands. At an end, the key that leads nowhere is deaf and pale."""

    def __init__(self, look: Look, label: Said, on_step: Callable[[int], None], *, steps: int) -> None:
        """`steps`: how many levels there are above nothing."""
        super().__init__(look)
        palette = look.palette
        self._level = 0
        self._label = Bilingual(look, Step.BODY, palette.ink, palette.muted, bold=True)
        self._label.show(label)
        self._value = Text(look, Step.TITLE, palette.ink, bold=True, align="right")
        self._marks = tuple(Fill(look, palette.line, corner=Space.XS) for _ in range(steps))
        self.less = Button(look, Words(LESS), lambda: on_step(-1), step=Step.HEAD)
        self.more = Button(look, Words(MORE), lambda: on_step(1), step=Step.HEAD)
        for part in (self._label, self._value, *self._marks, self.less, self.more):
            self.add_widget(part)

    def show(self, level: int, value: str) -> None:
        """`level`: from 0 to `steps`; `value`: how it is said, such as 60%."""
        self._level = level
        palette = self.look.palette
        for index, mark in enumerate(self._marks):
            mark.tint(palette.accent if index < level else palette.line)
        self._value.show(value)
        self.less.enable(level > 0)
        self.more.enable(level < len(self._marks))

    def layout(self, box: Box) -> None:
        look = self.look
        head, keys = box.cut_top(
            max(look.px(Step.TITLE) * 1.4, box.h - look.u(_KEY) - look.u(Space.S)), look.u(Space.S)
        )
        value, label = head.cut_right(look.px(Step.TITLE) * 3.2, look.u(Space.M))
        self._label.place(label)
        self._value.place(value)
        side = look.u(_KEY) * 1.4
        less, rest = keys.cut_left(side, look.u(Space.M))
        more, middle = rest.cut_right(side, look.u(Space.M))
        self.less.place(less)
        self.more.place(more)
        for mark, cell in zip(self._marks, middle.columns(len(self._marks), look.u(Space.XS)), strict=True):
            mark.place(cell.centred(cell.w, look.u(Space.M)))
