"""A signed picture or film as a slide: whole, pixel for pixel, on the house's ground, with what must be read beside it."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.blit import Sheet
from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.films import FilmPart, Films
from kiosk.screens.textures import Shelf, sample
from kiosk.view.media import RISK_STEPS, TITLE_SHARE, Caption, MediaMain, placed
from kiosk.view.renditions import contained

_MOST_LINES = 12


class CaptionPart(Part):
    """Title and risk text: along the foot side by side, or at the side one above the other."""

    def __init__(self, look: Look, caption: Caption, *, beside: bool) -> None:
        super().__init__(look)
        palette = look.palette
        self._caption, self._beside = caption, beside
        self._ground = Fill(look, palette.surface)
        self._edge = Fill(look, palette.line)
        self._title = Bilingual(
            look,
            Step.TITLE,
            palette.ink,
            palette.muted,
            bold=True,
            second_step=Step.NOTE,
            lines=3,
            second_lines=3,
            valign="top" if beside else "middle",
            even=True,
        )
        self._title.show(caption.title)
        self.risk = Bilingual(
            look,
            RISK_STEPS[0],
            palette.ink,
            palette.muted,
            second_step=RISK_STEPS[1],
            lines=_MOST_LINES,
            second_lines=_MOST_LINES,
            valign="bottom" if beside else "middle",
        )
        self.risk.show(caption.risk)
        self._rule = Fill(look, palette.accent)
        self.add_widget(self._ground)
        self.add_widget(self._edge)
        if caption.title.first:
            self.add_widget(self._title)
        if caption.risk.first:
            self.add_widget(self.risk)
        if caption.title.first and caption.risk.first:
            self.add_widget(self._rule)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._edge.place(box.cut_left(look.u(1))[0] if self._beside else box.cut_top(look.u(1))[0])
        inner = box.inset(look.u(Space.XL), look.u(Space.XL if self._beside else Space.M))
        both = bool(self._caption.title.first and self._caption.risk.first)
        if not both:
            self._title.place(inner)
            self.risk.place(inner)
        elif self._beside:
            title = self._title.height_for(inner.w, inner.h)
            head, rest = inner.cut_top(title, look.u(Space.M))
            rule, words = rest.cut_top(look.u(4), look.u(Space.S))
            self._title.place(head)
            self._rule.place(Box(rule.x, rule.y, look.u(96), rule.h))
            self.risk.place(words)
        else:
            head, words = inner.cut_left(inner.w * TITLE_SHARE, look.u(Space.L))
            self._title.place(head)
            self._rule.place(Box(words.x - look.u(Space.M), inner.y, look.u(4), inner.h))
            self.risk.place(words)


class MediaSlide(Part):
    """One asset. Its texture was made before its turn; a film begins on its still picture, and falls back on it."""

    def __init__(self, look: Look, view: MediaMain, shelf: Shelf, films: Films | None = None) -> None:
        super().__init__(look)
        self.view = view
        self._bars = [Fill(look, look.palette.paper) for _ in range(4)]
        for bar in self._bars:
            self.add_widget(bar)
        self._texture = shelf.get(view.still)
        self._still = Sheet(look, self._texture)
        self.add_widget(self._still)
        self.film: FilmPart | None = None
        if view.film is not None and films is not None:
            self.film = FilmPart(look, view.film, films)
            self.add_widget(self.film)
        self.caption: CaptionPart | None = None

    @property
    def playing(self) -> bool:
        return self.film is not None and self.film.playing

    def advance(self) -> None:
        """Put the film's newest picture on the glass."""
        if self.film is not None:
            self.film.advance()

    def again(self, view: MediaMain) -> bool:
        """Take over the next turn of the same film or picture without a break. False: it is another one."""
        same = (view.ref, view.still, view.caption) == (self.view.ref, self.view.still, self.view.caption)
        if not same or (view.film is None) != (self.film is None):
            return False
        if self.film is not None and view.film is not None and not self.film.again(view.film):
            return False
        self.view = view
        return True

    def layout(self, box: Box) -> None:
        where = placed(box, self.view.shape, self.view.caption, self.look)
        picture = where.picture
        size = self._texture.size if self._texture is not None else contained(self.view.shape, picture)
        if size[0] > picture.w or size[1] > picture.h or abs(picture.w - size[0]) + abs(picture.h - size[1]) > 0:
            size = contained(self.view.shape if self._texture is None else self._texture.size, picture)
        inner = picture.centred(*size)
        if self._texture is not None:
            sample(self._texture, inner)
        self._still.place(inner)
        if self.film is not None:
            self.film.place(picture.centred(*contained(self.view.shape, picture)))
        self._frame(picture, inner if self._texture is not None else Box(picture.cx, picture.cy, 0, 0))
        self._say(where.caption, beside=where.beside)

    def _frame(self, outer: Box, inner: Box) -> None:
        """The ground around the picture, never under it: what is covered would be drawn for nothing."""
        top, bottom, left, right = self._bars
        top.place(Box(outer.x, inner.top, outer.w, outer.top - inner.top))
        bottom.place(Box(outer.x, outer.y, outer.w, inner.y - outer.y))
        left.place(Box(outer.x, inner.y, inner.x - outer.x, inner.h))
        right.place(Box(inner.right, inner.y, outer.right - inner.right, inner.h))

    def _say(self, box: Box | None, *, beside: bool) -> None:
        if self.caption is not None and (box is None or self.caption._beside is not beside):  # noqa: SLF001  # its own
            self.remove_widget(self.caption)
            self.caption = None
        if box is None:
            return
        if self.caption is None:
            self.caption = CaptionPart(self.look, self.view.caption, beside=beside)
            self.add_widget(self.caption)
        self.caption.place(box)

    def leave(self) -> None:
        """The turn is over."""
        self._still.leave()
        self._texture = None
        if self.film is not None:
            self.film.leave()
