"""`signage cases run`: follows the events, reminds, escalates, hands over mail, and erases what has been kept long enough."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import structlog

from signage.core.case_rules import DEFAULT_RULES, CaseRule
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
from signage.core.timelies import Terms, Timely
from signage.link.clock import Moment
from signage.link.exporter import Exporter, Listen, measured
from signage.link.figures import Figure
from signage.link.log import Trouble
from signage.link.loop import MainLoop
from signage.office.cases.listing import Calendars, CaseRow, Wanted, read_cases
from signage.office.cases.register import Register, nowhere
from signage.office.cases.telling import BranchTeller
from signage.office.cases.urging import Key, Recipient, Urging, already_told, mails_about, note, urgings
from signage.office.database import DatabaseAway, Store
from signage.office.erasing import Erasure, erase
from signage.office.figures import CASES_OPEN, DATABASE_UP, MAILS, MAILS_S
from signage.office.mail import MailAway, MailServer, Waiting, send, waiting
from signage.office.roster import RosterBranch

_FOLLOW_EVERY_S: Final = 1.0
_LOOK_EVERY_S: Final = 10.0  # over every open case and its clocks; some tenths of a second for thousands of them
_LOOK_AGAIN_S: Final = 2.0  # where something has happened
_AWAY_S: Final = 5.0
_ERASE_EVERY_S: Final = 3600.0
_NEWS: Final = timedelta(hours=24)  # a branch is told of a case that it has not opened itself, while that is news
_PATIENCE: Final = timedelta(seconds=30)  # its own word may still be on the way
_TOLD: Final = "told"
_RUNNING: Final = (Timely.RUNNING, Timely.DUE, Timely.OVERDUE, Timely.ESCALATED)


@dataclass(frozen=True)
class CaseSettings:
    """What head office's file says of cases. `calendars`: a branch's id → its working days; `prompted_only`: see Register."""

    calendars: Calendars
    words: Sequence[Catalogue]
    terms: Terms = field(default_factory=Terms)
    rules: Sequence[CaseRule] = DEFAULT_RULES
    recipients: Sequence[Recipient] = ()
    roster: Mapping[str, RosterBranch] = field(default_factory=dict)
    prompted_only: Callable[[str], bool] = nowhere
    mail: MailServer | None = None
    keep_days: int | None = None


class CaseService:
    """Belongs to one main loop. Whatever is away is told once a minute, and what waits for it stays in the database."""

    def __init__(self, settings: CaseSettings, store: Store, teller: BranchTeller | None) -> None:
        self._settings = settings
        self._store = store
        self._teller = teller
        self._register = Register(store, settings.rules, settings.prompted_only)
        self._ready = False
        self._news = 0  # what has been followed since all cases were looked at
        self._told: set[Key] | None = None
        self._looked = -_LOOK_EVERY_S
        self._erase_at = 0.0
        self._mail_at = 0.0
        self._standing: Counter[Timely] = Counter()
        self._waiting: Waiting | None = None
        self._log = structlog.get_logger()
        self._away = Trouble("the database is away; cases wait; start it", "the database is back", database=str(store))
        self._no_mail = Trouble(
            "the mail server takes nothing; mails wait in the database; see [mail]", "the mail server takes mail again"
        )

    def tick(self, at: Moment) -> float:
        """One round; the monotonic time of the next."""
        try:
            self._round(at)
        except DatabaseAway as error:
            self._away.on(str(error), at)
            self._told = None
            return at.mono + _AWAY_S
        self._away.over(at)
        return at.mono + _FOLLOW_EVERY_S

    def figures(self, at: Moment) -> Iterator[Figure]:
        """For Prometheus, as they were at the last look."""
        yield DATABASE_UP.of(self._away.since is None)
        for one in _RUNNING:
            yield CASES_OPEN.of(self._standing[one], one)
        waits = self._waiting
        yield MAILS.of(waits.count if waits is not None else 0)
        yield MAILS_S.of((at.at - waits.since).total_seconds() if waits is not None else 0)

    def _round(self, at: Moment) -> None:
        if not self._ready:  # the database may be away at the start as well as later
            self._store.prepare()
            self._ready = True
        self._news += self._register.follow()
        if at.mono >= self._looked + (_LOOK_AGAIN_S if self._news else _LOOK_EVERY_S):
            self._look(at.at)
            self._looked, self._news = at.mono, 0
        if self._settings.mail is not None and at.mono >= self._mail_at:
            self._send(self._settings.mail, at)
        if self._settings.keep_days is not None and at.mono >= self._erase_at:
            self._erase_at = at.mono + _ERASE_EVERY_S
            self._erase(self._settings.keep_days, at.at)

    def _look(self, now: Instant) -> None:
        if self._told is None:
            self._told = already_told(self._store)
        found = read_cases(self._store, Wanted(), self._settings.calendars, self._settings.terms, now)
        self._announce(found, now)
        self._urge(found, now)
        self._standing = Counter(stands for case in found if (stands := case.stands(now)) is not None)
        self._waiting = waiting(self._store)

    def _urge(self, found: Sequence[CaseRow], now: Instant) -> None:
        assert self._told is not None
        for urging in urgings(found, self._told, now):
            if urging.level is Timely.ESCALATED:
                self._tell(urging.case, {"action": urging.case.row["action"], "reminder": "escalated"}, now)
            zone = self._settings.calendars(urging.case.branch).zone
            made = mails_about(urging, self._settings.recipients, self._settings.roster, zone, self._settings.words)
            note(self._store, [urging.key], made, now)
            self._told.add(urging.key)
            self._say(urging, len(made))

    def _say(self, urging: Urging, mails: int) -> None:
        case, clock = urging.case, urging.clock
        self._log.info(
            "a case is urged", branch=case.branch, case=case.id, what=clock.what, stands=urging.level, mails=mails
        )

    def _announce(self, found: Sequence[CaseRow], now: Instant) -> None:
        """What became a case by head office's rules alone stands on the branch's panel too."""
        assert self._told is not None
        if self._teller is None:
            return
        for case in found:
            key = (case.branch, case.id, "opened", _TOLD, str(case.opened))
            if case.row["at_branch"] or key in self._told or not now - _NEWS <= case.opened <= now - _PATIENCE:
                continue
            facts = {name: case.row[name] for name in ("source", "counter", "stars", "subject")}
            self._tell(case, {"action": "opened", "at": str(case.opened)} | facts, now)
            note(self._store, [key], (), now)
            self._told.add(key)

    def _tell(self, case: CaseRow, args: dict[str, Any], now: Instant) -> None:
        if self._teller is None:
            return
        told = {"case": case.id, "owner": case.row["owner"]} | args
        self._teller.tell(case.branch, {key: value for key, value in told.items() if value is not None}, None, now)

    def _send(self, server: MailServer, at: Moment) -> None:
        try:
            send(self._store, server, at.at)
        except MailAway as error:
            self._mail_at = at.mono + _AWAY_S
            self._no_mail.on(str(error), at)
        else:
            self._no_mail.over(at)

    def _erase(self, keep_days: int, now: Instant) -> None:
        erased = erase(self._store, Erasure(before=Instant.of(now - timedelta(days=keep_days))), now)
        if erased:
            self._log.info("what customers wrote was erased by date", events=erased, keep_days=keep_days)


def run_cases(
    settings: CaseSettings, store: Store, teller: Callable[[], BranchTeller | None], listen: Listen | None, version: str
) -> int:
    """Until SIGTERM or SIGINT; the exit code."""
    service = CaseService(settings, store, teller())
    exporter = Exporter(listen, "cases", version, service.figures)
    loop = MainLoop(lambda _event, _at: None, measured(service.tick, exporter))
    exporter.start()
    try:
        return loop.run()
    finally:
        exporter.stop()
        store.close()
