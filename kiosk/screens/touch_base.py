"""What the pages of the touch screen are built from: the base of a page, its head and foot, and things to choose."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from kivy.clock import Clock

from kiosk.design.banner import Banner
from kiosk.design.bilingual import Bilingual, Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Pressable, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Mood
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, PAGE_FOOT, PAGE_FOOT_ELDER, PAGE_HEAD, Look, Space, Step
from kiosk.guarding import guarded
from kiosk.view.branch import Mood as SeenMood
from kiosk.view.forms import Choice
from kiosk.view.happenings import HoldEmblem, SwitchElder, SwitchLanguage, Tap
from kiosk.view.touch import Frame
from kiosk.view.voice import Pair

HOLD_S: Final = 2.0
UNHEARD: Final = 64
STRIP: Final = 72
STRIP_ELDER: Final = 96
KEY_WIDE: Final = 280  # of the foot's keys
KEY_LEAST_ELDER: Final = 224
KEY_MOST_ELDER: Final = 432
P = TypeVar("P", bound=Part)
OnTap = Callable[[Tap], None]


def words(pair: Pair) -> Words:
    return Words(pair.first, pair.second)


def mood(seen: SeenMood) -> Mood:
    return Mood(seen.value)


def landscape(box: Box) -> bool:
    return box.w > box.h


def in_reach(look: Look, box: Box) -> Box:
    """What of a customers' page every hand reaches: of a tall screen, which stands as high as a door, the lower two thirds."""
    if landscape(box):
        return box
    line = (box.top + look.u(PAGE_HEAD)) * 2 / 3
    return box.cut_bottom(max(0.0, line - box.y))[0]


class Page(Part):
    """A page of the touch screen. `build` makes the parts of one view; `layout` places them."""

    def __init__(self, look: Look, tap: OnTap) -> None:
        super().__init__(look)
        self.tap = tap

    def put(self, part: P) -> P:
        """Add a part, on top of those before it."""
        self.add_widget(part)
        return part

    def text(self, step: Step, colour: str, text: str, **kind: Any) -> Text:
        part = self.put(Text(self.look, step, colour, **kind))
        part.show(text)
        return part

    def pair(self, step: Step, pair: Pair, colour: str = "", muted: str = "", **kind: Any) -> Bilingual:
        palette = self.look.palette
        part = self.put(Bilingual(self.look, step, colour or palette.ink, muted or palette.muted, **kind))
        part.show(words(pair))
        return part

    def icon(self, icon: Icon, colour: str) -> IconView:
        return self.put(IconView(self.look, icon, colour))

    def forget(self) -> None:
        """Keep nothing of what a person has entered: the page is taken away."""

    def update(self, view: Any) -> bool:
        """Take another view in place. False: build the page anew."""
        del view
        return False


