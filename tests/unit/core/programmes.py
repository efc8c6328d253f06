"""Small publications, and parts to change about them."""

from signage.core.programme import Asset, ItemClass, ProgrammeItem, SignedContent
from signage.core.slots import Slot, slot
from tests.unit.core.branches import later

EVERY_USE: tuple[ItemClass, ...] = ("house", "advertisement", "campaign", "notice", "emergency")


def item(identity: str, cls: ItemClass = "advertisement", **more: object) -> ProgrammeItem:
    fields = {"asset": f"{identity}.png", "id": identity, "cls": cls, **more}
    return ProgrammeItem(**fields)  # type: ignore[arg-type] # tests name fields they know


def picture(ref: str) -> Asset:
    return Asset(ref=ref, kind="picture", uses=EVERY_USE)


def words(ref: str, **more: object) -> Asset:
    fields = {"ref": ref, "kind": "text", "uses": EVERY_USE, "text": {"zh": ref, "en": ref}, **more}
    return Asset(**fields)  # type: ignore[arg-type] # tests name fields they know


def published(*items: ProgrammeItem, assets: tuple[Asset, ...] = (), expires: float = 30 * 86400) -> SignedContent:
    """The items with a picture for each asset that is not given."""
    given = {asset.ref for asset in assets}
    pictures = {one.asset: picture(one.asset) for one in items if one.asset not in given}
    return SignedContent(version=1, expires=later(expires), assets=(*assets, *pictures.values()), items=items)


def slots_of(*items: ProgrammeItem) -> list[Slot]:
    """The items on a screen that all of them concern."""
    content = published(*items)
    by_ref = {asset.ref: asset for asset in content.assets}
    return [slot(number, one, by_ref[one.asset], content) for number, one in enumerate(items)]
