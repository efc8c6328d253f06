"""The programme as it comes together on each screen: gaps, what is hidden, what cannot be fitted or kept apart."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from signage.core.dayparts import Dayparts
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.lint import Finding
from signage.core.lint_items import last_moment
from signage.core.model import Branch, ScreenEntry
from signage.core.placement import hindrance, stage
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from signage.core.required import Requirements
from signage.core.slots import slot

WEEK: Final = timedelta(days=7)
_FILLED: Final = frozenset({"wall", "fascia"})  # screens that are there for the programme


def lint_screen(
    content: SignedContent, branch: Branch, hours: Hours, screen: ScreenEntry, now: Instant
) -> Iterator[Finding]:
    """Every finding about one screen's programme in the week from `now` on."""
    here = [
        (item, asset)
        for item in content.items
        if (asset := content.asset(item.asset)) is not None and hindrance(item, asset, branch, screen) is None
    ]
    if screen.kind in _FILLED:
        yield from _gaps(content, hours, screen, [one for one in here if stage(one[0], screen) == "main"], now)
    yield from _required(content, screen, here)
    yield from _apart(screen, here)
    yield from _hidden(content, here)


def _gaps(
    content: SignedContent, hours: Hours, screen: ScreenEntry, main: Sequence[tuple[ProgrammeItem, Asset]], now: Instant
) -> Iterator[Finding]:
    place, cure = f'screen "{screen.name}"', "schedule a house item there, or leave it to the built-in slides"
    if not main:
        yield Finding("note", place, "nothing is scheduled on it", cure)
        return
    dayparts = Dayparts(hours.plan, (item.daypart for item, _ in main))
    end = Instant.of(now + WEEK)
    marks = [mark for item, asset in main for mark in (*_starts(item, asset), last_moment(item, asset, content))]
    moment, empty = now, None
    while moment < end:
        filled = any(_plays(item, asset, content, dayparts, moment) for item, asset in main)
        if filled and empty is not None:
            yield Finding("note", place, f"nothing scheduled {_stretch(hours, empty, moment)}", cure)
        empty = None if filled else empty or moment
        later = (mark for mark in marks if mark is not None and mark > moment)
        moment = dayparts.next_change(moment, min([end, *later]))
    if empty is not None:
        yield Finding("note", place, f"nothing scheduled {_stretch(hours, empty, end)}", cure)


def _starts(item: ProgrammeItem, asset: Asset) -> tuple[Instant | None, Instant | None]:
    return item.start, asset.start


def _plays(item: ProgrammeItem, asset: Asset, content: SignedContent, dayparts: Dayparts, now: Instant) -> bool:
    until = last_moment(item, asset, content)
    begun = all(start is None or start <= now for start in _starts(item, asset))
    return begun and (until is None or now < until) and item.daypart in dayparts.holding(now)


def _stretch(hours: Hours, start: Instant, end: Instant) -> str:
    """Such as Sat 28 Nov 16:00–24:00."""
    first, last = start.astimezone(hours.zone), end.astimezone(hours.zone)
    if end == hours.midnight(hours.local_date(start) + timedelta(days=1)):
        return f"{first:%a %d %b %H:%M}–24:00"
    if first.date() == last.date():
        return f"{first:%a %d %b %H:%M}–{last:%H:%M}"
    return f"{first:%a %d %b %H:%M} – {last:%a %d %b %H:%M}"


def _required(
    content: SignedContent, screen: ScreenEntry, here: Sequence[tuple[ProgrammeItem, Asset]]
) -> Iterator[Finding]:
    """What must stand so often that, with all the other required ones, it cannot."""
    wanted = [(item, asset) for item, asset in here if item.every_s]
    for place in sorted({stage(item, screen) for item, _ in wanted}):
        slots = [
            slot(number, item, asset, content)
            for number, (item, asset) in enumerate(wanted)
            if stage(item, screen) == place
        ]
        requirements = Requirements(slots)
        for one in slots:
            if requirements.crowded(one):
                what = f'cannot stand on "{screen.name}" every {one.item.every_s} s beside the other required items'
                yield Finding("error", f'item "{one.item.id}"', what, "ask for it less often, or shorten the others")


def _apart(screen: ScreenEntry, here: Sequence[tuple[ProgrammeItem, Asset]]) -> Iterator[Finding]:
    """An item whose every neighbour is one that it must not stand beside."""
    for item, _ in here:
        others = [other for other, _ in here if other.id != item.id and stage(other, screen) == stage(item, screen)]
        if others and item.apart and all(set(item.apart) & set(other.tags) for other in others):
            what = f'everything else on "{screen.name}" is what it must not stand beside'
            yield Finding("warning", f'item "{item.id}"', what, "add an item between, or take a tag out of apart")


def _hidden(content: SignedContent, here: Sequence[tuple[ProgrammeItem, Asset]]) -> Iterator[Finding]:
    """Notices that an emergency stands before for as long as they live."""
    for emergency, alarm in here:
        if emergency.cls != "emergency" or emergency.daypart:
            continue
        over = last_moment(emergency, alarm, content)
        for item, asset in here:
            ends = last_moment(item, asset, content)
            begins = max((one for one in _starts(item, asset) if one is not None), default=None)
            alarmed = max((one for one in _starts(emergency, alarm) if one is not None), default=None)
            early = alarmed is None or (begins is not None and alarmed <= begins)
            if item.cls == "notice" and early and ends is not None and over is not None and ends <= over:
                what = f'the emergency "{emergency.id}" stands before it until it is over'
                yield Finding("warning", f'item "{item.id}"', what, "let it last longer, or end the emergency earlier")
