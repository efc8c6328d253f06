import pytest

from signage.branch.facts import Refused
from signage.branch.relay import OPEN_AT_ONCE, Relay
from signage.wire.messages import Command, Reply
from tests.unit.branch.ground import NINE, command, ids


def test_a_screens_answer_finds_who_asked() -> None:
    sent: list[Command] = []

    def send(passed: Command) -> bool:
        sent.append(passed)
        return True

    relay = Relay("hz-1", ids(), send)
    relay.pass_on(command("identify", screen="wall-1"), "lobby", "wall-1", NINE, 100.0)
    assert (sent[0].target, sent[0].issuer, sent[0].id, sent[0].token) == ("wall-1", "hz-1", "id-1", None)
    assert relay.next_due == 108.0
    assert relay.answered("counter-1", Reply(v=1, id="id-1", ok=True)) is None
    answer = relay.answered("wall-1", Reply(v=1, id="id-1", ok=True))
    assert answer is not None
    assert (answer.device, answer.reply.id) == ("lobby", "c-1")
    assert relay.answered("wall-1", Reply(v=1, id="id-1", ok=True)) is None
    assert relay.next_due is None


def test_a_silent_screen_is_an_answer_too() -> None:
    relay = Relay("hz-1", ids(), lambda _: True)
    relay.pass_on(command("identify", screen="wall-1"), "lobby", "wall-1", NINE, 0.0)
    assert relay.overdue(7.9) == []
    (answer,) = relay.overdue(8.0)
    assert answer.reply.error is not None
    assert answer.reply.error.code == "no-answer"
    assert relay.overdue(9.0) == []


def test_no_link_and_too_many_are_refused() -> None:
    with pytest.raises(Refused, match="no-link"):
        Relay("hz-1", ids(), lambda _: False).pass_on(command("identify"), "lobby", "wall-1", NINE, 0.0)
    relay = Relay("hz-1", ids(), lambda _: True)
    for _ in range(OPEN_AT_ONCE):
        relay.pass_on(command("identify"), "lobby", "wall-1", NINE, 0.0)
    with pytest.raises(Refused, match="busy"):
        relay.pass_on(command("identify"), "lobby", "wall-1", NINE, 0.0)
