"""The rest of a branch's day: the touch kiosk, calls, faults, rounds, notices, what played, and cases with their steps."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, Final

from tests.office_traffic.counter import stars
from tests.office_traffic.happening import Happened, fresh, stamp, tell
from tests.office_traffic.plan import DAY_MS, Plan
from tests.office_traffic.suspended import CLOSES_MS, MINUTE_MS, OPENS_MS

REQUIRED: Final = ("hours", "hotline", "complaints")  # what must be seen, as refs of `play`
_HOUR_MS: Final = 3_600_000
_PRAISE: Final = ("friendly", "fast", "clear", "tidy", "guided", "easy")
_BLAME: Final = ("unfriendly", "slow", "unclear", "untidy", "complicated", "faulty")
_FAULTS: Final = (("bridge-1", "pad-lost"), ("lobby-wall", "device-offline"), ("lobby-touch", "clock"), ("", "disk"))
_SUBJECTS: Final = ("service", "waiting", "business", "premises", "machines", "other")


def lobby(plan: Plan, branch: str, day: int) -> Iterator[Happened]:
    """Everything of one day that no counter and no screen's programme tells, not in order of time."""
    dice = plan.dice(branch, day, "lobby")
    midnight = plan.midnight_ms(day)
    people = plan.tellers_of(branch)
    yield from _touched(dice, midnight)
    for _ in range(dice.randrange(3)):
        yield from _call(dice, _within(dice, midnight), people[0])
    for device, code in _FAULTS:
        if dice.random() < 0.05:
            yield from _fault(dice, _within(dice, midnight), device, code)
    steps = [{"step": f"step-{number}", "ok": dice.random() < 0.95} for number in range(1, 6)]
    at = midnight + OPENS_MS - dice.randrange(40 * MINUTE_MS)
    yield tell(at, "checklist", "", dice, checklist="daily-opening", version=1, actor=people[0], steps=steps)
    yield tell(at - 60_000, "audit", "", dice, actor=people[0], action="staff.enter", detail="")
    if dice.random() < 0.1:
        yield from _notice(dice, _within(dice, midnight), people[0])


def _within(dice: Random, midnight_ms: int) -> int:
    return midnight_ms + dice.randrange(OPENS_MS, CLOSES_MS)


def _touched(dice: Random, midnight_ms: int) -> Iterator[Happened]:
    for _ in range(dice.randrange(5)):
        given = stars(dice)
        reasons = dice.sample(_PRAISE if given > 3 else _BLAME, dice.randrange(3))
        comment = "等候时间有点长" if given < 3 and dice.random() < 0.5 else None
        said: dict[str, Any] = {"stars": given, "channel": "touch", "reasons": reasons, "flags": []}
        yield tell(_within(dice, midnight_ms), "rating", "lobby-touch", dice, comment=comment, **said)


def _call(dice: Random, at_ms: int, manager: str) -> Iterator[Happened]:
    counter = dice.choice((None, "1", "2"))
    device = "lobby-touch" if counter is None else "bridge-1"
    yield tell(at_ms, "call", device, dice, counter=counter, device=device, on=True)
    if dice.random() < 0.9:
        at = at_ms + dice.randrange(5_000, 900_000)
        yield tell(at, "call", "", dice, counter=counter, device=device, on=False, actor=manager)


def _fault(dice: Random, at_ms: int, device: str, code: str) -> Iterator[Happened]:
    said = {"device": device or "controller", "code": code, "text": f"{code} in the day's round"}
    yield tell(at_ms, "fault", device, dice, on=True, **said)
    if dice.random() < 0.9:
        yield tell(at_ms + dice.randrange(30_000, 5 * _HOUR_MS), "fault", device, dice, on=False, **said)


def _notice(dice: Random, at_ms: int, actor: str) -> Iterator[Happened]:
    said = {"notice": fresh(dice), "actor": actor, "text": {"zh": "今日系统维护", "en": "Maintenance today"}}
    yield tell(at_ms, "notice", "", dice, action="posted", **said)
    end = dice.choice(("withdrawn", "expired"))
    yield tell(at_ms + 2 * _HOUR_MS, "notice", "", dice, action=end, **said)


def plays(plan: Plan, branch: str, day: int) -> Iterator[Happened]:
    """Proof of play: every screen, all day, the required items and an advertisement, now and then nothing."""
    dice = plan.dice(branch, day, "plays")
    midnight, length = plan.midnight_ms(day), plan.plays_every_min * MINUTE_MS
    for screen in range(1, plan.screens + 1):
        name = "lobby-wall" if screen == 1 else f"screen-{screen}"
        for begins in range(midnight + OPENS_MS, midnight + CLOSES_MS, length):
            if dice.random() < 0.03:
                continue  # it was dark
            of = {"from": stamp(begins), "to": stamp(begins + length)}
            yield tell(begins + length, "play", name, dice, screen=name, items=_items(dice, length // 1000), **of)
        if dice.random() < 0.3:
            yield tell(
                _within(dice, midnight), "shown", name, dice, screen=name, what="suspension", ref=fresh(dice),
                after_ms=dice.randrange(40, 900),
            )  # fmt: skip


def _items(dice: Random, seconds: int) -> list[dict[str, Any]]:
    refs = [ref for ref in REQUIRED if dice.random() < 0.95] + ["spring-loan"]
    return [{"ref": ref, "count": seconds // len(refs) // 10, "seconds": seconds // len(refs)} for ref in sorted(refs)]


def cases(plan: Plan, branch: str, happened: Iterable[Happened]) -> Iterator[Happened]:
    """Cases out of low ratings and out of opinions, with their steps; what lies after the plan's end has not happened."""
    dice = plan.dice(branch, "cases")
    manager = plan.tellers_of(branch)[0]
    for event in happened:
        if event.kind == "rating" and event.data["stars"] <= 2 and not event.data["flags"] and dice.random() < 0.8:
            of = {"case": event.id, "source": "rating"}
            counter = event.data.get("counter")
            yield tell(event.at_ms, "case", "", dice, action="opened", counter=counter, stars=event.data["stars"], **of)
            yield from _steps(dice, event.at_ms, manager, of)
    for day in range(plan.days):
        if dice.random() < 0.15:
            at = _within(dice, plan.midnight_ms(day))
            identity = fresh(dice)
            of = {"case": identity, "source": "opinion"}
            said = {"action": "opened", "subject": dice.choice(_SUBJECTS), "text": "建议增设座椅"}
            yield Happened(at, identity, "case", "lobby-touch", {**of, **said, "device": "lobby-touch"})
            yield from _steps(dice, at, manager, of)


def _steps(dice: Random, at_ms: int, actor: str, of: dict[str, str]) -> Iterator[Happened]:
    """One step after another, most in time; some cases stop half-way. `complex` with its reason on a few."""
    longest = {"assigned": 0.3, "investigated": 1.4, "handled": 7.0, "fed-back": 1.6, "closed": 1.0}
    hard = {"complex": True, "note": "需总行协查"} if dice.random() < 0.05 else {}
    for action, days in longest.items():
        at_ms += int(dice.random() ** 2 * days * DAY_MS) + 60_000
        yield tell(at_ms, "case", "", dice, action=action, actor=actor, **of, **hard)
        hard = {}
        if dice.random() < 0.07:
            return
