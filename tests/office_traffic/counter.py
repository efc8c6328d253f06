"""One counter's day: customers one after another, their transactions, prompts and ratings on the pad."""

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from tests.office_traffic.happening import Happened, tell
from tests.office_traffic.plan import Plan
from tests.office_traffic.suspended import CLOSES_MS, OPENS_MS, Stop

_SECOND_MS: Final = 1000
_PROMPT_S: Final = 30
_STARS: Final = ((1, 3), (2, 5), (3, 12), (4, 30), (5, 50))


class Counter:
    """`number` its name in the branch; `teller` who serves there today."""

    def __init__(self, plan: Plan, branch: str, day: int, number: int, stops: list[Stop]) -> None:
        self.number = str(number)
        self.pad = f"pad-{branch}-{number}"
        self.teller = plan.tellers_of(branch)[(day + number) % plan.tellers]
        self.dice = plan.dice(branch, day, "counter", number)
        self._stops = stops
        self._day = day
        self._presses = 0

    def suspended(self, at_ms: int) -> bool:
        return any(stop.holds(self.number, at_ms) for stop in self._stops)

    def rating(self, at_ms: int, stars: int, *flags: str, prompt: str | None = None, pad: bool = True) -> Happened:
        """One press of the pad. Who presses while the counter is suspended is marked so by the bridge."""
        self._presses += 1
        marks = sorted({*flags, *(("suspended",) if self.suspended(at_ms) else ())})
        press = {"boot": 1 + self._day, "n": self._presses}
        said: dict[str, Any] = {"counter": self.number, "stars": stars, "channel": "pad", "pad": self.pad}
        said |= {"reasons": [], "flags": marks, "press": press if pad else None}
        return tell(at_ms, "rating", "bridge-1", self.dice, prompt=prompt, teller=self.teller, **said)


def stars(dice: Random) -> int:
    return dice.choices([one for one, _ in _STARS], [weight for _, weight in _STARS])[0]


def counter_day(plan: Plan, branch: str, day: int, number: int, stops: list[Stop]) -> Iterator[Happened]:
    """Everything of one counter's day, not in order of time."""
    counter = Counter(plan, branch, day, number, stops)
    dice, midnight = counter.dice, plan.midnight_ms(day)
    wide = (CLOSES_MS - OPENS_MS) // max(plan.customers, 1)
    for customer in range(plan.customers):
        begins = midnight + OPENS_MS + customer * wide + dice.randrange(max(wide // 3, 1))
        if not counter.suspended(begins):
            yield from _served(counter, begins, min(wide // 2, dice.randrange(60_000, 900_000)))
        elif dice.random() < 0.3:  # presses all the same
            yield counter.rating(begins, stars(dice), "unprompted")
    if dice.random() < 0.03:
        yield counter.rating(midnight + OPENS_MS - 600_000, 5, "test", "unprompted")
    if dice.random() < plan.tricks:
        yield from _trick(counter, midnight + dice.randrange(OPENS_MS, CLOSES_MS - 1_200_000))


def _served(counter: Counter, begins_ms: int, lasts_ms: int) -> Iterator[Happened]:
    dice = counter.dice
    ends = begins_ms + lasts_ms
    of = {"counter": counter.number, "teller": counter.teller}
    if dice.random() < 0.97:  # else its start was not told
        yield tell(begins_ms, "transaction", "", dice, phase="start", **of)
        yield tell(ends, "transaction", "", dice, phase="end", seconds=lasts_ms // _SECOND_MS, **of)
    else:
        yield tell(ends, "transaction", "", dice, phase="end", **of)
    if dice.random() < 0.88:
        yield from _prompted(counter, ends + dice.randrange(200, 4000))
    elif dice.random() < 0.3:
        yield counter.rating(ends + dice.randrange(1000, 20_000), stars(dice), "unprompted")


def _prompted(counter: Counter, asked_ms: int) -> Iterator[Happened]:
    dice = counter.dice
    prompt = f"{counter.pad}-{asked_ms}"
    of = {"prompt": prompt, "counter": counter.number, "teller": counter.teller}
    way = dice.random()
    if way < 0.72:
        at = asked_ms + dice.randrange(900, 25_000)
        yield counter.rating(at, stars(dice), prompt=prompt)
        yield tell(at, "prompt", "bridge-1", dice, outcome="rated", **of)
        if dice.random() < 0.06:
            yield counter.rating(at + dice.randrange(200, 4900), stars(dice), "repeat", prompt=prompt)
    else:
        ended = asked_ms + _PROMPT_S * _SECOND_MS if way < 0.95 else asked_ms + dice.randrange(1000, 20_000)
        yield tell(ended, "prompt", "bridge-1", dice, outcome="unrated" if way < 0.95 else "cancelled", **of)


def _trick(counter: Counter, at_ms: int) -> Iterator[Happened]:
    """A teller's own fives in a row, a stuck key, or a bad quarter of an hour."""
    match counter.dice.randrange(3):
        case 0:
            for press in range(50):
                yield counter.rating(at_ms + press * counter.dice.randrange(6000, 9000), 5, "unprompted")
        case 1:
            for press in range(40):
                yield counter.rating(at_ms + press * 5200, 3, "unprompted")
        case _:
            for press in range(6):
                yield counter.rating(at_ms + press * 70_000, counter.dice.choice((1, 2, 2, 4)), "unprompted")
