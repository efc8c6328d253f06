"""Head office's content at one node: hints in, requests out, verified content and whole blobs as the result.

A controller and a screen use the same: the controller's parent is head office, a screen's is the controller.

delivery = Delivery("wall-1", keeper, store, node.ask_for_blob, checker.put, bandwidth_kbps)
delivery.recall(moment)                      # before the link is started
changed = delivery.take(arrival, moment)     # Content, BlobChunk, LinkUp, LinkDown, BlobChecked
delivery.want(renditions)                    # what to have here, most urgent first; whenever that changes
return delivery.tick(moment)                 # a deadline

One object, however long: a bundle changes what is wanted, and a blob what is staged.
"""

import base64
import binascii
import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import structlog

from signage.core.instants import Instant
from signage.core.programme import Rendition, SignedContent
from signage.link.checking import BlobChecked, CheckOrder
from signage.link.clock import Moment
from signage.link.database import StorageError
from signage.link.examining import Examiner
from signage.link.fetching import Fetcher, Wish
from signage.link.node import LinkDown, LinkUp
from signage.link.reading import BlobChunk
from signage.wire.messages import BlobRequest, Content, DeliveryStatus, Fault

BUNDLE_LIMIT: Final = 8 * 1024 * 1024  # contract: inflated; deflating never makes it more
_HINTS_KEPT: Final = 16
_REFUSED_AGAIN_S: Final = 290.0  # the next Sync, 300 s after the last, brings it again
_AGAIN_S: Final = 30.0
_NEVER_S: Final = 3600.0
_BATCH_CHECKS: Final = 8
_GAPS: Final = frozenset({"truncated", "torn"})  # refusals that only the whole publication mends
_RENEWED_BY: Final = timedelta(days=7)  # of the 14 that a timestamp holds; it is renewed every day


