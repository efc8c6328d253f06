"""A teller's grade: from the branch's file, by the staff number that serves."""

from signage.branch.document import branch_state
from signage.branch.facts import Facts
from tests.unit.branch.ground import NINE, settings


def test_the_grade_follows_the_teller_from_counter_to_counter() -> None:
    graded = settings(grades={"0571017": 4})

    def levels(**tellers: str) -> list[int | None]:
        facts = Facts(tellers={number.removeprefix("at_"): who for number, who in tellers.items()})
        return [counter.level for counter in branch_state(facts, graded, NINE).counters[:2]]

    assert levels() == [None, None]
    assert levels(at_1="0571017") == [4, None]
    assert levels(at_1="0571041", at_2="0571017") == [None, 4]
