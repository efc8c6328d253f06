"""Who serves: the staff number, and for those whom this screen knows a photo and a name."""

from typing import Final

from kiosk.design.bilingual import Bilingual
from kiosk.design.blit import Sheet
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.textures import Shelf
from kiosk.view.counter_parts import TellerCard
from kiosk.view.portrait import PHOTO_H, PHOTO_W, portrait_size

_STAR: Final = 56
_LABEL: Final = 176


class Portrait(Part):
    """The photo pixel for pixel; a drawn figure where there is none."""

    def __init__(self, look: Look, view: TellerCard, shelf: Shelf) -> None:
        super().__init__(look)
        self._texture = shelf.get(view.photo)
        self.photo = Sheet(look, self._texture)
        self._ground = Fill(look, look.palette.pressed)
        self.figure = IconView(look, Icon.PERSON, look.palette.muted)
        for part in (self._ground, self.figure) if self._texture is None else (self.photo,):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        whole = Box(round(box.x), round(box.y), *portrait_size(self.look))
        self.photo.place(whole)
        self._ground.place(whole)
        self.figure.place(whole.inset(self.look.u(Space.L)))

    def leave(self) -> None:
        """Somebody else serves, or nobody."""
        self.photo.leave()


class TellerPart(Part):
    """A card: with a name above the number where there is one, else the number alone."""

    def __init__(self, look: Look, view: TellerCard, shelf: Shelf) -> None:
        super().__init__(look)
        palette = look.palette
        self._card = Card(look)
        self.portrait = Portrait(look, view, shelf) if view.name is not None else None
        self._icon = IconView(look, Icon.PERSON, palette.accent) if view.name is None else None
        known = view.name is not None
        self._name = Bilingual(
            look, Step.HEAD, palette.ink, palette.muted, bold=True, lines=2, second_step=Step.BODY, second_lines=2
        )
        self._label = Bilingual(look, Step.BODY if known else Step.TITLE, palette.muted, palette.muted)
        self._label.show(view.label)
        step = Step.TITLE if known else Step.DISPLAY
        self._number = Text(look, step, palette.ink, bold=True, align="left" if known else "right")
        self._number.show(view.teller)
        self._stars = Stars(look, gap=Space.XS)
        self._stars.show(view.level)
        self._starred = view.level > 0
        if view.name is not None:
            self._name.show(view.name)
        for part in (self._card, self.portrait, self._icon, self._name if known else None, self._label, self._number):
            if part is not None:
                self.add_widget(part)
        self.have(self._stars, self._starred)

    @property
    def height_wanted(self) -> float:
        """In pixels."""
        if self.portrait is not None:
            return self.look.u(PHOTO_H + Space.M * 2)
        return self.look.u(248 if self._starred else 160)

    def layout(self, box: Box) -> None:
        self._card.place(box)
        if self.portrait is not None:
            self._introduce(box, self.portrait)
        else:
            self._number_alone(box)

    def _introduce(self, box: Box, portrait: Portrait) -> None:
        look = self.look
        photo, rest = box.inset(look.u(Space.M)).cut_left(look.u(PHOTO_W), look.u(Space.L))
        portrait.place(photo)
        rest = rest.cut_right(look.u(Space.S))[1]
        if self._starred:
            stars, rest = rest.cut_bottom(look.u(_STAR), look.u(Space.S))
            self._stars.place(stars.cut_left(look.u(_STAR * 5 + Space.XS * 4))[0])
        number, name = rest.cut_bottom(look.u(76), look.u(Space.XS))
        self._name.place(name)
        label, number = number.cut_left(look.u(_LABEL), look.u(Space.S))
        self._label.place(label)
        self._number.place(number)

    def _number_alone(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        if self._starred:
            stars, inner = inner.cut_bottom(look.u(64), look.u(Space.S))
            self._stars.place(stars.cut_left(look.u(64 * 5 + Space.XS * 4))[0])
        icon, rest = inner.cut_left(look.u(80), look.u(Space.M))
        if self._icon is not None:
            self._icon.place(icon)
        label, number = rest.cut_left(rest.w * 0.42, look.u(Space.S))
        self._label.place(label)
        self._number.place(number)

    def leave(self) -> None:
        if self.portrait is not None:
            self.portrait.leave()
