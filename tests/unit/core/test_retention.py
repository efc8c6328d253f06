"""How long which events are kept, and what an open case keeps."""

from signage.core.instants import Instant
from signage.core.retention import CaseStep, Retention, needed_from

NOW = Instant.parse("2026-11-26T08:00:00.000Z")


def step(case: str, action: str, at: str, branch: str = "hz-1") -> CaseStep:
    return CaseStep(branch, case, action, f"{at}T08:00:00.000Z")


def test_days_are_counted_back_from_now() -> None:
    retention = Retention({"play": 1, "rating": 365})
    assert retention.ends(NOW) == {"play": "2026-11-25T08:00:00.000Z", "rating": "2025-11-26T08:00:00.000Z"}


def test_a_month_goes_whole_once_the_longest_of_its_kinds_is_over() -> None:
    retention = Retention({"play": 1, "rating": 365})
    assert retention.whole(["play", "rating"], NOW) == "2025-11-26T08:00:00.000Z"
    assert retention.whole(["play", "case"], NOW) is None
    assert retention.whole([], NOW) is None


def test_an_open_case_keeps_its_branch_from_a_week_before_it() -> None:
    steps = [step("a", "opened", "2026-10-10"), step("a", "handled", "2026-10-12"), step("b", "opened", "2026-11-01")]
    assert needed_from(steps) == {"hz-1": "2026-10-03T08:00:00.000Z"}


def test_a_closed_case_keeps_nothing() -> None:
    steps = [
        step("a", "closed", "2026-10-12"), step("a", "opened", "2026-10-10"), step("b", "opened", "2026-11-01"),
        step("a", "opened", "2026-11-20", branch="nb-1"),
    ]  # fmt: skip
    assert needed_from(steps) == {"hz-1": "2026-10-25T08:00:00.000Z", "nb-1": "2026-11-13T08:00:00.000Z"}
    assert needed_from([]) == {}


def test_steps_that_come_out_of_order_count_from_the_first() -> None:
    steps = [step("a", "handled", "2026-10-12"), step("a", "opened", "2026-10-10")]
    assert needed_from(steps) == {"hz-1": "2026-10-03T08:00:00.000Z"}
