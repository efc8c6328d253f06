"""How far content has come, as a table for a terminal: a stage that is reached, one that is behind, one that is refused."""

from collections.abc import Sequence
from typing import Final, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from signage.office.delivered import Progress, Totals

_BAR_COLUMNS: Final = 8
_NAMED: Final = 12  # offline or refusing ones that are named; of more, how many more
_AROUND: Final = 9  # lines of the terminal that are no rows: title, heading, sums, and what is left out


def delivered_table(rows: Sequence[Progress], sums: Totals, height: int | None = None) -> RenderableType:
    """What the rows come to, and below it the rows. Nothing is said by colour alone.

    `height`: lines of a terminal that nobody can scroll. If they are too few, those who have it on the glass are left out
    first, and how many are left out is said.
    """
    title = f"content {sums.wanted}" if sums.wanted else "no content is published"
    room = len(rows) if height is None else max(1, height - _AROUND)
    shown = rows if len(rows) <= room else sorted(rows, key=_urgency)[:room]
    parts: list[RenderableType] = [
        Text(title, style="bold"),
        *summary(sums),
        _table(shown, one_line=height is not None),
    ]
    if len(shown) < len(rows):
        done = sum(row.done for row in rows) - sum(row.done for row in shown)
        left = len(rows) - len(shown)
        parts.append(Text(f"and {left} more, {done} of them on the glass; without --watch all are listed"))
    return Group(*parts)


def _urgency(row: Progress) -> tuple[int, str, str]:
    """Refused before under way before silent before done."""
    rank = 0 if row.refused is not None else 3 if row.done else 1 if row.online else 2
    return rank, row.branch, row.screen


def _table(rows: Sequence[Progress], *, one_line: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    folded: Literal["ellipsis", "fold"] = "ellipsis" if one_line else "fold"
    for heading in ("branch", "screen"):
        table.add_column(heading, overflow=folded, no_wrap=one_line, min_width=6)
    for heading, width in (("received", 8), ("verified", 8), ("staged", 6), ("glass", 8)):
        table.add_column(heading, justify="right", no_wrap=True, min_width=width)
    table.add_column(
        "media, MB", no_wrap=True, min_width=_BAR_COLUMNS + max(map(len, map(_megabytes, rows)), default=0)
    )
    table.add_column("heard", overflow=folded, no_wrap=one_line, min_width=5)
    last = None
    for row in rows:
        table.add_row(
            Text(row.branch if row.branch != last else ""),
            Text(row.screen or "–"),
            *_stages(row),
            _media(row),
            _heard(row),
        )
        last = row.branch
    return table


def summary(sums: Totals) -> list[Text]:
    """The lines above the table."""
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
    return [*stages, Text(text if row.online else f"({text})", style="yellow" if row.online else "dim")]


def _stage(version: int, row: Progress) -> Text:
    if version == 0:
        return Text("–", style="dim")
    reached = 0 < row.wanted <= version
    return Text(str(version), style="dim" if not row.online else "green" if reached else "yellow")


def _media(row: Progress) -> RenderableType:
    if not row.bytes_all:
        return Text("")
    bar = Table.grid()
    bar.add_column(no_wrap=True, min_width=_BAR_COLUMNS)
    bar.add_column(no_wrap=True, justify="right", min_width=len(_megabytes(row)))
    bar.add_row(ProgressBar(total=row.bytes_all, completed=row.bytes_here, width=_BAR_COLUMNS), _megabytes(row))
    return bar


def _megabytes(row: Progress) -> str:
    return f" {row.bytes_here / 1e6:.1f}/{row.bytes_all / 1e6:.1f}" if row.bytes_all else ""


def _heard(row: Progress) -> Text:
    """How long ago, and what is wrong."""
    if row.refused is not None:
        return Text(f"{_age(row.age_s)} REFUSED {row.refused}", style="bold red")
    if row.age_s < 0:
        return Text("OFFLINE, never heard", style="red")
    if row.online:
        return Text(_age(row.age_s))
    showed = f", showed {row.glass}" if row.glass else ""
    return Text(f"OFFLINE {_age(row.age_s)}{showed}", style="red")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _age(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
