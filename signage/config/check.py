"""Checks raw TOML data against tables and finds every mistake, not only the first."""

import types
import typing
from collections.abc import Iterator
from enum import EnumMeta
from typing import Any

import msgspec

from signage.config.leaves import Raw, Table
from signage.config.places import Mistake, Place, nearest, one_of, shown


class Checked:
    """What came of a walk: all mistakes, every table that is sound in itself, and every single value that is."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.sound: list[tuple[Place, Table]] = []
        self.values: list[tuple[type[Table], str, Place, Any]] = []

    def of(self, kind: type[Table]) -> Iterator[tuple[Place, Any]]:
        """The sound tables of one kind."""
        return ((place, table) for place, table in self.sound if type(table) is kind)

    def at(self, key: str, *kinds: type[Table]) -> list[tuple[Place, Any]]:
        """The sound values under `key`, even in tables with a mistake elsewhere. All tables if no kind is given."""
        return [
            (place, value) for kind, name, place, value in self.values if name == key and (not kinds or kind in kinds)
        ]


def walk(raw: Raw, kind: type[Table]) -> Checked:
    """Check a whole file's data against its top table."""
    checked = Checked()
    _table(raw, kind, Place(""), checked)
    return checked


def _table(raw: Any, kind: type[Table], place: Place, checked: Checked) -> None:
    if not isinstance(raw, dict):
        checked.mistakes.append(Mistake(place, "", shown(raw), "a table"))
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    sound = True
    for key in raw:
        if key not in fields:
            unused = [name for name in fields if name not in raw]
            checked.mistakes.append(
                Mistake(place, key, "a key that is not known", nearest(key, unused or list(fields)))
            )
    usable: Raw = {}
    for key, field in fields.items():
        if key not in raw:
            if field.required:
                checked.mistakes.append(Mistake(place, key, "nothing", wanted(field.type)))
                sound = False
        elif _field(raw[key], field.type, key, place, checked):
            usable[key] = raw[key]
            checked.values.append((kind, key, place, raw[key]))
        else:
            sound = sound and not field.required and _is_tables(field.type)
    if sound:
        checked.sound.append((place, msgspec.convert(usable, kind)))


def _field(value: Any, kind: Any, key: str, place: Place, checked: Checked) -> bool:
    """Check one key's value; whether it may be read."""
    before = len(checked.mistakes)
    table = _one_table(kind)
    if table is not None:
        _table(value, table, place.table_under(key), checked)
    elif (entries := _many_tables(kind)) is not None:
        if not isinstance(value, list):
            checked.mistakes.append(
                Mistake(place, key, shown(value), f"a list of tables, [[{place.table_under(key).table}]]")
            )
        else:
            for index, entry in enumerate(value):
                _table(entry, entries, place.entry(key, index, entry), checked)
    else:
        try:
            msgspec.convert(value, kind, strict=True)
        except (msgspec.ValidationError, ValueError):
            checked.mistakes.append(Mistake(place, key, shown(value), wanted(kind)))
    return len(checked.mistakes) == before


def _options(kind: Any) -> tuple[Any, ...]:
    """The members of a union without None; the kind itself otherwise."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return tuple(part for part in typing.get_args(kind) if part is not types.NoneType)
    return (kind,)


def _one_table(kind: Any) -> type[Table] | None:
    only = _options(kind)[0]
    return only if isinstance(only, type) and issubclass(only, Table) else None


def _many_tables(kind: Any) -> type[Table] | None:
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple and len(arguments) == 2 and arguments[1] is ...:
        return _one_table(arguments[0])
    return None


def _is_tables(kind: Any) -> bool:
    return _one_table(kind) is not None or _many_tables(kind) is not None


_PLAIN: dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def wanted(kind: Any) -> str:
    """What a key of this kind takes, in words."""
    options = _options(kind)
    if len(options) > 1:
        return " or ".join(wanted(option) for option in options)
    only = options[0]
    if (table := _one_table(only)) is not None:
        return (
            f"a table with {one_of([field.encode_name for field in msgspec.structs.fields(table) if field.required])}"
        )
    for meta in getattr(only, "__metadata__", ()):
        if isinstance(meta, msgspec.Meta) and meta.description:
            return meta.description
    arguments = typing.get_args(only)
    if typing.get_origin(only) is typing.Literal:
        return (
            one_of([str(argument) for argument in arguments]) if isinstance(arguments[0], str) else _numbers(arguments)
        )
    if typing.get_origin(only) is tuple:
        return "a list: " + ", ".join("and so on" if part is ... else wanted(part) for part in arguments)
    if isinstance(only, EnumMeta):
        return one_of(list(only.__members__.values()))
    return _PLAIN.get(only, "something else")


def _numbers(arguments: tuple[Any, ...]) -> str:
    *most, last = [str(argument) for argument in arguments]
    return f"{', '.join(most)} or {last}"
