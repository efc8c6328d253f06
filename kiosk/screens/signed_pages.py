"""What head office has signed for pages: a table of rates, the pledge, and one step of the demonstration."""

from typing import Any

from kivy.graphics import Color, Rectangle

from kiosk.design.bilingual import even_out
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill
from kiosk.design.part import Part
from kiosk.design.state_shape import NumberSquare
from kiosk.design.text import one_size
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.textures import Shelf
from kiosk.screens.touch_base import OnTap, Page, landscape, words
from kiosk.view.headed import GoneView
from kiosk.view.signed_pages import DemonstrationView, PledgeView, RatesView, StepTap
from kiosk.view.zones import demonstration_zones

ROW_MOST = 136
FEW = 4  # rows that stand in one column on a lying screen
POINT_MOST = 232


class RatesPage(Page):
    """Names at the left, figures in one column at the right; from when on they hold stands above."""

    def __init__(self, look: Look, view: RatesView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._tabs = tuple(self.put(_tab(look, tab, tap)) for tab in view.tabs)
        self._card = self.put(Card(look))
        self._title = None if view.tabs else self.pair(Step.TITLE, view.table.title, bold=True)
        self._since = self.text(Step.NOTE, palette.accent, view.since, bold=True, align="right", lines=2)
        self._rows = tuple(
            (
                self.pair(Step.TITLE, name, second_step=Step.NOTE),
                self.text(Step.HEAD, palette.ink, value, bold=True, align="right"),
                self.put(Fill(look, palette.line)),
            )
            for name, value in view.table.rows
        )
        self._risk = self.pair(Step.NOTE, view.table.risk, palette.muted, palette.muted, lines=3, second_lines=3)

    def layout(self, box: Box) -> None:
        look, gap = self.look, self.look.u(Space.M)
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        if self._tabs:
            tabs, inner = inner.cut_bottom(look.u(100), gap)
            for tab, cell in zip(self._tabs, tabs.columns(len(self._tabs), gap), strict=True):
                tab.place(cell)
        risk = look.px(Step.NOTE) * 3
        columns = 2 if landscape(box) and len(self._rows) > FEW else 1
        deep = max(1, -(-len(self._rows) // columns))
        head = look.px(Step.TITLE) * (2.4 if self._title is not None else 0.9 if look.elder else 1.6)
        free = inner.h - risk - look.u(Space.S) - head - 2 * look.u(Space.M)
        height = min(look.u(ROW_MOST), free / deep)
        table, rest = inner.cut_top(head + height * deep + 2 * look.u(Space.M), look.u(Space.S))
        self._risk.place(rest.cut_top(risk)[0].inset(look.u(Space.L), 0))
        self._card.place(table)
        table = table.inset(look.u(Space.L), look.u(Space.M))
        top, rest = table.cut_top(head)
        if self._title is not None:
            title, top = top.cut_left(top.w * 0.62, gap)
            self._title.place(title)
        self._since.place(top)
        sides = rest.columns(columns, look.u(Space.XXL))
        cells = [cell for side in sides for cell in side.rows(deep)][: len(self._rows)]
        parted = [cell.inset(0, look.u(6)).cut_left(cell.w * 0.62, look.u(Space.S)) for cell in cells]
        even_out([name for name, _, _ in self._rows], [left for left, _ in parted])
        one_size([value for _, value, _ in self._rows], [right for _, right in parted])
        for (name, value, rule), (left, right), cell in zip(self._rows, parted, cells, strict=True):
            name.place(left)
            value.place(right)
            rule.place(Box(cell.x, cell.top, cell.w, look.u(1)))


def _tab(look: Look, tab: StepTap, tap: OnTap) -> Button:
    return Button(
        look, words(tab.label), lambda: tap(tab.tap), tone=Tone.MAIN if tab.chosen else Tone.PLAIN, step=Step.BODY
    )


class PledgePage(Page):
    """What the bank promises, point by point."""

    def __init__(self, look: Look, view: PledgeView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._card = self.put(Card(look))
        self._points = tuple(
            (
                self._number(number),
                self.pair(Step.TITLE, point, lines=2, second_lines=2, second_step=Step.NOTE, even=True),
                self.put(Fill(look, look.palette.line)),
            )
            for number, point in enumerate(view.points, 1)
        )

    def _number(self, number: int) -> NumberSquare:
        square = self.put(NumberSquare(self.look, Step.BODY))
        square.show(str(number))
        return square

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        count = max(1, len(self._points))
        height = min(look.u(POINT_MOST) * (1.2 if look.elder else 1), (inner.h - 2 * look.u(Space.M)) / count)
        card = inner.cut_top(height * count + 2 * look.u(Space.M))[0]
        self._card.place(card)
        rows = card.inset(look.u(Space.L), look.u(Space.M)).rows(count)
        for (square, text, rule), row in zip(self._points, rows, strict=False):
            side = min(look.u(76), row.h * 0.7)
            left, right = row.cut_left(side, look.u(Space.L))
            square.place(left.centred(side, side))
            text.place(right)
            self.have(rule, row is not rows[0])
            rule.place(Box(row.x, row.top, row.w, look.u(1)))


class StillPicture(Part):
    """A signed picture, pixel for pixel where it was decoded for this very place."""

    def __init__(self, look: Look, texture: Any) -> None:
        super().__init__(look)
        self.texture = texture
        self._quad = Rectangle(texture=texture)
        self.canvas.add(Color(1, 1, 1, 1))
        self.canvas.add(self._quad)

    def layout(self, box: Box) -> None:
        width, height = self.texture.size
        scale = min(1.0, box.w / width, box.h / height)
        inner = box.centred(width * scale, height * scale)
        self._quad.pos, self._quad.size = (inner.x, inner.y), (inner.w, inner.h)


class DemonstrationPage(Page):
    """One step: its picture whole, what it shows in words, a dot for each step, and back and on."""

    def __init__(self, look: Look, view: DemonstrationView, tap: OnTap, shelf: Shelf) -> None:
        super().__init__(look, tap)
        palette = look.palette
        texture = shelf.get(view.near[0].key) if view.near else None
        self._ground = self.put(Fill(look, palette.surface))
        self.picture = self.put(StillPicture(look, texture)) if texture is not None else None
        self._caption = self.pair(Step.TITLE, view.caption, bold=True, align="centre", lines=3, second_lines=3)
        self._position = self.text(Step.NOTE, palette.muted, view.position, align="centre")
        self.dots = tuple(
            self.put(Fill(look, palette.accent if n == view.step else palette.line, corner=Space.XS))
            for n in range(view.steps)
        )
        self.earlier = self.put(_key(look, view.earlier, tap, Icon.BACK)) if view.earlier is not None else None
        self.later = self.put(_key(look, view.later, tap, Icon.ARROW, tone=Tone.MAIN))

    def layout(self, box: Box) -> None:
        look = self.look
        zones = demonstration_zones(box, look)
        self._ground.place(zones.picture)
        if self.picture is not None:
            self.picture.place(zones.picture)
        self._caption.place(zones.caption)
        if self.earlier is not None:
            self.earlier.place(zones.earlier)
        self.later.place(zones.later)
        dots, number = zones.place.cut_top(zones.place.h * 0.5)
        self._position.place(number)
        self._dots(dots)

    def _dots(self, box: Box) -> None:
        """The step that is shown is longer than the others, not only of another colour."""
        look = self.look
        side, gap = look.u(Space.S), look.u(Space.S)
        wide = side * 3
        total = side * (len(self.dots) - 1) + wide + gap * (len(self.dots) - 1)
        x = box.cx - total / 2
        for dot in self.dots:
            here = wide if dot.colour == look.palette.accent else side
            dot.place(Box(round(x), round(box.cy - side / 2), here, side))
            x += here + gap


def _key(look: Look, step: StepTap, tap: OnTap, icon: Icon, *, tone: Tone = Tone.PLAIN) -> Button:
    return Button(look, words(step.label), lambda: tap(step.tap), tone=tone, icon=icon, step=Step.BODY)


class GonePage(Page):
    """What stood here is no longer there."""

    def __init__(self, look: Look, view: GoneView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._icon = self.icon(Icon.OTHER, look.palette.accent)
        self._line = self.text(Step.HEAD, look.palette.ink, view.line, align="centre", lines=3)

    def layout(self, box: Box) -> None:
        look = self.look
        middle = box.inset(look.u(Space.HUGE)).centred(box.w - 2 * look.u(Space.HUGE), look.u(480))
        icon, line = middle.cut_top(look.u(160), look.u(Space.L))
        self._icon.place(icon)
        self._line.place(line)
