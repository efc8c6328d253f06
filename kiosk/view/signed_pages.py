"""The pages that two people at head office have signed: rates, the service pledge, the demonstration of e-banking."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from kiosk.media.album import PictureKey
from kiosk.view.happenings import Open, Place, ShowStep, Tap
from kiosk.view.headed import GoneView, Headed
from kiosk.view.media import RatesMain
from kiosk.view.panel import Showing
from kiosk.view.reading import Demonstration, Pledge, Rates, Signed
from kiosk.view.renditions import choose, contained
from kiosk.view.voice import Pair
from kiosk.view.zones import Hanging, demonstration_zones
from signage.core.instants import Instant
from signage.core.items import SignedPage
from signage.core.phrases import Phrase
from signage.core.programme import Asset
from signage.core.scene import Scene
from signage.core.wording import day_and_month


@dataclass(frozen=True)
class StepTap:
    """A way to another step or table."""

    label: Pair
    tap: Tap
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class RatesView(Headed):
    """`tabs`: of several tables; `since`: the date from which on it holds, in words."""

    table: RatesMain
    since: str
    tabs: tuple[StepTap, ...]


@dataclass(frozen=True, kw_only=True)
class PledgeView(Headed):
    points: tuple[Pair, ...]


@dataclass(frozen=True)
class StepPicture:
    """A picture of the demonstration, in the size in which it is drawn."""

    ref: str
    key: PictureKey


@dataclass(frozen=True, kw_only=True)
class DemonstrationView(Headed):
    """`near`: this step's picture, then those of its neighbours, so that they lie ready. `ready`: this one's is decoded."""

    step: int
    steps: int
    caption: Pair
    position: str
    earlier: StepTap | None
    later: StepTap
    near: tuple[StepPicture, ...]
    ready: bool = False


def signed_pages(scene: Scene) -> Signed:
    """What is signed for the pages of this screen."""
    return {zone.item.page: zone.item.assets for zone in scene.zones if isinstance(zone.item, SignedPage)}


def gone(showing: Showing, title: str, back: Place = Place.HOME) -> GoneView:
    """What a page showed is no longer there."""
    return GoneView(title=showing.voice.both(title), back=back, line=showing.voice.say("touch.gone"))


def rates_view(showing: Showing, page: Rates) -> RatesView | GoneView:
    voice, tables = showing.voice, showing.signed.get("rates", ())
    if not tables:
        return gone(showing, "touch.card.rates")
    step = min(page.step, len(tables) - 1)
    asset = tables[step]
    names = [voice.pick(one.title) if one.title else voice.both("media.rates") for one in tables]
    rows = tuple((voice.pick(row.name), row.value) for row in asset.rows)
    return RatesView(
        title=voice.both("touch.card.rates"),
        table=RatesMain(names[step], rows, voice.pick(asset.risk)),
        since=_since(showing, asset.start),
        tabs=tuple(StepTap(name, ShowStep(n), n == step) for n, name in enumerate(names)) if len(tables) > 1 else (),
    )


def _since(showing: Showing, start: Instant | None) -> str:
    if start is None:
        return ""
    day = start.astimezone(showing.hours.zone).date()
    return showing.voice.render(Phrase("rates.since", {"year": day.year, "day": day_and_month(day)})).first


def pledge_view(showing: Showing, _: Pledge) -> PledgeView | GoneView:
    """Each line that was signed is a point."""
    voice = showing.voice
    assets = showing.signed.get("pledge", ())
    if not assets:
        return gone(showing, "touch.card.pledge")
    points: list[Pair] = []
    for asset in assets:
        whole = voice.pick(asset.text)
        first, second = _lines(whole.first), _lines(whole.second)
        points += [Pair(line, second[n] if len(second) == len(first) else "") for n, line in enumerate(first)]
    return PledgeView(title=voice.both("touch.card.pledge"), points=tuple(points))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def demonstration_view(showing: Showing, page: Demonstration) -> DemonstrationView | GoneView:
    voice, assets = showing.voice, showing.signed.get("demonstration", ())
    if not assets or showing.hanging is None:
        return gone(showing, "touch.card.demonstration")
    step = min(page.step, len(assets) - 1)
    last = step == len(assets) - 1
    around = [assets[n] for n in (step, step + 1, step - 1) if 0 <= n < len(assets)]
    pictures = (step_picture(asset, showing.hanging) for asset in around)
    return DemonstrationView(
        title=voice.both("touch.card.demonstration"),
        step=step,
        steps=len(assets),
        caption=voice.pick(assets[step].title),
        position=voice.say("demonstration.position", step=step + 1, steps=len(assets)),
        earlier=StepTap(voice.both("demonstration.earlier"), ShowStep(step - 1)) if step else None,
        later=StepTap(voice.both("demonstration.done"), Open(Place.HOME))
        if last
        else StepTap(voice.both("demonstration.later"), ShowStep(step + 1)),
        near=tuple(picture for picture in pictures if picture is not None),
    )


def step_picture(asset: Asset, at: Hanging) -> StepPicture | None:
    """The rendition that lies on this screen's disk, in the size in which the page draws it."""
    chosen = choose(asset, at.zone)
    if chosen is None or chosen.still is None:
        return None
    width, height = contained((chosen.still.width, chosen.still.height), demonstration_zones(at.page, at.look).picture)
    return StepPicture(asset.ref, PictureKey(chosen.still.sha256, width, height))


def with_ready(view: DemonstrationView, decoded: Collection[PictureKey]) -> DemonstrationView:
    """Whether this step's picture can be drawn."""
    return replace(view, ready=bool(view.near) and view.near[0].key in decoded)
