"""Standings, views and events: what a press means, and what a pad shows."""

from pathlib import Path

import pytest

from firmware_bridge import events
from firmware_bridge.faults import Faults, Place
from firmware_bridge.prompts import Answer, Asked, Ending
from firmware_bridge.sessions import Look, OpenPrompt, PadId, Press, View
from firmware_bridge.settings import BridgeSettings
from firmware_bridge.standings import Standing, Standings
from firmware_bridge.views import view
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.link.client import Address
from tests.unit.firmware_bridge.branch import PLAN, branch, suspended
from tests.unit.firmware_bridge.pads import START, after

PRESS = Press("1", PadId("a1b2c3d4e5f60718", 7), 1, 9, 5, START)
ASKED = Asked(9, "p", "1", "t8", START, after(15), shown=True)


def data(answer: Answer | None, standing: Standing | None) -> dict[str, object]:
    draft = events.rating(PRESS, 5, answer, standing)
    assert (draft.kind, draft.at, draft.id) == ("rating", START, "35dee21b-c3e7-510d-bcc1-9ed51996d9b9")
    return draft.data


def test_a_rating_says_all_it_knows() -> None:
    assert data(Answer(ASKED, counts=True), Standing(Look.OPEN, "t9")) == {
        "counter": "1",
        "stars": 5,
        "channel": "pad",
        "pad": "a1b2c3d4e5f60718",
        "press": {"boot": 7, "n": 1},
        "prompt": "p",
        "teller": "t8",
        "reasons": [],
        "flags": [],
    }


@pytest.mark.parametrize(
    ("answer", "standing", "flags", "teller"),
    [
        (None, None, ["unprompted"], None),
        (None, Standing(Look.OPEN, "t9"), ["unprompted"], "t9"),
        (Answer(ASKED, counts=False), Standing(Look.SUSPENDED), ["repeat", "suspended"], "t8"),
        (Answer(ASKED, counts=True), Standing(Look.PAUSED), ["suspended"], "t8"),
        (Answer(ASKED, counts=True), Standing(Look.SUSPENDED, since=after(1)), ["suspended"], "t8"),
        (Answer(ASKED, counts=True), Standing(Look.SUSPENDED, since=START), ["suspended"], "t8"),
        (Answer(ASKED, counts=True), Standing(Look.SUSPENDED, since=after(-1)), [], "t8"),
        (Answer(ASKED, counts=False), Standing(Look.SUSPENDED, since=after(-1)), ["repeat", "suspended"], "t8"),
        (None, Standing(Look.SUSPENDED, since=after(-1)), ["unprompted", "suspended"], None),
        (None, Standing(Look.CLOSED), ["unprompted"], None),
    ],
)
def test_flags(answer: Answer | None, standing: Standing | None, flags: list[str], teller: str | None) -> None:
    found = data(answer, standing)
    assert (found["flags"], found.get("teller")) == (flags, teller)


def test_the_help_key_calls() -> None:
    draft = events.call(PRESS, "bridge-1")
    assert (draft.kind, draft.data) == ("call", {"counter": "1", "device": "bridge-1", "on": True})


@pytest.mark.parametrize(
    ("ending", "shown", "answered", "outcome"),
    [
        (Ending.RATED, False, True, "rated"),
        (Ending.UNRATED, True, False, "unrated"),
        (Ending.CANCELLED, True, False, "cancelled"),
        (Ending.UNRATED, False, False, None),
        (Ending.ELSEWHERE, True, False, None),
        (None, True, False, None),
    ],
)
def test_a_prompts_end_is_told_by_who_showed_it(
    ending: Ending | None, shown: bool, answered: bool, outcome: str | None
) -> None:
    asked = Asked(9, "p", "1", None, START, after(15), shown, answered, ending)
    draft = events.prompt_ended(asked, after(20))
    assert (draft.data if draft else None) == ({"prompt": "p", "counter": "1", "outcome": outcome} if outcome else None)
    named = events.prompt_ended(Asked(9, "p", "1", "t8", START, after(15), True, True, Ending.RATED), START)
    assert named is not None
    assert named.data["teller"] == "t8"


