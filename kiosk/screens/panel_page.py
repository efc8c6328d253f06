"""The staff panel's frame: who is signed in, the way out, where one can go, and what became of the last order."""

from dataclasses import replace
from typing import Any

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.tokens import Look, Space, Step
from kiosk.design.touch_parts import Toast
from kiosk.screens.panel_bodies import Board, List
from kiosk.screens.panel_parts import TabButton, outcome_bar
from kiosk.screens.touch_base import OnTap, Page, landscape, words
from kiosk.view.panel import BoardView, PanelView
from kiosk.view.staff_taps import SignOut

_HEAD = 128
_BAR = 152  # of tabs, along the lower edge of a tall screen
_RAIL = 184  # of tabs, along the left edge of a wide one
_OUTCOME = 128
_UNABLE = 88


class Unable(Page):
    """What cannot be done while no controller is heard."""

    def __init__(self, look: Look, line: str) -> None:
        super().__init__(look, lambda _: None)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.attention, corner=16))
        self._icon = self.put(IconView(look, Icon.UNLINKED, palette.on_attention))
        self._line = self.text(Step.NOTE, palette.on_attention, line, bold=True, lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        side = look.u(44)
        icon, line = box.inset(look.u(Space.M), look.u(Space.XS)).cut_left(side, look.u(Space.M))
        self._icon.place(icon.centred(side, side))
        self._line.place(line)


class PanelPage(Page):
    def __init__(self, look: Look, view: PanelView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._view = view
        palette = look.palette
        self._who = self.text(Step.TITLE, palette.ink, view.who, bold=True)
        self._role = self.text(Step.NOTE, palette.muted, view.role)
        self.sign_out = self.put(
            Button(look, self._way_out(view), lambda: tap(SignOut()), icon=Icon.CROSS, step=Step.BODY)
        )
        self._ground = self.put(Fill(look, palette.surface))
        self._rule = self.put(Fill(look, palette.line))
        self.tabs = tuple(self.put(TabButton(look, item, tap)) for item in view.tabs)
        self._unable = self.put(Unable(look, view.unable)) if view.unable else None
        body = Board if isinstance(view.body, BoardView) else List
        self.body: Page = self.put(body(look, view.body, tap, busy=view.busy))  # type: ignore[arg-type]  # chosen by it
        self._outcome: Toast | None = None
        if view.outcome is not None:
            self._outcome = self.put(outcome_bar(look, view.outcome, tap, busy=view.busy))
        hint = view.body.hint if isinstance(view.body, BoardView) and view.outcome is None else ""
        self._hint = self.text(Step.NOTE, palette.muted, hint, align="centre", lines=2)
        self._paint_way_out(view)

    def update(self, view: Any) -> bool:
        """The seconds until it leaves change by themselves: nothing under a finger is built anew for them."""
        if not isinstance(view, PanelView) or replace(view, leaving="") != replace(self._view, leaving=""):
            return False
        self._view = view
        self._paint_way_out(view)
        return True

    @staticmethod
    def _way_out(view: PanelView) -> Words:
        return Words(view.sign_out.first, view.leaving) if view.leaving else words(view.sign_out)

    def _paint_way_out(self, view: PanelView) -> None:
        self.sign_out.show(self._way_out(view), tone=Tone.MAIN if view.leaving else Tone.PLAIN)

    def layout(self, box: Box) -> None:
        look = self.look
        wide = landscape(box)
        bar, rest = box.cut_left(look.u(_RAIL)) if wide else box.cut_bottom(look.u(_BAR))
        self._tabs(bar, wide=wide)
        inner = rest.inset(look.u(Space.XL), look.u(Space.M))
        head, inner = inner.cut_top(look.u(_HEAD - Space.M), look.u(Space.M))
        self._head(head)
        outcome, inner = inner.cut_bottom(look.u(_OUTCOME), look.u(Space.S))
        if self._outcome is not None:
            self._outcome.place(outcome)
        self._hint.place(outcome)
        if self._unable is not None:
            unable, inner = inner.cut_top(look.u(_UNABLE), look.u(Space.S))
            self._unable.place(unable)
        self.body.place(inner)

    def _head(self, box: Box) -> None:
        look = self.look
        held = look.px(Step.CAPTION) / (Step.CAPTION * look.unit)  # on a small glass letters keep their least size
        out, who = box.cut_right(look.u(320 * max(1.0, held)), look.u(Space.M))
        self.sign_out.place(out)
        role, name = who.cut_bottom(who.h * 0.4)
        self._who.place(name)
        self._role.place(role)

    def _tabs(self, box: Box, *, wide: bool) -> None:
        look = self.look
        self._ground.place(box)
        edge = look.u(1)
        self._rule.place(Box(box.right - edge, box.y, edge, box.h) if wide else Box(box.x, box.top - edge, box.w, edge))
        gap = look.u(Space.XS)
        inner = box.inset(look.u(Space.S), look.u(Space.S))
        if wide:
            height = min(look.u(144), (inner.h - gap * (len(self.tabs) - 1)) / len(self.tabs))
            used = inner.cut_top(height * len(self.tabs) + gap * (len(self.tabs) - 1))[0]
            cells = used.rows(len(self.tabs), gap)
        else:
            cells = inner.columns(len(self.tabs), gap)
        for tab, cell in zip(self.tabs, cells, strict=True):
            tab.place(cell)
