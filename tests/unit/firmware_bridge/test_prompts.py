"""One answer per prompt, no number twice within a day."""

import pytest

from firmware_bridge import prompts
from firmware_bridge.prompts import Asked, Ending, PromptBook, Shown, Wanted
from tests.unit.firmware_bridge.pads import after


def ask(book: PromptBook, name: str, counter: str = "1", at: float = 0, seconds: float = 15) -> Asked | None:
    book.want(Wanted(counter, name, after(at + seconds), "t8"), after(at))
    return book.open_at(counter, after(at))


def opened(book: PromptBook, name: str, counter: str = "1", at: float = 0, seconds: float = 15) -> Asked:
    asked = ask(book, name, counter, at, seconds)
    assert asked is not None
    return asked


def endings(book: PromptBook) -> list[tuple[str, Ending | None]]:
    return [(asked.prompt, asked.ending) for asked in book.take_changes().ended]


def test_the_first_press_answers_and_later_ones_repeat() -> None:
    book = PromptBook()
    asked = opened(book, "p")
    assert (asked.number, asked.teller, asked.until) == (1, "t8", after(15))
    first = book.answer("1", 1, after(3))
    second = book.answer("1", 1, after(4))
    assert first is not None
    assert second is not None
    assert (first.counts, second.counts) == (True, False)
    assert endings(book) == [("p", Ending.RATED)]
    assert book.open_at("1", after(5)) is None
    assert book.deadline() is None


@pytest.mark.parametrize(("pressed", "counts"), [(-2, True), (15.999, True), (16, False), (900, False)])
def test_only_a_press_made_before_the_end_counts(pressed: float, counts: bool) -> None:
    book = PromptBook()
    opened(book, "p")
    answer = book.answer("1", 1, after(pressed))
    assert answer is not None
    assert answer.counts is counts


def test_a_press_made_in_time_but_told_late_still_answers() -> None:
    book = PromptBook()
    opened(book, "p")
    book.shown(Shown("p"))
    book.shown(Shown("p"))
    assert book.deadline() == after(18)
    assert book.end_due(after(17.999)) == ()
    (ended,) = book.end_due(after(18))
    assert (ended.ending, ended.shown) == (Ending.UNRATED, True)
    assert endings(book) == [("p", Ending.UNRATED)]
    answer = book.answer("1", 1, after(10))
    assert answer is not None
    assert answer.counts
    assert answer.asked.ending is Ending.UNRATED
    assert endings(book) == []  # how it ended is told once


def test_numbers_and_counters_nobody_asked_with_mean_nothing() -> None:
    book = PromptBook()
    opened(book, "p")
    assert book.answer("1", 2, after(1)) is None
    assert book.answer("2", 1, after(1)) is None
    assert book.answer("1", 1, after(-2.001)) is None  # before it was asked
    book.shown(Shown("unknown"))
    book.lapse("1", 2, after(1))
    book.lapse("2", 1, after(1))
    assert book.open_at("1", after(1)) is not None


def test_a_lapse_ends_it_but_waits_for_a_press_on_its_way() -> None:
    book = PromptBook()
    opened(book, "p")
    book.lapse("1", 1, after(9))
    assert book.open_at("1", after(9)) is None
    assert book.deadline() == after(12)
    answer = book.answer("1", 1, after(8))
    assert answer is not None
    assert answer.counts


def test_the_same_prompt_keeps_its_number_and_the_next_one_cancels_it() -> None:
    book = PromptBook()
    first = opened(book, "p")
    assert opened(book, "p", at=1).number == first.number
    second = opened(book, "q", at=2)
    assert second.number == 2
    assert endings(book) == [("p", Ending.CANCELLED)]
    other = opened(book, "r", counter="2", at=2)
    assert other.number == 3
    assert book.open_at("1", after(3)) == second


def test_one_that_was_over_when_the_next_came_is_unrated() -> None:
    book = PromptBook()
    opened(book, "p")
    opened(book, "q", at=16)
    assert endings(book) == [("p", Ending.UNRATED)]


def test_withdrawn_before_its_time_means_answered_elsewhere() -> None:
    book = PromptBook()
    opened(book, "p")
    opened(book, "r", counter="2")
    book.want(Wanted("1"), after(5))
    assert endings(book) == [("p", Ending.ELSEWHERE)]
    answer = book.answer("1", 1, after(4))
    assert answer is not None
    assert not answer.counts
    assert book.open_at("2", after(5)) is not None


def test_withdrawn_at_its_time_is_only_its_time() -> None:
    book = PromptBook()
    opened(book, "p")
    book.want(Wanted("1"), after(13.5))
    assert endings(book) == []
    assert book.deadline() == after(18)


def test_a_prompt_that_is_over_is_not_opened() -> None:
    book = PromptBook()
    assert ask(book, "p", seconds=0) is None
    assert book.take_changes().written == ()


def test_what_is_written_makes_the_same_book() -> None:
    book = PromptBook()
    opened(book, "p")
    opened(book, "q", counter="2", at=1)
    book.answer("2", 2, after(2))
    again = PromptBook(book.take_changes().written)
    assert again.open_at("1", after(3)) == book.open_at("1", after(3))
    repeat = again.answer("2", 2, after(3))
    assert repeat is not None
    assert not repeat.counts
    assert opened(again, "r", counter="3", at=4).number == 3


def test_a_number_rests_for_a_day_and_old_uses_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "NUMBERS", 2)
    book = PromptBook()
    opened(book, "a", counter="1")
    opened(book, "b", counter="2")
    assert ask(book, "c", counter="3", at=10) is None  # all in use: no pad shows it
    day = 24 * 3600
    book.end_due(after(100))
    assert ask(book, "d", counter="1", at=day + 14.999) is None
    assert opened(book, "e", counter="1", at=day + 15).number == 1
    late = book.answer("1", 1, after(3))  # pressed yesterday, told today
    assert late is not None
    assert (late.asked.prompt, late.counts) == ("a", True)
    book.end_due(after(day + 100))
    month = 31 * day
    assert opened(book, "f", counter="1", at=month + day).number == 2
    assert opened(book, "g", counter="2", at=month + day).number == 1
    assert book.answer("1", 1, after(3)) is None  # forgotten after a month
