"""What there is to press on the first page: cards, smaller keys, and the card with the five stars."""

from collections.abc import Sequence

from kiosk.design.bilingual import Bilingual, all_or_none, even_out
from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.stars import Stars
from kiosk.design.state_shape import mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page, mood, words
from kiosk.view.cards import CardView
from kiosk.view.happenings import PressStar
from kiosk.view.voice import Pair

TILE = 104
HIGH = 236  # from here on an icon has room above the words
NARROW = 2.6  # times its height: in large type such a card has its line beneath icon and title


class HomeCard(Pressable):
    """An icon on a tinted tile, a title, one line; where there is a state, its shape before the line."""

    def __init__(self, look: Look, card: CardView, tap: OnTap) -> None:
        super().__init__(look, lambda: tap(card.tap))
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER, border=palette.line)
        self._tile = Fill(look, palette.pressed, corner=CARD_CORNER)
        self._icon = IconView(look, card.icon, palette.accent)
        lines = 2 if look.elder else 1
        self._title = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True, valign="bottom", lines=lines)
        self._title.show(words(card.title))
        self._state: IconView | None = None
        colour = palette.muted
        if card.mood is not None:
            colour = mood_colour(palette, mood(card.mood))
            self._state = IconView(look, mood(card.mood).icon, colour)
        self._line = Text(look, Step.NOTE, colour, bold=card.mood is not None, lines=2, valign="top")
        self._line.show(card.line)
        for part in (self._fill, self._tile, self._icon, self._title, self._line, self._state):
            if part is not None:
                self.add_widget(part)

    def paint(self) -> None:
        palette = self.look.palette
        self._fill.tint(*((palette.pressed, palette.accent) if self.pressed else (palette.surface, palette.line)))

    def layout(self, box: Box) -> None:
        self._fill.place(box)
        beneath = self._beneath(box)
        self._title.valign = "middle" if beneath else "bottom"
        if beneath:
            tile, title, line = self._stacked(box)
            self._title.place(title)
            self._say(line)
        else:
            tile, words = self._parted(box)
            self._words(words)
        self._tile.place(tile)
        self._icon.place(tile.inset(tile.h * 0.2))

    def _beneath(self, box: Box) -> bool:
        return self.look.elder and box.w < box.h * NARROW

    def _stacked(self, box: Box) -> tuple[Box, Box, Box]:
        """The icon's tile, the title beside it, and beneath both the line."""
        look = self.look
        gap = look.u(Space.S)
        _, inner = box.inset(0, gap).cut_left(look.u(Space.M))
        inner = inner.cut_right(gap)[1]
        line = self._line.fit(inner.w - self._before, inner.h * 0.45).height if self._line.text else 0.0
        foot, head = inner.cut_bottom(line, look.u(4) if line else 0)
        side = min(look.u(TILE), head.h)
        tile, title = head.cut_left(side, gap)
        return tile.centred(side, side), title, foot

    def room(self, box: Box) -> tuple[Bilingual, Box]:
        """The title, and what it would have in such a card: for whoever gives all the titles of a page one size."""
        if self._beneath(box):
            return self._title, self._stacked(box)[1]
        _, words = self._parted(box)
        return self._title, Box(0, 0, words.w, words.h - sum(self._heights(words.w, words.h)[1:]))

    def line_px(self, box: Box) -> int:
        """The size its line would take in such a card; none is above every size."""
        if not self._line.text:
            return 10_000
        if self._beneath(box):
            line = self._stacked(box)[2]
            return self._line.fit(line.w - self._before, line.h).px
        _, words = self._parted(box)
        return self._line.fit(words.w - self._before, words.h * 0.45).px

    def title_px(self, box: Box) -> int:
        """The size its title takes in such a card."""
        title, room = self.room(box)
        return title.pair(room.w, room.h)[0].px

    def level(self, px: int | None) -> None:
        """Hold the line to that size; None: to none."""
        self._line.only = px if self._line.text else None

    def _parted(self, box: Box) -> tuple[Box, Box]:
        """The tile and the room for the words, beside the icon or, in a high card, beneath it."""
        look = self.look
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        side = min(look.u(TILE), inner.h)
        if box.h < look.u(HIGH):
            tile, words = inner.cut_left(side, look.u(Space.M))
            return tile.centred(side, side), words
        inner = box.inset(look.u(Space.L), look.u(Space.S))
        side = min(side, inner.h * 0.36)
        tile, words = inner.centred(inner.w, self._high(inner, side)).cut_top(side, look.u(Space.S))
        return Box(tile.x, tile.y, side, side), words

    def _high(self, box: Box, side: float) -> float:
        """How high icon and words stand one above the other."""
        gap = self.look.u(Space.S)
        return min(box.h, side + gap + sum(self._heights(box.w, box.h - side - gap)))

    def _heights(self, width: float, height: float) -> tuple[float, float, float]:
        """Of the title, the gap beneath it, and the line."""
        gap = self.look.u(Space.XS) if self._line.text else 0
        line = self._line.fit(width - self._before, height * 0.45).height if gap else 0
        return self._title.height_for(width, height - line - gap), gap, line

    @property
    def _before(self) -> float:
        """How much of the line's width the state's shape takes."""
        return self.look.px(Step.NOTE) + self.look.u(Space.XS) if self._state is not None else 0

    def _words(self, box: Box) -> None:
        title, gap, line = self._heights(box.w, box.h)
        foot, top = box.centred(box.w, min(box.h, title + gap + line)).cut_bottom(line, gap)
        self._title.place(top)
        self._say(foot)

    def _say(self, foot: Box) -> None:
        """The line, after its state's shape."""
        look = self.look
        if self._state is not None:
            mark, foot = foot.cut_left(look.px(Step.NOTE), look.u(Space.XS))
            fitted = self._line.fit(foot.w, foot.h)
            self._state.place(Box(mark.x, round(mark.top - (fitted.pitch + fitted.px) / 2), fitted.px, fitted.px))
        self._line.place(foot)


