import pytest
from msgspec.structs import replace

from signage.branch.twin import Twin, meet
from signage.wire.messages import Alive, Health, Status
from tests.unit.branch.ground import NINE, after


@pytest.mark.parametrize(
    ("at_s", "started_s", "session", "meaning"),
    [
        (-1, -100, "other", Twin.NONE),
        (0, -100, "other", Twin.NONE),
        (1, -100, "other", Twin.EARLIER),
        (1, 1, "other", Twin.LATER),
        (1, 0, "a", Twin.EARLIER),
        (1, 0, "z", Twin.LATER),
    ],
)
def test_of_two_the_later_ends_and_an_old_status_is_nobody(
    at_s: float, started_s: float, session: str, meaning: Twin
) -> None:
    status = Status(
        v=1,
        node="hz-1",
        session=session,
        online=True,
        at=after(at_s),
        started_at=after(started_s),
        software="x",
        role="controller",
        health=Health(cpu=0, memory_mb=0, disk_free_mb=0),
        faults=(),
    )
    assert meet(status, "m", NINE) is meaning


def test_an_alive_says_the_same_on_the_branchs_own_broker() -> None:
    alive = Alive(v=1, session="other", at=after(1), started_at=after(-100))
    assert meet(alive, "m", NINE) is Twin.EARLIER
    assert meet(replace(alive, session="m"), "m", NINE) is Twin.NONE
    assert meet(replace(alive, started_at=None), "m", NINE) is Twin.NONE
