"""Regions and branches as tables for a terminal, from 80 columns on; a wider one shows more of each branch."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from signage.office.fleet.choice import Totals
from signage.office.fleet.line import BranchLine
from signage.office.fleet.words import Words

WITH_NAMES: Final = 110  # columns from which a branch's name is shown
WITH_CONTENT: Final = 150
_SELECTED: Final = "on grey30"
_COUNTS: Final = (
    ("branches", "branches", ""),
    ("silent", "silent", "bold red"),
    ("never", "never", "red"),
    ("dark", "dark", "bold red"),
    ("behind", "behind", "yellow"),
    ("pads_lost", "pads_lost", "red"),
    ("faults", "faults", ""),
    ("unacknowledged", "unacknowledged", "bold red"),
    ("backlog", "backlog", "yellow"),
)


def regions_table(regions: Mapping[str, Totals], words: Words, selected: int | None = None) -> Table:
    """A row for each region. `selected`: the row that a key would open."""
    table = _table(expand=False)
    table.add_column(words.say("column.region"), overflow="ellipsis", no_wrap=True, min_width=8, max_width=24)
    for key, _, _ in _COUNTS:
        table.add_column(words.say(f"column.{key}"), justify="right", no_wrap=True)
    for index, (region, sums) in enumerate(regions.items()):
        cells = [_count(words, _of(sums, name), style) for _, name, style in _COUNTS]
        table.add_row(Text(region or words.say("no_region")), *cells, style=_SELECTED if index == selected else None)
    return table


def _of(sums: Totals, name: str) -> int:
    """`dark`: screens that show nothing of their branch, or nothing new."""
    number: int = sums.stale + sums.safe if name == "dark" else getattr(sums, name)
    return number


def branches_table(lines: Sequence[BranchLine], words: Words, width: int, selected: int | None = None) -> Table:
    """A row for each branch, with the first of its faults that nobody has taken on."""
    table = _table()
    table.add_column(words.say("column.branch"), no_wrap=True, overflow="ellipsis", min_width=10)
    if width >= WITH_NAMES:
        table.add_column(words.say("column.name"), no_wrap=True, overflow="ellipsis", max_width=24)
    table.add_column(words.say("column.reach"), no_wrap=True)
    table.add_column(words.say("column.heard"), no_wrap=True, justify="right")
    table.add_column(words.say("column.screens"), no_wrap=True, justify="right")
    table.add_column(words.say("column.pads"), no_wrap=True, justify="right")
    if width >= WITH_CONTENT:
        table.add_column(words.say("column.content"), no_wrap=True, justify="right")
    table.add_column(words.say("column.backlog"), no_wrap=True, justify="right")
    table.add_column(words.say("column.faults"), no_wrap=True, overflow="ellipsis", ratio=1)
    for index, line in enumerate(lines):
        table.add_row(*_branch(line, words, width), style=_SELECTED if index == selected else None)
    return table


def _branch(line: BranchLine, words: Words, width: int) -> list[Text]:
    cells = [Text(line.id)]
    if width >= WITH_NAMES:
        cells.append(Text(line.name))
    well = line.screens - sum(count for _, count in line.not_well)
    cells += [
        reach(line, words),
        Text(words.age(line.heard_at)),
        _part(well, line.screens, "yellow"),
        _part(line.pads - line.pads_lost, line.pads, "red") if line.reach == "online" else Text("–", style="dim"),
    ]
    if width >= WITH_CONTENT:
        cells.append(content(line, words))
    cells.append(_count(words, line.backlog, "yellow"))
    cells.append(trouble(line, words))
    return cells


def reach(line: BranchLine, words: Words) -> Text:
    """Whether it can be heard, and if so, what it is doing."""
    if line.reach != "online":
        return Text(words.say(f"reach.{line.reach}"), style="bold red" if line.reach == "silent" else "red")
    return Text(words.state(line.state), style={"open": "green", "suspended": "yellow"}.get(line.state, "dim"))


def content(line: BranchLine, words: Words) -> Text:
    """What its controller holds of what it is to have."""
    if line.refused is not None:
        return Text(words.say("refused", version=line.wanted), style="bold red")
    if line.verified >= line.wanted:
        return Text(str(line.verified) if line.verified else "–", style="dim")
    return Text(f"{line.verified} < {line.wanted}", style="yellow")


def trouble(line: BranchLine, words: Words) -> Text:
    """The worst of its faults and how many more; then what is wrong and no fault."""
    said = Text()
    if line.faults:
        first = line.faults[0]
        free = first.by is None
        said.append(f"{words.fault(first)} · {words.age(first.since)}", style="bold red" if free else "dim")
        if first.by is not None:
            said.append(f" {words.say('taken_by', name=first.by.actor)}", style="dim")
        if len(line.faults) > 1:
            said.append(f" +{len(line.faults) - 1}", style="red" if line.unacknowledged > 1 else "dim")
    for state, count in line.not_well:
        if state == "behind":  # the others are faults, which are said
            said.append("  " if said else "")
            said.append(words.say("sum.behind", count=count), style="yellow")
    return said


def _table(*, expand: bool = True) -> Table:
    return Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=expand, show_edge=False)


def _count(words: Words, number: int, style: str) -> Text:
    return Text(words.count(number), style=style) if number else Text("–", style="dim")


def _part(well: int, of: int, style: str) -> Text:
    return Text(f"{well}/{of}" if of else "–", style="dim" if well == of else style)
