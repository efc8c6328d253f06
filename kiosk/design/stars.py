"""Five stars: filled up to a number, outlines beyond it."""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.design.box import Box
from kiosk.design.paint import Mask
from kiosk.design.part import Part
from kiosk.design.raster import star_texture
from kiosk.design.tokens import TOUCH_S, Look, rgba
from kiosk.guarding import guarded

COUNT = 5


class Star(Mask):
    """One star: its outline, and gold within. Upon white gold alone is too light to be seen by everybody."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.palette.star_line)
        self.filled = False
        self._gold = Color(*rgba(look.palette.star, 0))
        self._body = Rectangle()
        self.canvas.before.add(self._gold)
        self.canvas.before.add(self._body)

    def show(self, filled: bool) -> None:
        if filled is not self.filled:
            self.filled = filled
            self._gold.a = 1 if filled else 0

    def layout(self, box: Box) -> None:
        super().layout(box)
        side = int(min(box.w, box.h))
        if side > 0:
            self._body.texture = star_texture(side, filled=True)
            self._body.pos, self._body.size = self._quad.pos, self._quad.size

    def texture(self, side: int) -> Texture:
        return star_texture(side, filled=False)


class Stars(Part):
    """Five in a row, in the middle of the box. With `on_star` a touch answers at once: down shows, up decides."""

    def __init__(self, look: Look, *, gap: float = 40, on_star: Callable[[int], None] | None = None) -> None:
        super().__init__(look)
        self._gap, self._on_star = gap, on_star
        self._count = self._filled = 0
        self._filling: Any = None
        self.stars = tuple(Star(look) for _ in range(COUNT))
        for star in self.stars:
            self.add_widget(star)

    @property
    def touched(self) -> bool:
        """Whether a touch means something here."""
        return self._on_star is not None

    def show(self, count: int) -> None:
        """How many are filled."""
        self._count = count
        self._fill(count)

    def fill_up(self, count: int) -> None:
        """The same, one star after the other where drawing is quick; the first at once."""
        if not self.look.moving or count <= 1:
            self.show(count)
            return
        self.show(1)
        self._count = count
        self._filling = Clock.schedule_interval(guarded(self._one_more), TOUCH_S)

    def _one_more(self, _: float) -> bool:
        for index, star in enumerate(self.stars):
            star.show(index <= self._filled)
        self._filled += 1
        return self._filled < self._count

    def _fill(self, count: int) -> None:
        if self._filling is not None:
            self._filling.cancel()
            self._filling = None
        self._filled = count
        for index, star in enumerate(self.stars):
            star.show(index < count)

    def layout(self, box: Box) -> None:
        gap = self.look.u(self._gap)
        side = int(min(box.h, (box.w - gap * (COUNT - 1)) / COUNT))
        row = box.centred(side * COUNT + gap * (COUNT - 1), side)
        for index, star in enumerate(self.stars):
            star.place(Box(row.x + index * (side + gap), row.y, side, side))

    def star_at(self, x: float, y: float) -> int:
        """Which star a touch means: the whole column of a star and half the gaps beside it. 0: none."""
        if not self.collide_point(x, y):
            return 0
        half = self.look.u(self._gap) / 2
        return next((i + 1 for i, star in enumerate(self.stars) if star.x - half <= x < star.right + half), 0)

    def on_touch_down(self, touch: Any) -> bool:
        if self._on_star is None or not (star := self.star_at(*touch.pos)):
            return False
        touch.grab(self)
        self._fill(star)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        self._fill(self.star_at(*touch.pos) or self._count)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        star = self.star_at(*touch.pos)
        self._fill(star or self._count)
        if star and self._on_star is not None:
            self._on_star(star)
        return True
