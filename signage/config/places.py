"""Where in a configuration file something is wrong, and how that is said in one line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from typing import Any, Final

_FOUND_LIMIT: Final = 60  # characters of a found value that a line repeats
_NAMES: Final = (
    "name",
    "id",
    "number",
    "counter",
    "when",
    "date",
    "from",
)  # keys by which a person knows a table's entry


@dataclass(frozen=True)
class Place:
    """One table: its dotted name, which of several (from 1), what the file calls it, and what it stands in."""

    table: str
    number: int | None = None
    name: str | None = None
    inside: str | None = None

    def __str__(self) -> str:
        if not self.table:
            return "top level"
        if self.number is None:
            return f"[{self.table}]"
        named = f" {shown(self.name)}" if self.name is not None else ""
        inside = f" of {self.inside}" if self.inside else ""
        return f"[[{self.table}]] {self.number}{named}{inside}"

    def entry(self, key: str, index: int, raw: Any) -> "Place":
        """The place of the `index`th (from 0) table under `key`."""
        return Place(
            self._dotted(key),
            index + 1,
            name_of(raw),
            f"{self.table} {shown(self.name)}" if self.number is not None else None,
        )

    def table_under(self, key: str) -> "Place":
        return Place(self._dotted(key))

    def _dotted(self, key: str) -> str:
        return f"{self.table}.{key}" if self.table else key


@dataclass(frozen=True)
class Mistake:
    """Something found at a key where something else is wanted."""

    place: Place
    key: str
    found: str
    wanted: str

    def line(self, file: str) -> str:
        where = f"{self.place}, key {printable(self.key)}" if self.key else str(self.place)
        return f"{file}: {where}: found {self.found}, wanted {self.wanted}"


def name_of(raw: Any) -> str | None:
    """What a person calls this entry, if it says."""
    if not isinstance(raw, dict):
        return None
    return next((str(raw[key]) for key in _NAMES if isinstance(raw.get(key), str | int)), None)


def shown(value: Any) -> str:
    """A value as a line repeats it: as it could stand in the file, on one line, cut."""
    text = str(value) if isinstance(value, date | time) else json.dumps(value, ensure_ascii=False, default=str)
    return printable(text if len(text) <= _FOUND_LIMIT else text[: _FOUND_LIMIT - 1] + "…")


def printable(text: str) -> str:
    """Without what would begin a line or move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def one_of(words: Sequence[str]) -> str:
    """The words in quotes, with "or" before the last."""
    *most, last = [shown(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def nearest(word: str, known: Sequence[str]) -> str:
    """What is wanted instead of an unknown `word`: the nearest known one, else all of them."""
    if not known:
        return "nothing: none is configured"
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return shown(close[0]) if close else one_of(known)
