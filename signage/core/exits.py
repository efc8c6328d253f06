"""How a program ends (contract: programs, Exits)."""

from enum import IntEnum


class Exit(IntEnum):
    DONE = 0
    FINDINGS = 1  # `signage lint` found errors
    WRONG_USE = 2
    BAD_DATA = 65
    UNREACHABLE = 69
    SOFTWARE = 70  # a mistake of the program itself, as sysexits.h calls it
    CANNOT_WRITE = 73
    NOT_PERMITTED = 77
    CONFIGURATION = 78


class Refusal(Exception):  # noqa: N818 - a program that says why it ends, not a failure of it
    """Ends a program with `code` after writing `lines` on standard error. Each line names place, cause and cure."""

    def __init__(self, code: Exit, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.code = code
        self.lines = lines
