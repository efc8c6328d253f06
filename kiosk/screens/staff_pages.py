"""The staff's pages: keypad, panel, and the forms on which a suspension or a notice is put together."""

from functools import partial
from typing import Any

from kivy.graphics import Color, Ellipse, Line

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card
from kiosk.design.part import Part
from kiosk.design.state_shape import Chip, NumberSquare, mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step, rgba
from kiosk.design.touch_parts import Keypad, Toast
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, landscape, mood, words
from kiosk.view.forms import FormView, Group, KeypadView
from kiosk.view.happenings import Confirm, Erase, PressDigit, ShowTab, SignOut, StartNotice
from kiosk.view.pages import PIN_DIGITS
from kiosk.view.panel import Action, PanelRow, PanelView


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


class Row(Page):
    """One thing on the panel: what it is, its state, and the one thing to do about it."""

    def __init__(self, look: Look, row: PanelRow, tap: OnTap, *, busy: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._number: NumberSquare | None = None
        if row.number:
            self._number = self.put(NumberSquare(look, Step.TITLE))
            self._number.show(row.number)
        self._title = self.text(Step.BODY, palette.ink, row.title.first, bold=True, lines=2)
        self._line = self.text(Step.NOTE, palette.muted, row.line)
        self._chip: Chip | None = None
        if row.state is not None:
            self._chip = self.put(Chip(look, Step.NOTE, boxed=False))
            self._chip.show(mood(row.state.mood), row.state.words.first)
        self.button = None if row.action is None else self.put(self._button(row.action, tap, busy=busy))

    def _button(self, action: Action, tap: OnTap, *, busy: bool) -> Button:
        tone = Tone.QUIET if busy else Tone.PLAIN if action.grave else Tone.MAIN
        button = Button(self.look, Words(action.label), partial(tap, action.tap), tone=tone, step=Step.BODY)
        button.enabled = not busy
        return button

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        if self.button is not None:
            button, inner = inner.cut_right(look.u(208), look.u(Space.M))
            self.button.place(button)
        if self._number is not None:
            side = min(inner.h, look.u(80))
            number, inner = inner.cut_left(side, look.u(Space.M))
            self._number.place(number.centred(side, side))
        line, title = inner.cut_bottom(inner.h * 0.4)
        if self._chip is not None:
            width = min(self._chip.width_for(), title.w * 0.5)
            chip, title = title.cut_right(width, look.u(Space.S))
            self._chip.place(chip)
        self._title.place(title)
        self._line.place(line)


class PanelPage(Page):
    """Who is signed in, four lists, and what became of the last command."""

    HEAD = 112

    def __init__(self, look: Look, view: PanelView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._who = self.text(Step.BODY, palette.ink, view.who, bold=True)
        self.sign_out = self.put(
            Button(look, words(view.sign_out), lambda: tap(SignOut()), icon=Icon.CROSS, step=Step.BODY)
        )
        self.tabs = tuple(
            self.put(
                Button(
                    look,
                    Words(label),
                    partial(tap, ShowTab(tab)),
                    tone=Tone.MAIN if tab is view.tab else Tone.PLAIN,
                    step=Step.BODY,
                )
            )
            for tab, label in view.tabs
        )
        self.rows = tuple(self.put(Row(look, row, tap, busy=view.busy)) for row in view.rows)
        self._empty = self.text(Step.TITLE, palette.muted, view.empty, align="centre")
        self.post = None
        if view.post:
            self.post = self.put(
                Button(look, Words(view.post), lambda: tap(StartNotice()), tone=Tone.MAIN, icon=Icon.MEGAPHONE)
            )
        self._toast: Toast | None = None
        if view.outcome is not None:
            self._toast = self.put(Toast(look))
            self._toast.show(view.outcome.text, mood(view.outcome.mood))

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.M))
        head, rest = inner.cut_top(look.u(88), look.u(Space.M))
        out, who = head.cut_right(look.u(256), look.u(Space.M))
        self.sign_out.place(out)
        self._who.place(who)
        tabs, rest = rest.cut_top(look.u(96), look.u(Space.M))
        for tab, cell in zip(self.tabs, tabs.columns(len(self.tabs), look.u(Space.S)), strict=True):
            tab.place(cell)
        if self._toast is not None:
            toast, rest = rest.cut_bottom(look.u(120), look.u(Space.M))
            self._toast.place(toast)
        if self.post is not None:
            post, rest = rest.cut_bottom(look.u(112), look.u(Space.M))
            self.post.place(post)
        self._empty.place(rest.cut_top(look.u(240))[0])
        self._list(rest)

    def _list(self, box: Box) -> None:
        look = self.look
        if not self.rows:
            return
        gap, least, most = look.u(Space.S), look.u(104), look.u(144)
        fits = max(1, int((box.h + gap) // (least + gap)))
        columns = 2 if landscape(box) or len(self.rows) > fits else 1
        deep = -(-len(self.rows) // columns)
        height = max(least, min(most, (box.h - gap * (deep - 1)) / deep))
        for index, row in enumerate(self.rows):
            cell = box.columns(columns, look.u(Space.M))[index % columns]
            top = cell.top - (index // columns) * (height + gap)
            row.place(Box(cell.x, round(top - height), cell.w, round(height)))


class FormPage(Page):
    """Groups of answers and one button that sends them."""

    def __init__(self, look: Look, view: FormView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._view = view
        self._titles = tuple(self.text(Step.BODY, look.palette.muted, group.title, bold=True) for group in view.groups)
        self.groups = tuple(
            tuple(self.put(ChoiceChip(look, choice, tap)) for choice in group.choices) for group in view.groups
        )
        self.confirm = self.put(
            MainButton(look, view.confirm, lambda: tap(Confirm()), ready=view.ready, grave=view.grave)
        )

    def update(self, view: Any) -> bool:
        if not isinstance(view, FormView) or view.ready is not self._view.ready or _shape(view) != _shape(self._view):
            return False
        self._view = view
        for chips, group in zip(self.groups, view.groups, strict=True):
            for chip, choice in zip(chips, group.choices, strict=True):
                chip.show(choice)
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        confirm, rest = inner.cut_bottom(look.u(128), look.u(Space.L))
        self.confirm.place(confirm.centred(min(confirm.w, look.u(720)), confirm.h))
        wide = landscape(box)
        deep = [_rows(group, wide=wide) for group in self._view.groups]
        head = look.px(Step.BODY) * 1.5
        between = look.u(Space.M)
        room = rest.h - len(deep) * (head + look.u(Space.S)) - between * (len(deep) - 1)
        height = min(look.u(136), (room - look.u(Space.S) * (sum(deep) - len(deep))) / max(1, sum(deep)))
        if not wide:  # hands reach the lower part of a tall screen
            taken = len(deep) * (head + look.u(Space.S)) + between * (len(deep) - 1) + height * sum(deep)
            rest = rest.cut_bottom(taken + look.u(Space.S) * (sum(deep) - len(deep)))[0]
        for title, chips, group, rows in zip(self._titles, self.groups, self._view.groups, deep, strict=True):
            line, rest = rest.cut_top(head, look.u(Space.S))
            title.place(line)
            grid, rest = rest.cut_top(height * rows + look.u(Space.S) * (rows - 1), between)
            columns = _columns(group, wide=wide)
            cells = [cell for row in grid.rows(rows, look.u(Space.S)) for cell in row.columns(columns, look.u(Space.S))]
            for chip, cell in zip(chips, cells, strict=False):
                chip.place(cell)


def _columns(group: Group, *, wide: bool) -> int:
    return (
        max(group.columns, min(5, len(group.choices)))
        if wide and len(group.choices) <= 5
        else group.columns * (2 if wide else 1)
    )


def _rows(group: Group, *, wide: bool) -> int:
    return -(-len(group.choices) // _columns(group, wide=wide))


def _shape(view: FormView) -> tuple[int, ...]:
    return tuple(len(group.choices) for group in view.groups)
