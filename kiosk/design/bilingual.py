"""Chinese first and larger, English beneath it two steps smaller and muted; or the other way round."""

from dataclasses import dataclass

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.text import Align, Text, VAlign
from kiosk.design.tokens import LINE_HEIGHT, Look, Step


@dataclass(frozen=True)
class Words:
    """One thing said in the screen's first language and, where there is one, its second."""

    first: str
    second: str = ""


class Bilingual(Part):
    """Two texts that stand and fall together. The first may take several lines."""

    def __init__(
        self,
        look: Look,
        step: Step,
        colour: str,
        muted: str,
        *,
        bold: bool = False,
        align: Align = "left",
        valign: VAlign = "middle",
        lines: int = 1,
        second_lines: int = 1,
        second_step: Step | None = None,
        floor: Step = Step.CAPTION,
        even: bool = False,
    ) -> None:
        super().__init__(look)
        self.valign = valign
        self.first = Text(look, step, colour, bold=bold, align=align, lines=lines, floor=floor, even=even)
        self.second = Text(
            look, second_step or step.up(-2), muted, align=align, lines=second_lines, floor=Step.CAPTION, even=even
        )
        self.add_widget(self.first)

    def show(self, words: Words, colour: str | None = None, muted: str | None = None) -> None:
        """Change the words. The same again draws nothing."""
        changed = (self.first.text, self.second.text) != (words.first, words.second)
        self.first.text = self.first.text if changed else words.first
        self.have(self.second, bool(words.second))
        self.first.show(words.first, colour)
        self.second.show(words.second, muted)
        if changed:
            self.relayout()

    def layout(self, box: Box) -> None:
        if not self.second.text:
            self.first.place(box)
            return
        second = self.second.fit(box.w, box.h * 0.45)
        under = second.height
        first = self.first.fit(box.w, max(box.h - under, self.first.sizes()[-1]))
        over = min(first.height, max(0.0, box.h - under))
        total = over + under
        top = {"top": box.top, "middle": box.cy + total / 2, "bottom": box.y + total}[self.valign]
        self.first.place(Box(box.x, round(top - over), box.w, round(over)))
        self.second.place(Box(box.x, round(top - over) - round(under), box.w, round(under)))

    def height_for(self, width: float, height: float) -> float:
        """How high the pair stands when it may be that wide and at most that high."""
        first = self.first.fit(width, height)
        second = self.second.fit(width, height).height if self.second.text else 0.0
        return min(height, first.height + second)


def line_of(look: Look, step: Step) -> float:
    """The height of one line of a step in pixels."""
    return look.px(step) * LINE_HEIGHT
