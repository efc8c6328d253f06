import pytest

from signage.core.exits import Exit
from signage.office.awaiting import Outcome
from signage.office.commanding import Aim
from signage.wire.messages import Reply, ReplyError
from tests.unit.office.test_dispatch import given

DONE = Reply(id="c", ok=True, v=1)
NO = Reply(id="c", ok=False, error=ReplyError(code="not-permitted", text="this key may resume"), v=1)


@pytest.mark.parametrize(
    ("replies", "expected", "code"),
    [
        ({"a": DONE}, ("a",), Exit.DONE),
        ({"a": DONE, "x": DONE}, ("a",), Exit.DONE),
        ({"a": DONE}, (), Exit.DONE),
        ({}, (), Exit.UNREACHABLE),
        ({"a": DONE}, ("a", "b"), Exit.UNREACHABLE),
        ({"a": DONE, "b": NO}, ("a", "b"), Exit.NOT_PERMITTED),
        ({"b": NO}, ("a", "b"), Exit.NOT_PERMITTED),
    ],
)
def test_how_it_ends(replies: dict[str, Reply], expected: tuple[str, ...], code: Exit) -> None:
    assert Outcome.of(replies, expected).code is code


def test_what_is_said() -> None:
    many = tuple(f"b-{number:02}" for number in range(20))
    replies = {"a": DONE, "n-1": NO, "n-2": NO, "n-3": Reply(id="c", ok=False, v=1)}
    done, refused, nameless, missing = Outcome.of(replies, (*replies, *many)).lines(given(Aim()))
    assert done == "suspend: done by a"
    assert refused == "suspend: refused by n-1, n-2: not-permitted: this key may resume"
    assert nameless == "suspend: refused by n-3: no reason given"
    assert "no answer from b-00" in missing
    assert "b-11 and 8 more" in missing
    assert "any branch" in Outcome.of({}, ()).lines(given(Aim()))[0]
