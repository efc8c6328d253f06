"""What only touch screens need: a page's head, the ways back, the ring that shows when it goes home, a toast, a keypad."""

from collections.abc import Callable, Sequence
from typing import Final

from kivy.graphics.texture import Texture

from kiosk.design.bilingual import Said, Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView, Mask
from kiosk.design.part import Part
from kiosk.design.raster import ring_texture
from kiosk.design.state_shape import Mood, mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import BAR, BUTTON_CORNER, PAGE_HEAD, PAGE_WAY, Look, Space, Step

_RING: Final = 56
_TOAST_KEY: Final = 216


class HomeRing(Mask):
    """How much of the time before going home is left, in steps of two per cent so that it seldom redraws."""

    def __init__(self, look: Look) -> None:
        self._share = 100
        super().__init__(look, look.palette.accent)

    def show(self, share: float) -> None:
        """`share`: 1 at the start, 0 when it goes home."""
        rounded = max(0, min(100, round(share * 50) * 2))
        if rounded != self._share:
            self._share = rounded
            self.relayout()

    def texture(self, side: int) -> Texture:
        return ring_texture(side, self._share, 90)


class Head(Part):
    """What a customer's page is about. It is read and not touched, so it may stand high."""

    @staticmethod
    def high(look: Look) -> float:
        """How high it stands, in pixels."""
        return look.u(136 if look.elder else PAGE_HEAD)

    def __init__(self, look: Look, title: Said) -> None:
        super().__init__(look)
        self._ground = Fill(look, look.palette.surface)
        self._rule = Fill(look, look.palette.line)
        self._title = Text(look, Step.TITLE, look.palette.ink, bold=True, align="centre", lines=2, even=True)
        self._title.show(title.first)
        for part in (self._ground, self._rule, self._title):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(box.cut_bottom(look.u(1))[0])
        self._title.place(box.inset(look.u(Space.XL), look.u(Space.S)))


class WayBack(Part):
    """The same on every page a customer reads, where every hand reaches: back, and the ring beside it."""

    def __init__(self, look: Look, back: Said, on_back: Callable[[], None]) -> None:
        super().__init__(look)
        self.back = Button(look, back, on_back, icon=Icon.BACK, step=Step.BODY)
        self.ring = HomeRing(look)
        for part in (self.back, self.ring):
            self.add_widget(part)

    @staticmethod
    def high(look: Look) -> float:
        """How high it stands over a tall page's foot, in pixels."""
        return look.u(PAGE_WAY)

    @staticmethod
    def broad(look: Look) -> float:
        """How wide it stands in a wide page's foot, in pixels."""
        return look.u((320 if look.elder else 256) + Space.M + _RING)

    def layout(self, box: Box) -> None:
        look = self.look
        back, rest = box.cut_left(self.broad(look) - look.u(Space.M + _RING), look.u(Space.M))
        self.back.place(back)
        side = look.u(_RING)
        self.ring.place(rest.cut_left(side)[0].centred(side, side))


class BackBar(Part):
    """The same on every page for staff: back at the left, the title, the ring at the right."""

    @staticmethod
    def high(look: Look) -> float:
        """How high it stands, in pixels."""
        return look.u(176 if look.elder else BAR)

    def __init__(self, look: Look, back: Said, title: Said, on_back: Callable[[], None]) -> None:
        super().__init__(look)
        self._ground = Fill(look, look.palette.surface)
        self._rule = Fill(look, look.palette.line)
        self.back = Button(look, back, on_back, tone=Tone.QUIET, icon=Icon.BACK, step=Step.BODY)
        self.title = Text(look, Step.TITLE, look.palette.ink, bold=True, align="centre", lines=2, even=True)
        self.title.show(title.first)
        self.ring = HomeRing(look)
        for part in (self._ground, self._rule, self.back, self.title, self.ring):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(box.cut_bottom(look.u(1))[0])
        inner = box.inset(look.u(Space.XL), look.u(Space.M))
        side = look.u(320 if look.elder else 256)
        back, rest = inner.cut_left(side, look.u(Space.M))
        self.back.place(back)
        ring = look.u(_RING)
        right, middle = rest.cut_right(ring if look.elder else side, look.u(Space.M))
        self.ring.place(right.cut_right(ring)[0].centred(ring, ring))
        self.title.place(middle)


class Toast(Part):
    """What became of an action, with its state's shape, and at the right what can still be done about it.

    The owner takes it away again. `step`: of its letters; `lines`: at most.
    """

    def __init__(self, look: Look, step: Step = Step.BODY, *, lines: int = 2, keys: Sequence[Button] = ()) -> None:
        super().__init__(look)
        self.keys = tuple(keys)
        self._step = step
        self._fill = Fill(look, look.palette.ink, corner=BUTTON_CORNER)
        self._icon = IconView(look, Icon.TICK, look.palette.surface)
        self._text = Text(look, step, look.palette.surface, bold=True, lines=lines)
        for part in (self._fill, self._icon, self._text, *self.keys):
            self.add_widget(part)

    def show(self, text: str, mood: Mood = Mood.OPEN) -> None:
        palette = self.look.palette
        suspended = mood is Mood.SUSPENDED
        ink = palette.on_suspended if suspended else palette.surface
        self._fill.tint(mood_colour(palette, mood) if suspended else palette.ink)
        self._icon.show(Icon.TICK if mood is Mood.OPEN else mood.icon, ink)
        self._text.show(text, ink)

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        for key in reversed(self.keys):
            at, inner = inner.cut_right(look.u(_TOAST_KEY), look.u(Space.S))
            key.place(at.inset(0, look.u(Space.XS)))
        side = round(look.px(self._step) * 1.5)
        icon, text = inner.cut_left(side, look.u(Space.S))
        self._icon.place(icon.centred(side, side))
        self._text.place(text)


class Keypad(Part):
    """Digits for a PIN. It says which key was pressed and keeps nothing."""

    def __init__(
        self, look: Look, on_digit: Callable[[str], None], on_erase: Callable[[], None], on_done: Callable[[], None]
    ) -> None:
        super().__init__(look)
        self.keys: list[Button] = []
        for digit in "123456789":
            self._digit(digit, on_digit)
        self.erase = self._key(Icon.ERASE, on_erase, Tone.QUIET)
        self._digit("0", on_digit)
        self.done = self._key(Icon.TICK, on_done, Tone.MAIN)

    def _digit(self, digit: str, on_digit: Callable[[str], None]) -> None:
        self._add(Button(self.look, Words(digit), lambda: on_digit(digit), step=Step.HEAD))

    def _key(self, icon: Icon, call: Callable[[], None], tone: Tone) -> Button:
        return self._add(Button(self.look, Words(""), call, tone=tone, icon=icon, step=Step.HEAD))

    def _add(self, button: Button) -> Button:
        self.keys.append(button)
        self.add_widget(button)
        return button

    def layout(self, box: Box) -> None:
        gap = self.look.u(Space.S)
        cells = [cell for row in box.rows(4, gap) for cell in row.columns(3, gap)]
        for key, cell in zip(self.keys, cells, strict=True):
            key.place(cell)
