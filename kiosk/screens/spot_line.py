"""A place at which a matter is done, in one line."""

from kiosk.design.box import Box
from kiosk.design.state_shape import Chip
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.touch_base import Page, mood
from kiosk.view.guide import Spot


class SpotLine(Page):
    """One place, and whether it serves."""

    def __init__(self, look: Look, spot: Spot, *, large: bool) -> None:
        super().__init__(look, lambda _: None)
        self.words = self.text(Step.TITLE if large else Step.BODY, look.palette.ink, spot.words, bold=large, lines=2)
        self._chip: Chip | None = None
        if spot.state is not None:
            self._chip = self.put(Chip(look, Step.NOTE))
            self._chip.show(mood(spot.state.mood), spot.state.words.first)

    def layout(self, box: Box) -> None:
        look, rest = self.look, box
        if self._chip is not None:
            for share in (0.66, 0.5, 0.4):  # the state has the room it wants, as long as the place can be read
                chip, rest = box.cut_right(self._chip.width_for(box.w * share), look.u(Space.S))
                if not self.words.fit(rest.w, rest.h).clipped:
                    break
            self._chip.place(chip.centred(chip.w, min(chip.h, look.px(Step.NOTE) * 2)))
        self.words.place(rest)
