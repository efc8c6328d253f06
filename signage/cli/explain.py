"""`signage explain`: what a screen shows at a time, and why each other candidate does not."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from signage.branch.document import branch_state
from signage.branch.facts import Facts
from signage.branch.settings import ControllerSettings
from signage.branch.store import FILE
from signage.cli.controller import controller_settings, local_date
from signage.cli.explain_content import verified_content
from signage.cli.explain_day import print_day, timeline
from signage.cli.hours import Format
from signage.cli.options import AtTime, ConfigFile, Locale, read_time
from signage.cli.words import catalogue_for, spoken
from signage.config.load import BadConfiguration, load_branch
from signage.config.places import nearest
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import ScreenEntry
from signage.core.phrases import Catalogue
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from signage.link.clock import now
from signage.wire.codec import Malformed, decode


def explain(
    config: ConfigFile,
    screen: Annotated[str, typer.Option("--screen", help="The screen's name.", show_default=False)],
    *,
    at: AtTime = None,
    day: Annotated[bool, typer.Option("--day", help="The whole day, from scene to scene.")] = False,
    content: Annotated[
        Path | None, typer.Option("--content", help="A bundle, or the database of a controller or screen.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """What that screen shows then, from the state that the controller keeps on this machine."""
    loaded = load_branch(config)
    entry = next((one for one in loaded.screen if one.name == screen), None)
    if entry is None:
        known = [one.name for one in loaded.screen]
        raise BadConfiguration(f'{config}: [[screen]]: found no "{screen}", wanted {nearest(screen, known)}')
    catalogues = load_catalogues()
    catalogue = catalogue_for(catalogues, locale)
    present = now()
    settings = controller_settings(
        loaded, local_date(loaded, present), catalogues, Address(loaded.broker.host, loaded.broker.port), None
    )
    plan = read_hours(settings.hours)
    moment = read_time(at, "--at", plan.zone) if at is not None else present
    state = branch_state(_facts(settings), settings, moment)
    signed = verified_content(loaded, content, settings.directory / FILE, present)
    place = ScreenEntry(name=entry.name, kind=entry.kind, counter=entry.counter, locale=entry.locale)
    if day:
        begins = plan.midnight(plan.local_date(moment))
        scenes = timeline(
            lambda now: scene(state, signed, plan, place, now), begins, plan.midnight(_tomorrow(plan, moment))
        )
        if form is Format.JSON:
            told = [{"from": str(start), **_told(shown, catalogue)} for start, shown in scenes]
            print(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            print_day(scenes, screen, plan.zone)
        return
    shown = scene(state, signed, plan, place, moment)
    if form is Format.JSON:
        print(json.dumps(_told(shown, catalogue), ensure_ascii=False, indent=2))
    else:
        _tell(shown, catalogue, screen, str(moment))


def _tomorrow(plan: Hours, moment: Instant) -> date:
    return plan.local_date(moment) + timedelta(days=1)


def _facts(settings: ControllerSettings) -> Facts:
    """What the controller last kept, read without disturbing it; nothing if it has never run here."""
    path = settings.directory / FILE
    if not path.is_file():
        typer.echo(f"signage: {path}: no controller has run here yet; explaining the configuration alone", err=True)
        return Facts()
    try:
        with _reader(path) as connection:
            connection.execute("PRAGMA busy_timeout=2000")
            row = connection.execute("SELECT document FROM facts").fetchone()
        return decode(row[0], Facts, "facts") if row is not None else Facts()
    except (sqlite3.Error, Malformed) as error:
        raise BadConfiguration(f"{path}: cannot be read: {error}; set [state] directory") from None


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timedelta(seconds=2).total_seconds()
    )


def _told(shown: Scene, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "scene": shown.name,
        "until": str(shown.until) if shown.until is not None else None,
        "zones": [{"zone": zone.name, "item": spoken(zone.item, catalogue)} for zone in shown.zones],
        "why": [{"candidate": why.candidate, "won": why.won, "reason": why.reason} for why in shown.why],
    }


def _tell(shown: Scene, catalogue: Catalogue, screen: str, at: str) -> None:
    until = f" until {shown.until}" if shown.until is not None else ""
    print(f"{screen} at {at}: {shown.name}{until}")
    for zone in shown.zones:
        print(f"  {zone.name}: {json.dumps(spoken(zone.item, catalogue), ensure_ascii=False)}")
    for why in shown.why:
        print(f"  {'+' if why.won else '-'} {why.candidate}: {why.reason}")
