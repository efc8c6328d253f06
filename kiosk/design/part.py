"""The base of everything drawn: a Kivy widget placed by explicit boxes, that draws only when something changed."""

from kivy.uix.widget import Widget

from kiosk.design.box import Box
from kiosk.design.tokens import Look
from kiosk.glass.canvas import ToldCanvas

_BLEED = 2  # pixels that soft edges and hairlines may lie outside


class Part(Widget):
    """A widget with a look and a box. Subclasses override `layout`, which places children and moves the drawing."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._placing = True
        self.canvas = ToldCanvas()
        super().__init__(size_hint=(None, None))
        self._placing = False

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    @property
    def painted(self) -> Box:
        """Where the part itself paints, its children aside. Whoever paints elsewhere says where: the rest is not redrawn."""
        return self.box.inset(-_BLEED)

    @property
    def opaque(self) -> bool:
        """Whether it leaves nothing to be seen of what lies beneath `painted`."""
        return False

    def place(self, box: Box) -> None:
        """Put the part there. The same place again costs nothing."""
        if box == self.box and not self._fresh():
            return
        self._placing = True
        self.pos = (box.x, box.y)
        self.size = (box.w, box.h)
        self._placing = False
        self._laid = True
        self.layout(box)

    def apply_class_lang_rules(self, *_: object, **__: object) -> None:
        """No kv rule applies to a part: Kivy's own style sheet matches by bare class names such as `Button`."""

    _laid = False

    def _fresh(self) -> bool:
        return not self._laid

    def on_pos(self, *_: object) -> None:
        self._moved()

    def on_size(self, *_: object) -> None:
        self._moved()

    def _moved(self) -> None:
        if not self._placing:
            self._laid = True
            self.layout(self.box)

    def layout(self, box: Box) -> None:
        """Lay the inside out in `box`."""

    def relayout(self) -> None:
        """Lay out again where the part stands, after what it shows has changed its shape."""
        if self._laid:
            self.layout(self.box)

    def have(self, part: Widget, wanted: bool) -> None:
        """Put a child in or take it out; a hidden widget would still be rasterised."""
        if wanted and part.parent is None:
            self.add_widget(part)
        elif not wanted and part.parent is self:
            self.remove_widget(part)
