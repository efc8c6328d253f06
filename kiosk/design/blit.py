"""Pixels onto the glass as they are: no colour, no opacity, no blending. A processor draws them several times as fast.

For textures in BGRA that stand pixel for pixel. What draws so is made once and used again: every one has a shader of its
own, and those that are thrown away leave memory behind.
"""

from typing import Any, Final

from kivy.graphics import Callback, Rectangle, RenderContext
from kivy.graphics import opengl as gl

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look

SAMPLE: Final = "$HEADER$\nvoid main(void) { gl_FragColor = texture2D(texture0, tex_coord0); }\n"
VEIL: Final = (
    "$HEADER$\nuniform vec4 share;\nvoid main(void) { gl_FragColor = share * texture2D(texture0, tex_coord0); }\n"
)
_SPARE_AT_MOST: Final = 6
# llvmpipe takes rows of a picture as they lie in memory where its step from pixel to pixel, cut off after 16 binary places, is one;
# a step that came out of its arithmetic a hair below one has it fetch each pixel by itself. So they step a hair further.
_HAIR: Final = 2.0**-19
_spare: list["Blit"] = []


class Blit:
    """A place in a canvas (`context`) for rectangles, and what moves them, that are drawn by sampling alone."""

    def __init__(self) -> None:
        self.context = RenderContext(use_parent_projection=True, use_parent_modelview=True, fs=SAMPLE)
        self._begin = Callback(lambda *_: gl.glDisable(gl.GL_BLEND))
        self._end = Callback(lambda *_: gl.glEnable(gl.GL_BLEND))

    @staticmethod
    def take() -> "Blit":
        """One that was given back, or a new one."""
        return _spare.pop() if _spare else Blit()

    def give_back(self) -> None:
        """Its part is gone for good."""
        self.context.clear()
        if len(_spare) < _SPARE_AT_MOST:
            _spare.append(self)

    def draw(self, *instructions: Any) -> None:
        """These from now on."""
        self.context.clear()
        for one in (self._begin, *instructions, self._end):
            self.context.add(one)


def pixel_for_pixel(quad: Rectangle) -> Rectangle:
    """The same, once more after each change of its texture: its pixels as they are, and no slower than that."""
    left, bottom, right, _, _, top, *_ = quad.tex_coords
    right = left + (right - left) * (1 + _HAIR)
    quad.tex_coords = (left, bottom, right, bottom, right, top, left, top)
    return quad


def hang(canvas: Any, context: RenderContext) -> None:
    """Let a canvas draw a context that marks none above it: it would do so whenever it is drawn, changed or not.

    Whoever changes something in it says so: `canvas.ask_update`.
    """
    canvas.children.append(context)
    canvas.ask_update()


class Sheet(Part):
    """A picture pixel for pixel in its box. Give it back (`leave`) when it is shown no more."""

    def __init__(self, look: Look, texture: Any = None) -> None:
        super().__init__(look)
        self._quad = Rectangle()
        self._blit: Blit | None = None
        if texture is not None:
            self.bear(texture)

    @property
    def opaque(self) -> bool:
        return self._blit is not None

    @property
    def painted(self) -> Box:
        return self.box

    def bear(self, texture: Any) -> None:
        """Show this texture from now on; new pixels in it are told by `canvas.ask_update`."""
        self._quad.texture = texture
        pixel_for_pixel(self._quad)
        self.canvas.ask_update()
        if self._blit is None:
            self._blit = Blit.take()
            self._blit.draw(self._quad)
            hang(self.canvas, self._blit.context)

    def leave(self) -> None:
        """Show nothing, and let go of the picture: a widget that is gone waits long for the collector."""
        self._quad.texture = None
        if self._blit is not None:
            self.canvas.children.remove(self._blit.context)
            self.canvas.ask_update()
            self._blit.give_back()
            self._blit = None

    def layout(self, box: Box) -> None:
        self._quad.pos, self._quad.size = (box.x, box.y), (box.w, box.h)
        self.canvas.ask_update()


class Veil(Part):
    """A picture over what stands, `share` of it to be seen: its pixels times that, the others' times the rest."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._quad = Rectangle()
        self._context = RenderContext(use_parent_projection=True, use_parent_modelview=True, fs=VEIL)
        for one in (
            Callback(lambda *_: gl.glBlendFunc(gl.GL_ONE, gl.GL_ONE_MINUS_SRC_ALPHA)),
            self._quad,
            Callback(_blend_as_kivy_does),
        ):
            self._context.add(one)
        hang(self.canvas, self._context)

    @property
    def painted(self) -> Box:
        return self.box

    def bear(self, texture: Any) -> None:
        self._quad.texture = texture
        pixel_for_pixel(self._quad)
        self.canvas.ask_update()

    def thin(self, share: float) -> None:
        """How much of it is to be seen, 0 to 1."""
        self._context["share"] = (share, share, share, share)
        self.canvas.ask_update()

    def layout(self, box: Box) -> None:
        self._quad.pos, self._quad.size = (box.x, box.y), (box.w, box.h)
        self.canvas.ask_update()


def _blend_as_kivy_does(*_: object) -> None:
    gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_ONE, gl.GL_ONE)
