"""Devices' events: stored, passed on, and acted upon, in one transaction."""

from signage.branch import cases
from signage.branch.cases import Opened
from signage.branch.facts import Change, Draft, Facts
from signage.branch.happenings import happened, low
from signage.branch.ledger import Ledger
from signage.branch.settings import ControllerSettings
from signage.branch.store import Store
from signage.core.instants import Instant
from signage.link.inbox import Accepted, Inbox
from signage.wire.messages import Batch, Event, Receipt


class BranchCustody:
    """An inbox whose new events also change the branch: thanks, alerts, prompts that are over, cases."""

    def __init__(self, inbox: Inbox, ledger: Ledger, store: Store, settings: ControllerSettings) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._store = store
        self._settings = settings

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Raises Malformed, StorageError: then nothing was stored and nothing is receipted."""

        def work() -> tuple[Accepted, Change]:
            accepted = self._inbox.accept(batch, at)
            return accepted, self._after(accepted, at)

        return self._ledger.together(work, at)[0]

    def receipt(self, node: str, epoch: str) -> Receipt:
        return self._inbox.receipt(node, epoch)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        return self._inbox.finals()

    def _after(self, accepted: Accepted, at: Instant) -> Change:
        facts, drafts = self._ledger.facts, list[Draft]()
        for taken in accepted.new:
            if taken.event is not None:
                facts = happened(facts, taken.event, self._settings, at)
                facts, told = self._followed_up(facts, taken.event)
                drafts += told
        return Change(facts, tuple(drafts))

    def _followed_up(self, facts: Facts, event: Event) -> tuple[Facts, tuple[Draft, ...]]:
        """A case where there is one; what the customer wrote is kept with it, in the same transaction."""
        opened: Opened | None = None
        drafts: tuple[Draft, ...] = ()
        if event.kind == "case":
            opened = cases.opened_by(event)
        elif event.kind == "rating":
            opened = cases.follows(event, low=low(event, self._settings))
            drafts = () if opened is None else (cases.told_of_rating(opened.case),)
        if opened is None:
            return facts, ()
        self._store.keep_letter(opened.case.id, opened.letter)
        return cases.take_in(facts, opened.case), drafts
