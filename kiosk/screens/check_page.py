"""A round on the glass, one step at a time: what to look at above, two large keys where the thumb is."""

from functools import partial

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.panel_parts import PagerBar
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, landscape, words
from kiosk.view.check_view import CheckView
from kiosk.view.staff_taps import Confirm, FoundOk, FoundWrong, StepBack

_KEY = 200
_CHIP = 144


class Progress(Page):
    """How far the round has come."""

    def __init__(self, look: Look, done: int, of: int) -> None:
        super().__init__(look, lambda _: None)
        self._share = done / max(1, of)
        self._rail = self.put(Fill(look, look.palette.line, corner=Space.XS))
        self._bar = self.put(Fill(look, look.palette.brand, corner=Space.XS)) if done else None

    def layout(self, box: Box) -> None:
        self._rail.place(box)
        if self._bar is not None:
            self._bar.place(Box(box.x, box.y, max(box.h, round(box.w * self._share)), box.h))


class CheckPage(Page):
    """`update` is not worth it: every press leads to another step."""

    def __init__(self, look: Look, view: CheckView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._place = self.text(Step.BODY, palette.muted, view.place, bold=True)
        self._progress = self.put(Progress(look, view.progress, view.of))
        self._card = self.put(Card(look))
        self._question = self.pair(
            Step.DISPLAY, view.question, bold=True, align="centre", lines=4, second_lines=3, even=True
        )
        self._said = self.text(Step.BODY, palette.muted, view.said, align="centre", lines=2)
        self._lines = tuple(self.text(Step.BODY, palette.ink, line, lines=2) for line in view.lines)
        self.chips = tuple(self.put(ChoiceChip(look, choice, tap)) for choice in view.phrases)
        self.keys = () if view.phrases or view.send is not None else self._keys(look, view, tap)
        self.send = (
            None
            if view.send is None
            else self.put(MainButton(look, view.send, partial(tap, Confirm()), ready=not view.busy))
        )
        self.pager = None if view.pager is None else self.put(PagerBar(look, view.pager, tap))
        self.step_back = None
        if view.step_back:
            back = Button(look, Words(view.step_back), partial(tap, StepBack()), icon=Icon.BACK, step=Step.BODY)
            self.step_back = self.put(back)

    def _keys(self, look: Look, view: CheckView, tap: OnTap) -> tuple[Button, ...]:
        wrong = Button(look, words(view.wrong), partial(tap, FoundWrong()), icon=Icon.ATTENTION)
        right = Button(look, words(view.ok), partial(tap, FoundOk()), tone=Tone.MAIN, icon=Icon.TICK)
        return self.put(wrong), self.put(right)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        foot, inner = inner.cut_bottom(look.u(112), look.u(Space.M))
        back, turning = foot.cut_left(foot.w * 0.35 if self.pager is not None else look.u(360), look.u(Space.L))
        if self.step_back is not None:
            self.step_back.place(back)
        if self.pager is not None:
            self.pager.place(turning)
        head, inner = inner.cut_top(look.u(56), look.u(Space.S))
        place, rail = head.cut_left(look.u(240), look.u(Space.M))
        self._place.place(place)
        self._progress.place(rail.centred(rail.w, look.u(16)))
        asked, answers = self._split(inner)
        self._card.place(asked)
        asked = asked.inset(look.u(Space.L), look.u(Space.M))
        if self._lines:
            asked = self._list(asked)
        said, asked = asked.cut_bottom(look.u(80) if self._said.text else 0)
        self._said.place(said)
        self._question.place(asked)
        self._answers(answers)

    def _split(self, box: Box) -> tuple[Box, Box]:
        look = self.look
        if landscape(box):
            return box.cut_left(box.w * 0.52, look.u(Space.L))
        rows = -(-len(self.chips) // 2)
        height = look.u(_CHIP + Space.S) * rows if self.chips else look.u(_KEY)
        answers, asked = box.cut_bottom(height, look.u(Space.L))
        return asked, answers

    def _list(self, box: Box) -> Box:
        """What was found, beneath how much that is."""
        look = self.look
        high = look.u(88)
        lines, rest = box.cut_bottom(min(box.h * 0.7, high * len(self._lines)))
        for line, cell in zip(self._lines, lines.rows(len(self._lines)), strict=True):
            line.place(cell)
        return rest

    def _answers(self, box: Box) -> None:
        look = self.look
        gap = look.u(Space.S)
        if self.send is not None:
            self.send.place(box.centred(min(box.w, look.u(720)), min(box.h, look.u(160))))
            return
        if not self.chips:
            block = box.centred(box.w, min(box.h, look.u(_KEY)))
            for key, cell in zip(self.keys, block.columns(2, gap), strict=True):
                key.place(cell)
            return
        rows = -(-len(self.chips) // 2)
        block = box.centred(box.w, min(box.h, look.u(_CHIP + Space.S) * rows))
        cells = [cell for row in block.rows(rows, gap) for cell in row.columns(2, gap)]
        for chip, cell in zip(self.chips, cells, strict=False):
            chip.place(cell)
