"""What the staff panel is put together from: rows, its bar of tabs, and the line that says what became of an order."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Pressable, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.state_shape import Chip, NumberSquare
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.design.touch_parts import Toast
from kiosk.screens.touch_base import OnTap, Page, mood
from kiosk.view.pages import Tab
from kiosk.view.panel import Action, OutcomeView, Pager, PanelRow, TabItem
from kiosk.view.staff_taps import ShowTab

_NARROW = 480  # in a column so narrow the keys stand beneath the words
TAB_ICONS = {
    Tab.SERVICE: Icon.COUNTER,
    Tab.NOTICES: Icon.MEGAPHONE,
    Tab.CASES: Icon.BOOK,
    Tab.CHECKS: Icon.TICK,
    Tab.DEVICES: Icon.NETWORK,
    Tab.MORE: Icon.MORE,
}


def action_button(look: Look, action: Action, tap: OnTap, *, tone: Tone, busy: bool, step: Step = Step.BODY) -> Button:
    """A row's button. While an answer is awaited it is deaf, and looks as before: an answer takes no time to see."""
    button = Button(look, Words(action.label), partial(tap, action.tap), tone=tone, step=step)
    button.enabled = not busy
    return button


_KEYS: Final = (216, 168)  # how wide a key is: as usual, or where words would be cut
_Words = tuple[Box, Box, Box | None]  # title, line, state
_SHARES: Final = (0.44, 0.34, 0.5, 0.56)  # of a row's height, for the line beneath its title


class Row(Page):
    """One thing on the panel: what it is, its state, and the one thing to do about it."""

    def __init__(self, look: Look, row: PanelRow, tap: OnTap, *, busy: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._number: NumberSquare | None = None
        if row.number:
            self._number = self.put(NumberSquare(look, Step.TITLE))
            self._number.show(row.number)
        self._sign = self.icon(row.icon, palette.accent) if row.icon is not None else None
        self._title = self.text(Step.BODY, palette.ink, row.title.first, bold=True, lines=2)
        self._line = self.text(Step.NOTE, palette.muted, row.line, lines=2)
        self._chip: Chip | None = None
        if row.state is not None:
            self._chip = self.put(Chip(look, Step.NOTE, boxed=False))
            self._chip.show(mood(row.state.mood), row.state.words.first)
        self.button = None
        if row.action is not None:
            tone = Tone.PLAIN if row.action.grave else Tone.MAIN
            self.button = self.put(action_button(look, row.action, tap, tone=tone, busy=busy))
        self.more = None
        if row.more is not None:
            self.more = self.put(action_button(look, row.more, tap, tone=Tone.PLAIN, busy=busy))
        self.keys_wide = 0.0  # of a key, in u; 0: as its own words would have it

    @staticmethod
    def align(rows: "Sequence[Row]", cells: Sequence[Box]) -> None:
        """Let keys that stand in one column have one width, the narrowest that a row needs. Call before placing."""
        wide = min((row.wanted(cell) for row, cell in zip(rows, cells, strict=False) if row.keys), default=0)
        for row in rows:
            row.keys_wide = wide

    def layout(self, box: Box) -> None:
        self._card.place(box)
        self._say(self._keys(box))

    def _inner(self, box: Box) -> Box:
        return box.inset(self.look.u(Space.M), self.look.u(Space.S))

    def whole(self, box: Box) -> bool:
        """Whether nothing of it would be cut there."""
        places = self._lie(self._told(self._keys(box)))
        return self._reads(*places)

    def _keys(self, box: Box) -> Box:
        """Places what can be pressed; what is left."""
        look = self.look
        inner = self._inner(box)
        there = self.keys
        if inner.w < look.u(_NARROW):
            keys, inner = inner.cut_bottom(look.u(88) if there else 0, look.u(Space.XS))
            for button, cell in zip(there, keys.columns(max(1, len(there)), look.u(Space.S)), strict=False):
                button.place(cell)
        else:
            keys, left = inner.cut_right((look.u(self.keys_wide or self.wanted(box)) + look.u(Space.S)) * len(there))
            inner = left if there else inner
            for button, cell in zip(reversed(there), keys.columns(max(1, len(there))), strict=False):
                at = cell.cut_left(look.u(Space.S))[1]
                button.place(at.centred(at.w, min(at.h, look.u(112))))
        return inner

    @property
    def keys(self) -> list[Button]:
        """What can be pressed: the one thing to do, and more of it."""
        return [button for button in (self.button, self.more) if button is not None]

    def wanted(self, box: Box) -> float:
        """How wide a key may be in that row, in u, so that no word is cut."""
        inner = self._inner(box)
        for wide in _KEYS:
            left = inner.cut_right((self.look.u(wide) + self.look.u(Space.S)) * len(self.keys))[1]
            if self._reads(*self._lie(self._told(left))):
                break
        return wide

    def _told(self, inner: Box) -> Box:
        """Places what leads; what is left for the words."""
        look = self.look
        if self._number is not None:
            side = min(inner.h, look.u(80))
            number, inner = inner.cut_left(side, look.u(Space.M))
            self._number.place(number.centred(side, side))
        elif self._sign is not None:
            side = look.u(56)
            sign, inner = inner.cut_left(side, look.u(Space.M))
            self._sign.place(sign.centred(side, side))
        return inner

    def _say(self, inner: Box) -> None:
        title, line, chip = self._lie(self._told(inner))
        if self._chip is not None and chip is not None:
            self._chip.place(chip.centred(chip.w, min(chip.h, self.look.u(52))))
        self._title.place(title)
        self._line.place(line)

    def _lie(self, inner: Box) -> _Words:
        """Title, line and state: the usual way, or the first in which nothing is cut."""
        ways = [self._parted(inner, share, apart=apart) for apart in (False, True) for share in _SHARES]
        return next((way for way in ways if self._reads(*way)), ways[0])

    def _parted(self, inner: Box, share: float, *, apart: bool) -> _Words:
        """`apart`: the state has a line of its own, between title and line."""
        look = self.look
        line, title = inner.cut_bottom(inner.h * share)
        if self._chip is None:
            return title, line, None
        if not apart:
            chip, title = title.cut_right(self._chip.width_for(title.w * 0.5), look.u(Space.S))
            return title, line, chip
        chip, title = title.cut_bottom(look.u(48), look.u(4))
        return title, line, chip.cut_left(self._chip.width_for(chip.w))[0]

    def _reads(self, title: Box, line: Box, chip: Box | None) -> bool:
        if self._chip is not None and chip is not None and self._chip.cut(chip.w):
            return False
        return not (self._title.fit(title.w, title.h).clipped or self._line.fit(line.w, line.h).clipped)


class Badge(Page):
    """How many things wait behind a tab."""

    def __init__(self, look: Look, count: int) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.suspended, corner=20))
        self._count = self.text(Step.NOTE, palette.on_suspended, str(min(count, 99)), bold=True, align="centre")

    def layout(self, box: Box) -> None:
        self._ground.place(box)
        self._count.place(box)


