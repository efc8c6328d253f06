"""The counter's display, facing the customer: one number, one message."""

from dataclasses import replace
from typing import Final

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.counter_notices import HaltedFace, NoticedFace, NoticeLine, UnknownFace
from kiosk.screens.counter_promoting import PromotingFace
from kiosk.screens.counter_rating import AskingFace, ThankingFace
from kiosk.screens.counter_serving import ServingFace
from kiosk.screens.films import Films
from kiosk.screens.slides import Slides
from kiosk.screens.textures import Shelf
from kiosk.screens.wall_states import Notice
from kiosk.view.counter_parts import (
    Asking,
    CounterView,
    Face,
    Halted,
    Noticed,
    Promoting,
    Serving,
    Thanking,
    Unknown,
)
from kiosk.view.media import MediaMain
from kiosk.view.wall_parts import NoticeMain
from kiosk.view.zones import promoted_zones

_FACES: Final[dict[type, type[Part]]] = {
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
        self._shelf = shelf or Shelf()
        self.slides = Slides(look, self._shelf, films)
        self.view: CounterView | None = None
        self.notice = NoticeLine(look)
        self._mark_ground = Fill(look, palette.surface)
        self._mark_icon = IconView(look, Icon.UNLINKED, palette.muted)
        self._mark = Text(look, Step.BODY, palette.muted)

    def show(self, view: CounterView) -> None:
        before = self.view
        if view == before:
            return
        self.view = view
        if before is None or (before.face != view.face and not self._told(before.face, view.face)):
            self._turn(view.face)
        if view.unheard is not None:
            self._mark.show(view.unheard.first)
        self.have(self._mark_ground, view.unheard is not None)
        self.have(self._mark_icon, view.unheard is not None)
        self.have(self._mark, view.unheard is not None)
        if view.notice is not None:
            self.notice.show(view.notice)
        self.have(self.notice, view.notice is not None)
        self.relayout()

    def _told(self, before: Face, face: Face) -> bool:
        """Whether only the time has gone on, and the face that stands has been told so."""
        if not (isinstance(self.face, AskingFace) and isinstance(before, Asking) and isinstance(face, Asking)):
            return False
        if replace(before, left=face.left) != face:
            return False
        self.face.tell(face)
        return True

    def _turn(self, face: Face) -> None:
        """Only what differs: a slide gives way to the next without its frame being drawn anew."""
        before, self.face = self.face, None
        if before is not None:
            self.remove_widget(before)
        if self.slides.parent is not None:
            self.slides.parent.remove_widget(self.slides)
        if isinstance(before, ServingFace):
            before.leave()
        if not isinstance(face, Promoting | MediaMain):
            self.slides.leave()
        self.face = self._made(face)
        self.add_widget(self.face, index=len(self.children))

    def _made(self, face: Face) -> Part:
        match face:
            case Promoting():
                self.slides.show(face.slide)
                return PromotingFace(self.look, face, self.slides)
            case MediaMain():
                self.slides.show(face)
                return self.slides
            case Serving():
                return ServingFace(self.look, face, self._shelf)
            case _:
                # each face's constructor takes its own view; the table above pairs them
                return _FACES[type(face)](self.look, face)  # type: ignore[call-arg]  # each face with its own view

    @property
    def playing(self) -> bool:
        return self.slides.parent is not None and self.slides.playing

    def advance(self, seconds: float) -> None:
        """Let time pass for a film, or for a slide that gives way."""
        self.slides.advance(seconds)

    def layout(self, box: Box) -> None:
        look = self.look
        foot, rest = box.cut_bottom(look.u(64))
        self._faced(rest if self._mark.parent is not None else box)
        icon, words = foot.inset(look.u(Space.L), 0).cut_left(look.u(40), look.u(Space.S))
        self._mark_ground.place(foot)
        self._mark_icon.place(icon.centred(look.u(40), look.u(40)))
        self._mark.place(words)

    def _faced(self, box: Box) -> None:
        """The face, and along its foot the notice: under the number alone where a slide hangs beside it, which stays whole."""
        promoting = self.face if isinstance(self.face, PromotingFace) else None
        under = box if promoting is None else promoted_zones(box)[0]
        high = self.notice.height_in(under) if self.notice.parent is not None else 0
        line, rest = under.cut_bottom(high)
        if promoting is not None:
            promoting.give(high)
            promoting.place(box)
        elif self.face is not None:
            self.face.place(rest)
        if high:
            self.notice.place(line)
