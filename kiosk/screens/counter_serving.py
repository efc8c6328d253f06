"""A counter that serves, or that is closed: its business, how it stands, and who is there."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.state_shape import Chip
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.counter_face import NumberedFace
from kiosk.screens.counter_teller import TellerPart
from kiosk.screens.textures import Shelf
from kiosk.view.counter_parts import Serving


class ServingFace(NumberedFace):
    def __init__(self, look: Look, view: Serving, shelf: Shelf) -> None:
        closed = view.state.mood.value == "closed"
        palette = look.palette
        super().__init__(look, view, panel=palette.surface if closed else "")
        self._business = Bilingual(look, Step.HERO, palette.ink, palette.muted, bold=True, second_step=Step.TITLE)
        self._business.show(view.business)
        self._chip = Chip(look, Step.TITLE)
        self._chip.show(view.state.mood, view.state.words.first)
        self._line = Bilingual(look, Step.HEAD, palette.ink, palette.muted, lines=2)
        self._line.show(view.line)
        self._teller = TellerPart(look, view.teller, shelf) if view.teller is not None else None
        for part in (self._business, self._chip, self._line, self._teller):
            if part is not None:
                self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        if self._teller is not None:
            card, box = box.cut_bottom(self._teller.height_wanted, look.u(Space.L))
            self._teller.place(card)
        block = min(box.h, look.u(560))
        box = box.centred(box.w, block)
        business, rest = box.cut_top(block * 0.42, look.u(Space.M))
        self._business.place(business)
        chip, rest = rest.cut_top(look.u(96), look.u(Space.M))
        self._chip.place(Box(chip.x, chip.y, min(self._chip.width_for(), chip.w), chip.h))
        self._line.place(rest)

    def leave(self) -> None:
        """Another face comes."""
        if self._teller is not None:
            self._teller.leave()
