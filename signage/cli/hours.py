"""`signage hours`: open or closed at a time, and the spans of the days to come."""

import json
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from signage.cli.controller import local_date
from signage.cli.options import AtTime, ConfigFile, Locale, read_time
from signage.cli.words import catalogue_for
from signage.config.holidays import calendar_warning, hours_plan
from signage.config.load import load_branch
from signage.core.hours import Hours, read_hours
from signage.core.hours_words import day_hours, describe
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
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
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """Opening hours at a time, and the days from then on."""
    loaded = load_branch(config)
    plan = read_hours(hours_plan(loaded, local_date(loaded, now()) - timedelta(days=366)))
    moment = read_time(at, "--at", plan.zone) if at is not None else now()
    warning = calendar_warning(str(config), loaded.hours, plan.local_date(moment))
    if warning is not None:
        typer.echo(f"signage: {warning}", err=True)
    catalogues = load_catalogues()
    if form is Format.JSON:
        answer: dict[str, Any] = {name: _state(plan, name, moment, catalogues) for name in plan.services}
        if days:
            answer["days"] = _days(plan, moment, days, catalogues)
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for line in _lines(plan, moment, days, catalogue_for(catalogues, locale)):
        print(line)


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
        for service in plan.services:
            words = day_hours(plan, service, day)
            entry[service] = {
                "spans": [{"from": str(start), "to": str(end)} for start, end in words.spans],
                "text": {locale: catalogue.render(words.words) for locale, catalogue in catalogues.items()},
            }
        told.append(entry)
    return told


def _lines(plan: Hours, at: Instant, days: int, catalogue: Catalogue) -> list[str]:
    lines = [
        f"{catalogue.text(f'service.{service}')}: {catalogue.render(describe(plan, service, at))}"
        for service in plan.services
    ]
    for ahead in range(days):
        day = plan.local_date(at) + timedelta(days=ahead)
        words = [day_hours(plan, service, day) for service in plan.services]
        services = "  ".join(
            f"{catalogue.text(f'service.{service}')} {catalogue.render(told.words)}"
            for service, told in zip(plan.services, words, strict=True)
        )
        note = catalogue.pick(plan.note(day))
        lines.append(f"{day} {catalogue.render(words[0].weekday)}  {services}{f'  ({note})' if note else ''}")
    return lines


def _told(moment: Instant | None) -> str | None:
    return str(moment) if moment is not None else None
