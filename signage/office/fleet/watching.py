"""Where somebody who watches the fleet is: at the regions, at the branches of one, at one branch; and what keys do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from signage.office.fleet.branch_page import branch_page
from signage.office.fleet.choice import Choice, Totals, by_region, totals, urgency
from signage.office.fleet.heading import heading
from signage.office.fleet.line import BranchLine
from signage.office.fleet.tables import branches_table, regions_table
from signage.office.fleet.words import Words

Level = Literal["regions", "branches", "branch"]
Key = Literal["up", "down", "enter", "back", "all", "faults", "mine", "offline", "behind"]
_TABLE_HEAD: Final = 2
_FOOT: Final = 2
_WORTH: Final = 3  # rows below which a second table is left out


@dataclass(frozen=True)
class View:
    """`choice`: what was asked for; `region`, `branch`: what has been opened; `row`: where the cursor stands."""

    choice: Choice = field(default_factory=Choice)
    level: Level = "regions"
    region: str | None = None
    branch: str | None = None
    row: int = 0

    def chosen(self, lines: Sequence[BranchLine]) -> list[BranchLine]:
        """The branches that are wanted here, what needs somebody first."""
        found = [
            line
            for line in lines
            if self.choice.takes(line)
            and (self.region is None or line.region == self.region)
            and (self.branch is None or line.id == self.branch)
        ]
        return sorted(found, key=urgency)


def pressed(view: View, key: Key, lines: Sequence[BranchLine]) -> View:
    """The view after a key. `lines`: the fleet as it is shown now."""
    match key:
        case "up":
            return replace(view, row=max(0, view.row - 1))
        case "down":
            return replace(view, row=min(_last(view, lines), view.row + 1))
        case "enter":
            return _opened(view, lines)
        case "back":
            return _left(view)
        case "all":
            return View(view.choice, "branches")
        case "faults":
            return replace(view, row=0, choice=replace(view.choice, faults=not view.choice.faults))
        case "mine":
            return replace(view, row=0, choice=replace(view.choice, unacknowledged=not view.choice.unacknowledged))
        case "offline":
            return replace(view, row=0, choice=replace(view.choice, offline=not view.choice.offline))
        case "behind":
            return replace(view, row=0, choice=replace(view.choice, behind=not view.choice.behind))


def _last(view: View, lines: Sequence[BranchLine]) -> int:
    chosen = view.chosen(lines)
    match view.level:
        case "regions":
            return max(0, len(by_region(chosen)) - 1)
        case "branches":
            return max(0, len(chosen) - 1)
        case "branch":
            return max(0, sum(len(line.devices) for line in chosen) - 1)


def _opened(view: View, lines: Sequence[BranchLine]) -> View:
    chosen = view.chosen(lines)
    if not chosen or view.level == "branch":
        return view
    row = min(view.row, _last(view, lines))
    if view.level == "regions":
        return View(view.choice, "branches", region=list(by_region(chosen))[row])
    return replace(view, level="branch", branch=chosen[row].id, row=0)


def _left(view: View) -> View:
    match view.level:
        case "branch":
            return replace(view, level="branches", branch=None, row=0)
        case "branches":
            return View(view.choice)
        case "regions":
            return view


class Renewed(Protocol):
    """A line with its times as they are now: for those that are shown."""

    def __call__(self, line: BranchLine, /) -> BranchLine: ...


def page(
    view: View, lines: Sequence[BranchLine], renewed: Renewed, words: Words, size: tuple[int, int], clock: str
) -> RenderableType:
    """One screenful. `size`: columns and lines; `clock`: what stands at the end, such as when the last status came."""
    width, height = size
    chosen = view.chosen(lines)
    head = heading(_title(view, words), totals(chosen), words, width, clock)
    parts: list[RenderableType] = [*head, Text()]
    room = height - len(head) - 1 - _FOOT
    match view.level:
        case "regions":
            parts += _regions(by_region(chosen), chosen, renewed, words, width, room, view.row)
        case "branches":
            parts += _branches(chosen, renewed, words, width, room, view.row)
        case "branch":
            parts += [branch_page(renewed(line), words, view.row) for line in chosen]
    if not chosen:
        parts.append(Text(words.say("nothing"), style="green"))
    return Group(*parts, Text(), Text(words.say("keys"), style="dim", no_wrap=True, overflow="ellipsis"))


def _title(view: View, words: Words) -> str:
    path = [words.say("title")]
    if view.region is not None:
        path.append(view.region or words.say("no_region"))
    narrowed = ("faults", "unacknowledged", "offline", "behind")
    path += [words.say(f"only.{name}") for name in narrowed if getattr(view.choice, name)]
    return " / ".join(path)


def _regions(
    regions: Mapping[str, Totals],
    chosen: Sequence[BranchLine],
    renewed: Renewed,
    words: Words,
    width: int,
    room: int,
    row: int,
) -> list[RenderableType]:
    """The regions, and where there is room below them the branches that need somebody."""
    if not regions:
        return []
    shown = min(len(regions), max(1, room - _TABLE_HEAD))
    first = _first(row, shown, len(regions))
    names = list(regions)[first : first + shown]
    table = regions_table({name: regions[name] for name in names}, words, min(row, len(regions) - 1) - first)
    left = room - shown - _TABLE_HEAD - 1 - _TABLE_HEAD
    urgent = [line for line in chosen[: max(0, left)] if line.faults or line.offline or line.not_well]
    if left < _WORTH or not urgent:
        return [table]
    return [table, Text(), branches_table([renewed(line) for line in urgent], words, width)]


def _branches(
    chosen: Sequence[BranchLine], renewed: Renewed, words: Words, width: int, room: int, row: int
) -> list[RenderableType]:
    if not chosen:
        return []
    shown = min(len(chosen), max(1, room - _TABLE_HEAD))
    row = min(row, len(chosen) - 1)
    first = _first(row, shown, len(chosen))
    rows = [renewed(line) for line in chosen[first : first + shown]]
    return [branches_table(rows, words, width, row - first)]


def _first(row: int, shown: int, of: int) -> int:
    """The first of the rows to show, so that the cursor's is among them."""
    return min(max(0, row - shown // 2), max(0, of - shown))
