"""Moves an outbox's events to the parent: the sender's decisions, carried out."""

from collections.abc import Callable

from signage.link.outbox import Outbox
from signage.link.sending import Sender, Verdict
from signage.wire.codec import encode
from signage.wire.messages import Batch, Receipt


class Pump:
    """`publish` hands a batch to the connection; False: it takes no more at present."""

    def __init__(self, outbox: Outbox, publish: Callable[[bytes], bool]) -> None:
        self._outbox = outbox
        self._publish = publish
        self._epoch = outbox.epoch
        self._sender = Sender(outbox.sent, outbox.upto, fresh=outbox.fresh)

    def up(self) -> None:
        self._sender.up()

    def down(self) -> None:
        self._sender.down()

    def asked(self) -> None:
        """A Sync was sent, whose answer holds a receipt."""
        self._sender.asked()

    def receipt(self, receipt: Receipt, mono: float) -> Verdict:
        """Act on a receipt. After OLD_COPY there is a new epoch with all that is held. Raises StorageError."""
        if receipt.epoch != self._epoch:
            return Verdict.GOOD
        told_final = receipt.final > self._outbox.final
        verdict = self._sender.receipt(max(receipt.upto, 0), mono, told_final=told_final)
        match verdict:
            case Verdict.GOOD:
                self._outbox.certain = True
                self._outbox.confirm(receipt)
            case Verdict.OLD_COPY:
                self._outbox.renumber()
                self._outbox.certain = True
                self._epoch = self._outbox.epoch
                self._sender = Sender(0, 0, fresh=True)
                self._sender.up()
        return verdict

    def send(self, mono: float) -> float | None:
        """Send all that may be sent now; the monotonic time of the next try, None: when something happens."""
        last, oldest = self._outbox.last, self._outbox.oldest
        while (ask := self._sender.ask(mono, last, oldest)) is not None:
            batch = self._outbox.batch(ask.first, ask.ceiling) if ask.first <= ask.ceiling else None
            if batch is None:
                batch = self._outbox.probe(ask.first)
            self._outbox.sending(_last_of(batch))
            if not self._publish(encode(batch)):
                self._sender.refused(mono)
                break
            self._sender.sent(_last_of(batch), mono)
        return self._sender.deadline()


def _last_of(batch: Batch) -> int:
    return batch.first + len(batch.events) - 1
