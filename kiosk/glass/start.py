"""Who draws this window and how its frames come onto the glass, found once it is open."""

from typing import Any

from kivy.graphics.opengl import GL_RENDERER, glGetString

from kiosk.glass.copying import Copier
from kiosk.glass.painter import Painter
from kiosk.view.motion import Drawing, Motion


def begin_drawing(window: Any, motion: Motion) -> tuple[Drawing, Painter | None]:
    """Only what changes is drawn where a processor draws and can put a part on the glass; else Kivy draws all (None)."""
    renderer = (glGetString(GL_RENDERER) or b"").decode(errors="replace")
    drawing = Drawing(renderer, motion=motion)
    copier = Copier.of_window() if drawing.by_processor else None
    if copier is None:
        return drawing, None
    return Drawing(renderer, "parts", motion), Painter(window, copier)
