"""Things to press. Each answers within a frame: the pressed ground is drawn on the way down."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from kiosk.design.bilingual import Bilingual, Said, Words
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Align
from kiosk.design.tokens import BUTTON_CORNER, Look, Palette, Space, Step


class Tone(StrEnum):
    """How loud a button is."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"
    QUIET = "quiet"


def _ground(palette: Palette, tone: Tone, pressed: bool) -> tuple[str, str, str, str]:
    """(ground, border, ink, muted)."""
    if tone is Tone.MAIN:
        ground = palette.brand_pressed if pressed else palette.brand
        return ground, ground, palette.on_brand, palette.brand_muted
    if tone is Tone.DANGER:
        ground = palette.suspended_pressed if pressed else palette.suspended
        return ground, ground, palette.on_suspended, palette.suspended_muted
    ground = palette.paper if tone is Tone.QUIET else palette.surface
    return (
        palette.pressed if pressed else ground,
        palette.accent if pressed else palette.line,
        palette.ink,
        palette.muted,
    )


class Pressable(Part):
    """A part that is pressed and released. `on_press` is called when the finger lifts inside it."""

    def __init__(self, look: Look, on_press: Callable[[], None]) -> None:
        super().__init__(look)
        self.call = on_press
        self.enabled = True
        self.pressed = False

    def paint(self) -> None:
        """Draw the pressed or the resting state."""

    def _set(self, pressed: bool) -> None:
        if pressed is not self.pressed:
            self.pressed = pressed
            self.paint()

    def on_touch_down(self, touch: Any) -> bool:
        if not self.enabled or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._set(True)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        self._set(bool(self.collide_point(*touch.pos)))
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        fire = self.pressed
        self._set(False)
        if fire and self.enabled:
            self.call()
        return True


class Button(Pressable):
    """A button with a text, perhaps an icon before it."""

    _pale = False

    def __init__(
        self,
        look: Look,
        words: Said,
        on_press: Callable[[], None],
        *,
        tone: Tone = Tone.PLAIN,
        icon: Icon | None = None,
        step: Step = Step.TITLE,
        second_step: Step | None = None,
        corner: float = BUTTON_CORNER,
        leading: bool = False,
    ) -> None:
        super().__init__(look, on_press)
        self.tone, self.leading, self.step = tone, leading, step
        ground, border, ink, muted = _ground(look.palette, tone, pressed=False)
        self._fill = Fill(look, ground, corner=corner, border=border)
        self._sign = icon or Icon.ARROW
        self._icon = IconView(look, self._sign, self._icon_colour(ink))
        align: Align = "left" if icon is not None else "centre"
        self.words = Bilingual(
            look, step, ink, muted, bold=True, align=align, second_step=second_step, lines=2, second_lines=2, even=True
        )
        self.words.show(words)
        self._has_icon = icon is not None
        self.add_widget(self._fill)
        self.have(self._icon, self._has_icon)
        self.add_widget(self.words)

    def enable(self, on: bool) -> None:
        """Deaf and pale, or as before. `enabled` alone makes it deaf only: where an answer takes no time to see."""
        self.enabled, self._pale = on, not on
        self.paint()

    def _icon_colour(self, ink: str) -> str:
        if self._pale:
            return self.look.palette.muted
        if self.tone not in {Tone.PLAIN, Tone.QUIET}:
            return ink
        return self.look.palette.attention if self._sign is Icon.ATTENTION else self.look.palette.accent

    def show(self, words: Said | None = None, *, tone: Tone | None = None, icon: Icon | None = None) -> None:
        """Change what it says or how loud it is."""
        if words is not None:
            self.words.show(words)
        if icon is not None:
            self._sign = icon
            self._icon.show(icon)
        if tone is not None:
            self.tone = tone
        if icon is not None or tone is not None:
            self.paint()

    def paint(self) -> None:
        ground, border, ink, muted = _ground(self.look.palette, Tone.QUIET if self._pale else self.tone, self.pressed)
        ink = muted if self._pale else ink
        self._fill.tint(ground, border)
        self.words.show(Words(self.words.first.text, self.words.second.text), ink, muted)
        self._icon.tint(self._icon_colour(ink))

    def room(self, box: Box) -> Box:
        """Where its words stand in that box, beside an icon if it has one."""
        inner = self._inner(box)
        return inner.cut_left(self._side(inner), self.look.u(Space.M))[1] if self._has_icon else inner

    def _inner(self, box: Box) -> Box:
        return box.inset(self.look.u(Space.L if self._has_icon else Space.M), self.look.u(Space.XS))

    def _side(self, inner: Box) -> int:
        """Of the icon's square, in pixels."""
        return round(min(inner.h, self.look.px(self.step) * (1.7 if self.words.second.text else 1.2)))

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = self._inner(box)
        if not self._has_icon:
            cut = self.words.pair(inner.w, inner.h)[0].clipped
            self.words.place(box.inset(look.u(Space.XS)) if cut else inner)
            return
        side = self._side(inner)
        if not self.words.first.text:
            self._icon.place(inner.centred(side, side))
            return
        icon, rest = inner.cut_left(side, look.u(Space.M))
        cut = self.words.pair(rest.w, rest.h)[0].clipped  # words are worth more than what stands before them
        self.have(self._icon, not cut)
        self._icon.place(icon.centred(side, side))
        self.words.place(box.inset(look.u(Space.S), look.u(Space.XS)) if cut else rest)
