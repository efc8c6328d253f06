"""Amenities: as configured, until staff say otherwise; told to every screen and to the audit."""

from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch.document import branch_state
from signage.branch.facts import Facts, Refused
from signage.branch.orders import Order, carry_out
from signage.branch.staff import Person
from signage.core.model import Amenity, BranchState, GuideEntry
from signage.wire.codec import decode, encode
from tests.unit.branch.ground import MANAGER, NINE, TELLER, command, settings

CHAIR = Amenity(name="wheelchair", title={"zh": "轮椅"}, place={"zh": "大门"}, icon="wheelchair")
GLASSES = Amenity(name="glasses", title={"zh": "花镜"}, place={"zh": "填单台"}, icon="glasses", available=False)
ENTRY = GuideEntry(name="cash", topic="cash", title={"zh": "存取现金"}, counters=("1",))
BRANCH = settings(amenities=(CHAIR, GLASSES), guide=(ENTRY,))


def say(facts: Facts, person: Person | None = MANAGER, **args: Any) -> Facts:
    order = Order(replace(command("amenity"), args=args), "lobby", person)
    return carry_out(facts, order, BRANCH, NINE).facts


def there(facts: Facts) -> dict[str, bool]:
    return {one.name: one.available for one in branch_state(facts, BRANCH, NINE).amenities}


def test_what_staff_say_stands_over_what_is_configured() -> None:
    assert there(Facts()) == {"wheelchair": True, "glasses": False}
    lent = say(Facts(), name="wheelchair", available=False)
    assert there(lent) == {"wheelchair": False, "glasses": False}
    assert there(say(lent, name="glasses", available=True)) == {"wheelchair": False, "glasses": True}
    assert there(say(lent, name="wheelchair", available=True)) == {"wheelchair": True, "glasses": False}
    assert decode(encode(lent), Facts) == lent


def test_every_screen_reads_the_same_and_it_survives_the_wire() -> None:
    state = branch_state(say(Facts(), name="wheelchair", available=False), BRANCH, NINE)
    assert decode(encode(state), BranchState) == state
    assert state.guide == (ENTRY,)


def test_what_was_said_of_something_that_is_gone_counts_for_nothing() -> None:
    facts = say(Facts(), name="wheelchair", available=False)
    assert branch_state(facts, settings(amenities=(GLASSES,)), NINE).amenities == (GLASSES,)


@pytest.mark.parametrize(
    ("person", "args", "code"),
    [
        (None, {"name": "wheelchair", "available": False}, "not-signed-in"),
        (TELLER, {"name": "wheelchair", "available": False}, "not-permitted"),
        (MANAGER, {"name": "piano", "available": False}, "unknown-amenity"),
        (MANAGER, {"name": "wheelchair"}, "bad-args"),
        (MANAGER, {"name": "wheelchair", "available": "no"}, "bad-args"),
    ],
)
def test_whoever_may_not_or_does_not_say_what_changes_nothing(
    person: Person | None, args: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        say(Facts(), person, **args)
    assert caught.value.code == code
