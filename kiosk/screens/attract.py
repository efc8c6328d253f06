"""The touch screen while nobody touches it: the branch's state, head office's slide, and an invitation. All of it a button."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.slides import Slides
from kiosk.screens.touch_base import OnTap, Page, words
from kiosk.screens.wall_frame import HeaderBar
from kiosk.view.attract import AttractView
from kiosk.view.happenings import Open, Place
from kiosk.view.zones import attract_zones


class _Anywhere(Pressable):
    """Takes every touch, shows none."""


class AttractPage(Page):
    """Any touch brings the first page."""

    def __init__(self, look: Look, view: AttractView, tap: OnTap, slides: Slides) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self.slides = self.put(slides)
        self._header = self.put(HeaderBar(look))
        self._header.show(view.header)
        self._ground = self.put(Fill(look, palette.brand))
        self._hand = self.icon(Icon.TOUCH, palette.on_brand)
        self._invitation = self.put(Bilingual(look, Step.HEAD, palette.on_brand, palette.brand_muted, bold=True))
        self._invitation.show(words(view.invitation))
        self._phone = self.icon(Icon.PHONE, palette.on_brand)
        self._number = self.put(Text(look, Step.HEAD, palette.on_brand, bold=True, align="right"))
        self._number.show(view.hotline)
        self._anywhere = self.put(_Anywhere(look, lambda: tap(Open(Place.HOME))))
        self.view = view

    def update(self, view: object) -> bool:
        if not isinstance(view, AttractView):
            return False
        self.view = view
        self._header.show(view.header)
        self.slides.show(view.slide)
        self._invitation.show(words(view.invitation))
        self._number.show(view.hotline)
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        head, slide, foot = attract_zones(box, look)
        self._anywhere.place(box)
        self._header.place(head)
        self.slides.place(slide)
        self._ground.place(foot)
        inner = foot.inset(look.u(Space.XL), look.u(Space.S))
        number = self._number.fit(look.u(360), inner.h).width + look.u(4)
        value, rest = inner.cut_right(number, look.u(Space.S))
        phone, rest = rest.cut_right(look.u(56), look.u(Space.L))
        hand, said = rest.cut_left(look.u(88), look.u(Space.M))
        self._number.place(value)
        self._phone.place(phone.centred(look.u(56), look.u(56)))
        self._hand.place(hand)
        self._invitation.place(said)
