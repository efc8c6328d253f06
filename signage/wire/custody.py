"""Who has taken over which events: the pure decision of a parent about one batch (contract: Batch, Receipt).

Controller and collector use the same one, each with its own tables:

    decision = accept(mark, batch)          # mark: what is stored for (batch.node, batch.epoch); Mark() if nothing
    store decision.taken (each event id once), decision.mark and decision.findings in ONE transaction, then send
    Receipt(epoch=batch.epoch, upto=decision.mark.last, final=…)   # head office: final = upto
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from signage.wire.chain import GENESIS, NotCanonical, canonical, shortcut
from signage.wire.codec import Malformed, convert, decode, prepare
from signage.wire.messages import Batch, Envelope, Event

KINDS: Final = frozenset(
    "rating prompt suspension notice transaction checklist case fault call play shown audit".split()  # noqa: SIM905 - the contract's table, in its order
)
HIGHEST_NUMBER: Final = 2**53  # what every JSON reader still tells apart
_EPOCH_LIMIT: Final = 64
_ID_LIMIT: Final = 128

prepare(Envelope)  # before there is a second thread


@dataclass(frozen=True)
class Mark:
    """Per (node, epoch): the last number stored, and what the next event must carry as `prev` (None: unknown)."""

    last: int = 0
    head: str | None = GENESIS


class Taken(msgspec.Struct, frozen=True, gc=False):
    """One event to store. `raw` is what arrived; `problem` says why it is marked (None: nothing wrong with it).

    `event` is None where it cannot be read; `id` and `kind` are filled in where at least they can be. `value` is the
    plain object, None if there is none that has a canonical form; `digest` is what the next one must name as `prev`.
    """

    seq: int
    raw: bytes
    digest: str
    value: dict[str, Any] | None
    event: Event | None
    id: str | None
    kind: str
    problem: str | None
    broken: bool  # its `prev` does not fit the event before it


@dataclass(frozen=True)
class Gap:
    """Numbers `first` to `last` will never come: the node no longer holds them."""

    first: int
    last: int


@dataclass(frozen=True)
class ChainBreak:
    """The event `seq` does not continue the one before it."""

    seq: int


@dataclass(frozen=True)
class Unreadable:
    """The event `seq` was stored as it came: it could not be read, or is of unknown kind."""

    seq: int
    problem: str


@dataclass(frozen=True)
class NewEpoch:
    """The node numbers its events anew: its disk has been replaced, or was an old copy. `before`: its epoch until now.

    `accept` knows one outbox only; whoever keeps the marks of all finds this.
    """

    before: str


Finding = Gap | ChainBreak | Unreadable | NewEpoch


@dataclass(frozen=True)
class Decision:
    """`taken` in order of number, the `mark` afterwards, and what is to be recorded and alarmed."""

    taken: tuple[Taken, ...]
    mark: Mark
    findings: tuple[Finding, ...]


def accept(mark: Mark, batch: Batch, events: Sequence[Taken] | None = None) -> Decision:
    """What of `batch` is to be stored. Raises Malformed if its numbers or its epoch make no sense.

    `events`: what `read_all` made of the batch, where that was done before; reading is most of the work.
    """
    check(batch)
    findings: list[Finding] = []
    if batch.first > mark.last + 1:
        if batch.first > batch.oldest:  # the node still holds what is missing, and will send it when it hears `upto`
            return Decision((), mark, ())
        findings.append(Gap(mark.last + 1, batch.first - 1))
        mark = Mark(batch.first - 1, None)
    known = mark.last + 1 - batch.first
    taken: list[Taken] = []
    last, head = mark.last, mark.head
    for loose in events[known:] if events is not None else read_all(batch, known):
        event = _tied(loose, head)
        taken.append(event)
        last, head = event.seq, event.digest
        if event.broken:
            findings.append(ChainBreak(event.seq))
        if event.problem is not None:
            findings.append(Unreadable(event.seq, event.problem))
    return Decision(tuple(taken), Mark(last, head), tuple(findings))


def read_all(batch: Batch, known: int = 0) -> list[Taken]:
    """The batch's events but the first `known`, whatever they are. Whether each continues the one before is still open."""
    return [read(batch.first + place, bytes(raw), None) for place, raw in enumerate(batch.events[known:], start=known)]


def read(seq: int, raw: bytes, head: str | None) -> Taken:
    """Read one event of an outbox, whatever it is. `head`: what its `prev` should be, None if that is unknown."""
    value = shortcut(raw)
    quick = value is not None
    if value is not None:
        digest, problem = sha256(raw).hexdigest(), None
    else:
        value, digest, problem = _plain(raw)
        if value is None:
            return Taken(seq, raw, digest, None, None, None, "", problem, broken=False)
    event: Event | None = None
    try:
        event = _quickly(raw, value) if quick else convert(value, Event, "event")
    except Malformed as error:
        problem = error.reason
    kind = _text(value, "kind") or ""
    if event is not None and kind not in KINDS:
        problem = f"unknown kind {kind[:32]!r}"
    return _tied(Taken(seq, raw, digest, value, event, _text(value, "id"), kind, problem, broken=False), head)


def _quickly(raw: bytes, value: dict[str, Any]) -> Event:
    """The event that `raw` says; its data are those of `value`, for what was read once need not be read again."""
    data = value.get("data")
    if not isinstance(data, dict):
        return convert(value, Event, "event")  # which says what is wrong
    head = decode(raw, Envelope, "event")
    return Event(
        id=head.id,
        at=head.at,
        kind=head.kind,
        origin=head.origin,
        origin_epoch=head.origin_epoch,
        origin_seq=head.origin_seq,
        prev=head.prev,
        data=data,
    )


def _tied(event: Taken, head: str | None) -> Taken:
    """Marked if it does not continue the event before it."""
    if head is None or event.value is None or event.value.get("prev") == head:
        return event
    return replace(event, broken=True)


def _plain(raw: bytes) -> tuple[dict[str, Any] | None, str, str | None]:
    """The object, its digest and what is wrong. Without a canonical form the digest is that of the bytes as they came."""
    try:
        value = json.loads(raw.decode())
        form = canonical(value)
    except NotCanonical as error:
        return None, sha256(raw).hexdigest(), f"no canonical form: {error}"
    except (ValueError, RecursionError) as error:
        return None, sha256(raw).hexdigest(), f"no JSON: {str(error)[:80]}"
    digest = sha256(form).hexdigest()
    return (value, digest, None) if isinstance(value, dict) else (None, digest, "not an object")


def _text(value: dict[str, Any], key: str) -> str | None:
    text = value.get(key)
    return text if isinstance(text, str) and 0 < len(text) <= _ID_LIMIT else None


def check(batch: Batch) -> None:
    """Raises Malformed if its numbers or its epoch make no sense."""
    if not (0 < batch.first <= HIGHEST_NUMBER and 0 < batch.oldest <= HIGHEST_NUMBER):
        raise Malformed("batch", f"numbers first {batch.first}, oldest {batch.oldest}: from 1 to 2**53")
    if not 0 < len(batch.epoch) <= _EPOCH_LIMIT:
        raise Malformed("batch", f"an epoch of {len(batch.epoch)} characters")
