"""A screen's day as a timeline: from scene to scene, what stands and which rule made it so."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from signage.core.instants import Instant
from signage.core.items import HouseSlide, MediaItem, WordsItem
from signage.core.scene import Scene


def timeline(shown_at: Callable[[Instant], Scene], start: Instant, end: Instant) -> Iterator[tuple[Instant, Scene]]:
    """Each scene of the day with the instant at which it begins."""
    now = start
    while now < end:
        shown = shown_at(now)
        yield now, shown
        now = shown.until if shown.until is not None else end


def print_day(scenes: Iterator[tuple[Instant, Scene]], screen: str, zone: ZoneInfo) -> None:
    """A line for each time in which the same scene with the same winner stands; house slides count as one."""
    print(f"{screen}, times in {zone.key}")
    rows = ((start, *_row(shown)) for start, shown in scenes)
    groups = [(key, [row[0] for row in group]) for key, group in groupby(rows, key=lambda row: row[1:])]
    for number, ((name, item, why), starts) in enumerate(groups):
        until = _clock(groups[number + 1][1][0], zone) if number + 1 < len(groups) else "24:00:00"
        print(f"{_clock(starts[0], zone)}-{until}  {name:<9}  {item:<24}  {why}")


def _row(shown: Scene) -> tuple[str, str, str]:
    main: Any = next((zone.item for zone in shown.zones if zone.name == "main"), None)
    match main:
        case MediaItem() | WordsItem():
            item = f"{main.id} ({main.asset.ref})"
        case HouseSlide():
            item = "house slides"
        case _:
            item = type(main).__name__
    won = next(why for why in shown.why if why.won)
    return shown.name, item, f"{won.candidate}: {won.reason.partition(', until ')[0]}"


def _clock(moment: Instant, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M:%S}"
