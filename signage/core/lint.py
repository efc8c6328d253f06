"""What a linter says: each finding with its place and its cure. The checks stand in `lint_hours`, `lint_items`, `lint_screens`."""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """`place`: table and key of a file, or an item of the programme; `what` is wrong there; `cure`: what to do."""

    severity: Severity
    place: str
    what: str
    cure: str

    def line(self) -> str:
        return f"{self.severity}: {self.place}: {self.what}; {self.cure}"


def in_order(findings: list[Finding]) -> list[Finding]:
    """The gravest first, else as they were found; nothing twice."""
    return sorted(dict.fromkeys(findings), key=lambda one: SEVERITIES.index(one.severity))
