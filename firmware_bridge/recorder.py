"""Turns what pads did into events on durable storage. Everything here runs inside one transaction, or not at all."""

from dataclasses import dataclass

from firmware_bridge import events
from firmware_bridge.admission import Admission, Admitted, Refused, Verdict
from firmware_bridge.events import Draft
from firmware_bridge.faults import Change
from firmware_bridge.pauses import Pause
from firmware_bridge.prompts import PromptBook, Shown, Wanted
from firmware_bridge.sessions import Keypad, Knock, Lapse, Note, Press
from firmware_bridge.standings import Standings
from firmware_bridge.store import Store
from signage.core.instants import Instant
from signage.link.database import Database
from signage.link.outbox import Outbox


@dataclass(frozen=True)
class Noted:
    """A session's note, with the port that it is about."""

    port: str
    note: Note


Happened = Press | Keypad | Noted | Pause | Lapse | Wanted | Shown


@dataclass(frozen=True)
class Recorder:
    """A press is stored once, however often it is told."""

    bridge: str
    database: Database
    outbox: Outbox
    store: Store
    standings: Standings

    def admit(self, admission: Admission, knock: Knock, port: str) -> Verdict:
        """Judge a knock and write down what it showed. Raises StorageError: then nobody was let in."""
        verdict = admission.judge(knock.pad, port)
        match verdict:
            case Admitted(seen) if seen is not None:
                self.database.run(lambda: self.store.see(seen))
            case Admitted() | Refused():
                pass
        admission.enter(knock.pad, verdict, port)
        return verdict

    def record(
        self, book: PromptBook, happened: tuple[Happened, ...], changes: tuple[Change, ...], now: Instant
    ) -> PromptBook:
        """Store all of it. Returns the book to go on with; raises StorageError with nothing stored: make a new book."""
        books: list[PromptBook] = [book]

        def work() -> PromptBook:
            current = books.pop() if books else self.store.prompts()  # a second try finds the first one's book spoilt
            for one in happened:
                self._take(current, one, now)
            current.end_due(now)
            self._keep(current, now)
            for change in changes:
                self.store.keep_fault(change.place, change.code, change.present)
                if change.draft is not None:
                    self._append(change.draft)
            return current

        return self.database.run(work)

    def _take(self, book: PromptBook, one: Happened, now: Instant) -> None:
        match one:
            case Press():
                self._press(book, one, now)
            case Keypad():
                pass  # what it does follows from it: a prompt, a pause
            case Noted():
                self.store.note(one.port, one.note)
            case Pause():
                self.store.keep_pause(one)
            case Lapse():
                book.lapse(one.counter, one.number, now)
            case Wanted():
                book.want(one, now)
            case Shown():
                book.shown(one)

    def _press(self, book: PromptBook, press: Press, now: Instant) -> None:
        if press.pad.boot is not None:
            if self.store.has(press):
                return
            self.store.add(press, now)
        if press.stars is None:
            self._append(events.call(press, self.bridge))
            return
        if press.prompt is None:
            answer = book.answer_open(press.counter, press.at)
        else:
            answer = book.answer(press.counter, press.prompt, press.at) if press.prompt else None
        self._append(events.rating(press, press.stars, answer, self.standings.at(press.counter, press.at)))

    def _keep(self, book: PromptBook, now: Instant) -> None:
        changes = book.take_changes()
        for asked in changes.written:
            self.store.keep(asked)
        for asked in changes.ended:
            draft = events.prompt_ended(asked, now)
            if draft is not None:
                self._append(draft)

    def _append(self, draft: Draft) -> None:
        self.outbox.append(draft.kind, draft.data, draft.at, draft.id)
