"""Head office's content on this screen: from verified, over staged, to what may be drawn. Decides, orders, draws nothing.

A newer publication is drawn once the pictures that come next are decoded; until then the last good one goes on. What is
broken or not here yet is absent: its turns go to house slides. What failed without anybody knowing why is left alone for a
while; a newer publication forgives it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from operator import is_
from pathlib import Path
from typing import Final, Protocol, assert_never

import structlog
from msgspec.structs import replace

from kiosk.foresight import Foresight, World
from kiosk.media.album import Album, PictureKey, Pixels
from kiosk.media.darkroom import Blame, Darkroom, Developed, Order, Spoilt
from kiosk.media.probation import Probation
from kiosk.view.media import MediaMain, media_main
from kiosk.view.renditions import Chosen, choose, pictures
from kiosk.view.voice import Voice
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import MediaItem, Shape, WordsItem
from signage.core.placement import stage
from signage.core.programme import Asset, Rendition, SignedContent
from signage.core.scene import Scene
from signage.core.schedule import upcoming
from signage.core.slots import HOUR_MS
from signage.wire.messages import DeliveryStatus, Fault

NEXT_UP: Final = timedelta(minutes=2)  # what is to lie decoded before a publication is drawn
_SEEN_FOR: Final = timedelta(minutes=1)  # what comes up is gone through anew after that
AHEAD_HOURS: Final = 24  # what is to lie on this disk; gone through one hour at a look, for a whole day takes a moment
STAGED_AT_ONCE: Final = 3  # pictures that have to be decoded before the first is drawn
_TRIES: Final = 4  # of an instant's picture, each without what turned out to be missing
_PROCESSOR: Final = "processor"
_DECODER_FIRST_S: Final = 60  # after which a picture is tried again that the decoder had no time or memory for


class Holdings(Protocol):
    """What lies on this screen's disk, verified."""

    @property
    def content(self) -> SignedContent | None:
        """The newest that was verified."""

    @property
    def status(self) -> DeliveryStatus:
        """How far it has come; `staged` is not its business."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Such as a refused publication."""

    def blob(self, sha256: str) -> Path | None:
        """Where a whole blob lies."""

    def want(self, blobs: Sequence[Rendition]) -> None:
        """Fetch these, in this order; keep them."""

    def spoilt(self, sha256: str) -> None:
        """This blob is not what its name says: forget it, and fetch it again."""


