"""Devices' events: stored, passed on, and acted upon, in one transaction."""

from signage.branch.facts import Change, Facts
from signage.branch.happenings import happened
from signage.branch.ledger import Ledger
from signage.branch.settings import ControllerSettings
from signage.core.instants import Instant
from signage.link.inbox import Accepted, Inbox
from signage.wire.messages import Batch, Receipt


class BranchCustody:
    """An inbox whose new events also change the branch: thanks, alerts, prompts that are over."""

    def __init__(self, inbox: Inbox, ledger: Ledger, settings: ControllerSettings) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._settings = settings

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Raises Malformed, StorageError: then nothing was stored and nothing is receipted."""

        def work() -> tuple[Accepted, Change]:
            accepted = self._inbox.accept(batch, at)
            return accepted, Change(self._after(accepted, at))

        return self._ledger.together(work, at)[0]

    def receipt(self, node: str, epoch: str) -> Receipt:
        return self._inbox.receipt(node, epoch)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        return self._inbox.finals()

    def _after(self, accepted: Accepted, at: Instant) -> Facts:
        facts = self._ledger.facts
        for taken in accepted.new:
            if taken.event is not None:
                facts = happened(facts, taken.event, self._settings, at)
        return facts
