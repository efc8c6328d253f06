"""The sheets over a rating or an opinion: handwriting with sentences to pick, and a number to call."""

from collections.abc import Sequence
from typing import Any

from kiosk.design.bilingual import Words, all_or_none, even_out
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.figures import Figures
from kiosk.design.icon_shapes import Icon
from kiosk.design.ink_canvas import InkCanvas
from kiosk.design.paint import Card
from kiosk.design.state_shape import Mood, mood_colour
from kiosk.design.tokens import Look, Space, Step
from kiosk.design.touch_parts import Keypad
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, landscape, words
from kiosk.view.forms import LetterKey
from kiosk.view.happenings import Erase, PressDigit
from kiosk.view.letter_taps import Agree, ClearInk, CloseSheet, Draw, RemoveNumber, UndoLine
from kiosk.view.letter_views import ContactView, InkView

DIGITS = 660  # how high the digits stand on a tall page
PAD = 820  # how high the keys stand at most


class KeyCard(Button):
    """A key to one of the sheets; once something stands on it, with a tick, and beneath its name that it does."""

    def __init__(self, look: Look, key: LetterKey, icon: Icon, tap: OnTap) -> None:
        said, step, line = words(key.label), Step.BODY, Step.NOTE
        super().__init__(look, said, lambda: tap(self.key.tap), icon=icon, step=step, second_step=line, leading=True)
        self._empty = icon
        self.key = key
        self.update(key)

    def update(self, key: LetterKey) -> None:
        self.key = key
        said = Words(key.label.first, key.line) if key.done else words(key.label)
        self.show(said, icon=Icon.TICK if key.done else self._empty)

    def _side(self, inner: Box) -> int:
        """In large type the sign stays as it is when a line comes beneath the name, which needs the width."""
        return round(min(inner.h, self.look.px(self.step) * 1.2)) if self.look.elder else super()._side(inner)


def place_evenly(cards: Sequence[KeyCard | ChoiceChip], cells: Sequence[Box]) -> None:
    """What stands together says what it says in one size. There may be more cells than cards."""
    places = list(zip(cards, cells, strict=False))
    rooms = [card.room(cell) for card, cell in places]
    if all(isinstance(card, KeyCard) for card, _ in places):
        all_or_none([card.words for card, _ in places], rooms)
    even_out([card.words for card, _ in places], rooms)
    for card, cell in places:
        card.place(cell)