class _Refused(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...


class Keeper(Protocol):
    """What is believed (`signage.content.keeper`)."""

    @property
    def content(self) -> SignedContent | None: ...
    @property
    def version(self) -> int: ...
    @property
    def refused(self) -> _Refused | None: ...
    @property
    def trouble(self) -> str | None: ...
    def recall(self, now: Instant) -> None: ...
    def recollected(self, outcome: Any) -> None: ...
    def heavy(self, bundle: bytes) -> bool: ...
    def examination(self, bundle: bytes, now: Instant) -> Callable[[], Any]: ...
    def settle(self, examined: Any) -> object: ...


class Store(Protocol):
    """What lies on the disk (`signage.content.store`)."""

    @property
    def trouble(self) -> str | None: ...
    @property
    def limit_bytes(self) -> int: ...
    def path(self, sha256: str) -> Path | None: ...
    def lying(self) -> tuple[frozenset[str], dict[str, int]]: ...
    def size(self, sha256: str) -> int: ...
    def append(self, sha256: str, offset: int, data: bytes) -> bool: ...
    def finish(self, sha256: str, size: int) -> bool: ...
    def check(self, sha256: str) -> bool: ...
    def remove(self, sha256: str) -> None: ...
    def sweep(self, named: Collection[str]) -> int: ...
    def make_room(self, needed: int, order: Iterable[str], kept: Collection[str]) -> bool: ...


class Delivery:
    """Owned by the main loop; hashing is done by whoever takes a CheckOrder and brings back a BlobChecked."""

    def __init__(
        self,
        name: str,
        keeper: Keeper,
        store: Store,
        ask: Callable[[BlobRequest], bool],
        check: Callable[[CheckOrder], bool],
        bandwidth_kbps: int = 0,
    ) -> None:
        """`ask`: Node.ask_for_blob; `check` gives work to a thread, False: it has enough."""
        self.spoilt_blobs = 0  # that were not what their name says
        self._keeper = keeper
        self._store = store
        self._ask = ask
        self._check = check
        self._examiner = Examiner(check)
        self._fetcher = Fetcher(name, self._size, bandwidth_kbps)
        self._wanted: tuple[Rendition, ...] = ()
        self._bundle: tuple[Content, bytearray] | None = None
        self._tried: deque[tuple[str, float]] = deque(maxlen=_HINTS_KEPT)
        self._checking: set[str] = set()
        self._bad: dict[str, str] = {}  # hash → what to say of it
        self._bad_bundle: str | None = None
        self._received = 0  # as it was last said
        self._moving = ""  # the blob that was asked for last: it counts as far as it has come
        self._offered = 0
        self._connected = False
        self._stale = True
        self._kept_back = False
        self._plan_at: float | None = None  # what the disk did not take is tried again
        self._storage: str | None = None
        self._faults: dict[str, Fault] = {}
        self._log = structlog.get_logger("content")

    # ---- what is here ------------------------------------------------------------------------------------------------

    @property
    def content(self) -> SignedContent | None:
        """The newest that was verified; the same object as long as nothing about it changed."""
        return self._keeper.content

    @property
    def version(self) -> int:
        """For Node.have and Sync."""
        return self._keeper.version

    @property
    def offered(self) -> int | None:
        """The version that was offered last and is not taken: refused, on its way, or being examined. For Node.have."""
        return self._offered if self._offered > self.version and self._storage is None else None

    def wants_all(self, now: Instant) -> bool:
        """Whether to ask for everything, as if nothing was held: it has a gap, or has missed its renewals.

        A renewal keeps the content's version, so that asking for what is newer would not bring it.
        """
        refused, content = self._keeper.refused, self._keeper.content
        gap = refused is not None and refused.code in _GAPS
        return gap or (content is not None and content.expires - now < _RENEWED_BY)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self._faults.values())

    @property
    def status(self) -> DeliveryStatus:
        """`staged`: the newest all of whose wanted blobs lie here; a screen says better."""
        refused = self._keeper.refused
        sizes = {one.sha256: one.size for one in self._wanted}
        here = sum(size for sha256, size in sizes.items() if self._store.path(sha256) is not None)
        every = sum(sizes.values())
        moving = sizes.get(self._moving, 0) if self._store.path(self._moving) is None else 0
        return DeliveryStatus(
            received=max(self._received, self.version),
            verified=self.version,
            staged=self.version if here == every and not self._stale else 0,
            bytes_here=here + (min(self._store.size(self._moving), moving - 1) if moving else 0),
            bytes_all=every,
            refused=None if refused is None else f"{refused.code}: {refused.text}",
        )

    def blob(self, sha256: str) -> Path | None:
        """Where a whole blob lies that was hashed in this life."""
        return self._store.path(sha256)

    # ---- what happens ------------------------------------------------------------------------------------------------

    def recall(self, moment: Moment) -> None:
        """Take up what was kept; sweep what nobody names."""
        try:
            self._keeper.recall(moment.at)
        except StorageError as error:
            self._storage = str(error)
        self._begun(moment)

    def recollected(self, outcome: Any, moment: Moment) -> None:
        """As `recall`, of what a Keeper's `recollect` has found elsewhere; or the StorageError that kept it from that."""
        if isinstance(outcome, StorageError):
            self._storage = str(outcome)
        else:
            self._keeper.recollected(outcome)
        self._begun(moment)

    def _begun(self, moment: Moment) -> None:
        self._sweep()
        self._look_at_faults(moment)

    def take(self, arrival: object, moment: Moment) -> bool:
        """Whether there is newer verified content."""
        changed = False
        match arrival:
            case Content():
                changed = self._hint(arrival, moment)
            case BlobChunk(sha256=sha256, payload=None):
                self._fetcher.absent(sha256, moment.mono)
            case BlobChunk(sha256=sha256, offset=offset, payload=bytes() as payload):
                changed = self._chunk(sha256, offset, payload, moment)
            case BlobChecked(sha256=sha256) if (examined := self._examiner.done(sha256)) is not None:
                changed = self._settle(*examined, moment)
                changed |= self._go_on(moment)
            case BlobChecked():
                self._checked(arrival, moment)
            case LinkUp():
                self._connected = True
                self._fetcher.begin(moment.mono)
            case LinkDown():
                self._connected = False
            case _:
                return False
        self._look_at_faults(moment)
        return changed

    def want(self, blobs: Sequence[Rendition]) -> None:
        """Have these here, in this order; what is not among them may leave when room is needed."""
        if tuple(blobs) != self._wanted:
            self._wanted = tuple(blobs)
            self._bad = {one.sha256: self._bad[one.sha256] for one in blobs if one.sha256 in self._bad}
            self._stale = True

    def spoilt(self, sha256: str) -> None:
        """A blob turned out not to be what its name says: forget it, and fetch it again."""
        self._spoil(sha256, "the blob {} has rotted on this disk; it is fetched again")
        self._store.remove(sha256)
        self._stale = True

    def look_again(self, sha256: str) -> None:
        """Somebody doubts a blob that lies here whole: hash it once more."""
        idle = self._store.path(sha256) is not None and sha256 not in self._checking
        if idle and self._check(CheckOrder(sha256, self._store.check)):
            self._checking.add(sha256)

    def tick(self, moment: Moment) -> float:
        """Ask for what is due; the monotonic time of the next call."""
        if self._stale or (self._plan_at is not None and moment.mono >= self._plan_at):
            self._plan(moment)
        self._look_at_faults(moment)
        if not self._connected:
            return moment.mono + _NEVER_S if self._plan_at is None else self._plan_at
        request = self._fetcher.due(moment.mono)
        if request is not None and self._room_for(request) and self._ask(request):
            self._fetcher.asked(request, moment.mono)
            self._moving = request.sha256
        elif request is not None:
            return moment.mono + 1.0
        due = [moment.mono + _NEVER_S if self._plan_at is None else self._plan_at]
        if (at := self._fetcher.next_at(moment.mono)) is not None:
            due.append(max(at, moment.mono + 0.001))
        return min(due)

    # ---- the bundle --------------------------------------------------------------------------------------------------

    def _hint(self, hint: Content, moment: Moment) -> bool:
        """Something newer may be there, or the same with a newer timestamp. It is only a hint."""
        known = any(sha256 == hint.sha256 and moment.mono < again for sha256, again in self._tried)
        under_way = self._bundle is not None and _same(self._bundle[0], hint)
        if hint.version < self.version or known or under_way or self._examiner.knows(hint):
            return False
        self._offered = hint.version
        if not 0 < hint.size <= BUNDLE_LIMIT:
            return self._bad_hint(hint, f"a bundle of {hint.size} bytes is offered, at most {BUNDLE_LIMIT} are taken")
        if hint.inline is None:
            self._bundle = (hint, bytearray())
            self._fetcher.begin(moment.mono)
            self._stale = True
            return False
        try:
            bundle = base64.b64decode(hint.inline, validate=True)
        except (binascii.Error, ValueError):
            bundle = b""
        return self._offer(hint, bundle, moment)

    def _go_on(self, moment: Moment) -> bool:
        """Take up what has waited for an examination; what came in front of it may have made it old."""
        changed = False
        while not self._examiner.busy and (waiting := self._examiner.next()) is not None:
            hint, bundle = waiting
            if hint.version >= self.version:
                changed |= self._offer(hint, bundle, moment)
        return changed

    def _offer(self, hint: Content, bundle: bytes, moment: Moment) -> bool:
        """The hash says only whether the bytes arrived; what is trusted is the keeper's to say."""
        if self._bundle is not None and _same(self._bundle[0], hint):
            self._bundle = None
        self._stale = True
        if len(bundle) != hint.size or hashlib.sha256(bundle).hexdigest() != hint.sha256:
            return self._bad_hint(hint, "a bundle arrived with other bytes than was said")
        self._received = hint.version
        if self._examiner.busy:
            self._examiner.wait(hint, bundle)
            return False
        work = self._keeper.examination(bundle, moment.at)
        if self._keeper.heavy(bundle) and self._examiner.begin(hint, work):
            return False
        return self._settle(hint, work(), moment)

    def _settle(self, hint: Content, examined: Any, moment: Moment) -> bool:
        before = self._keeper.content
        self._stale = True
        try:
            self._keeper.settle(examined)
        except StorageError as error:
            self._storage = str(error)
            return False
        self._storage = None
        self._bad_bundle = None
        self._tried.append((hint.sha256, moment.mono + _REFUSED_AGAIN_S))
        if self._keeper.content is before:
            return False
        self._bundle = None
        self._fetcher.begin(moment.mono)
        self._sweep(before)
        return True

    def _bad_hint(self, hint: Content, text: str) -> bool:
        """Told until a bundle arrives whole. The hash is not to blame: another may have put it to these bytes."""
        self._received = hint.version
        if self._bad_bundle != text:
            self._log.error("content came spoilt", reason=text)
        self._bad_bundle = text
        return False

    # ---- blobs -------------------------------------------------------------------------------------------------------

    def _chunk(self, sha256: str, offset: int, payload: bytes, moment: Moment) -> bool:
        here = self._size(sha256)
        ready = self._fetcher.chunk(sha256, offset, payload, moment.mono)
        if not ready:
            return False
        if self._bundle is not None and self._bundle[0].sha256 == sha256:
            hint, body = self._bundle
            body += ready
            return self._offer(hint, bytes(body), moment) if len(body) == hint.size else False
        if not self._store.append(sha256, here, ready):
            self._fetcher.postpone(sha256, moment.mono)
        elif any(one.sha256 == sha256 and one.size == here + len(ready) for one in self._wanted):
            self._stale = True
        return False

    def _checked(self, checked: BlobChecked, moment: Moment) -> None:
        self._checking.discard(checked.sha256)
        if not checked.whole and self._store.trouble is not None:
            self._plan_at = moment.mono + _AGAIN_S
            return
        self._stale = True
        if checked.whole:
            self._bad.pop(checked.sha256, None)
        else:
            self._spoil(checked.sha256, "the blob {} is not what was signed; it is fetched again")
            self._fetcher.postpone(checked.sha256, moment.mono)

    def _plan(self, moment: Moment) -> None:
        """What of all that is wanted fits, what of it is missing, and what is to be hashed."""
        self._stale, self._plan_at = False, None
        wishes = [] if self._bundle is None else [Wish(self._bundle[0].sha256, self._bundle[0].size)]
        room, self._kept_back = self._store.limit_bytes, False
        wholes, parts = self._store.lying()
        for blob in {one.sha256: one for one in self._wanted}.values():
            if blob.size > room:
                self._kept_back, self._plan_at = True, moment.mono + _AGAIN_S
                continue
            room -= blob.size
            if self._store.path(blob.sha256) is not None or blob.sha256 in self._checking:
                continue
            whole = blob.sha256 in wholes
            if whole or parts.get(blob.sha256, 0) >= blob.size:
                self._have_checked(blob, whole=whole)
            else:
                wishes.append(Wish(blob.sha256, blob.size))
        self._fetcher.want(wishes)

    def _have_checked(self, blob: Rendition, *, whole: bool) -> None:
        work = self._store.check if whole else self._finish(blob.size)
        if len(self._checking) < _BATCH_CHECKS and self._check(CheckOrder(blob.sha256, work)):
            self._checking.add(blob.sha256)

    def _finish(self, size: int) -> Callable[[str], bool]:
        return lambda sha256: self._store.finish(sha256, size)

    def _room_for(self, request: BlobRequest) -> bool:
        """Under the limit, those scheduled last leave first; the one to come and all before it stay."""
        if self._bundle is not None and self._bundle[0].sha256 == request.sha256:
            return True
        order = [one.sha256 for one in self._wanted]
        if request.sha256 not in order:
            return False
        kept = {*order[: order.index(request.sha256) + 1], *self._checking}
        return self._store.make_room(request.size - request.offset, order, kept)

    def _size(self, sha256: str) -> int:
        if self._bundle is not None and self._bundle[0].sha256 == sha256:
            return len(self._bundle[1])
        return self._store.size(sha256)

    def _sweep(self, *also: SignedContent | None) -> None:
        """What neither the present content nor the one before it names has no business here."""
        contents = [one for one in (self._keeper.content, *also) if one is not None]
        named = {blob.sha256 for one in contents for asset in one.assets for blob in asset.renditions}
        removed = self._store.sweep(named | self._checking)
        if removed:
            self._log.info("removed what no content names", blobs=removed)

    def _spoil(self, sha256: str, text: str) -> None:
        self.spoilt_blobs += 1
        self._bad[sha256] = text.format(sha256[:12])
        self._log.error("content came or lay spoilt", reason=self._bad[sha256], times=self.spoilt_blobs)

    # ---- faults ------------------------------------------------------------------------------------------------------

    def _look_at_faults(self, moment: Moment) -> None:
        refused = self._keeper.refused
        texts = {
            "content-trust": self._keeper.trouble,
            "content-refused": None if refused is None else f"{refused.code}: {refused.text}",
            "content-store": self._storage or self._store.trouble or self._too_much(),
            "content-blob": self._bad_bundle or next(iter(self._bad.values()), None) or self._stuck(),
        }
        for code, text in texts.items():
            known = self._faults.get(code)
            if text is None:
                self._faults.pop(code, None)
            elif known is None or known.text != text:
                self._faults[code] = Fault(code=code, since=known.since if known else moment.at, text=text)

    def _stuck(self) -> str | None:
        blob = self._fetcher.stuck
        if blob is None:
            return None
        return f"nothing that fits comes of the blob {blob.sha256[:12]}: {self._size(blob.sha256)} of {blob.size} bytes are here"

    def _too_much(self) -> str | None:
        if not self._kept_back:
            return None
        return "what the programme wants here does not fit; raise [content] limit_mb, or shorten the programme"


def _same(one: Content, other: Content) -> bool:
    """Whether both tell of the same bytes; whoever lies about a size must not keep the truth away."""
    return (one.sha256, one.size) == (other.sha256, other.size)
