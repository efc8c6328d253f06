"""What stands on the glass, read back, and nothing lost by it.

To be read it is drawn once more, into a buffer that is not presented; what had changed since the last frame would count as drawn
then, and never be seen. So a frame follows.
"""

from collections.abc import Callable
from typing import Any

from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image


def read_glass(window: Any, draw_again: Callable[[], None]) -> Image.Image:
    """As it stands on the panel, RGBA. `draw_again`: wants a whole frame."""
    draw_again()
    window.dispatch("on_draw")
    size = window.system_size
    data = glReadPixels(0, 0, *size, GL_RGBA, GL_UNSIGNED_BYTE)
    draw_again()
    return Image.frombytes("RGBA", size, data).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