class InkPage(Page):
    """The sheet fills what room there is; its keys stand beneath it, where hands are."""

    def __init__(self, look: Look, view: InkView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._title = (
            self.text(Step.NOTE, palette.muted, view.phrases_title, bold=True, lines=2) if view.phrases else None
        )
        self.chips = tuple(self.put(ChoiceChip(look, choice, tap, step=Step.NOTE)) for choice in view.phrases)
        self.canvas_part = self.put(InkCanvas(look, lambda line, height: tap(Draw(line, height))))
        self._line = self.text(Step.BODY, palette.muted, view.line, lines=2)
        self.undo = self.put(Button(look, words(view.undo), lambda: tap(UndoLine()), icon=Icon.UNDO, step=Step.BODY))
        self.clear = self.put(Button(look, words(view.clear), lambda: tap(ClearInk()), icon=Icon.CROSS, step=Step.BODY))
        self.done = self.put(MainButton(look, view.done, lambda: tap(CloseSheet())))
        self.update(view)

    def update(self, view: Any) -> bool:
        if not isinstance(view, InkView) or len(view.phrases) != len(self.chips):
            return False
        palette = self.look.palette
        for chip, choice in zip(self.chips, view.phrases, strict=True):
            chip.show(choice)
        if self._title is not None:
            full = any(not choice.open for choice in view.phrases)
            self._title.show(view.phrases_title, palette.attention if full else palette.muted)
        self.canvas_part.open = not view.full
        self.canvas_part.show(view.ink)
        self._line.show(view.line, palette.attention if view.warning else palette.muted)
        return True

    def forget(self) -> None:
        self.canvas_part.forget()

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        keys, rest = inner.cut_bottom(look.u(128), look.u(Space.M))
        if landscape(box) and self.chips:
            said, rest = rest.cut_left(rest.w * (0.34 if look.elder else 0.42), look.u(Space.L))
            self._phrases(said, 1 if look.elder else 2)
        elif self.chips:
            deep = look.px(Step.BODY) * 1.5 + look.u(Space.S) + 3 * look.u(112) + 2 * look.u(Space.S)
            said, rest = rest.cut_bottom(deep, look.u(Space.L))  # the sheet is reached by its lower part
            self._phrases(said, 2)
        line, sheet = rest.cut_bottom(look.px(Step.BODY) * 1.5, look.u(Space.S))
        self.canvas_part.place(sheet)
        self._line.place(line)
        done, rest = keys.cut_right(keys.w * 0.4, look.u(Space.M))
        self.done.place(done)
        for key, cell in zip((self.undo, self.clear), rest.columns(2, look.u(Space.M)), strict=True):
            key.place(cell)

    def _phrases(self, box: Box, columns: int) -> None:
        look = self.look
        assert self._title is not None
        title, rest = box.cut_top(look.px(Step.BODY) * 1.5, look.u(Space.S))
        self._title.place(title)
        rows = rest.rows(-(-len(self.chips) // columns), look.u(Space.S))
        cells = [cell for row in rows for cell in row.columns(columns, look.u(Space.S))]
        place_evenly(self.chips, cells)


class ContactPage(Page):
    """A number on the branch's own digits; agreeing is the key itself."""

    def __init__(self, look: Look, view: ContactView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self.number = self.put(Figures(look, Step.DISPLAY, palette.ink))
        self._line = self.text(Step.BODY, palette.muted, view.line, align="centre", lines=2)
        self.keypad = self.put(Keypad(look, lambda digit: tap(PressDigit(digit)), lambda: tap(Erase()), lambda: None))
        self.keypad.remove_widget(self.keypad.done)  # the key beneath says what it agrees to
        self._consent = self.text(Step.NOTE, palette.muted, view.consent, align="centre", valign="bottom", lines=3)
        self.agree = self.put(MainButton(look, view.agree, lambda: tap(Agree())))
        self.remove: Button | None = None
        if view.remove is not None:
            self.remove = self.put(
                Button(look, words(view.remove), lambda: tap(RemoveNumber()), tone=Tone.PLAIN, step=Step.BODY)
            )
        self.update(view)

    def update(self, view: Any) -> bool:
        if not isinstance(view, ContactView) or (view.remove is None) is not (self.remove is None):
            return False
        palette = self.look.palette
        self.number.show(view.number)
        self._line.show(view.line, mood_colour(palette, Mood.SUSPENDED) if view.wrong else palette.muted)
        return True

    def forget(self) -> None:
        self.number.show("")

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        high = look.u(184 if look.elder else 144)
        if landscape(box):
            left, pad = inner.cut_left(inner.w * 0.52, look.u(Space.XXL))
            left = left.centred(left.w, min(left.h, look.u(PAD)))
            number, rest = left.cut_top(high, look.u(Space.S))
            line, rest = rest.cut_top(look.px(Step.BODY) * 2.8, look.u(Space.S))
            self._agree(rest)
        else:
            inner = inner.cut_bottom(min(inner.h, look.u(1500)))[0]
            number, rest = inner.cut_top(high, look.u(Space.S))
            line, rest = rest.cut_top(look.px(Step.BODY) * 2.8, look.u(Space.M))
            agree, pad = rest.cut_bottom(look.u(128) + look.u(Space.S) + look.px(Step.NOTE) * 4.2, look.u(Space.M))
            self._agree(agree)
        self._card.place(number)
        self.number.place(number.inset(look.u(Space.M), look.u(Space.S)))
        self._line.place(line)
        pad = pad if landscape(box) else pad.cut_bottom(min(pad.h, look.u(DIGITS)))[0]  # in every hand's reach
        self.keypad.place(pad.centred(min(pad.w, look.u(840)), min(pad.h, look.u(PAD))))

    def _agree(self, box: Box) -> None:
        look = self.look
        keys, said = box.cut_bottom(look.u(128), look.u(Space.S))
        self._consent.place(said)
        if self.remove is not None:
            remove, keys = keys.cut_left(keys.w * 0.36, look.u(Space.M))
            self.remove.place(remove)
        self.agree.place(keys)
