"""`signage hours`: open or closed at a time, what is announced, the spans of the days to come, a whole year's table."""

import json
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from signage.cli.hours_year import year_data, year_lines
from signage.cli.options import AtTime, ConfigFile, Locale, read_time
from signage.cli.words import catalogue_for
from signage.config.holidays import calendar_warning, hours_plan
from signage.config.load import load_branch
from signage.core.hours import Hours, read_hours
from signage.core.hours_weeks import Announcement, announcements, service_name
from signage.core.hours_words import day_hours, describe
from signage.core.hours_year import is_special, year_table
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
from signage.core.wording import weekday
from signage.link.catalogues import load_catalogues
from signage.link.clock import now


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


def hours(
    config: ConfigFile,
    *,
    at: AtTime = None,
    days: Annotated[int, typer.Option("--days", min=0, max=400, help="Also the spans of so many days.")] = 0,
    year: Annotated[
        int | None, typer.Option("--year", min=1971, max=2998, help="Also a year's table.", show_default=False)
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """Opening hours at a time, and the days from then on."""
    loaded = load_branch(config)
    zone = ZoneInfo(loaded.branch.timezone)
    moment = read_time(at, "--at", zone) if at is not None else now()
    plan = read_hours(hours_plan(loaded, _since(moment.astimezone(zone).date(), year)))
    if (warning := calendar_warning(str(config), loaded.hours, plan.local_date(moment))) is not None:
        typer.echo(f"signage: {warning}", err=True)
    catalogues = load_catalogues()
    if form is Format.JSON:
        answer: dict[str, Any] = {name: _state(plan, name, moment, catalogues) for name in _services(plan)}
        answer["announced"] = [_announced(one, catalogues) for one in announcements(plan, moment)]
        if days:
            answer["days"] = _days(plan, moment, days, catalogues)
        if year is not None:
            answer["year"] = year_data(year_table(plan, year), catalogues)
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    catalogue = catalogue_for(catalogues, locale)
    for line in _lines(plan, moment, days, catalogue):
        print(line)
    if year is not None:
        for line in year_lines(year_table(plan, year), catalogue):
            print(line)


def _since(day: date, year: int | None) -> date:
    """From when on special days are wanted: a year back is enough for any rule, and the year that is asked for."""
    back = day - timedelta(days=366)
    return back if year is None else min(back, date(year, 1, 1))


def _services(plan: Hours) -> tuple[str, ...]:
    """The branch's, then those of counters with a rule of their own."""
    return tuple(plan.plan.rules)


def _announced(one: Announcement, catalogues: dict[str, Catalogue]) -> dict[str, Any]:
    words = {locale: catalogue.render(one.words) for locale, catalogue in catalogues.items()}
    return {"from": one.first.isoformat(), "note": one.note, "text": words}


def _state(plan: Hours, service: str, at: Instant, catalogues: dict[str, Catalogue]) -> dict[str, Any]:
    state = plan.at(service, at)
    words = describe(plan, service, at)
    return {
        "state": "open" if state.open else "closed",
        "until": _told(state.until),
        "next_open": _told(state.next_open),
        "text": {locale: catalogue.render(words) for locale, catalogue in catalogues.items()},
    }


def _days(plan: Hours, at: Instant, count: int, catalogues: dict[str, Catalogue]) -> list[dict[str, Any]]:
    told = []
    for ahead in range(count):
        day = plan.local_date(at) + timedelta(days=ahead)
        entry: dict[str, Any] = {"date": day.isoformat(), "type": plan.kind(day), "note": plan.note(day)}
        for service in _services(plan):
            words = day_hours(plan, service, day)
            entry[service] = {
                "spans": [{"from": str(start), "to": str(end)} for start, end in words.spans],
                "text": {locale: catalogue.render(words.words) for locale, catalogue in catalogues.items()},
            }
        told.append(entry)
    return told


def _lines(plan: Hours, at: Instant, days: int, catalogue: Catalogue) -> list[str]:
    names = {service: catalogue.render(service_name(service)) for service in _services(plan)}
    lines = [f"{name}: {catalogue.render(describe(plan, service, at))}" for service, name in names.items()]
    lines += [catalogue.render(one.words) for one in announcements(plan, at)]
    for ahead in range(days):
        day = plan.local_date(at) + timedelta(days=ahead)
        told = {service: day_hours(plan, service, day) for service in names}
        services = "  ".join(f"{names[service]} {catalogue.render(one.words)}" for service, one in told.items())
        note = catalogue.pick(plan.note(day)) or _kind(plan, day, catalogue)
        lines.append(f"{day} {catalogue.render(weekday(day))}  {services}{f'  ({note})' if note else ''}")
    return lines


def _kind(plan: Hours, day: date, catalogue: Catalogue) -> str:
    """What sort of date it is, where that is not what its weekday says."""
    return catalogue.text(f"day.kind.{plan.kind(day)}") if is_special(plan, day) else ""


def _told(moment: Instant | None) -> str | None:
    return str(moment) if moment is not None else None
