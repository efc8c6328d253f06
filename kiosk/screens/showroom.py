"""The gallery's window: a sheet of the design or a screen of the gallery, and the bar that turns them over."""

from collections.abc import Mapping
from functools import partial

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.fonts import family_of
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import BRANDS, Look, Space, Step, palette
from kiosk.screens.sheets import SHEETS, SheetView
from kiosk.showroom import BAR, Choosing
from kiosk.view.voice import Voice
from signage.core.phrases import Catalogue


class Bar(Part):
    """Back and on at the ends; how it is looked at between them."""

    def __init__(self, look: Look, voice: Voice, place: str, turn: "Showroom") -> None:
        super().__init__(look)
        self._ground = Fill(look, look.palette.surface)
        self._place = Text(look, Step.NOTE, look.palette.muted, align="centre")
        self._place.show(place)
        self.keys = (
            self._key(look, "", "before", turn, Icon.BACK),
            self._key(look, voice.say("language.name"), "locale", turn, Icon.GLOBE),
            self._key(look, voice.say("gallery.day" if turn.chosen.night else "gallery.night"), "night", turn),
            self._key(look, voice.say("touch.elder_off" if turn.chosen.elder else "touch.elder"), "elder", turn),
            self._key(look, voice.say("gallery.brand"), "brand", turn),
            self._key(look, "", "next", turn, Icon.ARROW),
        )
        for part in (self._ground, self._place, *self.keys):
            self.add_widget(part)

    @staticmethod
    def _key(look: Look, word: str, order: str, room: "Showroom", icon: Icon | None = None) -> Button:
        return Button(look, Words(word), partial(room.turn, order), tone=Tone.QUIET, icon=icon, step=Step.NOTE)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        place, inner = inner.cut_left(look.u(160), look.u(Space.M))
        self._place.place(place)
        for key, cell in zip(self.keys, inner.columns(len(self.keys), look.u(Space.S)), strict=True):
            key.place(cell)


class Showroom(Part):
    """Fills its window."""

    def __init__(self, catalogues: Mapping[str, Catalogue], chosen: Choosing) -> None:
        super().__init__(Look(palette(night=False), 1.0))
        self._catalogues = catalogues
        self.chosen = chosen
        self.sheet: SheetView | None = None
        self.bar: Bar | None = None
        self._size = (0, 0)
        self._last: tuple[Part, ...] = ()  # a finger may still be on what has just been taken away

    def turn(self, order: str) -> None:
        """By a key or a touch."""
        self.chosen = self.chosen.after(order, len(SHEETS), tuple(self._catalogues), BRANDS)
        self._build()

    def fit(self, size: tuple[int, int]) -> None:
        """The window has that size in pixels."""
        if size != self._size:
            self._size = size
            self._build()

    def _build(self) -> None:
        chosen, size = self.chosen, self._size
        self._last = tuple(self.children)
        self.clear_widgets()
        colours, family = palette(night=chosen.night, brand=chosen.brand), family_of(chosen.locale)
        names = tuple(SHEETS)
        voice = Voice.of(self._catalogues, chosen.locale)
        self.bar = Bar(Look.fit(colours, *size, family=family), voice, f"{chosen.sheet + 1} / {len(names)}", self)
        bar, rest = Box(0, 0, *size).cut_bottom(self.bar.look.u(BAR))
        self.sheet = SheetView(
            Look.fit(colours, rest.w, rest.h, elder=chosen.elder, family=family),
            Voice.of(self._catalogues, chosen.locale, elder=chosen.elder),
            names[chosen.sheet],
        )
        for part, where in ((self.sheet, rest), (self.bar, bar)):
            self.add_widget(part)
            part.place(where)
