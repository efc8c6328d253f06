"""What some branches come to, in a few lines of figures: what is nought is left out, so that what is wrong stands out."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from signage.office.fleet.choice import Totals
from signage.office.fleet.words import Words

_APART: Final = "  "
_LINES: Final = (  # each figure with its style; the first of a line is always said
    (("branches", "bold"), ("online", "green"), ("silent", "bold red"), ("never", "red"), ("suspended", "yellow")),
    (("screens", "bold"), ("stale", "bold red"), ("safe", "red"), ("behind", "yellow"), ("screens_offline", "red")),
    (("pads", "bold"), ("pads_lost", "red")),
    (("faults", "bold"), ("unacknowledged", "bold red"), ("gaps", "bold red")),
    (("backlog", "yellow"), ("clocks", "yellow"), ("disks", "yellow")),
)


def heading(title: str, sums: Totals, words: Words, width: int, at_end: str = "") -> list[Text]:
    """The title, with something at the end of its line, and the figures below it in as few lines as they fit into."""
    space = max(1, width - cell_len(title) - cell_len(at_end))
    lines = [Text.assemble((title, "bold"), " " * space, (at_end, "dim"), no_wrap=True, overflow="ellipsis")]
    groups = [group for figures in _LINES if (group := _group(figures, sums, words))]
    said: list[Text] = []
    for group in groups:
        if said and cell_len(said[-1].plain) + 2 * len(_APART) + cell_len(group[0].plain) <= width:
            said[-1].append(_APART * 2)
        else:
            said.append(Text(no_wrap=True, overflow="ellipsis"))
        for index, figure in enumerate(group):
            if index and cell_len(said[-1].plain) + len(_APART) + cell_len(figure.plain) > width:
                said.append(Text(no_wrap=True, overflow="ellipsis"))
            elif index:
                said[-1].append(_APART)
            said[-1].append_text(figure)
    return [*lines, *said]


def _group(figures: Sequence[tuple[str, str]], sums: Totals, words: Words) -> list[Text]:
    made = []
    for index, (key, style) in enumerate(figures):
        count = getattr(sums, key)
        if count or (index == 0 and key != "backlog"):
            made.append(Text(words.say(f"sum.{key}", count=words.count(count)), style=style))
    return made
