"""Rating on the glass: the stars and their word, the reasons, the thanks with a tick that is drawn."""

from typing import Any, Final, NamedTuple

from kivy.clock import Clock
from kivy.graphics import Color, Line

from kiosk.design.box import Box
from kiosk.design.icon_geometry import GRID
from kiosk.design.icon_shapes import DONE_PEN, DONE_RING, DONE_TICK, Icon
from kiosk.design.paint import IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.tokens import Look, Space, Step, rgba
from kiosk.guarding import guarded
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, in_reach, landscape, words
from kiosk.screens.writing import KeyCard, place_evenly
from kiosk.view.branch import Mood
from kiosk.view.forms import CallView, RatingView
from kiosk.view.happenings import PressStar, Submit
from kiosk.view.pages import RateStep

DRAW_S = 0.5
ANSWERS_LEAST = 672  # reasons, keys and the way on, of a page that is less tall
LOW = 760  # of the answers, in u: in large type they need what room there is
LOWEST = 640  # on a lying page with a strip across it, in any type


class _Room(NamedTuple):
    """How the answers share their height: in u, the reasons' title in heights of its letters."""

    submit: int
    above: Space  # the button
    title: float
    beneath: Space  # the title
    key: int
    between: Space  # the reasons and the keys


_ROOMY: Final = _Room(128, Space.L, 1.5, Space.S, 112, Space.M)
_LOW: Final = _Room(112, Space.M, 1.35, Space.XS, 104, Space.M)
_LOWEST: Final = _Room(104, Space.S, 1.35, Space.XS, 88, Space.S)
_REASONS: Final = 168 * 3  # high at the most


class DrawnTick(Part):
    """A tick in a ring, drawn as by hand where motion is wanted; once it stands, or from the start, it is the icon."""

    def __init__(self, look: Look, colour: str) -> None:
        super().__init__(look)
        self._icon = IconView(look, Icon.DONE, colour)
        self._share = 0.0 if look.moving else 1.0
        self._tint = Color(*rgba(colour))
        self._ring = Line()
        self._tick = Line(cap="round", joint="round")
        self._clock: Any = None
        if look.moving:
            for one in (self._tint, self._ring, self._tick):
                self.canvas.add(one)
            self._clock = Clock.schedule_interval(guarded(self._draw), 1 / 60)
        else:
            self.add_widget(self._icon)

    def _draw(self, seconds: float) -> bool:
        self._share = min(1.0, self._share + seconds / DRAW_S)
        if self._share == 1.0:
            self.canvas.clear()
            self.add_widget(self._icon)
        self.relayout()
        return self._share < 1.0

    def layout(self, box: Box) -> None:
        side = min(box.w, box.h)
        inner = box.centred(side, side)
        self._icon.place(inner)
        unit = side / GRID
        self._ring.width, self._tick.width = DONE_RING * unit / 2, DONE_PEN * unit / 2
        self._ring.circle = (inner.cx, inner.cy, 11 * unit)
        points = [(inner.x + x * unit, inner.top - y * unit) for x, y in DONE_TICK]
        self._tick.points = [value for point in _part(points, self._share) for value in point]


def _part(points: list[tuple[float, float]], share: float) -> list[tuple[float, float]]:
    """The first `share` of a path of two strokes, of which the second is twice as long."""
    (ax, ay), (bx, by), (cx, cy) = points
    first, second = min(1.0, share * 3), max(0.0, share * 3 - 1) / 2
    path = [(ax, ay), (ax + (bx - ax) * first, ay + (by - ay) * first)]
    if second > 0:
        path.append((bx + (cx - bx) * second, by + (cy - by) * second))
    return path