def test_a_counters_past_is_remembered() -> None:
    hours = read_hours(PLAN)
    standings = Standings()
    assert standings.present("1") == Standing(Look.CLOSED)
    assert standings.at("1", START) is None
    assert standings.deadline() is None
    standings.take(branch(teller="t8"), hours, START)
    standings.take(branch(teller="t8"), hours, after(60))
    assert standings.present("1") == Standing(Look.OPEN, "t8", 4, Instant.parse("2026-11-24T09:00:00Z"))
    assert standings.deadline() == Instant.parse("2026-11-24T09:00:00Z")
    standings.take(branch(suspension=suspended(after(90))), hours, after(100))
    standings.take(branch(suspension=suspended(after(190), "break")), hours, after(200))
    standings.take(branch(), hours, Instant.parse("2026-11-24T10:00:00Z"))
    looks = [standing.look for at in (-1, 0, 99, 100, 250) if (standing := standings.at("1", after(at)))]
    assert looks == [Look.OPEN, Look.OPEN, Look.SUSPENDED, Look.PAUSED]
    assert standings.present("1").look is Look.CLOSED


def test_a_suspension_older_than_the_program_counts_from_its_beginning() -> None:
    standings = Standings()
    standings.take(branch(suspension=suspended(after(-500))), read_hours(PLAN), START)
    before = standings.at("1", after(-400))
    assert before is not None
    assert (before.look, before.since) == (Look.SUSPENDED, after(-500))
    assert standings.at("1", after(-501)) is None


def test_a_pad_shows_state_teller_and_prompt() -> None:
    settings = BridgeSettings(
        "b", Address("127.0.0.1", 1), Path("x"), (), look_words={Look.OPEN: "欢迎光临"}, teller_words="工号 {teller}"
    )
    assert view(Standing(Look.OPEN, "8", 4), ASKED, settings) == View(
        Look.OPEN, 4, ("欢迎光临", "工号 8"), OpenPrompt(9, after(15))
    )
    assert view(Standing(Look.CLOSED), None, settings) == View(Look.CLOSED, 0, ("", ""))


def test_a_strip_asks_while_a_rating_is_asked_for_at_an_open_counter() -> None:
    words = {Look.OPEN: "热情为您服务", Look.PAUSED: "暂停服务"}
    settings = BridgeSettings("b", Address("127.0.0.1", 1), Path("x"), (), strip_words=words, strip_asking="请评价")
    assert view(Standing(Look.OPEN), None, settings).strip == "热情为您服务"
    assert view(Standing(Look.OPEN), ASKED, settings).strip == "请评价"
    assert view(Standing(Look.PAUSED), ASKED, settings).strip == "暂停服务"


def test_a_fault_is_told_when_it_begins_and_ends() -> None:
    faults = Faults()
    place = Place("bridge-1", "1")
    assert not faults.set(place, "pad-stuck", False, "", START)
    assert faults.set(place, "pad-stuck", True, "has a stuck key", START)
    assert not faults.set(place, "pad-stuck", True, "has a stuck key", after(1))
    assert [(one.code, one.since, one.text) for one in faults.present] == [
        ("pad-stuck", START, "bridge-1/1: has a stuck key")
    ]
    begun = faults.changes
    assert faults.set(place, "pad-stuck", False, "gone", after(2))
    faults.stored(begun)
    (over,) = faults.changes
    assert over.present is None
    assert over.draft is not None
    assert (over.draft.data["device"], over.draft.data["on"]) == ("bridge-1/1", False)
    assert faults.present == ()
    faults.set(place, "pad-lost", True, "silent", after(3))
    assert [change.draft for change in faults.changes][1:] == [None]  # the controller tells of that one
    (lost,) = [change.present for change in faults.changes if change.present]
    restarted = Faults([("bridge-1/1", lost)])
    assert not restarted.set(place, "pad-lost", True, "silent", after(4))
    restarted.end_elsewhere([Place("bridge-1", "1")], after(5))
    assert lost in restarted.present
    restarted.end_elsewhere([Place("bridge-1", "2")], after(5))
    assert not restarted.present
    assert [(change.code, change.present) for change in restarted.changes] == [("pad-lost", None)]
