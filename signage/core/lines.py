"""What screens of one line say: the fascia above the door, the strip above a counter."""

from typing import Final

from signage.core import parts
from signage.core.counters import CounterView
from signage.core.hours_weeks import within
from signage.core.items import Header, Line, Shape
from signage.core.model import BRANCH_SCOPE, CounterCondition
from signage.core.phrases import Phrase
from signage.core.situation import Situation

ASKING: Final = "strip.rate"
_SHAPES: Final[dict[CounterCondition, Shape]] = {
    "open": Shape.OPEN,
    "suspended": Shape.SUSPENDED,
    "closed": Shape.CLOSED,
}


def strip_word(condition: CounterCondition, *, asked: bool = False) -> str:
    """The key of what a counter's strip says, on whatever hardware; `asked`: a rating is asked for there."""
    return ASKING if asked and condition == "open" else f"strip.{condition}"


def strip_line(here: Situation, view: CounterView, *, asked: bool) -> Line:
    """Suspended, it goes on with where to turn to, or when the branch is back."""
    words = Phrase(strip_word(view.condition, asked=asked))
    more: tuple[Phrase, ...] = ()
    if view.condition == "suspended":
        item = parts.suspended_counter(here, view)
        more = (item.expected if view.scope == "branch" else item.alternative,)
    return Line(view.business, _SHAPES[view.condition], words, more)


def fascia_line(here: Situation, top: Header) -> Line:
    """Whether the branch is open and until when, and today's hours; suspended, why, and when it is back."""
    name, chip = here.state.branch.name, top.chip
    if here.held is not None and here.held.suspension.scope == BRANCH_SCOPE:
        item = parts.suspended_place(here)
        return Line(name, chip.shape, chip.word, (item.reason, item.expected))
    if chip.detail is None:
        return Line(name, chip.shape, chip.word)
    if chip.shape is Shape.OPEN:
        return Line(name, chip.shape, chip.detail, _today(top))
    after = _today(top) if chip.shape is Shape.ATTENTION else ()
    return Line(name, chip.shape, chip.word, (chip.detail, *after))


def _today(top: Header) -> tuple[Phrase, ...]:
    """Today's hours: in one line where every service has the same."""
    first = top.services[0].today
    if all(line.today == first for line in top.services):
        return (Phrase("fascia.today", {"hours": first}),)
    return tuple(
        Phrase("fascia.service", {"service": line.label, "hours": within(line.today)}) for line in top.services
    )
