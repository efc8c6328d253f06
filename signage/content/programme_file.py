"""`programme.toml` as people write it (contract: Publishing) into a timetable and the texts that take two signatures."""

import hashlib
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct, field

from signage.content.signed import Timetable
from signage.core.dayparts import Dayparts
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.model import HoursPlan
from signage.core.programme import Asset, ItemClass, ProgrammeItem, RatesRow

_MOST_RATES: Final = 24  # what a page shows in two columns
_When: TypeAlias = Any  # a TOML time or date, or one in quotes: `moment` reads it


class _Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rate as it is to be read, such as 0.95%."""

    name: dict[str, str]
    value: Annotated[str, Meta(min_length=1, max_length=20)]


class _Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    asset: str | None = None
    text: dict[str, str] | None = None
    rates: Annotated[tuple[_Row, ...], Meta(max_length=_MOST_RATES)] = ()
    title: dict[str, str] = {}
    risk: dict[str, str] = {}
    id: str | None = None
    screens: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    cls: ItemClass | None = field(name="class", default=None)  # none: of a page house, else advertisement
    page: Literal["", "demonstration", "rates", "pledge"] = ""
    zone: Literal["main", "side", "ticker"] = "main"
    seconds: Annotated[int, Meta(ge=1, le=3600)] = 10
    share: Annotated[float, Meta(ge=0, le=1000)] = 1.0
    playlist: str = ""
    tags: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    every_s: Annotated[int, Meta(ge=0)] = 0
    daypart: str = ""
    start: _When = field(name="from", default=None)
    until: _When = None


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    item: tuple[_Entry, ...] = ()


def read_programme(path: Path, zone: ZoneInfo) -> tuple[Timetable, dict[str, Asset]]:
    """The items, and an asset for each free text, by ref. Raises Refusal (65) that names the item."""
    try:
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: cannot be read: {error.strerror}; name the programme's file") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: {error}; mend that place") from None
    unreadable = Dayparts(HoursPlan(timezone=zone.key, rules={}), (entry.daypart for entry in file.item)).unreadable
    texts: dict[str, Asset] = {}
    items = []
    for number, entry in enumerate(file.item, 1):
        place = f"{path}: item {number}"
        _check(entry, place)
        start, until = moment(entry.start, zone, place, end=False), moment(entry.until, zone, place, end=True)
        asset = None if entry.asset is not None else _words(entry, start, until)
        if asset is not None:
            texts[asset.ref] = asset
        if entry.daypart in unreadable:
            why = unreadable[entry.daypart]
            raise Refusal(Exit.BAD_DATA, f"{place}: daypart: {why}; wanted opening_hours, such as Mo-Fr 09:00-12:00")
        items.append(_item(entry, asset.ref if asset is not None else str(entry.asset), number, start, until))
    return Timetable(items=tuple(items)), texts


def moment(text: _When, zone: ZoneInfo, place: str, *, end: bool) -> Instant | None:
    """A time, or a date; as an end, a date's last moment is included. Raises Refusal (65)."""
    if text is None:
        return None
    try:
        if isinstance(text, str) and "T" not in text and len(text) == len("2027-01-01"):
            text = date.fromisoformat(text)
        elif isinstance(text, str):
            text = datetime.fromisoformat(text)
        if isinstance(text, datetime):
            return Instant.of(text if text.tzinfo is not None else text.replace(tzinfo=zone))
        if not isinstance(text, date):
            raise Refusal(Exit.BAD_DATA, f"{place}: {text!r} is no time; wanted one such as 2027-01-01")
        return Instant.of(datetime.combine(text + timedelta(days=int(end)), time(), zone))
    except (ValueError, OverflowError):
        raise Refusal(Exit.BAD_DATA, f"{place}: {text!r} is no time; wanted one such as 2027-01-01") from None


def _check(entry: _Entry, place: str) -> None:
    """What an entry says by itself. Raises Refusal (65)."""
    ways = (entry.asset is not None) + (entry.text is not None) + bool(entry.rates)
    if ways != 1:
        raise Refusal(Exit.BAD_DATA, f"{place}: wanted one of asset, text and rates")
    if (entry.title or entry.risk) and not entry.rates:
        raise Refusal(
            Exit.BAD_DATA, f"{place}: title and risk stand with rates only; those of an asset were signed with it"
        )
    if entry.page and _class(entry) != "house":
        raise Refusal(Exit.BAD_DATA, f"{place}: class {entry.cls}; wanted house, since a page is no {entry.cls}")


def _class(entry: _Entry) -> ItemClass:
    return entry.cls or ("house" if entry.page else "advertisement")


def _words(entry: _Entry, start: Instant | None, until: Instant | None) -> Asset:
    """Free words or a table of rates, called by what they say: the same again is the same asset."""
    said: list[Any] = [entry.text, _class(entry), str(start), str(until)]
    if entry.rates:
        said += [entry.rates, entry.title, entry.risk]
    digest = hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:12]
    uses = (_class(entry),)
    if not entry.rates:
        return Asset(ref=f"text-{digest}", kind="text", uses=uses, text=entry.text or {}, start=start, until=until)
    return Asset(
        ref=f"rates-{digest}",
        kind="rates",
        uses=uses,
        title=entry.title,
        risk=entry.risk,
        rows=tuple(RatesRow(name=row.name, value=row.value) for row in entry.rates),
        start=start,
        until=until,
    )


def _item(entry: _Entry, ref: str, number: int, start: Instant | None, until: Instant | None) -> ProgrammeItem:
    return ProgrammeItem(
        id=entry.id or f"{number}-{ref}",
        asset=ref,
        cls=_class(entry),
        page=entry.page,
        screens=entry.screens,
        groups=entry.groups,
        zone=entry.zone,
        seconds=entry.seconds,
        share=round(entry.share * 1000),
        playlist=entry.playlist,
        tags=entry.tags,
        apart=entry.apart,
        every_s=entry.every_s,
        daypart=entry.daypart,
        start=start,
        until=until,
    )