class Contents:
    """Belongs to the drawing thread. `hanging`: where pictures stand; it changes with the window."""

    def __init__(self, holdings: Holdings, darkroom: Darkroom, voice: Voice, hanging: Hanging) -> None:
        self.hanging = hanging
        self.drawn: SignedContent | None = None
        self.staged = 0
        self.verified_at = Instant.from_ms(0)
        self.decoder: str | None = None  # of the film that played last, as Status names it
        self._seen = 0
        self._given_up: SignedContent | None = None
        self._holdings = holdings
        self._darkroom = darkroom
        self._voice = voice
        self._album = Album()
        self._scenes = Foresight()
        self._ordered: set[PictureKey] = set()
        self._broken: dict[str, str] = {}  # by SHA-256, why
        self._undecoded = Probation(_DECODER_FIRST_S)  # pictures, by SHA-256
        self._unplayed = Probation()  # films
        self._faults: dict[str, Fault] = {}
        self._held_up: Fault | None = None
        self._now = Instant.from_ms(0)  # of the last look
        self._needed: tuple[PictureKey, ...] = ()
        self._coming: tuple[str, ...] = ()
        self._coming_of: tuple[object, ...] = ()
        self._coming_from = Instant.from_ms(0)
        self._planned: tuple[object, ...] = ()  # what the plans are of
        self._plans: dict[int, dict[str, Rendition]] = {}  # by the hour's number since 1970, in the order of its turns
        self._wanted: tuple[Rendition, ...] = ()
        self._log = structlog.get_logger()

    def speak(self, voice: Voice) -> None:
        """In other languages from now on."""
        self._voice = voice

    # ---- what happens ------------------------------------------------------------------------------------------------

    def answered(self, answer: Developed | Spoilt, now: Instant) -> None:
        """The darkroom is done with an order."""
        order = answer.order
        self._ordered.discard(order.key)
        sha256 = order.key.sha256
        if isinstance(answer, Developed):
            self._album.put(answer.pixels, self._needed)
            if self._undecoded.forget(sha256):
                self._faults.pop(f"content-decode/{order.ref}", None)
            return
        match answer.blame:
            case Blame.PICTURE:
                self._broken[sha256] = answer.reason
                self._fault("content-decode", order.ref, answer.reason, now)
            case Blame.DECODER:
                self._undecoded.failed(sha256, now)
                self._fault("content-decode", order.ref, answer.reason, now)
            case Blame.BLOB:
                self._rotten(sha256, order.ref, answer.reason)
            case _:
                assert_never(answer.blame)

    def _rotten(self, sha256: str, ref: str, reason: str) -> None:
        self._log.warning("a blob on this disk is not what was signed", ref=ref, reason=reason)
        self._holdings.spoilt(sha256)

    def _fault(self, code: str, ref: str, reason: str, now: Instant) -> None:
        self._log.error("fault", code=code, ref=ref, reason=reason)
        before = self._faults.get(f"{code}/{ref}")
        since = before.since if before is not None else now
        self._faults[f"{code}/{ref}"] = Fault(code=code, since=since, text=f"{ref}: {reason}"[:200])

    # ---- films -------------------------------------------------------------------------------------------------------

    def film(self, sha256: str, now: Instant) -> Path | None:
        """Where a film lies; None: it is not here yet, or has failed and is left alone for a while."""
        return None if self._unplayed.holds(sha256, now) else self._holdings.blob(sha256)

    def film_plays(self, sha256: str, decoder: str) -> None:
        """`decoder`: in hardware; empty: the processor."""
        if (decoder or _PROCESSOR) != self.decoder:
            self.decoder = decoder or _PROCESSOR
            self._log.info("films are decoded", decoder=self.decoder)
        self._faults.pop(f"content-film/{self._ref_of(sha256)}", None)

    def film_failed(self, sha256: str, reason: str, now: Instant, *, rotten: bool) -> None:
        """A film does not play; its still picture stands until it is tried again, or has been fetched again."""
        ref = self._ref_of(sha256)
        if rotten:
            self._rotten(sha256, ref, reason)
        else:
            self._unplayed.failed(sha256, now)
            self._fault("content-film", ref, reason, now)

    def films_held_up(self, reason: str | None, now: Instant) -> None:
        """Why no film at all is opened; None: they are."""
        if reason is None:
            self._held_up = None
        elif self._held_up is None:
            self._log.error("fault", code="content-film", reason=reason)
            self._held_up = Fault(code="content-film", since=now, text=reason)

    def _ref_of(self, sha256: str) -> str:
        content = self.drawn
        assets = content.assets if content is not None else ()
        return next((one.ref for one in assets if any(r.sha256 == sha256 for r in one.renditions)), sha256[:12])

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Of assets that the present publication names, and of its delivery."""
        held_up = () if self._held_up is None else (self._held_up,)
        return (*self._faults.values(), *held_up, *self._holdings.faults)

    @property
    def delivery(self) -> DeliveryStatus:
        """How far it has come here."""
        return replace(self._holdings.status, staged=self.staged)

    def give_up(self, reason: str, now: Instant) -> None:
        """What is drawn is at odds with this program: it is not drawn any more, until the next publication."""
        if self.drawn is not None:
            self._fault("content-broken", f"version {self.drawn.version}", reason, now)
        self.drawn = None
        self._given_up = self._holdings.content

    # ---- what is to be drawn -----------------------------------------------------------------------------------------

    def look(self, world: World) -> tuple[Scene, tuple[Pixels, ...]]:
        """The scene at this instant with nothing in it that cannot be drawn, and the pixels it and the next one take."""
        newest, self._now = self._holdings.content, world.now
        if newest is not None and newest.version != self._seen:
            self._seen, self.verified_at = newest.version, world.now
            self._undecoded.clear()
            self._unplayed.clear()
        if world.state is None:
            return world.scene(None, frozenset()), ()
        if (
            newest is not None
            and newest is not self.drawn
            and newest is not self._given_up
            and self._stage(newest, world)
        ):
            self._adopt(newest)
        if self.drawn is not None:
            self._want(world)
        return self._drawable(self.drawn, world)

    def _adopt(self, content: SignedContent) -> None:
        self.drawn = content
        self.staged = content.version
        named = {one.sha256 for asset in content.assets for one in asset.renditions}
        self._broken = {sha256: why for sha256, why in self._broken.items() if sha256 in named}
        stay = set(self._failing(content))
        self._faults = {key: fault for key, fault in self._faults.items() if key in stay}

    def _failing(self, content: SignedContent) -> Iterator[str]:
        """Faults that go on: a picture or film of the same name may have been mended since."""
        for asset in content.assets:
            names = [one.sha256 for one in asset.renditions]
            if any(one in self._broken or one in self._undecoded for one in names):
                yield f"content-decode/{asset.ref}"
            if any(one in self._unplayed for one in names):
                yield f"content-film/{asset.ref}"

    def _stage(self, content: SignedContent, world: World) -> bool:
        """Order what comes first; whether all of it is ready. An emergency does not wait."""
        self._want(world)
        shown = self._scenes.scene(world, content, self._absent(content, world))
        if any(isinstance(zone.item, WordsItem) and zone.item.shape is Shape.SUSPENDED for zone in shown.zones):
            return True
        assert world.state is not None
        alone = {item.asset for item in content.items if item.cls == "emergency"}
        plays: dict[str, set[str]] = {}  # where, by ref; a page's picture waits for its visitor
        for item in content.items:
            if not item.page:
                plays.setdefault(item.asset, set()).add(stage(item, world.entry))
        refs = upcoming(content, world.state, world.hours, world.entry, world.now, NEXT_UP)
        refs = tuple(ref for ref in refs if ref in plays)[:STAGED_AT_ONCE]
        ready = True
        for asset in filter(None, map(content.asset, refs)):
            shown_as = MediaItem("", asset, world.now, world.now, alone=asset.ref in alone)
            for main in (self._main(shown_as, place) for place in sorted(plays[asset.ref])):
                if main is not None and main.still is not None and not self._ready(main, asset):
                    ready = False
        return ready

    def _ready(self, main: MediaMain, asset: Asset) -> bool:
        """Decoded, or known not to be for now; otherwise ordered now."""
        key = main.still
        assert key is not None
        if key in self._album or self._given_up_on(key.sha256):
            return True
        self._order(asset, key)
        return False

    def _drawable(self, content: SignedContent | None, world: World) -> tuple[Scene, tuple[Pixels, ...]]:
        absent = self._absent(content, world) if content is not None else frozenset()
        for _ in range(_TRIES):
            shown = self._scenes.scene(world, content, absent)
            pixels, missing = self._pixels(shown)
            if missing is None:
                break
            absent |= {missing}
        else:
            shown, pixels = world.scene(None, frozenset()), ()
        ahead = self._look_ahead(shown, content, absent, world)
        self._needed = tuple(one.key for one in (*pixels, *ahead))
        return shown, (*pixels, *ahead)

    def _pixels(self, shown: Scene) -> tuple[tuple[Pixels, ...], str | None]:
        """What this scene's pictures are drawn with, or the ref of one that is not decoded; it is ordered then."""
        found = []
        for zone in shown.zones:
            item = zone.item
            if not isinstance(item, MediaItem):
                continue
            main = self._main(item, zone.name)
            if main is None or main.still is None:
                continue
            pixels = self._album.get(main.still)
            if pixels is None:
                self._order(item.asset, main.still)
                return (), item.asset.ref
            found.append(pixels)
        return tuple(found), None

    def _look_ahead(
        self, shown: Scene, content: SignedContent | None, absent: frozenset[str], world: World
    ) -> tuple[Pixels, ...]:
        """The next turn's picture is decoded before its instant."""
        if content is None or shown.until is None:
            return ()
        return self._pixels(self._scenes.scene(world, content, absent, shown.until))[0]

    def beside(self, pictures: Iterable[tuple[str, PictureKey]]) -> tuple[Pixels, ...]:
        """What of a page's pictures is decoded, each by its asset's ref; the others are ordered. To be asked after `look`."""
        found = []
        for ref, key in pictures:
            asset = self.drawn.asset(ref) if self.drawn is not None else None
            pixels = self._album.get(key)
            self._needed = (*self._needed, key)
            if pixels is not None:
                found.append(pixels)
            elif asset is not None:
                self._order(asset, key)
        return tuple(found)

    # ---- what is here ------------------------------------------------------------------------------------------------

    def _absent(self, content: SignedContent, world: World) -> frozenset[str]:
        """Assets that this screen cannot draw: their blob is not here, or is broken."""
        refs = self._soon(content, world)
        return frozenset(asset.ref for asset in filter(None, map(content.asset, refs)) if not self._here(asset))

    def _soon(self, content: SignedContent, world: World) -> tuple[str, ...]:
        """The assets of the next minutes."""
        assert world.state is not None
        of = (content, world.state, world.hours, world.entry)
        same = len(self._coming_of) == len(of) and all(map(is_, of, self._coming_of))
        if not same or not self._coming_from <= world.now < self._coming_from + _SEEN_FOR:
            horizon = NEXT_UP + _SEEN_FOR
            self._coming = upcoming(content, world.state, world.hours, world.entry, world.now, horizon)
            self._coming_of, self._coming_from = of, world.now
        return self._coming

    def _here(self, asset: Asset) -> bool:
        chosen = self._chosen(asset)
        if chosen is None:
            return asset.kind not in {"picture", "video"}
        return chosen.still is not None and self._holds(chosen.still)

    def _holds(self, rendition: Rendition) -> bool:
        return not self._given_up_on(rendition.sha256) and self._holdings.blob(rendition.sha256) is not None

    def _given_up_on(self, sha256: str) -> bool:
        """A picture that is broken, or is left alone for a while."""
        return sha256 in self._broken or self._undecoded.holds(sha256, self._now)

    def _chosen(self, asset: Asset) -> Chosen | None:
        return choose(asset, self.hanging.largest(asset))

    def _main(self, item: MediaItem, place: str) -> MediaMain | None:
        return media_main(item, self._voice, self.hanging, place)

    def _want(self, world: World) -> None:
        """Tell what to fetch, hour by hour: the newest publication's, what is drawn until then, what was wanted before."""
        assert world.state is not None
        newest = self._holdings.content
        of = (newest, self.drawn, world.state.branch, world.hours, world.entry, self.hanging)
        if of != self._planned:
            self._planned, self._plans = of, {}
        first = world.now.ms // HOUR_MS
        ahead = range(first, first + AHEAD_HOURS + 1)
        due = next((number for number in ahead if number not in self._plans), None)
        if due is None:
            return
        known = self._plans | {due: self._hour(due, world)}
        self._plans = {number: known[number] for number in ahead if number in known}
        plan = {sha256: one for hour in self._plans.values() for sha256, one in hour.items()}
        whole = len(self._plans) == len(ahead)
        before = () if whole else tuple(one for one in self._wanted if one.sha256 not in plan)
        wanted = (*plan.values(), *before)
        if wanted != self._wanted:
            self._wanted = wanted
            self._holdings.want(wanted)

    def _hour(self, number: int, world: World) -> dict[str, Rendition]:
        """The blobs of what is left of an hour's turns, by SHA-256, in their order."""
        assert world.state is not None
        end = Instant.from_ms((number + 1) * HOUR_MS - 1)
        begin = max(world.now, Instant.from_ms(number * HOUR_MS))
        out: dict[str, Rendition] = {}
        for content in (self._holdings.content, self.drawn):
            if content is not None:
                refs = upcoming(content, world.state, world.hours, world.entry, begin, end - begin, keep=False)
                for one in (blob for ref in refs for blob in self._blobs(content.asset(ref))):
                    out.setdefault(one.sha256, one)
        return out

    def _blobs(self, asset: Asset | None) -> tuple[Rendition, ...]:
        chosen = self._chosen(asset) if asset is not None else None
        return chosen.blobs if chosen is not None else ()

    def _order(self, asset: Asset, key: PictureKey) -> None:
        if key in self._ordered or self._given_up_on(key.sha256):
            return
        path = self._holdings.blob(key.sha256)
        rendition = next((one for one in pictures(asset) if one.sha256 == key.sha256), None)
        if path is None or rendition is None or rendition.media == "video/mp4":
            return
        size = (rendition.width, rendition.height)
        ground = self.hanging.ground
        if self._darkroom.order(Order(asset.ref, key, path, rendition.media, size, ground)):
            self._ordered.add(key)
