"""A signed slide beside a counter's number."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.state_shape import Chip
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.counter_face import NumberedFace
from kiosk.screens.slides import Slides
from kiosk.view.counter_parts import Promoting
from kiosk.view.zones import PROMOTED_SHARE, promoted_zones


class PromotingFace(NumberedFace):
    """A signed slide edge to edge; beside it the number, the business, and the counter's state."""

    SHARE = PROMOTED_SHARE

    def __init__(self, look: Look, view: Promoting, slides: Slides) -> None:
        super().__init__(look, view)
        palette = look.palette
        self.slides = slides
        self._given: float = 0
        self._bar = Fill(look, palette.brand_pressed)
        self._business = Bilingual(look, Step.HEAD, palette.on_brand, palette.brand_muted, bold=True, align="centre")
        self._business.show(view.business)
        self._chip = Chip(look, Step.BODY)
        self._said = view.state is not None
        if view.state is not None:
            self._chip.show(view.state.mood, view.state.words.first)
        for part in (self._bar, self._business, self._chip, slides):
            self.add_widget(part)
        self.have(self._chip, self._said)

    def give(self, height: float) -> None:
        """So much at the foot of the number's place belongs to something else."""
        if height != self._given:
            self._given = height
            self.relayout()

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        panel, slide = promoted_zones(box)
        self.slides.place(slide)
        panel = panel.cut_bottom(self._given)[1]
        if panel.w < panel.h:
            foot, number = panel.cut_bottom(panel.h * 0.3)
        else:
            foot, number = panel.cut_right(panel.w * 0.5)
        self.number.place(number)
        self._bar.place(foot)
        inner = foot.inset(look.u(Space.M))
        high = look.u(72)
        business, rest = inner.cut_top(max(0.0, inner.h - high - look.u(Space.M)), look.u(Space.M))
        self._business.place(business)
        width = min(rest.w, self._chip.width_for())
        self._chip.place(Box(round(rest.cx - width / 2), rest.y, width, min(high, rest.h)))
