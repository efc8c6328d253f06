"""One branch on a terminal: its devices and what is really on each glass, its pads, its faults and who has them."""

from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from signage.office.fleet.document import DISK_LOW_MB, Glass, Pad
from signage.office.fleet.line import BranchLine, DeviceLine
from signage.office.fleet.tables import content, reach
from signage.office.fleet.words import Words

_STATES: Final = {"well": "green", "stale": "bold red", "safe": "red", "behind": "yellow", "offline": "red"}


def branch_page(line: BranchLine, words: Words, skip: int = 0) -> RenderableType:
    """All that is known of a branch. `skip`: devices that are scrolled away."""
    parts: list[RenderableType] = [_title(line, words)]
    if line.faults:
        parts += [Text(), _faults(line, words)]
    elif line.reach == "online":
        parts.append(Text(words.say("no_faults"), style="green"))
    if line.devices:
        parts += [Text(), _devices(line, words, skip)]
    return Group(*parts)


def _title(line: BranchLine, words: Words) -> Text:
    title = Text(f"{line.id} {line.name}".strip(), style="bold")
    title.append("  ").append_text(reach(line, words))
    if line.heard_at:
        title.append("  " + words.say("heard", age=words.age(line.heard_at)), style="dim")
    if line.revision:
        title.append("  " + words.revision(line.revision), style="dim")
    if line.reach != "never" and (line.wanted or line.verified):
        title.append("  " + words.say("column.content") + " ").append_text(content(line, words))
    if line.backlog:
        title.append("  " + words.say("sum.backlog", count=words.count(line.backlog)), style="yellow")
    for number, state in line.counters:
        title.append("  ")
        style = {"open": "green", "suspended": "yellow", "lost": "red"}.get(state, "dim")
        title.append(words.say("counter", number=number, state=words.state(state)), style=style)
    return title


def _devices(line: BranchLine, words: Words, skip: int) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=True, show_edge=False)
    table.add_column(words.say("column.device"), no_wrap=True, overflow="ellipsis", min_width=10)
    table.add_column(words.say("column.reach"), no_wrap=True)
    table.add_column(words.say("column.heard"), no_wrap=True, justify="right")
    table.add_column(words.say("column.shows"), ratio=1, overflow="fold")
    for device in line.devices[skip:]:
        table.add_row(
            Text(device.device), _state(device, words), Text(words.age(device.heard_at)), _shows(device, line, words)
        )
        for pad in device.pads:
            table.add_row(Text(f"  {pad.counter}"), _pad_state(pad, device, words), "", _pad(pad, words))
    return table


def _state(device: DeviceLine, words: Words) -> Text:
    state = device.state or ("well" if device.online else "offline")
    return Text(words.say(f"glass.{state}"), style=_STATES[state])


def _shows(device: DeviceLine, line: BranchLine, words: Words) -> Text:
    said = _glass(device.glass, line, words) if device.glass is not None else Text(words.say(f"role.{device.role}"))
    if device.disk_free_mb < DISK_LOW_MB:
        said.append("  " + words.say("disk", megabytes=round(device.disk_free_mb)), style="yellow")
    if not device.online:
        said.stylize("dim")
    return said


def _glass(glass: Glass, line: BranchLine, words: Words) -> Text:
    said = Text(words.scene(glass.scene))
    said.append("  " + words.revision(glass.revision), style="" if glass.revision >= line.revision else "yellow")
    text = words.say("content", version=glass.content)
    if glass.content < line.wanted:
        said.append(f"  {text} < {line.wanted}", style="yellow")
    elif glass.content:
        said.append(f"  {text}")
    said.append("  " + words.say("frame", seconds=f"{glass.frame_age_ms / 1000:.1f}"))
    said.append(f"  {glass.fps:.0f} fps", style="dim")
    return said.append(f"  {words.say('elder')}" if glass.elder else "")


def _pad_state(pad: Pad, device: DeviceLine, words: Words) -> Text:
    if not device.online:
        return Text("–", style="dim")
    return Text(words.say(f"pad.{pad.state}"), style="green" if pad.state == "online" else "red")


def _pad(pad: Pad, words: Words) -> Text:
    said = Text(f"{pad.driver} {pad.serial or pad.port}")
    if pad.state != "online" and pad.last_seen is not None:
        said.append("  " + words.say("seen", age=words.age(pad.last_seen)), style="red")
    if discarded := sum(pad.discarded.values()):
        said.append("  " + words.say("discarded", count=words.count(discarded)), style="yellow")
    return said


def _faults(line: BranchLine, words: Words) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=True, show_edge=False)
    table.add_column(words.say("column.device"), no_wrap=True, overflow="ellipsis", min_width=10)
    table.add_column(words.say("column.code"), no_wrap=True, overflow="ellipsis")
    table.add_column(words.say("column.lasts"), no_wrap=True, justify="right")
    table.add_column(words.say("column.taken"), no_wrap=True, overflow="ellipsis")
    table.add_column(words.say("column.what"), ratio=1, overflow="fold")
    for fault in line.faults:
        if fault.by is None:
            taken = Text(words.say("nobody"), style="bold red")
        else:
            taken = Text(words.say("taken", name=fault.by.actor, age=words.age(fault.by.at)), style="green")
        table.add_row(
            Text(fault.device), Text(fault.code), Text(words.age(fault.since)), taken, Text(words.fault(fault))
        )
    return table
