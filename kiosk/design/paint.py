"""The simplest parts: a filled zone, an icon, the emblem."""

from kivy.graphics import Color, Line, Rectangle, SmoothRoundedRectangle
from kivy.graphics.texture import Texture

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.part import Part
from kiosk.design.raster import emblem_texture, icon_texture
from kiosk.design.tokens import CARD_CORNER, HAIRLINE, Look, rgba


class Fill(Part):
    """A zone of one colour: sharp edges without `corner`, otherwise round ones; `border` is the one elevation there is.

    A border thicker than a hairline is a shape of its own beneath the ground, since a thick line has no smooth edges.
    """

    def __init__(self, look: Look, colour: str, *, corner: float = 0, border: str | None = None) -> None:
        super().__init__(look)
        self._colour, self._border = colour, border
        self._tint = Color(*rgba(colour))
        self._corner = look.u(corner)
        self._edge_tint = Color(*rgba(border or colour))
        self._rim: Rectangle | None = None
        self._thick = look.edge if border and look.elder else 0.0
        if self._thick:
            self._rim = _shape(self._corner)
            self.canvas.before.add(self._edge_tint)
            self.canvas.before.add(self._rim)
        self._shape = _shape(max(1.0, self._corner - self._thick) if corner else 0)
        self.canvas.before.add(self._tint)
        self.canvas.before.add(self._shape)
        self._edge: Line | None = None
        if border and self._rim is None:
            self._edge = Line(width=1)
            self.canvas.before.add(self._edge_tint)
            self.canvas.before.add(self._edge)

    def tint(self, colour: str, border: str | None = None) -> None:
        """Change the colours; the same again draws nothing."""
        if colour != self._colour:
            self._colour = colour
            self._tint.rgba = rgba(colour)
        if border is not None and border != self._border and self._border is not None:
            self._border = border
            self._edge_tint.rgba = rgba(border)

    @property
    def colour(self) -> str:
        return self._colour

    @property
    def border(self) -> str | None:
        """The colour of its edge, where it has one."""
        return self._border

    @property
    def edge(self) -> float:
        """How thick that is, in pixels."""
        return (self._thick or self.look.u(HAIRLINE)) if self._border is not None else 0.0

    @property
    def painted(self) -> Box:
        return self.box if self.opaque else super().painted

    @property
    def opaque(self) -> bool:
        return not self._corner and self._edge is None

    def layout(self, box: Box) -> None:
        ground = box.inset(self._thick)
        self._shape.pos = (ground.x, ground.y)
        self._shape.size = (ground.w, ground.h)
        if self._rim is not None:
            self._rim.pos = (box.x, box.y)
            self._rim.size = (box.w, box.h)
        if self._edge is not None:
            half = self.look.u(HAIRLINE) / 2
            inner = box.inset(half)
            if self._corner:
                self._edge.rounded_rectangle = (inner.x, inner.y, inner.w, inner.h, self._corner)
            else:
                self._edge.rectangle = (inner.x, inner.y, inner.w, inner.h)


def _shape(corner: float) -> Rectangle:
    """Sharp without a corner; its radius in pixels."""
    return SmoothRoundedRectangle(radius=[corner]) if corner else Rectangle()


class Card(Fill):
    """A surface with round corners and a hairline."""

    def __init__(self, look: Look, *, corner: float = CARD_CORNER, colour: str | None = None) -> None:
        super().__init__(look, colour or look.palette.surface, corner=corner, border=look.palette.line)


class Mask(Part):
    """A tinted mask texture, square, in the middle of its box. Subclasses say which."""

    ornament = False  # it says nothing, and may be as faint as it likes

    def __init__(self, look: Look, colour: str) -> None:
        super().__init__(look)
        self._tinted = colour
        self._tint = Color(*rgba(colour))
        self._quad = Rectangle()
        self.canvas.add(self._tint)
        self.canvas.add(self._quad)

    def texture(self, side: int) -> Texture:
        raise NotImplementedError

    @property
    def colour(self) -> str:
        return self._tinted

    def tint(self, colour: str) -> None:
        if colour != self._tinted:
            self._tinted = colour
            self._tint.rgba = rgba(colour)

    def layout(self, box: Box) -> None:
        side = int(min(box.w, box.h))
        if side < 1:
            return
        inner = box.centred(side, side)
        self._quad.texture = self.texture(side)
        self._quad.pos = (inner.x, inner.y)
        self._quad.size = (side, side)


class IconView(Mask):
    """One of the vector icons."""

    def __init__(self, look: Look, icon: Icon, colour: str) -> None:
        self.icon = icon
        super().__init__(look, colour)

    def show(self, icon: Icon, colour: str | None = None) -> None:
        if colour is not None:
            self.tint(colour)
        if icon is not self.icon:
            self.icon = icon
            self.relayout()

    def texture(self, side: int) -> Texture:
        return icon_texture(self.icon, side)


class Emblem(Mask):
    """The house emblem."""

    def texture(self, side: int) -> Texture:
        return emblem_texture(side)
