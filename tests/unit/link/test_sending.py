"""What is sent when; times are seconds from an arbitrary start."""

import pytest

from signage.link.sending import Ask, Sender, Verdict


def sender(known: int = 0, upto: int = 0, *, fresh: bool = True) -> Sender:
    one = Sender(known, upto, fresh)
    one.up()
    return one


def send_all(one: Sender, mono: float, last: int, size: int = 10) -> list[tuple[int, int]]:
    batches = []
    while (ask := one.ask(mono, last, 1)) is not None:
        end = min(ask.first + size - 1, ask.ceiling)
        batches.append((ask.first, end))
        one.sent(end, mono)
    return batches


def test_nothing_is_sent_without_a_connection() -> None:
    one = Sender(0, 0, fresh=True)
    assert one.ask(0, 5, 1) is None
    assert one.deadline() is None
    one.up()
    assert one.ask(0, 5, 1) == Ask(1, 5)
    one.down()
    assert one.ask(0, 5, 1) is None


def test_nothing_is_sent_when_there_is_nothing() -> None:
    one = sender()
    assert one.ask(0, 0, 1) is None
    assert one.deadline() is None


def test_at_most_eight_batches_are_in_flight() -> None:
    one = sender()
    assert send_all(one, 0, 200) == [(first, first + 9) for first in range(1, 81, 10)]
    one.receipt(20, 1)
    assert send_all(one, 1, 200) == [(81, 90), (91, 100)]


def test_without_a_receipt_it_is_sent_again_after_10_s_doubling_to_5_min() -> None:
    one = sender()
    now = 0.0
    send_all(one, now, 3)
    for wait in (10, 20, 40, 80, 160, 300, 300):
        assert one.deadline() == now + wait
        assert one.ask(now + wait - 0.001, 3, 1) is None
        now += wait
        assert send_all(one, now, 3) == [(1, 3)]


def test_progress_makes_the_wait_short_again() -> None:
    one = sender()
    send_all(one, 0, 20)
    send_all(one, 10, 20)
    one.receipt(10, 15)
    assert one.deadline() == 25
    assert send_all(one, 25, 20) == [(11, 20)]


def test_a_receipt_for_everything_ends_the_waiting() -> None:
    one = sender()
    send_all(one, 0, 20)
    assert one.receipt(20, 1) is Verdict.GOOD
    assert one.deadline() is None
    assert one.ask(999, 20, 1) is None


def test_a_receipt_below_sends_from_there() -> None:
    """The parent lost its disk."""
    one = sender()
    send_all(one, 0, 50)
    one.receipt(50, 1)
    one.receipt(0, 2)
    assert one.ask(2, 50, 1) == Ask(1, 50)
    assert one.ask(2, 50, 31) == Ask(31, 50), "what is final is gone"


def test_a_receipt_that_confirms_nothing_tells_of_a_lost_batch_once() -> None:
    one = sender()
    send_all(one, 0, 30)
    one.receipt(0, 1)  # the first was lost, the second came
    assert send_all(one, 1, 30) == [(1, 10), (11, 20), (21, 30)]
    one.receipt(0, 1)  # the third came
    assert send_all(one, 1, 30) == []
    one.receipt(10, 2)
    one.receipt(10, 2)
    assert send_all(one, 2, 30) == [(11, 20), (21, 30)]


def test_a_receipt_for_final_or_for_a_sync_is_no_sign_of_loss() -> None:
    one = sender()
    one.asked()
    send_all(one, 0, 30)
    one.receipt(0, 1)
    assert send_all(one, 1, 30) == []
    one.receipt(0, 1, told_final=True)
    assert send_all(one, 1, 30) == []
    one.receipt(0, 1)
    assert send_all(one, 1, 30) != []


def test_a_new_connection_sends_what_was_in_flight() -> None:
    one = sender()
    send_all(one, 0, 30)
    one.receipt(10, 1)
    one.down()
    assert one.deadline() is None
    one.up()
    assert send_all(one, 2, 30) == [(11, 20), (21, 30)]
    assert one.deadline() == 12


def test_a_connection_that_takes_no_more_rests() -> None:
    one = sender()
    one.refused(5)
    assert one.deadline() == 5.5
    assert one.ask(5.4, 3, 1) is None
    assert one.ask(5.5, 3, 1) == Ask(1, 3)
    assert one.deadline() is None


@pytest.mark.parametrize("upto", [31, 2**53])
def test_a_receipt_above_what_was_sent_tells_of_an_old_copy(upto: int) -> None:
    one = sender()
    send_all(one, 0, 30)
    assert one.receipt(upto, 1) is Verdict.OLD_COPY
    assert one.receipt(30, 1) is Verdict.GOOD


def test_a_restarted_program_sends_nothing_new_before_the_first_receipt() -> None:
    one = sender(known=10, upto=5, fresh=False)
    assert send_all(one, 0, 30) == [(6, 10)]
    assert one.receipt(11, 1) is Verdict.OLD_COPY
    assert one.receipt(8, 1) is Verdict.GOOD
    assert send_all(one, 1, 30) == [(11, 20), (21, 30)]


def test_a_restarted_program_with_nothing_to_send_again_asks_first() -> None:
    one = sender(known=10, upto=10, fresh=False)
    assert one.ask(0, 12, 11) == Ask(11, 10)
    one.sent(10, 0)
    assert one.ask(9, 12, 11) is None
    assert one.ask(10, 12, 11) == Ask(11, 10), "asked again"
    one.sent(10, 10)
    one.receipt(10, 11)
    assert one.ask(11, 12, 11) == Ask(11, 12)


def test_the_answer_to_the_first_question_may_be_lower() -> None:
    one = sender(known=10, upto=10, fresh=False)
    one.ask(0, 12, 4)
    one.sent(10, 0)
    one.receipt(6, 1)
    assert one.ask(1, 12, 4) == Ask(7, 12)
