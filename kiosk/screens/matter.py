"""A matter of the business guide: every way to do it, the code beside them, and what to bring."""

from kiosk.design.bilingual import Bilingual, even_out
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.qr import LEAST_U, QrCode
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.lone_way import LoneWay
from kiosk.screens.spot_line import SpotLine
from kiosk.screens.touch_base import OnTap, Page, landscape
from kiosk.view.guide import MatterView, QrView, Spot, WayView

TILE = 104
WIDE = 1000
LARGER = 1.3  # than a way needs, where there is room
LOW = 760  # a lying page with a strip across it, in u
CODE_LEAST = 240  # in large type words need what room there is; a telephone reads a code of seven centimetres
LONE_MOST = 1000  # of a matter that there is one way to do, in u


class WayCard(Page):
    """One way to do it: on the phone, at a machine, at a counter."""

    def __init__(self, look: Look, view: WayView) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._card = self.put(Card(look))
        self._tile = self.put(Fill(look, palette.pressed, corner=CARD_CORNER))
        self._icon = self.icon(view.icon, palette.accent)
        self.title = self.pair(Step.TITLE, view.title, bold=True)
        self._line = self.text(Step.NOTE, palette.muted, view.line, lines=2) if view.line else None
        self._spots = tuple(self.put(SpotLine(look, spot, large=False)) for spot in view.spots)

    def height_for(self, width: float) -> float:
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
            title, rest = rest.cut_left(
                rest.w * (0.33 if look.elder else 0.42), look.u(Space.S if look.elder else Space.L)
            )
        else:
            title, rest = rest.cut_top(look.px(Step.TITLE) * (1.4 if look.elder else 2.2), look.u(Space.XS))
        self.title.place(title)
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
        self._lone = len(view.ways) == 1
        self.ways = tuple(self.put(LoneWay(look, way) if self._lone else WayCard(look, way)) for way in view.ways)
        self.things = None
        if self._lone and view.qr is None and view.things:
            spots = tuple(Spot(thing) for thing in view.things)
            self.things = self.put(LoneWay(look, WayView(Icon.TICK, view.bring_title, spots)))
        self.qr = self.put(QrCard(look, view.qr)) if view.qr is not None else None
        self._bring: tuple[Fill, IconView, Bilingual, Bilingual] | None = None
        if view.bring.first and self.things is None:
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
        if self._lone and self.qr is None:
            self._place_alone(inner)
            return
        bring = look.px(Step.BODY) * self._bring_lines(box) if self._bring is not None else 0
        if landscape(box) and self.qr is not None:
            right, inner = inner.cut_right(inner.w * 0.34, gap)
            self.qr.place(right)
        elif self.qr is not None:
            ways = sum(way.height_for(inner.w) + gap for way in self.ways)
            spare = max(look.u(CODE_LEAST), inner.h - ways - (bring + gap if bring else 0))
            high = min(inner.h * (0.34 if look.elder else 0.42), look.u(640))
            code, inner = inner.cut_top(min(high, spare) if look.elder else high, gap)
            self.qr.place(code)
        rest = self._place_ways(inner, bring + gap if bring else 0)
        if bring:
            self._place_bring(rest.cut_top(bring)[0])

    def _bring_lines(self, box: Box) -> float:
        if not self.look.elder:
            return 3
        return 1.7 if landscape(box) and box.h < self.look.u(LOW) else 2.2

    def _place_alone(self, box: Box) -> None:
        """The one way and what to bring, as large as each other: one beneath the other, on a lying screen side by side."""
        gap, cards = self.look.u(Space.M), [card for card in (*self.ways, self.things) if card is not None]
        if landscape(box):
            cells = box.columns(len(cards), gap)
            high = min(box.h, LARGER * max(card.height_for(cell.w) for card, cell in zip(cards, cells, strict=True)))
            for card, cell in zip(cards, cells, strict=True):
                card.place(cell.cut_top(high)[0])
            return
        wanted = [card.height_for(box.w) for card in cards]
        scale = min(LARGER, (box.h - gap * (len(cards) - 1)) / sum(wanted))
        for card, height in zip(cards, wanted, strict=True):
            cell, box = box.cut_top(height * scale, gap)
            card.place(cell)

    def _place_ways(self, box: Box, spare: float) -> Box:
        """The ways from the top, `spare` left free; what is left beneath them."""
        look, gap, rest = self.look, self.look.u(Space.M), box
        wanted = [way.height_for(box.w) for way in self.ways]
        free = box.h - spare - gap * max(0, len(wanted) - 1)
        most = look.u(LONE_MOST) / max(1.0, sum(wanted)) if self._lone else LARGER
        scale = min(most, free / max(1.0, sum(wanted)))
        for way, height in zip(self.ways, wanted, strict=True):
            row, rest = rest.cut_top(height * scale, gap)
            way.place(row)
        titles = [way.title for way in self.ways if isinstance(way, WayCard)]
        even_out(titles, [title.box for title in titles])
        for title in titles:
            title.relayout()
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
