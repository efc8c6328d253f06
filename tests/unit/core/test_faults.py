"""Faults from raised to cleared, and who took them up."""

from signage.core.faults import FaultEvent, FaultSpell, fault_spells
from signage.core.instants import Instant
from tests.unit.core.branches import NOON, later


def told(minute: float, on: bool | None, code: str | None = "pad-lost", device: str = "pad-1") -> FaultEvent:
    return FaultEvent(later(minute * 60), device, code, on=on, actor="wang" if on is None else None)


def spell(raised: float, acknowledged: float | None = None, cleared: float | None = None, **more: str) -> FaultSpell:
    def at(minute: float | None) -> Instant | None:
        return None if minute is None else later(minute * 60)

    actor = None if acknowledged is None else "wang"
    place = {"device": "pad-1", "code": "pad-lost"} | more
    return FaultSpell(
        raised=later(raised * 60), acknowledged=at(acknowledged), actor=actor, cleared=at(cleared), **place
    )


def test_one_fault_from_its_beginning_to_its_end_in_whatever_order_it_is_told() -> None:
    events = [told(0, True), told(1, True), told(2, None), told(3, None), told(4, False), told(5, False), told(6, None)]
    assert fault_spells(events) == fault_spells(reversed(events)) == (spell(0, 2, 4),)


def test_what_is_still_on_has_no_end_and_what_comes_again_is_another() -> None:
    assert fault_spells([told(0, True), told(1, False), told(2, True)]) == (spell(0, None, 1), spell(2))
    assert fault_spells([told(0, True), told(0, False)]) == (spell(0, None, 0),)
    assert fault_spells([told(0, True), told(0, None), told(0, False)]) == (spell(0, 0, 0),)
    assert fault_spells([told(0, False), told(1, None)]) == ()
    assert fault_spells([told(0, True, None), told(0, False, None)]) == ()


def test_somebodys_word_is_about_that_device_and_that_fault() -> None:
    both = [told(0, True), told(0, True, "clock"), told(0, True, device="pad-2")]
    other, clock = spell(0, device="pad-2"), spell(0, code="clock")
    assert fault_spells([*both, told(1, None, "clock")]) == (spell(0, 1, code="clock"), spell(0), other)
    assert fault_spells([*both, told(1, None, None)]) == (spell(0, 1, code="clock"), spell(0, 1), other)
    assert fault_spells([*both, told(1, None, None, "pad-3")]) == (clock, spell(0), other)
    assert later(0) == NOON
