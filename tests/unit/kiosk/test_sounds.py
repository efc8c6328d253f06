"""What is to be heard, and when."""

from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.media.speaker import Speaker, audio_driver, built_in, heard
from kiosk.settings import SoundSettings
from kiosk.sounding import Quiet, Sounding
from kiosk.view.attract import AttractView
from kiosk.view.branch import Mood, StateWord
from kiosk.view.cards import Cards
from kiosk.view.forms import CallView, KeypadView, RatingView
from kiosk.view.home import HomeView
from kiosk.view.letter_views import ContactView, StillView
from kiosk.view.opinion_views import OpinionSentView, OpinionView
from kiosk.view.pages import RateStep
from kiosk.view.panel import OutcomeView, PanelView
from kiosk.view.sounds import GREETED_FOR, SPOKEN, Audible, Cue, audible, cues
from kiosk.view.touch import Frame, HaltedView, HotlineView, PageView, TouchView
from kiosk.view.voice import Pair
from kiosk.view.wall_parts import SuspendedMain
from signage.core.instants import Instant
from signage.core.model import HoursPlan, Prompt, Thanks
from signage.core.scene import scene
from signage.link.catalogues import load_catalogues
from tests.unit.core.branches import COUNTERS, DISPLAY, HOURS, NOON, PERSONAL, branch, counter
from tests.unit.core.branches import later as after_noon
from tests.unit.core.plans import SHANGHAI as PLAN

NOW = Instant.parse("2026-11-24T02:00:00.000Z")
FRAME = Frame(Pair("支行"), "95599", "电话", "English", "长辈版", Pair("返回"), "")
HOTLINE = HotlineView(Pair("电话"), "95599", Pair(""), Pair(""), ())
EMPTY = Pair("")


def later(seconds: float) -> Instant:
    return Instant.of(NOW + timedelta(seconds=seconds))


def touch(page: PageView, *, elder: bool = False) -> Audible:
    return Audible(NOW, "zh", touch=TouchView(FRAME, page, elder))


def rating(step: RateStep) -> RatingView:
    return RatingView(EMPTY, step, EMPTY, 5, EMPTY, "", (), EMPTY, EMPTY)


ATTRACT = AttractView(None, None, EMPTY, "")  # type: ignore[arg-type]  # only that it attracts counts here
KEYPAD = KeypadView(EMPTY, 0, "", None)
STILL = StillView(EMPTY, "", EMPTY)
SENT = OpinionSentView(title=EMPTY, message=EMPTY, number_title="", number="5F0C", line="")
SAVING = replace(SENT, number="")
CONTACT = ContactView(title=EMPTY, number="", line="", wrong=False, consent="", agree=EMPTY, remove=None)
OPINION = OpinionView(
    title=EMPTY,
    lead=EMPTY,
    lead_line="",
    subjects_title="",
    subjects=(),
    phrases_title="",
    phrases=(),
    keys=(),
    trouble="",
    submit=EMPTY,
    ready=True,
)
HOME = HomeView(StateWord(Mood.SUSPENDED, EMPTY), None, None, (), "", (), EMPTY, "", Cards((), ()), 0)
HALTED = HaltedView(SuspendedMain(EMPTY, ()))
CALLING = CallView(EMPTY, Mood.ATTENTION, EMPTY, "")


def test_nothing_is_heard_at_the_first_sight() -> None:
    assert cues(None, Audible(NOW, "zh", prompt="p"), touched=False) == ()


def test_a_counter_greets_asks_and_thanks_each_once() -> None:
    rest = Audible(NOW, "zh")
    asked = replace(rest, prompt="p-1")
    thanked = replace(rest, thanks=later(6))
    served = replace(rest, serving=NOW)
    assert cues(rest, asked, touched=False) == (Cue.PLEASE_RATE,)
    assert cues(asked, asked, touched=False) == ()
    assert cues(asked, replace(asked, prompt="p-2"), touched=False) == (Cue.PLEASE_RATE,)
    assert cues(asked, thanked, touched=False) == (Cue.THANK_YOU,)
    assert cues(thanked, thanked, touched=False) == ()
    assert cues(thanked, rest, touched=False) == ()
    assert cues(rest, served, touched=False) == (Cue.WELCOME,)
    assert cues(served, served, touched=False) == ()
    assert cues(served, rest, touched=False) == ()


