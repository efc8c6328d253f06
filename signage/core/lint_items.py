"""The programme's items, linted one by one: words, dates, dayparts, names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from signage.core.dayparts import ALWAYS, Dayparts
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.lint import Finding
from signage.core.model import Branch, ScreenEntry
from signage.core.placement import EVERYWHERE
from signage.core.programme import PAGE_KINDS, Asset, ProgrammeItem, SignedContent

SOON: Final = timedelta(days=7)
_LOOK: Final = timedelta(days=28)
_ADVERTISING: Final = frozenset({"advertisement", "campaign"})
# What the rules on advertising wealth products flag, and what makes a text one about such a product.
FORBIDDEN: Final = ("保证", "无风险", "零风险", "最好", "最高收益", "唯一", "guaranteed", "risk-free", "no risk")
_WEALTH: Final = re.compile(r"理财|基金|收益|wealth|fund|yield", re.IGNORECASE)
_PASSING: Final = frozenset({"notice", "emergency"})  # which are meant to end
_KINDS: Final = frozenset({"touch", "wall", "counter", "fascia", "strip"})


def lint_items(
    content: SignedContent, branch: Branch, hours: Hours, screens: Iterable[ScreenEntry], now: Instant
) -> Iterator[Finding]:
    """Every finding about single items and their assets at `now`."""
    yield from _freshness(content, hours, now)
    names = _KINDS | {screen.name for screen in screens}
    dayparts = Dayparts(hours.plan, (item.daypart for item in content.items))
    for identity, count in Counter(item.id for item in content.items).items():
        if count > 1:
            yield Finding("error", _place(identity), f"{count} items are called so", "give each a name of its own")
    for item in content.items:
        asset = content.asset(item.asset)
        yield from _names(item, branch, names)
        if asset is None:
            yield Finding(
                "error", _place(item.id), f"its asset {item.asset!r} is not signed", "add the asset, or drop it"
            )
            continue
        if item.cls not in asset.uses:
            what = f"{asset.ref} is signed for {', '.join(asset.uses)}, not for {item.cls}"
            yield Finding("error", _place(item.id), what, "change the item's class, or sign the asset for it")
        yield from _page(item, asset)
        yield from _words(item, asset)
        yield from _dates(item, asset, hours, now)
        yield from _daypart(item, dayparts, hours, now)


def _place(identity: str) -> str:
    return f'item "{identity}"'


def _names(item: ProgrammeItem, branch: Branch, known: Iterable[str]) -> Iterator[Finding]:
    unknown = sorted(set(item.screens) - set(known))
    if unknown:
        what = f"this branch has no screen or kind {', '.join(unknown)}"
        yield Finding("warning", _place(item.id), what, "correct screens, or configure the screen")
    if item.groups and not {EVERYWHERE, branch.id, *branch.groups} & set(item.groups):
        what = f"it is for {', '.join(item.groups)}, and this branch is none of them"
        yield Finding("note", _place(item.id), what, "correct groups, if it is meant for this branch")


def _page(item: ProgrammeItem, asset: Asset) -> Iterator[Finding]:
    """What is for a page of touch screens, and does not fit there."""
    if not item.page:
        return
    if asset.kind != PAGE_KINDS[item.page]:
        what = f"the page {item.page} holds only {PAGE_KINDS[item.page]}, and {asset.ref} is {asset.kind}"
        yield Finding("error", _place(item.id), what, "name another asset, or another page")
    if item.cls != "house":
        what = f"what stands on the page {item.page} is of class house, and this is of {item.cls}"
        yield Finding("error", _place(item.id), what, "leave the class out")
    if item.screens and not any(name == "touch" or name not in _KINDS for name in item.screens):
        what = f"only touch screens have the page {item.page}, and it is for {', '.join(item.screens)}"
        yield Finding("error", _place(item.id), what, "name touch screens, or leave screens out")


def _words(item: ProgrammeItem, asset: Asset) -> Iterator[Finding]:
    if item.cls not in _ADVERTISING:
        return
    said = " ".join(words for text in (asset.title, asset.alt, asset.text) for words in text.values())
    written = asset.kind == "text"
    place = _place(item.id) if written else f'{_place(item.id)}, asset "{asset.ref}"'
    found = [word for word in FORBIDDEN if word in said.lower()]
    if found:
        what = f"its words say {', '.join(found)}, which advertisements may not"
        yield Finding("error", place, what, "change the words and sign again")
    if not asset.risk and _WEALTH.search(said):
        what = "it advertises a wealth product and carries no risk text"
        cure = "show it as a picture with --risk-text" if written else "add it again with --risk-text"
        yield Finding("error", place, what, cure)


def _wall(moment: Instant, hours: Hours) -> str:
    return f"{moment.astimezone(hours.zone):%Y-%m-%d %H:%M}"


def _freshness(content: SignedContent, hours: Hours, now: Instant) -> Iterator[Finding]:
    """What is signed is signed anew every day: only a branch that hears nothing comes near the end of it."""
    if content.expires <= now + SOON and any(item.cls in _ADVERTISING for item in content.items):
        what = f"nothing fresher is here than what ends at {_wall(content.expires, hours)}: from then on no advertisement is shown"
        yield Finding("warning", "content", what, "see that the controller reaches head office")


def _dates(item: ProgrammeItem, asset: Asset, hours: Hours, now: Instant) -> Iterator[Finding]:
    starts = [moment for moment in (item.start, asset.start) if moment is not None]
    if item.cls == "emergency" and item.until is None and asset.until is None:
        yield Finding("error", _place(item.id), "an emergency without an end is never shown", "set until")
    until = min((end for end in (item.until, asset.until) if end is not None), default=None)
    if until is None:
        return
    if starts and max(starts) >= until:
        yield Finding(
            "error",
            _place(item.id),
            f"it would begin at {_wall(max(starts), hours)}, after its end {_wall(until, hours)}",
            "correct from",
        )
    elif until <= now:
        yield Finding(
            "warning",
            _place(item.id),
            f"it ended at {_wall(until, hours)} and is never shown",
            "take it out, or prolong it",
        )
    elif until <= now + SOON and item.cls not in _PASSING:
        yield Finding(
            "warning",
            _place(item.id),
            f"it ends soon, at {_wall(until, hours)}",
            "prolong it, or have its successor ready",
        )


def last_moment(item: ProgrammeItem, asset: Asset, content: SignedContent) -> Instant | None:
    """When an item is over: its own end, its asset's, and for advertising the publication's."""
    ends = [item.until, asset.until, content.expires if item.cls in _ADVERTISING else None]
    return min((end for end in ends if end is not None), default=None)


def _daypart(item: ProgrammeItem, dayparts: Dayparts, hours: Hours, now: Instant) -> Iterator[Finding]:
    if item.daypart in dayparts.unreadable:
        yield Finding("error", _place(item.id), dayparts.unreadable[item.daypart], "write it as opening_hours")
    elif item.daypart != ALWAYS and hours.services and not _meets_opening(item.daypart, dayparts, hours, now):
        what = f"its daypart {item.daypart!r} meets no opening hours within four weeks"
        yield Finding(
            "warning", _place(item.id), what, "change the daypart, unless it is meant for passers-by at night"
        )


def _meets_opening(daypart: str, dayparts: Dayparts, hours: Hours, now: Instant) -> bool:
    moment, end = now, Instant.of(now + _LOOK)
    while moment < end:
        if daypart in dayparts.holding(moment) and any(hours.at(one, moment).open for one in hours.services):
            return True
        changes = (hours.at(one, moment).until for one in hours.services)
        moment = dayparts.next_change(moment, min([end, *(change for change in changes if change is not None)]))
    return False
