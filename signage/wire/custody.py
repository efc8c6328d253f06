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

from signage.core.instants import Instant
from signage.wire.chain import GENESIS, NotCanonical, canonical, no_float, shortcut
from signage.wire.codec import Malformed, convert, prepare
from signage.wire.messages import Batch, Event

KINDS: Final = frozenset(
    "rating prompt suspension notice transaction checklist case fault call play shown audit".split()  # noqa: SIM905 - the contract's table, in its order
)
HIGHEST_NUMBER: Final = 2**53  # what every JSON reader still tells apart
_EPOCH_LIMIT: Final = 64
_ID_LIMIT: Final = 128

prepare(Event)  # before there is a second thread


@dataclass(frozen=True)
class Mark:
    """Per (node, epoch): the last number stored, and what the next event must carry as `prev` (None: unknown)."""

    last: int = 0
    head: str | None = GENESIS


class Written(msgspec.Struct, frozen=True, gc=False):
    """An event that can be read, its time as text: what is only stored need not become an Instant and a text again."""

    at: str  # as the contract writes it
    data: dict[str, Any]
    id: str
    kind: str
    origin: str
    origin_epoch: str
    origin_seq: int
    prev: str


class Taken(msgspec.Struct, frozen=True, gc=False):
    """One event to store. `raw` is what arrived; `problem` says why it is marked (None: nothing wrong with it).

    `written` is None where it cannot be read; `id` and `kind` are filled in where at least they can be. `digest` is what
    the next one must name as `prev`.
    """

    seq: int
    raw: bytes
    digest: str
    prev: str | None  # what it names as the digest before it; None: it has no canonical form, and can name none
    written: Written | None
    id: str | None
    kind: str
    problem: str | None
    broken: bool  # its `prev` does not fit the event before it

    @property
    def event(self) -> Event | None:
        """The same as a message."""
        one = self.written
        if one is None:
            return None
        return Event(
            id=one.id,
            at=Instant.parse(one.at),
            kind=one.kind,
            origin=one.origin,
            origin_epoch=one.origin_epoch,
            origin_seq=one.origin_seq,
            prev=one.prev,
            data=one.data,
        )

    @property
    def value(self) -> dict[str, Any] | None:
        """The plain object with all that this version does not know; None if there is none that has a canonical form."""
        return (shortcut(self.raw) or _plain(self.raw)[0]) if self.prev is not None else None


_decode: Final = msgspec.json.Decoder(Written, float_hook=no_float).decode
_encode: Final = msgspec.json.Encoder(order="sorted").encode


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
    one = _canonical(raw)
    if one is None:
        return _tied(_read_slowly(seq, raw), head)
    named = one.id if 0 < len(one.id) <= _ID_LIMIT else None
    kind = one.kind if 0 < len(one.kind) <= _ID_LIMIT else ""
    return Taken(
        seq,
        raw,
        sha256(raw).hexdigest(),
        one.prev,
        one,
        named,
        kind,
        None if kind in KINDS else _strange(kind),
        head is not None and one.prev != head,
    )


def _canonical(raw: bytes) -> Written | None:
    """What these very bytes say, if they are the canonical JSON of an event as the contract writes it, and nothing more.

    That is what nodes send. To read it into its types and write it again tells so, in a fraction of the time of `_plain`.
    """
    try:
        one: Written = _decode(raw)
        return one if Instant.is_written(one.at) and _encode(one) == raw else None
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None


def _read_slowly(seq: int, raw: bytes) -> Taken:
    value = shortcut(raw)
    if value is not None:
        digest, problem = sha256(raw).hexdigest(), None
    else:
        value, digest, problem = _plain(raw)
        if value is None:
            return Taken(seq, raw, digest, None, None, None, "", problem, broken=False)
    written: Written | None = None
    try:
        event = convert(value, Event, "event")
        written = Written(
            str(event.at),
            event.data,
            event.id,
            event.kind,
            event.origin,
            event.origin_epoch,
            event.origin_seq,
            event.prev,
        )
    except Malformed as error:
        problem = error.reason
    kind = _text(value, "kind") or ""
    if written is not None and kind not in KINDS:
        problem = _strange(kind)
    prev = value.get("prev")
    prev = prev if isinstance(prev, str) else ""
    return Taken(seq, raw, digest, prev, written, _text(value, "id"), kind, problem, broken=False)


def _strange(kind: str) -> str:
    return f"unknown kind {kind[:32]!r}"


def _tied(event: Taken, head: str | None) -> Taken:
    """Marked if it does not continue the event before it."""
    if head is None or event.prev is None or event.prev == head:
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
