"""Head office's content as every screen computes with it: what two people signed, and when the programme plays it.

An `Asset` is signed media or signed words; a `ProgrammeItem` says where, when and how often one plays. The programme only
names assets: their words, validity and uses are the publishers', and an item may narrow them, never widen them.
Numbers are integers, because signed JSON has no floating point.
"""

from functools import cached_property
from typing import Final, Literal

from msgspec import field
from msgspec.structs import replace

from signage.core.checklists import Checklist
from signage.core.instants import Instant
from signage.core.model import Day, HoursException, Model, Text

AssetKind = Literal["picture", "video", "text", "rates", "live"]
ItemClass = Literal["house", "advertisement", "campaign", "notice", "emergency"]
PageName = Literal["demonstration", "rates", "pledge"]
PAGES: Final[tuple[PageName, ...]] = ("demonstration", "rates", "pledge")
PAGE_KINDS: Final[dict[PageName, AssetKind]] = {"demonstration": "picture", "rates": "rates", "pledge": "text"}
CLASSES: Final[tuple[ItemClass, ...]] = ("house", "advertisement", "campaign", "notice", "emergency")  # rising


class Rendition(Model, frozen=True, omit_defaults=True, kw_only=True):
    """One blob of an asset: the same picture at one size, a video, or a video's still picture."""

    sha256: str
    size: int  # bytes
    width: int
    height: int
    media: Literal["image/png", "image/jpeg", "image/webp", "video/mp4"]


class RatesRow(Model, frozen=True, omit_defaults=True, kw_only=True):
    name: Text
    value: str  # as it is to be read: "1.10%"


class Asset(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Signed by two. `uses`: the classes it may play as. After `until` it is never shown again."""

    ref: str  # the name the programme calls it by, "ad.png"
    kind: AssetKind
    uses: tuple[ItemClass, ...] = ("house", "advertisement", "campaign")
    renditions: tuple[Rendition, ...] = ()  # of a picture or a video: several sizes, the first is the master
    duration_ms: int = 0  # of a video
    title: Text = field(default_factory=dict)
    alt: Text = field(default_factory=dict)
    risk: Text = field(default_factory=dict)  # risk text that stands beside it
    text: Text = field(default_factory=dict)  # of kind text
    rows: tuple[RatesRow, ...] = ()  # of kind rates
    live: str = ""  # of kind live: hours | counters | hotline
    locale: str = ""  # shown only on screens of that language; empty: on all
    start: Instant | None = None
    until: Instant | None = None


class ProgrammeItem(Model, frozen=True, omit_defaults=True, kw_only=True):
    """One entry of the programme. Empty `screens` or `groups`: everywhere."""

    id: str
    asset: str  # an Asset's ref
    cls: ItemClass = field(name="class")
    screens: tuple[str, ...] = ()  # kinds or names
    groups: tuple[str, ...] = ()  # branch groups, ids, or "all"
    zone: Literal["main", "side", "ticker"] = "main"
    seconds: int = 10  # how long it stands at a time
    share: int = 1000  # thousandths: its weight within its class
    playlist: str = ""  # items of one playlist follow each other in the order written
    tags: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()  # never directly before or after an item with one of these tags
    page: Literal["", "demonstration", "rates", "pledge"] = ""  # stands on that page of a touch screen, nowhere else
    every_s: int = 0  # a required item: on the glass at least so often; 0: not required
    daypart: str = ""  # OpenStreetMap opening_hours; empty: always
    start: Instant | None = None
    until: Instant | None = None


class NoticeTemplate(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Words with {blanks}; each blank is filled from its closed list: a choice's key → its words."""

    id: str
    text: Text
    blanks: dict[str, dict[str, Text]] = field(default_factory=dict)
    emergency: bool = False


class OperationsKey(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A key that may command branches without a second signature, within what stands here."""

    keyid: str
    public: str  # Ed25519, hex
    commands: tuple[str, ...]
    branches: tuple[str, ...]  # ids, group-<tag> or all
    until: Instant | None = None


class SignedContent(Model, frozen=True, omit_defaults=True, kw_only=True, dict=True, gc=True):
    """Everything one verified publication says. `version`: the snapshot's. `expires`: advertisements stop then."""

    version: int
    expires: Instant
    assets: tuple[Asset, ...] = ()
    items: tuple[ProgrammeItem, ...] = ()
    templates: tuple[NoticeTemplate, ...] = ()
    operations: tuple[OperationsKey, ...] = ()
    days: tuple[Day, ...] = ()  # dates' types, beside the library's calendar
    exceptions: tuple[HoursException, ...] = ()
    checklists: tuple[Checklist, ...] = ()

    def asset(self, ref: str) -> Asset | None:
        return self._by_ref.get(ref)

    @cached_property
    def _by_ref(self) -> dict[str, Asset]:
        return {one.ref: one for one in reversed(self.assets)}


def without_ended(content: SignedContent, at: Instant) -> SignedContent:
    """The content without items that were over by `at`, the latest time that head office has signed.

    A clock that was set back cannot bring them on again.
    """
    over = {asset.ref for asset in content.assets if asset.until is not None and asset.until <= at}
    kept = tuple(item for item in content.items if item.asset not in over and (item.until is None or at < item.until))
    return content if len(kept) == len(content.items) else replace(content, items=kept)
