"""What stands in a screen's place says only what stays true."""

import pytest

from kiosk.gallery import samples
from kiosk.guard.page import Shown
from kiosk.view.standby import alarm_until, standby_views, stands_for
from kiosk.view.voice import Voice
from signage.core.hours import read_hours
from signage.core.model import BranchState
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

VOICE = Voice.of(load_catalogues(), "zh")
EMERGENCY = samples.noticed({"zh": "请立即离开"}, 1000)


def seen(state: BranchState | None) -> Scene:
    hours = read_hours(state.hours) if state is not None else None
    return scene(state, None, hours, samples.WALL, samples.AFTERNOON)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (None, Shown.UNKNOWN),
        (samples.house(), Shown.HOUSE),
        (samples.suspended("branch", "power", "16:30"), Shown.SUSPENDED),
        (samples.suspended("counter:3", "fault"), Shown.HOUSE),
        (EMERGENCY, Shown.ALARM),
    ],
)
def test_the_picture_is_true_of_the_branch(state: BranchState | None, shown: Shown) -> None:
    assert stands_for(state, seen(state), samples.AFTERNOON, VOICE) is shown


@pytest.mark.parametrize("state", [samples.house(), None])
def test_for_a_dark_screen_nothing_stands(state: BranchState | None) -> None:
    assert stands_for(state, seen(state), samples.AFTERNOON, VOICE, lit=False) is Shown.DARK


def test_an_emergency_ends_when_it_says_and_nothing_else_outlives_its_scene() -> None:
    assert alarm_until(seen(EMERGENCY)) == EMERGENCY.notices[0].until
    house = seen(samples.house())
    assert alarm_until(house) == house.until


def test_it_names_the_branch_and_the_hotline_and_no_time_or_reason() -> None:
    branch = samples.house().branch
    views = standby_views(branch.name, branch.hotline, VOICE)
    assert views[Shown.HOUSE].title.first == "杭州高新支行"
    assert views[Shown.HOUSE].line == VOICE.both("standby.back")
    suspended = views[Shown.SUSPENDED]
    assert suspended.title.first == "暂停服务"
    assert [fact.words.first for fact in suspended.facts] == ["如需帮助，请咨询大堂经理", "服务监督电话 95599"]


def test_without_a_branch_it_still_has_words() -> None:
    views = standby_views(None, "", VOICE)
    assert views[Shown.HOUSE].title == VOICE.both("safe.title")
    assert len(views[Shown.SUSPENDED].facts) == 1