def test_a_greeting_that_comes_too_late_is_none() -> None:
    just = Audible(Instant.of(NOW + GREETED_FOR - timedelta(milliseconds=1)), "zh", serving=NOW)
    late = Audible(Instant.of(NOW + GREETED_FOR), "zh", serving=NOW)
    assert cues(Audible(NOW, "zh"), just, touched=False) == (Cue.WELCOME,)
    assert cues(Audible(NOW, "zh"), late, touched=False) == ()


@pytest.mark.parametrize(
    ("before", "after", "touched", "wanted"),
    [
        (ATTRACT, HOTLINE, True, (Cue.WELCOME,)),
        (ATTRACT, HOTLINE, False, ()),
        (ATTRACT, ATTRACT, True, (Cue.PRESS,)),
        (KEYPAD, HOTLINE, True, (Cue.PRESS,)),
        (KEYPAD, HOTLINE, False, ()),
        (HOTLINE, HOTLINE, False, ()),
        (rating(RateStep.SAVING), rating(RateStep.THANKED), False, (Cue.THANK_YOU,)),
        (rating(RateStep.THANKED), rating(RateStep.THANKED), True, (Cue.PRESS,)),
        (rating(RateStep.SAVING), rating(RateStep.FAILED), False, (Cue.REFUSED,)),
        (rating(RateStep.FAILED), rating(RateStep.FAILED), True, (Cue.PRESS,)),
        (KEYPAD, replace(KEYPAD, mood=Mood.SUSPENDED), True, (Cue.REFUSED,)),
        (replace(KEYPAD, mood=Mood.SUSPENDED), replace(KEYPAD, mood=Mood.SUSPENDED, filled=1), True, (Cue.PRESS,)),
        (CALLING, replace(CALLING, mood=Mood.SUSPENDED), False, (Cue.REFUSED,)),
        (replace(CALLING, mood=Mood.SUSPENDED), replace(CALLING, mood=Mood.SUSPENDED), True, (Cue.PRESS,)),
        (OPINION, replace(OPINION, trouble="没有保存"), True, (Cue.REFUSED,)),
        (SAVING, replace(OPINION, trouble="没有保存"), False, (Cue.REFUSED,)),
        (replace(OPINION, trouble="没有保存"), replace(OPINION, trouble="没有保存"), True, (Cue.PRESS,)),
        (CONTACT, replace(CONTACT, wrong=True), True, (Cue.REFUSED,)),
        (replace(CONTACT, wrong=True), replace(CONTACT, number="1"), True, (Cue.PRESS,)),
        (ATTRACT, HALTED, True, (Cue.PRESS,)),
    ],
)
def test_what_a_touch_screen_answers(before: PageView, after: PageView, touched: bool, wanted: tuple[Cue, ...]) -> None:
    assert cues(touch(before), touch(after), touched=touched) == wanted


def panel(outcome: OutcomeView | None) -> PanelView:
    """Only its outcome counts here."""
    return PanelView(**{one.name: None for one in fields(PanelView)} | {"outcome": outcome})  # type: ignore[arg-type]  # only the outcome is heard


def test_a_panel_says_once_that_something_was_not_done() -> None:
    failed, done = OutcomeView(Mood.SUSPENDED, "没有"), OutcomeView(Mood.OPEN, "好")
    assert cues(touch(KEYPAD), touch(panel(failed)), touched=False) == (Cue.REFUSED,)
    both = touch(panel(failed))
    assert cues(both, both, touched=True) == (Cue.PRESS,)
    assert cues(touch(KEYPAD), touch(panel(done)), touched=False) == ()


def test_in_elder_mode_a_page_says_what_it_is_for_once() -> None:
    large, small = touch(HOTLINE, elder=True), touch(HOTLINE)
    assert cues(small, large, touched=True) == (Cue.PRESS, Cue.PAGE_HOTLINE)
    assert cues(large, large, touched=False) == ()
    assert cues(large, replace(large, touch=TouchView(FRAME, CALLING, elder=True)), touched=True) == (
        Cue.PRESS,
        Cue.PAGE_CALL,
    )
    assert cues(touch(KEYPAD, elder=True), touch(KEYPAD), touched=True) == (Cue.PRESS,)
    assert cues(small, touch(CALLING), touched=False) == ()


