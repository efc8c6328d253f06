"""The business guide: a card for each matter, and a page that says every way to do it."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.qr import LEAST_U, QrCode
from kiosk.design.state_shape import Chip
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.grids import grid
from kiosk.screens.touch_base import OnTap, Page, landscape, mood, words
from kiosk.view.guide import GuideView, MatterCard, MatterView, QrView, Spot, WayView

HIGHEST = 324
TILE = 104
SMALL_TILE = 88
WIDE = 1000
LARGER = 1.3  # than a way needs, where there is room


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
        self._ways = tuple(
            (IconView(look, way.icon, palette.accent), Text(look, Step.NOTE, palette.ink)) for way in card.ways
        )
        for part in (self._fill, self._tile, self._icon, self._title):
            self.add_widget(part)
        self.have(self._topic, not look.elder)
        for (icon, text), way in zip(self._ways, card.ways, strict=True):
            text.show(way.word)
            self.have(icon, not look.elder)
            self.have(text, not look.elder)

    def paint(self) -> None:
        palette = self.look.palette
        self._fill.tint(*((palette.pressed, palette.accent) if self.pressed else (palette.surface, palette.line)))

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.M), look.u(Space.S))
        side = min(look.u(SMALL_TILE), inner.h)
        tile, rest = inner.cut_left(side, look.u(Space.M))
        tile = tile.centred(side, side)
        self._tile.place(tile)
        self._icon.place(tile.inset(side * 0.2))
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

    def _where(self, box: Box) -> None:
        """The ways beside each other, as large as all of them fit."""
        look, rest = self.look, box
        for step in (Step.NOTE, Step.CAPTION):
            px, gap = look.px(step), look.u(Space.S if step is Step.NOTE else Space.XS)
            widths = [text.fit_at(px, 10_000).width + 2 for _, text in self._ways]
            if sum(widths) + len(widths) * (px + look.u(4)) + (len(widths) - 1) * gap <= box.w:
                break
        for (icon, text), wide in zip(self._ways, widths, strict=True):
            mark, rest = rest.cut_left(px, look.u(4))
            icon.place(mark.centred(px, px))
            word, rest = rest.cut_left(wide, gap)
            text.only = px
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
        grid(look, rest, self.cards, highest=HIGHEST)


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
            chip, rest = box.cut_right(self._chip.width_for(box.w * 0.66), look.u(Space.S))
            self._chip.place(chip.centred(chip.w, min(chip.h, look.px(Step.NOTE) * 2)))
        self.words.place(rest)


class WayCard(Page):
    """One way to do it: on the phone, at a machine, at a counter."""

    def __init__(self, look: Look, view: WayView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._card = self.put(Card(look))
        self._tile = self.put(Fill(look, palette.pressed, corner=CARD_CORNER))
        self._icon = self.icon(view.icon, palette.accent)
        self._title = self.pair(Step.TITLE, view.title, bold=True)
        self._line = self.text(Step.NOTE, palette.muted, view.line, lines=2) if view.line else None
        self._spots = tuple(self.put(SpotLine(look, spot, large=False)) for spot in view.spots)

    def height(self, width: float) -> float:
        """How high it wants to be; in a wide one the places stand beside the title."""
        look = self.look
        wide = width > look.u(WIDE)
        lines = len(self._spots) * (look.px(Step.BODY) * 1.7 + look.u(Space.XS))
        note = look.px(Step.NOTE) * 1.5 if self._line is not None else 0
        title = look.px(Step.TITLE) * (1.5 if look.elder else 2.3)
        inner = max(title, lines + note) if wide else title + lines + note
        return inner + 2 * look.u(Space.M)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        side = min(look.u(TILE), inner.h)
        tile, rest = inner.cut_left(side, look.u(Space.M))
        tile = tile.centred(side, side)
        self._tile.place(tile)
        self._icon.place(tile.inset(side * 0.2))
        if box.w > look.u(WIDE):
            title, rest = rest.cut_left(rest.w * (0.26 if look.elder else 0.42), look.u(Space.L))
        else:
            title, rest = rest.cut_top(look.px(Step.TITLE) * (1.4 if look.elder else 2.2), look.u(Space.XS))
        self._title.place(title)
        if self._line is not None:
            line, rest = rest.cut_bottom(look.px(Step.NOTE) * 1.4, look.u(4))
            self._line.place(line)
        for spot, row in zip(self._spots, rest.rows(max(1, len(self._spots)), look.u(Space.XS)), strict=True):
            spot.place(row)


class QrCard(Page):
    """The code, what it is for, and whose page it opens."""

    def __init__(self, look: Look, view: QrView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._card = self.put(Card(look))
        self.code = self.put(QrCode(look, view.url))
        self._label = self.pair(Step.TITLE, view.label, bold=True, align="centre", lines=2)
        self.domain = self.text(Step.BODY, palette.accent, view.domain, bold=True, align="centre")

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        if box.w > box.h * 1.4:
            code, rest = inner.cut_left(min(inner.h, inner.w * 0.5), look.u(Space.L))
            self.code.place(code)
            middle = rest.centred(rest.w, min(rest.h, look.px(Step.TITLE) * 4))
            label, domain = middle.cut_top(middle.h * 0.6, look.u(Space.S))
        else:
            words_ = look.px(Step.TITLE) * 2.4 + look.px(Step.BODY) * 1.5
            side = max(look.u(LEAST_U), min(inner.h - words_ - look.u(Space.S), inner.w))
            middle = inner.centred(inner.w, min(inner.h, side + words_ + look.u(Space.S)))
            code, rest = middle.cut_top(side, look.u(Space.S))
            self.code.place(code)
            domain, label = rest.cut_bottom(look.px(Step.BODY) * 1.4)
        self._label.place(label)
        self.domain.place(domain)


class MatterPage(Page):
    """Every way to do it, the code beside them, and what to bring."""

    def __init__(self, look: Look, view: MatterView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self.ways = tuple(self.put(WayCard(look, way)) for way in view.ways)
        self.qr = self.put(QrCard(look, view.qr)) if view.qr is not None else None
        self._bring: tuple[Fill, IconView, Bilingual, Bilingual] | None = None
        if view.bring.first:
            self._bring = (
                self.put(Fill(look, palette.pressed, corner=CARD_CORNER)),
                self.icon(Icon.TICK, palette.accent),
                self.pair(Step.BODY, view.bring_title, palette.accent, bold=True),
                self.pair(Step.BODY, view.bring, lines=2, second_lines=2),
            )

    def layout(self, box: Box) -> None:
        """What to bring follows the ways; the code stands above them, on a lying screen beside them."""
        look, gap = self.look, self.look.u(Space.M)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        bring = look.px(Step.BODY) * (2.2 if look.elder else 3) if self._bring is not None else 0
        if landscape(box) and self.qr is not None:
            right, inner = inner.cut_right(inner.w * 0.34, gap)
            self.qr.place(right)
        elif self.qr is not None:
            code, inner = inner.cut_top(min(inner.h * (0.34 if look.elder else 0.42), look.u(640)), gap)
            self.qr.place(code)
        rest = self._place_ways(inner, bring + gap if bring else 0)
        if bring:
            self._place_bring(rest.cut_top(bring)[0])

    def _place_ways(self, box: Box, spare: float) -> Box:
        """The ways from the top, `spare` left free; what is left beneath them."""
        gap, rest = self.look.u(Space.M), box
        wanted = [way.height(box.w) for way in self.ways]
        free = box.h - spare - gap * max(0, len(wanted) - 1)
        scale = min(LARGER, free / max(1.0, sum(wanted)))
        for way, height in zip(self.ways, wanted, strict=True):
            row, rest = rest.cut_top(height * scale, gap)
            way.place(row)
        return rest

    def _place_bring(self, box: Box) -> None:
        assert self._bring is not None
        look = self.look
        ground, icon, title, text = self._bring
        ground.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.S))
        side = look.u(48)
        mark, rest = inner.cut_left(side, look.u(Space.M))
        icon.place(mark.centred(side, side))
        head, rest = rest.cut_left(min(rest.w * 0.3, title.width_for(inner.h) + 2), look.u(Space.L))
        title.place(head)
        text.place(rest)
