"""A canvas that knows whether something in it has changed since it was last looked at.

Kivy's own mark stays until the canvas is drawn, and one that only holds others' canvases never is while only what changed
is drawn: it would have to be gone through with every frame. Kivy marks a canvas and all above it by calling `flag_update`
on each, which is what tells.
"""

from kivy.graphics import Canvas


class ToldCanvas(Canvas):
    """`stirred`: something in it has changed; whoever looks takes it back."""

    stirred = True

    def flag_update(self, do_parent: int = 1) -> None:
        if not do_parent:
            self.stirred = self.stirred and self.needs_redraw  # what it has told before it was drawn is over
            super().flag_update(0)
        elif not (self.stirred and self.needs_redraw):  # else all above have been told already
            self.stirred = True
            super().flag_update(1)


def look_at(canvas: Canvas) -> bool:
    """Whether something in a canvas is not as it was drawn and has not been seen yet. It counts as seen from now on."""
    if not canvas.needs_redraw:
        return False
    if not isinstance(canvas, ToldCanvas):
        return True
    stirred, canvas.stirred = canvas.stirred, False
    return stirred
