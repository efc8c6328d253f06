"""The one place where the branch changes: facts, events and audit commit together, then the screens are told."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from signage.branch.facts import Change, Facts, next_revision
from signage.branch.store import Store
from signage.core.instants import Instant
from signage.link.outbox import Outbox
from signage.link.sealer import UNSEALED, Sealer

T = TypeVar("T")


def shown(facts: Facts) -> Facts:
    """What of the facts stands in the document that screens get."""
    return replace(facts, revision=0, rules={}, transactions={}, offline={}, lifted={})


class Ledger:
    """`told` is called after every commit that changed what screens show."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        facts: Facts,
        told: Callable[[Facts, Instant], None],
        sealer: Sealer = UNSEALED,
    ) -> None:
        self.facts = facts
        self._sealer = sealer
        self._store = store
        self._outbox = outbox
        self._told = told

    def change(self, transition: Callable[[Facts], Change], now: Instant) -> Facts:
        """Commit one transition. Raises what it raises, or StorageError: then nothing has changed."""
        return self.together(lambda: (None, transition(self.facts)), now)[1]

    def together(self, work: Callable[[], tuple[T, Change]], now: Instant) -> tuple[T, Facts]:
        """Commit `work`, which may write rows of its own, with the change it returns. It may be run twice."""

        def in_transaction() -> tuple[T, Facts]:
            result, change = work()
            return result, self._write(change, now)

        result, after = self._store.database.run(in_transaction)
        before, self.facts = self.facts, after
        if after.revision != before.revision:
            self._told(after, now)
        return result, after

    def outdo(self, revision: int, now: Instant) -> None:
        """Go above a revision that somebody has seen, and tell the screens anew."""
        self.change(lambda facts: Change(replace(facts, revision=max(revision, facts.revision) + 1)), now)

    def _write(self, change: Change, now: Instant) -> Facts:
        for draft in change.events:
            data = self._sealer.sealed(draft.kind, draft.id or "", draft.data)  # a note may quote the customer
            self._outbox.append(draft.kind, data, now, draft.id)
        after = change.facts
        if after.cases != self.facts.cases:
            self._store.keep_letters_of(after.cases)
        if after == self.facts:
            return after
        if after.revision != self.facts.revision or shown(after) != shown(self.facts):
            after = replace(after, revision=next_revision(max(after.revision, self.facts.revision), now))
        self._store.keep_facts(after)
        return after
