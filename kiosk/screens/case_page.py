"""One case: what is known of it, what its customer wrote, and the next of its steps."""

from dataclasses import replace

from kiosk.design.box import Box
from kiosk.design.button import Tone
from kiosk.design.ink_canvas import InkCanvas
from kiosk.design.paint import Card
from kiosk.design.state_shape import Chip
from kiosk.design.text import text_width
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.panel_parts import action_button
from kiosk.screens.touch_base import OnTap, Page, mood
from kiosk.view.cases_list import CaseView
from kiosk.view.ink import WIDTH

_LEAST_HIGH, _EDGE = 200, 60  # units of the sheet: it is shown as far down as it was written on


class CaseSheet(Page):
    def __init__(self, look: Look, view: CaseView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._chip: Chip | None = None
        if view.state is not None:
            self._chip = self.put(Chip(look, Step.BODY, boxed=False))
            self._chip.show(mood(view.state.mood), view.state.words.first)
        self._heads = tuple(self.text(Step.NOTE, palette.muted, head, bold=True) for head, _ in view.lines)
        self._lines = tuple(self.text(Step.BODY, palette.ink, line, lines=6, valign="top") for _, line in view.lines)
        self.ink: InkCanvas | None = None
        if view.ink:
            self._ink_head = self.text(Step.NOTE, palette.muted, view.ink_title, bold=True)
            deepest = max(y for line in view.ink.lines for _, y in line)
            self._high = max(_LEAST_HIGH, deepest + _EDGE)
            self.ink = self.put(InkCanvas(look))
            self.ink.show(replace(view.ink, height=self._high))
        self._note = self.text(Step.BODY, palette.attention, view.note, bold=True, lines=2)
        self.action = None
        if view.action is not None:
            self.action = self.put(
                action_button(look, view.action, tap, tone=Tone.MAIN, busy=view.busy, step=Step.TITLE)
            )

    def forget(self) -> None:
        """What a customer wrote, and the number to call, are in no part and no measured width any more."""
        for line in self._lines:
            line.show("")
        if self.ink is not None:
            self.ink.forget()
        text_width.cache_clear()

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        key, inner = inner.cut_bottom(look.u(128), look.u(Space.L))
        if self.action is not None:
            self.action.place(key.centred(min(key.w, look.u(720)), key.h))
        self._card.place(inner)
        inner = inner.inset(look.u(Space.L), look.u(Space.M))
        if self._chip is not None:
            chip, inner = inner.cut_top(look.u(64), look.u(Space.S))
            self._chip.place(Box(chip.x, chip.y, min(chip.w, self._chip.width_for()), chip.h))
        note, inner = inner.cut_bottom(look.u(88) if self._note.text else 0)
        self._note.place(note)
        for head, line in zip(self._heads, self._lines, strict=True):
            at, inner = inner.cut_top(look.u(44))
            head.place(at)
            wanted = line.fit(inner.w, inner.h).height
            at, inner = inner.cut_top(min(inner.h, wanted), look.u(Space.M))
            line.place(at)
        if self.ink is not None:
            at, inner = inner.cut_top(look.u(44), look.u(Space.XS))
            self._ink_head.place(at)
            width = min(inner.w, inner.h * WIDTH / self._high)
            self.ink.place(inner.cut_top(width * self._high / WIDTH)[0].cut_left(width)[0])
