"""A screen's own keeper, store and delivery of head office's content, put together; it trusts nobody's word but signatures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.contents import Contents
from kiosk.media.darkroom import Darkroom
from kiosk.settings import KioskSettings
from kiosk.view.voice import Voice
from kiosk.view.zones import hanging
from signage.content.keeper import Keeper
from signage.content.pinned import read_pinned
from signage.content.store import BlobStore
from signage.core.phrases import Catalogue
from signage.link.checking import Checker
from signage.link.clock import Moment
from signage.link.database import Database
from signage.link.delivery import Delivery
from signage.link.floors import Vault
from signage.link.node import Node
from signage.link.threads import spawn

FOLDER = "content"
_MB = 1024 * 1024


@dataclass(frozen=True)
class Receiving:
    """Everything about content that has to be ended with the program."""

    contents: Contents
    delivery: Delivery
    checker: Checker

    def close(self) -> None:
        self.checker.end()


def receive(
    settings: KioskSettings,
    database: Database,
    node: Node,
    catalogues: Mapping[str, Catalogue],
    darkroom: Darkroom | None,
    put: Callable[[object], None],
    moment: Moment,
) -> Receiving | None:
    """None: this screen has no [content]. `put`: gets what the threads bring."""
    if settings.content is None or darkroom is None:
        return None
    store = BlobStore(settings.directory / FOLDER, settings.content.limit_mb * _MB)
    checker = Checker(put)
    delivery = Delivery(
        settings.name,
        Keeper(read_pinned(settings.content.trusted_root), Vault(database)),
        store,
        node.ask_for_blob,
        checker.put,
    )
    delivery.recall(moment)
    spawn("blob-checker", checker.work, put)
    voice = Voice.of(catalogues, settings.locale)
    contents = Contents(delivery, darkroom, voice, hanging(settings.kind, settings.size))
    return Receiving(contents, delivery, checker)
