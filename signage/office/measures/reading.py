"""How stored events are read: the one place where SQLite and PostgreSQL differ.

A `token` is a key's value as JSON text: ``"1"``, ``5``, ``["repeat"]``. SQL groups and counts tokens without looking
into them; what they mean is decided here, so both databases decide alike, and what does not fit the contract is seen.
What no database can count is read whole (`told`): a database would look for each key in the event's text anew.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Text, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from signage.core.instants import Instant
from signage.office.measures.period import Period
from signage.office.tables import events

S = TypeVar("S", bound=msgspec.Struct)

_REMEMBERED: Final = 65_536
_AT_ONCE: Final = 5000  # rows: one by one each would cost as much again
_NUL: Final = r"\u0000"
_NO_NUL: Final = r"\ufffd"


class token(GenericFunction[str]):  # noqa: N801 - stands in queries as SQL's functions do
    """The JSON text of one key of an event's data; NULL where the key is not there."""

    name = "event_token"
    type = Text()
    inherit_cache = True

    def __init__(self, key: str) -> None:
        super().__init__(events.c.data, literal_column(f"'{key}'"))


@compiles(token, "sqlite")
def _sqlite(element: token, compiler: SQLCompiler, **options: Any) -> str:
    data, key = (compiler.process(part, **options) for part in element.clauses)
    return f"({data} -> {key})"


@compiles(token, "postgresql")
def _postgresql(element: token, compiler: SQLCompiler, **options: Any) -> str:
    """`json`, not `jsonb`, keeps a token as it stands. PostgreSQL's texts hold no NUL: see `meaning`."""
    data, key = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST(replace({data}, '{_NUL}', '{_NO_NUL}') AS json) -> {key})::text"


def happened(kind: str, period: Period, *columns: ColumnElement[Any]) -> Select[Any]:
    """Readable events of a kind that happened in the period; an index has them in the order of their times."""
    chosen = select(*columns).where(events.c.kind == kind, events.c.problem.is_(None))
    return chosen.where(events.c.at >= str(period.first), events.c.at < str(period.end))


def rows(connection: Connection, chosen: Select[Any]) -> Iterator[Any]:
    """What a query finds, however much, in little memory."""
    for some in connection.execute(chosen, execution_options={"yield_per": _AT_ONCE}).partitions():
        yield from some


def told(connection: Connection, chosen: Select[Any], said: msgspec.json.Decoder[S]) -> Iterator[tuple[Any, S]]:
    """Events that a query finds, each with its data, the query's last column. Data that does not fit is passed over."""
    for row in rows(connection, chosen):
        try:
            yield row, said.decode(without_nul(row[-1]))
        except msgspec.MsgspecError:
            continue


def text(value: Any) -> str | None:
    """A value that should be a text; None where it is none."""
    return value if isinstance(value, str) else None


def moment(value: Any) -> Instant | None:
    """A value that should be a time; None where it is none."""
    try:
        return Instant.parse(text(value) or "")
    except ValueError:
        return None


def without_nul(text: str) -> str:
    """As PostgreSQL reads it."""
    return text.replace(_NUL, _NO_NUL) if _NUL in text else text


@lru_cache(_REMEMBERED)
def meaning(text: str | None) -> Any:
    """What a token says. None for a key that is not there, and for text that no reader takes."""
    try:
        return msgspec.json.decode(without_nul(text)) if text is not None else None
    except msgspec.DecodeError:
        return None


def word(text: str | None) -> str | None:
    """A token that should be a text; None where it is none."""
    value = meaning(text)
    return value if isinstance(value, str) else None


def words(text: str | None) -> frozenset[str] | None:
    """A token that should be a list of texts, empty if the key is not there; None where it is something else."""
    value = meaning(text) if text is not None else []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return frozenset(value)


def whole(text: str | None) -> int | None:
    """A token that should be a whole number; None where it is none."""
    value = meaning(text)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
