"""The business guide: a card for each matter, with where it can be done."""

from kiosk.design.bilingual import Bilingual, even_out
from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.grids import grid
from kiosk.screens.touch_base import OnTap, Page, landscape, words
from kiosk.view.guide import GuideView, MatterCard

HIGHEST = 324
TILE = 104
SMALL_TILE = 88
ROW_LEAST, ROW_MOST = 136, 200  # of a card that has the page's whole width
SLOT = 116  # of one way in such a row: the ways of all matters stand beneath each other
SLOTS = (Icon.MOBILE, Icon.MACHINE, Icon.COUNTER)


class MatterKey(Pressable):
    """A matter: its topic's icon, its title, and where it can be done."""

    def __init__(self, look: Look, card: MatterCard, tap: OnTap) -> None:
        super().__init__(look, lambda: tap(card.tap))
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER, border=palette.line)
        self._tile = Fill(look, palette.pressed, corner=CARD_CORNER)
        self._icon = IconView(look, card.icon, palette.accent)
        self._topic = Text(look, Step.CAPTION, palette.muted)
        self._topic.show(card.topic)
        self._title = Bilingual(look, Step.TITLE, palette.ink, palette.muted, bold=True, lines=2, second_step=Step.NOTE)
        self._title.show(words(card.title))
        self._row = False
        self._ways = tuple(
            (IconView(look, way.icon, palette.accent), Text(look, Step.NOTE, palette.ink)) for way in card.ways
        )
        for part in (self._fill, self._tile, self._icon, self._title):
            self.add_widget(part)
        for (icon, text), way in zip(self._ways, card.ways, strict=True):
            text.show(way.word)
            self.have(icon, not look.elder)
            self.have(text, not look.elder)

    def paint(self) -> None:
        palette = self.look.palette
        self._fill.tint(*((palette.pressed, palette.accent) if self.pressed else (palette.surface, palette.line)))

    def stand(self, *, row: bool) -> None:
        """As a row of the page's whole width, or as a card beside others. Call before placing."""
        self._row = row
        self.have(self._topic, not (row or self.look.elder))

    @property
    def title(self) -> Bilingual:
        return self._title

    def title_box(self, box: Box) -> Box:
        """Where a row's title stands."""
        return self._row_cells(box)[1]

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        if self._row:
            self._lay_row(box)
            return
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        rest = self._mark(inner, SMALL_TILE)
        if look.elder:  # fewer things, larger: where it can be done stands on the next page
            self._title.place(rest)
            return
        topic, ways, gap = look.px(Step.CAPTION) * 1.35, look.px(Step.NOTE) * 1.5, look.u(Space.XS)
        title = self._title.height_for(rest.w, max(1.0, rest.h - topic - ways - gap))
        block = rest.centred(rest.w, min(rest.h, topic + title + ways + gap))
        top, block = block.cut_top(topic)
        middle, foot = block.cut_top(title, gap)
        self._topic.place(top)
        self._title.place(middle)
        self._where(foot)

    def _mark(self, inner: Box, size: float) -> Box:
        """The topic's icon on its tile; what is left beside it."""
        side = min(self.look.u(size), inner.h)
        tile, rest = inner.cut_left(side, self.look.u(Space.M))
        tile = tile.centred(side, side)
        self._tile.place(tile)
        self._icon.place(tile.inset(side * 0.2))
        return rest

    def _row_cells(self, box: Box) -> tuple[Box, Box, Box]:
        """(tile, title, ways)."""
        look = self.look
        inner = box.inset(look.u(Space.M), look.u(Space.XS))
        mark, rest = inner.cut_left(look.u(TILE), look.u(Space.M))
        ways, title = rest.cut_right(look.u(SLOT) * len(SLOTS), look.u(Space.M))
        return mark, title, ways

    def _lay_row(self, box: Box) -> None:
        look = self.look
        mark, title, ways = self._row_cells(box)
        self._mark(mark, TILE)
        self._title.place(title)
        slots = dict(zip(SLOTS, ways.columns(len(SLOTS)), strict=True))
        side, line = look.u(48), look.px(Step.NOTE) * 1.35
        for icon, text in self._ways:
            cell = slots[icon.icon]
            text.align, text.only = "centre", None
            deep = line * 2 if text.fit(cell.w, line).clipped else line
            block = cell.centred(cell.w, min(cell.h, side + deep + look.u(Space.XS)))
            above, beneath = block.cut_top(side, look.u(Space.XS))
            icon.place(above.centred(side, side))
            text.place(beneath)

    def _where(self, box: Box) -> None:
        """The ways beside each other, as large as all of them fit."""
        look, rest = self.look, box
        for step in (Step.NOTE, Step.CAPTION):
            px, gap = look.px(step), look.u(Space.S if step is Step.NOTE else 4)
            widths = [text.fit_at(px, 10_000).width + 2 for _, text in self._ways]
            if sum(widths) + len(widths) * (px + look.u(4)) + (len(widths) - 1) * gap <= box.w:
                break
        bare = sum(widths) + len(widths) * (px + look.u(4)) + (len(widths) - 1) * gap > box.w  # no room but for words
        for (icon, text), wide in zip(self._ways, widths, strict=True):
            self.have(icon, not (bare or look.elder))
            mark, rest = (rest, rest) if bare else rest.cut_left(px, look.u(4))
            icon.place(mark.centred(px, px))
            word, rest = rest.cut_left(wide, gap)
            text.align, text.only = "left", px
            text.place(word)


class GuidePage(Page):
    """All matters at a glance."""

    def __init__(self, look: Look, view: GuideView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._lead = self.text(Step.BODY, look.palette.muted, view.lead, lines=2)
        self.cards = tuple(self.put(MatterKey(look, card, tap)) for card in view.cards)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        lead, rest = inner.cut_top(look.px(Step.BODY) * 1.5, look.u(Space.S))
        self._lead.place(lead)
        if self._rows(box, rest):
            grid(look, rest, self.cards, highest=ROW_MOST, columns=1)
            even_out([card.title for card in self.cards], [card.title_box(card.box) for card in self.cards])
            for card in self.cards:
                card.relayout()
        else:
            grid(look, rest, self.cards, highest=HIGHEST)

    def _rows(self, box: Box, rest: Box) -> bool:
        """Whether each matter has a row of its own: standing, where all of them are still high enough."""
        look, count, gap = self.look, max(1, len(self.cards)), self.look.u(Space.M)
        row = not (landscape(box) or look.elder) and (rest.h - gap * (count - 1)) / count >= look.u(ROW_LEAST)
        for card in self.cards:
            card.stand(row=row)
        return row
