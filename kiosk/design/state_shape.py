"""States as shape, colour and word together, never as colour alone."""

from enum import StrEnum

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Palette, Space, Step

BAR = 0.28  # of a square's height: the barred circle beneath the number


class Mood(StrEnum):
    """What a state looks like, whatever it is the state of."""

    OPEN = "open"
    ATTENTION = "attention"
    SUSPENDED = "suspended"
    CLOSED = "closed"

    @property
    def icon(self) -> Icon:
        return Icon(self.value)


def mood_colour(palette: Palette, mood: Mood) -> str:
    """The colour of a state's word and shape upon paper and surface."""
    if mood is Mood.SUSPENDED:
        return palette.suspended
    return {Mood.OPEN: palette.open, Mood.ATTENTION: palette.attention, Mood.CLOSED: palette.closed}[mood]


class Chip(Part):
    """A pill with a state's shape and word. A suspension is filled, since red is too dark to read upon night."""

    def __init__(self, look: Look, step: Step = Step.NOTE, *, boxed: bool = True) -> None:
        super().__init__(look)
        palette = look.palette
        self.step = step
        self.mood = Mood.CLOSED
        self._boxed = boxed
        self._fill = Fill(look, palette.surface, corner=step, border=palette.line)
        self._icon = IconView(look, Icon.CLOSED, palette.closed)
        self._word = Text(look, step, palette.closed, bold=True)
        for part in (self._fill, self._icon, self._word):
            self.add_widget(part)

    @property
    def text(self) -> Text:
        return self._word

    def show(self, mood: StrEnum, word: str) -> None:
        """`mood`: one of ours, or another enumeration's of the same values."""
        mood = Mood(mood.value)
        self.mood = mood
        filled = mood is Mood.SUSPENDED
        palette = self.look.palette
        colour = palette.on_suspended if filled else mood_colour(palette, mood)
        ground = palette.suspended if filled else palette.surface
        self._fill.tint(ground, palette.suspended if filled else palette.line)
        self.have(self._fill, self._boxed or filled)
        if self._fill.parent is not None:  # the ground lies beneath the word, whenever it came
            self.remove_widget(self._fill)
            self.add_widget(self._fill, index=len(self.children))
        self._icon.show(mood.icon, colour)
        self._word.show(word, colour)
        self.relayout()

    def width_for(self, limit: float = 10_000) -> float:
        """How wide the chip wants to be where at most `limit` is free."""
        around = self.look.px(self.step) * 0.9 + self.look.u(Space.M) * 2 + self.look.u(Space.S) + 2
        return min(limit, self._word.fit(limit - around, 10_000).width + around)

    def cut(self, width: float) -> bool:
        """Whether its word would be cut in that width."""
        around = self.look.px(self.step) * 0.9 + self.look.u(Space.M) * 2 + self.look.u(Space.S) + 2
        return self._word.fit(width - around + 2, self.look.px(self.step)).clipped

    def layout(self, box: Box) -> None:
        self._fill.place(box)
        pad = self.look.u(Space.M) if self._fill.parent is not None else 0
        side = round(self.look.px(self.step) * 0.9)
        inner = Box(box.x + pad, box.y, max(0, box.w - 2 * pad), box.h)
        icon, word = inner.cut_left(side, self.look.u(Space.S))
        self._icon.place(icon.centred(side, side))
        self._word.place(word)


class NumberSquare(Part):
    """A counter's number in a square, as on the sign above the window. Suspended, it bears the barred circle as well."""

    def __init__(self, look: Look, step: Step = Step.TITLE) -> None:
        super().__init__(look)
        self._fill = Fill(look, look.palette.brand, corner=Space.XS)
        self._number = Text(look, step, look.palette.on_brand, bold=True, align="centre")
        self._bar = IconView(look, Icon.SUSPENDED, look.palette.on_suspended)
        self.add_widget(self._fill)
        self.add_widget(self._number)

    def show(self, number: str, ground: str | None = None, ink: str | None = None) -> None:
        self._number.show(number, ink)
        if ground is not None:
            self._fill.tint(ground)

    def stand(self, mood: StrEnum) -> None:
        """How the counter stands. `mood`: ours, or another enumeration's of the same values."""
        palette = self.look.palette
        ground, ink = {
            Mood.SUSPENDED: (palette.suspended, palette.on_suspended),
            Mood.CLOSED: (palette.idle, palette.ink),
        }.get(Mood(mood.value), (palette.brand, palette.on_brand))
        self.show(self._number.text, ground, ink)
        self.have(self._bar, mood.value == Mood.SUSPENDED.value)
        self.relayout()

    def layout(self, box: Box) -> None:
        self._fill.place(box)
        inner = box.inset(self.look.u(Space.XS), 0)
        if self._bar.parent is not None:
            bar, inner = inner.inset(0, self.look.u(Space.XS)).cut_bottom(box.h * BAR)
            self._bar.place(bar)
        self._number.place(inner)
