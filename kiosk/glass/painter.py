"""Takes the place of Kivy's drawing of the whole window: the same pictures, made from what changed.

A whole frame is drawn at the start, after whatever Kivy asks the window's canvas for (it does when a part of the window was
uncovered, or its size or rotation is another), and where nearly everything has changed.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import structlog
from kivy.graphics import Callback, Canvas, RenderContext
from kivy.graphics import opengl as gl
from kivy.graphics.scissor_instructions import ScissorPop, ScissorPush

from kiosk.glass.areas import Area, passes
from kiosk.glass.damage import Damage
from signage.link.threads import describe

WHOLE_SHARE: Final = 0.9  # of the window damaged: a whole frame is no dearer
FRAMES_AFTER_EXPOSE: Final = 2  # a window that grows may get its new buffer only with the first of them
REFUSED_AT_MOST: Final = 30  # more frames than that, where twice as many were not
_MATRICES: Final = ("projection_mat", "modelview_mat", "frag_modelview_mat")
BANDS: Final = 12  # of the window, one for each frame that is to prove that one can be drawn


class Presenter(Protocol):
    """Puts areas of the back buffer on the glass, and leaves both as they are elsewhere."""

    errors: int

    def show(self, areas: Sequence[Area]) -> None: ...


class _Glass(Canvas):
    """The window's canvas. Kivy's loop asks it whether there is something to draw.

    `stirred`: something has changed since the last look. Its own mark stays, for it is not drawn itself but for whole frames.
    """

    painter: "Painter | None" = None
    stirred = True

    @property
    def needs_redraw(self) -> bool:
        if self.painter is None:
            return bool(super().needs_redraw)
        return self.painter.wanted(marked=self.stirred)

    def flag_update(self, do_parent: int = 1) -> None:
        self.stirred = True
        super().flag_update(do_parent)

    def ask_update(self) -> None:
        if self.painter is not None:
            self.painter.whole(FRAMES_AFTER_EXPOSE)
        super().ask_update()


class Painter:
    """Of one Kivy window; it works from the moment it is made. A fault in it gives the window back to Kivy, for good.

    `on_fault`: called then.
    """

    def __init__(self, window: Any, presenter: Presenter, on_fault: Callable[[], None] = lambda: None) -> None:
        self._window, self._presenter, self.on_fault = window, presenter, on_fault
        self.damage = Damage(window)
        self._frames = FRAMES_AFTER_EXPOSE  # that are to be whole ones
        self._errors = self._refused = self._band = 0
        self._proving = False
        self._size = tuple(window.system_size)
        self._areas: Sequence[Area] = ()
        self._canvases: list[Any] = []
        self._context = RenderContext()
        self._matrices: dict[str, Any] = {}
        self._scissor = ScissorPush(x=0, y=0, width=1, height=1)
        for one in (self._scissor, Callback(self._draw_canvases), ScissorPop()):
            self._context.add(one)
        self._kivy_draws, self._kivy_flips = window.on_draw, window.flip
        window.on_draw, window.flip = self._draw, self._flip
        self._glass = _Glass()
        self._replace(window.canvas, self._glass)
        self._glass.painter = self

    @property
    def at_work(self) -> bool:
        """False: Kivy draws the whole window as ever."""
        return self._glass.painter is self

    def whole(self, frames: int = 1) -> None:
        """So many whole frames next."""
        self._frames = max(self._frames, frames)

    def prove(self) -> None:
        """A frame next, though nothing may have changed: a band of the window then, in turn, so that all of it is drawn anew."""
        self._proving = True

    def close(self) -> None:
        """Give the window back to Kivy."""
        self._glass.painter = None
        self._window.on_draw, self._window.flip = self._kivy_draws, self._kivy_flips
        self._glass.ask_update()

    def wanted(self, *, marked: bool) -> bool:
        """Whether something is to be drawn. `marked`: something has changed since the last look."""
        if self._presenter.errors > self._errors:
            self.whole()
        if not self._frames and not self._areas and (marked or self._proving):
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - whatever it is, the screen must go on, and Kivy can draw it
                self._give_up(describe(error))
                return True
        return bool(self._frames or self._areas)

    def _look(self) -> None:
        width, height = self._window.system_size
        self._glass.stirred = False
        rotation, found = self._window.rotation, self.damage.found()
        if found is None:
            self._frames = 1
            return
        areas = passes(area.turned(rotation, width, height).within(width, height) for area in found)
        if sum(area.size for area in areas) > WHOLE_SHARE * width * height:
            self._frames = 1
        else:
            self._areas = areas or self._proof(width, height)

    def _proof(self, width: int, height: int) -> Sequence[Area]:
        """Where nothing has changed: the next band, if a frame is wanted."""
        if not self._proving:
            return ()
        bottom, top = (height * n // BANDS for n in (self._band, self._band + 1))
        self._band = (self._band + 1) % BANDS
        return (Area(0, bottom, width, top),)

    # ---- in Kivy's places --------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._proving = False
        if self._frames or not self._areas:
            self._frames = max(0, self._frames - 1)
            self._areas = ()
            self._kivy_draws()
            self._glass.stirred = False
            self.damage.learn()
            return
        try:
            for area in self._areas:
                self.mend(area)
        except Exception as error:  # noqa: BLE001 - as above
            self._give_up(describe(error))
            self._kivy_draws()

    def mend(self, area: Area) -> None:
        """Draw what lies in an area of the glass, into the back buffer."""
        window, context, scissor = self._window, self._context, self._scissor
        for name in _MATRICES:
            matrix = window.render_context[name]
            if self._matrices.get(name) is not matrix:  # to set one uploads it
                self._matrices[name] = context[name] = matrix
        own = area.turned((360 - window.rotation) % 360, *window.size)
        self._canvases, covered = self.damage.mending(own)
        scissor.x, scissor.y = area.left, area.bottom
        scissor.width, scissor.height = area.width, area.height
        if not covered:
            self._clear(area)
        context.draw()

    def _draw_canvases(self, *_: object) -> None:
        for canvas in self._canvases:
            canvas.draw()

    def _clear(self, area: Area) -> None:
        gl.glEnable(gl.GL_SCISSOR_TEST)
        gl.glScissor(area.left, area.bottom, area.width, area.height)
        gl.glClearColor(*self._window.clearcolor)
        gl.glClear(gl.GL_COLOR_BUFFER_BIT)
        gl.glDisable(gl.GL_SCISSOR_TEST)

    def _flip(self) -> None:
        areas, self._areas = self._areas, ()
        size, errors = tuple(self._window.system_size), self._presenter.errors
        refused, resized = errors > self._errors, size != self._size
        self._errors, self._size = errors, size
        self._refused = max(0, self._refused + (2 if refused else -1))
        if self._refused > REFUSED_AT_MOST:
            self._give_up("the X server refuses the copies")
        if refused or resized:
            self.whole(FRAMES_AFTER_EXPOSE)
            self._kivy_flips()  # a swap alone makes Mesa ask how large the window is now
        else:
            self._presenter.show(areas or (Area(0, 0, *size),))

    def _give_up(self, reason: str) -> None:
        structlog.get_logger().error("drawing only what changed met a fault; whole frames from now on", error=reason)
        self.close()
        self.on_fault()

    def _replace(self, old: Any, new: Any) -> None:
        groups = (*([old.before] if old.has_before else ()), *([old.after] if old.has_after else ()))
        for one in list(old.children):
            if one not in groups or one.children:
                old.remove(one)
                new.add(one)
        context = self._window.render_context
        context.remove(old)
        context.add(new)
        self._window.canvas = new
