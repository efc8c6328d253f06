"""The gallery's sheets: every component of the design in each of its states, by one look and in one language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kiosk.design.banner import Banner
from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.dialog import Dialog
from kiosk.design.icon_shapes import Icon
from kiosk.design.listing import ListRow
from kiosk.design.paint import Card, Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.qr import LEAST_U, QrCode
from kiosk.design.stars import Stars
from kiosk.design.state_shape import Chip, Mood, NumberSquare
from kiosk.design.stepper import Stepper
from kiosk.design.text import Text
from kiosk.design.tokens import BUTTON_CORNER, CARD_CORNER, Look, Space, Step, contrast
from kiosk.design.touch_parts import BackBar, Head, HomeRing, Keypad, Toast, WayBack
from kiosk.screens.touch_base import ChoiceChip
from kiosk.view.forms import Choice
from kiosk.view.happenings import SwitchElder
from kiosk.view.voice import Pair, Voice

CAPTION: Final = 40
_CODES: Final = (
    ("tel:95599", LEAST_U),
    ("https://bank.example/guide/card", 480),
    ("https://bank.example/guide/large-cash?branch=hz-0571-001&lang=zh", 640),
)


@dataclass(frozen=True)
class Specimen:
    """A part as it stands on a screen, with the name of its state. Sizes in u."""

    caption: str
    width: float
    height: float
    part: Part


def said(pair: Pair) -> Words:
    return Words(pair.first, pair.second)


def _nothing(*_: object) -> None:
    """What a specimen does when it is pressed: it shows that it was."""


def pressed(part: Any) -> Any:
    """As it looks under a finger."""
    part.pressed = True
    part.paint()
    return part


def disabled(part: Any) -> Any:
    part.enable(False)
    return part


class Swatch(Part):
    """A colour with its name and value, written in whichever of ink and white is read better upon it."""

    def __init__(self, look: Look, name: str, colour: str) -> None:
        super().__init__(look)
        ink = max((look.palette.ink, look.palette.surface, "#FFFFFF"), key=lambda one: contrast(one, colour))
        self._fill = Fill(look, colour, corner=CARD_CORNER, border=look.palette.line)
        self._name = Text(look, Step.NOTE, ink, bold=True)
        self._value = Text(look, Step.NOTE, ink)
        self._name.show(name)
        self._value.show(colour)
        for part in (self._fill, self._name, self._value):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        self._fill.place(box)
        value, name = box.inset(self.look.u(Space.S)).cut_bottom(box.h * 0.4)
        self._value.place(value)
        self._name.place(name)


class Line(Part):
    """A text alone."""

    def __init__(self, look: Look, step: Step, text: str, *, bold: bool = False) -> None:
        super().__init__(look)
        self._text = Text(look, step, look.palette.ink, bold=bold)
        self._text.show(text)
        self.add_widget(self._text)

    def layout(self, box: Box) -> None:
        self._text.place(box)


def colours(look: Look, _: Voice) -> Iterator[Specimen]:
    """The palette by meaning."""
    for name, colour in vars(look.palette).items():
        yield Specimen("", 280, 136, Swatch(look, name.replace("_", " "), colour))


def type_and_space(look: Look, voice: Voice) -> Iterator[Specimen]:
    """The type's steps, the distances, and the one elevation there is."""
    sample = voice.say("state.open")
    for step in Step:
        if look.elder and step.up(2) is Step.SHOUT and step is not Step.HERO:
            break  # the ladder ends there
        high = look.px(step) / look.unit * 1.35
        width = 280 if high < 100 else 580 if high < 200 else 860
        yield Specimen(f"{step.name.lower()} {step}u", width, high, Line(look, step, sample, bold=True))
    for space in Space:
        yield Specimen(f"{space.name.lower()} {space}u", 172, space, Fill(look, look.palette.accent))
    yield Specimen("card", 280, 96, Card(look))
    yield Specimen("button", 280, 96, Fill(look, look.palette.surface, corner=BUTTON_CORNER, border=look.palette.line))


