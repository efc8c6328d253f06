"""What is told of a closed month beside it: events that arrived afterwards, and who acknowledged a talk."""

from collections import Counter
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from signage.office.report.closing import Closed, Talk
from signage.office.report.document import BranchMonth, Document
from signage.office.report.numbers import decimal, percent, whole
from signage.office.report.words import Words


def supplement(
    closed: Closed,
    late: Mapping[str, Counter[str]],
    present: Document | None,
    talks: Mapping[str, Talk],
    words: Words,
    zone: tzinfo,
) -> dict[str, Any]:
    """What the supplement's page says. `present`: the month as it would be counted now, if anything is late."""
    before = {one.id: one for one in closed.gathered.document.branches}
    after = {one.id: one for one in present.branches} if present is not None else {}
    flagged = sorted(
        (one for one in before.values() if one.talk), key=lambda one: (-(one.complaints.per_10k or 0), one.id)
    )
    return {
        "closed": closed,
        "late_all": whole(sum(kinds.total() for kinds in late.values())),
        "late": [_late(branch, kinds, before.get(branch), after.get(branch)) for branch, kinds in late.items()],
        "talks": [_talk(one, talks.get(one.id), words, zone) for one in flagged],
    }


def _late(branch: str, kinds: Counter[str], before: BranchMonth | None, after: BranchMonth | None) -> dict[str, str]:
    named = before or after
    return {
        "name": named.name if named is not None else branch,
        "events": whole(kinds.total()),
        "n_closed": whole(before.rated.tally.n if before is not None else None),
        "n_now": whole(after.rated.tally.n if after is not None else None),
        "rate_closed": percent(before.rated.tally.satisfaction if before is not None else None),
        "rate_now": percent(after.rated.tally.satisfaction if after is not None else None),
    }


def _talk(one: BranchMonth, talk: Talk | None, words: Words, zone: tzinfo) -> dict[str, str]:
    told = {"name": one.name, "rate": decimal(one.complaints.per_10k, 2), "who": "", "on": "", "note": ""}
    if talk is None:
        return told
    return told | {"who": talk.who, "on": words.day(talk.at.astimezone(zone))["zh"], "note": talk.note}
