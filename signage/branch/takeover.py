"""The first seconds of a controller without a past: what the broker retains is waited for before anything is shown."""

from collections.abc import Callable

import structlog
from msgspec.structs import replace

from signage.branch.adoption import WAIT_FOR_RETAINED_S, adopt, plausible
from signage.branch.facts import Change, Facts
from signage.branch.ledger import Ledger
from signage.branch.settings import ControllerSettings
from signage.core.instants import Instant
from signage.core.model import BranchState

_log = structlog.get_logger("branch.takeover")


class Takeover:
    """Until `Facts.settled` nothing is published: it would wipe out what is still to be read."""

    def __init__(self, settings: ControllerSettings, ledger: Ledger) -> None:
        self._settings = settings
        self._ledger = ledger
        self.release_at: float | None = None  # monotonic: until then a retained state may still arrive

    def connected(self, mono: float) -> None:
        if not self._ledger.facts.settled:
            self.release_at = mono + WAIT_FOR_RETAINED_S

    def retained(self, state: BranchState, now: Instant) -> None:
        """A state from an earlier life, of this controller or of one whose disk is gone. Raises StorageError."""
        facts = self._ledger.facts
        if state.branch.id != self._settings.branch.id or not plausible(state.revision, now):
            _log.warning("retained state ignored", branch=state.branch.id, revision=state.revision)
        elif not facts.settled:
            _log.info("takes over what the branch shows", revision=state.revision)
            self._settle(lambda known: adopt(known, state, self._settings, now), now)
        elif state.revision > facts.revision:
            self._ledger.outdo(state.revision, now)

    def offered(self, revision: int, now: Instant) -> None:
        """A device says in its Sync what it has: never go below it. Raises StorageError."""
        if revision > self._ledger.facts.revision and plausible(revision, now):
            self._ledger.outdo(revision, now)

    def tick(self, now: Instant, mono: float) -> None:
        """Nothing is retained: begin with what there is. Raises StorageError."""
        if self.release_at is not None and mono >= self.release_at:
            self._settle(lambda known: known, now)

    def _settle(self, take_over: Callable[[Facts], Facts], now: Instant) -> None:
        def transition(facts: Facts) -> Change:
            taken = take_over(facts)
            return Change(replace(taken, settled=True, revision=taken.revision + 1))

        self._ledger.change(transition, now)
        self.release_at = None