def icons(look: Look, _: Voice) -> Iterator[Specimen]:
    """Every icon by its name, and the emblem."""
    yield Specimen("emblem", 160, 84, Emblem(look, look.palette.accent))
    for icon in Icon:
        yield Specimen(icon.value, 160, 84, IconView(look, icon, look.palette.ink))


def buttons(look: Look, voice: Voice) -> Iterator[Specimen]:
    """Each tone resting, pressed and deaf."""
    rest, down, deaf = (voice.say(f"gallery.{name}") for name in ("rest", "pressed", "disabled"))
    words = {
        Tone.PLAIN: voice.both("staff.take"),
        Tone.MAIN: voice.both("rate.submit"),
        Tone.DANGER: voice.both("staff.suspend"),
        Tone.QUIET: voice.both("touch.back"),
    }
    for tone, pair in words.items():
        icon = Icon.BACK if tone is Tone.QUIET else None
        for caption, state in ((rest, _same), (down, pressed), (deaf, disabled)):
            button = Button(look, said(pair), _nothing, tone=tone, icon=icon, step=Step.BODY)
            yield Specimen(caption, 560, 112, state(button))
    label, chosen = voice.both("rate.reason.fast"), voice.say("gallery.chosen")
    for caption, state, taken in ((rest, _same, False), (down, pressed, False), (chosen, _same, True)):
        chip = ChoiceChip(look, Choice(label, taken, SwitchElder()), _nothing)
        yield Specimen(caption, 560, 96, state(chip))


def _same(part: Any) -> Any:
    return part


def states(look: Look, voice: Voice) -> Iterator[Specimen]:
    """States as shape, colour and word together; the strips and the answers that carry them."""
    names = {mood: voice.say(f"gallery.state.{mood}") for mood in Mood}
    for mood, name in names.items():
        chip = Chip(look, Step.BODY)
        chip.show(mood, name)
        yield Specimen("", max(280, chip.width_for() / look.unit), 80, chip)
    for number in ("1", "12"):
        square = NumberSquare(look)
        square.show(number)
        yield Specimen("", 96, 96, square)
    for mood in (Mood.SUSPENDED, Mood.CLOSED):
        square = NumberSquare(look)
        square.show("3")
        square.stand(mood)
        yield Specimen("", 96, 96, square)
    for mood in (Mood.OPEN, Mood.ATTENTION, Mood.SUSPENDED):
        icon = Icon.UNLINKED if mood is Mood.ATTENTION else None
        text = voice.say("screen.stale") if mood is Mood.ATTENTION else names[mood]
        yield Specimen("", 880, 80, Banner(look, mood, text, icon=icon))
    for mood in (Mood.OPEN, Mood.SUSPENDED):
        toast = Toast(look)
        toast.show(voice.say("call.heard" if mood is Mood.OPEN else "rate.failed"), mood)
        yield Specimen("", 880, 120, toast)
    undo = Button(look, Words(voice.say("staff.undo")), _nothing, step=Step.BODY)
    undone = Toast(look, Step.NOTE, lines=3, keys=(undo,))
    undone.show(voice.say("staff.shown", shown=5, of=5))
    yield Specimen("", 880, 128, undone)
    yield Specimen(
        "",
        880,
        BackBar.high(look) / look.unit,
        BackBar(look, said(voice.both("touch.back")), said(voice.both("touch.card.week")), _nothing),
    )
    yield Specimen("", 880, Head.high(look) / look.unit, Head(look, said(voice.both("touch.card.week"))))
    way = WayBack(look, said(voice.both("touch.back")), _nothing)
    yield Specimen("", WayBack.broad(look) / look.unit, 96, way)
    for share in (1.0, 0.6, 0.2):
        ring = HomeRing(look)
        ring.show(share)
        yield Specimen(f"{share:.0%}", 96, 80, ring)


