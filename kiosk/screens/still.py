"""Are you still there? In place of everything, so that who comes next reads nothing of who has gone."""

from typing import Any

from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.paint import Fill
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.touch_base import OnTap, Page, words
from kiosk.view.letter_taps import StillHere
from kiosk.view.letter_views import StillView


class StillPage(Page):
    """Any touch on it goes on."""

    def __init__(self, look: Look, view: StillView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._ground = self.put(Fill(look, palette.paper))
        self._title = self.pair(Step.DISPLAY, view.title, bold=True, align="centre", lines=2)
        self._line = self.text(Step.TITLE, palette.muted, view.line, align="centre", lines=3, even=True)
        self.go_on = self.put(Button(look, words(view.go_on), lambda: tap(StillHere()), tone=Tone.MAIN))

    def update(self, view: Any) -> bool:
        if not isinstance(view, StillView):
            return False
        self._line.show(view.line)
        return True

    def on_touch_down(self, touch: Any) -> bool:
        super().on_touch_down(touch)
        touch.grab(self)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        super().on_touch_move(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is self:
            touch.ungrab(self)
            if not self.go_on.collide_point(*touch.pos):
                self.tap(StillHere())
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        middle = box.centred(box.w - 2 * look.u(Space.XL), min(box.h, look.u(760)))
        title, rest = middle.cut_top(middle.h * 0.4, look.u(Space.M))
        self._title.place(title)
        key, line = rest.cut_bottom(look.u(160), look.u(Space.L))
        self._line.place(line)
        self.go_on.place(key.centred(min(key.w, look.u(720)), key.h))