class HeldEmblem(Part):
    """The emblem. Held for two seconds by one finger, it asks for the staff's keypad; a touch alone does nothing."""

    def __init__(self, look: Look, tap: OnTap, colour: str = "") -> None:
        super().__init__(look)
        self._tap = tap
        self._mark = Emblem(look, colour or look.palette.accent)
        self._due: Any = None
        self._finger: Any = None
        self.add_widget(self._mark)

    def layout(self, box: Box) -> None:
        self._mark.place(box)

    def on_touch_down(self, touch: Any) -> bool:
        if not self.collide_point(*touch.pos):
            return False
        if self._due is None:  # a second finger neither holds it nor ends the first one's holding
            touch.grab(self)
            self._finger = touch
            self._due = Clock.schedule_once(guarded(self._held), HOLD_S)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        if not self.collide_point(*touch.pos):
            self._drop(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._drop(touch)
        return True

    def _held(self, _: float) -> None:
        self._due = None
        self._tap(HoldEmblem())

    def _drop(self, touch: Any) -> None:
        if self._due is not None and touch is self._finger:
            self._due.cancel()
            self._due = None


class Foot(Page):
    """The hotline, the other language, large letters: on every page, one touch away."""

    @staticmethod
    def high(look: Look) -> float:
        """How high it stands, in pixels."""
        return look.u(PAGE_FOOT_ELDER if look.elder else PAGE_FOOT)

    def __init__(self, look: Look, frame: Frame, tap: OnTap, *, elder: bool) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self.beside = 0.0  # pixels at its beginning that are another's
        self._ground = self.put(Fill(look, palette.surface))
        self._rule = self.put(Fill(look, palette.line))
        self._phone = self.icon(Icon.PHONE, palette.accent)
        step = Step.NOTE if elder else Step.BODY
        self._label = self.text(Step.CAPTION if elder else Step.NOTE, palette.muted, frame.hotline_label)
        self._number = self.text(Step.BODY, palette.ink, frame.hotline, bold=True)
        self.language = Button(
            look, Words(frame.language), lambda: tap(SwitchLanguage(frame.next_locale)), icon=Icon.GLOBE, step=step
        )
        if frame.language:
            self.put(self.language)
        self.elder = self.put(Button(look, Words(frame.elder), lambda: tap(SwitchElder()), icon=Icon.ELDER, step=step))

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        self._rule.place(Box(box.x, box.top - look.u(1), box.w, look.u(1)))
        inner = box.inset(look.u(Space.XL), look.u(Space.S)).cut_left(self.beside)[1]
        elder, rest = inner.cut_right(self._wide(self.elder, inner.h), look.u(Space.M))
        self.elder.place(elder)
        if self.language.parent is not None:
            language, rest = rest.cut_right(self._wide(self.language, inner.h), look.u(Space.M))
            self.language.place(language)
        phone, rest = rest.cut_left(look.u(56), look.u(Space.M))
        self._phone.place(phone)
        number, label = rest.cut_bottom(rest.h * 0.56)
        self._label.place(label)
        self._number.place(number)

    def _wide(self, key: Button, height: float) -> float:
        """How wide a key stands: in large type as its words want it, as far as the hotline leaves room."""
        look = self.look
        if not look.elder:
            return look.u(KEY_WIDE)
        around = look.u(Space.M) * 2 + round(look.px(key.step) * 1.2) + look.u(Space.L) * 2
        return min(look.u(KEY_MOST_ELDER), max(look.u(KEY_LEAST_ELDER), key.words.width_for(height) + around))


class Unheard(Banner):
    """The screen goes by old knowledge, and says so."""

    def __init__(self, look: Look, line: str) -> None:
        super().__init__(look, Mood.ATTENTION, line, icon=Icon.UNLINKED)


class SuspendedStrip(Banner):
    """The branch serves nobody: on pages about something else, where it is read first."""

    @staticmethod
    def high(look: Look, *, wide: bool) -> float:
        """In pixels. In large type its words take two lines of a tall screen."""
        return look.u(STRIP_ELDER if look.elder and not wide else STRIP)

    def __init__(self, look: Look, line: str) -> None:
        super().__init__(look, Mood.SUSPENDED, line, step=Step.BODY)


class ChoiceChip(Pressable):
    """One of several answers. Chosen: filled, and with a tick, so that colour is not all that tells. Closed: deaf and pale."""

    def __init__(self, look: Look, choice: Choice, tap: OnTap, *, step: Step = Step.BODY) -> None:
        super().__init__(look, lambda: tap(self.choice.tap))
        self.choice = choice
        palette = look.palette
        self._fill = Fill(look, palette.surface, corner=CARD_CORNER, border=palette.line)
        self._tick = IconView(look, Icon.TICK, palette.on_brand)
        self._step = step
        self.words = Bilingual(look, step, palette.ink, palette.muted, bold=True, align="centre", lines=2)
        self.add_widget(self._fill)
        self.add_widget(self.words)
        self.show(choice)

    def show(self, choice: Choice) -> None:
        changed = choice.chosen is not self.choice.chosen or self._tick.parent is None
        self.choice = choice
        self.enabled = choice.open
        self.have(self._tick, choice.chosen)
        self.paint()
        if changed:
            self.relayout()

    def paint(self) -> None:
        palette = self.look.palette
        chosen = self.choice.chosen
        ground = palette.brand if chosen else palette.pressed if self.pressed else palette.surface
        edge = palette.accent if chosen or self.pressed else palette.line
        ink, muted = (palette.on_brand, palette.brand_muted) if chosen else (palette.ink, palette.muted)
        if not self.choice.open:
            ground, ink = palette.paper, muted
        self._fill.tint(ground, edge)
        self.words.show(words(self.choice.label), ink, muted)

    def room(self, box: Box) -> Box:
        """Where its words stand in that box: in the middle, whether the tick stands before them or not."""
        inner, side = self._inner(box), self._side
        return Box(inner.x + side, inner.y, max(0, inner.w - 2 * side), inner.h)

    def _inner(self, box: Box) -> Box:
        return box.inset(self.look.u(Space.M), self.look.u(Space.XS))

    @property
    def _side(self) -> int:
        """Of the tick's square, in pixels."""
        return round(self.look.px(self._step) * (0.85 if self.look.elder else 1.1))

    def layout(self, box: Box) -> None:
        side = self._side
        self._fill.place(box)
        self._tick.place(Box(self._inner(box).x, round(box.cy - side / 2), side, side))
        self.words.place(self.room(box))


class MainButton(Button):
    """The one button a page leads to. Not ready: pale, and deaf."""

    def __init__(
        self, look: Look, pair: Pair, on_press: Callable[[], None], *, ready: bool = True, grave: bool = False
    ) -> None:
        super().__init__(look, words(pair), on_press, tone=Tone.DANGER if grave else Tone.MAIN, step=Step.TITLE)
        self.enable(ready)
