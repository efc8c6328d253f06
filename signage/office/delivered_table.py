"""How far content has come, as a table for a terminal: a stage that is reached, one that is behind, one that is refused."""

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from signage.office.delivered import Progress, Totals

_BAR_COLUMNS: Final = 16
_NAMED: Final = 12  # offline or refusing ones that are named; of more, how many more


def delivered_table(rows: Sequence[Progress], sums: Totals) -> RenderableType:
    """The rows, and what they come to. Nothing is said by colour alone."""
    table = Table(title=f"content {sums.wanted}" if sums.wanted else "no content is published", title_justify="left")
    for heading in ("branch", "screen"):
        table.add_column(heading, overflow="fold")
    for heading in ("received", "verified", "staged", "on the glass"):
        table.add_column(heading, justify="right")
    table.add_column("media")
    table.add_column("heard", justify="right")
    table.add_column("", overflow="fold")
    last = None
    for row in rows:
        if last is not None and row.branch != last:
            table.add_section()
        table.add_row(
            Text(row.branch if row.branch != last else ""),
            Text(row.screen or "–"),
            *_stages(row),
            _media(row),
            Text(_age(row.age_s)),
            _remark(row),
        )
        last = row.branch
    return Group(table, *summary(sums))


def summary(sums: Totals) -> list[Text]:
    """The lines below the table."""
    lines = [
        Text(
            f"on the glass {sums.on_the_glass} of {sums.screens} screens; "
            f"verified at {sums.verified} of {sums.branches} branches"
        )
    ]
    if sums.refused:
        lines.append(Text(f"refused by {_named(sums.refused)}", style="bold red"))
    if sums.offline:
        lines.append(Text(f"offline: {_named(sums.offline)}", style="red"))
    return lines


def _stages(row: Progress) -> list[Text]:
    stages = [_stage(version, row) for version in (row.received, row.verified, row.staged)]
    if row.glass is None:
        return [*stages, Text("" if not row.screen else "not told", style="dim")]
    if row.done:
        return [*stages, Text(f"✓ {row.glass}", style="bold green")]
    text = str(row.glass) if row.glass else "none"
    return [*stages, Text(text if row.online else f"{text} when last heard", style="yellow" if row.online else "dim")]


def _stage(version: int, row: Progress) -> Text:
    if version == 0:
        return Text("–", style="dim")
    reached = 0 < row.wanted <= version
    return Text(str(version), style="dim" if not row.online else "green" if reached else "yellow")


def _media(row: Progress) -> RenderableType:
    if not row.bytes_all:
        return Text("")
    bar = Table.grid(padding=(0, 1))
    here, whole = row.bytes_here / 1e6, row.bytes_all / 1e6
    bar.add_row(
        ProgressBar(total=row.bytes_all, completed=row.bytes_here, width=_BAR_COLUMNS), f"{here:.1f}/{whole:.1f} MB"
    )
    return bar


def _remark(row: Progress) -> Text:
    if row.refused is not None:
        return Text(f"REFUSED {row.refused}", style="bold red")
    if row.age_s < 0:
        return Text("OFFLINE, never heard", style="red")
    return Text("" if row.online else "OFFLINE", style="red")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _age(seconds: int) -> str:
    if seconds < 0:
        return "–"
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
