"""`signage emergency`: a signed template, alone on every screen of the branches it is for, until it expires."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from signage.cli.command import Branch, By, Everybody, Group, KeyName, Wait, aim_of, give
from signage.cli.options import ConfigFile, read_time
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.programme import NoticeTemplate
from signage.link.clock import now
from signage.office.commanding import LONGEST_LIFE

_SPAN: Final = re.compile(r"([1-9][0-9]{0,3})(m|h|d)")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}


def emergency(
    config: ConfigFile,
    *,
    template: Annotated[str | None, typer.Option("--template", help="A signed template.", metavar="T")] = None,
    blank: Annotated[list[str] | None, typer.Option("--blank", help="Fills a blank.", metavar="K=CHOICE")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Its end: a time, or 30m, 2h, 1d from now.")] = None,
    over: Annotated[str | None, typer.Option("--over", help="End the one of this template.", metavar="T")] = None,
    branch: Branch = None,
    group: Group = None,
    everybody: Everybody = False,
    wait: Wait = 10.0,
    key: KeyName = None,
    by: By = None,
) -> None:
    """A signed emergency notice on every screen, or (--over) its end. Prints who has it."""
    loaded = load_head_office(config)
    aim = aim_of(branch, group, everybody=everybody)
    if over is not None:
        args: dict[str, object] = {"notice": f"emergency-{over}"}
        raise typer.Exit(give(loaded, aim, "notice.withdraw", args, key, by, timedelta(hours=1), wait))
    if template is None or until is None:
        raise Refusal(Exit.WRONG_USE, "wanted --template T and --until TIME, or --over T")
    at = now()
    end = end_of(until, at, zone_of(loaded))
    chosen = blanks(blank or [])
    check(template_of(loaded, template), chosen)
    args = {"notice": f"emergency-{template}", "template": template, "blanks": chosen, "until": str(end)}
    raise typer.Exit(give(loaded, aim, "notice.post", args, key, by, min(end - at, LONGEST_LIFE), wait))


def end_of(text: str, at: Instant, zone: ZoneInfo) -> Instant:
    """Raises Refusal (2) for what is no time or no time to come."""
    span = _SPAN.fullmatch(text)
    end = Instant.of(at + timedelta(**{_UNITS[span[2]]: int(span[1])})) if span else read_time(text, "--until", zone)
    if end <= at:
        raise Refusal(Exit.WRONG_USE, f"--until: {text!r} lies in the past; wanted a time to come, or such as 30m")
    return end


def blanks(given: list[str]) -> dict[str, str]:
    """Raises Refusal (2)."""
    pairs = [one.partition("=") for one in given]
    for name, equals, choice in pairs:
        if not (name and equals and choice):
            raise Refusal(Exit.WRONG_USE, f"--blank: {name + equals + choice!r}; wanted name=choice")
    return {name: choice for name, _, choice in pairs}


def check(template: NoticeTemplate, chosen: dict[str, str]) -> None:
    """Before anything is sent: what every branch would refuse. Raises Refusal (65)."""
    if not template.emergency:
        line = f"{template.id}: this template is not signed for emergencies; post it with `signage command notice.post`"
        raise Refusal(Exit.BAD_DATA, line)
    for name, choices in template.blanks.items():
        if chosen.get(name) not in choices:
            raise Refusal(Exit.BAD_DATA, f"{template.id}: wanted --blank {name}= one of {', '.join(choices)}")
    surplus = sorted(set(chosen) - set(template.blanks))
    if surplus:
        raise Refusal(Exit.BAD_DATA, f"{template.id}: no blank is called {surplus[0]!r}")


def template_of(config: HeadOfficeConfig, wanted: str) -> NoticeTemplate:
    """The template as it is signed in what is live. Raises Refusal (65) naming those there are."""
    repository = Repository(Path(config.content.repository))
    live = max((line.version for line in repository.lines()), default=None)
    if live is None:
        raise Refusal(Exit.BAD_DATA, f"{repository.folder}: nothing is live, so branches know no template; push first")
    known = {one.id: one for one in repository.catalogue(live).declarations.templates}
    if wanted not in known:
        there = ", ".join(sorted(known)) or "none"
        raise Refusal(Exit.BAD_DATA, f"--template: {wanted!r} is not signed in content {live}; wanted one of {there}")
    return known[wanted]


def zone_of(config: HeadOfficeConfig) -> ZoneInfo:
    return ZoneInfo(Repository(Path(config.content.repository)).office().timezone)