def large(page: PageView, still: StillView | None = None) -> Audible:
    return Audible(NOW, "zh", touch=TouchView(FRAME, page, elder=True, still=still))


def test_in_elder_mode_an_opinion_is_thanked_for_once_it_is_stored_and_not_while_it_is_being_stored() -> None:
    assert cues(large(OPINION), large(SAVING), touched=True) == (Cue.PRESS,)
    assert cues(large(SAVING), large(SENT), touched=False) == (Cue.PAGE_SENT,)
    assert cues(large(OPINION), large(SENT), touched=True) == (Cue.PRESS, Cue.PAGE_SENT)
    assert cues(large(SENT), large(replace(SENT, line="请记下编号")), touched=False) == ()


def test_in_elder_mode_it_is_said_first_that_the_branch_serves_nobody() -> None:
    held = replace(FRAME, suspended="暂停服务 · 停电")

    def heard(page: PageView, *, elder: bool = True) -> Audible:
        return Audible(NOW, "zh", touch=TouchView(held, page, elder))

    assert cues(large(HOTLINE), heard(HOTLINE), touched=False) == (Cue.PAGE_SUSPENDED,)
    assert cues(touch(HOTLINE), heard(HOTLINE), touched=True) == (Cue.PRESS, Cue.PAGE_SUSPENDED)
    assert cues(heard(HOTLINE), heard(CALLING), touched=True) == (Cue.PRESS, Cue.PAGE_CALL)
    assert cues(heard(HOTLINE), heard(HOME), touched=True) == (Cue.PRESS, Cue.PAGE_SUSPENDED)
    assert cues(heard(HOME), heard(HOME), touched=False) == ()
    assert cues(heard(HOTLINE), large(HOTLINE), touched=False) == ()
    assert cues(touch(HOTLINE), heard(HOTLINE, elder=False), touched=False) == ()
    assert cues(large(KEYPAD), heard(KEYPAD), touched=False) == ()
    assert cues(large(HALTED), heard(HALTED), touched=False) == ()


def test_in_elder_mode_what_was_refused_is_not_followed_by_what_may_be_done() -> None:
    assert cues(large(SAVING), large(replace(OPINION, trouble="没有保存")), touched=False) == (Cue.REFUSED,)
    assert cues(large(HOTLINE), large(replace(CALLING, mood=Mood.SUSPENDED)), touched=True) == (Cue.REFUSED,)


def test_in_elder_mode_whoever_hesitates_is_asked_aloud_once() -> None:
    asked = large(OPINION, STILL)
    assert cues(large(OPINION), asked, touched=False) == (Cue.STILL_THERE,)
    assert cues(asked, large(OPINION, replace(STILL, line="8")), touched=False) == ()
    assert cues(asked, large(OPINION), touched=True) == (Cue.PRESS,)
    small = replace(asked, touch=TouchView(FRAME, OPINION, elder=False, still=STILL))
    assert cues(touch(OPINION), small, touched=False) == ()


def test_a_screen_that_becomes_a_touch_screen_is_silent() -> None:
    assert cues(Audible(NOW, "zh"), touch(HOTLINE), touched=False) == ()


def test_every_word_has_its_sound_in_every_language_it_is_spoken_in() -> None:
    for locale in ("zh", "zh-HK", "en"):
        for cue in SPOKEN:
            assert (built_in() / locale / f"{cue}.ogg").stat().st_size > 2000, (locale, cue)
        assert {f"sound.{cue}" for cue in SPOKEN} <= set(load_catalogues()[locale].messages)
    for tone in set(Cue) - set(SPOKEN):
        assert (built_in() / f"{tone}.ogg").exists()


# ---- quiet hours and volume ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "at", "quiet"),
    [
        ("Mo-Su 12:00-14:00", "2026-11-24T04:00:00Z", True),  # noon in Shanghai, to the millisecond
        ("Mo-Su 12:00-14:00", "2026-11-24T03:59:59.999Z", False),
        ("Mo-Su 12:00-14:00", "2026-11-24T05:59:59.999Z", True),
        ("Mo-Su 12:00-14:00", "2026-11-24T06:00:00Z", False),
        ("Mo-Su 22:00-07:00", "2026-11-24T18:00:00Z", True),
        ("no such rule", "2026-11-24T04:00:00Z", True),
        (None, "2026-11-24T04:00:00Z", False),
    ],
)
def test_quiet_hours(rule: str | None, at: str, quiet: bool) -> None:
    told = Quiet(rule)
    assert told.holds(PLAN, Instant.parse(at)) is quiet
    assert told.holds(PLAN, Instant.parse(at)) is quiet, "and again"