class TabButton(Pressable):
    """One place of the panel: its icon over its word. Where one stands is filled, and so not told by colour alone."""

    def __init__(self, look: Look, item: TabItem, tap: OnTap) -> None:
        super().__init__(look, partial(tap, ShowTab(item.tab)))
        self._chosen = item.chosen
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER)
        self._icon = IconView(look, TAB_ICONS[item.tab], palette.accent)
        self._label = Text(look, Step.NOTE, palette.ink, bold=True, align="centre")
        self._label.show(item.label)
        self._badge = Badge(look, item.count) if item.count else None
        for part in filter(None, (self._fill, self._icon, self._label, self._badge)):
            self.add_widget(part)
        self.paint()

    def paint(self) -> None:
        palette = self.look.palette
        ground = palette.brand if self._chosen else palette.pressed if self.pressed else palette.surface
        self._fill.tint(ground)
        self._icon.tint(palette.on_brand if self._chosen else palette.accent)
        self._label.show(self._label.text, palette.on_brand if self._chosen else palette.ink)

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        middle = box.centred(box.w - look.u(Space.XS), min(box.h - look.u(Space.S), look.u(100)))
        cut = self._label.fit(middle.w, look.u(40)).clipped
        label, icon = middle.cut_bottom(look.u(56 if cut else 40), look.u(4))
        side = min(icon.h, look.u(52))
        self._icon.place(icon.centred(side, side))
        self._label.place(label)
        if self._badge is not None:
            self._badge.place(Box(round(box.cx + look.u(20)), round(icon.top - look.u(36)), look.u(44), look.u(40)))


def outcome_bar(look: Look, view: OutcomeView, tap: OnTap, *, busy: bool) -> Toast:
    """What became of the last order, with what can still be done about it under the thumb."""
    keys = [action_button(look, action, tap, tone=Tone.PLAIN, busy=busy) for action in view.actions]
    toast = Toast(look, Step.NOTE, lines=3, keys=keys)
    toast.show(view.text, mood(view.mood))
    return toast


class PagerBar(Page):
    """Sheets of a list: back, which one, on."""

    def __init__(self, look: Look, pager: Pager, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._place = self.text(Step.BODY, look.palette.muted, pager.place, align="centre")
        self.back, self.on = (self._turn(action, tap) for action in (pager.back, pager.on))

    def _turn(self, action: Action | None, tap: OnTap) -> Button | None:
        return None if action is None else self.put(action_button(self.look, action, tap, tone=Tone.PLAIN, busy=False))

    def layout(self, box: Box) -> None:
        key = min(self.look.u(280), box.w * 0.32)
        left, rest = box.cut_left(key, self.look.u(Space.M))
        right, middle = rest.cut_right(key, self.look.u(Space.M))
        if self.back is not None:
            self.back.place(left)
        if self.on is not None:
            self.on.place(right)
        self._place.place(middle)
