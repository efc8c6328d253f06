"""The register of cases: follows `events`, keeps `case_events` and `cases`, and can be dropped and made anew."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, insert, select, tuple_, update

from signage.core.case_rules import DEFAULT_RULES, CaseRule
from signage.core.instants import Instant
from signage.office.cases.adding_up import case_of
from signage.office.cases.reading import KINDS, matter_of
from signage.office.database import Store
from signage.office.following import highest_key, settled_key
from signage.office.tables import events
from signage.office.tables_cases import case_events, cases, followers

_NAME: Final = "cases"
_AT_ONCE: Final = 2000
_PART: Final = 200  # keys in a condition
_AROUND: Final = timedelta(hours=24)  # how far apart calls and answers of one matter can still concern each other
_WANTED: Final = tuple(events.c[name] for name in ("key", "branch", "id", "at", "kind", "origin", "data", "problem"))
_MARK: Final = select(followers.c.last_key).where(followers.c.name == _NAME)
Case = tuple[str, str]  # branch and id


def nowhere(_branch: str) -> bool:
    """No branch counts only those ratings that somebody asked for."""
    return False


class Register:
    """`prompted_only`: the branches where a rating that nobody asked for counts for nothing. Every method may raise DatabaseAway."""

    def __init__(
        self,
        store: Store,
        rules: Sequence[CaseRule] = DEFAULT_RULES,
        prompted_only: Callable[[str], bool] = nowhere,
        at_once: int = _AT_ONCE,
    ) -> None:
        """`at_once`: events in a transaction."""
        self._store = store
        self._at_once = at_once
        self._rules = tuple(rules)
        self._prompted_only = prompted_only

    def follow(self) -> int:
        """Take in every event that has come since; how many there were that matter to cases."""
        if self._seen() >= highest_key(self._store):
            return 0
        upto, taken = settled_key(self._store), 0
        while True:
            with self._store.begin() as connection:
                last = _mark(connection)
                if last >= upto:
                    return taken
                taken += self._take(connection, last, upto)

    def rebuild(self) -> int:
        """Forget everything that is derived and read all events again, as after a change of the rules."""
        with self._store.begin() as connection:
            for table in (case_events, cases):
                connection.execute(delete(table))
            connection.execute(update(followers).where(followers.c.name == _NAME).values(last_key=0))
        return self.follow()

    def _seen(self) -> int:
        with self._store.read() as connection:
            last: int | None = connection.execute(_MARK).scalar()
        return last or 0

    def _take(self, connection: Connection, last: int, upto: int) -> int:
        query = select(*_WANTED).where(events.c.key > last, events.c.key <= upto, events.c.kind.in_(KINDS))
        found = connection.execute(query.order_by(events.c.key).limit(self._at_once)).mappings().all()
        rows = [row for event in found if (row := self._matter(event)) is not None]
        if rows:
            connection.execute(insert(case_events), rows)
            self._renew(connection, _concerned(connection, rows))
        seen = found[-1]["key"] if len(found) == self._at_once else upto
        connection.execute(update(followers).where(followers.c.name == _NAME).values(last_key=seen))
        return len(rows)

    def _matter(self, event: RowMapping) -> dict[str, Any] | None:
        return matter_of(event, self._rules, prompted_only=self._prompted_only(event["branch"]))

    def _renew(self, connection: Connection, concerned: Iterable[Case]) -> None:
        """Each of these cases anew from all that is told of it."""
        wanted = sorted(concerned)
        for start in range(0, len(wanted), _PART):
            part = wanted[start : start + _PART]
            told = _told(connection, part)
            connection.execute(delete(cases).where(tuple_(cases.c.branch, cases.c.case_id).in_(part)))
            made = [
                row
                for case in part
                if (row := case_of(told[case], _around(connection, told[case]), self._rules)) is not None
            ]
            if made:
                connection.execute(insert(cases), made)


def _mark(connection: Connection) -> int:
    """The last key that was seen. The row is held until the transaction ends: two followers take turns."""
    last: int | None = connection.execute(_MARK.with_for_update()).scalar()
    if last is None:
        connection.execute(insert(followers).values(name=_NAME, last_key=0))
        return 0
    return last


def _concerned(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[Case]:
    """The cases of these rows, and the calls that they answer or repeat."""
    concerned = {(row["branch"], row["case_id"]) for row in rows if row["case_id"]}
    for row in rows:
        if row["matter"] is not None:
            concerned |= {(one["branch"], one["case_id"]) for one in _of_matter(connection, row) if one["case_id"]}
    return concerned


def _told(connection: Connection, wanted: Sequence[Case]) -> dict[Case, list[Any]]:
    told: dict[Case, list[Any]] = {case: [] for case in wanted}
    query = select(case_events).where(tuple_(case_events.c.branch, case_events.c.case_id).in_(wanted))
    for row in connection.execute(query).mappings():
        told[row["branch"], row["case_id"]].append(row)
    return told


def _around(connection: Connection, told: Sequence[Any]) -> Sequence[Any]:
    return [other for row in told if row["matter"] is not None for other in _of_matter(connection, row)]


def _of_matter(connection: Connection, row: Any) -> Sequence[Any]:
    """Calls and answers of the same device and counter, within a day."""
    at = Instant.parse(row["at"])
    query = select(case_events).where(
        case_events.c.branch == row["branch"],
        case_events.c.matter == row["matter"],
        case_events.c.at >= str(at - _AROUND),
        case_events.c.at <= str(at + _AROUND),
    )
    return connection.execute(query).mappings().all()
