"""A screen's own keeper, store and delivery of head office's content, put together; it trusts nobody's word but signatures.

They are verified by its clerk: the libraries for it are a sixth of what a wall needs, and are asked once a day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.anchor import named
from kiosk.clerk import ClerkError, sent
from kiosk.contents import Contents
from kiosk.media.darkroom import Darkroom
from kiosk.settings import KioskSettings
from kiosk.view.voice import Voice
from kiosk.view.zones import hanging
from signage.content.keeper import Examined, Keeper, Recollected
from signage.content.pinned import NO_ROOT, Pinned
from signage.content.refusal import Code, Refused
from signage.content.store import BlobStore
from signage.content.trust import Held
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
from signage.link.checking import Checker
from signage.link.database import Database, StorageError
from signage.link.delivery import Delivery
from signage.link.floors import Vault
from signage.link.node import Node
from signage.link.threads import spawn

FOLDER = "content"
_MB = 1024 * 1024


@dataclass(frozen=True)
class Recollection:
    """What became of what was kept: for `Delivery.recollected`, before the link begins."""

    outcome: Recollected | StorageError


@dataclass(frozen=True)
class Receiving:
    """Everything about content that has to be ended with the program."""

    contents: Contents
    delivery: Delivery
    checker: Checker
    recollecting: Callable[[], None]

    def begin(self, put: Callable[[object], None]) -> None:
        """Have what was kept verified again; `put` gets a Recollection."""
        spawn("recollecting", self.recollecting, put)

    def close(self) -> None:
        self.checker.end()


def receive(
    settings: KioskSettings,
    database: Database,
    node: Node,
    catalogues: Mapping[str, Catalogue],
    darkroom: Darkroom | None,
    put: Callable[[object], None],
    file: Path | None = None,
) -> Receiving | None:
    """None: this screen has no [content]. `put`: gets what the threads bring. `file`: the branch's, which names the root."""
    if settings.content is None or darkroom is None:
        return None
    store = BlobStore(settings.directory / FOLDER, settings.content.limit_mb * _MB)
    checker = Checker(put)
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    delivery = Delivery(settings.name, keeper, store, node.ask_for_blob, checker.put)
    spawn("blob-checker", checker.work, put)
    voice = Voice.of(catalogues, settings.locale)
    contents = Contents(delivery, darkroom, voice, hanging(settings.kind, settings.size))
    root, held = settings.content.trusted_root, _kept(keeper)
    return Receiving(contents, delivery, checker, lambda: put(Recollection(_recollected(file, root, held))))


def _kept(keeper: Keeper) -> Held | StorageError:
    try:
        return keeper.kept()
    except StorageError as error:
        return error


def _recollected(file: Path | None, root: Path | None, held: Held | StorageError) -> Recollected | StorageError:
    if isinstance(held, StorageError):
        return held
    try:
        found: Recollected = sent("recollect", file, root, held)
    except ClerkError as error:
        now = named(file, root)
        pinned = Pinned(now.read_bytes()) if now is not None and now.is_file() else NO_ROOT
        return Recollected(pinned, Refused(Code.TORN, f"what was kept could not be verified again: {error}"))
    return found


def _examined(pinned: bytes, held: Held, bundle: bytes, now: Instant) -> Examined:
    try:
        found: Examined = sent("examine", pinned, held, bundle, now)
    except ClerkError as error:
        return Examined(Refused(Code.MALFORMED, f"the bundle could not be examined: {error}"))
    return found
