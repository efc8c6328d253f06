"""From the rows that tell of one case to the case. Pure, and the same in whatever order they came."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from signage.core.case_history import ORDER, Told, history
from signage.core.case_rules import CaseRule, call_rule, called_again, first_answer
from signage.core.cases import case_number
from signage.core.instants import Instant
from signage.office.cases.reading import ANSWERED, CALLED

Row = Mapping[str, Any]
_FACTS: Final = ("source", "counter", "teller", "device", "stars", "subject")
_FOLLOWED: Final = ORDER["assigned"]


def case_of(told: Sequence[Row], around: Sequence[Row], rules: Sequence[CaseRule]) -> dict[str, Any] | None:
    """A row of `cases`; None: it is none. `told` are its rows, `around` those of the same matter where it was a call."""
    if not told:
        return None
    ordered = sorted(told, key=lambda row: (row["at"], row["event_id"]))
    opened = _opened(ordered, around, rules)
    followed = any(ORDER.get(row["action"], -1) >= _FOLLOWED for row in ordered)
    if opened is None and not followed:
        return None
    rule, extra = opened if opened is not None else ("branch", ())
    found = history([*extra, *(_told(row) for row in ordered if row["action"] != CALLED)])
    assert found is not None
    progress = found.progress
    facts = {name: next((row[name] for row in ordered if row[name] is not None), None) for name in _FACTS}
    return facts | {
        "branch": ordered[0]["branch"],
        "case_id": ordered[0]["case_id"],
        "number": case_number(ordered[0]["case_id"]).replace(" ", ""),
        "opened_at": str(progress.opened),
        "source": facts["source"] or "opinion",
        "rule": rule,
        "callback": any(row["callback"] for row in ordered),
        "action": found.action,
        "owner": found.owner,
        "complicated": found.complicated,
        "investigated_at": _text(progress.investigated),
        "handled_at": _text(progress.handled),
        "fed_back_at": _text(progress.fed_back),
        "closed_at": _text(found.closed),
        "at_branch": any(row["from_branch"] and row["kind"] == "case" for row in ordered),
    }


def _opened(
    ordered: Sequence[Row], around: Sequence[Row], rules: Sequence[CaseRule]
) -> tuple[str, tuple[Told, ...]] | None:
    """The rule by which it is a case, and what no event tells: when a call that nobody answered became one."""
    rule = next((row["rule"] for row in ordered if row["rule"] is not None), None)
    if rule is not None:
        return rule, ()
    call = next((row for row in ordered if row["action"] == CALLED), None)
    if call is None:
        return None
    at = Instant.parse(call["at"])
    answers = [Instant.parse(row["at"]) for row in around if row["action"] == ANSWERED]
    calls = [
        Instant.parse(row["at"]) for row in around if row["action"] == CALLED and row["event_id"] != call["event_id"]
    ]
    if called_again(at, calls, answers):
        return None
    found = call_rule(rules, at, first_answer(at, answers))
    return None if found is None else (found[0], (Told(found[1], call["event_id"], "opened"),))


def _told(row: Row) -> Told:
    at = Instant.parse(row["at"])
    return Told(at, row["event_id"], row["action"], row["actor"], row["owner"], row["complicated"])


def _text(at: Instant | None) -> str | None:
    return None if at is None else str(at)
