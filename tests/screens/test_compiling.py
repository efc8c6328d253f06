"""The driver's compiler of shaders is dismissed, and is there again for the next shader."""

from collections.abc import Callable

from kivy.graphics import Rectangle, RenderContext
from kivy.uix.widget import Widget

from kiosk.glass import compiling
from kiosk.glass.compiling import dismiss_compiler
from kiosk.stage import Stage


def lit(red: float) -> Widget:
    """A widget that a shader of its own, never compiled before, fills with a colour."""
    widget = Widget(size=(40, 40), size_hint=(None, None))
    shader = f"$HEADER$\nvoid main(void) {{ gl_FragColor = vec4({red}, 0.0, 1.0, 1.0); }}\n"
    context = RenderContext(use_parent_projection=True, use_parent_modelview=True, fs=shader)
    context.add(Rectangle(pos=(0, 0), size=(40, 40)))
    widget.canvas.add(context)
    return widget


def test_a_shader_is_compiled_after_the_compiler_was_dismissed(stage: Callable[[int, int], Stage]) -> None:
    on = stage(40, 40)
    assert compiling._release() is not None, "the driver has no such call"  # or the rest proves nothing
    for red in (0.4, 0.6):
        dismiss_compiler()
        dismiss_compiler()
        on.clear()
        on.show(lit(red))
        seen = on.pixels().getpixel((20, 20))
        assert seen == (round(255 * red), 0, 255)
