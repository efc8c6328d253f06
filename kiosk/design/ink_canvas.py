"""A sheet to write on with a finger: what is written shows at once, and is handed on line by line."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from kivy.graphics import Color, Ellipse, InstructionGroup, SmoothLine

from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.tokens import CARD_CORNER, Look, rgba

PEN_U: Final = 3.5  # half of the pen's width
RULES: Final = 5
UNITS: Final = 1000  # across
STEP: Final = 3  # units a finger moves before it counts
_PIECE: Final = 48  # points drawn as one; a longer piece would be tessellated anew with every move

Point = tuple[int, int]


class Written(Protocol):
    """Lines in units of a thousandth of the canvas's width, y downwards from its top; and for how many points there is room."""

    @property
    def lines(self) -> tuple[tuple[Point, ...], ...]: ...
    @property
    def height(self) -> int: ...
    @property
    def room(self) -> int: ...


class InkCanvas(Part):
    """`on_line(points, height)`: a line is written; `height` of the canvas in the same units."""

    def __init__(self, look: Look, on_line: Callable[[tuple[Point, ...], int], None] | None = None) -> None:
        """Without `on_line` it only shows, with a pen as thick as the writing is large."""
        super().__init__(look)
        self._on_line = on_line
        self.open = on_line is not None
        self._ink: Written | None = None
        self._drawn: tuple[tuple[Point, ...], ...] = ()
        self._unit = 1.0
        self._live: list[Point] = []
        self._finger: Any = None
        self._ground = Fill(look, look.palette.surface, corner=CARD_CORNER, border=look.palette.line)
        self.add_widget(self._ground)
        self._rules = tuple(Fill(look, look.palette.idle) for _ in range(RULES))
        for rule in self._rules:
            self.add_widget(rule)
        self._lines = InstructionGroup()
        self._wet = InstructionGroup()
        for group in (self._lines, self._wet):
            self.canvas.after.add(Color(*rgba(look.palette.ink)))
            self.canvas.after.add(group)

    def show(self, ink: Written) -> None:
        """What is written so far; only what is new is drawn."""
        self._ink = ink
        if self._finger is None:
            self._wet.clear()
        if not self._laid:
            return
        if self._scale(self.box) or ink.lines[: len(self._drawn)] != self._drawn:
            self._lines.clear()
            self._drawn = ()
        for line in ink.lines[len(self._drawn) :]:
            self._draw(self._lines, line)
        self._drawn = ink.lines

    def forget(self) -> None:
        """Nothing of what was written stays with this part."""
        self._ink, self._drawn, self._live, self._finger = None, (), [], None
        self._lines.clear()
        self._wet.clear()

    def layout(self, box: Box) -> None:
        self._ground.place(box)
        inner = box.inset(self.look.u(32), 0)
        for index, rule in enumerate(self._rules, 1):
            rule.place(Box(inner.x, round(box.top - box.h * index / (RULES + 1)), inner.w, self.look.u(1)))
        self._lines.clear()
        self._drawn = ()
        self._scale(box)
        if self._ink is not None:
            self.show(self._ink)

    # ---- the finger --------------------------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        if not self.collide_point(*touch.pos):
            return False
        if self._finger is None and self.open and self._ink is not None and self._ink.room > 1:
            touch.grab(self)
            self._finger = touch
            self._live = [self._point(touch)]
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self or touch is not self._finger:
            return False
        point, (x, y) = self._point(touch), self._live[-1]
        if max(abs(point[0] - x), abs(point[1] - y)) >= STEP:
            self._live.append(point)
            self._wetten()
            assert self._ink is not None
            if len(self._live) >= self._ink.room:
                self._lift(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self or touch is not self._finger:
            return False
        self._lift(touch)
        return True

    def _lift(self, touch: Any) -> None:
        touch.ungrab(self)
        line, self._live, self._finger = tuple(self._live), [], None
        if self._on_line is not None:
            self._on_line(line, round(self.height / self._unit))

    # ---- the drawing -------------------------------------------------------------------------------------------------

    def _scale(self, box: Box) -> bool:
        """Pixels a unit: all that was written fits, also on a canvas of another shape. Whether that has changed."""
        written = 0 if self._ink is None else self._ink.height
        unit = min(box.w / UNITS, box.h / written if written else box.w / UNITS)
        changed, self._unit = unit != self._unit, max(unit, 1e-3)
        return changed

    def _point(self, touch: Any) -> Point:
        x = min(max(touch.x, self.x), self.right) - self.x
        y = self.top - min(max(touch.y, self.y), self.top)
        return round(x / self._unit), round(y / self._unit)

    def _pixels(self, line: tuple[Point, ...] | list[Point]) -> list[float]:
        return [value for x, y in line for value in (self.x + x * self._unit, self.top - y * self._unit)]

    @property
    def _pen(self) -> float:
        return max(1.0, PEN_U * (self._unit if self._on_line is None else self.look.unit))

    def _draw(self, group: InstructionGroup, line: tuple[Point, ...] | list[Point]) -> None:
        """A line with round ends; a single point is a dot."""
        pen = self._pen
        if len(line) > 1:
            group.add(SmoothLine(points=self._pixels(line), width=pen, joint="round", cap="round"))
        ends = self._pixels([line[0], line[-1]])
        for x, y in zip(ends[::2], ends[1::2], strict=True):
            group.add(Ellipse(pos=(x - pen, y - pen), size=(2 * pen, 2 * pen)))

    def _wetten(self) -> None:
        """The end of the live line, whose older pieces stand already."""
        count = len(self._live)
        first = (count - 2) // _PIECE * _PIECE
        piece = self._live[first:]
        if len(self._wet.children) and first < count - 2:
            self._wet.remove(self._wet.children[-1])
        self._wet.add(SmoothLine(points=self._pixels(piece), width=self._pen, joint="round", cap="round"))