class RatingPage(Page):
    """Choosing: stars, the level's word, six reasons, words and a number if wanted, one button."""

    def __init__(self, look: Look, view: RatingView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._question = self.pair(Step.DISPLAY, view.question, bold=True, align="centre", lines=2, even=True)
        self.stars = self.put(Stars(look, gap=16 if look.elder else 40, on_star=lambda star: tap(PressStar(star))))
        self.stars.fill_up(view.stars)
        self._shown = view.stars
        self._level = self.pair(Step.HEAD, view.level, palette.accent, bold=True, align="centre")
        self._title = self.text(Step.BODY, palette.muted, view.reasons_title, align="centre")
        self._say_title(view)
        self.chips = tuple(self.put(ChoiceChip(look, reason, tap)) for reason in view.reasons)
        icons = (Icon.PENCIL, Icon.PHONE)
        self.keys = tuple(self.put(KeyCard(look, key, icon, tap)) for key, icon in zip(view.keys, icons, strict=True))
        self.submit = self.put(MainButton(look, view.submit, lambda: tap(Submit())))

    def update(self, view: Any) -> bool:
        if not isinstance(view, RatingView) or view.step is not RateStep.CHOOSING:
            return False
        if view.stars != self._shown:
            self.stars.show(view.stars)
            self._shown = view.stars
        self._level.show(words(view.level))
        self._say_title(view)
        for chip, reason in zip(self.chips, view.reasons, strict=True):
            chip.show(reason)
        for card, key in zip(self.keys, view.keys, strict=True):
            card.update(key)
        return True

    def _say_title(self, view: RatingView) -> None:
        """Louder once it says that no more can be chosen."""
        full = any(not reason.open for reason in view.reasons)
        self._title.show(view.reasons_title, self.look.palette.attention if full else self.look.palette.muted)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        question, stars, level, answers = self._wide(inner) if landscape(box) else self._tall(inner)
        self._question.place(question)
        self.stars.place(stars)
        self._level.place(level)
        self._answers(answers)

    def _wide(self, box: Box) -> tuple[Box, Box, Box, Box]:
        """Question, stars and level at the left, the answers at the right."""
        look, gap = self.look, self.look.u(Space.M)
        asked, answers = box.cut_left(box.w * 0.5, look.u(Space.XXL))
        asked = asked.centred(asked.w, min(asked.h, look.u(760 if look.elder else 560)))
        question, rest = asked.cut_top(asked.h * (0.42 if look.elder else 0.38), gap)
        high = min(look.u(200), rest.h * 0.5) if look.elder else min(look.u(168), rest.h * 0.55)
        stars, level = rest.cut_top(high, gap)
        level = level.cut_top(look.px(Step.HEAD) * 2.1)[0]
        return question, stars, level, answers.centred(answers.w, min(answers.h, look.u(820)))

    def _tall(self, box: Box) -> tuple[Box, Box, Box, Box]:
        """The question where one reads; the stars' middle on the line below which every hand reaches, the rest beneath."""
        look, gap = self.look, self.look.u(Space.M)
        high = look.u(200 if look.elder else 168)
        said = look.px(Step.HEAD) * (1.4 if look.elder else 2.1)  # in large type it stands alone
        low = in_reach(look, box).h - high / 2 - said - 2 * gap
        answers, rest = box.cut_bottom(max(low, look.u(ANSWERS_LEAST)), gap)
        level, rest = rest.cut_bottom(said, gap)
        stars, question = rest.cut_bottom(high, gap)
        return question, stars, level, answers

    def _answers(self, box: Box) -> None:
        look = self.look
        low = look.elder and box.h < look.u(LOW)
        room = _LOWEST if box.h < look.u(LOWEST) else _LOW if low else _ROOMY
        submit, rest = box.cut_bottom(look.u(room.submit), look.u(room.above))
        self.submit.place(submit.centred(min(submit.w, look.u(720)), submit.h))
        title, rest = rest.cut_top(look.px(Step.BODY) * room.title, look.u(room.beneath))
        self._title.place(title)
        key, gap = look.u(room.key), look.u(room.between)
        reasons, rest = rest.cut_top(min(rest.h - key - gap, look.u(_REASONS)), gap)
        cells = [cell for row in reasons.rows(3, look.u(Space.S)) for cell in row.columns(2, look.u(Space.S))]
        place_evenly(self.chips, cells)
        place_evenly(self.keys, rest.cut_top(key)[0].columns(2, look.u(Space.S)))


class MessagePage(Page):
    """One large sign, a sentence, and a line beneath it."""

    def __init__(self, look: Look, sign: Part, page: "tuple[Any, str]", tap: OnTap) -> None:
        super().__init__(look, tap)
        pair, line = page
        self._sign = self.put(sign)
        self._words = self.pair(Step.DISPLAY, pair, bold=True, align="centre", lines=2, second_lines=2, even=True)
        self._line = self.text(Step.TITLE, look.palette.muted, line, align="centre", lines=2)

    def layout(self, box: Box) -> None:
        look = self.look
        middle = box.centred(box.w - 2 * look.u(Space.XL), min(box.h - 2 * look.u(Space.L), look.u(760)))
        sign, rest = middle.cut_top(middle.h * 0.38, look.u(Space.L))
        self._sign.place(sign)
        spoken, line = rest.cut_top(rest.h * 0.6, look.u(Space.S))
        self._words.place(spoken)
        self._line.place(line)


def rating_page(look: Look, view: RatingView, tap: OnTap) -> Page:
    """The page for a step of the rating."""
    palette = look.palette
    if view.step is RateStep.CHOOSING:
        return RatingPage(look, view, tap)
    if view.step is RateStep.FAILED:
        return MessagePage(look, _sign(look, Icon.ATTENTION, palette.attention), (view.message, ""), tap)
    if view.step is RateStep.SAVING:
        return MessagePage(look, Stars(look), (view.level, ""), tap)
    return MessagePage(look, DrawnTick(look, palette.open), (view.message, view.level.first), tap)


def call_page(look: Look, view: CallView, tap: OnTap) -> Page:
    """Calling the lobby manager, as far as it has come."""
    palette = look.palette
    signs = {
        Mood.OPEN: (Icon.TICK, palette.open),
        Mood.ATTENTION: (Icon.BELL, palette.accent),
        Mood.SUSPENDED: (Icon.ATTENTION, palette.attention),
        Mood.CLOSED: (Icon.BELL, palette.muted),
    }
    return MessagePage(look, _sign(look, *signs[view.mood]), (view.title, view.line), tap)


def _sign(look: Look, icon: Icon, colour: str) -> Part:
    return IconView(look, icon, colour)
