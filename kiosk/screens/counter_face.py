"""What every face of a counter's display has: the number, large, and beside or beneath it a message."""

from kiosk.design.bilingual import Bilingual, Said
from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.view.counter_parts import Numbered
from kiosk.view.zones import promoted_zones

PAD = 64


class NumberPanel(Part):
    """The number as large as it can be, on the house's colour, with 号窗口 / Counter beneath it."""

    def __init__(self, look: Look, number: str, label: Said, ground: str, ink: str, muted: str) -> None:
        super().__init__(look)
        self._ground = Fill(look, ground)
        self._number = Text(look, Step.SHOUT, ink, bold=True, align="centre", grow=440)
        self._number.show(number)
        self._label = Bilingual(look, Step.HEAD, ink, muted, bold=True, align="centre")
        self._label.show(label)
        for part in (self._ground, self._number, self._label):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        block = box.centred(box.w - look.u(Space.L) * 2, min(box.h, look.u(620)))
        label, number = block.cut_bottom(look.u(150))
        self._number.place(number)
        self._label.place(label)


class NumberedFace(Part):
    """A number and beside it what this face says."""

    SHARE = 0.4

    def __init__(self, look: Look, view: Numbered, *, ground: str = "", panel: str = "") -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, ground or palette.paper)
        self.number = NumberPanel(
            look, view.number, view.label, panel or palette.brand, palette.on_brand, palette.brand_muted
        )
        self.add_widget(self._ground)
        self.add_widget(self.number)

    def layout(self, box: Box) -> None:
        self._ground.place(box)
        number, rest = promoted_zones(box, self.SHARE)
        self.number.place(number)
        self.inside(rest.inset(self.look.u(PAD)))

    def inside(self, box: Box) -> None:
        """Place the message."""