class HomeKey(Pressable):
    """A smaller way to somewhere: an icon and a title, beside each other where there is room."""

    def __init__(self, look: Look, card: CardView, tap: OnTap) -> None:
        super().__init__(look, lambda: tap(card.tap))
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER, border=palette.line)
        self._icon = IconView(look, card.icon, palette.accent)
        self._title = Bilingual(look, Step.NOTE, palette.ink, palette.muted, bold=True, align="centre", lines=2)
        self._beside = Bilingual(look, Step.BODY, palette.ink, palette.muted, bold=True, second_step=Step.CAPTION)
        for part in (self._fill, self._icon):
            self.add_widget(part)
        for title in (self._title, self._beside):
            title.show(words(card.title))

    def paint(self) -> None:
        palette = self.look.palette
        self._fill.tint(*((palette.pressed, palette.accent) if self.pressed else (palette.surface, palette.line)))

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.XS), look.u(Space.XS))
        beside = _beside(box)
        self.have(self._beside, beside)
        self.have(self._title, not beside)
        if beside:
            side = min(look.u(64), inner.h * 0.6)
            wide = min(inner.w, self._beside.width_for(inner.h) + side + look.u(Space.M) + look.u(Space.S))
            icon, title = inner.centred(wide, inner.h).cut_left(side, look.u(Space.M))
            self._icon.place(icon.centred(side, side))
            self._beside.place(title)
            return
        icon, title = self._parted(box)
        self._icon.place(icon)
        self._title.place(title)

    def room(self, box: Box) -> tuple[Bilingual, Box]:
        """The title, and what it would have in such a key."""
        return (self._beside, box.inset(self.look.u(Space.XS))) if _beside(box) else (self._title, self._parted(box)[1])

    def _parted(self, box: Box) -> tuple[Box, Box]:
        inner = box.inset(self.look.u(Space.XS), self.look.u(Space.XS))
        side = inner.h * 0.38
        if self._title.pair(inner.w, inner.h - side - self.look.u(4))[0].clipped:
            side = inner.h * 0.24
        icon, title = inner.cut_top(side, self.look.u(4))
        return icon.centred(side, side), title


def _beside(box: Box) -> bool:
    """Whether a key is so wide that its title stands beside its icon."""
    return box.w >= box.h * 3


class RateCard(Page):
    """Five stars on the first page: pressing one is already the rating."""

    def __init__(self, look: Look, title: Pair, hint: str, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._card = self.put(Card(look))
        self._title = self.pair(Step.TITLE, title, bold=True, valign="middle")
        self._hint = self.text(Step.NOTE, look.palette.muted, hint, align="right", lines=2)
        self.stars = self.put(Stars(look, gap=32 if look.elder else 48, on_star=lambda star: tap(PressStar(star))))

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        head, rest = inner.cut_top(min(look.px(Step.TITLE) * 2.3, inner.h * 0.4), look.u(Space.S))
        title, hint = head.cut_left(head.w * 0.6, look.u(Space.M))
        self._title.place(title)
        self._hint.place(hint)
        self.stars.place(rest)


def even_titles(parts: Sequence[HomeCard | HomeKey], cells: Sequence[Box]) -> None:
    """All titles in one size, which the longest decides. Call before placing them."""
    rooms = [part.room(cell) for part, cell in zip(parts, cells, strict=True)]
    titles, boxes = [title for title, _ in rooms], [room for _, room in rooms]
    all_or_none(titles, boxes)
    even_out(titles, boxes)
