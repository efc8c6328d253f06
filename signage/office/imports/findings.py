"""What is wrong with a file that somebody brought: line, column, what was found and what is wanted there."""

import json
from dataclasses import dataclass
from typing import Final

_FOUND_LIMIT: Final = 60  # characters of a cell that a finding repeats


@dataclass(frozen=True, order=True)
class Finding:
    """`line` counts from 1, the heads being line 1. `column` is the head as the file has it; "" for a whole line."""

    line: int
    column: str
    found: str
    wanted: str

    def told(self, file: str) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{file}: {where}: found {self.found}, wanted {self.wanted}"


class Unfit(ValueError):  # noqa: N818 - says what a cell is
    """A cell that cannot be what its column holds. Its text says what is wanted."""


def shown(text: str) -> str:
    """A cell as a finding repeats it: quoted, on one line, cut."""
    cut = text if len(text) <= _FOUND_LIMIT else text[: _FOUND_LIMIT - 1] + "…"
    return "".join(
        letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in json.dumps(cut, ensure_ascii=False)
    )
