"""Reminders, escalation, mail, announcements and erasure by date, with the clock in the test's hand."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from signage.content.keys import Keys
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from signage.link.clock import Moment
from signage.link.sealer import Sealer
from signage.office.cases.acting import act
from signage.office.cases.service import CaseService, CaseSettings
from signage.office.cases.telling import BranchTeller
from signage.office.cases.urging import Recipient, already_told
from signage.office.commanding import CommandQueue
from signage.office.database import Store
from signage.office.erasing import ERASED
from signage.office.mail import MailServer
from signage.office.roster import RosterBranch
from signage.office.tables import events
from signage.office.tables_cases import mails
from signage.wire.messages import Command
from signage.wire.sealing import SEALED, public_of
from tests.unit.office.case_desk import TUESDAY, Branches, calendars, later, local

WORDS = load_catalogues()
ROSTER = {"hz-1": RosterBranch("hz-1", "杭州高新支行", "zhejiang", ("city",))}
BRANCH = Recipient(("lobby@bank.example",), frozenset({"due", "overdue"}), branches=frozenset({"hz-1"}))
REGION = Recipient(("region@bank.example", "lobby@bank.example"), frozenset({"escalated"}), frozenset({"zhejiang"}))
WORD, NUMBER = "等了四十分钟", "13800138000"
LOW = {
    "counter": "2",
    "stars": 1,
    "comment": WORD,
    "contact": NUMBER,
    "consent": str(TUESDAY),
    "phrases": ["long-wait"],
}


class Office:
    def __init__(self, store: Store, keys: Keys | None = None, **changed: object) -> None:
        settings = {"recipients": (BRANCH, REGION), "roster": ROSTER, "words": [WORDS["zh"], WORDS["en"]]} | changed
        teller = None if keys is None else BranchTeller(store, keys.make("operations-a"), "a")
        self.store = store
        self.service = CaseService(CaseSettings(calendars=calendars, **settings), store, teller)  # type: ignore[arg-type]  # as above
        self._mono = 0.0

    def at(self, now: Instant | str) -> None:
        """A round at that time."""
        self._mono += 10_000
        at = local(now) if isinstance(now, str) else now
        assert self.service.tick(Moment(at, self._mono)) > self._mono

    def figures(self, now: str) -> dict[tuple[str, ...], float]:
        found = self.service.figures(Moment(local(now), self._mono))
        return {(one.metric.name.removeprefix("signage_"), *one.labels): one.value for one in found}

    @property
    def mails(self) -> list[tuple[str, str, str]]:
        with self.store.read() as connection:
            return [
                (row.recipient, row.subject, row.body)
                for row in connection.execute(select(mails).order_by(mails.c.key))
            ]

    @property
    def commands(self) -> list[Command]:
        queue = CommandQueue(self.store)
        return queue.read(queue.alive(TUESDAY))


@pytest.fixture
def branches(store: Store) -> Branches:
    return Branches(store)


def test_each_level_is_told_once_and_the_customer_in_none(store: Store, branches: Branches) -> None:
    office = Office(store)
    low = branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    for now in ("2026-11-24T12:00", "2026-11-25T08:59"):
        office.at(now)
    assert office.mails == []
    for now in ("2026-11-25T09:00", "2026-11-25T09:01", "2026-11-26T00:00", "2026-11-26T08:00"):
        office.at(now)
    for now in ("2026-11-26T09:00", "2026-11-26T10:00"):
        office.at(now)
    number = branches.cases()[0].row["number"]
    assert [(to, subject) for to, subject, _ in office.mails] == [
        ("lobby@bank.example", f"〔今日到期〕杭州高新支行 工单 {number[:4]} {number[4:]}：调查"),
        ("lobby@bank.example", f"〔已逾期〕杭州高新支行 工单 {number[:4]} {number[4:]}：调查"),
        ("region@bank.example", f"〔逾期上报〕杭州高新支行 工单 {number[:4]} {number[4:]}：调查"),
        ("lobby@bank.example", f"〔逾期上报〕杭州高新支行 工单 {number[:4]} {number[4:]}：调查"),
    ]
    everything = str(office.mails)
    assert WORD not in everything
    assert NUMBER not in everything
    assert "2026-11-25" in everything
    assert low in everything
    assert len(already_told(store)) == 3


def test_prometheus_is_told_how_the_cases_stand_and_what_waits(store: Store, branches: Branches) -> None:
    office = Office(store)
    branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    office.at("2026-11-24T12:00")
    quiet = {
        ("database_up",): 1,
        ("cases_open", "running"): 1,
        ("cases_open", "due"): 0,
        ("cases_open", "overdue"): 0,
        ("cases_open", "escalated"): 0,
        ("cases_waiting_mails",): 0,
        ("cases_waiting_mail_seconds",): 0,
    }
    assert office.figures("2026-11-24T12:00") == quiet
    office.at("2026-11-25T09:00")
    due = {("cases_open", "running"): 0, ("cases_open", "due"): 1}
    assert office.figures("2026-11-25T09:10") == quiet | due | {
        ("cases_waiting_mails",): 1,
        ("cases_waiting_mail_seconds",): 600,
    }


def test_after_a_pause_only_where_it_stands_is_told(store: Store, branches: Branches) -> None:
    branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    Office(store).at("2026-11-26T09:00")
    again = Office(store)
    again.at("2026-11-26T09:01")
    assert [to for to, _, _ in again.mails] == ["region@bank.example", "lobby@bank.example"]


def test_what_is_done_in_time_is_not_reminded_of_and_the_next_step_is(store: Store, branches: Branches) -> None:
    office = Office(store)
    low = branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    act(store, "hz-1", {"case": low, "action": "investigated", "actor": "x"}, later(60))
    office.at("2026-11-25T12:00")
    assert office.mails == []
    office.at("2026-12-01T12:00")
    assert [subject[-2:] for _, subject, _ in office.mails] == ["处理"]
    act(store, "hz-1", {"case": low, "action": "closed", "actor": "x"}, later(70))
    office.at("2027-02-01T12:00")
    assert len(office.mails) == 1


def test_a_deadline_that_is_put_off_is_reminded_of_anew(store: Store, branches: Branches) -> None:
    office = Office(store)
    low = branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    act(store, "hz-1", {"case": low, "action": "handled", "actor": "x"}, later(60))
    act(
        store,
        "hz-1",
        {"case": low, "action": "handled", "actor": "x", "complicated": "legal"},
        local("2026-12-09T11:00"),
    )
    office.at("2026-12-09T10:00")
    office.at("2026-12-24T10:00")
    assert len([one for one in office.mails if "办结" in one[1]]) == 1
    assert "2026-12-24" in office.mails[-1][2]


def test_what_nobody_saw_to_for_weeks_is_written_about_by_nobody(store: Store, branches: Branches) -> None:
    office = Office(store)
    branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    office.at("2027-01-20T12:00")
    assert office.mails == []


def test_new_cases_are_looked_at_soon_and_old_ones_now_and_then(store: Store, branches: Branches) -> None:
    service = Office(store).service
    late = local("2026-11-26T12:00")

    def mails_at(mono: float) -> int:
        service.tick(Moment(late, mono))
        with store.read() as connection:
            return len(connection.execute(select(mails)).all())

    assert mails_at(100.0) == 0
    branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    assert [mails_at(mono) for mono in (101.0, 101.9, 102.0)] == [0, 0, 2]
    late = local("2026-12-02T12:00")
    assert [mails_at(mono) for mono in (111.9, 112.0)] == [2, 4]


def test_another_region_is_not_written_to(store: Store, branches: Branches) -> None:
    office = Office(store)
    branches.event("rating", TUESDAY, LOW, branch="nb-1")
    branches.arrive()
    office.at("2026-11-26T12:00")
    assert office.mails == []
    assert len(already_told(store)) == 1


def test_the_branch_is_told_of_escalations_and_of_cases_it_did_not_open(
    store: Store, branches: Branches, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = Office(store, Keys(tmp_path_factory.mktemp("keys")))
    low = branches.event("rating", TUESDAY, LOW)
    branches.event("case", later(1), {"case": low, "action": "opened", "source": "rating", "counter": "2", "stars": 1})
    call = branches.event("call", TUESDAY, {"device": "lobby", "counter": "3", "on": True})
    branches.arrive()
    office.at(later(9))
    assert office.commands == []
    office.at(later(10))
    assert office.commands == []
    office.at(later(10.5))
    office.at(later(11))
    (opened,) = office.commands
    assert (opened.target, opened.name, opened.signature is not None) == ("hz-1", "case.update", True)
    assert opened.args == {"case": call, "action": "opened", "at": str(later(10)), "source": "call", "counter": "3"}
    act(store, "hz-1", {"case": low, "action": "assigned", "actor": "x", "owner": "wang"}, later(20))
    office.at("2026-11-26T09:00")
    told = [command.args for command in office.commands if command.args["case"] == low]
    assert told == [{"case": low, "action": "assigned", "owner": "wang", "reminder": "escalated"}]


def test_a_mail_server_that_is_away_is_said_and_costs_nothing(store: Store, branches: Branches) -> None:
    office = Office(store, mail=MailServer("127.0.0.1", 9, "a@bank.example", encryption="none"))
    branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    office.at("2026-11-25T09:00")
    with store.read() as connection:
        row = connection.execute(select(mails)).one()
    assert (row.tries, row.sent_at) == (1, None)
    assert "refused" in row.problem


def test_what_has_been_kept_long_enough_is_erased(store: Store, branches: Branches) -> None:
    office = Office(store, keep_days=30)
    sealer = Sealer((public_of(bytes(32)),))
    low = branches.event("rating", TUESDAY, sealer.sealed("rating", "x", LOW))
    branches.arrive()
    office.at(Instant.of(TUESDAY + timedelta(days=30)))
    assert SEALED in data_of(store, low)
    office.at(Instant.of(TUESDAY + timedelta(days=30, seconds=1)))
    assert set(json.loads(data_of(store, low))) == {"counter", "stars", "consent", "phrases", ERASED}


def data_of(store: Store, identity: str) -> str:
    with store.read() as connection:
        return str(connection.execute(select(events.c.data).where(events.c.id == identity)).scalar_one())


def test_a_database_that_is_away_is_tried_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    office = Office(Store(f"sqlite:///{tmp_path_factory.mktemp('none')}/absent/office.db"))
    office.at(TUESDAY)
    office.at(later(1))
