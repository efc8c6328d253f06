"""The counter's display, facing the customer: one number, one message."""

from typing import Final

from kiosk.design.bilingual import Bilingual, Said
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.state_shape import Chip
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.films import Films
from kiosk.screens.slide_parts import FactLine
from kiosk.screens.slides import Slides
from kiosk.screens.textures import Shelf
from kiosk.screens.wall_states import Notice
from kiosk.view.counter_parts import (
    Asking,
    CounterView,
    Face,
    Halted,
    Noticed,
    Numbered,
    Promoting,
    Serving,
    TellerCard,
    Thanking,
    Unknown,
)
from kiosk.view.media import MediaMain
from kiosk.view.wall_parts import NoticeMain
from kiosk.view.zones import PROMOTED_SHARE, promoted_zones

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


class TellerPart(Part):
    """Who serves."""

    def __init__(self, look: Look, view: TellerCard) -> None:
        super().__init__(look)
        palette = look.palette
        self._card = Card(look)
        self._icon = IconView(look, Icon.PERSON, palette.accent)
        self._label = Bilingual(look, Step.TITLE, palette.muted, palette.muted)
        self._label.show(view.label)
        self._number = Text(look, Step.DISPLAY, palette.ink, bold=True, align="right")
        self._number.show(view.teller)
        self._stars = Stars(look, gap=Space.XS)
        self._stars.show(view.level)
        for part in (self._card, self._icon, self._label, self._number):
            self.add_widget(part)
        self._starred = view.level > 0
        self.have(self._stars, self._starred)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        if self._starred:
            stars, inner = inner.cut_bottom(look.u(64), look.u(Space.S))
            self._stars.place(stars.cut_left(look.u(64 * 5 + Space.XS * 4))[0])
        icon, rest = inner.cut_left(look.u(80), look.u(Space.M))
        self._icon.place(icon)
        label, number = rest.cut_left(rest.w * 0.42, look.u(Space.S))
        self._label.place(label)
        self._number.place(number)


class _Face(Part):
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


class ServingFace(_Face):
    def __init__(self, look: Look, view: Serving) -> None:
        closed = view.state.mood.value == "closed"
        palette = look.palette
        super().__init__(look, view, panel=palette.surface if closed else "")
        self._business = Bilingual(look, Step.HERO, palette.ink, palette.muted, bold=True, second_step=Step.TITLE)
        self._business.show(view.business)
        self._chip = Chip(look, Step.TITLE)
        self._chip.show(view.state.mood, view.state.words.first)
        self._line = Bilingual(look, Step.HEAD, palette.ink, palette.muted, lines=2)
        self._line.show(view.line)
        self._teller = TellerPart(look, view.teller) if view.teller is not None else None
        self._has_stars = view.teller is not None and view.teller.level > 0
        for part in (self._business, self._chip, self._line, self._teller):
            if part is not None:
                self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        if self._teller is not None:
            card, box = box.cut_bottom(look.u(248 if self._has_stars else 160), look.u(Space.L))
            self._teller.place(card)
        block = min(box.h, look.u(560))
        box = box.centred(box.w, block)
        business, rest = box.cut_top(block * 0.42, look.u(Space.M))
        self._business.place(business)
        chip, rest = rest.cut_top(look.u(96), look.u(Space.M))
        self._chip.place(Box(chip.x, chip.y, min(self._chip.width_for(), chip.w), chip.h))
        self._line.place(rest)


class AskingFace(_Face):
    SHARE = 0.3

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._title = Bilingual(look, Step.GIANT, palette.ink, palette.muted, bold=True, align="centre")
        self._title.show(view.title)
        self._stars = Stars(look, gap=24)
        self._hint = Bilingual(look, Step.HEAD, palette.ink, palette.muted, align="centre", lines=2, even=True)
        self._hint.show(view.hint)
        for part in (self._title, self._stars, self._hint):
            self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(860)))
        title, rest = box.cut_top(box.h * 0.38, look.u(Space.L))
        self._title.place(title)
        hint, stars = rest.cut_bottom(box.h * 0.26, look.u(Space.L))
        self._hint.place(hint)
        self._stars.place(stars.centred(stars.w, min(stars.h, look.u(220))))


class ThankingFace(_Face):
    """A tick and thanks, the same whatever was chosen."""

    SHARE = 0.3

    def __init__(self, look: Look, view: Thanking) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._tick = IconView(look, Icon.TICK, palette.open)
        self._title = Bilingual(look, Step.GIANT, palette.ink, palette.muted, bold=True, align="centre", lines=2)
        self._title.show(view.title)
        for part in (self._tick, self._title):
            self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(760)))
        tick, title = box.cut_top(box.h * 0.4, look.u(Space.M))
        self._tick.place(tick)
        self._title.place(title)


