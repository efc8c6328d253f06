"""Journeys of a case, as step lists: real programs, two real brokers, a real database, a real mail server."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from signage.cli.case_settings import branch_teller, case_settings
from signage.config.load import load_head_office
from signage.core.instants import Instant
from signage.core.timelies import Clock, Clocked, Progress, Terms, WorkingDays, clocks
from signage.link.clock import Moment, now
from signage.office.cases.service import CaseService
from signage.office.database import Store
from tests.flows.house import until
from tests.system.case_house import NOTE, NUMBER, PIN, STROKES, WORD, CaseHouse, Step, walk
from tests.unit.office.postgres import free_port, programs, server
from tests.unit.office.test_mail import Box

pytestmark = pytest.mark.system


def test_a_low_rating_is_followed_up_and_fed_back_in_time(tmp_path: Path) -> None:
    case = ""

    def rates(house: CaseHouse) -> None:
        nonlocal case
        case = house.rate()

    def is_alerted(house: CaseHouse) -> None:
        house.panel(case, "the case, with a number to call", lambda one: one.callback and one.due is not None)
        assert house.lobby.state is not None
        assert [call.id for call in house.lobby.state.calls] == [case]

    def reads(house: CaseHouse) -> None:
        assert house.lobby.sign_in(PIN).ok
        result = house.order("case.read", case=case, reader=house.reader.public).result
        said = house.reader.read(result or {}) or {}
        assert (said["text"], said["contact"], said["strokes"]) == (WORD, NUMBER, STROKES)

    def does(action: str, **args: str) -> Step:
        def step(house: CaseHouse) -> None:
            house.order("case.update", case=case, action=action, **args)
            until(lambda: house.case(case)["action"] == action, f"head office knows it is {action}")

        return Step(f"the lobby manager says: {action}", step)

    def knows_all(house: CaseHouse) -> None:
        found = house.case(case, "--unsealed", "--key", house.folder / "keys" / "office.key")
        assert (found["owner"], found["counter"], found["rule"]) == ("wang", "2", "low-rating")
        assert {clock["what"]: clock["stands"] for clock in found["clocks"]} == dict.fromkeys(
            ("investigated", "handled", "fed-back", "whole"), "in-time"
        )
        assert [one["contact"] for one in found["said"] if "contact" in one] == [NUMBER]
        assert [one["text"] for one in found["said"] if "text" in one] == [NOTE]

    with ExitStack() as stack:
        walk(
            CaseHouse(tmp_path, stack),
            (
                Step("head office's watch over cases runs", lambda house: house.run_cases()),
                Step("a customer rates counter 2 with one star and leaves words and a number", rates),
                Step("the lobby manager's panel has an alert and a case", is_alerted),
                Step("head office has the case", lambda house: until(lambda: house.known(case), "it")),
                Step("head office gives it to Wang", lambda house: house.told("cases", "assign", case, "wang", "--by", "zhao")),
                Step("her panel says so", lambda house: house.panel(case, "the owner", lambda one: one.owner == "wang")),
                Step("she signs in and reads what the customer wrote", reads),
                does("investigated"),
                does("handled", text=NOTE),
                Step(
                    "the next deadline on her panel is the feedback's",
                    lambda house: house.panel(case, "feedback", lambda one: one.step == Clocked.FED_BACK),
                ),
                does("fed-back", answer="apology"),
                Step("everything was in time, and head office can read it all with its key", knows_all),
                Step("no word and no number stands in any file or has passed a broker", lambda house: _same(house.leaks(), [])),
                does("closed"),
            ),
        )  # fmt: skip


def _same(found: object, wanted: object = None) -> None:
    assert found == wanted


class Post:
    """A mail server that goes away and comes back on the same port."""

    def __init__(self) -> None:
        self.box, self.port = Box(), free_port()
        self.open()

    def open(self) -> None:
        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        self._controller.stop()


@pytest.fixture
def post() -> Iterator[Post]:
    made = Post()
    yield made
    made.close()


def escalated_by_now(days: WorkingDays, at: Instant) -> tuple[Instant, Clock]:
    """The latest full hour at which a rating's investigation would be escalated by now, and that clock."""
    for hours in range(1, 24 * 30):
        rated = Instant.of(at - timedelta(hours=hours))
        clock = clocks(Progress(rated), days, Terms())[0]
        if clock.escalate <= at:
            return rated, clock
    raise AssertionError("there is such an hour within a month")


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")
def test_one_too_late_is_reminded_of_escalated_and_written_about(tmp_path: Path, post: Post) -> None:
    box = post.box
    mail = (
        f'[mail]\nhost = "127.0.0.1"\nport = {post.port}\nfrom = "cases@bank.example"\ntls = "none"\n'
        '[[cases.recipient]]\nto = ["lobby@bank.example"]\nbranches = ["hz-1"]\n'
        '[[cases.recipient]]\nto = ["region@bank.example"]\non = ["escalated"]\nregions = ["hz"]\n'
    )
    with ExitStack() as stack, server(tmp_path) as database:
        house = CaseHouse(tmp_path, stack, office=mail, url=database.url)
        loaded = load_head_office(house.file)
        store = Store(loaded.database.url)
        stack.callback(store.close)
        settings = case_settings(loaded)
        service = CaseService(settings, store, branch_teller(loaded, store))
        rated, clock = escalated_by_now(settings.calendars("hz-1"), now())  # the screen was cut off since
        case = ""

        def rates(house: CaseHouse) -> None:
            nonlocal case
            case = house.rate(rated)

        def service_at(at: Instant, mono: float) -> None:
            service.tick(Moment(at, mono))

        def has_mail(count: int, words: str) -> None:
            assert len(box.taken) == count
            assert words in str(box.taken[-1]["Subject"])
            body = box.taken[-1].get_payload(decode=True)
            assert isinstance(body, bytes)
            assert not any(word in body.decode() for word in (WORD, NUMBER))

        walk(
            house,
            (
                Step("a customer rates with one star, and nobody follows it up", rates),
                Step("head office has the case", lambda house: until(lambda: house.known(case), "it")),
                Step("a moment before its last working day's morning", lambda _: service_at(Instant.of(clock.remind - timedelta(milliseconds=1)), 10)),
                Step("nobody is written to", lambda _: _same(box.taken, [])),
                Step("on that morning", lambda _: service_at(clock.remind, 20)),
                Step("the branch is reminded", lambda _: has_mail(1, "今日到期")),
                Step("the day ends", lambda _: service_at(clock.due, 30)),
                Step("the branch hears that it is late", lambda _: has_mail(2, "已逾期")),
                Step("the mail server goes away, and a working day passes", lambda _: post.close()),
                Step("head office escalates it", lambda _: service_at(now(), 40)),
                Step("the mail waits and the list says so", lambda house: _same("逾期上报" in house.told("cases", "list"), True)),
                Step("the lobby manager's panel says that head office urges it", lambda house: house.panel(case, "it", lambda one: one.urged)),
                Step("the mail server is back", lambda _: post.open()),
                Step("head office goes on", lambda _: service_at(now(), 50)),
                Step("the region has its mail", lambda _: _same([str(one["To"]) for one in box.taken[2:]], ["region@bank.example"])),
                Step("Wang takes it up", lambda house: house.lobby.sign_in(PIN).ok and house.order("case.update", case=case, action="handled")),
                Step("which ends the urging", lambda house: house.panel(case, "it", lambda one: not one.urged)),
                Step("and was late", lambda house: until(lambda: house.case(case)["clocks"][0]["stands"] == "late", "it")),
                Step("no word and no number stands anywhere", lambda house: _same(house.leaks(), [])),
            ),
        )  # fmt: skip
