"""Head office's content in a branch: verified here, fetched once, and served to the branch's own screens.

The controller believes signatures, not its parent; its screens do the same with it. What they get is the whole verified
bundle, so that one with nothing but the pinned root can begin.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from signage.branch.settings import ControllerSettings
from signage.content.keeper import Keeper
from signage.content.store import BlobStore
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.placement import hindrance
from signage.core.programme import Rendition, SignedContent
from signage.core.schedule import upcoming_on_all
from signage.link.checking import BlobChecked, Checker
from signage.link.clock import Moment
from signage.link.database import Database
from signage.link.delivery import Delivery
from signage.link.floors import Vault
from signage.link.node import Node
from signage.link.parent import Parent
from signage.link.serving import AGAIN_S, BlobDesk, as_content
from signage.link.status import in_tenths
from signage.wire.messages import BlobRequest, DeliveryStatus, Fault

_AHEAD: Final = timedelta(hours=1)  # what appears within it is fetched in that order, the rest as it is written
_ORDER_EVERY_S: Final = 600.0
_MB: Final = 1024 * 1024
_SERVED_KEPT: Final = 10_000


class _Loop(Protocol):
    def put(self, event: object) -> None: ...
    def spawn(self, name: str, work: Callable[[], None]) -> None: ...


class BranchContent:
    """`node` None: no head office; what was kept is still shown."""

    def __init__(self, settings: ControllerSettings, database: Database, node: Node | None, parent: Parent) -> None:
        self._node = node
        self._parent = parent
        self._loop: _Loop | None = None
        self._checker = Checker(self._tell)
        self._keeper = Keeper(settings.content.pinned, Vault(database))
        self._delivery = Delivery(
            settings.branch.id,
            self._keeper,
            BlobStore(settings.content.directory, settings.content.limit_mb * _MB),
            node.ask_for_blob if node is not None else lambda _: False,
            self._checker.put,
            settings.content.bandwidth_kbps,
        )
        self._desk = BlobDesk(self._find, parent.send_blob)
        self._offered: tuple[str, bytes] | None = None  # hash and bytes of the bundle that screens are told of
        self._order_at = 0.0
        self._served: set[tuple[str, str]] = set()

    @property
    def content(self) -> SignedContent | None:
        """The newest that was verified."""
        return self._delivery.content

    @property
    def status(self) -> DeliveryStatus:
        return self._delivery.status

    @property
    def news(self) -> object:
        """Differs whenever there is more to tell than that a few bytes have come."""
        return in_tenths(self.status), self.faults

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self._delivery.faults

    def start(self, loop: _Loop, moment: Moment) -> None:
        """Verify what was kept; before the links are started."""
        self._loop = loop
        self._delivery.recall(moment)
        self._adopted(moment)
        loop.spawn("content-checker", self._checker.work)

    def stop(self) -> None:
        self._checker.end()

    def take(self, arrival: object, moment: Moment) -> bool:
        """From head office, or a BlobChecked: whether there is newer verified content."""
        changed = self._delivery.take(arrival, moment)
        if changed:
            self._adopted(moment)
        return changed

    def asked(self, node: str, request: BlobRequest) -> None:
        """A screen wants a part of a blob. One that begins anew after the end may have got rotten bytes from here."""
        key = (node, request.sha256)
        if request.offset == 0 and key in self._served:
            self._served.discard(key)
            self._delivery.look_again(request.sha256)
        if request.offset + request.count * request.chunk >= request.size:
            if len(self._served) >= _SERVED_KEPT:
                self._served.clear()
            self._served.add(key)
        self._desk.ask(node, request)

    def forget(self) -> None:
        """The devices' broker is away: who wants something asks again."""
        self._desk.forget()

    def tick(self, moment: Moment, state: Callable[[], BranchState], hours: Hours) -> float:
        """Fetch and serve what is due; the monotonic time of the next call."""
        self._have(moment)
        content = self.content
        if content is not None and moment.mono >= self._order_at:
            self._order_at = moment.mono + _ORDER_EVERY_S
            self._delivery.want(in_order(content, state(), hours, moment.at))
        due = [self._delivery.tick(moment)]
        if content is not None:
            due.append(self._order_at)
        if self._desk.waiting and self._parent.session is not None:
            if self._parent.idle:
                self._desk.pump()
            due.append(moment.mono + AGAIN_S)
        return min(due)

    def _have(self, moment: Moment) -> None:
        """Tell head office's link what is held."""
        if self._node is not None:
            delivery = self._delivery
            version = delivery.version or None
            self._node.have(content=version, afresh=delivery.wants_all(moment.at), offered=delivery.offered)

    def _adopted(self, moment: Moment) -> None:
        """Tell head office's link what is held, and the screens what there is."""
        version = self._delivery.version
        self._have(moment)
        self._order_at = 0.0
        if version:
            bundle = self._keeper.bundle()
            message = as_content(version, bundle)
            self._offered = (message.sha256, bundle)
            self._parent.publish_content(message)

    def _find(self, sha256: str) -> bytes | Path | None:
        if self._offered is not None and self._offered[0] == sha256:
            return self._offered[1]
        return self._delivery.blob(sha256)

    def _tell(self, checked: BlobChecked) -> None:
        if self._loop is not None:
            self._loop.put(checked)


def in_order(content: SignedContent, state: BranchState, hours: Hours, now: Instant) -> tuple[Rendition, ...]:
    """Every rendition that a screen of this branch may want, what appears next first.

    All sizes: which of them a screen takes is its own choice.
    """
    refs = dict.fromkeys(upcoming_on_all(content, state, hours, state.screens, now, _AHEAD))
    known = {asset.ref: asset for asset in content.assets}
    for item in content.items:
        asset = known.get(item.asset)
        if asset is not None and any(hindrance(item, asset, state.branch, one) is None for one in state.screens):
            refs.setdefault(item.asset)
    assets = filter(None, map(known.get, refs))
    return tuple({one.sha256: one for asset in assets for one in asset.renditions}.values())
