"""Notices: posted with words for every locale, withdrawn by a person, or ended by the clock."""

from collections.abc import Iterable

from msgspec.structs import replace

from signage.branch.facts import NOTICES_KEPT, Change, Draft, Facts, Refused
from signage.core.instants import Instant
from signage.core.model import Notice, Source
from signage.core.notices import may_withdraw


def _told(notice: Notice, action: str, actor: str | None) -> Draft:
    return Draft("notice", {"notice": notice.id, "action": action, "actor": actor or "", "text": dict(notice.text)})


def post(facts: Facts, notice: Notice, now: Instant) -> Change:
    """Post it, in place of an earlier one of the same id. Raises Refused."""
    if notice.until <= now or notice.until <= notice.start:
        raise Refused("bad-args", "until lies in the past or before from")
    _permitted([known for known in facts.notices if known.id == notice.id], notice.source)
    others = tuple(known for known in facts.notices if known.id != notice.id)
    if len(others) >= NOTICES_KEPT:
        raise Refused("too-many", f"{NOTICES_KEPT} notices are posted")
    return Change(replace(facts, notices=(*others, notice)), (_told(notice, "posted", notice.actor),))


def withdraw(facts: Facts, identity: str, actor: str | None, by: Source = "manager") -> Change:
    """Raises Refused if no such notice is posted, or if it is not for `by` to withdraw."""
    gone = tuple(known for known in facts.notices if known.id == identity)
    if not gone:
        raise Refused("unknown-notice", "no such notice is posted")
    _permitted(gone, by)
    kept = tuple(known for known in facts.notices if known.id != identity)
    return Change(replace(facts, notices=kept), tuple(_told(known, "withdrawn", actor) for known in gone))


def _permitted(known: Iterable[Notice], by: Source) -> None:
    for one in known:
        if not may_withdraw(one, by):
            raise Refused("not-permitted", f"notice {one.id!r} is {one.source}'s, which {by} may not take down")


def expire(facts: Facts, now: Instant) -> Change:
    over = tuple(known for known in facts.notices if known.until <= now)
    kept = tuple(known for known in facts.notices if known.until > now)
    return Change(replace(facts, notices=kept), tuple(_told(known, "expired", known.actor) for known in over))
