"""All that happens in one branch, in the order of its time."""

from collections.abc import Iterator

from tests.office_traffic.counter import counter_day
from tests.office_traffic.floor import cases, lobby, plays
from tests.office_traffic.happening import Happened
from tests.office_traffic.plan import Plan
from tests.office_traffic.suspended import Stop, suspensions


def happened(plan: Plan, branch: str) -> list[Happened]:
    """From the first day's midnight to the last day's end."""
    told = sorted(_days(plan, branch), key=_order)
    told += cases(plan, branch, told)
    end = plan.midnight_ms(plan.days)
    return sorted((one for one in told if one.at_ms < end), key=_order)


def _order(one: Happened) -> tuple[int, str]:
    return one.at_ms, one.id


def _days(plan: Plan, branch: str) -> Iterator[Happened]:
    stops: list[Stop] = []
    for day in range(plan.days):
        told, today = suspensions(plan, branch, day)
        stops = [*today, *(stop for stop in stops if stop.ends_ms is None or stop.ends_ms > plan.midnight_ms(day))]
        yield from told
        for number in range(1, plan.counters + 1):
            yield from counter_day(plan, branch, day, number, stops)
        yield from lobby(plan, branch, day)
        yield from plays(plan, branch, day)