class Heard(Speaker):
    """What would be played."""

    def __init__(self) -> None:
        super().__init__(built_in())
        self.played: list[tuple[str, str, float]] = []
        self.hushed = 0

    def play(self, name: str, locale: str, volume: float) -> None:
        self.played.append((name, locale, volume))

    def hush(self) -> None:
        self.hushed += 1


def sounding(quiet: str | None = None, *, films: bool = False) -> tuple[Sounding, Heard]:
    speaker = Heard()
    return Sounding(SoundSettings(quiet=quiet, films=films), heard=True, speaker=speaker), speaker


def see(one: Sounding, *seen: Audible, plan: HoursPlan | None = PLAN, volume: int = 60) -> None:
    for sight in seen:
        one.see(sight, plan, volume)


def test_a_screen_is_as_loud_as_it_was_told_to_be() -> None:
    one, speaker = sounding(films=True)
    see(one, Audible(NOW, "en"), Audible(NOW, "en", prompt="p"))
    assert speaker.played == [("please-rate", "en", 0.6)]
    assert one.films_heard
    assert one.film_volume() == 0.6


def test_nothing_is_heard_in_quiet_hours_and_what_is_said_breaks_off() -> None:
    one, speaker = sounding("Mo-Su 10:00-11:00", films=True)
    see(one, Audible(NOW, "zh"), Audible(NOW, "zh", prompt="p"))
    assert {volume for _, _, volume in speaker.played} <= {0.0}
    assert speaker.hushed == 2
    assert one.film_volume() == 0.0


def test_before_any_state_is_known_a_screen_is_silent() -> None:
    one, speaker = sounding(films=True)
    see(one, Audible(NOW, "zh"), Audible(NOW, "zh", prompt="p"), plan=None)
    assert {volume for _, _, volume in speaker.played} <= {0.0}
    assert one.film_volume() == 0.0


def test_a_finger_counts_for_one_sight() -> None:
    one, speaker = sounding()
    see(one, touch(HOTLINE))
    one.touched()
    see(one, touch(KEYPAD), touch(HOTLINE))
    assert [name for name, _, _ in speaker.played] == ["press"]


def test_films_are_mute_unless_they_are_to_be_heard() -> None:
    one, _ = sounding()
    see(one, Audible(NOW, "zh"))
    assert not one.films_heard
    assert one.film_volume() == 0.0
    mute = Sounding(SoundSettings(films=True), heard=False)
    see(mute, Audible(NOW, "zh"), Audible(NOW, "zh", prompt="p"))
    assert not mute.films_heard


# ---- the sound card --------------------------------------------------------------------------------------------------


def test_without_anything_that_plays_nothing_is_opened(tmp_path: Path) -> None:
    assert audio_driver({}, tmp_path) == "dummy"
    (tmp_path / "pcmC0D0p").touch()
    assert audio_driver({}, tmp_path) is None
    assert audio_driver({"SDL_AUDIODRIVER": "disk"}, tmp_path) == "disk"
    assert heard({})
    assert heard({"SDL_AUDIODRIVER": "disk"})
    assert not heard({"SDL_AUDIODRIVER": "dummy"})


def test_what_a_counters_scene_lets_be_heard() -> None:
    def seen(**more: object) -> Audible:
        counters = (COUNTERS[0], counter("2", PERSONAL, "personal", **more), *COUNTERS[2:])
        picture = scene(branch(counters=counters), None, HOURS, DISPLAY, NOON, True)
        return audible(picture, NOON, "zh", None, None)

    asked = seen(prompt=Prompt(id="p", until=after_noon(10)))
    thanked = seen(thanks=Thanks(until=after_noon(6)))
    assert (asked.prompt, asked.thanks) == ("p", None)
    assert (thanked.prompt, thanked.thanks) == (None, after_noon(6))
    assert seen() == Audible(NOON, "zh")
