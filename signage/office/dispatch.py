"""Which commands to send now, and which again to a branch that was away. Pure: the publisher asks and sends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from signage.core.instants import Instant
from signage.office.commanding import concerns
from signage.office.roster import RosterBranch, Shard
from signage.wire.messages import Command, Sync

CLOCKS_APART: Final = timedelta(minutes=5)  # how far `commands_since` and `issued_at` may lie apart by their clocks
SHARED_APART_S: Final = 5.0  # a group's topic reaches everybody in it: who comes back waits for others who do


@dataclass
class _Standing:
    command: Command
    replied: set[str]
    due: float | None = 0.0  # monotonic; None: sent


@dataclass
class Dispatch:
    """Commands that have not expired. The first of several publishers sends what is for groups and for all."""

    shard: Shard
    roster: Mapping[str, RosterBranch]
    _standing: dict[str, _Standing] = field(default_factory=dict)

    def add(self, command: Command, replied: Iterable[str] = ()) -> None:
        """Newly queued, or found in the queue at the start: then it may have been sent before, which does no harm."""
        standing = _Standing(command, set(replied))
        self._standing.setdefault(command.id, standing)
        if not self._mine(command) or self._done(standing):
            standing.due = None

    def again(self) -> None:
        """The connection is new: what the last one still held is lost."""
        for standing in self._standing.values():
            if self._mine(standing.command) and not self._done(standing):
                standing.due = 0.0

    def replied(self, branch: str, command_id: str) -> None:
        """Note a reply, if it belongs to one of these commands."""
        standing = self._standing.get(command_id)
        if standing is not None:
            standing.replied.add(branch)

    def synced(self, branch: str, sync: Sync, mono: float) -> None:
        """A branch says since when it may have missed commands: what it has not replied to becomes due again."""
        for standing in self._standing.values():
            command = standing.command
            if branch in standing.replied or not self._for(branch, command):
                continue
            if command.target == branch:
                standing.due = mono
            elif sync.commands_since is None or command.issued_at >= sync.commands_since - CLOCKS_APART:
                standing.due = (
                    mono + SHARED_APART_S if standing.due is None else min(standing.due, mono + SHARED_APART_S)
                )

    def due(self, now: Instant, mono: float) -> list[Command]:
        """What to send now. Say `sent` of each that the link has taken."""
        for gone in [one for one, standing in self._standing.items() if standing.command.expires_at <= now]:
            del self._standing[gone]
        return [one.command for one in self._standing.values() if one.due is not None and one.due <= mono]

    def sent(self, command_id: str) -> None:
        self._standing[command_id].due = None

    def next_due(self) -> float | None:
        """Monotonic."""
        return min((one.due for one in self._standing.values() if one.due is not None), default=None)

    def unanswered(self) -> dict[str, tuple[int, Instant]]:
        """By a command's name: how many branches of the roster have not answered, and when the oldest such was given."""
        found: dict[str, tuple[int, Instant]] = {}
        for standing in self._standing.values():
            command = standing.command
            ours = (one for one in self.roster.values() if self.shard.holds(one.id))
            expected = {one.id for one in ours if concerns(command.target, one.id, one.groups)}
            count, since = found.get(command.name, (0, command.issued_at))
            if missing := len(expected - standing.replied):
                found[command.name] = (count + missing, min(since, command.issued_at))
        return found

    def _mine(self, command: Command) -> bool:
        """Whether this publisher is the one to send it when it is new."""
        shared = command.target == "all" or command.target.startswith("group-")
        return self.shard.index == 0 if shared else self.shard.holds(command.target)

    def _for(self, branch: str, command: Command) -> bool:
        known = self.roster.get(branch)
        if known is None:  # its groups are not known here; it knows them itself
            return command.target == branch or not (command.target != "all" and "group-" not in command.target)
        return concerns(command.target, branch, known.groups)

    def _done(self, standing: _Standing) -> bool:
        """Whether everybody it is for has replied, as far as the roster says."""
        target = standing.command.target
        if target in standing.replied:
            return True
        expected = {one.id for one in self.roster.values() if concerns(target, one.id, one.groups)}
        return bool(expected) and expected <= standing.replied
