"""The staff's keypad: six digits, of which the glass shows only how many."""

from typing import Any

from kivy.graphics import Color, Ellipse, Line

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.state_shape import mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step, rgba
from kiosk.design.touch_parts import Keypad
from kiosk.screens.touch_base import OnTap, Page, landscape, mood
from kiosk.view.forms import KeypadView
from kiosk.view.happenings import Erase, PressDigit
from kiosk.view.pages import PIN_DIGITS


class Dots(Part):
    """How many digits have been entered; never which."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._filled = 0

    def show(self, filled: int) -> None:
        if filled != self._filled:
            self._filled = filled
            self.relayout()

    def layout(self, box: Box) -> None:
        look = self.look
        self.canvas.clear()
        side, gap = look.u(36), look.u(Space.L)
        row = box.centred(side * PIN_DIGITS + gap * (PIN_DIGITS - 1), side)
        with self.canvas:
            Color(*rgba(look.palette.ink))
            for index in range(PIN_DIGITS):
                x = row.x + index * (side + gap)
                if index < self._filled:
                    Ellipse(pos=(x, row.y), size=(side, side))
                else:
                    Line(circle=(x + side / 2, row.y + side / 2, side / 2 - 2), width=look.u(2))


class KeypadPage(Page):
    """Six digits, in the lower part of the screen, where hands reach."""

    def __init__(self, look: Look, view: KeypadView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self.dots = self.put(Dots(look))
        self._line = self.put(Text(look, Step.BODY, look.palette.ink, bold=True, align="centre", lines=2))
        self.keypad = self.put(Keypad(look, lambda digit: tap(PressDigit(digit)), lambda: tap(Erase()), lambda: None))
        self.keypad.remove_widget(self.keypad.done)  # the sixth digit is the end
        self.update(view)

    def update(self, view: Any) -> bool:
        if not isinstance(view, KeypadView):
            return False
        palette = self.look.palette
        self.dots.show(view.filled)
        self._line.show(view.line, palette.ink if view.mood is None else mood_colour(palette, mood(view.mood)))
        for key in self.keypad.keys:
            key.enable(not view.deaf)
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        if landscape(box):
            left, pad = inner.cut_left(inner.w * 0.45, look.u(Space.XXL))
            said = left.centred(left.w, look.u(260))
        else:
            pad, rest = inner.cut_bottom(look.u(880), look.u(Space.XL))
            said = rest.cut_bottom(look.u(260))[0]
        dots, line = said.cut_top(look.u(96), look.u(Space.M))
        self.dots.place(dots)
        self._line.place(line)
        self.keypad.place(pad.centred(min(pad.w, look.u(720)), min(pad.h, look.u(880))))