class HaltedFace(_Face):
    SHARE = 0.32

    def __init__(self, look: Look, view: Halted) -> None:
        palette = look.palette
        super().__init__(look, view, ground=palette.suspended, panel=palette.suspended_pressed)
        ink, muted = palette.on_suspended, palette.suspended_muted
        self._icon = IconView(look, Icon.SUSPENDED, ink)
        self._title = Bilingual(look, Step.GIANT, ink, muted, bold=True)
        self._title.show(view.title)
        self._facts = [FactLine(look, fact, Step.HEAD, ink, muted, lines=2) for fact in view.facts]
        for part in (self._icon, self._title, *self._facts):
            self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(900)))
        head, rest = box.cut_top(box.h * 0.34, look.u(Space.L))
        icon, title = head.cut_left(min(head.h, look.u(140)), look.u(Space.L))
        self._icon.place(icon)
        self._title.place(title)
        height = min(look.u(190), rest.h / max(1, len(self._facts)))
        rows = rest.cut_top(height * len(self._facts))[0].rows(max(1, len(self._facts)), look.u(Space.XS))
        FactLine.place_all(self._facts, rows)


class NoticedFace(_Face):
    SHARE = 0.3

    def __init__(self, look: Look, view: Noticed) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._icon = IconView(look, Icon.MEGAPHONE, palette.accent)
        self._text = Bilingual(
            look, Step.DISPLAY, palette.ink, palette.muted, bold=True, lines=4, second_lines=4, even=True, gap=Space.S
        )
        self._text.show(view.text)
        self.add_widget(self._icon)
        self.add_widget(self._text)

    def inside(self, box: Box) -> None:
        icon, text = box.cut_top(self.look.u(112), self.look.u(Space.L))
        self._icon.place(Box(icon.x, icon.y, icon.h, icon.h))
        self._text.place(text)


class PromotingFace(_Face):
    """A signed slide edge to edge; beside it the number, the business, and the counter's state."""

    SHARE = PROMOTED_SHARE

    def __init__(self, look: Look, view: Promoting, slides: Slides) -> None:
        super().__init__(look, view)
        palette = look.palette
        self.slides = slides
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

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        panel, slide = promoted_zones(box)
        self.slides.place(slide)
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


class UnknownFace(_Face):
    def __init__(self, look: Look, view: Unknown) -> None:
        super().__init__(look, view, panel=look.palette.surface)
        palette = look.palette
        self._title = Bilingual(look, Step.HEAD, palette.ink, palette.muted, bold=True, lines=3, second_lines=2)
        self._title.show(view.title)
        self.add_widget(self._title)

    def inside(self, box: Box) -> None:
        self._title.place(box)


_FACES: Final[dict[type, type[Part]]] = {
    Serving: ServingFace,
    Asking: AskingFace,
    Thanking: ThankingFace,
    Halted: HaltedFace,
    Noticed: NoticedFace,
    NoticeMain: Notice,
    Unknown: UnknownFace,
}


class CounterDisplay(Part):
    """A counter display of any size. `show` draws only when the view differs."""

    def __init__(self, look: Look, shelf: Shelf | None = None, films: Films | None = None) -> None:
        super().__init__(look)
        palette = look.palette
        self.face: Part | None = None
        self.slides = Slides(look, shelf or Shelf(), films)
        self.view: CounterView | None = None
        self._mark_ground = Fill(look, palette.surface)
        self._mark_icon = IconView(look, Icon.UNLINKED, palette.muted)
        self._mark = Text(look, Step.BODY, palette.muted)

    def show(self, view: CounterView) -> None:
        before = self.view
        if view == before:
            return
        self.view = view
        if before is None or before.face != view.face:
            self._turn(view.face)
        if view.unheard is not None:
            self._mark.show(view.unheard.first)
        self.have(self._mark_ground, view.unheard is not None)
        self.have(self._mark_icon, view.unheard is not None)
        self.have(self._mark, view.unheard is not None)
        self.relayout()

    def _turn(self, face: Face) -> None:
        """Only what differs: a slide gives way to the next without its frame being drawn anew."""
        before, self.face = self.face, None
        if before is not None:
            self.remove_widget(before)
        if self.slides.parent is not None:
            self.slides.parent.remove_widget(self.slides)
        if isinstance(face, Promoting):
            self.slides.show(face.slide)
            self.face = PromotingFace(self.look, face, self.slides)
        elif isinstance(face, MediaMain):
            self.slides.show(face)
            self.face = self.slides
        else:
            self.slides.leave()
            # each face's constructor takes its own view; the table above pairs them
            self.face = _FACES[type(face)](self.look, face)  # type: ignore[call-arg]
        self.add_widget(self.face, index=len(self.children))

    @property
    def playing(self) -> bool:
        return self.slides.parent is not None and self.slides.playing

    def advance(self, seconds: float) -> None:
        """Let time pass for a film, or for a slide that gives way."""
        self.slides.advance(seconds)

    def layout(self, box: Box) -> None:
        look = self.look
        foot, rest = box.cut_bottom(look.u(64))
        if self.face is not None:
            self.face.place(rest if self._mark.parent is not None else box)
        icon, words = foot.inset(look.u(Space.L), 0).cut_left(look.u(40), look.u(Space.S))
        self._mark_ground.place(foot)
        self._mark_icon.place(icon.centred(look.u(40), look.u(40)))
        self._mark.place(words)