def lists(look: Look, voice: Voice) -> Iterator[Specimen]:
    """Rows, stars, and a level that is moved by steps."""
    personal, cash = voice.both("service.personal"), voice.both("service.corporate")
    serving = (Mood.OPEN, voice.say("touch.counter.open"))
    stopped = (Mood.SUSPENDED, voice.say("touch.counter.suspended"))
    tall = 232 if look.elder else 168
    yield Specimen("", 880, tall, ListRow(look, said(personal), voice.say("reason.fault"), number="1", state=stopped))
    yield Specimen("", 880, tall, ListRow(look, said(cash), number="2", state=serving))
    yield Specimen(
        "",
        880,
        tall,
        ListRow(look, said(voice.both("touch.card.week")), voice.say("touch.week_foot"), icon=Icon.CALENDAR),
    )
    yield Specimen("", 880, tall, ListRow(look, said(voice.both("touch.card.hotline")), icon=Icon.PHONE))
    for count in (0, 3, 5):
        stars = Stars(look, gap=24, on_star=_nothing)
        stars.show(count)
        yield Specimen(str(count), 560, 96, stars)
    for level in (0, 3, 5):
        stepper = Stepper(look, said(voice.both("gallery.volume")), _nothing, steps=5)
        stepper.show(level, f"{level * 20}%")
        yield Specimen("", 560, 220, stepper)


def keys(look: Look, voice: Voice) -> Iterator[Specimen]:
    """Digits, and a question that must be answered."""
    yield Specimen("", 480, 620, Keypad(look, _nothing, _nothing, _nothing))
    for grave in (False, True):
        act = voice.both("staff.suspend" if grave else "staff.resume")
        dialog = Dialog(
            look,
            said(voice.both("staff.whole_branch")),
            voice.say("touch.unheard"),
            act=(said(act), _nothing),
            back=(said(voice.both("touch.back")), _nothing),
            grave=grave,
        )
        yield Specimen("", 640, 720, dialog)


def codes(look: Look, _: Voice) -> Iterator[Specimen]:
    """Codes for phones, from the least size on: whole pixels, and dark on white by night too."""
    for text, side in _CODES:
        yield Specimen(f"{len(text)} · {side}u", side, side, QrCode(look, text))


Sheet = Callable[[Look, Voice], Iterator[Specimen]]
SHEETS: Final[dict[str, Sheet]] = {
    "colours": colours,
    "type": type_and_space,
    "icons": icons,
    "buttons": buttons,
    "states": states,
    "lists": lists,
    "keys": keys,
    "codes": codes,
}


class SheetView(Part):
    """One sheet: specimens from left to right and from top to bottom, each beneath its caption."""

    def __init__(self, look: Look, voice: Voice, name: str) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.paper)
        self.add_widget(self._ground)
        self._title = Text(look, Step.TITLE, palette.ink, bold=True)
        self._title.show(voice.say(f"gallery.{name}"))
        self.add_widget(self._title)
        self._specimens = tuple(SHEETS[name](look, voice))
        self._captions = tuple(Text(look, Step.CAPTION, palette.muted) for _ in self._specimens)
        for specimen, caption in zip(self._specimens, self._captions, strict=True):
            caption.show(specimen.caption)
            if specimen.caption:
                self.add_widget(caption)
            self.add_widget(specimen.part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.M))
        title, inner = inner.cut_top(look.px(Step.TITLE) * 1.5, look.u(Space.S))
        self._title.place(title)
        x, top, row = inner.x, inner.top, 0.0
        for specimen, caption in zip(self._specimens, self._captions, strict=True):
            width = min(look.u(specimen.width), inner.w)
            strip = look.px(Step.CAPTION) * 1.4 if specimen.caption else 0
            height = look.u(specimen.height) + strip
            if x + width > inner.right + 1:
                x, top, row = inner.x, top - row - look.u(Space.M), 0.0
            cell = Box(round(x), round(top - height), round(width), round(height))
            words, part = cell.cut_top(strip)
            caption.place(words)
            specimen.part.place(part)
            x, row = x + width + look.u(Space.M), max(row, height)
