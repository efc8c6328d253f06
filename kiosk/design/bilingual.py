"""Chinese first and larger, English beneath it two steps smaller and muted; or the other way round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.design.box import Box
from kiosk.design.fitting import Fitted
from kiosk.design.part import Part
from kiosk.design.text import Align, Text, VAlign
from kiosk.design.tokens import Look, Step


class Said(Protocol):
    """Anything with a first and a second language."""

    @property
    def first(self) -> str: ...

    @property
    def second(self) -> str: ...


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
        gap: float = 0,
    ) -> None:
        super().__init__(look)
        self.valign = valign
        self._gap = look.u(gap)
        self.start = 0
        self.alone = False
        self.first = Text(look, step, colour, bold=bold, align=align, lines=lines, floor=floor, even=even)
        self.second = Text(
            look, second_step or step.up(-2), muted, align=align, lines=second_lines, floor=Step.CAPTION, even=even
        )
        self.add_widget(self.first)

    def show(self, words: Said, colour: str | None = None, muted: str | None = None) -> None:
        """Change the words. The same again draws nothing."""
        changed = (self.first.text, self.second.text) != (words.first, words.second)
        self.first.write(words.first, colour)
        self.second.write(words.second, muted)
        if changed:
            self.relayout()

    def turn(self, align: Align) -> None:
        """To another side. Call before placing it."""
        self.first.align = self.second.align = align

    def pair(self, width: float, height: float) -> tuple[Fitted, Fitted | None]:
        """How the two would stand: they step down together; where not even the smallest fit, the first stands alone."""
        if self.alone or not self.second.text:
            return self.first.fit_from(self.start, width, height), None
        firsts, seconds = self.first.sizes(), self.second.sizes()
        for index in range(self.start, max(len(firsts), len(seconds))):
            first = self.first.fit_at(firsts[min(index, len(firsts) - 1)], width)
            second = self.second.fit_at(seconds[min(index, len(seconds) - 1)], width)
            if (
                not first.clipped
                and not second.clipped
                and first.height + self._gap + second.height <= height + second.px * 0.3
            ):
                return first, second
        return self.first.fit_from(self.start, width, height), None

    def step_down(self, width: float, height: float) -> int:
        """How many steps the pair has to go down to fit there."""
        sizes, px = self.first.sizes(), self.pair(width, height)[0].px
        return sizes.index(px) if px in sizes else len(sizes) - 1  # large type may take small type's size

    def layout(self, box: Box) -> None:
        first, second = self.pair(box.w, box.h)
        self.have(self.second, second is not None)
        if second is None:
            self.first.only = first.px
            self.first.place(box)
            return
        self.first.only, self.second.only = first.px, second.px
        total = first.height + self._gap + second.height
        top = {"top": box.top, "middle": box.cy + total / 2, "bottom": box.y + total}[self.valign]
        self.first.place(Box(box.x, round(top - first.height), box.w, round(first.height)))
        self.second.place(Box(box.x, round(top - total), box.w, round(second.height)))

    def height_for(self, width: float, height: float) -> float:
        """How high the pair wants to be in that width, at most `height`."""
        first, second = self.pair(width, height)
        return first.height + (self._gap + second.height if second is not None else 0)

    def width_for(self, height: float) -> float:
        """How wide the pair wants to be on single lines."""
        first, second = self.pair(100_000, height)
        return max(first.width, second.width if second is not None else 0)


def even_out(pairs: Sequence[Bilingual], boxes: Sequence[Box]) -> None:
    """Let the longest decide for all: texts of one kind stand in one size. Call before placing them."""
    for pair in pairs:
        pair.start = 0
    start = max((pair.step_down(box.w, box.h) for pair, box in zip(pairs, boxes, strict=True)), default=0)
    for pair in pairs:
        pair.start = start


def all_or_none(pairs: Sequence[Bilingual], boxes: Sequence[Box]) -> None:
    """Where one has no room for its second language, none shows it. Call before `even_out`."""
    for pair in pairs:
        pair.alone = False
    alone = any(pair.second.text and pair.pair(box.w, box.h)[1] is None for pair, box in zip(pairs, boxes, strict=True))
    for pair in pairs:
        pair.alone = alone
