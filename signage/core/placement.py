"""Whether a screen is concerned by an item of the programme at all, and in which of its zones the item stands.

Nothing here depends on the time: what is decided here is decided once for a publication and a screen.
"""

from typing import Final, Literal, TypeAlias

from signage.core.model import Branch, ScreenEntry
from signage.core.programme import PAGE_KINDS, Asset, PageName, ProgrammeItem

Stage: TypeAlias = Literal["main", "side", "ticker", "attract", "beside"] | PageName

EVERYWHERE: Final = "all"
WORDS_ONLY: Final = frozenset({"strip", "fascia"})  # screens of one line


def stage(item: ProgrammeItem, screen: ScreenEntry) -> Stage:
    """The zone in which the item stands on a screen that it concerns. See `hindrance`.

    A wall is there for the programme. Other screens are there for something else: an item plays on them if it names them,
    on a touch screen while nobody uses it (`attract`), unless it is for a page there. Words of a notice that name no
    screen stand beside.
    """
    if item.page:
        return item.page
    if item.cls == "emergency" or screen.kind == "wall":
        return item.zone if item.cls != "emergency" else "main"
    if not item.screens or (item.cls == "notice" and screen.kind == "touch"):
        return "beside"
    return "attract" if screen.kind == "touch" else "main"


def hindrance(item: ProgrammeItem, asset: Asset | None, branch: Branch, screen: ScreenEntry) -> str | None:
    """Why the item never plays on this screen; None if it does when its time has come."""
    if asset is None:
        return f"its asset {item.asset} is not signed"
    if item.cls not in asset.uses:
        return f"{asset.ref} is signed for {', '.join(asset.uses)}, not for {item.cls}"
    if item.screens and screen.name not in item.screens and screen.kind not in item.screens:
        return f"placed on {', '.join(item.screens)}"
    if item.groups and not {EVERYWHERE, branch.id, *branch.groups} & set(item.groups):
        return f"for the groups {', '.join(item.groups)}, and this branch is in none of them"
    if asset.locale and screen.locale and _language(asset.locale) != _language(screen.locale):
        return f"{asset.ref} is in {asset.locale}, and this screen speaks {screen.locale}"
    if item.share < 1 and item.every_s < 1 and item.cls != "emergency":
        return "it has no share and is not required"
    if item.cls == "emergency" and item.until is None and asset.until is None:
        return "an emergency without an end is none"
    return _unfit(item, asset, screen)


def _language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


def _unfit(item: ProgrammeItem, asset: Asset, screen: ScreenEntry) -> str | None:
    place = stage(item, screen)
    if item.page:
        return _unfit_page(item.page, item, asset, screen)
    if screen.kind != "wall" and item.zone != "main":
        return f"a {screen.kind} screen has no zone {item.zone} for it"
    if place == "beside" and item.cls != "notice":
        return f"a {screen.kind} screen is there for something else: name it in screens"
    if asset.kind != "text" and (screen.kind in WORDS_ONLY or place in {"ticker", "beside"}):
        where = "the ticker" if place == "ticker" else f"that place of a {screen.kind} screen"
        return f"{where} holds only words"
    return None


def _unfit_page(page: PageName, item: ProgrammeItem, asset: Asset, screen: ScreenEntry) -> str | None:
    if screen.kind != "touch":
        return f"it is for the page {page}, which only touch screens have"
    if asset.kind != PAGE_KINDS[page]:
        return f"the page {page} holds only {PAGE_KINDS[page]}, and {asset.ref} is {asset.kind}"
    return (
        None if item.cls == "house" else f"what stands on the page {page} is of class house, and this is of {item.cls}"
    )
