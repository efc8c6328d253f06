"""Who has answered a command, who refused it, who has not been heard: and how the program that gave it ends. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from signage.core.exits import Exit
from signage.wire.messages import Command, Reply

_NAMED: Final = 12  # branches a line names; of more, how many more


@dataclass(frozen=True)
class Outcome:
    """`missing`: who was expected to answer and has not; empty where no roster says who is expected."""

    done: tuple[str, ...]
    refused: Mapping[str, Reply]
    missing: tuple[str, ...]

    @staticmethod
    def of(replies: Mapping[str, Reply], expected: Iterable[str]) -> "Outcome":
        done = tuple(sorted(branch for branch, reply in replies.items() if reply.ok))
        refused = {branch: replies[branch] for branch in sorted(replies) if not replies[branch].ok}
        return Outcome(done, refused, tuple(branch for branch in expected if branch not in replies))

    @property
    def code(self) -> Exit:
        """0: everybody has done it; 77: somebody refuses; 69: somebody, or everybody, has not answered."""
        if self.refused:
            return Exit.NOT_PERMITTED
        return Exit.UNREACHABLE if self.missing or not self.done else Exit.DONE

    def lines(self, command: Command) -> list[str]:
        """For people, one line for each thing to know."""
        said = []
        if self.done:
            said.append(f"{command.name}: done by {_named(self.done)}")
        for reason, branches in _by_reason(self.refused).items():
            said.append(f"{command.name}: refused by {_named(branches)}: {reason}")
        if self.missing or not (self.done or self.refused):
            who = _named(self.missing) if self.missing else "any branch"
            said.append(
                f"{command.name}: no answer from {who}; it stays queued until {command.expires_at} and is sent when "
                "they are back, as long as `signage publisher` runs"
            )
        return said


def _by_reason(refused: Mapping[str, Reply]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for branch, reply in refused.items():
        reason = f"{reply.error.code}: {reply.error.text}" if reply.error is not None else "no reason given"
        reasons.setdefault(reason, []).append(branch)
    return reasons


def _named(branches: Sequence[str]) -> str:
    more = f" and {len(branches) - _NAMED} more" if len(branches) > _NAMED else ""
    return ", ".join(branches[:_NAMED]) + more
