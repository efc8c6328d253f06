"""Whether a round has been walked today, on the edges of days and times."""

import pytest

from signage.core.checklists import Checklist, CheckStep, Standing, concerns, standing
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Branch, HoursPlan
from tests.unit.core.branches import HOURS

STEPS = (CheckStep(id="door", text={"zh": "门"}),)
DAILY = Checklist(id="daily", version=1, title={"zh": "检查"}, steps=STEPS, due="08:50")


def at(text: str) -> Instant:
    return Instant.parse(f"{text}+08:00")


@pytest.mark.parametrize(
    ("last", "now", "stands"),
    [
        (None, "2026-11-24T00:00:00", Standing.DUE),
        (None, "2026-11-24T08:49:59.999", Standing.DUE),
        (None, "2026-11-24T08:50:00", Standing.OVERDUE),
        ("2026-11-23T23:59:59.999", "2026-11-24T08:50:00", Standing.OVERDUE),
        ("2026-11-24T00:00:00", "2026-11-24T08:50:00", Standing.DONE),
        ("2026-11-24T23:59:59", "2026-11-24T23:59:59.999", Standing.DONE),
        ("2026-11-24T23:59:59", "2026-11-25T00:00:00", Standing.DUE),
    ],
)
def test_a_round_is_of_its_day(last: str | None, now: str, stands: Standing) -> None:
    assert standing(DAILY, at(last) if last else None, HOURS, at(now)) is stands


def test_on_a_day_without_hours_nothing_is_due_and_without_a_time_nothing_is_late() -> None:
    weekdays = read_hours(HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"}))
    assert standing(DAILY, None, weekdays, at("2026-11-22T12:00:00")) is Standing.REST  # a Sunday
    assert standing(DAILY, None, weekdays, at("2026-11-23T12:00:00")) is Standing.OVERDUE
    free = Checklist(id="free", version=1, title={}, steps=STEPS)
    assert standing(free, None, HOURS, at("2026-11-24T23:59:59")) is Standing.DUE


def test_a_list_is_for_its_groups() -> None:
    here = Branch(id="hz-1", name={}, hotline="", timezone="Asia/Shanghai", groups=("city",))
    assert concerns(DAILY, here)
    for group, found in (("all", True), ("city", True), ("hz-1", True), ("rural", False)):
        assert concerns(Checklist(id="x", version=1, title={}, steps=STEPS, groups=(group,)), here) is found
