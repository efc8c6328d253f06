"""What a fascia and a strip say at rest, whole: the words, and what is said after them."""

import pytest

from signage.core.hours import Hours, read_hours
from signage.core.items import Line, Shape
from signage.core.lines import fascia_line, strip_line, strip_word
from signage.core.model import BranchState, CounterCondition, HoursPlan
from signage.core.parts import header
from signage.core.phrases import Phrase
from signage.core.situation import Situation
from tests.unit.core.branches import FASCIA, HOURS, PERSONAL, STRIP, branch, counter, later, suspension

NAME = {"zh": "杭州高新支行", "en": "Hangzhou Gaoxin Sub-branch"}
NO_TIME = Phrase("suspended.no_time")
AT_ONE = Phrase("suspended.expected", {"time": Phrase("time.today", {"time": "13:00"})})
ELSEWHERE = Phrase("suspended.instead_counters", {"numbers": ("1", "3")})
UNTIL_FIVE = Phrase("hours.open_until", {"time": Phrase("time.today", {"time": "17:00"})})
OPENS = Phrase("hours.opens_at", {"time": Phrase("time.tomorrow", {"time": "09:00"})})


def spans(end: str) -> Phrase:
    return Phrase("span.list", {"spans": (Phrase("span.day", {"start": "09:00", "end": end}),)})


TODAY = Phrase("fascia.today", {"hours": spans("17:00")})


def fascia(state: BranchState | None = None, seconds: float = 0, hours: Hours = HOURS) -> Line:
    here = Situation(state or branch(), hours, FASCIA, later(seconds), heard=True)
    return fascia_line(here, header(here))


def strip(state: BranchState, seconds: float = 0, *, asked: bool = False) -> Line:
    here = Situation(state, HOURS, STRIP, later(seconds), heard=True)
    assert here.counter_view is not None
    return strip_line(here, here.counter_view, asked=asked)


def hours_of(rules: dict[str, str]) -> Hours:
    return read_hours(HoursPlan(timezone="Asia/Shanghai", rules=rules))


@pytest.mark.parametrize(
    ("condition", "asked", "word"),
    [
        ("open", False, "strip.open"),
        ("open", True, "strip.rate"),
        ("suspended", False, "strip.suspended"),
        ("suspended", True, "strip.suspended"),
        ("closed", True, "strip.closed"),
    ],
)
def test_a_strip_asks_for_a_rating_only_where_somebody_serves(
    condition: CounterCondition, asked: bool, word: str
) -> None:
    assert strip_word(condition, asked=asked) == word


def test_a_strip_asks_only_when_it_is_told_to() -> None:
    assert strip_word("open") == "strip.open"


@pytest.mark.parametrize(
    ("state", "seconds", "shape", "more"),
    [
        (branch(), 0, Shape.OPEN, ()),
        (branch(), 6 * 3600, Shape.CLOSED, ()),
        (branch(suspensions=(suspension("counter:2", until=3600),)), 0, Shape.SUSPENDED, (ELSEWHERE,)),
        (branch(suspensions=(suspension(until=3600),)), 0, Shape.SUSPENDED, (AT_ONE,)),
        (branch(suspensions=(suspension(),)), 0, Shape.SUSPENDED, (NO_TIME,)),
        (branch(counters=(counter("2", state="suspended"),)), 0, Shape.SUSPENDED, ("suspended.instead_lobby",)),
    ],
)
def test_a_strip_says_what_its_counter_does_and_suspended_where_to_go_or_when_it_is_back(
    state: BranchState, seconds: float, shape: Shape, more: tuple[Phrase | str, ...]
) -> None:
    said = tuple(Phrase(one) if isinstance(one, str) else one for one in more)
    assert strip(state, seconds) == Line(PERSONAL, shape, Phrase(f"strip.{shape}"), said)


def test_a_strip_that_asks_says_nothing_else() -> None:
    assert strip(branch(), asked=True) == Line(PERSONAL, Shape.OPEN, Phrase("strip.rate"))
    assert strip(branch(suspensions=(suspension("counter:2"),)), asked=True).words == Phrase("strip.suspended")


def test_a_strip_whose_own_screen_is_suspended_still_tells_of_its_counter() -> None:
    both = (suspension("device:strip-2"), suspension("counter:2"))
    assert strip(branch(suspensions=both)).more == (ELSEWHERE,)
    assert strip(branch(suspensions=both[:1])) == Line(PERSONAL, Shape.OPEN, Phrase("strip.open"))


@pytest.mark.parametrize(
    ("seconds", "line"),
    [
        (0, Line(NAME, Shape.OPEN, UNTIL_FIVE, (TODAY,))),
        (4.5 * 3600, Line(NAME, Shape.ATTENTION, Phrase("state.closing_soon"), (UNTIL_FIVE, TODAY))),
        (5 * 3600, Line(NAME, Shape.CLOSED, Phrase("state.closed"), (OPENS,))),
    ],
)
def test_a_fascia_says_until_when_or_when_again(seconds: float, line: Line) -> None:
    assert fascia(seconds=seconds) == line


def test_a_fascia_names_each_service_where_their_hours_differ() -> None:
    apart = hours_of({"personal": "Mo-Su 09:00-17:00", "corporate": "Mo-Su 09:00-16:00"})
    assert fascia(hours=apart).more == (
        Phrase("fascia.service", {"service": Phrase("service.personal"), "hours": spans("17:00")}),
        Phrase("fascia.service", {"service": Phrase("service.corporate"), "hours": spans("16:00")}),
    )


def test_a_service_that_rests_today_is_closed_within_the_line() -> None:
    apart = hours_of({"personal": "Mo-Su 09:00-17:00", "corporate": "Mo 09:00-16:00"})
    assert fascia(hours=apart).more[1] == Phrase(
        "fascia.service", {"service": Phrase("service.corporate"), "hours": Phrase("span.none_within")}
    )


def test_a_fascia_of_one_service_does_not_name_it() -> None:
    assert fascia(hours=hours_of({"night": "Mo-Su 09:00-17:00"})).more == (TODAY,)


def test_a_fascia_whose_hours_nobody_knows_sends_people_to_the_staff() -> None:
    assert fascia(hours=hours_of({})) == Line(NAME, Shape.ATTENTION, Phrase("state.ask_staff"))


def test_a_fascia_tells_the_branchs_suspension_and_not_its_own() -> None:
    suspended = Line(NAME, Shape.SUSPENDED, Phrase("state.suspended"), (Phrase("reason.power"), AT_ONE))
    assert fascia(branch(suspensions=(suspension(until=3600),))) == suspended
    assert fascia(branch(suspensions=(suspension("device:door"),))) == fascia()
