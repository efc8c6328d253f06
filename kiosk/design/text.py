"""Text with an exact line height, centred on what the eye sees, and never silently clipped."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from kivy.graphics import Color, InstructionGroup, Rectangle

from kiosk.design.box import Box
from kiosk.design.fitting import Fitted, fit
from kiosk.design.fonts import FAMILY
from kiosk.design.lettering import face, line_texture
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Step, rgba

Align = Literal["left", "centre", "right"]
VAlign = Literal["top", "middle", "bottom"]

# Of the font, in em: the descent, and the middle of a Chinese character above the bottom of its line's texture.
_MIDDLE_EM: Final = 0.288 + 0.38

_STOPS: Final = ("、", "，", "；", "：", "。")  # each an em wide, and mostly empty

# Large type's last resort. On the smallest touch screen, 10.1 inches, 26 u are 18 dp and more: what large type may not go below.
_RATHER: Final = (Step.NOTE,)


@lru_cache(maxsize=1024)  # a page measures some hundreds; a larger one takes hours of new times of day to fill
def text_width(text: str, px: int, bold: bool, family: str = FAMILY) -> float:
    """The advance width of a line in pixels."""
    return float(face(family, bold).extent(text, px)[0]) if text else 0.0


class Text(Part):
    """A text in a box. Too long: it shrinks step by step down to `floor`, and only then ends in an ellipsis."""

    def __init__(
        self,
        look: Look,
        step: Step,
        colour: str,
        *,
        bold: bool = False,
        align: Align = "left",
        valign: VAlign = "middle",
        lines: int = 1,
        floor: Step = Step.CAPTION,
        even: bool = False,
        grow: float = 0,
    ) -> None:
        """`grow`: a size in u above the ladder, for the one number that fills a panel; tried before `step`."""
        super().__init__(look)
        self.step, self.floor, self.bold, self.align, self.valign = step, floor, bold, align, valign
        self.lines, self.even, self.grow = lines, even, grow
        self.text = ""
        self.fitted: Fitted | None = None
        self._drawn: list[tuple[str, int]] = []
        self._colour = colour
        self._tint = Color(*rgba(colour))
        self._group = InstructionGroup()
        self.canvas.add(self._tint)
        self.canvas.add(self._group)

    def show(self, text: str, colour: str | None = None) -> None:
        """Change the words or their colour. The same again draws nothing."""
        if self.write(text, colour) and self.fitted is not None:
            self.layout(self.box)

    def write(self, text: str, colour: str | None = None) -> bool:
        """Like `show`, but the owner lays out. Whether the words are other ones."""
        if colour is not None and colour != self._colour:
            self._colour = colour
            self._tint.rgba = rgba(colour)
        changed = text != self.text
        self.text = text
        self._laid = self._laid and not changed  # the same place again must then lay out
        return changed

    @property
    def colour(self) -> str:
        return self._colour

    def extent(self) -> Box:
        """What the letters cover of the box, without the leading above and below them."""
        if self.fitted is None:
            return Box(self.x, self.y, 0, 0)
        box, fitted = self.box, self.fitted
        leading = (fitted.pitch - fitted.px) / 2
        x = {"left": box.x, "centre": box.cx - fitted.width / 2, "right": box.right - fitted.width}[self.align]
        return Box(x, self._top(box, fitted) - fitted.height + leading, fitted.width, fitted.height - 2 * leading)

    @property
    def only(self) -> int | None:
        """The one size in pixels that an owner has settled upon."""
        return self._only

    @only.setter
    def only(self, px: int | None) -> None:
        self._laid = self._laid and px == self._only
        self._only = px

    def sizes(self) -> list[int]:
        """The sizes in pixels this text may take, largest first."""
        steps = sorted((s for s in Step if min(self.floor, self.step) <= s <= self.step), reverse=True)
        above = [round(self.grow * share / 4 * self.look.unit) for share in (4, 3, 2)] if self.grow else []
        return [*(px for px in above if px > self.look.px(self.step)), *(self.look.px(step) for step in steps)]

    def fit(self, width: float, height: float) -> Fitted:
        """How the text would stand in a box of that size; for layouts that ask before they place."""
        return self._rather(width, height, self.sizes() if self.only is None else [self.only])

    def fit_from(self, start: int, width: float, height: float) -> Fitted:
        """The same without its `start` largest sizes, whatever one an owner has settled upon."""
        sizes = self.sizes()
        return self._rather(width, height, sizes[min(start, len(sizes) - 1) :])

    def fit_at(self, px: int, width: float) -> Fitted:
        """How it would stand at that size, however high."""
        return self._fit(width, 100_000, [px])

    def _rather(self, width: float, height: float, sizes: list[int]) -> Fitted:
        """Rather on more lines, and in large type rather in the house's ordinary small type, than cut."""
        found = self._fit(width, height, sizes)
        if not found.clipped:
            return found
        small = [px for px in (round(step * self.look.unit) for step in _RATHER) if self.look.elder and px < sizes[-1]]
        more = self._fit(width, height, [*sizes, *small], lines=self.lines + 2)
        return found if more.clipped else more

    def _fit(self, width: float, height: float, sizes: list[int], *, lines: int = 0) -> Fitted:
        bold, family = self.bold, self.look.family
        return fit(
            self.text,
            width,
            height,
            sizes,
            lambda px: lambda text: text_width(text, px, bold, family),
            lines=lines or self.lines,
            even=self.even,
        )

    @property
    def painted(self) -> Box:
        """Its lines, which may be higher than its box."""
        drawn = [(*one.pos, *one.size) for one in self._rectangles if one.texture is not None]
        if not drawn:
            return Box(self.x, self.y, 0, 0)
        left, bottom = min(x for x, _, _, _ in drawn), min(y for _, y, _, _ in drawn)
        right, top = max(x + w for x, _, w, _ in drawn), max(y + h for _, y, _, h in drawn)
        return Box(left, bottom, right - left, top - bottom)

    def layout(self, box: Box) -> None:
        self._laid = True
        self.fitted = fitted = self.fit(box.w, box.h)
        wanted = [(line, fitted.px) for line in fitted.lines]
        if wanted != self._drawn:
            self._render(fitted)
            self._drawn = wanted
        top = self._top(box, fitted)
        for index, rectangle in enumerate(self._rectangles):
            width, height = rectangle.texture.size if rectangle.texture else (0, 0)
            hung = fitted.px if self.align == "centre" and self._goes_on(index) else 0
            x = {"left": box.x, "centre": box.cx - (width - hung) / 2, "right": box.right - width}[self.align]
            x = min(x, max(box.x, box.right - width))
            y = top - (index + 0.5) * fitted.pitch - _MIDDLE_EM * fitted.px
            rectangle.size = (width, height)
            rectangle.pos = (round(x), round(y))

    def _goes_on(self, index: int) -> bool:
        """Whether a line ends in a stop and another follows: the stop then hangs, so that the words above each other are centred."""
        assert self.fitted is not None
        lines = self.fitted.lines
        return index < len(lines) - 1 and lines[index].endswith(_STOPS)

    _only: int | None = None
    _rectangles: tuple[Rectangle, ...] = ()

    def _top(self, box: Box, fitted: Fitted) -> float:
        if self.valign == "middle" or fitted.height > box.h:
            return box.cy + fitted.height / 2
        return box.top if self.valign == "top" else box.y + fitted.height

    def _render(self, fitted: Fitted) -> None:
        self._group.clear()
        rectangles = []
        for line in fitted.lines:
            rectangle = Rectangle()
            if line:
                rectangle.texture = line_texture(line, fitted.px, bold=self.bold, family=self.look.family)
                self._group.add(rectangle)
            rectangles.append(rectangle)
        self._rectangles = tuple(rectangles)


def one_size(texts: Sequence[Text], boxes: Sequence[Box]) -> None:
    """Let the longest decide for all: texts of one kind stand in one size. Call before placing them."""
    for text in texts:
        text.only = None
    px = min((text.fit(box.w, box.h).px for text, box in zip(texts, boxes, strict=True)), default=None)
    for text in texts:
        text.only = px
