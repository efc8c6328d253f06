"""The staff's forms: a suspension, a notice, a screen's brightness and volume."""

from kiosk.view.adjusting import BRIGHTNESS, VOLUME, nearest
from kiosk.view.branch import counter_rows
from kiosk.view.forms import Choice, FormView, Group
from kiosk.view.holding import place
from kiosk.view.notice_form import ready
from kiosk.view.outcome import display_name
from kiosk.view.pages import Expected, NoAnswer, NoticeForm, Refused, ScreenForm, SuspendForm
from kiosk.view.panel import Showing
from kiosk.view.staff_taps import Dim, PickCause, PickCounter, PickExpected, PickTemplate
from kiosk.view.terms import closing, complete
from kiosk.view.voice import Pair
from signage.core.model import Reason
from signage.core.templates import TEMPLATES, BlankKind, template


def suspend_view(showing: Showing, page: SuspendForm) -> FormView:
    voice = showing.voice
    causes = tuple(
        Choice(voice.both(f"reason.{reason.value}"), reason.value == page.reason, PickCause(reason.value))
        for reason in Reason
    )
    title = "staff.refine_place" if page.refines else "staff.suspend_place"
    return FormView(
        title=Pair(voice.say(title, place=place(showing, page.scope))),
        groups=(
            Group(voice.say("staff.cause"), causes, 2),
            Group(voice.say("staff.expected"), _expected(showing, page.expected, tuple(Expected)), 3),
        ),
        confirm=voice.both("staff.confirm_refine" if page.refines else "staff.confirm_suspend"),
        ready=complete(page, closing(showing.hours, showing.now)),
        grave=not page.refines,
    )


def notice_view(showing: Showing, page: NoticeForm) -> FormView:
    voice = showing.voice
    templates = tuple(
        Choice(voice.both(one.title_key), one.id == page.template, PickTemplate(one.id)) for one in TEMPLATES
    )
    groups = [Group(voice.say("staff.template"), templates, 2)]
    chosen = template(page.template or "")
    if chosen is not None and BlankKind.COUNTER in chosen.blanks.values():
        rows = counter_rows(showing.state, showing.hours, showing.now, voice)
        numbers = tuple(
            Choice(voice.both("staff.counter", number=row.number), row.number == page.counter, PickCounter(row.number))
            for row in rows
        )
        groups.append(Group(voice.say("staff.which_counter"), numbers, 3))
    known = tuple(expected for expected in Expected if expected is not Expected.UNKNOWN)
    groups.append(Group(voice.say("staff.notice_for"), _expected(showing, page.expected, known), 2))
    return FormView(
        title=voice.both("staff.post"),
        groups=tuple(groups),
        confirm=voice.both("staff.confirm_post"),
        ready=ready(page, closing(showing.hours, showing.now)),
        grave=False,
    )


def _expected(showing: Showing, chosen: Expected | None, offered: tuple[Expected, ...]) -> tuple[Choice, ...]:
    ends = closing(showing.hours, showing.now)
    return tuple(
        Choice(showing.voice.both(f"staff.expected.{one.value}"), one is chosen, PickExpected(one))
        for one in offered
        if one is not Expected.CLOSING or ends is not None
    )


def screen_view(showing: Showing, page: ScreenForm) -> FormView:
    """Every press is an order; the screen's own answer marks what is chosen."""
    voice = showing.voice
    entry = next((one for one in showing.state.screens if one.name == page.screen), None)
    name = page.screen if entry is None else voice.render(display_name(entry)).first
    light, sound = nearest(BRIGHTNESS, page.brightness), nearest(VOLUME, page.volume)
    return FormView(
        title=Pair(name),
        groups=(
            Group(
                voice.say("staff.brightness"), tuple(_level(showing, one, light, "brightness") for one in BRIGHTNESS), 2
            ),
            Group(voice.say("staff.volume"), tuple(_level(showing, one, sound, "volume") for one in VOLUME), 2),
            Group(voice.say("staff.picture"), tuple(_switch(showing, page, on=on) for on in (True, False)), 2),
        ),
        confirm=voice.both("staff.identify"),
        ready=showing.touch.pending is None,
        grave=False,
        note=_screen_note(showing, page),
    )


def _level(showing: Showing, level: int, chosen: int | None, what: str) -> Choice:
    voice = showing.voice
    label = voice.both("staff.muted") if what == "volume" and level == 0 else voice.both("staff.percent", level=level)
    tap = Dim(volume=level) if what == "volume" else Dim(brightness=level)
    return Choice(label, level == chosen, tap)


def _switch(showing: Showing, page: ScreenForm, *, on: bool) -> Choice:
    return Choice(showing.voice.both("staff.screen_on" if on else "staff.screen_off"), page.on is on, Dim(on=on))


def _screen_note(showing: Showing, page: ScreenForm) -> str:
    """A screen that does not answer is said not to; until it has, nothing is marked."""
    voice, outcome = showing.voice, showing.touch.outcome
    if isinstance(outcome, Refused):
        known = f"staff.refused.{outcome.code}"
        return voice.say("staff.refused", reason=voice.say(known) if known in voice.first else outcome.text)
    if isinstance(outcome, NoAnswer) and page.on is not None:
        return voice.say("staff.no_answer")
    if outcome is not None and showing.touch.pending is None:
        return voice.say("staff.identified" if page.on is not None else "staff.trouble.no_answer")
    return voice.say("staff.asking_screen") if page.on is None else ""
