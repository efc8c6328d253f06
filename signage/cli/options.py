"""Options that several commands share, and values as people type them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant

ConfigFile = Annotated[Path, typer.Option("--config", help="The configuration file.", show_default=False)]
LogJson = Annotated[bool, typer.Option("--log-json", help="Log as JSON, one object a line.")]
AtTime = Annotated[
    str | None,
    typer.Option(
        "--at", help="A time such as 2026-11-24T09:00 (the branch's) or 2026-11-24T01:00:00Z.", metavar="TIME"
    ),
]
Locale = Annotated[str, typer.Option("--locale", help="The language of texts.")]


def read_time(text: str, option: str, zone: ZoneInfo) -> Instant:
    """RFC 3339, or a local time or date in `zone`. Raises Refusal (2)."""
    try:
        return Instant.parse(text)
    except ValueError:
        pass
    try:
        return Instant.of(datetime.fromisoformat(text).replace(tzinfo=zone))
    except ValueError:
        raise Refusal(Exit.WRONG_USE, f"{option}: {text!r} is no time; wanted one such as 2026-11-24T09:00") from None


def zone_of(name: str) -> ZoneInfo:
    """Raises Refusal (2)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(Exit.WRONG_USE, f"--timezone: {name!r} is none; wanted one such as Asia/Shanghai") from None


def read_end(text: str, option: str, zone: ZoneInfo) -> Instant:
    """The end of a period, excluded from it: a time; or a date, whose last moment is still included."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return read_time(text, option, zone)
    return Instant.of(datetime.combine(day + timedelta(days=1), time(), zone))
