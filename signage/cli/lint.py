"""`signage lint`: a branch's configuration and the programme for it, checked before customers see it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from signage.cli.controller import branch_of
from signage.cli.hours import Format
from signage.cli.lint_content import programme_of
from signage.cli.lint_privacy import lint_privacy
from signage.cli.options import AtTime, ConfigFile, read_time
from signage.config.branch_file import BranchConfig
from signage.config.holidays import hours_plan
from signage.config.load import load_branch
from signage.core.exits import Exit
from signage.core.hours import read_hours
from signage.core.hours_merge import merged
from signage.core.instants import Instant
from signage.core.lint import Finding, in_order
from signage.core.lint_hours import lint_hours
from signage.core.lint_items import lint_items
from signage.core.lint_screens import lint_screen
from signage.core.model import ScreenEntry
from signage.core.programme import SignedContent
from signage.link.clock import now


def lint(
    config: ConfigFile,
    *,
    content: Annotated[
        Path | None,
        typer.Option(
            "--content",
            help="A programme.toml, a bundle, a database, or signed content as JSON; else what the controller keeps.",
            show_default=False,
        ),
    ] = None,
    repository: Annotated[
        Path | None,
        typer.Option(
            "--repository",
            help="Head office's: the media that a programme.toml names, or its draft.",
            show_default=False,
        ),
    ] = None,
    at: AtTime = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Configuration and programme checked: findings with place and cure; exit 1 if any is an error."""
    loaded = load_branch(config)
    zone = ZoneInfo(loaded.branch.timezone)
    moment = read_time(at, "--at", zone) if at is not None else now()
    signed, untold = programme_of(loaded, content, repository, moment)
    findings = in_order([*_findings(loaded, signed, moment), *untold])
    if form is Format.JSON:
        print(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            print(one.line())
        if not findings:
            print(f"{config}: nothing to mend")
    if any(one.severity == "error" for one in findings):
        raise typer.Exit(Exit.FINDINGS)


def _findings(config: BranchConfig, signed: SignedContent | None, at: Instant) -> Iterator[Finding]:
    zone = ZoneInfo(config.branch.timezone)
    plan = hours_plan(config, at.astimezone(zone).date() - timedelta(days=7))
    yield from lint_hours(read_hours(plan), at)
    yield from _machines(config)
    yield from lint_privacy(config)
    if signed is None:
        return
    hours = read_hours(merged(plan, signed.days, signed.exceptions))
    branch = branch_of(config)
    screens = [
        ScreenEntry(name=one.name, kind=one.kind, counter=one.counter, locale=one.locale) for one in config.screen
    ]
    yield from lint_items(signed, branch, hours, screens, at)
    for screen in screens:
        yield from lint_screen(signed, branch, hours, screen, at)


def _machines(config: BranchConfig) -> Iterator[Finding]:
    guided = {name for entry in config.guide.entry for name in entry.self_service}
    for number, machine in enumerate(config.self_service, 1):
        alike = any(machine.business.items() & counter.business.items() for counter in config.counter)
        if not alike and machine.name not in guided:
            place = f'[[self_service]] {number} "{machine.name}" business'
            yield Finding(
                "warning",
                place,
                "no counter does this business, and no guide entry names it",
                "write it as the counter's business is written",
            )
